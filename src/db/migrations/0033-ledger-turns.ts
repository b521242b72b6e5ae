// What a delivery writes between two messages is found by keys, whatever policy stands on the tables. To the planner the policy is a
// second condition on the company: on tables that were small when the plan was made, it preferred any index that begins with the
// company to the primary key, and read all messages of the company to find two of them. The function names its company in each
// statement, and always named it to the session itself: it now reads and writes as the tables' owner, whom no policy concerns. Whose
// customers they are, the delivery knows.
import { type Kysely, sql } from 'kysely';

const before = 'turn_ledger(uuid, uuid, date, timestamptz, jsonb, jsonb, uuid[], uuid[], jsonb)';
const now = 'turn_ledger(uuid, uuid, date, timestamptz, uuid[], jsonb, jsonb, uuid[], uuid[], jsonb)';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function ${sql.raw(before)}`.execute(db);
  await sql`
    create function turn_ledger(the_company uuid, the_worker uuid, on_day date, at_instant timestamptz, customers uuid[], ended jsonb,
      begun jsonb, sent uuid[], doubtful uuid[], events jsonb)
      returns table (begun_reminder uuid, begun_attempt uuid)
      language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
    begin
      if coalesce(current_setting('relance.company_ids', true), '') not in ('', the_company::text) then
        raise 'a turn of another company than the session''s';
      end if;
      -- The customers first, as everywhere: a payment and a delivery never wait for each other.
      perform from customer c where c.company_id = the_company and c.id = any(customers) order by c.id for no key update;
      if cardinality(sent) > 0 then perform mark_left(the_company, sent, 'sent', on_day, at_instant); end if;
      if cardinality(doubtful) > 0 then perform mark_left(the_company, doubtful, 'in_doubt', on_day, at_instant); end if;
      if jsonb_array_length(events) > 0 then perform record_events(the_company, 'system', false, on_day, events); end if;
      return query select * from turn_attempts(the_company, the_worker, ended, begun);
    end $$`.execute(db);
  // An index with the company in it, wherever it stands, was read from end to end to find one attempt by its key.
  await sql`drop index attempt_of_reminder`.execute(db);
  await sql`create index attempt_of_reminder on attempt (reminder_id)`.execute(db);
  await sql`revoke execute on function ${sql.raw(now)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(now)} to relance_app`.execute(db);
}
