// The company's letterhead: what stands at the foot of its messages and, later, at the head of its letters; its logo apart, so that
// it is only read where it is shown.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table company add column letterhead jsonb`.execute(db);
  await sql`
    create table logo (
      company_id uuid primary key references company on delete cascade,
      media_type text not null check (media_type in ('image/png', 'image/jpeg')),
      bytes bytea not null,
      sha256 bytea not null check (length(sha256) = 32)
    )`.execute(db);
  await protect(db, 'logo');
}
