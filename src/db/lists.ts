// Lists, in pages: each is read by key after the last row of the page before, so page 1,000 costs what page 1 does.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ChargeAsked } from '../core/charge.ts';
import type { Day } from '../core/day.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import type { Reason } from '../core/reason.ts';
import { waitsSince } from './day-figures.ts';
import { type ChosenRows, isChosen, keyOf, type ListPage, oneMoreThan, type PageRequest, page } from './paging.ts';
import { followed } from './sequence.ts';
import type { Channel, InvoiceStatus, InvoiceType, ReminderState, Row, Tables } from './tables.ts';

/** Text as it is searched for: a part of the column, whatever its case; % and _ stand for themselves. */
export function contains(column: string, text: string): RawBuilder<boolean> {
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern(text)}`;
}

export const pattern = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

const always = sql<boolean>`true`;

interface Amount {
  currency: string;
  minor: number;
}

export interface CustomerListRow {
  id: string;
  number: string;
  name: string;
  kind: 'business' | 'consumer' | 'public';
  category: string | null;
  city: string | null;
  enrolment: 'default' | 'chosen' | 'none';
  /** The one that a person chose. */
  sequenceId: string | null;
  /** The rule that put it where it is. */
  ruleId: string | null;
  ruleName: string | null;
  /** The sequence that it follows, whoever or whatever put it there; null: no reminders, also where the chosen one was deleted. */
  followsId: string | null;
  followsTitle: string | null;
  /** A member who may act; null: nobody, or nobody who is there still. */
  inChargeUserId: string | null;
  inChargeName: string | null;
  salesperson: string | null;
  /** Its own. */
  paymentTerms: PaymentTerms | null;
  /** Who pays for it, and is written to. */
  payerId: string | null;
  payerName: string | null;
  openInvoices: number;
  open: Amount[];
  overdue: Amount[];
}

export interface CustomerFilter {
  search?: string | undefined;
  customerId?: string | undefined;
  /** Those who follow that sequence; 'none': no reminders. */
  sequence?: string | undefined;
  /** Those who do not follow that sequence. */
  outsideSequence?: string | undefined;
  /** Those whom that rule holds. */
  rule?: string | undefined;
  /** Those of whom that user is in charge; 'none': of whom nobody is. */
  inCharge?: string | undefined;
  /** Those of whom one of these users is. */
  inChargeAmong?: readonly string[] | undefined;
  /** Those whom a salesperson of that name looks after. */
  salesperson?: string | undefined;
  /** Those for whom that customer pays. */
  payer?: string | undefined;
}

/** What was merged into another is shown when it is asked for by itself, and in no list. */
export async function listCustomers(
  tx: Kysely<Tables>,
  { id: companyId, default_sequence_id: defaultSequenceId }: Pick<Row<'company'>, 'id' | 'default_sequence_id'>,
  today: Day,
  request: PageRequest & ChosenRows & CustomerFilter,
): Promise<ListPage<CustomerListRow>> {
  const after = keyOf(request.cursor, 2);
  const { search, customerId, sequence, outsideSequence, rule, inCharge, inChargeAmong, salesperson, payer } = request;
  // What is not issued counts for nothing. There is little of it, with an index of its own: to look up each invoice owed instead took
  // as long as all else here. The customers are rows as often as they have currencies; put together here, since JSON takes longer.
  const found = await sql<CustomerInCurrency>`
    with shown as (
      select c.*, e.name as rule_name, s.id as follows_id, s.title as follows_title, m.user_id as in_charge_id
      from customer c left join enrolment_rule e on e.company_id = c.company_id and e.id = c.rule_id
      left join sequence s on s.company_id = c.company_id and s.id = ${followed(defaultSequenceId)} and s.status = 'active'
      left join account.member m on m.company_id = c.company_id and m.user_id = c.in_charge_user_id and m.role <> 'reader'
      where c.company_id = ${companyId}
        and ${sequence === undefined ? always : sequence === 'none' ? sql`s.id is null` : sql`s.id = ${sequence}::uuid`}
        and ${outsideSequence ? sql`s.id is distinct from ${outsideSequence}::uuid` : always}
        and ${inCharge === undefined ? always : inCharge === 'none' ? sql`m.user_id is null` : sql`m.user_id = ${inCharge}`}
        and ${inChargeAmong === undefined ? always : sql`m.user_id = any(${[...inChargeAmong]}::text[])`}
        and ${salesperson === undefined ? always : sql`c.salesperson_name = ${salesperson}`}
        and ${rule ? sql`c.rule_id = ${rule}` : always}
        and ${payer ? sql`c.payer_id = ${payer}` : always}
        and ${customerId ? always : sql`c.merged_into_id is null`}
        and ${
          search
            ? sql`(${contains('c.name', search)} or ${contains('c.number', search)} or c.id in (
          select m.merged_into_id from customer m where m.company_id = ${companyId} and m.merged_into_id is not null
            and (${contains('m.name', search)} or ${contains('m.number', search)})))`
            : always
        }
        and ${customerId ? sql`c.id = ${customerId}` : always} and ${isChosen('c.id', request)}
        and ${after ? sql`(c.name, c.id) > (${after[0]}, ${after[1]}::uuid)` : always}
      order by c.name, c.id limit ${oneMoreThan(request)}
    )
    select c.id, c.number, c.name, c.kind, c.category, c.city, c.enrolment, c.sequence_id as "sequenceId", c.rule_id as "ruleId",
      c.rule_name as "ruleName", c.follows_id as "followsId", c.follows_title as "followsTitle",
      c.in_charge_id as "inChargeUserId", (select u.name from account."user" u where u.id = c.in_charge_id) as "inChargeName",
      c.salesperson_name as salesperson, c.payment_terms as "paymentTerms",
      c.payer_id as "payerId", (select p.name from customer p where p.company_id = c.company_id and p.id = c.payer_id) as "payerName",
      o.currency, o.invoices, o.minor, o.late
    from shown c left join lateral (
      select r.currency, count(distinct r.invoice_id)::int as invoices, sum(r.open_minor)::bigint as minor,
        coalesce(sum(r.open_minor) filter (where r.due_on < ${today}::date), 0)::bigint as late
      from receivable r where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0
        and r.invoice_id not in (select i.id from invoice i where i.company_id = ${companyId}
          and i.customer_id = any(array(select id from shown)) and i.status <> 'issued')
      group by r.currency
    ) o on true
    order by c.name, c.id, o.currency`.execute(tx);
  const rows = inGroups(found.rows, (row) => row.id).map(withAmounts);
  return page(rows, request.limit, (row) => [row.name, row.id]);
}

/** Those whom customers have, by name, each with how many. */
export async function salespeople(
  tx: Kysely<Tables>,
  companyId: string,
): Promise<{ name: string; customers: number }[]> {
  const found = await sql<{ name: string; customers: number }>`
    select salesperson_name as name, count(*)::int as customers from customer
    where company_id = ${companyId} and salesperson_name is not null group by 1 order by 1 limit 1000`.execute(tx);
  return found.rows;
}

/** A customer with what it owes in one currency; all null: it owes nothing. */
type CustomerInCurrency = Omit<CustomerListRow, 'openInvoices' | 'open' | 'overdue'> &
  (
    | { currency: string; invoices: number; minor: number; late: number }
    | Record<'currency' | 'invoices' | 'minor' | 'late', null>
  );

function withAmounts(rows: CustomerInCurrency[]): CustomerListRow {
  const { currency: _currency, invoices: _invoices, minor: _minor, late: _late, ...customer } = rows[0]!;
  const shown: CustomerListRow = { ...customer, openInvoices: 0, open: [], overdue: [] };
  for (const { currency, invoices, minor, late } of rows) {
    if (currency === null) continue;
    shown.openInvoices += invoices;
    shown.open.push({ currency, minor });
    if (late > 0) shown.overdue.push({ currency, minor: late });
  }
  return shown;
}

/** Rows that follow one another and have the same key, together. */
function inGroups<T>(rows: readonly T[], key: (row: T) => string): T[][] {
  const groups: T[][] = [];
  let last: string | null = null;
  for (const row of rows) {
    if (key(row) === last) groups.at(-1)!.push(row);
    else groups.push([row]);
    last = key(row);
  }
  return groups;
}

export interface InvoiceListRow {
  id: string;
  number: string;
  source: string;
  customerId: string;
  customerName: string;
  customerNumber: string;
  type: InvoiceType;
  status: InvoiceStatus;
  issuedOn: Day;
  dueOn: Day | null;
  currency: string;
  totalMinor: number;
  openMinor: number;
  unallocatedMinor: number;
  level: number | null;
  disputed: boolean;
  hasPdf: boolean;
  /** What keeps it from being reminded of, whatever its sequence says (A8). */
  missing: Missing[];
  /** Where its first open instalment stands; null: nothing is open, or it was never planned. */
  dunning: DunningStanding | null;
}

/**
 * address-blocked: each one of the customer's was refused; recipient-blocked: each one that is written on the invoice alone;
 * email-forbidden: its step has come, has no other channel, and the customer is not to be written to.
 */
export type Missing =
  | 'to-process'
  | 'no-due-date'
  | 'no-address'
  | 'address-blocked'
  | 'recipient-blocked'
  | 'email-forbidden';

export interface DunningStanding {
  state: Row<'dunning_case'>['state'];
  reason: Reason | null;
  nextOn: Day | null;
  nextLevel: number | null;
  nextStep: string | null;
}

/** The standing of the first open instalment of invoice i, as JSON. */
const standing = sql`(select json_build_object('state', d.state, 'reason', d.reason, 'nextOn', d.next_on, 'nextLevel', s.level, 'nextStep', s.name)
  from receivable r join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
  left join step s on s.company_id = d.company_id and s.id = d.next_step_id
  where r.company_id = i.company_id and r.invoice_id = i.id and r.open_minor > 0 order by r.due_on nulls last, r.position limit 1)`;

const openOf = sql`receivable r where r.company_id = i.company_id and r.invoice_id = i.id and r.open_minor > 0`;

/** Whether there are such rows, as a condition. */
const exists = (rows: RawBuilder<unknown>) => sql<boolean>`exists (select from ${rows})`;

/** The same as a value, looked up for the rows shown: for an "exists" there PostgreSQL reads the whole table beforehand. */
const hasSome = (rows: RawBuilder<unknown>) => sql<boolean>`coalesce((select true from ${rows} limit 1), false)`;

const openDispute = sql`dispute d where d.company_id = i.company_id and d.invoice_id = i.id and d.closed_on is null`;

/** A reminder of invoice i could be sent, were there an address. */
const mayBeMailed = (some: typeof exists) => sql<boolean>`i.status = 'issued' and not i.direct_debit and ${some(openOf)}
  and ${some(sql`customer u left join enrolment_rule e on e.company_id = u.company_id and e.id = u.rule_id
    where u.company_id = i.company_id and u.id = i.customer_id and u.enrolment <> 'none' and u.forbidden_channels = '{}'
      and (e.id is null or e.sequence_id is not null)`)}`;

/** Of whoever is written to about invoice i; `payerId`: who pays for its customer. */
const contactOf = (payerId: RawBuilder<string | null>) =>
  sql`contact k where k.company_id = i.company_id and 
  k.customer_id = case when ${payerId} is null then i.customer_id else ${payerId} end`;

const blockedAt = (address: RawBuilder<unknown>) =>
  sql`blocked_address b where b.company_id = i.company_id and b.address = lower(${address})`;

/** What invoice i lacks, each as a condition. An address is asked only where a reminder could be sent at all. */
const lacks = (some: typeof exists, payerId: RawBuilder<string | null>): Record<Missing, RawBuilder<boolean>> => ({
  'to-process': sql<boolean>`i.status = 'to_process'`,
  'no-due-date': sql<boolean>`i.status in ('issued', 'to_process') and ${some(sql`${openOf} and r.due_on is null`)}`,
  'no-address': sql<boolean>`${mayBeMailed(some)} and i.recipients is null and not ${some(sql`${contactOf(payerId)} and k.email is not null`)}`,
  'address-blocked': sql<boolean>`${mayBeMailed(some)} and i.recipients is null
    and ${some(sql`${contactOf(payerId)} and k.email is not null`)} and not ${some(sql`${contactOf(payerId)} and k.email is not null
      and not ${some(blockedAt(sql`k.email`))}`)}`,
  'recipient-blocked': sql<boolean>`${mayBeMailed(some)} and i.recipients is not null
    and not ${some(sql`jsonb_array_elements_text(i.recipients -> 'to') as own(address) where not ${some(blockedAt(sql`own.address`))}`)}`,
  'email-forbidden': sql<boolean>`${some(sql`customer u where u.company_id = i.company_id and u.id in (i.customer_id, ${payerId})
      and u.forbidden_channels <> '{}'`)}
    and ${some(sql`dunning_case d, ${openOf} and d.company_id = r.company_id and d.receivable_id = r.id and d.state = 'held'
      and d.reason ->> 'code' = 'email-forbidden'`)}`,
});
const missing = sql`to_json(array_remove(array[${sql.join(
  Object.entries(lacks(hasSome, sql`i.payer_id`)).map(([name, lacking]) => sql`case when ${lacking} then ${name} end`),
)}]::text[], null))`;

export type InvoiceListState =
  | 'incomplete'
  | 'open'
  | 'overdue'
  | 'not_due'
  | 'held'
  | 'disputed'
  | 'outside'
  | 'settled'
  | 'all';

/** Newest first, or the longest due first (those without a due date last). */
export async function listInvoices(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  request: PageRequest &
    ChosenRows &
    InvoiceFilter & { invoiceId?: string | undefined; order?: 'newest' | 'due' | undefined },
): Promise<ListPage<InvoiceListRow>> {
  const { invoiceId, order = 'newest' } = request;
  const byDue = order === 'due';
  const after = keyOf(request.cursor, byDue ? 2 : 1);
  const following = byDue
    ? after && sql`(coalesce(due.on_day, 'infinity'), i.id) > (${after[0]}::date, ${after[1]}::uuid)`
    : after && sql`i.id < ${after[0]}::uuid`;
  const sorting = byDue ? sql`coalesce(due.on_day, 'infinity'), i.id` : sql`i.id desc`;
  // The rows of the page first; what else is shown of them is looked up for those only. So is their due date, where it does not sort.
  const dueOn = byDue
    ? sql`i.due_on`
    : sql`(select ${dayThatCounts} from receivable r where r.company_id = i.company_id and r.invoice_id = i.id)`;
  const found = await sql<InvoiceListRow>`
    with page as (
      select i.*, c.name as customer_name, c.number as customer_number, c.payer_id, ${byDue ? sql`due.on_day as due_on,` : sql``}
        row_number() over (order by ${sorting}) as place
      from invoice i join customer c on c.company_id = i.company_id and c.id = i.customer_id
      ${byDue ? receivablesOf(companyId, request) : sql``}
      where i.company_id = ${companyId} and ${invoiceFilter(request, today)}
        and ${invoiceId ? sql`i.id = ${invoiceId}` : always} and ${isChosen('i.id', request)} and ${following ?? always}
      order by ${sorting} limit ${oneMoreThan(request)}
    )
    select i.id, i.number, i.source, i.customer_id as "customerId", i.customer_name as "customerName", i.customer_number as "customerNumber",
      i.type, i.status, i.issued_on as "issuedOn", ${dueOn} as "dueOn", i.currency, i.total_minor as "totalMinor",
      i.unallocated_minor as "unallocatedMinor",
      coalesce((select sum(r.open_minor)::bigint from receivable r where r.company_id = i.company_id and r.invoice_id = i.id), 0) as "openMinor",
      (select max(s.level) from receivable r
        join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
        join item t on t.company_id = r.company_id and t.receivable_id = r.id and t.pass = d.pass and t.state = 'taken'
        join step s on s.company_id = t.company_id and s.id = t.step_id
        where r.company_id = i.company_id and r.invoice_id = i.id) as level,
      ${hasSome(openDispute)} as disputed,
      i.pdf_sha256 is not null as "hasPdf", ${standing} as dunning, ${missing} as missing
    from page i order by i.place`.execute(tx);
  return page(found.rows, request.limit, (row) => (byDue ? [row.dueOn ?? 'infinity', row.id] : [row.id]));
}

export interface InvoiceFilter {
  search?: string | undefined;
  customerId?: string | undefined;
  /** That customer's, and those of whom it pays for. */
  payerId?: string | undefined;
  state?: InvoiceListState | undefined;
}

function invoiceFilter({ search, customerId, payerId, state = 'all' }: InvoiceFilter, today: Day): RawBuilder<boolean> {
  return sql<boolean>`${search ? sql`(${contains('i.number', search)} or ${contains('c.name', search)})` : always}
      and ${customerId ? sql`i.customer_id = ${customerId}` : always}
      and ${payerId ? sql`(c.id = ${payerId} or c.payer_id = ${payerId})` : always}
      and ${invoiceState(state, today)}`;
}

/** Of receivables r: the earliest open one's, else the last. */
const dayThatCounts = sql`coalesce(min(r.due_on) filter (where r.open_minor > 0), max(r.due_on))`;

/**
 * The receivables of invoice i as one row, `due`: the day that counts and what is open.
 * For all invoices of a company they are gathered once; for those of one customer, one by one. Only what is open is read where
 * only that is asked for, so years of settled invoices cost nothing.
 */
function receivablesOf(
  companyId: string,
  { customerId, payerId, invoiceId, state = 'all' }: InvoiceFilter & { invoiceId?: string | undefined },
): RawBuilder<unknown> {
  const gathered = sql`${dayThatCounts} as on_day, sum(r.open_minor)::bigint as open`;
  if (customerId !== undefined || payerId !== undefined || invoiceId !== undefined) {
    return sql`left join lateral (select ${gathered} from receivable r
      where r.company_id = i.company_id and r.invoice_id = i.id) due on true`;
  }
  if (['all', 'settled', 'disputed'].includes(state)) {
    return sql`left join (select r.invoice_id, ${gathered} from receivable r where r.company_id = ${companyId} group by 1) due
      on due.invoice_id = i.id`;
  }
  return sql`join (select r.invoice_id, ${gathered} from receivable r where r.company_id = ${companyId} and r.open_minor > 0 group by 1) due
    on due.invoice_id = i.id`;
}

/** What all the invoices of a filter come to: their number, and what is open of them by currency. */
export async function sumInvoices(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  filter: InvoiceFilter,
): Promise<{ invoices: number; open: Amount[] }> {
  const found = await sql<Amount & { invoices: number }>`
    select i.currency, count(*)::int as invoices, coalesce(sum(due.open), 0)::bigint as minor
    from invoice i join customer c on c.company_id = i.company_id and c.id = i.customer_id
    ${receivablesOf(companyId, filter)}
    where i.company_id = ${companyId} and ${invoiceFilter(filter, today)} group by 1 order by 3 desc`.execute(tx);
  return {
    invoices: found.rows.reduce((sum, row) => sum + row.invoices, 0),
    open: found.rows.map(({ currency, minor }) => ({ currency, minor })),
  };
}

function invoiceState(state: InvoiceListState, today: Day): RawBuilder<boolean> {
  switch (state) {
    case 'all':
      return always;
    case 'open':
      return exists(openOf);
    case 'overdue':
      return sql`exists (select from ${openOf} and r.due_on < ${today}::date)`;
    case 'not_due':
      return sql`exists (select from ${openOf} and (r.due_on is null or r.due_on >= ${today}::date))`;
    case 'held':
      return sql`exists (select from dunning_case d, ${openOf} and d.company_id = r.company_id and d.receivable_id = r.id and d.state = 'held')`;
    case 'disputed':
      return exists(openDispute);
    case 'settled':
      return sql`i.type <> 'credit_note' and not exists (select from ${openOf})`;
    case 'incomplete':
      return sql`i.type <> 'credit_note' and exists (select from ${openOf}) and (${sql.join(Object.values(lacks(exists, sql`c.payer_id`)), sql` or `)})`;
    case 'outside':
      return sql`exists (select from dunning_case d, ${openOf} and d.company_id = r.company_id and d.receivable_id = r.id and d.entry = 'outside')`;
  }
}

/** A level and what is to be reminded at it next: its customers, invoices and amounts. */
export interface LevelDue {
  level: number;
  name: string;
  customers: number;
  invoices: number;
  amounts: Amount[];
}

/** Open instalments of invoices that are being dunned, with the step that comes next, and what else is joined to them. */
const toRemind = (companyId: string, more: RawBuilder<unknown> = sql``) => sql`dunning_case d
  join receivable r on r.company_id = d.company_id and r.id = d.receivable_id and r.open_minor > 0
  join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued'
  join step s on s.company_id = d.company_id and s.id = d.next_step_id ${more}
  where d.company_id = ${companyId} and d.state in ('waiting', 'active', 'held')`;

export async function levelsDue(tx: Kysely<Tables>, companyId: string): Promise<LevelDue[]> {
  const found = await sql<LevelDue>`
    select level, min(name) as name, sum(customers)::int as customers, sum(invoices)::int as invoices,
      json_agg(json_build_object('currency', currency, 'minor', minor) order by minor desc) as amounts
    from (
      select s.level, min(s.name) as name, r.currency, count(distinct d.customer_id) as customers, count(distinct i.id) as invoices,
        sum(r.open_minor)::bigint as minor
      from ${toRemind(companyId)} group by s.level, r.currency
    ) by_currency group by level order by level`.execute(tx);
  return found.rows;
}

/** The highest step that case d has taken, as `last`. */
const lastTaken = sql`left join lateral (
    select p.level, t.left_on from item t join step p on p.company_id = t.company_id and p.id = t.step_id
    where t.company_id = d.company_id and t.receivable_id = d.receivable_id and t.pass = d.pass and t.state = 'taken'
    order by p.level desc limit 1
  ) last on true`;

export interface CustomerDue {
  customerId: string;
  customerName: string;
  customerNumber: string;
  open: Amount[];
  /** The first day on which one of them is to be reminded; null: all are held. */
  nextOn: Day | null;
  invoices: {
    id: string;
    number: string;
    issuedOn: Day;
    dueOn: Day | null;
    currency: string;
    totalMinor: number;
    openMinor: number;
    /** The level reached, and the day of the last reminder that left. */
    level: number | null;
    remindedOn: Day | null;
    state: Row<'dunning_case'>['state'];
    reason: Reason | null;
    nextOn: Day | null;
  }[];
}

/** Customers with something to be reminded at that level next, by name, each with those invoices. */
export async function customersDue(
  tx: Kysely<Tables>,
  companyId: string,
  request: PageRequest & { level: number },
): Promise<ListPage<CustomerDue>> {
  const after = keyOf(request.cursor, 2);
  // Rows, put together here: as JSON each customer's invoices took longer, and longer still where they were looked for in those of the
  // whole page. "offset 0" keeps them a query of their own, or the planner looks for the best order of all these tables together.
  const found = await sql<CustomerDueRow>`
    with shown as (
      select c.company_id, c.id, c.name, c.number from customer c
      where c.company_id = ${companyId}
        and exists (select from ${toRemind(companyId)} and s.level = ${request.level} and d.customer_id = c.id)
        and ${after ? sql`(c.name, c.id) > (${after[0]}, ${after[1]}::uuid)` : always}
      order by c.name, c.id limit ${oneMoreThan(request)}
    )
    select c.id as "customerId", c.name as "customerName", c.number as "customerNumber", due.*
    from shown c cross join lateral (
      select i.id, i.number, i.issued_on as "issuedOn", r.due_on as "dueOn", r.currency, r.amount_minor as "totalMinor",
        r.open_minor as "openMinor", last.level, last.left_on as "remindedOn", d.state, d.reason, d.next_on as "nextOn"
      from ${toRemind(companyId, lastTaken)} and s.level = ${request.level} and d.customer_id = c.id offset 0
    ) due
    order by c.name, c.id, due."dueOn", due.number`.execute(tx);
  const rows = inGroups(found.rows, (row) => row.customerId).map(withInvoices);
  return page(rows, request.limit, (row) => [row.customerName, row.customerId]);
}

type CustomerDueRow = Pick<CustomerDue, 'customerId' | 'customerName' | 'customerNumber'> &
  CustomerDue['invoices'][number];

function withInvoices(rows: CustomerDueRow[]): CustomerDue {
  const { customerId, customerName, customerNumber } = rows[0]!;
  const open = new Map<string, number>();
  let nextOn: Day | null = null;
  const invoices = rows.map(({ customerId: _id, customerName: _name, customerNumber: _number, ...invoice }) => {
    open.set(invoice.currency, (open.get(invoice.currency) ?? 0) + invoice.openMinor);
    if (invoice.state !== 'held' && invoice.nextOn !== null && (nextOn === null || invoice.nextOn < nextOn))
      nextOn = invoice.nextOn;
    return invoice;
  });
  const amounts = [...open].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => b.minor - a.minor);
  return { customerId, customerName, customerNumber, open: amounts, nextOn, invoices };
}

/** Whether a pause of the invoice or of the customer itself is in force on that day. */
export async function isPaused(
  tx: Kysely<Tables>,
  companyId: string,
  what: { customer_id: string } | { invoice_id: string },
  today: Day,
): Promise<boolean> {
  const [column, id] = 'customer_id' in what ? ['customer_id', what.customer_id] : ['invoice_id', what.invoice_id];
  const found = await sql<{ paused: boolean }>`
    select exists (select from pause where company_id = ${companyId} and ${sql.ref(column)} = ${id} and lifted_on is null
      and from_on <= ${today}::date and (until_on is null or until_on >= ${today}::date)) as paused`.execute(tx);
  return found.rows[0]!.paused;
}

export interface InstalmentRow {
  receivableId: string;
  position: number;
  dueOn: Day | null;
  amountMinor: number;
  openMinor: number;
  state: Row<'dunning_case'>['state'] | null;
  reason: Reason | null;
  nextOn: Day | null;
}

export async function instalmentsOf(
  tx: Kysely<Tables>,
  companyId: string,
  invoiceId: string,
): Promise<InstalmentRow[]> {
  const found = await sql<InstalmentRow>`
    select r.id as "receivableId", r.position, r.due_on as "dueOn", r.amount_minor as "amountMinor", r.open_minor as "openMinor",
      c.state, c.reason, c.next_on as "nextOn"
    from receivable r left join dunning_case c on c.company_id = r.company_id and c.receivable_id = r.id
    where r.company_id = ${companyId} and r.invoice_id = ${invoiceId} order by r.position`.execute(tx);
  return found.rows;
}

export interface PaymentListRow {
  id: string;
  customerId: string;
  customerName: string;
  number: string | null;
  kind: 'payment' | 'settlement';
  receivedOn: Day;
  currency: string;
  amountMinor: number;
  unallocatedMinor: number;
  reference: string | null;
  reason: string | null;
  returnedOn: Day | null;
}

/** Newest first. */
export async function listPayments(
  tx: Kysely<Tables>,
  companyId: string,
  request: PageRequest &
    ChosenRows & {
      customerId?: string | undefined;
      invoiceId?: string | undefined;
      since?: Day | undefined;
    },
): Promise<ListPage<PaymentListRow>> {
  const after = keyOf(request.cursor, 1);
  const { customerId, invoiceId, since } = request;
  const found = await sql<PaymentListRow>`
    select p.id, p.customer_id as "customerId", c.name as "customerName", ${givenNumber('p.number')} as number, p.kind, p.received_on as "receivedOn", p.currency,
      p.amount_minor as "amountMinor", p.unallocated_minor as "unallocatedMinor", p.reference, p.reason, p.returned_on as "returnedOn"
    from payment p join customer c on c.company_id = p.company_id and c.id = p.customer_id
    where p.company_id = ${companyId} and ${isChosen('p.id', request)}
      and ${customerId ? sql`p.customer_id = ${customerId}` : always}
      and ${since ? sql`p.received_on >= ${since}::date` : always}
      and ${
        invoiceId
          ? sql`exists (select from allocation a join receivable r on r.company_id = a.company_id and r.id = a.receivable_id
              where a.company_id = p.company_id and a.payment_id = p.id and r.invoice_id = ${invoiceId})`
          : always
      }
      and ${after ? sql`p.id < ${after[0]}::uuid` : always}
    order by p.id desc limit ${oneMoreThan(request)}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.id]);
}

