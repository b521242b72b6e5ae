// One message a day for each customer: a setting of the company. Such a message may ask for amounts in several currencies, which
// never add: the further ones stand beside the first.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table company
    add column grouping text not null default 'invoice' check (grouping in ('invoice', 'customer')),
    add column lists_not_due boolean not null default false`.execute(db);
  await sql`alter table reminder add column asked_others jsonb not null default '[]'`.execute(db);
}
