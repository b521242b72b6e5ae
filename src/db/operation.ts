// Operations over many customers: what is still to do, what came of each customer, how far it is.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Reason } from '../core/reason.ts';
import { given } from './given.ts';
import { carriedBy } from './lists.ts';
import { keyOf, type ListPage, oneMoreThan, type PageRequest, page } from './paging.ts';
import { notBegun } from './reminder.ts';
import type { RefusedInvoice, Row, Tables } from './tables.ts';

export interface OperationRow {
  id: string;
  kind: Row<'operation'>['kind'];
  level: number | null;
  /** Of pause. */
  reason: string | null;
  untilOn: Day | null;
  /** Of enrol. */
  enrolment: Row<'operation'>['enrolment'];
  sequenceTitle: string | null;
  state: Row<'operation'>['state'];
  startedAt: string;
  finishedAt: string | null;
  byUser: string;
  /** What total and done count. */
  counted: 'customers' | 'invoices' | 'messages';
  total: number;
  done: number;
  /** Prepared; of an approval, approved and not taken back. */
  messages: number;
  /** Of a pause, those that it paused and did not resume; of an enrolment, customers whose choice it changed. */
  changed: number;
  /** Those that were left out: invoices or customers; of an approval, messages that were not approved. */
  refused: number;
  /** Customers for whom something went wrong that nothing foresaw. */
  failed: number;
  /** When what was approved leaves, or left. */
  leavesAt: string | null;
  /** Nothing that it approved has left, or (asked for one operation) not all of it; of a pause, some of it stands. */
  undoable: boolean;
}

export interface OperationPartRow {
  customerId: string;
  customerName: string;
  customerNumber: string;
  state: Row<'operation_part'>['state'];
  reminderIds: string[];
  /** Why the customer itself was left out; null: it was not. */
  reason: Reason | null;
  /** `reason`: why it was left out; null: it is in a message, or its turn has not come. */
  invoices: { id: string; number: string; reason: Reason | null }[];
}

/** What an operation is over. */
export type Over = { invoiceIds: readonly string[] } | { customerIds: readonly string[] };

/** Its parts: one for each of these customers, or for each customer of these invoices. Answers whether all of them are there. */
export async function insertPartsOf(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  over: Over,
): Promise<boolean> {
  const ids = [...new Set('invoiceIds' in over ? over.invoiceIds : over.customerIds)];
  const found =
    'invoiceIds' in over
      ? await insertPartsOfInvoices(tx, companyId, operationId, ids)
      : await insertPartsOfCustomers(tx, companyId, operationId, ids);
  return found === ids.length;
}

async function insertPartsOfCustomers(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  customerIds: readonly string[],
): Promise<number> {
  const inserted = await sql`
    insert into operation_part (company_id, operation_id, customer_id, invoice_ids)
    select ${companyId}::uuid, ${operationId}::uuid, c.id, '{}'
    from customer c join ${given(
      customerIds.map((id) => ({ id })),
      { id: 'uuid' },
    )} on given.id = c.id
    where c.company_id = ${companyId} and c.merged_into_id is null returning customer_id`.execute(tx);
  return inserted.rows.length;
}

async function insertPartsOfInvoices(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  invoiceIds: readonly string[],
): Promise<number> {
  const inserted = await sql<{ invoices: number }>`
    insert into operation_part (company_id, operation_id, customer_id, invoice_ids)
    select ${companyId}::uuid, ${operationId}::uuid, i.customer_id, array_agg(i.id order by i.id)
    from invoice i join ${given(
      invoiceIds.map((id) => ({ id })),
      { id: 'uuid' },
    )} on given.id = i.id
    where i.company_id = ${companyId} group by i.customer_id returning cardinality(invoice_ids) as invoices`.execute(
    tx,
  );
  return inserted.rows.reduce((sum, { invoices }) => sum + invoices, 0);
}

