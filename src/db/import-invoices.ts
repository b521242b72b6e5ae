// Invoices from the stage into the domain, set by set: judged against what is there, then written. All amounts in minor units.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { fillDueDates } from './import-due-dates.ts';
import { judgeDuplicates, lockCustomersOfFile, resolveCustomers } from './import-stage.ts';
import type { Tables } from './tables.ts';

type Tx = Kysely<Tables>;

export interface InvoiceImport {
  companyId: string;
  today: Day;
  /** Field to heading, for what is mapped: faults name the column. */
  headings: Record<string, string>;
}

/** Finds the remaining faults and, in the table `judged`, what each good row would do. Answers how many rows repeat others. */
export async function judgeInvoices(tx: Tx, about: InvoiceImport): Promise<number> {
  const { companyId, headings } = about;
  const byInstalment = headings.instalment !== undefined;
  const repeated = await judgeDuplicates(tx, 'invoices', byInstalment, headings.number!);
  if (byInstalment) await judgeHeads(tx, headings.number!);
  await resolveCustomers(tx, companyId, headings.customerName ?? headings.customerNumber!);
  await compare(tx, companyId, byInstalment);
  await judgeChanges(tx, headings);
  if (byInstalment) await refuseTogether(tx, headings.number!);
  await sql`delete from judged j where exists (select from staged_fault f where f.row = j.row)`.execute(tx);
  await sql`analyze judged`.execute(tx);
  await fillDueDates(tx, companyId);
  return repeated;
}

/** The instalments of one invoice agree on what the invoice is. */
async function judgeHeads(tx: Tx, column: string): Promise<void> {
  await sql`
    insert into staged_fault
    select s.row, ${column}, left(s.number, 100), 'instalments-disagree',
      jsonb_build_object('number', left(s.number, 100), 'first', f.row)
    from (select source, number, min(row) as first from staged where good group by 1, 2 having count(*) > 1) t
    join staged s on s.source = t.source and s.number = t.number and s.row <> t.first and s.good
    join staged f on f.row = t.first
    where (s.customer_number, s.currency, s.type, s.status, s.issued_on)
        is distinct from (f.customer_number, f.currency, f.type, f.status, f.issued_on)
      or (s.customer_number is null and s.customer_name is distinct from f.customer_name)`.execute(tx);
}

/**
 * The table `judged`: each good row beside the invoice and the receivable that it speaks of, with the amounts as they would
 * be. Where only what is open is known, a file that says as much as the total or as much as is open now says nothing new;
 * less open than now means that money came elsewhere; more than the total raises the total. Nothing is ever un-paid.
 * A credit note counts for what is left of it.
 */
