// One customer merged into another: what it has is counted, and goes to the other one. The row of the merged one stays, with where it went.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { notBegun } from './reminder.ts';
import type { Amount, ContactRole, Tables } from './tables.ts';

type Tx = Kysely<Tables>;

interface Both {
  fromId: string;
  intoId: string;
}

/** What a customer has, in figures. */
export interface Belongings {
  /** Credit notes are none. */
  invoices: number;
  openInvoices: number;
  open: Amount[];
  creditNotes: number;
  payments: number;
  /** Not allocated, of payments and credit notes. */
  credits: Amount[];
  /** Open ones. */
  tasks: number;
  /** Those that run. */
  promises: number;
  /** Open invoices that its own pause holds back. */
  paused: number;
  /** Messages and tasks of steps that wait. */
  waiting: number;
  /** Of these, prepared by hand: no run makes them anew. */
  waitingByHand: number;
  /** Customers for whom it pays. */
  paysFor: number;
}

export async function belongingsOf(tx: Tx, companyId: string, customerId: string): Promise<Belongings> {
  const own = sql`company_id = ${companyId} and customer_id = ${customerId}`;
  const found = await sql<Belongings>`
    select
      (select count(*) from invoice where ${own} and type <> 'credit_note')::int as invoices,
      (select count(*) from invoice where ${own} and type = 'credit_note')::int as "creditNotes",
      (select count(distinct invoice_id) from receivable where ${own} and open_minor > 0)::int as "openInvoices",
      (select count(*) from payment where ${own})::int as payments,
      (select count(*) from task where ${own} and done_on is null)::int as tasks,
      (select count(*) from promise where ${own} and ended_on is null)::int as promises,
      (select count(distinct r.invoice_id) from receivable r where r.company_id = ${companyId} and r.customer_id = ${customerId}
        and r.open_minor > 0 and exists (select from pause where ${own} and lifted_on is null))::int as paused,
      (select count(*) from reminder where ${own} and state in ('to_approve', 'ready', 'sending', 'failed', 'to_do'))::int as waiting,
      (select count(*) from reminder where ${own} and state in ('to_approve', 'ready', 'sending', 'failed', 'to_do') and by_hand)::int
        as "waitingByHand",
      (select count(*) from customer where company_id = ${companyId} and payer_id = ${customerId})::int as "paysFor",
      coalesce((select json_agg(json_build_object('currency', currency, 'minor', minor) order by currency) from (
        select currency, sum(open_minor) as minor from receivable where ${own} and open_minor > 0 group by 1) o), '[]') as open,
      coalesce((select json_agg(json_build_object('currency', currency, 'minor', minor) order by currency) from (
        select currency, sum(minor) as minor from (
          select currency, unallocated_minor as minor from payment where ${own} and returned_on is null
          union all
          select currency, unallocated_minor from invoice where ${own} and type = 'credit_note' and status = 'issued'
        ) free group by 1 having sum(minor) > 0) f), '[]') as credits`.execute(tx);
  return found.rows[0]!;
}

/**
 * An action for many has its turn at this customer still to come, or is being undone. Nobody begins to undo a pause of it until the merge
 * ends: its parts learn what the pause becomes, and whoever undoes it holds them before the customer.
 */
export async function isInOperation(tx: Tx, companyId: string, customerId: string): Promise<boolean> {
  await sql`
    select from operation o where o.company_id = ${companyId} and o.kind = 'pause' and exists (select from operation_part p
      where p.company_id = o.company_id and p.operation_id = o.id and p.customer_id = ${customerId})
    order by o.id for share`.execute(tx);
  const found = await sql<{ is: boolean }>`
    select exists (select from operation_part p join operation o on o.company_id = p.company_id and o.id = p.operation_id
      where p.company_id = ${companyId} and p.customer_id = ${customerId}
        and (o.state = 'undoing' or (o.state = 'running' and p.state = 'waiting'))) as is`.execute(tx);
  return found.rows[0]!.is;
}

/** A connection has one of its messages in hand. */
export async function isBeingWrittenTo(tx: Tx, companyId: string, customerId: string): Promise<boolean> {
  const found = await sql<{ is: boolean }>`
    select exists (select from reminder r where r.company_id = ${companyId} and r.customer_id = ${customerId}
      and r.state = 'sending' and not ${notBegun}) as is`.execute(tx);
  return found.rows[0]!.is;
}

export interface AddedContact {
  name: string;
  email: string | null;
  role: ContactRole;
}

/**
 * Contacts whom the other has not, by address, else by name and number, become its own. The main one is none of it any more, or it would
 * get what the other one's own contacts get: the last of the roles, unless the other can't be written to otherwise.
 */
export async function moveContacts(tx: Tx, companyId: string, { fromId, intoId }: Both): Promise<AddedContact[]> {
  const moved = await sql<AddedContact>`
    update contact k set customer_id = ${intoId}, role = case when k.role = 'main' and exists (select from contact o
        where o.company_id = k.company_id and o.customer_id = ${intoId} and o.email is not null) then 'management' else k.role end
    where k.company_id = ${companyId} and k.customer_id = ${fromId} and not exists (
      select from contact o where o.company_id = k.company_id and o.customer_id = ${intoId} and case
        when k.email is not null then lower(o.email) = lower(k.email)
        else o.name = k.name and o.phone is not distinct from k.phone end)
    returning k.name, k.email, k.role`.execute(tx);
  return moved.rows;
}

