// What a sequence may be: what makes no sense is refused, what is likely a mistake is said. Pure, so that the editor shows beside
// each step, while it is edited, what saving would answer.
import { type Ending, nothingAfter } from './ending.ts';
import type { Channel } from './facts.ts';
import { thanksTemplate } from './template-key.ts';
import { inLadderOrder, nominalOffsets, type Span, spansOf, type Timing } from './timing.ts';

/** How a step speaks: the ready-made text that it begins with. Whether it is a formal notice is said apart. */
export const tones = ['courteous', 'firm', 'final'] as const;
export type Tone = (typeof tones)[number];

/** A step as it is edited. */
export interface StepDraft {
  level: number;
  name: string;
  timing: Timing;
  channels: readonly Channel[];
  requiresApproval: boolean;
  formalNotice: boolean;
  templateKey: string;
  /** Files of the company that go with its messages. */
  fileIds: readonly string[];
}

export interface SequenceDraft {
  title: string;
  steps: readonly StepDraft[];
  ending?: Ending;
}

export const sequenceProblemCodes = [
  // refused
  'no-title',
  'no-steps',
  'no-step-before',
  'two-steps-on-one-day',
  'steps-cross',
  'formal-notice-first',
  'formal-notice-before-due',
  'formal-notice-as-task',
  'levels-not-rising',
  'unknown-template',
  'thanks-as-step',
  'unknown-file',
  'formal-notice-repeated',
  'notice-repeated',
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
  'repeats-close-together',
  'files-too-large',
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

/** Above so many bytes in all many mail servers refuse a message (10 MB is usual, and base64 adds a third). */
const mostFileBytes = 7_000_000;

/** What steps may name; sizes in bytes, by identifier. */
export interface Nameable {
  templateKeys: ReadonlySet<string>;
  fileSizes: ReadonlyMap<string, number>;
}

/** What keeps a sequence from being saved. */
export function whatIsWrong(draft: SequenceDraft, { templateKeys, fileSizes }: Nameable): SequenceProblem[] {
  const problems: SequenceProblem[] = [];
  if (draft.title.trim() === '') problems.push(problem('no-title', null));
  if (draft.steps.length === 0) problems.push(problem('no-steps', null));
  const ladder = inOrder(draft);
  ladder.forEach((placed, index) => {
    const { step, place, span } = placed;
    const before = ladder[index - 1];
    const countsFromIt = step.timing.kind === 'previous';
    if (before === undefined && countsFromIt) problems.push(problem('no-step-before', place));
    else if (before !== undefined && !countsFromIt && span.from <= before.span.to)
      problems.push(crossing(placed, before));
    // Notices before the due date are all of level 0, or as their author likes.
    else if (before !== undefined && span.from >= 0 && step.level <= before.step.level)
      problems.push(problem('levels-not-rising', place, { level: step.level }));
    // What is due at a term can't be demanded before it (C. civ. art. 1305-2): nobody would be put in default.
    if (step.formalNotice && index === 0) problems.push(problem('formal-notice-first', place));
    else if (step.formalNotice && span.from <= 0) problems.push(problem('formal-notice-before-due', place));
    // A formal notice is proved by what was written: a call puts nobody in default.
    if (step.formalNotice && step.channels.includes('task')) problems.push(problem('formal-notice-as-task', place));
    if (!templateKeys.has(step.templateKey))
      problems.push(problem('unknown-template', place, { key: step.templateKey }));
    if (step.templateKey === thanksTemplate) problems.push(problem('thanks-as-step', place));
    if (step.fileIds.some((id) => !fileSizes.has(id))) problems.push(problem('unknown-file', place));
  });
  return [...problems, ...whatIsWrongAfter(draft, ladder.at(-1))];
}

/** Two steps of one day, whatever the due date; where a month's end counts it depends on that. */
function crossing({ step, place, span }: Placed, { span: before }: Placed): SequenceProblem {
  const isOneDay = step.timing.kind === 'due' && before.from === before.to;
  return isOneDay
    ? problem('two-steps-on-one-day', place, { offsetDays: span.from })
    : problem('steps-cross', place, { days: before.to + 1 });
}

function whatIsWrongAfter({ ending = nothingAfter }: SequenceDraft, last: Placed | undefined): SequenceProblem[] {
  if (ending.kind !== 'repeat' || last === undefined) return [];
  // Sent again and again it says that the one before meant nothing.
  if (last.step.formalNotice) return [problem('formal-notice-repeated', last.place)];
  return last.span.from < 0 ? [problem('notice-repeated', last.place)] : [];
}

/** What may be saved, and is likely not meant. */
export function whatIsOdd(draft: SequenceDraft, fileSizes: Nameable['fileSizes']): SequenceProblem[] {
  const problems: SequenceProblem[] = [];
  const ladder = inOrder(draft);
  const first = ladder.find(({ span }) => span.from >= 0);
  if (ladder.length > 0 && first === undefined) problems.push(problem('nothing-after-due-date', null));
  if (first !== undefined && first.offsetDays > lateReminderDays)
    problems.push(problem('late-first-reminder', first.place, { days: first.offsetDays }));
  let notices = 0;
  ladder.forEach((placed, index) => {
    const { step, place, span } = placed;
    const gap = index === 0 ? null : shortestGap(placed, ladder[index - 1]!);
    if (gap !== null && gap > 0 && gap < closeDays)
      problems.push(problem('steps-close-together', place, { days: gap }));
    const bytes = step.fileIds.reduce((sum, id) => sum + (fileSizes.get(id) ?? 0), 0);
    if (bytes > mostFileBytes)
      problems.push(problem('files-too-large', place, { megabytes: Math.ceil(bytes / 1_000_000) }));
    if (step.channels[0] === 'task' && step.channels.length > 1) problems.push(problem('email-never-used', place));
    if (!step.formalNotice) return;
    notices += 1;
    if (index > 0 && !ladder.slice(0, index).some(isReminder))
      problems.push(problem('formal-notice-without-reminder', place));
    if (notices > 1) problems.push(problem('two-formal-notices', place));
    if (!step.requiresApproval) problems.push(problem('formal-notice-without-approval', place));
    if (step.channels.every((channel) => channel === 'email'))
      problems.push(problem('formal-notice-by-mail-alone', place));
    if (span.from > 0 && span.from < earlyNoticeDays)
      problems.push(problem('formal-notice-early', place, { days: span.from }));
  });
  const { ending = nothingAfter } = draft;
  if (ending.kind === 'repeat' && ending.days < closeDays)
    problems.push(problem('repeats-close-together', null, { days: ending.days }));
  return problems;
}

/** The least that lies between two steps, whatever the due date. */
function shortestGap({ step, span }: Placed, before: Placed): number {
  return step.timing.kind === 'previous' ? step.timing.days : span.from - before.span.to;
}

/** From its first step to its last, in days; where a month's end is among them, on average. */
export function lengthDays({ steps }: Pick<SequenceDraft, 'steps'>): number {
  if (steps.length === 0) return 0;
  const offsets = nominalOffsets(inLadderOrder(steps).map((step) => step.timing));
  return offsets.at(-1)! - offsets[0]!;
}

/** A reminder on or after the due date that is no formal notice: without one before it, a formal notice is held back for ever. */
function isReminder({ step, span }: Placed): boolean {
  return span.from >= 0 && !step.formalNotice;
}

interface Placed {
  step: StepDraft;
  place: number;
  span: Span;
  offsetDays: number;
}

function inOrder({ steps }: Pick<SequenceDraft, 'steps'>): Placed[] {
  const ladder = inLadderOrder(steps.map((step, place) => ({ step, place, timing: step.timing })));
  const timings = ladder.map(({ timing }) => timing);
  const [spans, offsets] = [spansOf(timings), nominalOffsets(timings)];
  return ladder.map(({ step, place }, index) => ({ step, place, span: spans[index]!, offsetDays: offsets[index]! }));
}

function problem(
  code: SequenceProblemCode,
  step: number | null,
  parameters: SequenceProblem['with'] = {},
): SequenceProblem {
  return { code, step, with: parameters };
}
