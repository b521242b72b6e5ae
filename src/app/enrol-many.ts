// Enrolling many customers in one operation, or working out what follows where rules have moved many. What that changes for each depends on where it stands: there is no way back.
import type { Result } from '../core/fault.ts';
import { because } from '../core/reason.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import type { EndedPart } from '../db/operation.ts';
import { beginOperation } from './begin-operation.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { customersChanged } from './plan-customers.ts';
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

/** Rules have put them in another sequence already: what they owe goes on in it from now on. */
async function workedOut(work: CompanyWork, customerIds: readonly string[]): Promise<EndedPart[]> {
  await lockCustomers(work.tx, work.company.id, customerIds);
  await customersChanged(work, customerIds);
  return customerIds.map((customerId) => ({ customerId, state: 'done', reminderIds: [], refused: [] }));
}

export const enrolling: Work = {
  state: 'running',
  open: ['waiting'],
  size: 50,
  written: ['dunning_case', 'operation_part', 'event', 'event_payload'],
  turn: async (work, { enrolment, sequence_id: sequenceId }, parts) => {
    const customerIds = parts.map((part) => part.customerId);
    if (enrolment === null) return workedOut(work, customerIds);
    // The sequence may have been deleted since: then nobody can be in it.
    const into = await sequenceToEnrolIn(work, {
      enrolment,
      sequenceId: sequenceId ?? undefined,
    });
    const changed = new Set(into.ok ? await enrolThese(work, customerIds, enrolment, into.value) : []);
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