export interface ReminderListRow {
  id: string;
  kind: Row<'reminder'>['kind'];
  customerId: string;
  customerName: string;
  customerNumber: string;
  level: number;
  stepName: string | null;
  formalNotice: boolean;
  channel: Channel;
  /** What there is or was to do, where its channel is a task and it was not taken back. */
  task: {
    text: string;
    note: string | null;
    doneBy: { actor: string; actorName: string | null } | null;
  } | null;
  state: ReminderState;
  practice: boolean;
  byHand: boolean;
  plannedOn: Day;
  sendOn: Day;
  leftOn: Day | null;
  leftAt: string | null;
  currency: string;
  /** In `currency`. */
  askedMinor: number | null;
  /** What it asks for in other currencies. */
  askedOthers: Amount[];
  askedCharges: ChargeAsked[];
  to: string[];
  invoices: { id: string; number: string; dueOn: Day | null }[];
  reason: Reason | null;
  /** Refused for now, or just approved: not before that instant. */
  nextAttemptAt: string | null;
  /** Since when it waits for approval: the day on which it was made, or to which it was postponed. */
  waitsSince: Day;
}

export type ReminderListState =
  | 'to_approve'
  | 'postponed'
  | 'waiting'
  | 'leaving'
  | 'to_do'
  | 'left'
  | 'problems'
  | 'all';

