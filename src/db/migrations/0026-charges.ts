// What is owed beside the principal because it was late: interest, the fixed indemnity, agreed fees. A message that leaves turns what
// it claims into charges; nothing changes a charge afterwards but money, and a person who waives it.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table company
    add column interest_from_level integer check (interest_from_level between 1 and 99),
    add column indemnity_from_level integer check (indemnity_from_level between 1 and 99),
    add column contract_rate integer check (contract_rate between 1 and 10000),
    add column settles_first text not null default 'principal' check (settles_first in ('principal', 'charges'))`.execute(
    db,
  );
  await sql`alter table customer add column contract_rate integer check (contract_rate between 1 and 10000)`.execute(
    db,
  );
  await sql`alter table step add column fee jsonb`.execute(db);
  // What the message claims if it leaves, and all that it asks for beside the principal: worked out when it is made for leaving, and
  // not again.
  await sql`alter table reminder add column claims jsonb, add column asked_charges jsonb not null default '[]'`.execute(
    db,
  );

  // What a person says of a half-year's rate: it comes before the one that Relance was made with.
  await sql`
    create table interest_rate (
      company_id uuid not null references company on delete cascade,
      kind text not null check (kind in ('late_payment', 'public', 'legal')),
      half_year text not null collate "C" check (half_year ~ '^[0-9]{4}-H[12]$'),
      rate integer not null check (rate between 0 and 10000),
      source text not null default '',
      confirmed_on date not null,
      confirmed_by text not null,
      primary key (company_id, kind, half_year)
    )`.execute(db);
  await protect(db, 'interest_rate');

  await sql`
    create table charge (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      customer_id uuid not null,
      invoice_id uuid not null,
      receivable_id uuid,
      step_id uuid,
      reminder_id uuid,
      kind text not null check (kind in ('interest', 'indemnity', 'fee')),
      currency char(3) not null collate "C",
      amount_minor bigint not null check (amount_minor > 0),
      open_minor bigint not null,
      up_to_on date,
      claimed_on date not null,
      practice boolean not null,
      waived_on date,
      waived_by text,
      waived_reason text,
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer on delete cascade,
      foreign key (company_id, invoice_id) references invoice on delete cascade,
      foreign key (company_id, receivable_id) references receivable on delete cascade,
      foreign key (company_id, step_id) references step,
      foreign key (company_id, reminder_id) references reminder on delete set null (reminder_id),
      check (open_minor between 0 and amount_minor),
      check ((kind = 'interest') = (up_to_on is not null)),
      check ((kind = 'fee') = (step_id is not null)),
      check ((waived_on is null) = (waived_by is null))
    )`.execute(db);
  // C. com. D441-5: once for each invoice, whatever happens at the same time.
  await sql`create unique index charge_indemnity_once on charge (company_id, invoice_id, practice) where kind = 'indemnity'`.execute(
    db,
  );
  // A fixed fee is of the invoice, a share of its instalment: once for each step, however often it comes again.
  await sql`create unique index charge_fee_once on charge (company_id, invoice_id, step_id, receivable_id, practice)
    nulls not distinct where kind = 'fee'`.execute(db);
  await sql`create index charge_by_invoice on charge (company_id, invoice_id)`.execute(db);
  await sql`create index charge_by_customer on charge (company_id, customer_id)`.execute(db);
  await sql`create index charge_by_reminder on charge (company_id, reminder_id) where reminder_id is not null`.execute(
    db,
  );
  await protect(db, 'charge');
  // Frozen: only what a person decides about it, and, by its trigger, what is open.
  await sql`revoke update on charge from relance_app`.execute(db);
  await sql`grant update (waived_on, waived_by, waived_reason) on charge to relance_app`.execute(db);
  await sql`
    create function charge_starts_whole() returns trigger language plpgsql as $$
    begin
      new.open_minor := new.amount_minor;
      return new;
    end $$`.execute(db);
  await sql`create trigger balance_starts_whole before insert on charge
    for each row execute function charge_starts_whole()`.execute(db);

  // What the step was when the item was made: a consumer owes interest from a notice that left as one.
  await sql`alter table item add column formal_notice boolean not null default false`.execute(db);
  await sql`update item i set formal_notice = true from step s
    where s.company_id = i.company_id and s.id = i.step_id and s.formal_notice`.execute(db);

  // Money goes to a receivable, or to a charge.
  await sql`alter table allocation
    alter column receivable_id drop not null,
    add column charge_id uuid,
    add constraint allocation_charge foreign key (company_id, charge_id) references charge,
    add constraint allocation_to_one check (num_nonnulls(receivable_id, charge_id) = 1)`.execute(db);
  await sql`create index allocation_by_charge on allocation (company_id, charge_id) where charge_id is not null`.execute(
    db,
  );
  await sql`
    create or replace function allocation_moves_balances() returns trigger
      language plpgsql security definer set search_path = public as $$
    begin
      update receivable r set open_minor = r.open_minor - moved.amount
        from (select company_id, receivable_id, sum(amount_minor) as amount from new_rows
              where receivable_id is not null group by 1, 2) moved
        where r.company_id = moved.company_id and r.id = moved.receivable_id;
      update charge c set open_minor = c.open_minor - moved.amount
        from (select company_id, charge_id, sum(amount_minor) as amount from new_rows
              where charge_id is not null group by 1, 2) moved
        where c.company_id = moved.company_id and c.id = moved.charge_id;
      update payment p set unallocated_minor = p.unallocated_minor - moved.amount
        from (select company_id, payment_id, sum(amount_minor) as amount from new_rows
              where payment_id is not null group by 1, 2) moved
        where p.company_id = moved.company_id and p.id = moved.payment_id;
      update invoice i set unallocated_minor = i.unallocated_minor - moved.amount
        from (select company_id, credit_note_id, sum(amount_minor) as amount from new_rows
              where credit_note_id is not null group by 1, 2) moved
        where i.company_id = moved.company_id and i.id = moved.credit_note_id;
      return null;
    end $$`.execute(db);

  // The messages have left: their steps are taken, and what they claimed is owed.
  await sql`
    create or replace function mark_left(the_company uuid, reminders uuid[], new_state text, on_day date, at_instant timestamptz)
      returns void language plpgsql as $$
    declare
      carried uuid[];
      receivables uuid[];
      claiming uuid[];
    begin
      with left_now as (
        update reminder set state = new_state, left_on = on_day, left_at = at_instant, claimed_by = null, next_attempt_at = null
          where company_id = the_company and id = any(reminders) returning id, claims
      )
      select array_agg(id) into claiming from left_now where claims is not null;
      if claiming is not null then
        insert into charge (company_id, id, customer_id, invoice_id, receivable_id, step_id, reminder_id, kind, currency, amount_minor,
            up_to_on, claimed_on, practice)
          select the_company, c.id, r.customer_id, c."invoiceId", c."receivableId", c."stepId", r.id, c.kind, c.currency, c."amountMinor",
            c."upToOn", on_day, r.practice
          from reminder r cross join lateral jsonb_to_recordset(r.claims) as c(id uuid, "invoiceId" uuid, "receivableId" uuid,
            "stepId" uuid, kind text, currency text, "amountMinor" bigint, "upToOn" date)
          where r.company_id = the_company and r.id = any(claiming)
          on conflict do nothing;
      end if;
      select array_agg(i.id), array_agg(i.receivable_id) into carried, receivables
        from item i where i.company_id = the_company and i.reminder_id = any(reminders) and i.state = 'open';
      if carried is null then return; end if;
      update item set state = 'taken', left_on = on_day where company_id = the_company and id = any(carried);
      update dunning_case set look_on = least(look_on, on_day), state = 'active'
        where company_id = the_company and receivable_id = any(receivables);
    end $$`.execute(db);
}
