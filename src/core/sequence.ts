// What a sequence may be: what makes no sense is refused, what is likely a mistake is said. Pure, so that the editor shows beside
// each step, while it is edited, what saving would answer.
import type { Channel } from './facts.ts';

/** A step as it is edited. */
export interface StepDraft {
  level: number;
  name: string;
  /** Days after the due date; negative before it. */
  offsetDays: number;
  channels: readonly Channel[];
  requiresApproval: boolean;
  formalNotice: boolean;
  templateKey: string;
}

export interface SequenceDraft {
  title: string;
  steps: readonly StepDraft[];
}

export const sequenceProblemCodes = [
  // refused
  'no-title',
  'no-steps',
  'two-steps-on-one-day',
  'formal-notice-first',
  'formal-notice-before-due',
  'formal-notice-as-task',
  'levels-not-rising',
  'unknown-template',
  // warned about
  'formal-notice-without-reminder',
  'formal-notice-without-approval',
  'formal-notice-by-mail-alone',
  'formal-notice-early',
  'steps-close-together',
  'email-never-used',
  'nothing-after-due-date',
  'late-first-reminder',
  'two-formal-notices',
] as const;

export type SequenceProblemCode = (typeof sequenceProblemCodes)[number];

export interface SequenceProblem {
  code: SequenceProblemCode;
  /** The place of its step in the draft; null: the whole sequence. */
  step: number | null;
  /** Days, levels: what the sentence needs. */
  with: Record<string, string | number>;
}

/** Below so many days between two messages the customer has no time to pay: a transfer takes one to two banking days, and someone must ask for it. */
const closeDays = 3;

/** A formal notice sooner than that after the due date surprises more than it convinces. */
const earlyNoticeDays = 15;

/** The first reminder after so many days has let the invoice go cold. */
const lateReminderDays = 30;

/** What keeps a sequence from being saved. */
export function whatIsWrong(draft: SequenceDraft, templateKeys: ReadonlySet<string>): SequenceProblem[] {
  const problems: SequenceProblem[] = [];
  if (draft.title.trim() === '') problems.push(problem('no-title', null));
  if (draft.steps.length === 0) problems.push(problem('no-steps', null));
  const ladder = inOrder(draft);
  ladder.forEach(({ step, place }, index) => {
    const before = ladder[index - 1]?.step;
    if (before?.offsetDays === step.offsetDays)
      problems.push(problem('two-steps-on-one-day', place, { offsetDays: step.offsetDays }));
    // Notices before the due date are all of level 0, or as their author likes.
    else if (before !== undefined && step.offsetDays >= 0 && step.level <= before.level)
      problems.push(problem('levels-not-rising', place, { level: step.level }));
    // What is due at a term can't be demanded before it (C. civ. art. 1305-2): nobody would be put in default.
    if (step.formalNotice && index === 0) problems.push(problem('formal-notice-first', place));
    else if (step.formalNotice && step.offsetDays <= 0) problems.push(problem('formal-notice-before-due', place));
    // A formal notice is proved by what was written: a call puts nobody in default.
    if (step.formalNotice && step.channels.includes('task')) problems.push(problem('formal-notice-as-task', place));
    if (!templateKeys.has(step.templateKey))
      problems.push(problem('unknown-template', place, { key: step.templateKey }));
  });
  return problems;
}

/** What may be saved, and is likely not meant. */
export function whatIsOdd(draft: SequenceDraft): SequenceProblem[] {
  const problems: SequenceProblem[] = [];
  const ladder = inOrder(draft);
  const first = ladder.find(({ step }) => step.offsetDays >= 0);
  if (ladder.length > 0 && first === undefined) problems.push(problem('nothing-after-due-date', null));
  if (first !== undefined && first.step.offsetDays > lateReminderDays)
    problems.push(problem('late-first-reminder', first.place, { days: first.step.offsetDays }));
  let notices = 0;
  ladder.forEach(({ step, place }, index) => {
    const gap = index === 0 ? null : step.offsetDays - ladder[index - 1]!.step.offsetDays;
    if (gap !== null && gap > 0 && gap < closeDays)
      problems.push(problem('steps-close-together', place, { days: gap }));
    if (step.channels[0] === 'task' && step.channels.length > 1) problems.push(problem('email-never-used', place));
    if (!step.formalNotice) return;
    notices += 1;
    if (index > 0 && !ladder.slice(0, index).some((one) => isReminder(one.step)))
      problems.push(problem('formal-notice-without-reminder', place));
    if (notices > 1) problems.push(problem('two-formal-notices', place));
    if (!step.requiresApproval) problems.push(problem('formal-notice-without-approval', place));
    if (step.channels.every((channel) => channel === 'email'))
      problems.push(problem('formal-notice-by-mail-alone', place));
    if (step.offsetDays > 0 && step.offsetDays < earlyNoticeDays)
      problems.push(problem('formal-notice-early', place, { days: step.offsetDays }));
  });
  return problems;
}

/** From its first step to its last, in days. */
export function lengthDays({ steps }: Pick<SequenceDraft, 'steps'>): number {
  if (steps.length === 0) return 0;
  const offsets = steps.map((step) => step.offsetDays);
  return Math.max(...offsets) - Math.min(...offsets);
}

/** A reminder on or after the due date that is no formal notice: without one before it, a formal notice is held back for ever. */
function isReminder(step: StepDraft): boolean {
  return step.offsetDays >= 0 && !step.formalNotice;
}

interface Placed {
  step: StepDraft;
  place: number;
}

function inOrder({ steps }: Pick<SequenceDraft, 'steps'>): Placed[] {
  return steps.map((step, place) => ({ step, place })).sort((a, b) => a.step.offsetDays - b.step.offsetDays);
}

function problem(
  code: SequenceProblemCode,
  step: number | null,
  parameters: SequenceProblem['with'] = {},
): SequenceProblem {
  return { code, step, with: parameters };
}
