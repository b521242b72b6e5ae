// Templates: which steps use one, and for which real invoice a preview is made.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Tables } from './tables.ts';

/**
 * The titles of the sequences that need the template: by a step that they have, or by one that was taken out and has a message under
 * way, which would have no text any more.
 */
export async function sequencesUsing(tx: Kysely<Tables>, companyId: string, templateKey: string): Promise<string[]> {
  const found = await sql<{ title: string }>`
    select q.title from sequence q where q.company_id = ${companyId} and exists (
      select from step s where s.company_id = q.company_id and s.sequence_id = q.id and s.template_key = ${templateKey}
        and (s.deleted_on is null and q.status = 'active' or exists (
          select from reminder r where r.company_id = s.company_id and r.step_id = s.id
            and r.state in ('to_approve', 'ready', 'sending', 'in_doubt', 'failed'))))
    order by q.title`.execute(tx);
  return found.rows.map(({ title }) => title);
}

export interface InvoiceToPreview {
  customerId: string;
  customerName: string;
  customerNumber: string;
  currency: string;
  items: { receivableId: string; invoiceNumber: string; issuedOn: Day; dueOn: Day; amountMinor: number }[] | null;
}

/** What a message about this invoice is made of: its instalments that are open. Without any, `items` is null. */
export async function readInvoiceToPreview(
  tx: Kysely<Tables>,
  companyId: string,
  invoiceId: string,
): Promise<InvoiceToPreview | undefined> {
  const found = await sql<InvoiceToPreview>`
    select c.id as "customerId", c.name as "customerName", c.number as "customerNumber", n.currency,
      (select json_agg(json_build_object('receivableId', v.id, 'invoiceNumber', n.number, 'issuedOn', n.issued_on,
          'dueOn', coalesce(v.due_on, n.issued_on), 'amountMinor', v.amount_minor) order by v.due_on, v.position)
        from receivable v where v.company_id = n.company_id and v.invoice_id = n.id and v.open_minor > 0) as items
    from invoice n join customer c on c.company_id = n.company_id and c.id = n.customer_id
    where n.company_id = ${companyId} and n.id = ${invoiceId}`.execute(tx);
  return found.rows[0];
}

/** The open invoice that is overdue for longest, else the one that is due next; null: the company has none. */
export async function invoiceOverdueLongest(tx: Kysely<Tables>, companyId: string): Promise<string | null> {
  const found = await sql<{ invoiceId: string }>`
    select v.invoice_id as "invoiceId" from receivable v
    join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
    where v.company_id = ${companyId} and v.open_minor > 0 and v.due_on is not null and n.status = 'issued'
    order by v.due_on, n.number, v.position limit 1`.execute(tx);
  return found.rows[0]?.invoiceId ?? null;
}
