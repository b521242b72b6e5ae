// What must hold of a company's rows, recomputed from what it is derived from.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export interface Finding {
  check: string;
  count: number;
  /** Identifiers of the first few. */
  examples: string[];
}

/** Each check lists the identifiers of what does not hold. */
const checks: Readonly<Record<string, string>> = {
  'the open amount of a receivable is its amount less its allocations': `
    select r.id from receivable r where r.company_id = $1 and r.open_minor <> r.amount_minor - coalesce(
      (select sum(a.amount_minor) from allocation a where a.company_id = r.company_id and a.receivable_id = r.id), 0)`,
  'the open amount of a charge is its amount less its allocations': `
    select c.id from charge c where c.company_id = $1 and c.open_minor <> c.amount_minor - coalesce(
      (select sum(a.amount_minor) from allocation a where a.company_id = c.company_id and a.charge_id = c.id), 0)`,
  'a charge is of an invoice of its own customer': `
    select c.id from charge c join invoice i on i.company_id = c.company_id and i.id = c.invoice_id
    where c.company_id = $1 and c.customer_id <> i.customer_id`,
  'the unallocated amount of a payment is its amount less its allocations': `
    select p.id from payment p where p.company_id = $1 and p.unallocated_minor <> p.amount_minor - coalesce(
      (select sum(a.amount_minor) from allocation a where a.company_id = p.company_id and a.payment_id = p.id), 0)`,
  'the unallocated amount of a credit note is its total less its allocations': `
    select i.id from invoice i where i.company_id = $1 and i.type = 'credit_note' and i.unallocated_minor <> i.total_minor - coalesce(
      (select sum(a.amount_minor) from allocation a where a.company_id = i.company_id and a.credit_note_id = i.id), 0)`,
  'the instalments of an invoice add up to its total': `
    select i.id from invoice i where i.company_id = $1 and i.type <> 'credit_note' and i.total_minor <> coalesce(
      (select sum(r.amount_minor) from receivable r where r.company_id = i.company_id and r.invoice_id = i.id), 0)`,
  'every receivable has its place in dunning': `
    select r.id from receivable r where r.company_id = $1 and not exists
      (select from dunning_case c where c.company_id = r.company_id and c.receivable_id = r.id)`,
  'an invoice and its instalments have one customer and one currency': `
    select r.id from receivable r join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
    where r.company_id = $1 and (r.customer_id <> i.customer_id or r.currency <> i.currency)`,
  'a reminder carries invoices of its own customer only': `
    select distinct m.id from reminder m join item t on t.company_id = m.company_id and t.reminder_id = m.id
    join receivable r on r.company_id = t.company_id and r.id = t.receivable_id
    where m.company_id = $1 and r.customer_id <> m.customer_id`,
  'thanks are for invoices of their own customer, and for one at least': `
    select m.id from reminder m where m.company_id = $1 and m.kind = 'thanks' and not coalesce((select bool_and(r.customer_id = m.customer_id)
      from thanked t join receivable r on r.company_id = t.company_id and r.id = t.receivable_id
      where t.company_id = m.company_id and t.reminder_id = m.id), false)`,
  'a payer pays for itself, and what was merged went into a customer that stands': `
    select c.id from customer c join customer o on o.company_id = c.company_id and o.id = coalesce(c.payer_id, c.merged_into_id)
    where c.company_id = $1 and (o.merged_into_id is not null or (c.payer_id is not null and o.payer_id is not null))`,
  'nothing is owed by a customer that was merged, and no message waits for it': `
    select c.id from customer c where c.company_id = $1 and c.merged_into_id is not null and (
      exists (select from invoice i where i.company_id = c.company_id and i.customer_id = c.id)
      or exists (select from payment p where p.company_id = c.company_id and p.customer_id = c.id)
      or exists (select from reminder r where r.company_id = c.company_id and r.customer_id = c.id)
      or exists (select from customer d where d.company_id = c.company_id and d.payer_id = c.id))`,
  'what has left has its items taken, and the other way round': `
    select distinct m.id from reminder m join item t on t.company_id = m.company_id and t.reminder_id = m.id
    where m.company_id = $1 and m.state <> 'undelivered' and t.state in ('open', 'taken') and (m.state in ('sent', 'in_doubt')) <> (t.state = 'taken')`,
  'a reminder that a person is to give has its task, and the other way round': `
    select m.id from reminder m left join task k on k.company_id = m.company_id and k.reminder_id = m.id
    where m.company_id = $1 and m.channel = 'task' and (m.state = 'to_do') <> (k.id is not null and k.done_on is null)`,
  'every attempt that was begun has an outcome, or its worker lives': `
    select a.id from attempt a join reminder m on m.company_id = a.company_id and m.id = a.reminder_id
    where a.company_id = $1 and a.state = 'begun' and m.state <> 'sending'`,
};

export async function examineRows(tx: Kysely<Tables>, companyId: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [check, statement] of Object.entries(checks)) {
    const [before, after] = statement.split('$1');
    const found = await sql<{ count: number; examples: string[] | null }>`
      select count(*) as count, (array_agg(id::text order by id))[1:5] as examples
      from (${sql.raw(before!)} ${companyId}::uuid ${sql.raw(after!)}) found`.execute(tx);
    findings.push({ check, count: found.rows[0]!.count, examples: found.rows[0]!.examples ?? [] });
  }
  return findings;
}
