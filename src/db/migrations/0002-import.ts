// Importing files: what was imported and by whom, what was wrong with which row, and the columns chosen for files like these.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      kind text not null check (kind in ('customers', 'invoices', 'payments')),
      file_name text not null,
      sha256 bytea not null,
      state text not null check (state in ('finished', 'refused')),
      started_at timestamptz not null,
      finished_at timestamptz not null default now(),
      counts jsonb not null,
      errors integer not null,
      by_user text not null,
      primary key (company_id, id)
    )`.execute(db);
  await sql`
    create table import_error (
      company_id uuid not null,
      import_id uuid not null,
      position integer not null,
      row_number integer not null,
      column_name text,
      value text,
      code text not null collate "C",
      parameters jsonb not null,
      primary key (company_id, import_id, position),
      foreign key (company_id, import_id) references import on delete cascade
    )`.execute(db);
  await sql`
    create table import_mapping (
      company_id uuid not null references company on delete cascade,
      kind text not null check (kind in ('customers', 'invoices', 'payments')),
      signature bytea not null,
      mapping jsonb not null,
      options jsonb not null,
      used_at timestamptz not null default now(),
      primary key (company_id, kind, signature)
    )`.execute(db);
  for (const table of ['import', 'import_error', 'import_mapping']) await protect(db, table);
  // A payment names an invoice without its series, and some files name a customer without its number.
  await sql`create index invoice_by_number on invoice (company_id, number)`.execute(db);
  await sql`create index customer_by_name on customer (company_id, name)`.execute(db);
  // Rows that are made a million at a time get their identifier here: UUIDv7 (RFC 9562 §5.7), as newId() makes them.
  await sql`
    create function uuid_v7() returns uuid language sql volatile parallel safe as $$
      select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
        substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
        52, 1), 53, 1), 'hex')::uuid
    $$`.execute(db);
  await sql`grant execute on function uuid_v7() to relance_app`.execute(db);
}
