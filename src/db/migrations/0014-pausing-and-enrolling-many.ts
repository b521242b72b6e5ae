// Pausing and enrolling thousands in one operation.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // What was asked for: of a pause why and until when, of an enrolment which.
  await sql`alter table operation
    drop constraint operation_kind_check,
    add constraint operation_kind_check check (kind in ('remind', 'approve', 'pause', 'enrol')),
    add column reason text,
    add column until_on date,
    add column enrolment text check (enrolment in ('chosen', 'none', 'default')),
    add column sequence_id uuid,
    add foreign key (company_id, sequence_id) references sequence on delete cascade`.execute(db);
  // The pauses that it made and did not lift again; why the customer itself, not one of its invoices, was left out.
  await sql`alter table operation_part
    add column pause_ids uuid[] not null default '{}',
    add column left_out jsonb`.execute(db);
}