interface StateFilter {
  states: readonly ReminderState[] | null;
  /** Only what may leave by today, or only what waits for a later day. */
  day?: 'come' | 'to-come';
}

const filterOf: Record<ReminderListState, StateFilter> = {
  // What was postponed waits for its day before it waits for a person.
  to_approve: { states: ['to_approve'], day: 'come' },
  postponed: { states: ['to_approve'], day: 'to-come' },
  waiting: { states: ['ready', 'sending'] },
  leaving: { states: ['ready', 'sending'], day: 'come' },
  to_do: { states: ['to_do'] },
  left: { states: ['sent', 'in_doubt', 'undelivered'] },
  problems: { states: ['failed', 'in_doubt', 'undelivered'] },
  all: { states: null },
};

/** Of reminder r: what came back is one until a person has sent it otherwise or skipped it, or nothing is owed any more. */
const stillAProblem = sql`(r.state <> 'undelivered' or exists (select from item t
  where t.company_id = r.company_id and t.reminder_id = r.id and t.state = 'open'))`;

/** The instalments that messages ask or thank for: of the rows t of both tables those for which it holds. */
export const carriedBy = (holds: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select t.reminder_id, t.receivable_id from item t where ${holds}
  union all
  select t.reminder_id, t.receivable_id from thanked t where ${holds})`;

/** Newest first. */
export async function listReminders(
  tx: Kysely<Tables>,
  companyId: string,
  request: PageRequest &
    ChosenRows & {
      state?: ReminderListState | undefined;
      search?: string | undefined;
      customerId?: string | undefined;
      invoiceId?: string | undefined;
      reminderId?: string | undefined;
      today: Day;
    },
): Promise<ListPage<ReminderListRow>> {
  const after = keyOf(request.cursor, 1);
  const { customerId, invoiceId, reminderId, search, today } = request;
  const { states, day } = filterOf[request.state ?? 'all'];
  const found = await sql<ReminderListRow>`
    select r.id, r.kind, r.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber", r.level, s.name as "stepName",
      coalesce(s.formal_notice, false) as "formalNotice", r.channel, r.state, r.practice,
      (select json_build_object('text', k.text, 'note', k.note, 'doneBy', case when k.done_by is not null then
          json_build_object('actor', k.done_by, 'actorName', coalesce(u.name, key.name)) end) from task k
        left join account."user" u on u.id = k.done_by
        left join api_key key on key.company_id = k.company_id
          and key.id = case when k.done_by like 'key:%' then substr(k.done_by, 5)::uuid end
        where r.channel = 'task' and k.company_id = r.company_id and k.reminder_id = r.id) as task, r.by_hand as "byHand", r.planned_on as "plannedOn",
      r.send_on as "sendOn", r.left_on as "leftOn", to_json(r.left_at) #>> '{}' as "leftAt", r.currency, r.asked_minor as "askedMinor", r.asked_others as "askedOthers", r.asked_charges as "askedCharges",
      r.recipients -> 'to' as "to", coalesce(i.invoices, k.invoices, '[]') as invoices, r.reason,
      to_json(r.next_attempt_at) #>> '{}' as "nextAttemptAt", ${waitsSince} as "waitsSince"
    from reminder r
    join customer c on c.company_id = r.company_id and c.id = r.customer_id
    left join step s on s.company_id = r.company_id and s.id = r.step_id
    left join lateral (
      select json_agg(json_build_object('id', n.id, 'number', n.number, 'dueOn', x.due_on) order by x.due_on, n.number) as invoices
      from (select v.invoice_id, min(v.due_on) as due_on from thanked t join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
        where r.kind = 'thanks' and t.company_id = r.company_id and t.reminder_id = r.id
          and (t.state = 'standing' or r.state in ('dropped', 'refused')) group by 1) x
      join invoice n on n.company_id = r.company_id and n.id = x.invoice_id
    ) k on r.kind = 'thanks'
    left join lateral (
      select json_agg(json_build_object('id', n.id, 'number', n.number, 'dueOn', v.due_on) order by v.due_on, n.number) as invoices
      from item t
      join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
      join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
      where t.company_id = r.company_id and t.reminder_id = r.id
        and (t.state in ('open', 'taken') or r.state in ('dropped', 'refused', 'undelivered'))
    ) i on true
    where r.company_id = ${companyId} and ${isChosen('r.id', request)}
      and ${states ? sql`r.state = any(${states}::text[])` : always}
      and ${request.state === 'problems' ? stillAProblem : always}
      and ${
        search
          ? sql`(${contains('c.name', search)} or lower(r.recipients ->> 'to') like ${pattern(search)}
              or exists (select from ${carriedBy(sql`t.company_id = r.company_id and t.reminder_id = r.id`)} t
                join receivable v on v.company_id = r.company_id and v.id = t.receivable_id
                join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
                where ${contains('n.number', search)}))`
          : always
      }
      and ${customerId ? sql`r.customer_id = ${customerId}` : always}
      and ${reminderId ? sql`r.id = ${reminderId}` : always}
      and ${day === undefined ? always : day === 'come' ? sql`r.send_on <= ${today}::date` : sql`r.send_on > ${today}::date`}
      and ${
        invoiceId
          ? sql`exists (select from ${carriedBy(sql`t.company_id = r.company_id and t.reminder_id = r.id`)} t
              join receivable v on v.company_id = r.company_id and v.id = t.receivable_id where v.invoice_id = ${invoiceId})`
          : always
      }
      and ${after ? sql`r.id < ${after[0]}::uuid` : always}
    order by r.id desc limit ${oneMoreThan(request)}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.id]);
}

