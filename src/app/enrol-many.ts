// Enrolling many customers in one operation. What that changes for each depends on where it stands: there is no way back.
import type { Result } from '../core/fault.ts';
import { because } from '../core/reason.ts';
import { beginOperation } from './begin-operation.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type Enrolment, enrolThese, sequenceToEnrolIn } from './save-sequence.ts';
import type { Work } from './work-operations.ts';

/** Written down at once, worked in the background. Fault: 'not-found'. */
export function enrolMany(
  context: Context,
  acting: Acting,
  input: Enrolment,
): Promise<Result<{ operationId: string }>> {
  return forCompany(context, acting, async (work) => {
    const into = await sequenceToEnrolIn(work, input);
    if (!into.ok) return into;
    const asked = { kind: 'enrol', enrolment: input.enrolment, sequence_id: into.value } as const;
    return beginOperation(context, work, { customerIds: input.customerIds }, asked);
  });
}

export const enrolling: Work = {
  state: 'running',
  open: ['waiting'],
  size: 50,
  written: ['dunning_case', 'operation_part', 'event', 'event_payload'],
  turn: async (work, { enrolment, sequence_id: sequenceId }, parts) => {
    const customerIds = parts.map((part) => part.customerId);
    // The sequence may have been deleted since: then nobody can be in it.
    const into = await sequenceToEnrolIn(work, {
      enrolment: enrolment ?? 'default',
      sequenceId: sequenceId ?? undefined,
    });
    const changed = new Set(into.ok ? await enrolThese(work, customerIds, enrolment ?? 'default', into.value) : []);
    const leftOut = because(into.ok ? 'enrolled-already' : 'sequence-deleted');
    return customerIds.map((customerId) => ({
      customerId,
      state: 'done',
      reminderIds: [],
      refused: [],
      leftOut: changed.has(customerId) ? null : leftOut,
    }));
  },
  unforeseen: ({ customerId }) => ({ customerId, state: 'failed', reminderIds: [], refused: [] }),
  leavesAt: () => null,
  ended: async () => {},
};
