// A sequence that is not saved, as the plan would see it.
import type { Day } from '../core/day.ts';
import { comesAlike, nothingAfter } from '../core/ending.ts';
import type { SequenceFact, StepFact } from '../core/facts.ts';
import { type Placed, placed, type SequenceInput, type StepInput } from './save-sequence.ts';

/** A sequence of this name is in no database: nothing that was taken belongs to it. */
const unsaved = 'unsaved';

export interface Drafted {
  sequence: SequenceFact;
  /** The identifiers of its steps, in the order of the input. */
  stepIds: string[];
}

/** As it would be in the facts of a plan, were it saved on that day. A step that is not in it yet is added that day (E4). */
export function draftedSequence(input: SequenceInput, present: SequenceFact | undefined, addedOn: Day): Drafted {
  const known = new Map(present?.steps.map((step) => [step.id, step]));
  const identified = input.steps.map((step, index) => ({
    ...step,
    id: step.id !== undefined && known.has(step.id) ? step.id : `${unsaved}-${index}`,
  }));
  const before = present?.ending ?? nothingAfter;
  const ending = input.ending ?? before;
  const steps = placed(identified).map((step) => stepFact(step, known.get(step.id), addedOn));
  const comesAsBefore = comesAlike(before, ending) && steps.at(-1)?.id === present?.steps.at(-1)?.id;
  return {
    sequence: {
      id: input.id ?? unsaved,
      deleted: false,
      steps,
      pauses: present?.pauses ?? [],
      ending,
      endingSetOn: present !== undefined && comesAsBefore ? present.endingSetOn : addedOn,
    },
    stepIds: identified.map(({ id }) => id),
  };
}

function stepFact(step: Placed<StepInput & { id: string }>, was: StepFact | undefined, addedOn: Day): StepFact {
  return {
    id: step.id,
    level: step.level,
    name: step.name,
    timing: step.timing,
    offsetDays: step.offsetDays,
    channels: step.channels ?? was?.channels ?? ['email'],
    taskText: step.taskText === undefined ? (was?.taskText ?? null) : step.taskText,
    templateKey: step.templateKey ?? was?.templateKey ?? 'friendly',
    rolesTo: step.rolesTo ?? was?.rolesTo ?? ['accounts_payable', 'main'],
    rolesCc: step.rolesCc ?? was?.rolesCc ?? [],
    minimums: step.minimums ?? was?.minimums ?? {},
    approvalFrom: step.approvalFrom ?? was?.approvalFrom ?? {},
    leavesAfterHours: step.leavesAfterHours === undefined ? (was?.leavesAfterHours ?? null) : step.leavesAfterHours,
    fee: step.fee === undefined ? (was?.fee ?? null) : step.fee,
    requiresApproval: step.requiresApproval ?? step.formalNotice ?? false,
    formalNotice: step.formalNotice ?? false,
    sender: {
      name: step.senderName === undefined ? (was?.sender.name ?? null) : step.senderName,
      replyTo: step.replyTo === undefined ? (was?.sender.replyTo ?? null) : step.replyTo,
    },
    addedOn: was?.addedOn ?? addedOn,
  };
}
