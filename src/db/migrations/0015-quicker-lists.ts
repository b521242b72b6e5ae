// What every list waits for: the company it is of, named and read at once; and what of an invoice list counts for nothing.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // One round trip where there were two, and a plan that is kept: the company's key has one way only. It runs with the rights of its
  // caller and sees what the caller may see; it names the company for this transaction, as the caller might.
  await sql`
    create function name_company(the_company uuid) returns setof company language plpgsql as $$
    begin
      perform set_config('relance.company_ids', the_company::text, true);
      return query select * from company where id = the_company;
    end $$`.execute(db);

  // Drafts, quotes, what is cancelled or written off. Nearly every invoice is issued when it comes in and is never in this index: it
  // costs nothing to write. One whose status changes is entered anew in all its indexes, which is seldom.
  await sql`create index invoice_not_issued on invoice (company_id, customer_id) where status <> 'issued'`.execute(db);
}
