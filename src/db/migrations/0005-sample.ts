// A sample company is thrown away whole. What is evidence in a company of one's own can't be deleted by the application; here a
// function of the owner's does it, and only where the company is a sample and the session's.
import { type Kysely, sql } from 'kysely';

/** Rows that refer to others before those; what hangs on the company itself goes with it. */
const inOrder = [
  'event_payload',
  'event',
  'attempt',
  'item',
  'reminder',
  'document',
  'allocation',
  'dunning_case',
  'dispute',
  'pause',
  'receivable',
  'payment',
  'invoice',
  'contact',
  'customer',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const deletions = inOrder.map((table) => `delete from ${table} where company_id = thrown;`).join('\n      ');
  await sql`
    create function throw_away_sample(thrown uuid) returns boolean language plpgsql security definer
      set search_path = public, pg_temp as $$
    begin
      if not exists (select from company where id = thrown and sample and id = any (session_companies())) then
        return false;
      end if;
      ${sql.raw(deletions)}
      update company set default_sequence_id = null where id = thrown;
      delete from step where company_id = thrown;
      delete from company where id = thrown;
      return true;
    end $$`.execute(db);
  await sql`revoke all on function throw_away_sample(uuid) from public`.execute(db);
  await sql`grant execute on function throw_away_sample(uuid) to relance_app`.execute(db);
}
