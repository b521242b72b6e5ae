// Payments from the stage into the domain: judged, recorded, and spread over the invoices they name, set by set.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { judgeDuplicates, lockCustomersOfFile, resolveCustomers, wakeCases } from './import-stage.ts';
import type { Tables } from './tables.ts';

type Tx = Kysely<Tables>;

export interface PaymentImport {
  companyId: string;
  today: Day;
  headings: Record<string, string>;
  /** A payment that names an unknown invoice: refuse the row, or keep it as the customer's credit. */
  unknownInvoice: 'refuse' | 'credit';
}

/** Finds the remaining faults and, in the table `judged`, what each good row would do. Answers how many rows repeat others. */
export async function judgePayments(tx: Tx, about: PaymentImport): Promise<number> {
  const { companyId, headings } = about;
  await numberByContent(tx);
  const repeated = await judgeDuplicates(tx, 'payments', false, headings.number ?? headings.amount!);
  await resolveCustomers(tx, companyId, headings.customerName ?? headings.customerNumber ?? headings.amount!);
  await findInvoices(tx, companyId);
  await judgeInvoicesNamed(tx, about);
  await compare(tx, companyId);
  await judgeChanges(tx, headings);
  await sql`delete from judged j where exists (select from staged_fault f where f.row = j.row)`.execute(tx);
  await sql`analyze judged`.execute(tx);
  return repeated;
}

/** Without a number, the content and its place among identical rows: the same file again gives the same numbers. */
async function numberByContent(tx: Tx): Promise<void> {
  await sql`update staged s set number = 'row:' || n.digest || ':' || n.place
    from (select row, digest, row_number() over (partition by digest order by row) as place from staged
      where good and digest is not null) n
    where s.row = n.row`.execute(tx);
}

/** The table `named`: each invoice that a row names, those of the customer it names, and of whom that one pays for, before others. */
async function findInvoices(tx: Tx, companyId: string): Promise<void> {
  await sql`create temporary table named on commit drop as
    select s.row, w.number, w.place, i.id as invoice_id, i.customer_id, i.currency, c.id as said_customer_id,
      rank() over (partition by s.row, w.place order by i.customer_id is not distinct from c.id desc,
        k.payer_id is not distinct from c.id desc) as fit
    from staged s cross join unnest(s.invoices) with ordinality as w (number, place)
    left join staged_customer c on c.key = coalesce(s.customer_number, s.customer_name) and c.by_name = (s.customer_number is null) and not c.is_new
    left join invoice i on i.company_id = ${companyId} and i.number = w.number and i.type <> 'credit_note'
    left join customer k on k.company_id = i.company_id and k.id = i.customer_id
    where s.good`.execute(tx);
  await sql`delete from named where fit > 1`.execute(tx);
  await sql`create index on named (row)`.execute(tx);
  await sql`analyze named`.execute(tx);
}

async function judgeInvoicesNamed(tx: Tx, about: PaymentImport): Promise<void> {
  const { headings, unknownInvoice } = about;
  const invoices = headings.invoices ?? headings.amount!;
  const customer = headings.customerNumber ?? headings.customerName ?? invoices;
  const fault = (code: string) => sql`insert into staged_fault
    select distinct on (n.row) n.row, ${invoices}, left(n.number, 100), ${code}, jsonb_build_object('number', left(n.number, 100))`;
  if (unknownInvoice === 'refuse') {
    await sql`${fault('invoice-unknown')} from named n where n.invoice_id is null`.execute(tx);
  }
  await sql`${fault('invoice-ambiguous')} from named n
    where n.invoice_id is not null
    group by n.row, n.number, n.place having count(*) > 1`.execute(tx);
  await sql`${fault('invoice-of-other-customer')} from named n join staged s on s.row = n.row
    where n.invoice_id is not null and n.customer_id is distinct from coalesce(n.said_customer_id,
      case when coalesce(s.customer_number, s.customer_name) is null
        then (select o.customer_id from named o where o.row = n.row and o.invoice_id is not null order by o.place limit 1) end)
      and not exists (select from customer k
        where k.company_id = ${about.companyId} and k.id = n.customer_id and k.payer_id = n.said_customer_id)
      and not exists (select from staged_fault f where f.row = n.row)`.execute(tx);
  await sql`insert into staged_fault
    select s.row, ${customer}, left(coalesce(s.customer_number, s.customer_name, s.invoices[1]), 100), 'customer-unknown',
      jsonb_build_object('name', left(coalesce(s.customer_number, s.customer_name, s.invoices[1]), 100))
    from staged s
    left join staged_customer c on c.key = coalesce(s.customer_number, s.customer_name) and c.by_name = (s.customer_number is null) and not c.is_new
    where s.good and c.id is null and not exists (select from staged_fault f where f.row = s.row)
      and not exists (select from named n where n.row = s.row and n.invoice_id is not null)`.execute(tx);
  await sql`insert into staged_fault
    select distinct on (n.row) n.row, ${headings.currency ?? invoices}, s.currency, 'currency-differs',
      jsonb_build_object('number', left(n.number, 100), 'expected', n.currency, 'found', s.currency)
    from named n join staged s on s.row = n.row where n.currency <> s.currency`.execute(tx);
}

