// A claim has a name of its own. A worker may deliver twice at the same moment (the tick, and what was just approved): what one
// delivery has claimed, and a change of the customer has given back, the other may claim again. Only the later claim may begin.
import { type Kysely, sql } from 'kysely';

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
  await sql`
    create or replace function turn_attempts(the_company uuid, the_worker uuid, ended jsonb, begun jsonb)
      returns table (begun_reminder uuid, begun_attempt uuid) language plpgsql as $$
    begin
      update attempt a set state = e.state, ended_at = clock_timestamp(), answer = e.answer
        from jsonb_to_recordset(ended) as e(id uuid, state text, answer text)
        where a.company_id = the_company and a.id = e.id;
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
}