async function compare(tx: Tx, companyId: string, byInstalment: boolean): Promise<void> {
  const position = byInstalment ? sql`s.instalment` : sql`1`;
  // The identifiers of what is new are made here, so that nothing is looked up again while writing: the planner knows nothing
  // of rows that were written a moment ago.
  const invoiceId = byInstalment ? sql`g.id` : sql`uuid_v7()`;
  const together = byInstalment ? sql`join whole g on g.source = s.source and g.number = s.number` : sql``;
  const several = byInstalment
    ? sql`false`
    : sql`i.id is not null and exists (select from receivable o
        where o.company_id = ${companyId} and o.invoice_id = i.id and o.position <> 1)`;
  await sql`create temporary table judged on commit drop as
    with whole as materialized (
      select source, number, uuid_v7() as id from staged where good and ${byInstalment}::boolean group by source, number
    ), met as (
      select s.*, c.id as customer_id, ${position} as position,
        coalesce(i.id, ${invoiceId}) as invoice_id, i.id is null as is_new, i.customer_id as old_customer_id, i.type as old_type, i.status as old_status,
        i.issued_on as old_issued_on, i.currency as old_currency, i.payment_method as old_method,
        i.direct_debit as old_debit, i.order_reference as old_order, i.total_minor as old_total,
        coalesce(r.id, uuid_v7()) as receivable_id, r.id is null as place_is_new, r.due_on as old_due_on,
        ${several} as has_several,
        coalesce(s.type, case when s.type is null and i.type <> 'credit_note' then i.type end, 'standard') as new_type,
        case when i.type = 'credit_note' or ${several} then i.total_minor else r.amount_minor end as old_amount,
        case when i.type = 'credit_note' then i.unallocated_minor else r.open_minor end as old_open
      from staged s ${together}
      join staged_customer c on c.key = coalesce(s.customer_number, s.customer_name) and c.by_name = (s.customer_number is null)
      left join invoice i on i.company_id = ${companyId} and i.source = s.source and i.number = s.number
      left join receivable r on r.company_id = ${companyId} and r.invoice_id = i.id and r.position = ${position}
      where s.good
    ), valued as (
      select *, case
        when new_type = 'credit_note' and old_amount is null then coalesce(still_open_minor, total_minor)
        when new_type = 'credit_note' and still_open_minor is null then total_minor
        when new_type = 'credit_note' and still_open_minor > old_amount then still_open_minor
        when new_type = 'credit_note' then old_amount - greatest(old_open - still_open_minor, 0)
        when total_minor is not null then total_minor
        when old_amount is null then still_open_minor
        else greatest(old_amount, still_open_minor) end as new_amount
      from met
    )
    select *, case
        when new_type = 'credit_note' or still_open_minor is null or has_several then 0
        when place_is_new then new_amount - still_open_minor
        else greatest(old_open + new_amount - old_amount - still_open_minor, 0) end as paid_minor,
      not is_new and (
        new_type <> old_type
        or coalesce(status, old_status) <> old_status
        or coalesce(issued_on, old_issued_on) <> old_issued_on
        or coalesce(payment_method, old_method) is distinct from old_method
        or coalesce(direct_debit, old_debit) <> old_debit
        or coalesce(order_reference, old_order) is distinct from old_order) as head_changed,
      not is_new and not has_several and (
        new_amount is distinct from old_amount
        or (new_type <> 'credit_note' and coalesce(due_on, old_due_on) is distinct from old_due_on)) as place_changed
    from valued`.execute(tx);
  await sql`create unique index on judged (row)`.execute(tx);
}

async function judgeChanges(tx: Tx, headings: Record<string, string>): Promise<void> {
  const number = headings.number!;
  const customer = headings.customerNumber ?? headings.customerName!;
  const amount = headings.amount ?? headings.openAmount!;
  await sql`
    insert into staged_fault
    select row, f.column_name, left(f.value, 100), f.code,
      jsonb_build_object('number', left(number, 100)) || coalesce(f.more, '{}')
    from judged, lateral (
      select ${customer} as column_name, coalesce(customer_number, customer_name) as value,
        'invoice-of-other-customer' as code, null::jsonb as more where customer_id is distinct from old_customer_id
      union all select ${headings.currency ?? number}, currency, 'currency-differs',
        jsonb_build_object('expected', old_currency, 'found', currency) where currency <> old_currency
      union all select ${headings.type ?? amount}, new_type, 'type-changed', null
        where (new_type = 'credit_note') <> (old_type = 'credit_note')
      union all select ${amount}, number, 'amount-below-allocated', null
        where not has_several and new_amount < old_amount - old_open
      union all select ${number}, number, 'instalments-needed', null
        where has_several and new_amount <> old_amount
    ) f where not is_new`.execute(tx);
}

/** With instalments an invoice goes in whole or not at all. */
async function refuseTogether(tx: Tx, column: string): Promise<void> {
  await sql`
    insert into staged_fault
    select s.row, ${column}, left(s.number, 100), 'other-instalment-refused', jsonb_build_object('number', left(s.number, 100))
    from staged s where s.good and not exists (select from staged_fault f where f.row = s.row) and exists (
      select from staged o where o.source = s.source and o.number = s.number
        and (not o.good or exists (select from staged_fault f where f.row = o.row)))`.execute(tx);
}

/** What the good rows come to. */
export async function countInvoices(tx: Tx): Promise<{ created: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ created: number; changed: number; unchanged: number }>`
    select count(*) filter (where is_new)::int as created,
      count(*) filter (where not is_new and (head_changed or place_changed or paid_minor > 0))::int as changed,
      count(*) filter (where not is_new and not (head_changed or place_changed or paid_minor > 0))::int as unchanged
    from judged`.execute(tx);
  return rows[0]!;
}

