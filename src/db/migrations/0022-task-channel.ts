// The second channel: a task, which a person does. Its reminder is to do until it is done, and no mail server is ever handed it:
// the database refuses it any state in which a message leaves.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // In order of preference. What is demanded formally is written: it is never a task.
  await sql`alter table step
    add column task_text text check (task_text <> ''),
    add constraint step_channels check (channels <@ '{email,task}' and cardinality(channels) between 1 and 2),
    add constraint step_formal_notice_written check (not formal_notice or not 'task' = any(channels))`.execute(db);
  await sql`alter table reminder drop constraint reminder_state_check`.execute(db);
  await sql`alter table reminder
    add constraint reminder_state_check check (state in
      ('to_approve', 'ready', 'sending', 'sent', 'in_doubt', 'failed', 'dropped', 'refused', 'to_do')),
    add constraint reminder_channel check (channel in ('email', 'task')),
    add constraint reminder_task_never_mailed check (case channel
      when 'task' then state in ('to_do', 'sent', 'dropped', 'refused') else state <> 'to_do' end)`.execute(db);
  // What somebody does for a reminder, and what the customer said. It goes with its reminder.
  await sql`alter table task
    add column reminder_id uuid,
    add column note text,
    add constraint task_reminder foreign key (company_id, reminder_id) references reminder on delete cascade`.execute(
    db,
  );
  await sql`create unique index task_of_reminder on task (company_id, reminder_id) where reminder_id is not null`.execute(
    db,
  );
  // Whatever takes a reminder back (a payment, a dispute, a person, going live) closes its task with it, in one place.
  await sql`
    create function close_task() returns trigger language plpgsql as $$
    begin
      delete from task where company_id = new.company_id and reminder_id = new.id;
      return null;
    end $$`.execute(db);
  await sql`create trigger reminder_closes_task after update of state on reminder for each row
    when (new.channel = 'task' and new.state in ('dropped', 'refused')) execute function close_task()`.execute(db);
}
