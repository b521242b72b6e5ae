// Payments as lists show them.
import { sql } from 'kysely';
import { type Acting, type Context, forCompany } from '../../app/context.ts';
import { after, type Page, type PageQuery, pageOf } from './page.ts';

export interface PaymentRow {
  id: string;
  customerId: string;
  customerName: string;
  number: string | null;
  kind: 'payment' | 'settlement';
  receivedOn: string;
  currency: string;
  amountMinor: number;
  unallocatedMinor: number;
  reference: string | null;
  reason: string | null;
  returnedOn: string | null;
}

export function listPayments(
  context: Context,
  acting: Acting,
  query: PageQuery & { customerId?: string | undefined; invoiceId?: string | undefined },
): Promise<Page<PaymentRow>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const ofCustomer = query.customerId === undefined ? sql`` : sql`and p.customer_id = ${query.customerId}`;
    const ofInvoice =
      query.invoiceId === undefined
        ? sql``
        : sql`and exists (select from allocation a join receivable r on r.company_id = a.company_id and r.id = a.receivable_id
            where a.company_id = p.company_id and a.payment_id = p.id and r.invoice_id = ${query.invoiceId})`;
    const start = after(query.cursor, 'descending', [
      { name: 'p.received_on', type: 'date' },
      { name: 'p.id', type: 'uuid' },
    ]);
    const { rows } = await sql<PaymentRow>`
      select p.id, p.customer_id as "customerId", c.name as "customerName", p.number, p.kind, p.received_on as "receivedOn",
        p.currency, p.amount_minor as "amountMinor", p.unallocated_minor as "unallocatedMinor", p.reference, p.reason,
        p.returned_on as "returnedOn"
      from payment p join customer c on c.company_id = p.company_id and c.id = p.customer_id
      where p.company_id = ${company.id} ${ofCustomer} ${ofInvoice} ${start}
      order by p.received_on desc, p.id desc limit ${query.limit + 1}`.execute(tx);
    return pageOf(rows, query.limit, (row) => [row.receivedOn, row.id]);
  });
}
