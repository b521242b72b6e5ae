// Rules, in their order, that put customers in a sequence or in none; and which of them put a customer where it is.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Without a sequence: no reminders. An empty list asks for nothing.
  await sql`
    create table enrolment_rule (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      position integer not null check (position > 0),
      name text not null check (name <> ''),
      sequence_id uuid,
      categories text[] not null,
      kinds text[] not null check (kinds <@ array['business', 'consumer', 'public']),
      languages text[] not null,
      countries text[] not null,
      open_from_minor bigint check (open_from_minor > 0),
      key_account boolean,
      excluded_types text[] not null
        check (excluded_types <@ array['standard', 'deposit', 'progress', 'final', 'subscription']),
      primary key (company_id, id),
      foreign key (company_id, sequence_id) references sequence on delete cascade
    )`.execute(db);
  await protect(db, 'enrolment_rule');
  // Whom a person placed, no rule did.
  await sql`alter table customer
    add column rule_id uuid,
    add foreign key (company_id, rule_id) references enrolment_rule,
    add check (rule_id is null or enrolment = 'default')`.execute(db);
  await sql`create index customer_by_rule on customer (company_id, rule_id) where rule_id is not null`.execute(db);
}