/** The table `judged`: each good row with its customer, beside the payment that is there already. */
async function compare(tx: Tx, companyId: string): Promise<void> {
  await sql`create temporary table judged on commit drop as
    select s.*, coalesce(c.id, n.customer_id) as customer_id, p.id as payment_id, p.id is null as is_new,
      p.customer_id as old_customer_id, p.currency as old_currency, p.received_on as old_received_on,
      p.amount_minor as old_amount, p.unallocated_minor as old_unallocated, p.reference as old_reference,
      p.id is not null and (s.received_on, s.amount_minor, coalesce(s.label, p.reference))
        is distinct from (p.received_on, p.amount_minor, p.reference) as head_changed
    from staged s
    left join staged_customer c on c.key = coalesce(s.customer_number, s.customer_name) and c.by_name = (s.customer_number is null) and not c.is_new
    left join lateral (select customer_id from named n where n.row = s.row and n.customer_id is not null
      order by place limit 1) n on c.id is null
    left join payment p on p.company_id = ${companyId} and p.source = s.source and p.number = s.number
    where s.good and not exists (select from staged_fault f where f.row = s.row)`.execute(tx);
  await sql`create unique index on judged (row)`.execute(tx);
}

async function judgeChanges(tx: Tx, headings: Record<string, string>): Promise<void> {
  const number = headings.number ?? headings.amount!;
  await sql`insert into staged_fault
    select row, ${number}, left(number, 100), 'payment-of-other-customer', jsonb_build_object('number', left(number, 100))
    from judged where not is_new and (customer_id, currency) is distinct from (old_customer_id, old_currency)`.execute(
    tx,
  );
  await sql`insert into staged_fault
    select row, ${headings.amount!}, left(number, 100), 'amount-below-allocated', jsonb_build_object('number', left(number, 100))
    from judged where not is_new and amount_minor < old_amount - old_unallocated`.execute(tx);
}