/** The first rows that would change something, each with the fields that differ. */
export async function invoiceDifferences(tx: Tx, most: number) {
  const { rows } = await sql<{
    row: number;
    number: string;
    was: Record<string, unknown>;
    is: Record<string, unknown>;
  }>`
    select row, number,
      jsonb_build_object('type', old_type, 'status', old_status, 'issuedOn', old_issued_on, 'dueOn', old_due_on,
        'amount', old_amount, 'openAmount', old_open, 'paymentMethod', old_method, 'directDebit', old_debit,
        'orderReference', old_order) as was,
      jsonb_build_object('type', new_type, 'status', coalesce(status, old_status),
        'issuedOn', coalesce(issued_on, old_issued_on), 'dueOn', coalesce(due_on, old_due_on), 'amount', new_amount,
        'openAmount', old_open + new_amount - old_amount - paid_minor, 'paymentMethod', coalesce(payment_method, old_method),
        'directDebit', coalesce(direct_debit, old_debit), 'orderReference', coalesce(order_reference, old_order)) as is
    from judged where not is_new and (head_changed or place_changed or paid_minor > 0) order by row limit ${most}`.execute(
    tx,
  );
  return rows;
}

export function lockInvoiced(tx: Tx, companyId: string): Promise<void> {
  return lockCustomersOfFile(
    tx,
    companyId,
    sql`select k.id from staged s join customer k on k.company_id = ${companyId} and k.number = s.customer_number
      union select k.id from staged s join customer k on k.company_id = ${companyId}
        and k.number = s.customer_name where s.customer_number is null
      union select k.id from staged s join customer k on k.company_id = ${companyId}
        and k.name = s.customer_name where s.customer_number is null`,
  );
}

/** Writes what was judged: new customers and invoices, changes, what was paid before. The customers are locked. */
export async function writeInvoices(tx: Tx, about: InvoiceImport): Promise<void> {
  const { companyId, today } = about;
  await addCustomers(tx, companyId);
  await addInvoices(tx, companyId, today);
  await changeInvoices(tx, companyId);
  await addReceivables(tx, companyId, today);
  await changeReceivables(tx, companyId);
  await recordPaid(tx, companyId, today);
  await wake(tx, companyId, today);
}

/** A customer whose name alone is known bears it as its number too. */
async function addCustomers(tx: Tx, companyId: string): Promise<void> {
  await sql`insert into customer (company_id, id, number, name)
    select ${companyId}, id, key, coalesce(name, key) from staged_customer
    where is_new and id in (select customer_id from judged) order by id`.execute(tx);
  // An address on an invoice makes a contact only where the customer has none: addresses that people keep are not undone.
  await sql`insert into contact (company_id, id, customer_id, role, email)
    select ${companyId}, uuid_v7(), a.id, 'main', a.email from (
      select distinct j.customer_id as id, e.email from judged j cross join unnest(j.emails) as e (email)
      where not exists (select from contact k
        where k.company_id = ${companyId} and k.customer_id = j.customer_id and k.email is not null)
    ) a`.execute(tx);
}

async function addInvoices(tx: Tx, companyId: string, today: Day): Promise<void> {
  await sql`create temporary table new_invoice on commit drop as
    select invoice_id as id, min(row) as row, sum(new_amount)::bigint as total_minor
    from judged where is_new group by invoice_id`.execute(tx);
  await sql`analyze new_invoice`.execute(tx);
  await sql`insert into invoice (company_id, id, customer_id, source, number, type, status, issued_on, arrived_on, currency,
      total_minor, direct_debit, payment_method, order_reference)
    select ${companyId}, n.id, j.customer_id, j.source, j.number, j.new_type, coalesce(j.status, 'issued'),
      coalesce(j.issued_on, j.due_on), greatest(${today}::date, coalesce(j.issued_on, j.due_on)), j.currency, n.total_minor,
      coalesce(j.direct_debit, false), j.payment_method, j.order_reference
    from new_invoice n join judged j on j.row = n.row
    order by n.id`.execute(tx);
}

async function changeInvoices(tx: Tx, companyId: string): Promise<void> {
  await sql`update invoice i set type = j.new_type, status = coalesce(j.status, i.status),
      issued_on = coalesce(j.issued_on, i.issued_on), payment_method = coalesce(j.payment_method, i.payment_method),
      direct_debit = coalesce(j.direct_debit, i.direct_debit), order_reference = coalesce(j.order_reference, i.order_reference)
    from (select distinct on (invoice_id) * from judged where head_changed order by invoice_id, row) j
    where i.company_id = ${companyId} and i.id = j.invoice_id`.execute(tx);
  await sql`update invoice i set total_minor = i.total_minor + t.more
    from (select invoice_id, sum(new_amount - coalesce(old_amount, 0)) as more from judged
      where not is_new and not has_several group by 1 having sum(new_amount - coalesce(old_amount, 0)) <> 0) t
    where i.company_id = ${companyId} and i.id = t.invoice_id`.execute(tx);
}