/** Messages to approve: those that were named, or all that wait now but for some that were taken out. */
export type ChosenMessages = { reminderIds: readonly string[] } | { upTo: string; except: readonly string[] };

/**
 * The parts of an operation that approves: one for each customer of these messages. Answers how many messages they are. All that
 * wait are those up to the newest that the person who chose them was shown: what came since was chosen by nobody.
 */
export async function insertChosen(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  chosen: ChosenMessages,
  today: Day,
): Promise<number> {
  const which =
    'reminderIds' in chosen
      ? sql`r.id = any(${chosen.reminderIds}::uuid[])`
      : sql`r.state = 'to_approve' and r.send_on <= ${today}::date and r.id <= ${chosen.upTo}::uuid and r.id <> all(${chosen.except}::uuid[])`;
  const inserted = await sql<{ messages: number }>`
    insert into operation_part (company_id, operation_id, customer_id, chosen_ids, invoice_ids)
    select ${companyId}::uuid, ${operationId}::uuid, c.customer_id, c.ids,
      array(select distinct v.invoice_id from ${carriedBy(sql`t.company_id = ${companyId} and t.reminder_id = any(c.ids)`)} t
        join receivable v on v.company_id = ${companyId} and v.id = t.receivable_id)
    from (select r.customer_id, array_agg(r.id order by r.id) as ids from reminder r
      where r.company_id = ${companyId} and ${which} group by r.customer_id) c
    returning cardinality(chosen_ids) as messages`.execute(tx);
  return inserted.rows.reduce((sum, { messages }) => sum + messages, 0);
}

/** The operation in that state, kept in it until the transaction ends; false where it has left it. */
export async function holdOperation(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  state: 'running' | 'undoing',
): Promise<boolean> {
  const found = await sql`
    select from operation where company_id = ${companyId} and id = ${operationId} and state = ${state} for share`.execute(
    tx,
  );
  return found.rows.length > 0;
}

export interface Part {
  customerId: string;
  invoiceIds: string[];
  chosenIds: string[];
  reminderIds: string[];
  pauseIds: string[];
  refused: RefusedInvoice[];
  leftOut: Reason | null;
}

/** The next customers whose turn it is and that nobody else is at, locked until the transaction ends. */
export async function lockNextParts(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  states: readonly Row<'operation_part'>['state'][],
  limit: number,
): Promise<Part[]> {
  // One state is written as one, so that the index of those that wait answers.
  const inState = states.length === 1 ? sql`state = ${sql.lit(states[0]!)}` : sql`state = any(${states}::text[])`;
  const found = await sql<Part>`
    select customer_id as "customerId", invoice_ids as "invoiceIds", chosen_ids as "chosenIds", reminder_ids as "reminderIds",
      pause_ids as "pauseIds", refused, left_out as "leftOut"
    from operation_part
    where company_id = ${companyId} and operation_id = ${operationId} and ${inState}
    order by customer_id limit ${sql.lit(limit)} for update skip locked`.execute(tx);
  return found.rows;
}

export interface EndedPart {
  customerId: string;
  state: 'done' | 'failed' | 'undone';
  reminderIds: readonly string[];
  refused: readonly RefusedInvoice[];
  pauseIds?: readonly string[];
  leftOut?: Reason | null;
}

/** What came of these customers, where they are in one of these states still. */
export async function endParts(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  from: readonly Row<'operation_part'>['state'][],
  ended: readonly EndedPart[],
): Promise<void> {
  await sql`
    update operation_part p set state = given.state, refused = given.refused, left_out = given."leftOut",
      reminder_ids = array(select jsonb_array_elements_text(given."reminderIds")::uuid),
      pause_ids = array(select jsonb_array_elements_text(given."pauseIds")::uuid)
    from ${given(
      ended.map(({ pauseIds = [], leftOut = null, ...one }) => ({ ...one, pauseIds, leftOut })),
      {
        customerId: 'uuid',
        state: 'text',
        reminderIds: 'jsonb',
        refused: 'jsonb',
        pauseIds: 'jsonb',
        leftOut: 'jsonb',
      },
    )}
    where p.company_id = ${companyId} and p.operation_id = ${operationId} and p.customer_id = given."customerId"
      and p.state = any(${from}::text[])`.execute(tx);
}

