// The history of a whole company: every event, the newest first, filtered by day, kind, person and text.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { type EventType, eventTypes } from './event.ts';
import { contains, type EventListRow, invoicesTold, pattern, personTold } from './lists.ts';
import { type ChosenRows, isChosen, keyOf, type ListPage, oneMoreThan, type PageRequest, page } from './paging.ts';
import type { Tables } from './tables.ts';

export type HistoryKind = 'messages' | 'money' | 'decisions' | 'company';

/** What an event is about, by its type. */
export function historyKindOf(type: EventType): HistoryKind {
  if (/^(reminder|step|address)\.|^customer\.contacted$/.test(type)) return 'messages';
  if (/^(payment|allocation|credit)\.|settled/.test(type)) return 'money';
  return /^(company|closure|mail-server|letterhead|api-key|member|sequence|enrolment-rules?|template|operation|run|import|backup)\./.test(
    type,
  )
    ? 'company'
    : 'decisions';
}

export interface HistoryFilter {
  /** Days of the company, both included. */
  from?: Day | undefined;
  until?: Day | undefined;
  kind?: HistoryKind | undefined;
  /** As in the event: a user's identifier, 'key:…', 'system' or 'cli'. */
  actor?: string | undefined;
  /** Part of a customer's name or number, of an invoice number, or of what an event of no customer tells. */
  search?: string | undefined;
}

export interface HistoryRow extends EventListRow {
  kind: HistoryKind;
  customerName: string | null;
}

const always = sql<boolean>`true`;

export async function listHistory(
  tx: Kysely<Tables>,
  companyId: string,
  request: PageRequest & ChosenRows & HistoryFilter,
): Promise<ListPage<HistoryRow>> {
  const after = keyOf(request.cursor, 1);
  const { from, until, kind, actor, search } = request;
  // The rows of the page first; what else is shown of them is looked up for those only.
  const pageOf = (which: RawBuilder<boolean>) => sql`
    select e.* from event e
    where e.company_id = ${companyId}
      and ${from ? sql`e.happened_on >= ${from}::date` : always} and ${until ? sql`e.happened_on <= ${until}::date` : always}
      and ${kind ? ofKind(kind) : always} and ${actor ? by(actor) : always} and ${which} and ${isChosen('e.id', request)}
      and ${after ? sql`e.id < ${after[0]}::uuid` : always}
    order by e.id desc limit ${oneMoreThan(request)}`;
  const found = await sql<Omit<HistoryRow, 'kind'> & { type: EventType }>`
    with page as (${search ? searched(companyId, search, await find(tx, companyId, search), pageOf) : pageOf(always)})
    select e.id, e.type, e.customer_id as "customerId", c.name as "customerName", e.invoice_id as "invoiceId",
      e.reminder_id as "reminderId", e.actor, coalesce(u.name, k.name) as "actorName", e.practice, e.happened_on as day,
      to_json(e.happened_at) #>> '{}' as at, p.payload, ${invoicesTold} as invoices,
      ${personTold} as "personName"
    from page e left join event_payload p on p.company_id = e.company_id and p.event_id = e.id
      left join customer c on c.company_id = e.company_id and c.id = e.customer_id
      left join account."user" u on u.id = e.actor
      left join api_key k on k.company_id = e.company_id
        and k.id = case when e.actor like 'key:%' then substr(e.actor, 5)::uuid end
    order by e.id desc limit ${oneMoreThan(request)}`.execute(tx);
  const { rows, nextCursor } = page(found.rows, request.limit, (row) => [row.id]);
  return { rows: rows.map((row) => ({ ...row, kind: historyKindOf(row.type) })), nextCursor };
}

/** What concerns the company concerns no customer: there are few of those, and an index of them. */
function ofKind(kind: HistoryKind): RawBuilder<boolean> {
  const types = eventTypes.filter((type) => historyKindOf(type) === kind);
  const some = sql<boolean>`e.type = any(${types}::text[])`;
  return kind === 'company' ? sql<boolean>`e.customer_id is null and ${some}` : some;
}

/** What people did is little beside what Relance does, and has an index of its own. */
function by(actor: string): RawBuilder<boolean> {
  return actor === 'system'
    ? sql<boolean>`e.actor = 'system'`
    : sql<boolean>`e.actor = ${actor} and e.actor <> 'system'`;
}

/** From so many customers or invoices on, a text is found so often that the latest events are read until a page is full. */
const few = 200;

/** What a text is found in: customers, and invoices with the messages that carry them. */
interface Found {
  customerIds: string[];
  invoices: { id: string; customerId: string; reminderIds: string[] }[];
}

