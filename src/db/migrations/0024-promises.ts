// Promises to pay: on which day a customer said that it pays, how much of what, and what came of it.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Without an invoice it is about all that the customer owed when it was made; without an amount, about the whole of it. It ends
  // once: what is kept, broken, replaced or withdrawn runs never again.
  await sql`
    create table promise (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      customer_id uuid not null,
      invoice_id uuid,
      promised_on date not null,
      amount_minor bigint check (amount_minor > 0),
      currency char(3) collate "C",
      said text not null default '',
      made_on date not null,
      made_at timestamptz not null default now(),
      made_by text not null,
      ended_on date,
      ended_how text check (ended_how in ('kept', 'broken', 'replaced', 'withdrawn')),
      reason text,
      task_id uuid,
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer on delete cascade,
      foreign key (company_id, invoice_id) references invoice on delete cascade,
      foreign key (company_id, task_id) references task on delete set null (task_id),
      check (promised_on >= made_on),
      check ((amount_minor is null) = (currency is null)),
      check ((ended_on is null) = (ended_how is null)),
      check (reason is null or ended_how = 'withdrawn'),
      check (task_id is null or ended_how = 'broken')
    )`.execute(db);
  await sql`create index promise_running on promise (company_id, promised_on, id) where ended_on is null`.execute(db);
  await sql`create index promise_by_customer on promise (company_id, customer_id)`.execute(db);
  await sql`create index promise_by_invoice on promise (company_id, invoice_id) where invoice_id is not null`.execute(
    db,
  );
  await sql`create index promise_by_task on promise (company_id, task_id) where task_id is not null`.execute(db);
  await protect(db, 'promise');
  // What it is about: a later invoice of the customer is not promised.
  await sql`
    create table promised_invoice (
      company_id uuid not null references company on delete cascade,
      promise_id uuid not null,
      invoice_id uuid not null,
      primary key (company_id, promise_id, invoice_id),
      foreign key (company_id, promise_id) references promise on delete cascade,
      foreign key (company_id, invoice_id) references invoice on delete cascade
    )`.execute(db);
  await sql`create index promised_invoice_by_invoice on promised_invoice (company_id, invoice_id)`.execute(db);
  await protect(db, 'promised_invoice');
}
