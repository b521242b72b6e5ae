// How much hangs on each sequence, and which of them stand still.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Tables } from './tables.ts';

export interface SequenceSize {
  sequenceId: string;
  customers: number;
  /** Instalments of these customers that are open. */
  receivables: number;
}

/** Sequences that any customer is in, by choice, by a rule or because it is the default. */
export async function sequenceSizes(
  tx: Kysely<Tables>,
  companyId: string,
  defaultSequenceId: string | null,
): Promise<SequenceSize[]> {
  const found = await sql<SequenceSize>`
    select ${followed(defaultSequenceId)} as "sequenceId",
      count(*)::int as customers, coalesce(sum(o.receivables), 0)::int as receivables
    from customer c
    left join enrolment_rule e on e.company_id = c.company_id and e.id = c.rule_id
    left join (select customer_id, count(*) as receivables from receivable
      where company_id = ${companyId} and open_minor > 0 group by customer_id) o on o.customer_id = c.id
    where c.company_id = ${companyId} and ${followed(defaultSequenceId)} is not null and c.merged_into_id is null
    group by 1`.execute(tx);
  return found.rows;
}

/** The sequence that customer c follows, held by rule e or by none; sequenceIdOf says the same of one. Null: no reminders. */
export const followed = (defaultSequenceId: string | null): RawBuilder<string | null> =>
  sql`case when c.enrolment = 'none' then null when c.enrolment = 'chosen' then c.sequence_id
    when e.id is not null then e.sequence_id else ${defaultSequenceId}::uuid end`;

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