/**
 * What its own pauses held back stays held back, the settled invoices too: of these thanks may come, and money that is taken back. The other
 * one's own invoices are not. Whoever undoes the operation that made such a pause takes back what it became.
 */
export async function pauseByInvoice(tx: Tx, companyId: string, customerId: string, today: Day): Promise<void> {
  await sql`
    with standing as (select * from pause where company_id = ${companyId} and customer_id = ${customerId} and lifted_on is null),
    copy as materialized (
      select uuid_v7() as id, p.id as of_id, i.id as invoice_id, p.reason, p.from_on, p.until_on, p.by_user
      from standing p, invoice i
      where i.company_id = ${companyId} and i.customer_id = ${customerId} and i.type <> 'credit_note'),
    made as (
      insert into pause (company_id, id, invoice_id, reason, from_on, until_on, by_user)
      select ${companyId}, id, invoice_id, reason, from_on, until_on, by_user from copy)
    update operation_part p set pause_ids = p.pause_ids || array(select id from copy where of_id = any(p.pause_ids))
    where p.company_id = ${companyId} and p.customer_id = ${customerId}
      and p.pause_ids && array(select id from standing)`.execute(tx);
  await sql`update pause set lifted_on = ${today}::date
    where company_id = ${companyId} and customer_id = ${customerId} and lifted_on is null`.execute(tx);
}

/** What hangs on a customer; what it was sent is kept with whom it was sent to, because a thread of mails is theirs. */
export async function moveBelongings(tx: Tx, companyId: string, { fromId, intoId }: Both): Promise<void> {
  const tables = ['invoice', 'receivable', 'payment', 'dunning_case', 'charge', 'promise', 'task', 'reminder_file'];
  for (const table of tables)
    await sql`update ${sql.table(table)} set customer_id = ${intoId}
      where company_id = ${companyId} and customer_id = ${fromId}`.execute(tx);
  await sql`update reminder set customer_id = ${intoId}, merged_from_id = coalesce(merged_from_id, ${fromId})
    where company_id = ${companyId} and customer_id = ${fromId}`.execute(tx);
}

/** For whom the one paid, the other pays; whoever is paid for by the other and was merged into the one goes along. Answers for whom. */
export async function moveFollowers(tx: Tx, companyId: string, { fromId, intoId }: Both): Promise<string[]> {
  await sql`update customer set payer_id = null
    where company_id = ${companyId} and (id = ${fromId} or (id = ${intoId} and payer_id = ${fromId}))`.execute(tx);
  const paidFor = await sql<{ id: string }>`
    update customer set payer_id = ${intoId} where company_id = ${companyId} and payer_id = ${fromId} returning id`.execute(
    tx,
  );
  await sql`update customer set merged_into_id = ${intoId}
    where company_id = ${companyId} and merged_into_id = ${fromId}`.execute(tx);
  return paidFor.rows.map(({ id }) => id);
}

/** It is in no list and no sequence any more. */
export async function markMerged(
  tx: Tx,
  companyId: string,
  { fromId, intoId }: Both,
  { on, by }: { on: Day; by: string },
): Promise<void> {
  // Who did not want to be written to in some way is the same customer.
  await sql`
    update customer c set forbidden_channels = array(select distinct unnest(c.forbidden_channels || f.forbidden_channels))
    from customer f where c.company_id = ${companyId} and c.id = ${intoId} and f.company_id = c.company_id and f.id = ${fromId}
      and not f.forbidden_channels <@ c.forbidden_channels`.execute(tx);
  await sql`
    update customer set merged_into_id = ${intoId}, merged_on = ${on}::date, merged_by = ${by}, enrolment = 'none', sequence_id = null,
      rule_id = null, in_charge_user_id = null
    where company_id = ${companyId} and id = ${fromId}`.execute(tx);
}

export interface MergedCustomer {
  id: string;
  number: string;
  name: string;
  on: Day;
  by: string;
  /** A user's or an API key's name. */
  byName: string | null;
}

const byName = (
  alias: string,
) => sql`coalesce((select u.name from account."user" u where u.id = ${sql.ref(`${alias}.merged_by`)}),
  (select k.name from api_key k where k.company_id = ${sql.ref(`${alias}.company_id`)}
    and k.id = case when ${sql.ref(`${alias}.merged_by`)} like 'key:%' then substr(${sql.ref(`${alias}.merged_by`)}, 5)::uuid end))`;

/** Into which customer this one was merged; null: into none. */
export async function mergedInto(tx: Tx, companyId: string, customerId: string): Promise<MergedCustomer | null> {
  const found = await sql<MergedCustomer>`
    select i.id, i.number, i.name, c.merged_on as "on", c.merged_by as "by", ${byName('c')} as "byName"
    from customer c join customer i on i.company_id = c.company_id and i.id = c.merged_into_id
    where c.company_id = ${companyId} and c.id = ${customerId}`.execute(tx);
  return found.rows[0] ?? null;
}

/** Those that were merged into this one, the latest first. */
export async function mergedFrom(tx: Tx, companyId: string, customerId: string): Promise<MergedCustomer[]> {
  const found = await sql<MergedCustomer>`
    select c.id, c.number, c.name, c.merged_on as "on", c.merged_by as "by", ${byName('c')} as "byName"
    from customer c where c.company_id = ${companyId} and c.merged_into_id = ${customerId}
    order by c.merged_on desc, c.name limit 100`.execute(tx);
  return found.rows;
}
