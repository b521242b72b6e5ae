// Approving thousands of messages in one operation, and reading the history of a whole company.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // What approving approved leaves at leaves_at, all of it together; until then, and as long as it has not left, it can be undone.
  await sql`alter table operation
    add column kind text not null default 'remind' check (kind in ('remind', 'approve')),
    add column leaves_at timestamptz,
    add column undone_by text,
    drop constraint operation_state_check,
    add constraint operation_state_check check (state in ('running', 'finished', 'undoing', 'undone'))`.execute(db);
  await sql`drop index operation_running`.execute(db);
  await sql`create index operation_to_work on operation (company_id, id) where state in ('running', 'undoing')`.execute(
    db,
  );
  // Of an approval: the messages that were chosen; reminder_ids are those that were approved.
  await sql`alter table operation_part
    add column chosen_ids uuid[] not null default '{}',
    drop constraint operation_part_state_check,
    add constraint operation_part_state_check check (state in ('waiting', 'done', 'failed', 'undone'))`.execute(db);

  // History by the company's day; what people did, which is little beside what Relance does; and what concerns no customer.
  await sql`create index event_by_day on event (company_id, happened_on, id)`.execute(db);
  await sql`create index event_by_person on event (company_id, actor, id) where actor <> 'system'`.execute(db);
  await sql`create index event_of_company on event (company_id, id) where customer_id is null`.execute(db);
}
