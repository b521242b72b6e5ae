// Payment plans: a promise in several instalments, each with its day and its amount. The plan is kept as long as what came in covers those
// whose day is past.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The day after which it is judged next: that of an instalment, or the promised one.
  await sql`alter table promise add column next_on date`.execute(db);
  await sql`update promise set next_on = promised_on`.execute(db);
  await sql`alter table promise
    alter column next_on set not null,
    add constraint promise_next_on check (next_on between made_on and promised_on)`.execute(db);
  await sql`drop index promise_running`.execute(db);
  await sql`create index promise_running on promise (company_id, next_on, id) where ended_on is null`.execute(db);
  await sql`
    create table promise_instalment (
      company_id uuid not null references company on delete cascade,
      promise_id uuid not null,
      due_on date not null,
      amount_minor bigint not null check (amount_minor > 0),
      primary key (company_id, promise_id, due_on),
      foreign key (company_id, promise_id) references promise on delete cascade
    )`.execute(db);
  await protect(db, 'promise_instalment');
}
