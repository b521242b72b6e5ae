// How much hangs on each sequence, and which of them stand still.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
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

/** Sequences that are paused today, until when; null: until somebody resumes them. */
export async function pausedSequences(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
): Promise<Map<string, Day | null>> {
  const found = await sql<{ sequenceId: string; untilOn: Day | null }>`
    select sequence_id as "sequenceId", case when bool_or(until_on is null) then null else max(until_on) end as "untilOn"
    from pause
    where company_id = ${companyId} and sequence_id is not null and lifted_on is null
      and from_on <= ${today}::date and (until_on is null or until_on >= ${today}::date)
    group by 1`.execute(tx);
  return new Map(found.rows.map(({ sequenceId, untilOn }) => [sequenceId, untilOn]));
}
