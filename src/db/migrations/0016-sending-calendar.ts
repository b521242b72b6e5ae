// The company's own closures, and how many messages one customer gets: both unset until a person sets them.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table closure (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      from_on date not null,
      until_on date not null,
      label text not null check (label <> ''),
      yearly boolean not null,
      primary key (company_id, id),
      check (until_on between from_on and from_on + 365)
    )`.execute(db);
  await protect(db, 'closure');
  await sql`alter table company
    add column messages_per_week integer check (messages_per_week between 1 and 100),
    add column days_between_messages integer check (days_between_messages between 1 and 365)`.execute(db);
}
