// Undoing an operation: it is stopped, and what it did is taken back in the background, customer by customer.
import { done, failed, type Result } from '../core/fault.ts';
import { listOperations } from '../db/operation.ts';
import { keepFromLeaving } from './approve-many.ts';
import { type Acting, type Context, forCompany } from './context.ts';

/** An approval: what has not left waits again. A pause: what nobody resumed since goes on. Faults: 'not-found', 'nothing-to-undo'. */
export function undoOperation(
  context: Context,
  acting: Acting,
  { operationId }: { operationId: string },
): Promise<Result<{ operationId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope, now, today } = work;
    // Waits for what is being done at this moment; after that nobody goes on with it.
    const operation = await tx
      .selectFrom('operation')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', operationId)
      .where('kind', 'in', ['approve', 'pause'])
      .forUpdate()
      .executeTakeFirst();
    if (operation === undefined) return failed('not-found', { what: 'operation', id: operationId });
    if (operation.state === 'undoing' || operation.state === 'undone') return done({ operationId });
    const at = new Date(now.epochMilliseconds);
    const [shown] = (await listOperations(tx, company.id, { now: at, today }, { operationId, limit: 1 })).rows;
    if (shown?.undoable !== true) return failed('nothing-to-undo');
    await tx
      .updateTable('operation')
      .set({ state: 'undoing', undone_by: scope.actor })
      .where('company_id', '=', company.id)
      .where('id', '=', operationId)
      .execute();
    if (operation.kind === 'approve') await keepFromLeaving(work, operationId);
    await context.jobs.operate(tx, company.id, operationId);
    return done({ operationId });
  });
}
