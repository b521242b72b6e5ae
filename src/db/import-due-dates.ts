// Invoices of a file that has no due date for them: by the payment terms of their customer, else of the company (A1).
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { dueOn, type PaymentTerms } from '../core/payment-terms.ts';
import type { Tables } from './tables.ts';

type Tx = Kysely<Tables>;

/** So many days of issue are worked out at once. */
const atOnce = 5000;

/**
 * Fills in the due dates in the table `judged`, of new invoices of one instalment only: terms that change move no invoice that is there.
 * Which terms gave them stands beside, in `terms`.
 */
export async function fillDueDates(tx: Tx, companyId: string): Promise<void> {
  await sql`alter table judged add column terms jsonb`.execute(tx);
  const lacking = sql`is_new and due_on is null and new_type <> 'credit_note'`;
  const found = await sql<{ some: boolean }>`select exists (select from judged where ${lacking}) as some`.execute(tx);
  if (!found.rows[0]!.some) return;
  await sql`update judged j set terms = h.terms
    from (
      select o.invoice_id, coalesce((array_agg(c.payment_terms))[1], (array_agg(k.payment_terms))[1]) as terms
      from judged o join company k on k.id = ${companyId}
      left join customer c on c.company_id = ${companyId} and c.id = o.customer_id
      group by 1 having count(*) = 1
    ) h
    where h.invoice_id = j.invoice_id and ${lacking}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ issuedOn: Day; terms: PaymentTerms }>`
      select distinct issued_on as "issuedOn", terms from judged
      where terms is not null and due_on is null and issued_on is not null limit ${atOnce}`.execute(tx);
    if (rows.length === 0) return;
    const worked = rows.map(({ issuedOn, terms }) => ({ issuedOn, terms, dueOn: dueOn(issuedOn, terms) }));
    await sql`update judged j set due_on = w."dueOn"
      from json_to_recordset(${JSON.stringify(worked)}::json) as w ("issuedOn" date, terms jsonb, "dueOn" date)
      where j.due_on is null and j.issued_on = w."issuedOn" and j.terms = w.terms`.execute(tx);
  }
}

export interface DueByTerms {
  row: number;
  dueOn: Day;
}

/** How many of the good rows got theirs, by which terms the most; and those among these rows. */
export async function dueDatesFilled(
  tx: Tx,
  rows: readonly number[],
): Promise<{ byTerms: { terms: PaymentTerms; count: number }[]; rows: DueByTerms[] }> {
  const byTerms = await sql<{ terms: PaymentTerms; count: number }>`
    select terms, count(*)::int as count from judged where terms is not null group by 1 order by 2 desc, terms::text limit 5`.execute(
    tx,
  );
  const filled = await sql<DueByTerms>`
    select row, due_on as "dueOn" from judged where terms is not null and row = any(${[...rows]}::int[])`.execute(tx);
  return { byTerms: byTerms.rows, rows: filled.rows };
}
