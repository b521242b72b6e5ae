// Operations over many customers: what is still to do, what came of each customer, how far it is.
import { type Kysely, sql } from 'kysely';
import type { Reason } from '../core/reason.ts';
import { given } from './given.ts';
import { keyOf, type ListPage, type PageRequest, page } from './paging.ts';
import type { RefusedInvoice, Tables } from './tables.ts';

export interface OperationRow {
  id: string;
  level: number | null;
  state: 'running' | 'finished';
  startedAt: string;
  finishedAt: string | null;
  byUser: string;
  /** Customers. */
  total: number;
  done: number;
  messages: number;
  /** Invoices left out. */
  refused: number;
  /** Customers for whom something went wrong that nothing foresaw. */
  failed: number;
}

export interface OperationPartRow {
  customerId: string;
  customerName: string;
  customerNumber: string;
  state: 'waiting' | 'done' | 'failed';
  reminderIds: string[];
  /** `reason`: why it was left out; null: it is in a message, or its turn has not come. */
  invoices: { id: string; number: string; reason: Reason | null }[];
}

/** The parts of an operation: one for each customer of these invoices. */
export async function insertParts(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  invoiceIds: readonly string[],
): Promise<number> {
  const inserted = await sql<{ customer_id: string }>`
    insert into operation_part (company_id, operation_id, customer_id, invoice_ids)
    select ${companyId}::uuid, ${operationId}::uuid, i.customer_id, array_agg(i.id order by i.id)
    from invoice i join (select distinct id from ${given(
      invoiceIds.map((id) => ({ id })),
      { id: 'uuid' },
    )}) asked on asked.id = i.id
    where i.company_id = ${companyId} group by i.customer_id returning customer_id`.execute(tx);
  return inserted.rows.length;
}

/** The next customer whose turn it is and that nobody else is at, locked until the transaction ends. */
export async function lockNextPart(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
): Promise<{ customerId: string; invoiceIds: string[] } | null> {
  const found = await sql<{ customerId: string; invoiceIds: string[] }>`
    select customer_id as "customerId", invoice_ids as "invoiceIds" from operation_part
    where company_id = ${companyId} and operation_id = ${operationId} and state = 'waiting'
    order by customer_id limit 1 for update skip locked`.execute(tx);
  return found.rows[0] ?? null;
}

export async function endPart(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  customerId: string,
  outcome: { state: 'done' | 'failed'; reminderIds: readonly string[]; refused: readonly RefusedInvoice[] },
): Promise<void> {
  await sql`
    update operation_part set state = ${outcome.state}, reminder_ids = ${outcome.reminderIds}::uuid[],
      refused = ${JSON.stringify(outcome.refused)}::jsonb
    where company_id = ${companyId} and operation_id = ${operationId} and customer_id = ${customerId} and state = 'waiting'`.execute(
    tx,
  );
}

/** Finished where no customer waits any more; false where one does, or where it was finished already. */
export async function finishOperation(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  at: Date,
): Promise<boolean> {
  const finished = await sql<{ id: string }>`
    update operation o set state = 'finished', finished_at = ${at}
    where company_id = ${companyId} and id = ${operationId} and state = 'running'
      and not exists (select from operation_part p where p.company_id = o.company_id and p.operation_id = o.id and p.state = 'waiting')
    returning id`.execute(tx);
  return finished.rows.length > 0;
}

/** The latest first. */
export async function listOperations(
  tx: Kysely<Tables>,
  companyId: string,
  request: PageRequest & { operationId?: string | undefined },
): Promise<ListPage<OperationRow>> {
  const after = keyOf(request.cursor, 1);
  const found = await sql<OperationRow>`
    select o.id, o.level, o.state, to_json(o.started_at) #>> '{}' as "startedAt", to_json(o.finished_at) #>> '{}' as "finishedAt",
      o.by_user as "byUser", p.*
    from operation o left join lateral (
      select count(*)::int as total, count(*) filter (where p.state <> 'waiting')::int as done,
        coalesce(sum(cardinality(p.reminder_ids)), 0)::int as messages,
        coalesce(sum(jsonb_array_length(p.refused)), 0)::int as refused, count(*) filter (where p.state = 'failed')::int as failed
      from operation_part p where p.company_id = o.company_id and p.operation_id = o.id
    ) p on true
    where o.company_id = ${companyId}
      and ${request.operationId ? sql`o.id = ${request.operationId}` : sql`true`}
      and ${after ? sql`o.id < ${after[0]}::uuid` : sql`true`}
    order by o.id desc limit ${request.limit + 1}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.id]);
}

/** Its customers by name; `leftOut`: only those with an invoice that was left out, or for whom it failed. */
export async function listParts(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  request: PageRequest & { leftOut?: boolean | undefined },
): Promise<ListPage<OperationPartRow>> {
  const after = keyOf(request.cursor, 2);
  const found = await sql<OperationPartRow>`
    select p.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber", p.state, p.reminder_ids as "reminderIds",
      (select json_agg(json_build_object('id', i.id, 'number', i.number,
          'reason', (select r -> 'reason' from jsonb_array_elements(p.refused) r where r ->> 'invoiceId' = i.id::text)) order by i.number)
        from invoice i where i.company_id = p.company_id and i.id = any(p.invoice_ids)) as invoices
    from operation_part p join customer c on c.company_id = p.company_id and c.id = p.customer_id
    where p.company_id = ${companyId} and p.operation_id = ${operationId}
      and ${request.leftOut ? sql`(p.refused <> '[]' or p.state = 'failed')` : sql`true`}
      and ${after ? sql`(c.name, c.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
    order by c.name, c.id limit ${request.limit + 1}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.customerName, row.customerId]);
}
