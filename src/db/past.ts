// Receivables as they were: each with its whole amount, and what came in for it, by day. What a replay goes through.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { ReceivableFact } from '../core/facts.ts';
import type { MoneyByDay } from '../core/roll-forward.ts';
import { isAfter } from './paging.ts';
import type { Tables } from './tables.ts';

export interface PastOfCustomer {
  receivables: ReceivableFact[];
  money: MoneyByDay;
}

/** Customers with an invoice issued between these days, by identifier after one. */
export async function customersIssuedTo(
  tx: Kysely<Tables>,
  companyId: string,
  { from, to }: { from: Day; to: Day },
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ customer_id: string }>`
    select distinct customer_id from invoice
    where company_id = ${companyId} and type <> 'credit_note' and status = 'issued' and issued_on between ${from}::date and ${to}::date
      and ${isAfter('customer_id', after)}
    order by customer_id limit ${sql.lit(limit)}`.execute(tx);
  return found.rows.map((row) => row.customer_id);
}

interface PastRow {
  id: string;
  customer_id: string;
  invoice_id: string;
  number: string;
  type: ReceivableFact['type'];
  issued_on: Day;
  due_on: Day;
  position: number;
  currency: string;
  amount_minor: number;
  direct_debit: boolean;
  recipients: ReceivableFact['recipients'];
}

/**
 * Money counts from the day on which it was received, not that on which it was entered; what was taken back, from the day on which it
 * was. An instalment meets its sequence on the day its invoice is issued, as it would have.
 */
export async function readPast(
  tx: Kysely<Tables>,
  companyId: string,
  { from, to }: { from: Day; to: Day },
  customerIds: readonly string[],
): Promise<Map<string, PastOfCustomer>> {
  const receivables = await sql<PastRow>`
    select r.id, r.customer_id, r.invoice_id, i.number, i.type, i.issued_on, r.due_on, r.position, r.currency, r.amount_minor,
      i.direct_debit and i.debit_returned_on is null as direct_debit, i.recipients
    from receivable r join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
    where r.company_id = ${companyId} and r.customer_id = any(${customerIds}::uuid[]) and i.type <> 'credit_note' and i.status = 'issued'
      and i.issued_on between ${from}::date and ${to}::date and r.due_on is not null
    order by r.customer_id, r.due_on, i.number, r.position`.execute(tx);
  const money = await sql<{ receivable_id: string; on_day: Day; minor: number }>`
    select a.receivable_id, case when a.amount_minor < 0 then a.allocated_on else coalesce(p.received_on, n.issued_on) end as on_day,
      sum(a.amount_minor)::bigint as minor
    from allocation a
    left join payment p on p.company_id = a.company_id and p.id = a.payment_id
    left join invoice n on n.company_id = a.company_id and n.id = a.credit_note_id
    where a.company_id = ${companyId} and a.receivable_id = any(${receivables.rows.map((row) => row.id)}::uuid[])
    group by 1, 2`.execute(tx);
  const owner = new Map(receivables.rows.map((row) => [row.id, row.customer_id]));
  const past = new Map<
    string,
    { receivables: ReceivableFact[]; money: Map<Day, { receivableId: string; minor: number }[]> }
  >();
  for (const row of receivables.rows) {
    if (!past.has(row.customer_id)) past.set(row.customer_id, { receivables: [], money: new Map() });
    past.get(row.customer_id)!.receivables.push(asIssued(row));
  }
  for (const { receivable_id: receivableId, on_day, minor } of money.rows) {
    const ofDay = past.get(owner.get(receivableId)!)!.money;
    // Paid before the replay begins, it is known on its first day.
    const day = on_day < from ? from : on_day;
    ofDay.set(day, [...(ofDay.get(day) ?? []), { receivableId, minor }]);
  }
  return past;
}

function asIssued(row: PastRow): ReceivableFact {
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    invoiceNumber: row.number,
    type: row.type,
    status: 'issued',
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    position: row.position,
    currency: row.currency,
    openMinor: row.amount_minor,
    directDebit: row.direct_debit,
    disputed: false,
    pauses: [],
    recipients: row.recipients,
    pass: 1,
    metOn: row.issued_on,
    metHow: 'arrived',
    entry: 'pending',
    levelByHand: null,
    levelSetOn: null,
    items: [],
    endedStepIds: [],
  };
}
