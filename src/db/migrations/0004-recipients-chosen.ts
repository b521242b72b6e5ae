// Addresses that a person chose for one message: they stay, where the others are asked for again when it leaves.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reminder add column recipients_chosen boolean not null default false`.execute(db);
}
