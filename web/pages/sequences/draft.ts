// A sequence as it is edited: plain data, and what can be done to it. Steps stand in the order of their days.
import type { Sequence, Simulated, Step, StepInput } from '../../../src/contract/sequence.ts';

export interface DraftStep extends Omit<Step, 'id'> {
  /** Of a step that is saved. */
  id: string | null;
  /** By which the page knows it, saved or not. */
  key: string;
}

export interface SequenceDraft {
  title: string;
  description: string;
  makeDefault: boolean;
  steps: DraftStep[];
}

export function draftOf(sequence: Sequence): SequenceDraft {
  const { title, description, isDefault, steps } = sequence;
  return {
    title,
    description,
    makeDefault: isDefault,
    steps: steps.map((step) => ({ ...step, key: step.id })),
  };
}

/** The same sequence again, to be saved as another. */
export function copyOf(sequence: Sequence, title: string): SequenceDraft {
  const draft = draftOf(sequence);
  return { ...draft, title, makeDefault: false, steps: draft.steps.map((step) => ({ ...step, id: null })) };
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
  const offsetDays = last === undefined ? 5 : Math.max(last.offsetDays, 0) + 10;
  const step: DraftStep = {
    id: null,
    key,
    level: 0,
    name: '',
    offsetDays,
    channels: ['email'],
    templateKey,
    taskText: null,
    rolesTo: last?.rolesTo ?? ['accounts_payable', 'main'],
    rolesCc: last?.rolesCc ?? [],
    minimums: {},
    requiresApproval: false,
    approvalFrom: {},
    leavesAfterHours: null,
    formalNotice: false,
    attachInvoice: true,
  };
  const next = arranged([...draft.steps, step]);
  return [{ ...draft, steps: next.map((one) => (one.key === key ? { ...one, name: name(one.level) } : one)) }, key];
}

/** A copy of a step, on the first free day after it. */
export function withCopy(draft: SequenceDraft, key: string): [SequenceDraft, string] {
  const step = draft.steps.find((one) => one.key === key)!;
  const taken = new Set(draft.steps.map((one) => one.offsetDays));
  let offsetDays = step.offsetDays + 7;
  while (taken.has(offsetDays)) offsetDays += 1;
  made += 1;
  const copy = { ...step, id: null, key: `new-${made}`, offsetDays };
  return [{ ...draft, steps: arranged([...draft.steps, copy]) }, copy.key];
}

export function without(draft: SequenceDraft, key: string): SequenceDraft {
  return { ...draft, steps: arranged(draft.steps.filter((one) => one.key !== key)) };
}

/** A step that was taken out is in it again. */
export function withStep(draft: SequenceDraft, step: DraftStep): SequenceDraft {
  return { ...draft, steps: arranged([...draft.steps, step]) };
}

export function withChanged(draft: SequenceDraft, key: string, change: Partial<DraftStep>): SequenceDraft {
  const steps = draft.steps.map((one) => (one.key === key ? { ...one, ...change } : one));
  return { ...draft, steps: change.offsetDays === undefined ? steps : arranged(steps) };
}

/** By day; notices before the due date are of level 0, reminders count from 1. */
function arranged(steps: readonly DraftStep[]): DraftStep[] {
  let level = 0;
  return [...steps]
    .sort((a, b) => a.offsetDays - b.offsetDays)
    .map((step) => {
      if (step.offsetDays >= 0) level += 1;
      return { ...step, level: step.offsetDays < 0 ? 0 : level };
    });
}

/** The body of a saving, and of a simulation. */
export function bodyOf({ title, description, makeDefault, steps }: SequenceDraft) {
  return {
    title,
    description,
    ...(makeDefault ? { makeDefault } : {}),
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
