// How much hangs on each sequence.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export interface SequenceSize {
  sequenceId: string;
  customers: number;
  /** Instalments of these customers that are open. */
  receivables: number;
}

/** Sequences that any customer is in, by choice or because it is the default. */
export async function sequenceSizes(
  tx: Kysely<Tables>,
  companyId: string,
  defaultSequenceId: string | null,
): Promise<SequenceSize[]> {
  const found = await sql<SequenceSize>`
    select case c.enrolment when 'chosen' then c.sequence_id else ${defaultSequenceId}::uuid end as "sequenceId",
      count(*)::int as customers, coalesce(sum(o.receivables), 0)::int as receivables
    from customer c
    left join (select customer_id, count(*) as receivables from receivable
      where company_id = ${companyId} and open_minor > 0 group by customer_id) o on o.customer_id = c.id
    where c.company_id = ${companyId} and c.enrolment <> 'none' group by 1`.execute(tx);
  return found.rows;
}

/** Sequences that were added from a ready-made one, and which: what the history says of each when it was made. */
export async function readyMadeAdded(
  tx: Kysely<Tables>,
  companyId: string,
): Promise<{ sequenceId: string; code: string }[]> {
  // An event without a customer is one of few: those have an index of their own.
  const found = await sql<{ sequenceId: string; code: string }>`
    select p.payload ->> 'sequenceId' as "sequenceId", p.payload ->> 'readyMade' as code
    from event e join event_payload p on p.company_id = e.company_id and p.event_id = e.id
    where e.company_id = ${companyId} and e.customer_id is null and e.type = 'sequence.created'
      and p.payload ->> 'readyMade' is not null
    order by e.id`.execute(tx);
  return found.rows;
}