/** Its end, where no customer waits for it any more; false where one does, or where it had ended already. */
export async function finishOperation(
  tx: Kysely<Tables>,
  companyId: string,
  operationId: string,
  from: 'running' | 'undoing',
  at: Date,
  leavesAt: Date | null,
): Promise<boolean> {
  const [to, open] = from === 'running' ? ['finished', sql`p.state = 'waiting'`] : ['undone', sql`p.state <> 'undone'`];
  const finished = await sql<{ id: string }>`
    update operation o set state = ${to}, finished_at = ${at}, leaves_at = ${leavesAt}
    where company_id = ${companyId} and id = ${operationId} and state = ${from}
      and not exists (select from operation_part p where p.company_id = o.company_id and p.operation_id = o.id and ${open})
    returning id`.execute(tx);
  return finished.rows.length > 0;
}

/** The messages of an operation that were approved by it and have not left: approved since by somebody else, they are theirs. */
const notLeft = sql`unnest(p.reminder_ids) as approved(id), reminder r
  where r.company_id = p.company_id and r.id = approved.id and r.state in ('ready', 'sending') and r.approved_at >= o.started_at`;

/**
 * What it approved leaves at that instant, and not before. Found by their keys, in one array: a moment ago none was ready, and the planner
 * would compare each that is with each part of the operation.
 */
export async function letLeaveAt(tx: Kysely<Tables>, companyId: string, operationId: string, at: Date): Promise<void> {
  await sql`
    update reminder set next_attempt_at = ${at}
    where company_id = ${companyId} and state = 'ready'
      and id = any(array(select unnest(reminder_ids) from operation_part where company_id = ${companyId} and operation_id = ${operationId}))
      and approved_at >= (select started_at from operation where company_id = ${companyId} and id = ${operationId})`.execute(
    tx,
  );
}

