// Files of the company that go with the messages of a step: uploaded once, named by as many steps as one likes.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Its bytes are a document, which stays when the file is replaced or removed: what has left keeps its own.
  await sql`
    create table company_file (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      name text not null check (name <> ''),
      type text not null,
      bytes integer not null check (bytes > 0),
      sha256 bytea not null,
      added_on date not null,
      added_by text not null,
      primary key (company_id, id)
    )`.execute(db);
  await protect(db, 'company_file');
  await sql`
    create table step_file (
      company_id uuid not null references company on delete cascade,
      step_id uuid not null,
      file_id uuid not null,
      position integer not null,
      primary key (company_id, step_id, file_id),
      foreign key (company_id, step_id) references step on delete cascade,
      foreign key (company_id, file_id) references company_file on delete cascade
    )`.execute(db);
  await sql`create index step_file_by_file on step_file (company_id, file_id)`.execute(db);
  await protect(db, 'step_file');
  // Null: as the step says; else a person chose them for this message.
  await sql`alter table reminder add column company_file_ids uuid[]`.execute(db);
}