export interface EventListRow {
  id: string;
  type: string;
  customerId: string | null;
  invoiceId: string | null;
  reminderId: string | null;
  actor: string;
  /** A user's or an API key's name; null for the system, the command line, and who was deleted. */
  actorName: string | null;
  /** Of whom it tells: a member, or who is in charge of the customer. */
  personName: string | null;
  practice: boolean;
  day: Day;
  at: string;
  /** null where it was erased. */
  payload: Record<string, unknown> | null;
  invoices: { id: string; number: string }[];
}

/** Of whom event e tells, whose payload is p. */
export const personTold = sql`case when e.type like 'member.%' or e.type = 'customer.in-charge'
    then (select m.name from account."user" m where m.id = p.payload ->> 'userId') end`;

/** What event e is about: its invoice, or those that its message asks or thanks for. */
export const invoicesTold = sql`coalesce((
    select json_agg(json_build_object('id', i.id, 'number', i.number) order by i.number) from invoice i
    where i.company_id = e.company_id and i.id in (
      select e.invoice_id where e.invoice_id is not null
      union select v.invoice_id from ${carriedBy(sql`t.company_id = e.company_id and t.reminder_id = e.reminder_id`)} t
        join receivable v on v.company_id = e.company_id and v.id = t.receivable_id)), '[]')`;

