// Customers as lists and pages show them: with what they owe, by currency.
import { sql } from 'kysely';
import { type Acting, type Context, forCompany } from '../../app/context.ts';
import { after, anywhere, type Page, type PageQuery, pageOf } from './page.ts';

interface Amount {
  currency: string;
  minor: number;
}

export interface CustomerRow {
  id: string;
  number: string;
  name: string;
  kind: 'business' | 'consumer' | 'public';
  category: string | null;
  city: string | null;
  enrolment: 'default' | 'chosen' | 'none';
  sequenceId: string | null;
  openInvoices: number;
  open: Amount[];
  overdue: Amount[];
}

export interface CustomerDetails extends CustomerRow {
  language: string | null;
  street: string | null;
  postcode: string | null;
  country: string | null;
  phone: string | null;
  notes: string;
  delaysDays: number[] | null;
  contacts: {
    id: string;
    role: 'main' | 'accounts_payable' | 'management';
    name: string;
    email: string | null;
    phone: string | null;
    language: string | null;
    blockedReason: string | null;
  }[];
  credits: Amount[];
}

/** Sums by currency, as a JSON array of { currency, minor }; `kept` says which receivables count. */
const sums = (kept: ReturnType<typeof sql>) => sql`
  coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor) order by currency) from (
    select r.currency, sum(r.open_minor)::bigint as minor from receivable r
    join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
    where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0 and i.status = 'issued' ${kept}
    group by 1) amounts), '[]'::jsonb)`;

const columns = (today: string) => sql`
  c.id, c.number, c.name, c.kind, c.category, c.city, c.enrolment, c.sequence_id as "sequenceId",
  (select count(distinct r.invoice_id) from receivable r
    where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0) as "openInvoices",
  ${sums(sql``)} as open, ${sums(sql`and r.due_on < ${today}::date`)} as overdue`;

export function listCustomers(
  context: Context,
  acting: Acting,
  query: PageQuery & { search?: string | undefined },
): Promise<Page<CustomerRow>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const found = query.search === undefined ? sql`` : sql`and (c.name ilike ${anywhere(query.search)} or c.number ilike ${anywhere(query.search)})`;
    const start = after(query.cursor, 'ascending', [
      { name: 'c.name', type: 'text' },
      { name: 'c.id', type: 'uuid' },
    ]);
    const { rows } = await sql<CustomerRow>`
      select ${columns(today)} from customer c where c.company_id = ${company.id} ${found} ${start}
      order by c.name, c.id limit ${query.limit + 1}`.execute(tx);
    return pageOf(rows, query.limit, (row) => [row.name, row.id]);
  });
}

/** null where there is no such customer. */
export function readCustomer(context: Context, acting: Acting, customerId: string): Promise<CustomerDetails | null> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const { rows } = await sql<CustomerDetails>`
      select ${columns(today)}, c.language, c.street, c.postcode, c.country, c.phone, c.notes, c.delays_days as "delaysDays",
        coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'role', t.role, 'name', t.name, 'email', t.email,
            'phone', t.phone, 'language', t.language, 'blockedReason', t.blocked_reason) order by t.id)
          from contact t where t.company_id = c.company_id and t.customer_id = c.id), '[]'::jsonb) as contacts,
        coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor) order by currency) from (
          select currency, sum(minor)::bigint as minor from (
            select currency, unallocated_minor as minor from payment p where p.company_id = c.company_id
              and p.customer_id = c.id and p.unallocated_minor > 0 and p.returned_on is null
            union all
            select currency, unallocated_minor from invoice i where i.company_id = c.company_id and i.customer_id = c.id
              and i.type = 'credit_note' and i.unallocated_minor > 0 and i.status = 'issued') credit
          group by 1) credits), '[]'::jsonb) as credits
      from customer c where c.company_id = ${company.id} and c.id = ${customerId}`.execute(tx);
    return rows[0] ?? null;
  });
}

/** Names by identifier. */
export function customerNames(context: Context, acting: Acting, ids: readonly string[]): Promise<Map<string, string>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from customer where company_id = ${company.id} and id = any(${[...new Set(ids)]}::uuid[])`.execute(tx);
    return new Map(rows.map((row) => [row.id, row.name]));
  });
}
