// Who reads a message before it leaves: somebody from an amount on, somebody always for a key account; or nobody, after so many hours
// in which it could have been held back.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table step
    add column approval_from jsonb not null default '{}',
    add column leaves_after_hours integer check (leaves_after_hours between 1 and 240)`.execute(db);
  await sql`alter table customer add column key_account boolean not null default false`.execute(db);
}