/** Who last chose what a customer follows, and on which of the company's days; null: nobody did, as far as the history knows. */
export async function lastEnrolment(
  tx: Kysely<Tables>,
  companyId: string,
  customerId: string,
): Promise<{ day: Day; actor: string; actorName: string | null } | null> {
  const found = await sql<{ day: Day; actor: string; actorName: string | null }>`
    select e.happened_on as day, e.actor, coalesce(u.name, k.name) as "actorName"
    from event e left join account."user" u on u.id = e.actor
      left join api_key k on k.company_id = e.company_id
        and k.id = case when e.actor like 'key:%' then substr(e.actor, 5)::uuid end
    where e.company_id = ${companyId} and e.customer_id = ${customerId} and e.type = 'customer.enrolled'
    order by e.id desc limit 1`.execute(tx);
  return found.rows[0] ?? null;
}

/** Newest first: of a customer, of an invoice (with the messages that carried it), or of the company. */
export async function listEvents(
  tx: Kysely<Tables>,
  companyId: string,
  request: PageRequest & {
    customerId?: string | undefined;
    invoiceId?: string | undefined;
    ofCustomersOnly?: boolean | undefined;
  },
): Promise<ListPage<EventListRow>> {
  const after = keyOf(request.cursor, 1);
  const { customerId, invoiceId } = request;
  const found = await sql<EventListRow>`
    select e.id, e.type, e.customer_id as "customerId", e.invoice_id as "invoiceId", e.reminder_id as "reminderId", e.actor,
      coalesce(u.name, k.name) as "actorName", e.practice,
      e.happened_on as day, to_json(e.happened_at) #>> '{}' as at, p.payload, ${invoicesTold} as invoices, ${personTold} as "personName"
    from event e left join event_payload p on p.company_id = e.company_id and p.event_id = e.id
      left join account."user" u on u.id = e.actor
      left join api_key k on k.company_id = e.company_id
        and k.id = case when e.actor like 'key:%' then substr(e.actor, 5)::uuid end
    where e.company_id = ${companyId}
      and ${customerId ? sql`e.customer_id = ${customerId}` : always}
      and ${request.ofCustomersOnly ? sql`e.customer_id is not null` : always}
      and ${
        invoiceId
          ? sql`(e.invoice_id = ${invoiceId} or e.reminder_id in (select t.reminder_id from item t
              join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
              where t.company_id = ${companyId} and v.invoice_id = ${invoiceId}
              union all
              select t.reminder_id from thanked t
              join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
              where t.company_id = ${companyId} and v.invoice_id = ${invoiceId}))`
          : always
      }
      and ${after ? sql`e.id < ${after[0]}::uuid` : always}
    order by e.id desc limit ${oneMoreThan(request)}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.id]);
}

export interface CompanyFigures {
  amounts: { currency: string; openMinor: number; overdueMinor: number; notDueMinor: number; cameInMinor: number }[];
  openInvoices: number;
  overdueInvoices: number;
  customersWithOpen: number;
  customers: number;
  toApprove: number;
  /** Waiting for approval too, but not before a later day. */
  postponed: number;
  ready: number;
  inDoubt: number;
  failed: number;
  /** Came back, or refused by every address; waits for a person. */
  undelivered: number;
  lastRun: { day: Day; finishedAt: string | null } | null;
  outside: { invoices: number; amounts: Amount[] };
}

/** The company's figures on a day: what is owed, late, came in within 30 days, waits, stands outside. */
export async function companyFigures(tx: Kysely<Tables>, companyId: string, today: Day): Promise<CompanyFigures> {
  const amounts = await sql<CompanyFigures['amounts'][number]>`
    with open as (
      select r.currency, sum(r.open_minor)::bigint as open, coalesce(sum(r.open_minor) filter (where r.due_on < ${today}::date), 0)::bigint as late
      from receivable r join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued'
      where r.company_id = ${companyId} and r.open_minor > 0 group by 1
    ), came as (
      select currency, sum(amount_minor)::bigint as minor from payment
      where company_id = ${companyId} and kind = 'payment' and returned_on is null
        and received_on between ${today}::date - 30 and ${today}::date group by 1
    )
    select coalesce(open.currency, came.currency) as currency, coalesce(open, 0)::bigint as "openMinor", coalesce(late, 0)::bigint as "overdueMinor",
      coalesce(open - late, 0)::bigint as "notDueMinor", coalesce(came.minor, 0)::bigint as "cameInMinor"
    from open full join came on came.currency = open.currency order by 2 desc`.execute(tx);
  const counts = await sql<Omit<CompanyFigures, 'amounts' | 'lastRun' | 'outside'>>`
    select
      open."openInvoices", open."overdueInvoices", open."customersWithOpen",
      (select count(*) from customer where company_id = ${companyId} and merged_into_id is null) as customers,
      (select count(*) from reminder where company_id = ${companyId} and state = 'to_approve' and send_on <= ${today}::date) as "toApprove",
      (select count(*) from reminder where company_id = ${companyId} and state = 'to_approve' and send_on > ${today}::date) as postponed,
      (select count(*) from reminder where company_id = ${companyId} and state in ('ready', 'sending')) as ready,
      (select count(*) from reminder where company_id = ${companyId} and state = 'in_doubt') as "inDoubt",
      (select count(*) from reminder where company_id = ${companyId} and state = 'failed') as failed,
      (select count(*) from reminder r where company_id = ${companyId} and state = 'undelivered' and ${stillAProblem}) as undelivered
    from (
      select count(distinct r.invoice_id) as "openInvoices", count(distinct r.customer_id) as "customersWithOpen",
        count(distinct r.invoice_id) filter (where r.due_on < ${today}::date) as "overdueInvoices"
      from receivable r join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued'
      where r.company_id = ${companyId} and r.open_minor > 0
    ) open`.execute(tx);
  const run = await sql<{ day: Day; finishedAt: string | null }>`
    select day, to_json(finished_at) #>> '{}' as "finishedAt" from run where company_id = ${companyId} order by id desc limit 1`.execute(
    tx,
  );
  const outside = await sql<Amount & { invoices: number }>`
    select r.currency, sum(r.open_minor)::bigint as minor, count(distinct r.invoice_id) as invoices
    from dunning_case c join receivable r on r.company_id = c.company_id and r.id = c.receivable_id and r.open_minor > 0
    where c.company_id = ${companyId} and c.entry = 'outside' group by 1`.execute(tx);
  return {
    amounts: amounts.rows,
    ...counts.rows[0]!,
    lastRun: run.rows[0] ?? null,
    outside: {
      invoices: outside.rows.reduce((sum, row) => sum + row.invoices, 0),
      amounts: outside.rows.map(({ currency, minor }) => ({ currency, minor })),
    },
  };
}