/** The latest first. */
export async function listOperations(
  tx: Kysely<Tables>,
  companyId: string,
  { now, today }: { now: Date; today: Day },
  request: PageRequest & { operationId?: string | undefined },
): Promise<ListPage<OperationRow>> {
  const after = keyOf(request.cursor, 1);
  // Of one it is asked for to the letter; of many, the ten seconds in which nothing of it leaves are enough.
  const canBeUndone = request.operationId
    ? sql`exists (select from operation_part p, ${notLeft} and p.company_id = o.company_id and p.operation_id = o.id)`
    : sql`o.leaves_at > ${now}`;
  const stillPaused = sql`exists (select from operation_part p join pause u on u.company_id = p.company_id and u.id = any(p.pause_ids)
    where p.company_id = o.company_id and p.operation_id = o.id and u.lifted_on is null and (u.until_on is null or u.until_on >= ${today}::date))`;
  const found = await sql<OperationRow>`
    select o.id, o.kind, o.level, o.reason, o.until_on as "untilOn", o.enrolment,
      (select title from sequence s where s.company_id = o.company_id and s.id = o.sequence_id) as "sequenceTitle", o.state, to_json(o.started_at) #>> '{}' as "startedAt",
      to_json(o.finished_at) #>> '{}' as "finishedAt", to_json(o.leaves_at) #>> '{}' as "leavesAt", o.by_user as "byUser",
      case o.kind when 'approve' then o.state = 'running' or (o.state = 'finished' and ${canBeUndone})
        when 'pause' then o.state = 'running' or (o.state = 'finished' and ${stillPaused}) else false end as undoable,
      case when o.kind = 'approve' then 'messages' when o.kind = 'pause' and p.invoices then 'invoices' else 'customers' end as counted,
      total, done, messages, changed, refused, failed
    from operation o left join lateral (
      select coalesce(sum(size), 0)::int as total, coalesce(sum(size) filter (where ended), 0)::int as done,
        coalesce(sum(messages), 0)::int as messages, coalesce(sum(changed), 0)::int as changed,
        coalesce(bool_or(invoices), false) as invoices, coalesce(sum(refused), 0)::int as refused, count(*) filter (where state = 'failed')::int as failed
      from (
        select case o.kind when 'approve' then cardinality(chosen_ids) when 'pause' then greatest(cardinality(invoice_ids), 1) else 1 end as size,
          case o.kind when 'pause' then least(cardinality(pause_ids), greatest(cardinality(invoice_ids), 1)) when 'enrol' then (state = 'done' and left_out is null)::int else 0 end as changed,
          cardinality(invoice_ids) > 0 as invoices,
          case when o.state in ('undoing', 'undone') then state = 'undone' else state <> 'waiting' end as ended,
          cardinality(reminder_ids) as messages, state,
          case when left_out is not null then 1 when refused = '[]' then 0 when o.kind <> 'approve' then jsonb_array_length(refused)
            else (select count(distinct one ->> 'reminderId') from jsonb_array_elements(refused) one) end as refused
        from operation_part where company_id = o.company_id and operation_id = o.id
      ) parts
    ) p on true
    where o.company_id = ${companyId}
      and ${request.operationId ? sql`o.id = ${request.operationId}` : sql`true`}
      and ${after ? sql`o.id < ${after[0]}::uuid` : sql`true`}
    order by o.id desc limit ${oneMoreThan(request)}`.execute(tx);
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
    select p.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber", p.state, p.reminder_ids as "reminderIds", p.left_out as reason,
      (select coalesce(json_agg(json_build_object('id', i.id, 'number', i.number,
          'reason', (select r -> 'reason' from jsonb_array_elements(p.refused) r where r ->> 'invoiceId' = i.id::text limit 1))
          order by i.number), '[]')
        from invoice i where i.company_id = p.company_id and i.id = any(p.invoice_ids)) as invoices
    from operation_part p join customer c on c.company_id = p.company_id and c.id = p.customer_id
    where p.company_id = ${companyId} and p.operation_id = ${operationId}
      and ${request.leftOut ? sql`(p.refused <> '[]' or p.left_out is not null or p.state = 'failed')` : sql`true`}
      and ${after ? sql`(c.name, c.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
    order by c.name, c.id limit ${oneMoreThan(request)}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.customerName, row.customerId]);
}

/** Why these messages were not approved, or not taken back: by now they are where their state says. One entry for each invoice. */
export async function whyNot(
  tx: Kysely<Tables>,
  companyId: string,
  reminderIds: readonly string[],
): Promise<(RefusedInvoice & { customerId: string })[]> {
  if (reminderIds.length === 0) return [];
  const found = await sql<RefusedInvoice & { customerId: string }>`
    select distinct r.customer_id as "customerId", r.id as "reminderId", i.id as "invoiceId", i.number as "invoiceNumber",
      case when r.state in ('ready') or (r.state = 'sending' and ${notBegun}) then '{"code": "approved-already"}'
        when r.state in ('sending', 'sent', 'in_doubt') then '{"code": "left-already"}'
        when r.state = 'failed' then '{"code": "failed-before"}'
        else coalesce(r.reason, '{"code": "settled"}') end as reason
    from reminder r
    cross join lateral ${carriedBy(sql`t.company_id = r.company_id and t.reminder_id = r.id`)} t
    join receivable v on v.company_id = r.company_id and v.id = t.receivable_id
    join invoice i on i.company_id = v.company_id and i.id = v.invoice_id
    where r.company_id = ${companyId} and r.id = any(${reminderIds}::uuid[])`.execute(tx);
  return found.rows;
}
