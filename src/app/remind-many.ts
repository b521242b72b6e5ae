// "Relancer" many customers in one operation: each customer in a transaction of its own, so that none is in another's message.
import { done, failed, type Result } from '../core/fault.ts';
import { newId } from '../db/id.ts';
import { insertParts } from '../db/operation.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { prepare } from './prepare-reminders.ts';
import type { Work } from './work-operations.ts';

/** Written down at once, worked in the background. `level`: the step that each invoice takes; left out, the next of each. */
export function remindMany(
  context: Context,
  acting: Acting,
  input: { invoiceIds: readonly string[]; level?: number | undefined },
): Promise<Result<{ operationId: string }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const invoiceIds = [...new Set(input.invoiceIds)];
    const known = await tx
      .selectFrom('invoice')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('company_id', '=', company.id)
      .where('id', 'in', invoiceIds)
      .executeTakeFirstOrThrow();
    if (known.count !== invoiceIds.length) return failed('not-found', { what: 'invoice' });
    const operationId = newId();
    await tx
      .insertInto('operation')
      .values({
        company_id: company.id,
        id: operationId,
        level: input.level ?? null,
        started_at: new Date(context.now().epochMilliseconds),
        by_user: scope.actor,
      })
      .execute();
    await insertParts(tx, company.id, operationId, invoiceIds);
    await context.jobs.operate(tx, company.id, operationId);
    return done({ operationId });
  });
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
