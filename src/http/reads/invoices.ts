// Invoices as lists and pages show them: what is open, when it is due, where it stands in dunning.
import { sql } from 'kysely';
import { type Acting, type Context, forCompany } from '../../app/context.ts';
import type { Reason } from '../../core/reason.ts';
import { after, anywhere, type Page, type PageQuery, pageOf } from './page.ts';

export interface InvoiceRow {
  id: string;
  number: string;
  source: string;
  customerId: string;
  customerName: string;
  customerNumber: string;
  type: 'standard' | 'deposit' | 'progress' | 'final' | 'subscription' | 'credit_note';
  status: 'draft' | 'to_process' | 'quote' | 'issued' | 'written_off' | 'cancelled';
  issuedOn: string;
  dueOn: string | null;
  currency: string;
  totalMinor: number;
  openMinor: number;
  level: number | null;
  disputed: boolean;
  hasPdf: boolean;
}

export interface InvoiceDetails extends InvoiceRow {
  unallocatedMinor: number;
  directDebit: boolean;
  debitReturnedOn: string | null;
  paymentMethod: string | null;
  recipients: { to: string[]; cc: string[] } | null;
  instalments: {
    receivableId: string;
    position: number;
    dueOn: string | null;
    amountMinor: number;
    openMinor: number;
    state: 'pending' | 'waiting' | 'active' | 'held' | 'outside' | 'ended' | null;
    reason: Reason | null;
    nextOn: string | null;
  }[];
}

export type InvoiceState = 'open' | 'overdue' | 'outside' | 'settled' | 'all';

const columns = sql`
  i.id, i.number, i.source, i.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber",
  i.type, i.status, i.issued_on as "issuedOn", i.currency, i.total_minor as "totalMinor",
  coalesce(s.due_on, s.last_due_on) as "dueOn", coalesce(s.open_minor, 0)::bigint as "openMinor",
  (select max(greatest(t.level, coalesce(d.level_by_hand, t.level))) from receivable r
    join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
    join item m on m.company_id = r.company_id and m.receivable_id = r.id and m.pass = d.pass and m.state = 'taken'
    join step t on t.company_id = m.company_id and t.id = m.step_id
    where r.company_id = i.company_id and r.invoice_id = i.id) as level,
  exists (select from dispute x where x.company_id = i.company_id and x.invoice_id = i.id and x.closed_on is null) as disputed,
  i.pdf_sha256 is not null as "hasPdf"`;

const source = sql`
  invoice i
  join customer c on c.company_id = i.company_id and c.id = i.customer_id
  left join lateral (
    select sum(r.open_minor) as open_minor, min(r.due_on) filter (where r.open_minor > 0) as due_on, max(r.due_on) as last_due_on
    from receivable r where r.company_id = i.company_id and r.invoice_id = i.id) s on true`;

export function listInvoices(
  context: Context,
  acting: Acting,
  query: PageQuery & { search?: string | undefined; customerId?: string | undefined; state: InvoiceState },
): Promise<Page<InvoiceRow>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const found = query.search === undefined ? sql`` : sql`and (i.number ilike ${anywhere(query.search)} or c.name ilike ${anywhere(query.search)})`;
    const ofCustomer = query.customerId === undefined ? sql`` : sql`and i.customer_id = ${query.customerId}`;
    const start = after(query.cursor, 'descending', [
      { name: 'i.issued_on', type: 'date' },
      { name: 'i.id', type: 'uuid' },
    ]);
    const { rows } = await sql<InvoiceRow>`
      select ${columns} from ${source}
      where i.company_id = ${company.id} ${inState(query.state, today)} ${found} ${ofCustomer} ${start}
      order by i.issued_on desc, i.id desc limit ${query.limit + 1}`.execute(tx);
    return pageOf(rows, query.limit, (row) => [row.issuedOn, row.id]);
  });
}

function inState(state: InvoiceState, today: string) {
  switch (state) {
    case 'all':
      return sql``;
    case 'open':
      return sql`and i.status = 'issued' and s.open_minor > 0`;
    case 'overdue':
      return sql`and i.status = 'issued' and s.due_on < ${today}::date`;
    case 'settled':
      return sql`and i.type <> 'credit_note' and i.status = 'issued' and s.open_minor = 0`;
    case 'outside':
      return sql`and i.status = 'issued' and exists (select from receivable r
        join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
        where r.company_id = i.company_id and r.invoice_id = i.id and r.open_minor > 0 and d.entry = 'outside')`;
  }
}

/** null where there is no such invoice. */
export function readInvoice(context: Context, acting: Acting, invoiceId: string): Promise<InvoiceDetails | null> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const { rows } = await sql<InvoiceDetails>`
      select ${columns}, i.unallocated_minor as "unallocatedMinor", i.direct_debit as "directDebit",
        i.debit_returned_on as "debitReturnedOn", i.payment_method as "paymentMethod", i.recipients,
        coalesce((select jsonb_agg(jsonb_build_object('receivableId', r.id, 'position', r.position, 'dueOn', r.due_on,
            'amountMinor', r.amount_minor, 'openMinor', r.open_minor, 'state', d.state, 'reason', d.reason,
            'nextOn', d.next_on) order by r.position)
          from receivable r left join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
          where r.company_id = i.company_id and r.invoice_id = i.id), '[]'::jsonb) as instalments
      from ${source} where i.company_id = ${company.id} and i.id = ${invoiceId}`.execute(tx);
    return rows[0] ?? null;
  });
}

/** The PDF that was attached; null where there is none. */
export function readInvoicePdf(context: Context, acting: Acting, invoiceId: string): Promise<{ name: string; bytes: Buffer } | null> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const { rows } = await sql<{ name: string | null; number: string; bytes: Buffer }>`
      select i.pdf_name as name, i.number, d.bytes from invoice i
      join document d on d.company_id = i.company_id and d.sha256 = i.pdf_sha256
      where i.company_id = ${company.id} and i.id = ${invoiceId} limit 1`.execute(tx);
    const row = rows[0];
    return row === undefined ? null : { name: row.name ?? `${row.number}.pdf`, bytes: row.bytes };
  });
}
