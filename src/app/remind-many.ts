// "Relancer" many customers in one operation: each customer in a transaction of its own, so that none is in another's message.
import type { Result } from '../core/fault.ts';
import { beginOperation } from './begin-operation.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { prepare } from './prepare-reminders.ts';
import type { Work } from './work-operations.ts';

/** Written down at once, worked in the background. `level`: the step that each invoice takes; left out, the next of each. */
export function remindMany(
  context: Context,
  acting: Acting,
  input: { invoiceIds: readonly string[]; level?: number | undefined },
): Promise<Result<{ operationId: string }>> {
  const { invoiceIds, level = null } = input;
  return forCompany(context, acting, (work) =>
    beginOperation(context, work, { invoiceIds }, { kind: 'remind', level }),
  );
}

/** The messages of one customer at a time: what fails for it keeps no other from its message. */
export const preparing: Work = {
  state: 'running',
  open: ['waiting'],
  size: 1,
  written: ['reminder', 'item', 'operation_part', 'event', 'event_payload'],
  turn: async (work, { level }, [part]) => {
    const { customerId, invoiceIds } = part!;
    const prepared = await prepare(work, { invoiceIds, level });
    return [prepared.ok ? { customerId, state: 'done', ...prepared.value } : preparing.unforeseen(part!)];
  },
  unforeseen: ({ customerId }) => ({ customerId, state: 'failed', reminderIds: [], refused: [] }),
  leavesAt: () => null,
  ended: async () => {},
};
