// What a person attaches to one reminder, and reminding many customers in one operation.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Null: as the step says.
  await sql`alter table reminder add column attaches_invoices boolean`.execute(db);
  // A file is added for a customer, then belongs to the one reminder with which it is sent; its bytes are a document.
  await sql`
    create table reminder_file (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      customer_id uuid not null,
      reminder_id uuid,
      sha256 bytea not null,
      name text not null check (name <> ''),
      type text not null,
      bytes integer not null,
      added_on date not null,
      added_by text not null,
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer on delete cascade,
      foreign key (company_id, reminder_id) references reminder on delete cascade
    )`.execute(db);
  await sql`create index reminder_file_of on reminder_file (company_id, reminder_id) where reminder_id is not null`.execute(
    db,
  );
  await protect(db, 'reminder_file');

  await sql`
    create table operation (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      level integer,
      state text not null default 'running' check (state in ('running', 'finished')),
      started_at timestamptz not null,
      finished_at timestamptz,
      by_user text not null,
      primary key (company_id, id)
    )`.execute(db);
  await sql`create index operation_running on operation (company_id, id) where state = 'running'`.execute(db);
  // One customer of an operation: done in the transaction that writes what was done, so never twice and never half.
  await sql`
    create table operation_part (
      company_id uuid not null,
      operation_id uuid not null,
      customer_id uuid not null,
      invoice_ids uuid[] not null,
      state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
      reminder_ids uuid[] not null default '{}',
      refused jsonb not null default '[]',
      primary key (company_id, operation_id, customer_id),
      foreign key (company_id, operation_id) references operation on delete cascade,
      foreign key (company_id, customer_id) references customer on delete cascade
    )`.execute(db);
  await sql`create index operation_part_waiting on operation_part (company_id, operation_id, customer_id) where state = 'waiting'`.execute(
    db,
  );
  for (const table of ['operation', 'operation_part']) await protect(db, table);
}