async function find(tx: Kysely<Tables>, companyId: string, text: string): Promise<Found> {
  const customers = await sql<{ id: string }>`
    select c.id from customer c where c.company_id = ${companyId} and (${contains('c.name', text)} or ${contains('c.number', text)})
    limit ${few + 1}`.execute(tx);
  const invoices = await sql<Found['invoices'][number]>`
    select i.id, i.customer_id as "customerId", array(select t.reminder_id from receivable v
      join item t on t.company_id = v.company_id and t.receivable_id = v.id and t.reminder_id is not null
      where v.company_id = i.company_id and v.invoice_id = i.id
      union all
      select t.reminder_id from receivable v join thanked t on t.company_id = v.company_id and t.receivable_id = v.id
      where v.company_id = i.company_id and v.invoice_id = i.id) as "reminderIds"
    from invoice i where i.company_id = ${companyId} and ${contains('i.number', text)} limit ${few + 1}`.execute(tx);
  return { customerIds: customers.rows.map(({ id }) => id), invoices: invoices.rows };
}

/**
 * Each thing in which the text is found is read by its own index, and no more of it than a page: one condition with all of them would
 * read every event of the company. An event that has a message has its customer too.
 */
function searched(
  companyId: string,
  text: string,
  { customerIds, invoices }: Found,
  pageOf: (which: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const each = (ids: readonly string[], which: RawBuilder<boolean>) =>
    sql`select e.* from unnest(${ids}::uuid[]) one(id) cross join lateral (${pageOf(which)}) e`;
  // A value, not a condition that exists: that would be joined, and every payload of the company read.
  // Identifiers are not what it tells: "F-2" is in some of them. They are taken out only of what has the text at all.
  const ofCompany = pageOf(sql<boolean>`e.customer_id is null and (select lower(p.payload::text) like ${pattern(text)}
      and lower(regexp_replace(p.payload::text, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '', 'g')) like ${pattern(text)}
    from event_payload p where p.company_id = e.company_id and p.event_id = e.id)`);
  const ofCustomers =
    customerIds.length > few
      ? pageOf(sql<boolean>`e.customer_id in (select c.id from customer c where c.company_id = ${companyId}
          and (${contains('c.name', text)} or ${contains('c.number', text)}))`)
      : each(customerIds, sql<boolean>`e.customer_id = one.id`);
  const numbered = sql`invoice i where i.company_id = ${companyId} and ${contains('i.number', text)}`;
  const ofInvoices =
    invoices.length > few
      ? pageOf(sql<boolean>`(e.invoice_id in (select i.id from ${numbered}) or e.reminder_id in (
          select t.reminder_id from item t join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
          where t.company_id = ${companyId} and t.reminder_id is not null and v.invoice_id in (select i.id from ${numbered})
          union all
          select t.reminder_id from thanked t join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
          where t.company_id = ${companyId} and v.invoice_id in (select i.id from ${numbered})))`)
      : each(
          invoices.map(({ id }) => id),
          sql<boolean>`e.invoice_id = one.id`,
        );
  const ofMessages = each(
    invoices.length > few ? [] : [...new Set(invoices.map(({ customerId }) => customerId))],
    sql<boolean>`e.customer_id = one.id and e.reminder_id = any(${invoices.flatMap(({ reminderIds }) => reminderIds)}::uuid[])`,
  );
  return sql`${sql.join(
    [ofCompany, ofCustomers, ofInvoices, ofMessages].map((branch) => sql`(${branch})`),
    sql` union `,
  )} order by id desc`;
}

/** Who ever did something in the company, by name; Relance itself is not among them. */
export async function listActors(
  tx: Kysely<Tables>,
  companyId: string,
): Promise<{ actor: string; name: string | null }[]> {
  // From one to the next through the index, however much each has done.
  const found = await sql<{ actor: string; name: string | null }>`
    with recursive who as (
      (select e.actor from event e where e.company_id = ${companyId} and e.actor <> 'system' order by e.actor limit 1)
      union all
      select (select e.actor from event e where e.company_id = ${companyId} and e.actor <> 'system' and e.actor > who.actor
        order by e.actor limit 1) from who where who.actor is not null
    )
    select who.actor, coalesce(u.name, k.name) as name from who
    left join account."user" u on u.id = who.actor
    left join api_key k on k.company_id = ${companyId}
      and k.id = case when who.actor like 'key:%' then substr(who.actor, 5)::uuid end
    where who.actor is not null order by 2, 1`.execute(tx);
  return found.rows;
}
