// Each morning whoever may approve is told by e-mail what waits: whether the company wants it, and the day it was last done.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table company add column tells_approvers boolean not null default true, add column approvers_told_on date`.execute(
    db,
  );
}