/** What a payment or a credit note still has to give. */
export interface CreditRow {
  kind: 'payment' | 'credit_note';
  id: string;
  number: string | null;
  on: Day;
  currency: string;
  amountMinor: number;
  leftMinor: number;
}

/** A payment's number as somebody gave it: that by which an import knows a row without one is nobody's to read. */
const givenNumber = (column: string): RawBuilder<string | null> =>
  sql`case when ${sql.ref(column)} not like 'row:%' then ${sql.ref(column)} end`;

/** The customer's credits, the oldest first. */
export async function creditRows(tx: Kysely<Tables>, companyId: string, customerId: string): Promise<CreditRow[]> {
  const found = await sql<CreditRow>`
    select 'payment' as kind, id, coalesce(reference, ${givenNumber('number')}) as number, received_on as "on", currency,
        amount_minor as "amountMinor", unallocated_minor as "leftMinor"
      from payment
      where company_id = ${companyId} and customer_id = ${customerId} and unallocated_minor > 0 and returned_on is null
    union all
    select 'credit_note', id, number, issued_on, currency, total_minor, unallocated_minor
      from invoice
      where company_id = ${companyId} and customer_id = ${customerId} and type = 'credit_note' and unallocated_minor > 0
        and status = 'issued'
    order by 4, 2`.execute(tx);
  return found.rows;
}

/** The customer's credits, added up by currency. */
export async function creditsOf(tx: Kysely<Tables>, companyId: string, customerId: string): Promise<Amount[]> {
  const sums = new Map<string, number>();
  for (const { currency, leftMinor } of await creditRows(tx, companyId, customerId))
    sums.set(currency, (sums.get(currency) ?? 0) + leftMinor);
  return [...sums].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
