// The figures of one day: what waits for approval and for how long, what is about to leave, what came in.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Tables } from './tables.ts';

interface Amount {
  currency: string;
  minor: number;
}

export interface DayFigures {
  approval: { amounts: Amount[]; formalNotices: number; tooLong: number };
  leaving: { messages: number; amounts: Amount[] };
  cameIn: { since: Day; payments: number; amounts: Amount[]; toAllocate: number };
}

/** The day since which a message waits for approval: that on which it was made, or to which it was postponed. */
export const waitsSince = sql<Day>`greatest(r.planned_on, r.send_on)`;

/** What reminder r asks for, a row for each currency; `is_first` once for each reminder. */
const asked = sql`lateral (
  select r.currency, coalesce(r.asked_minor, 0) as minor, true as is_first
  union all
  select o.currency, o.minor, false from jsonb_to_recordset(r.asked_others) as o(currency text, minor bigint)
) a`;

/** `tooLongFrom`: what waits since then or longer has waited too long; `since`: payments received from that day on. */
export async function dayFigures(
  tx: Kysely<Tables>,
  companyId: string,
  { today, since, tooLongFrom }: { today: Day; since: Day; tooLongFrom: Day },
): Promise<DayFigures> {
  const approval = await sql<Amount & { formal: number; late: number }>`
    select a.currency, sum(a.minor)::bigint as minor, count(*) filter (where s.formal_notice and a.is_first)::int as formal,
      count(*) filter (where ${waitsSince} <= ${tooLongFrom}::date and a.is_first)::int as late
    from reminder r cross join ${asked} left join step s on s.company_id = r.company_id and s.id = r.step_id
    where r.company_id = ${companyId} and r.state = 'to_approve' and r.send_on <= ${today}::date group by 1 order by 2 desc`.execute(
    tx,
  );
  const leaving = await sql<Amount & { messages: number }>`
    select a.currency, sum(a.minor)::bigint as minor, count(*) filter (where a.is_first)::int as messages
    from reminder r cross join ${asked}
    where r.company_id = ${companyId} and r.state in ('ready', 'sending') and r.send_on <= ${today}::date group by 1 order by 2 desc`.execute(
    tx,
  );
  const cameIn = await sql<Amount & { payments: number; left: number }>`
    select currency, sum(amount_minor)::bigint as minor, count(*)::int as payments,
      count(*) filter (where unallocated_minor > 0)::int as left
    from payment where company_id = ${companyId} and kind = 'payment' and returned_on is null
      and received_on between ${since}::date and ${today}::date group by 1 order by 2 desc`.execute(tx);
  const sum = <T>(rows: readonly T[], pick: (row: T) => number): number =>
    rows.reduce((all, row) => all + pick(row), 0);
  // Thanks ask for nothing: a currency in which only they are has no amount.
  const amountsOf = (rows: readonly Amount[]): Amount[] =>
    rows.filter(({ minor }) => minor > 0).map(({ currency, minor }) => ({ currency, minor }));
  return {
    approval: {
      amounts: amountsOf(approval.rows),
      formalNotices: sum(approval.rows, (row) => row.formal),
      tooLong: sum(approval.rows, (row) => row.late),
    },
    leaving: { messages: sum(leaving.rows, (row) => row.messages), amounts: amountsOf(leaving.rows) },
    cameIn: {
      since,
      payments: sum(cameIn.rows, (row) => row.payments),
      amounts: amountsOf(cameIn.rows),
      toAllocate: sum(cameIn.rows, (row) => row.left),
    },
  };
}
