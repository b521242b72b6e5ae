// Thanking a customer that has paid what it was reminded of: a message like others, which takes no step and asks for nothing.
import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Since when: what was paid before somebody wanted it so is never thanked for.
  await sql`alter table company
    add column thanks_payers boolean not null default false,
    add column thanks_since date,
    add constraint company_thanks_since check (thanks_payers = (thanks_since is not null))`.execute(db);
  // It has no step, no level and no items; the database refuses one that would ask for anything.
  await sql`alter table reminder
    add column kind text not null default 'reminder' check (kind in ('reminder', 'thanks')),
    add constraint reminder_thanks_asks_nothing check (kind = 'reminder' or (channel = 'email' and step_id is null
      and level = 0 and not by_hand and coalesce(asked_minor, 0) = 0 and asked_others = '[]' and asked_charges = '[]' and claims is null))`.execute(
    db,
  );
  await sql`create index reminder_thanks_waiting on reminder (company_id, customer_id)
    where kind = 'thanks' and state in ('to_approve', 'ready', 'sending', 'failed')`.execute(db);
  // What it thanks for. The step is that of the last reminder: it went to whom that one went, in the same name.
  await sql`
    create table thanked (
      company_id uuid not null references company on delete cascade,
      reminder_id uuid not null,
      receivable_id uuid not null,
      pass integer not null,
      step_id uuid not null,
      state text not null default 'standing' check (state in ('standing', 'dropped', 'left_out')),
      reason jsonb,
      primary key (company_id, reminder_id, receivable_id),
      foreign key (company_id, reminder_id) references reminder on delete cascade,
      foreign key (company_id, receivable_id) references receivable,
      foreign key (company_id, step_id) references step
    )`.execute(db);
  // Once: whatever runs twice, the database itself refuses a second.
  await sql`create unique index thanked_once on thanked (company_id, receivable_id, pass) where state <> 'dropped'`.execute(
    db,
  );
  await protect(db, 'thanked');
  // The key of the template of thanks: one that somebody had named so stays theirs, and is sent by the steps that it was sent by.
  const freed = sql`'thank-you-' || left(md5(company_id::text), 6)`;
  await sql`update template set key = ${freed} where key = 'thank-you'`.execute(db);
  await sql`update step set template_key = ${freed} where template_key = 'thank-you'`.execute(db);
  await sql`create index payment_received on payment (company_id, received_on) where kind = 'payment' and returned_on is null`.execute(
    db,
  );
}
