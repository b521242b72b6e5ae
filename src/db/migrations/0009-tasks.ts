// Tasks: something that a person will do about a customer or one of its invoices, on a day, and whoever does it.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // They go with their customer and their invoice: a sample company is thrown away in that order.
  await sql`
    create table task (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      customer_id uuid not null,
      invoice_id uuid,
      text text not null check (text <> ''),
      due_on date not null,
      assigned_to text,
      done_on date,
      done_by text,
      created_on date not null,
      created_by text not null,
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer on delete cascade,
      foreign key (company_id, invoice_id) references invoice on delete cascade
    )`.execute(db);
  await sql`create index task_open on task (company_id, due_on, id) where done_on is null`.execute(db);
  await sql`create index task_by_customer on task (company_id, customer_id)`.execute(db);
  await sql`create index task_by_invoice on task (company_id, invoice_id) where invoice_id is not null`.execute(db);
  await protect(db, 'task');
}
