// Operations over many customers are worked here: a few customers in a transaction of their own, which also says that they are done.
// So an operation can be left, stopped and killed at any instant, and worked by several at once: no customer twice, none forgotten.
import { done, failed, type Result } from '../core/fault.ts';
import { recordEvents } from '../db/event.ts';
import {
  type EndedPart,
  endParts,
  finishOperation,
  holdOperation,
  listOperations,
  listParts,
  lockNextParts,
  type OperationPartRow,
  type OperationRow,
  type Part,
} from '../db/operation.ts';
import type { ListPage, PageRequest } from '../db/paging.ts';
import { bulkRows, refreshStatistics } from '../db/statistics.ts';
import type { Row, Tables } from '../db/tables.ts';
import { approving, undoingApprovals } from './approve-many.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { enrolling } from './enrol-many.ts';
import { pausing, undoingPauses } from './pause-many.ts';
import { preparing } from './remind-many.ts';

/** What an operation does with its customers. */
export interface Work {
  /** The state in which it is done, and those of the parts that are still to do. */
  state: 'running' | 'undoing';
  open: readonly Row<'operation_part'>['state'][];
  /** So many customers in one transaction. */
  size: number;
  /** Where rows are written: their statistics are refreshed. */
  written: readonly (keyof Tables)[];
  turn(work: CompanyWork, operation: Row<'operation'>, parts: readonly Part[]): Promise<EndedPart[]>;
  /** What is told of a customer for whom it failed twice. */
  unforeseen(part: Part): EndedPart;
  /** In the transaction in which it ends: the instant at which what was approved leaves. */
  leavesAt(work: CompanyWork): Date | null;
  /** After its end is written, in the same transaction. */
  ended(context: Context, work: CompanyWork, operation: Row<'operation'>): Promise<void>;
}

const doing: Record<Row<'operation'>['kind'], Work> = {
  remind: preparing,
  approve: approving,
  pause: pausing,
  enrol: enrolling,
};
const workOf = ({ state, kind }: Row<'operation'>): Work =>
  state !== 'undoing' ? doing[kind] : kind === 'pause' ? undoingPauses : undoingApprovals;

/** Works an operation to its end, beside whoever else works at it. */
export async function workOperation(context: Context, companyId: string, operationId: string): Promise<void> {
  const operation = await forCompany(context, { companyId, actor: 'system' }, ({ tx }) =>
    tx
      .selectFrom('operation')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('id', '=', operationId)
      .where('state', 'in', ['running', 'undoing'])
      .executeTakeFirst(),
  );
  if (operation === undefined) return;
  // What is done was asked for by a person, and the history says by whom.
  const acting = { companyId, actor: operation.undone_by ?? operation.by_user };
  const what = workOf(operation);
  let worked = 0;
  let told = 0;
  for (;;) {
    const parts = await workParts(context, acting, operation, what);
    if (parts === 0) break;
    worked += parts;
    // The planner must be told after bulk work: docs/decisions/0004. Each time that it has doubled.
    if (worked >= Math.max(bulkRows, 2 * told)) {
      told = worked;
      await refreshStatistics(context.db, worked, what.written);
    }
  }
  await refreshStatistics(context.db, worked, what.written);
  await forCompany(context, acting, async (work) => {
    const { tx, scope, now } = work;
    const at = new Date(now.epochMilliseconds);
    if (!(await finishOperation(tx, companyId, operationId, what.state, at, what.leavesAt(work)))) return;
    await what.ended(context, work, operation);
    const type = what.state === 'running' ? 'operation.finished' : 'operation.undone';
    await recordEvents(tx, scope, [{ type, payload: { operationId, kind: operation.kind } }]);
  });
}

/** Those that somebody stopped working at: called by every tick. */
export async function resumeOperations(context: Context, companyId: string): Promise<void> {
  const open = await forCompany(context, { companyId, actor: 'system' }, ({ tx }) =>
    tx
      .selectFrom('operation')
      .select('id')
      .where('company_id', '=', companyId)
      .where('state', 'in', ['running', 'undoing'])
      .execute(),
  );
  for (const { id } of open) await workOperation(context, companyId, id);
}

/**
 * The next customers; answers how many. What goes wrong for some of them in a way that nothing foresaw is tried again, one by one,
 * twice, then told in the report: it keeps no other customer from its turn.
 */
async function workParts(
  context: Context,
  acting: Acting,
  operation: Row<'operation'>,
  { state, open, size, turn, unforeseen }: Work,
): Promise<number> {
  let taken: Part[] = [];
  const once = (limit: number) =>
    forCompany(context, acting, async (work) => {
      const { tx, company } = work;
      taken = [];
      // Undone by somebody: whoever works at it learns so here, and who undoes it waits for what is being done.
      if (!(await holdOperation(tx, company.id, operation.id, state))) return 0;
      taken = await lockNextParts(tx, company.id, operation.id, open, limit);
      if (taken.length === 0) return 0;
      await endParts(tx, company.id, operation.id, open, await turn(work, operation, taken));
      return taken.length;
    });
  return once(size)
    .catch(() => once(1))
    .catch(() => once(1))
    .catch(async (error) => {
      const [part] = taken;
      if (part === undefined) throw error;
      await forCompany(context, acting, ({ tx, company }) =>
        endParts(tx, company.id, operation.id, open, [unforeseen(part)]),
      );
      return 1;
    });
}

export function browseOperations(
  context: Context,
  acting: Acting,
  request: PageRequest,
): Promise<ListPage<OperationRow>> {
  return forCompany(context, acting, ({ tx, company, now, today }) =>
    listOperations(tx, company.id, { now: new Date(now.epochMilliseconds), today }, request),
  );
}

export function oneOperation(context: Context, acting: Acting, operationId: string): Promise<Result<OperationRow>> {
  return forCompany(context, acting, async ({ tx, company, now, today }) => {
    const at = { now: new Date(now.epochMilliseconds), today };
    const found = await listOperations(tx, company.id, at, { operationId, limit: 1 });
    const [row] = found.rows;
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
