// Who pays for a customer, and into which other customer one was merged. A payer pays for itself: there are no chains, and the database
// itself refuses them, because a message would then go to somebody whom nobody named.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer
    add column payer_id uuid,
    add column merged_into_id uuid,
    add column merged_on date,
    add column merged_by text,
    add constraint customer_payer foreign key (company_id, payer_id) references customer,
    add constraint customer_merged_into foreign key (company_id, merged_into_id) references customer,
    add constraint customer_pays_for_another check (payer_id <> id),
    add constraint customer_merged_into_another check (merged_into_id <> id),
    add constraint customer_merged_whole check (num_nulls(merged_into_id, merged_on, merged_by) in (0, 3)),
    add constraint customer_merged_has_no_payer check (merged_into_id is null or payer_id is null)`.execute(db);
  await sql`create index customer_by_payer on customer (company_id, payer_id) where payer_id is not null`.execute(db);
  await sql`create index customer_by_merged on customer (company_id, merged_into_id) where merged_into_id is not null`.execute(
    db,
  );
  await sql`
    create function customer_without_chains() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.payer_id is not null and (
          exists (select from customer p where p.company_id = new.company_id and p.id = new.payer_id
            and (p.payer_id is not null or p.merged_into_id is not null))
          or exists (select from customer c where c.company_id = new.company_id and c.payer_id = new.id)) then
        raise exception 'a payer has no payer, and was not merged into another customer' using errcode = 'check_violation';
      end if;
      if new.merged_into_id is not null and (
          exists (select from customer m where m.company_id = new.company_id and m.id = new.merged_into_id
            and m.merged_into_id is not null)
          or exists (select from customer c where c.company_id = new.company_id and (c.payer_id = new.id or c.merged_into_id = new.id))) then
        raise exception 'a customer is merged into one that stands, and nobody pays by it any more' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger customer_without_chains after insert or update of payer_id, merged_into_id on customer
    for each row when (new.payer_id is not null or new.merged_into_id is not null)
    execute function customer_without_chains()`.execute(db);
  // Of a message that left before its customer was merged: the customer that it left to. Its thread is that one's, and stays so.
  await sql`alter table reminder
    add column merged_from_id uuid,
    add constraint reminder_merged_from foreign key (company_id, merged_from_id) references customer`.execute(db);
  // What was claimed goes with its invoice.
  await sql`grant update (customer_id) on charge to relance_app`.execute(db);
}
