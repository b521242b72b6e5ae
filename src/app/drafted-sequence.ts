// A sequence that is not saved, as the plan would see it.
import type { Day } from '../core/day.ts';
import type { SequenceFact, StepFact } from '../core/facts.ts';
import type { SequenceInput } from './save-sequence.ts';

/** A sequence of this name is in no database: nothing that was taken belongs to it. */
const unsaved = 'unsaved';

/** As it would be in the facts of a plan, were it saved on that day. */
export function draftedSequence(input: SequenceInput, present: SequenceFact | undefined, addedOn: Day): SequenceFact {
  const steps = draftedSteps(input, present, addedOn).sort((a, b) => a.offsetDays - b.offsetDays);
  return { id: input.id ?? unsaved, deleted: false, steps, pauses: present?.pauses ?? [] };
}

/** In the order of the input. A step that is not in the sequence yet is added that day (E4). */
export function draftedSteps(input: SequenceInput, present: SequenceFact | undefined, addedOn: Day): StepFact[] {
  const known = new Map(present?.steps.map((step) => [step.id, step]));
  return input.steps.map((step, index): StepFact => {
    const was = step.id === undefined ? undefined : known.get(step.id);
    return {
      id: was?.id ?? `${unsaved}-${index}`,
      level: step.level,
      name: step.name,
      offsetDays: step.offsetDays,
      channels: step.channels ?? was?.channels ?? ['email'],
      taskText: step.taskText === undefined ? (was?.taskText ?? null) : step.taskText,
      templateKey: step.templateKey ?? was?.templateKey ?? 'friendly',
      rolesTo: step.rolesTo ?? was?.rolesTo ?? ['accounts_payable', 'main'],
      rolesCc: step.rolesCc ?? was?.rolesCc ?? [],
      minimums: step.minimums ?? was?.minimums ?? {},
      approvalFrom: step.approvalFrom ?? was?.approvalFrom ?? {},
      leavesAfterHours: step.leavesAfterHours === undefined ? (was?.leavesAfterHours ?? null) : step.leavesAfterHours,
      requiresApproval: step.requiresApproval ?? step.formalNotice ?? false,
      formalNotice: step.formalNotice ?? false,
      addedOn: was?.addedOn ?? addedOn,
    };
  });
}