/** Receivables of new invoices, and instalments that an invoice did not have; each with its case. */
async function addReceivables(tx: Tx, companyId: string, today: Day): Promise<void> {
  const added = sql`from judged j where j.place_is_new and j.new_type <> 'credit_note' and not j.has_several`;
  await sql`insert into receivable (company_id, id, invoice_id, customer_id, position, due_on, currency, amount_minor, open_minor)
    select ${companyId}, j.receivable_id, j.invoice_id, j.customer_id, j.position, j.due_on, j.currency, j.new_amount,
      j.new_amount ${added} order by j.receivable_id`.execute(tx);
  await sql`insert into dunning_case (company_id, receivable_id, customer_id, met_on, met_how, look_on)
    select ${companyId}, j.receivable_id, j.customer_id, ${today}::date, 'arrived',
      greatest(${today}::date, coalesce(j.issued_on, j.old_issued_on, j.due_on)) ${added} order by j.receivable_id`.execute(
    tx,
  );
}

async function changeReceivables(tx: Tx, companyId: string): Promise<void> {
  await sql`update receivable r set due_on = coalesce(j.due_on, r.due_on), amount_minor = j.new_amount
    from judged j where j.place_changed and not j.place_is_new
      and r.company_id = ${companyId} and r.id = j.receivable_id`.execute(tx);
}

/** What the file says was paid already becomes a payment and its allocation to that very receivable. */
async function recordPaid(tx: Tx, companyId: string, today: Day): Promise<void> {
  await sql`create temporary table paid on commit drop as
    select uuid_v7() as id, j.receivable_id, j.customer_id, j.currency, j.paid_minor,
      j.source || '/' || j.number || '/' || j.position || '/' || (j.new_amount - j.still_open_minor) as number
    from judged j where j.paid_minor > 0`.execute(tx);
  await sql`analyze paid`.execute(tx);
  await sql`
    with paying as (
      insert into payment (company_id, id, customer_id, source, number, received_on, currency, amount_minor,
        unallocated_minor, reason)
      select ${companyId}, id, customer_id, 'import', number, ${today}::date, currency, paid_minor, paid_minor,
        'paid-before-import' from paid
      on conflict (company_id, source, number) do nothing returning id
    )
    select count(*) from paying`.execute(tx);
  await sql`insert into allocation (company_id, id, receivable_id, payment_id, amount_minor, allocated_on)
    select ${companyId}, uuid_v7(), d.receivable_id, d.id, d.paid_minor, ${today}::date
    from paid d join payment p on p.company_id = ${companyId} and p.id = d.id`.execute(tx);
}

/** Changed invoices are looked at today; a credit note that is new or changed touches all that its customer owes. */
async function wake(tx: Tx, companyId: string, today: Day): Promise<void> {
  await sql`update dunning_case d set look_on = ${today}::date
    from judged j join receivable r on r.company_id = ${companyId} and r.invoice_id = j.invoice_id
    where d.company_id = ${companyId} and d.receivable_id = r.id
      and (j.head_changed or j.place_changed or j.paid_minor > 0) and d.look_on is distinct from ${today}::date`.execute(
    tx,
  );
  await sql`update dunning_case d set look_on = ${today}::date
    where d.company_id = ${companyId} and d.state <> 'ended' and d.look_on is distinct from ${today}::date
      and d.customer_id in (select j.customer_id from judged j
        where j.new_type = 'credit_note' and (j.is_new or j.place_changed or j.head_changed))`.execute(tx);
}

/** The customers of the file, those that it made too, by identifier after one. */
export async function customersInvoiced(
  tx: Tx,
  companyId: string,
  after: string | null,
  limit: number,
): Promise<{ id: string; isNew: boolean }[]> {
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    select c.id, bool_or(s.is_new) as "isNew" from judged j
    join staged_customer s on s.id = j.customer_id
    join customer c on c.company_id = ${companyId} and c.id = j.customer_id
    where ${after}::uuid is null or c.id > ${after}::uuid
    group by 1 order by 1 limit ${limit}`.execute(tx);
  return rows;
}
