// Steps about which whoever is in charge is told: messages that wait for approval, once more when they have left, and tasks to do.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { lockCustomers } from './dunning-case.ts';
import type { Amount, Tables } from './tables.ts';

export interface FollowedMessage {
  reminderId: string;
  customerName: string;
  /** A member who may approve; null: nobody is in charge, or nobody who is there still. */
  inChargeUserId: string | null;
  level: number;
  stepName: string;
  currency: string;
  askedMinor: number | null;
  askedOthers: Amount[];
  state: 'to_do' | 'to_approve' | 'left';
}

/** Of reminder r and step s: nobody was told yet where it stands. */
const isNews = (companyId: string, since: Day) => sql<boolean>`
    r.company_id = ${companyId} and s.company_id = r.company_id and s.id = r.step_id and s.tells_in_charge and not r.practice
      and ((r.state in ('to_approve', 'to_do') and r.in_charge_told is null)
        or (r.channel <> 'task' and r.left_on >= ${since}::date and r.left_at >= ${since}::date - 1 and r.in_charge_told is distinct from 'left'))`;

/**
 * What nobody was told yet, and marks it as told. `since`: what left before that day is an old story (the instant is for the index).
 * Their customers are locked first, as whoever else changes reminders does: two who take rows in other orders would wait for each other.
 */
export async function takeFollowed(tx: Kysely<Tables>, companyId: string, since: Day): Promise<FollowedMessage[]> {
  const concerned = await sql<{ id: string }>`
    select distinct r.customer_id as id from reminder r, step s where ${isNews(companyId, since)}`.execute(tx);
  const customerIds = concerned.rows.map(({ id }) => id);
  if (customerIds.length === 0) return [];
  await lockCustomers(tx, companyId, customerIds);
  const found = await sql<FollowedMessage>`
    with told as (
      update reminder r set in_charge_told = case when r.left_on is null then 'waiting' else 'left' end
      from step s
      where ${isNews(companyId, since)} and r.customer_id = any(${customerIds}::uuid[])
      returning r.id, r.customer_id, r.level, s.name, r.currency, r.asked_minor, r.asked_others,
        case when r.left_on is null then r.state else 'left' end as state
    )
    select t.id as "reminderId", c.name as "customerName", m.user_id as "inChargeUserId", t.level, t.name as "stepName", t.currency,
      t.asked_minor as "askedMinor", t.asked_others as "askedOthers", t.state
    from told t
    join customer c on c.company_id = ${companyId} and c.id = t.customer_id
    left join account.member m on m.company_id = c.company_id and m.user_id = c.in_charge_user_id and m.role <> 'reader'
    order by t.level desc, c.name, t.id`.execute(tx);
  return found.rows;
}
