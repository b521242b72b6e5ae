// What is agreed with a customer and who looks after it: its payment terms, its salesperson, the channels that it does not want; and who
// stands in for a member who is away.
import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Null: the company's; null there too: an invoice without a due date has none.
  await sql`alter table company add column payment_terms jsonb check (jsonb_typeof(payment_terms) = 'object')`.execute(
    db,
  );
  // A task is done by a person, who knows how: only what Relance itself sends can be forbidden.
  await sql`alter table customer
    add column payment_terms jsonb check (jsonb_typeof(payment_terms) = 'object'),
    add column salesperson_name text check (salesperson_name <> ''),
    add column salesperson_email text check (salesperson_email <> ''),
    add column forbidden_channels text[] not null default '{}' check (forbidden_channels <@ array['email'])`.execute(
    db,
  );
  await sql`create index customer_by_salesperson on customer (company_id, salesperson_name)
    where salesperson_name is not null`.execute(db);
  // Of each member the one that runs or comes next. Both are members while it counts: whoever left is told nothing.
  await sql`
    create table absence (
      company_id uuid not null references company on delete cascade,
      user_id text not null,
      stand_in_user_id text not null,
      from_on date not null,
      until_on date not null,
      primary key (company_id, user_id),
      check (from_on <= until_on),
      check (user_id <> stand_in_user_id)
    )`.execute(db);
  await protect(db, 'absence');
}
