// Reminders from a level on wait while nobody has looked at what came in for too long.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table company
    add column bank_fresh_days integer check (bank_fresh_days between 0 and 60),
    add column bank_fresh_level integer not null default 1 check (bank_fresh_level between 1 and 99),
    add column payments_known_on date`.execute(db);
  // What was imported before this: on the day of its time zone.
  await sql`
    update company c set payments_known_on = last.on_day
    from (select i.company_id, max((i.finished_at at time zone c.time_zone)::date) as on_day
      from import i join company c on c.id = i.company_id
      where i.kind = 'payments' and i.state = 'finished' group by 1) last
    where last.company_id = c.id`.execute(db);
}
