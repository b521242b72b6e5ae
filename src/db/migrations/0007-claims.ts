// A claim has a name of its own. A worker may deliver twice at the same moment (the tick, and what was just approved): what one
// delivery has claimed, and a change of the customer has given back, the other may claim again. Only the later claim may begin.
//
// And what delivery writes between two messages is found by keys alone, whatever the planner believes of tables that were empty when
// the plan was made: a kept plan that reads a company's attempts to find four of them costs more with each message.
import { type Kysely, sql } from 'kysely';

const ledger = 'turn_ledger(uuid, uuid, date, timestamptz, jsonb, jsonb, uuid[], uuid[], jsonb)';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reminder add column claim_id uuid`.execute(db);
  // What was in somebody's hands when the program was stopped is nobody's claim now.
  await sql`
    update reminder r set state = 'ready', claimed_by = null where state = 'sending'
      and not exists (select from attempt a where a.company_id = r.company_id and a.reminder_id = r.id and a.state = 'begun')`.execute(
    db,
  );
  await sql`
    update attempt a set state = 'in_doubt', ended_at = clock_timestamp(), answer = 'begun twice' where a.state = 'begun'
      and exists (select from attempt later where later.company_id = a.company_id and later.reminder_id = a.reminder_id
        and later.state = 'begun' and later.id > a.id)`.execute(db);
  // The database itself refuses that two connections have one message in their hands.
  await sql`create unique index attempt_begun_once on attempt (company_id, reminder_id) where state = 'begun'`.execute(
    db,
  );
  // An array of keys, or one key at a time: with either there is no way but the primary key.
  await sql`
    create or replace function mark_left(the_company uuid, reminders uuid[], new_state text, on_day date, at_instant timestamptz)
      returns void language plpgsql as $$
    declare
      carried uuid[];
      receivables uuid[];
    begin
      update reminder set state = new_state, left_on = on_day, left_at = at_instant, claimed_by = null, next_attempt_at = null
        where company_id = the_company and id = any(reminders);
      select array_agg(i.id), array_agg(i.receivable_id) into carried, receivables
        from item i where i.company_id = the_company and i.reminder_id = any(reminders) and i.state = 'open';
      if carried is null then return; end if;
      update item set state = 'taken', left_on = on_day where company_id = the_company and id = any(carried);
      update dunning_case set look_on = least(look_on, on_day), state = 'active'
        where company_id = the_company and receivable_id = any(receivables);
    end $$`.execute(db);
  await sql`
    create or replace function turn_attempts(the_company uuid, the_worker uuid, ended jsonb, begun jsonb)
      returns table (begun_reminder uuid, begun_attempt uuid) language plpgsql as $$
    declare
      e record;
    begin
      for e in select * from jsonb_to_recordset(ended) as r(id uuid, state text, answer text) loop
        update attempt a set state = e.state, ended_at = clock_timestamp(), answer = e.answer
          where a.company_id = the_company and a.id = e.id;
      end loop;
      return query
        with claimed as materialized (
          select r.id, r.state, r.claim_id from reminder r where r.company_id = the_company
            and r.id = any(array(select b.reminder from jsonb_to_recordset(begun) as b(reminder uuid)))
            order by r.id for no key update
        )
        insert into attempt (company_id, id, reminder_id, worker_id, state, begun_at)
          select the_company, b.attempt, b.reminder, the_worker, 'begun', clock_timestamp()
          from jsonb_to_recordset(begun) as b(reminder uuid, attempt uuid, claim uuid)
          join claimed on claimed.id = b.reminder and claimed.state = 'sending' and claimed.claim_id = b.claim
          returning reminder_id, id;
    end $$`.execute(db);
  // On a table that is still empty every index that begins with the company looks as good as the primary key. This one does not.
  await sql`drop index attempt_by_reminder`.execute(db);
  await sql`create index attempt_of_reminder on attempt (reminder_id, company_id)`.execute(db);
  await sql`drop index attempt_begun`.execute(db);
  await sql`alter function ${sql.raw(ledger)} set enable_seqscan = off`.execute(db);
}
