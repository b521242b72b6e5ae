// What waits for approval for longer than so many sending days is signalled: a setting of the company.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table company add column approval_wait_days integer not null default 3
    check (approval_wait_days between 1 and 60)`.execute(db);
}
