// Accounts: users, their passwords and sessions (the tables that better-auth reads and writes), and who is a member of which
// company. A schema of its own without row-level security: a user is looked up before any company is known.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema account`.execute(db);
  await sql`
    create table account."user" (
      id text primary key collate "C",
      name text not null,
      email text not null unique,
      email_verified boolean not null default false,
      image text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table account.session (
      id text primary key collate "C",
      user_id text not null collate "C" references account."user" on delete cascade,
      token text not null unique,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index session_by_user on account.session (user_id)`.execute(db);
  // One row for each way in; for now that is the password, kept as scrypt makes it.
  await sql`
    create table account.credential (
      id text primary key collate "C",
      user_id text not null collate "C" references account."user" on delete cascade,
      account_id text not null,
      provider_id text not null,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      password text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (provider_id, account_id)
    )`.execute(db);
  await sql`create index credential_by_user on account.credential (user_id)`.execute(db);
  await sql`
    create table account.verification (
      id text primary key collate "C",
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index verification_by_identifier on account.verification (identifier)`.execute(db);
  // Kept in the database, so that several web processes count the tries of one visitor together.
  await sql`
    create table account.rate_limit (
      id text primary key collate "C",
      key text not null unique,
      count integer not null,
      last_request bigint not null
    )`.execute(db);
  await sql`
    create table account.member (
      company_id uuid not null references company on delete cascade,
      user_id text not null collate "C" references account."user" on delete cascade,
      role text not null check (role in ('owner', 'manager', 'agent', 'reader')),
      created_at timestamptz not null default now(),
      primary key (company_id, user_id)
    )`.execute(db);
  await sql`create index member_by_user on account.member (user_id)`.execute(db);
  await sql`grant usage on schema account to relance_app`.execute(db);
  await sql`grant select, insert, update, delete on all tables in schema account to relance_app`.execute(db);
}
