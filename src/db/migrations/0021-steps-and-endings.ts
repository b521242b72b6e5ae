// What a step can say: when it comes, its tone, in whose name, whether somebody of the company is told; and what comes after the last
// step of a sequence. A step that comes again has items of its own, numbered: no number is taken twice in one pass.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // offset_days stays each step's place on the time line; timing_days is what another timing counts.
  await sql`alter table step
    add column timing text not null default 'due' check (timing in ('due', 'previous', 'month-end')),
    add column timing_days integer check (timing_days >= 0),
    add column tone text not null default 'courteous' check (tone in ('courteous', 'firm', 'final')),
    add column sender_name text check (sender_name <> ''),
    add column reply_to text check (reply_to <> ''),
    add column tells_in_charge boolean not null default false,
    add check ((timing = 'due') = (timing_days is null))`.execute(db);
  await sql`update step set tone = case
      when formal_notice then 'final'
      when template_key in ('firm', 'consumer-reminder', 'public-interest', 'key-account-reminder') then 'firm'
      else 'courteous'
    end`.execute(db);
  await sql`alter table sequence
    add column ending text not null default 'nothing' check (ending in ('nothing', 'task', 'repeat', 'litigation')),
    add column ending_days integer check (ending_days between 1 and 365),
    add column ending_times integer check (ending_times between 1 and 12),
    add column ending_text text check (ending_text <> ''),
    add column ending_set_on date,
    add check ((ending = 'nothing') = (ending_days is null)),
    add check ((ending = 'repeat') = (ending_times is not null)),
    add check ((ending = 'task') = (ending_text is not null))`.execute(db);
  await sql`update sequence set ending_set_on = created_on`.execute(db);
  await sql`alter table sequence alter column ending_set_on set not null`.execute(db);

  await sql`alter table item add column occurrence integer not null default 0 check (occurrence >= 0)`.execute(db);
  await sql`drop index item_once`.execute(db);
  await sql`create unique index item_once on item (company_id, receivable_id, pass, step_id, occurrence) where state <> 'dropped'`.execute(
    db,
  );

  // That a person was asked after the last step: once in a pass, whatever becomes of the task.
  await sql`
    create table ended (
      company_id uuid not null,
      receivable_id uuid not null,
      pass integer not null,
      step_id uuid not null,
      kind text not null check (kind in ('task', 'litigation')),
      ended_on date not null,
      primary key (company_id, receivable_id, pass, step_id),
      foreign key (company_id, receivable_id) references receivable on delete cascade,
      foreign key (company_id, step_id) references step on delete cascade
    )`.execute(db);
  await protect(db, 'ended');

  await sql`alter table company add column in_charge_told_on date`.execute(db);
  await sql`alter table reminder add column in_charge_told text check (in_charge_told in ('waiting', 'left'))`.execute(
    db,
  );
}
