// Keys with which programs call the API: of one company, with a role, known by a hash. The row stays when a key is revoked, so
// that history goes on naming who acted.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_key (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      name text not null check (name <> ''),
      role text not null check (role in ('manager', 'agent', 'reader')),
      hash bytea not null check (length(hash) = 32),
      prefix text not null,
      made_by text not null collate "C",
      made_at timestamptz not null default now(),
      ends_on date,
      last_used_on date,
      revoked_at timestamptz,
      revoked_by text collate "C",
      primary key (company_id, id),
      unique (company_id, hash),
      check ((revoked_at is null) = (revoked_by is null))
    )`.execute(db);
  await protect(db, 'api_key');
  // A key is never given another secret, another role or a longer life: it is revoked and another is made.
  await sql`revoke update, delete on api_key from relance_app`.execute(db);
  await sql`grant update (last_used_on, revoked_at, revoked_by) on api_key to relance_app`.execute(db);
}