/** Whose payments were written, and to whose invoices they may have gone. */
export async function customersWhoPaid(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from judged where is_new or head_changed
    union select n.customer_id from named n join judged j on j.row = n.row where (j.is_new or j.head_changed) and n.customer_id is not null
    order by 1`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function countPayments(tx: Tx): Promise<{ created: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ created: number; changed: number; unchanged: number }>`
    select count(*) filter (where is_new)::int as created, count(*) filter (where head_changed)::int as changed,
      count(*) filter (where not is_new and not head_changed)::int as unchanged from judged`.execute(tx);
  return rows[0]!;
}

export async function paymentDifferences(tx: Tx, most: number) {
  const { rows } = await sql<{
    row: number;
    number: string;
    was: Record<string, unknown>;
    is: Record<string, unknown>;
  }>`
    select row, number,
      jsonb_build_object('receivedOn', old_received_on, 'amount', old_amount, 'label', old_reference) as was,
      jsonb_build_object('receivedOn', received_on, 'amount', amount_minor, 'label', coalesce(label, old_reference)) as is
    from judged where head_changed order by row limit ${most}`.execute(tx);
  return rows;
}

/** The customers of payments that name invoices only are locked too. */
export function lockPayers(tx: Tx, companyId: string): Promise<void> {
  return lockCustomersOfFile(
    tx,
    companyId,
    sql`select i.customer_id from staged s cross join unnest(s.invoices) as w (number)
        join invoice i on i.company_id = ${companyId} and i.number = w.number
      union select k.id from staged s join customer k on k.company_id = ${companyId}
        and (k.number = s.customer_number or (s.customer_number is null and (k.number = s.customer_name or k.name = s.customer_name)))`,
  );
}

export async function writePayments(tx: Tx, about: PaymentImport): Promise<void> {
  const { companyId, today } = about;
  await sql`update judged set payment_id = uuid_v7() where is_new`.execute(tx);
  await sql`insert into payment (company_id, id, customer_id, source, number, received_on, currency, amount_minor,
      unallocated_minor, reference)
    select ${companyId}, payment_id, customer_id, source, number, received_on, currency, amount_minor, amount_minor, label
    from judged where is_new order by payment_id`.execute(tx);
  await sql`update payment p set received_on = j.received_on, amount_minor = j.amount_minor,
      reference = coalesce(j.label, p.reference)
    from judged j where j.head_changed and p.company_id = ${companyId} and p.id = j.payment_id`.execute(tx);
  await allocate(tx, companyId);
  await wakeCases(
    tx,
    companyId,
    today,
    sql`select customer_id from judged where is_new or head_changed
      union select n.customer_id from named n join judged j on j.row = n.row where j.is_new or j.head_changed`,
  );
}

/**
 * Rule 3: each payment goes to the earliest open instalment of the invoices it names, then to the next, then to what was claimed
 * beside them (or to that first, as the company says). Done in rounds: in the n-th, every payment that has something left turns to
 * its n-th target; those that share one take from it in the order of the file. As many rounds as the payment with the most needs.
 */
async function allocate(tx: Tx, companyId: string): Promise<void> {
  await sql`create temporary table target on commit drop as
    select j.row, j.payment_id, o.receivable_id, o.charge_id, j.received_on,
      (row_number() over (partition by j.row order by (o.charge_id is not null) = (o.settles_first = 'principal'),
        o.day nulls last, o.position, o.receivable_id, o.charge_id))::int as round
    from judged j join named n on n.row = j.row
    join lateral (
      select r.id as receivable_id, null::uuid as charge_id, r.due_on as day, r.position, m.settles_first
        from receivable r join company m on m.id = r.company_id
        where r.company_id = ${companyId} and r.invoice_id = n.invoice_id and r.open_minor > 0
      union all
      select null, c.id, c.claimed_on, 0, m.settles_first
        from charge c join company m on m.id = c.company_id
        join customer k on k.company_id = c.company_id and k.id = c.customer_id and (k.kind <> 'consumer' or c.kind = 'interest')
        join invoice i on i.company_id = c.company_id and i.id = c.invoice_id and i.status = 'issued'
        where c.company_id = ${companyId} and c.invoice_id = n.invoice_id and c.open_minor > 0 and c.waived_on is null
          and c.practice = (m.mode = 'practice')
    ) o on true
    where j.is_new or (j.head_changed and j.amount_minor > j.old_amount)`.execute(tx);
  await sql`create index on target (round)`.execute(tx);
  await sql`analyze target`.execute(tx);
  const { rows } = await sql<{ rounds: number }>`select coalesce(max(round), 0) as rounds from target`.execute(tx);
  for (let round = 1; round <= rows[0]!.rounds; round++) {
    await sql`insert into allocation (company_id, id, receivable_id, charge_id, payment_id, amount_minor, allocated_on)
      select ${companyId}, uuid_v7(), receivable_id, charge_id, payment_id, amount, received_on from (
        select t.row, t.receivable_id, t.charge_id, t.payment_id, t.received_on,
          least(p.unallocated_minor, coalesce(r.open_minor, c.open_minor)
            - coalesce(sum(p.unallocated_minor) over (partition by t.receivable_id, t.charge_id order by t.row
              rows between unbounded preceding and 1 preceding), 0))::bigint as amount
        from target t join payment p on p.company_id = ${companyId} and p.id = t.payment_id
        left join receivable r on r.company_id = ${companyId} and r.id = t.receivable_id
        left join charge c on c.company_id = ${companyId} and c.id = t.charge_id
        where t.round = ${round} and p.unallocated_minor > 0 and coalesce(r.open_minor, c.open_minor) > 0
      ) share where amount > 0 order by row`.execute(tx);
  }
}
