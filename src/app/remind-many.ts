// "Relancer" many customers in one operation: each customer in a transaction of its own, which also says that it is done. So it can
// be left, stopped and killed at any instant, and worked by several at once: no customer twice, none forgotten, none in another's
// message.
import { done, failed, type Result } from '../core/fault.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import {
  endPart,
  finishOperation,
  insertParts,
  listOperations,
  listParts,
  lockNextPart,
  type OperationPartRow,
  type OperationRow,
} from '../db/operation.ts';
import type { ListPage, PageRequest } from '../db/paging.ts';
import { bulkRows, refreshStatistics } from '../db/statistics.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { prepare } from './prepare-reminders.ts';

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

const written = ['reminder', 'item', 'operation_part', 'event', 'event_payload'] as const;

/** Works an operation to its end, beside whoever else works at it. */
export async function workOperation(context: Context, companyId: string, operationId: string): Promise<void> {
  const operation = await forCompany(context, { companyId, actor: 'system' }, ({ tx }) =>
    tx
      .selectFrom('operation')
      .select(['level', 'by_user'])
      .where('company_id', '=', companyId)
      .where('id', '=', operationId)
      .where('state', '=', 'running')
      .executeTakeFirst(),
  );
  if (operation === undefined) return;
  // What is prepared was asked for by a person, and the history says by whom.
  const acting = { companyId, actor: operation.by_user };
  const part = { operationId, level: operation.level };
  let worked = 0;
  while ((await workPart(context, acting, part)) !== 'none-left') {
    worked += 1;
    // The planner must be told after bulk work: docs/decisions/0004.
    if (worked % bulkRows === 0) await refreshStatistics(context.db, worked, written);
  }
  await refreshStatistics(context.db, worked, written);
  await forCompany(context, acting, async ({ tx, scope }) => {
    if (await finishOperation(tx, companyId, operationId, new Date(context.now().epochMilliseconds)))
      await recordEvents(tx, scope, [{ type: 'operation.finished', payload: { operationId } }]);
  });
}

/** Those that somebody stopped working at: called by every tick. */
export async function resumeOperations(context: Context, companyId: string): Promise<void> {
  const running = await forCompany(context, { companyId, actor: 'system' }, ({ tx }) =>
    tx
      .selectFrom('operation')
      .select('id')
      .where('company_id', '=', companyId)
      .where('state', '=', 'running')
      .execute(),
  );
  for (const { id } of running) await workOperation(context, companyId, id);
}

interface Part {
  operationId: string;
  level: number | null;
}

/**
 * One customer. What goes wrong for it in a way that nothing foresaw is tried a second time, then told in the report: it keeps no
 * other customer from its message.
 */
async function workPart(context: Context, acting: Acting, part: Part): Promise<'worked' | 'none-left'> {
  const taken: { customerId: string | null } = { customerId: null };
  const once = () =>
    forCompany(context, acting, async (work) => {
      const { tx, company } = work;
      const next = await lockNextPart(tx, company.id, part.operationId);
      if (next === null) return 'none-left' as const;
      taken.customerId = next.customerId;
      const prepared = await prepare(work, { invoiceIds: next.invoiceIds, level: part.level });
      const outcome = prepared.ok
        ? { state: 'done' as const, ...prepared.value }
        : { state: 'failed' as const, reminderIds: [], refused: [] };
      await endPart(tx, company.id, part.operationId, next.customerId, outcome);
      return 'worked' as const;
    });
  return once()
    .catch(once)
    .catch(async (error) => {
      if (taken.customerId === null) throw error;
      const { customerId } = taken;
      await forCompany(context, acting, ({ tx, company }) =>
        endPart(tx, company.id, part.operationId, customerId, { state: 'failed', reminderIds: [], refused: [] }),
      );
      return 'worked' as const;
    });
}

export function browseOperations(
  context: Context,
  acting: Acting,
  request: PageRequest,
): Promise<ListPage<OperationRow>> {
  return forCompany(context, acting, ({ tx, company }) => listOperations(tx, company.id, request));
}

export function oneOperation(context: Context, acting: Acting, operationId: string): Promise<Result<OperationRow>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const [row] = (await listOperations(tx, company.id, { operationId, limit: 1 })).rows;
    return row === undefined ? failed('not-found', { what: 'operation', id: operationId }) : done(row);
  });
}

/** What came of each customer of an operation. */
export function browseParts(
  context: Context,
  acting: Acting,
  operationId: string,
  request: PageRequest & { leftOut?: boolean | undefined },
): Promise<ListPage<OperationPartRow>> {
  return forCompany(context, acting, ({ tx, company }) => listParts(tx, company.id, operationId, request));
}
