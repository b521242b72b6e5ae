// A sequence as it is edited: plain data, and what can be done to it. Steps stand in the order of their days.
import type { Ending, Sequence, Simulated, Step, StepInput } from '../../../src/contract/sequence.ts';

export interface DraftStep extends Omit<Step, 'id'> {
  /** Of a step that is saved. */
  id: string | null;
  /** By which the page knows it, saved or not. */
  key: string;
}

export interface SequenceDraft {
  title: string;
  description: string;
  /** Ticked by hand: what is the default as it is may be another's when this is saved. */
  makeDefault: boolean;
  steps: DraftStep[];
  ending: Ending;
}

export type Timing = Step['timing'];

/** By which the page knows what comes after the last step, beside the keys of the steps. */
export const afterLastKey = 'after-last';

export function draftOf(sequence: Sequence): SequenceDraft {
  const { title, description, steps, ending } = sequence;
  return {
    title,
    description,
    makeDefault: false,
    ending,
    steps: steps.map((step) => ({ ...step, key: step.id })),
  };
}

/** The same sequence again, to be saved as another. */
export function copyOf(sequence: Sequence, title: string): SequenceDraft {
  const draft = draftOf(sequence);
  return { ...draft, title, steps: draft.steps.map((step) => ({ ...step, id: null })) };
}

let made = 0;

/** A first reminder, or what usually comes after the last: ten days later. */
export function withAnother(
  draft: SequenceDraft,
  name: (level: number) => string,
  templateKey: string,
): [SequenceDraft, string] {
  const last = draft.steps.at(-1);
  made += 1;
  const key = `new-${made}`;
  const timing: Timing =
    last === undefined
      ? { kind: 'due', days: 5 }
      : isAbout(draft.steps, draft.steps.length - 1)
        ? { kind: 'previous', days: 10 }
        : { kind: 'due', days: Math.max(last.offsetDays, 0) + 10 };
  const step: DraftStep = {
    id: null,
    key,
    level: 0,
    name: '',
    offsetDays: 0,
    timing,
    tone: last === undefined ? 'courteous' : 'firm',
    channels: ['email'],
    templateKey,
    taskText: null,
    rolesTo: last?.rolesTo ?? ['accounts_payable', 'main'],
    rolesCc: last?.rolesCc ?? [],
    minimums: {},
    requiresApproval: false,
    approvalFrom: {},
    leavesAfterHours: null,
    fee: null,
    formalNotice: false,
    attachInvoice: true,
    fileIds: [],
    senderName: null,
    replyTo: null,
    tellsInCharge: false,
  };
  const next = arranged([...draft.steps, step]);
  return [{ ...draft, steps: next.map((one) => (one.key === key ? { ...one, name: name(one.level) } : one)) }, key];
}

/** A copy of a step: on the first free day after it, or as far after it as it comes after the one before. */
export function withCopy(draft: SequenceDraft, key: string): [SequenceDraft, string] {
  const place = draft.steps.findIndex((one) => one.key === key);
  const step = draft.steps[place]!;
  const taken = new Set(draft.steps.map((one) => one.offsetDays));
  let days = step.offsetDays + 7;
  while (taken.has(days)) days += 1;
  made += 1;
  const timing: Timing =
    step.timing.kind === 'due'
      ? { kind: 'due', days }
      : { kind: 'previous', days: step.timing.kind === 'previous' ? step.timing.days : 7 };
  const copy: DraftStep = { ...step, id: null, key: `new-${made}`, timing };
  return [{ ...draft, steps: arranged(draft.steps.toSpliced(place + 1, 0, copy)) }, copy.key];
}

export function without(draft: SequenceDraft, key: string): SequenceDraft {
  return { ...draft, steps: arranged(draft.steps.filter((one) => one.key !== key)) };
}

/** A step that was taken out is in it again, where it was. */
export function withStep(draft: SequenceDraft, step: DraftStep, place: number): SequenceDraft {
  return { ...draft, steps: arranged(draft.steps.toSpliced(place, 0, step)) };
}

export function withChanged(draft: SequenceDraft, key: string, change: Partial<DraftStep>): SequenceDraft {
  const steps = draft.steps.map((one) => (one.key === key ? { ...one, ...change } : one));
  return { ...draft, steps: change.timing === undefined ? steps : arranged(steps) };
}

/** Where the end of a month falls on average: as the server places it. */
const restOfMonthDays = 15;

/**
 * By day, a step that counts from another right behind it, as the server orders them; notices before the due date are of level 0,
 * reminders count from 1. A step that has become the first keeps its day, and counts from the due date.
 */
function arranged(steps: readonly DraftStep[]): DraftStep[] {
  const chains: DraftStep[][] = [];
  for (const step of steps) {
    const chain = chains.at(-1);
    if (step.timing.kind !== 'previous') chains.push([step]);
    else if (chain !== undefined) chain.push(step);
    else chains.push([{ ...step, timing: { kind: 'due', days: step.offsetDays } }]);
  }
  const startOf = ([first]: DraftStep[]): number => placeOf(first!.timing, 0);
  let level = 0;
  let before = 0;
  return chains
    .sort((a, b) => startOf(a) - startOf(b))
    .flat()
    .map((step) => {
      before = placeOf(step.timing, before);
      if (before >= 0) level += 1;
      return { ...step, offsetDays: before, level: before < 0 ? 0 : level };
    });
}

function placeOf({ kind, days }: Timing, before: number): number {
  return kind === 'previous' ? before + days : kind === 'month-end' ? days + restOfMonthDays : days;
}

/** Whether the step's day is an average: the end of a month counts in it. */
export function isAbout(steps: readonly Pick<Step, 'timing'>[], place: number): boolean {
  const anchor = steps.slice(0, place + 1).findLast((step) => step.timing.kind !== 'previous');
  return anchor?.timing.kind === 'month-end';
}

/** The body of a saving, and of a simulation. */
export function bodyOf({ title, description, makeDefault, steps, ending }: SequenceDraft) {
  return {
    title,
    description,
    ...(makeDefault ? { makeDefault } : {}),
    ending,
    steps: steps.map(({ key: _, id, ...step }): StepInput => ({ ...step, ...(id === null ? {} : { id }) })),
  };
}

export const isSame = (a: SequenceDraft, b: SequenceDraft): boolean =>
  JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b));

/** What was said of one step, or of the whole. */
export function saidOf(simulated: Simulated | undefined, place: number | null) {
  const about = <T extends { step: number | null }>(said: readonly T[]): T[] =>
    said.filter((one) => one.step === place);
  return { problems: about(simulated?.problems ?? []), warnings: about(simulated?.warnings ?? []) };
}
