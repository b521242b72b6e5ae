// The first schema: companies, receivables, dunning, delivery, proof. Every table of the domain begins its key with
// company_id and is under row-level security; accounts and memberships live in the schema `account`, without it.
import { type Kysely, sql } from 'kysely';

/** Tables of the domain: each gets the row-level policy and the application's rights. */
const domainTables = [
  'mail_server',
  'template',
  'sequence',
  'step',
  'customer',
  'contact',
  'invoice',
  'receivable',
  'payment',
  'allocation',
  'pause',
  'dispute',
  'dunning_case',
  'reminder',
  'item',
  'attempt',
  'document',
  'event',
  'event_payload',
  'run',
] as const;

/**
 * A policy: the row's company is one of the session's companies; a session that named none sees nothing. The functions stand
 * in sub-selects so that they are called once for a statement, not once for a row.
 */
export async function protect(db: Kysely<unknown>, table: string, column = 'company_id'): Promise<void> {
  const name = sql.table(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy of_the_sessions_companies on ${name}
    using (${sql.ref(column)} = any ((select session_companies())::uuid[]))
    with check (${sql.ref(column)} = (select session_company()))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to relance_app`.execute(db);
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`revoke all on schema public from public`.execute(db);
  await sql`grant usage on schema public to relance_app`.execute(db);
  await sql`
    create function session_companies() returns uuid[] language sql stable parallel safe as $$
      select coalesce(string_to_array(nullif(current_setting('relance.company_ids', true), ''), ',')::uuid[], '{}')
    $$`.execute(db);
  await sql`
    create function session_company() returns uuid language plpgsql stable as $$
    begin
      if cardinality(session_companies()) > 1 then
        raise exception 'a session that writes names one company' using errcode = 'insufficient_privilege';
      end if;
      return (session_companies())[1];
    end $$`.execute(db);

  await sql`
    create table company (
      id uuid primary key,
      name text not null check (name <> ''),
      country char(2) not null collate "C",
      region text collate "C",
      time_zone text not null,
      language text not null collate "C",
      currency char(3) not null collate "C",
      mode text not null default 'practice' check (mode in ('practice', 'live')),
      simulated_on date,
      sample boolean not null default false,
      tolerance_minor bigint not null default 100 check (tolerance_minor >= 0),
      late_entry_days integer not null default 15 check (late_entry_days >= 0),
      sending_weekdays integer[] not null default '{1,2,3,4,5}',
      sends_on_holidays boolean not null default false,
      sending_from time not null default '09:00',
      sending_until time not null default '18:00',
      default_sequence_id uuid,
      sender_name text,
      sender_email text,
      reply_to text,
      copy_to_sender boolean not null default false,
      payment_details text,
      went_live_at timestamptz,
      first_sending_approved_at timestamptz,
      created_at timestamptz not null default now(),
      check (mode = 'practice' or simulated_on is null)
    )`.execute(db);
  await protect(db, 'company', 'id');
  // The worker must know which companies exist before it can name one: this function tells their identifiers, nothing else.
  await sql`
    create function all_company_ids() returns setof uuid language sql stable security definer set search_path = public as $$
      select id from company order by id
    $$`.execute(db);
  await sql`revoke all on function all_company_ids() from public`.execute(db);
  await sql`grant execute on function all_company_ids() to relance_app`.execute(db);

  await sql`
    create table mail_server (
      company_id uuid primary key references company on delete cascade,
      host text not null,
      port integer not null check (port between 1 and 65535),
      security text not null check (security in ('tls', 'starttls', 'none')),
      auth text not null check (auth in ('none', 'password', 'oauth2')),
      username text,
      secret bytea,
      oauth_client_id text,
      oauth_token_url text,
      connections integer not null default 3 check (connections between 1 and 20),
      tested_at timestamptz,
      updated_at timestamptz not null default now()
    )`.execute(db);

  await sql`
    create table template (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      key text not null collate "C",
      language text not null collate "C",
      subject text not null,
      body text not null,
      updated_at timestamptz not null default now(),
      primary key (company_id, id),
      unique (company_id, key, language)
    )`.execute(db);

  await sql`
    create table sequence (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      title text not null,
      description text not null default '',
      status text not null default 'active' check (status in ('active', 'deleted')),
      created_on date not null,
      primary key (company_id, id)
    )`.execute(db);
  await sql`
    create table step (
      company_id uuid not null,
      id uuid not null,
      sequence_id uuid not null,
      level integer not null check (level >= 0),
      name text not null,
      offset_days integer not null,
      channels text[] not null default '{email}',
      template_key text not null collate "C",
      roles_to text[] not null default '{accounts_payable,main}',
      roles_cc text[] not null default '{}',
      minimums jsonb not null default '{}',
      requires_approval boolean not null default false,
      formal_notice boolean not null default false,
      attach_invoice boolean not null default true,
      added_on date not null,
      deleted_on date,
      primary key (company_id, id),
      foreign key (company_id, sequence_id) references sequence on delete cascade
    )`.execute(db);
  // Two steps of one sequence on one day make no sense: the second message would cross the first.
  await sql`create unique index step_one_a_day on step (company_id, sequence_id, offset_days) where deleted_on is null`.execute(
    db,
  );
  await sql`alter table company add foreign key (id, default_sequence_id) references sequence (company_id, id)`.execute(
    db,
  );

  await sql`
    create table customer (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      number text not null collate "C",
      name text not null,
      kind text not null default 'business' check (kind in ('business', 'consumer', 'public')),
      category text,
      language text collate "C",
      street text,
      postcode text,
      city text,
      country char(2) collate "C",
      phone text,
      notes text not null default '',
      enrolment text not null default 'default' check (enrolment in ('default', 'chosen', 'none')),
      sequence_id uuid,
      delays_days integer[],
      in_charge_user_id text,
      created_at timestamptz not null default now(),
      primary key (company_id, id),
      unique (company_id, number),
      foreign key (company_id, sequence_id) references sequence,
      check (enrolment <> 'chosen' or sequence_id is not null)
    )`.execute(db);
  await sql`
    create table contact (
      company_id uuid not null,
      id uuid not null,
      customer_id uuid not null,
      role text not null default 'main' check (role in ('main', 'accounts_payable', 'management')),
      name text not null default '',
      email text,
      phone text,
      language text collate "C",
      blocked_reason text,
      created_at timestamptz not null default now(),
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer on delete cascade
    )`.execute(db);
  await sql`create index contact_by_customer on contact (company_id, customer_id)`.execute(db);

  await sql`
    create table invoice (
      company_id uuid not null,
      id uuid not null,
      customer_id uuid not null,
      source text not null default '' collate "C",
      number text not null collate "C",
      type text not null default 'standard'
        check (type in ('standard', 'deposit', 'progress', 'final', 'subscription', 'credit_note')),
      status text not null default 'issued'
        check (status in ('draft', 'to_process', 'quote', 'issued', 'written_off', 'cancelled')),
      issued_on date not null,
      arrived_on date not null,
      currency char(3) not null collate "C",
      total_minor bigint not null check (total_minor >= 0),
      unallocated_minor bigint not null default 0 check (unallocated_minor >= 0),
      direct_debit boolean not null default false,
      debit_returned_on date,
      payment_method text,
      order_reference text,
      recipients jsonb,
      pdf_sha256 bytea,
      pdf_name text,
      created_at timestamptz not null default now(),
      primary key (company_id, id),
      unique (company_id, source, number),
      foreign key (company_id, customer_id) references customer
    )`.execute(db);
  await sql`create index invoice_by_customer on invoice (company_id, customer_id)`.execute(db);
  await sql`create index credit_note_left on invoice (company_id, customer_id)
    where type = 'credit_note' and unallocated_minor > 0`.execute(db);

  await sql`
    create table receivable (
      company_id uuid not null,
      id uuid not null,
      invoice_id uuid not null,
      customer_id uuid not null,
      position integer not null default 1,
      due_on date,
      currency char(3) not null collate "C",
      amount_minor bigint not null check (amount_minor >= 0),
      open_minor bigint not null,
      primary key (company_id, id),
      unique (company_id, invoice_id, position),
      foreign key (company_id, invoice_id) references invoice on delete cascade,
      foreign key (company_id, customer_id) references customer,
      check (open_minor between 0 and amount_minor)
    )`.execute(db);
  await sql`create index receivable_open on receivable (company_id, customer_id) where open_minor > 0`.execute(db);

  await sql`
    create table payment (
      company_id uuid not null,
      id uuid not null,
      customer_id uuid not null,
      source text not null default '' collate "C",
      number text collate "C",
      kind text not null default 'payment' check (kind in ('payment', 'settlement')),
      received_on date not null,
      currency char(3) not null collate "C",
      amount_minor bigint not null check (amount_minor > 0),
      unallocated_minor bigint not null,
      reference text,
      reason text,
      returned_on date,
      return_reason text,
      created_at timestamptz not null default now(),
      primary key (company_id, id),
      unique (company_id, source, number),
      foreign key (company_id, customer_id) references customer,
      check (unallocated_minor between 0 and amount_minor)
    )`.execute(db);
  await sql`create index payment_left on payment (company_id, customer_id)
    where unallocated_minor > 0 and returned_on is null`.execute(db);
  await sql`create index payment_by_customer on payment (company_id, customer_id)`.execute(db);

  // An allocation takes from one payment or one credit note and gives to one receivable; it is undone by a negative one.
  await sql`
    create table allocation (
      company_id uuid not null,
      id uuid not null,
      receivable_id uuid not null,
      payment_id uuid,
      credit_note_id uuid,
      amount_minor bigint not null check (amount_minor <> 0),
      undoes_id uuid,
      allocated_on date not null,
      created_at timestamptz not null default now(),
      primary key (company_id, id),
      unique (company_id, undoes_id),
      foreign key (company_id, receivable_id) references receivable,
      foreign key (company_id, payment_id) references payment,
      foreign key (company_id, credit_note_id) references invoice,
      foreign key (company_id, undoes_id) references allocation,
      check (num_nonnulls(payment_id, credit_note_id) = 1),
      check ((undoes_id is null) = (amount_minor > 0))
    )`.execute(db);
  await sql`create index allocation_by_receivable on allocation (company_id, receivable_id)`.execute(db);
  await sql`create index allocation_by_payment on allocation (company_id, payment_id)`.execute(db);
  await sql`create index allocation_by_credit_note on allocation (company_id, credit_note_id) where credit_note_id is not null`.execute(
    db,
  );
  await addBalanceTriggers(db);

  await sql`
    create table pause (
      company_id uuid not null,
      id uuid not null,
      customer_id uuid,
      invoice_id uuid,
      sequence_id uuid,
      reason text not null default '',
      from_on date not null,
      until_on date,
      lifted_on date,
      by_user text,
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer on delete cascade,
      foreign key (company_id, invoice_id) references invoice on delete cascade,
      foreign key (company_id, sequence_id) references sequence on delete cascade,
      check (num_nonnulls(customer_id, invoice_id, sequence_id) = 1)
    )`.execute(db);
  await sql`create index pause_of_customer on pause (company_id, customer_id) where lifted_on is null`.execute(db);
  await sql`create index pause_of_invoice on pause (company_id, invoice_id) where lifted_on is null`.execute(db);

  await sql`
    create table dispute (
      company_id uuid not null,
      id uuid not null,
      invoice_id uuid not null,
      reason text not null default '',
      opened_on date not null,
      closed_on date,
      primary key (company_id, id),
      foreign key (company_id, invoice_id) references invoice on delete cascade
    )`.execute(db);
  await sql`create unique index dispute_open on dispute (company_id, invoice_id) where closed_on is null`.execute(db);

  // A receivable's place in dunning. met_on and met_how say when and how it met its sequence: they decide its entry (rule 10).
  await sql`
    create table dunning_case (
      company_id uuid not null,
      receivable_id uuid not null,
      customer_id uuid not null,
      pass integer not null default 1,
      met_on date not null,
      met_how text not null check (met_how in ('arrived', 'enrolled', 'moved', 'live', 'included')),
      entry text not null default 'pending' check (entry in ('pending', 'entered', 'outside')),
      level_by_hand integer,
      level_set_on date,
      look_on date,
      state text not null default 'pending' check (state in ('pending', 'waiting', 'active', 'held', 'outside', 'ended')),
      reason jsonb,
      next_on date,
      next_step_id uuid,
      primary key (company_id, receivable_id),
      foreign key (company_id, receivable_id) references receivable on delete cascade,
      foreign key (company_id, customer_id) references customer
    )`.execute(db);
  await sql`create index case_to_look_at on dunning_case (company_id, look_on, customer_id) where look_on is not null`.execute(
    db,
  );
  await sql`create index case_by_customer on dunning_case (company_id, customer_id)`.execute(db);
  await sql`create index case_outside on dunning_case (company_id, customer_id) where entry = 'outside'`.execute(db);

  await sql`
    create table reminder (
      company_id uuid not null,
      id uuid not null,
      customer_id uuid not null,
      sequence_id uuid,
      step_id uuid,
      level integer not null,
      channel text not null,
      language text not null collate "C",
      currency char(3) not null collate "C",
      state text not null check (state in
        ('to_approve', 'ready', 'sending', 'sent', 'in_doubt', 'failed', 'dropped', 'refused')),
      practice boolean not null,
      by_hand boolean not null default false,
      planned_on date not null,
      send_on date not null,
      reason jsonb,
      recipients jsonb not null,
      subject_edited text,
      body_edited text,
      asked_minor bigint,
      approved_by text,
      approved_at timestamptz,
      claimed_by uuid,
      attempts integer not null default 0,
      next_attempt_at timestamptz,
      left_on date,
      left_at timestamptz,
      message_id text,
      mail_sha256 bytea,
      mail_kept jsonb,
      created_at timestamptz not null default now(),
      primary key (company_id, id),
      foreign key (company_id, customer_id) references customer,
      foreign key (company_id, step_id) references step,
      check ((state in ('sent', 'in_doubt')) = (left_on is not null))
    )`.execute(db);
  await sql`create index reminder_outbox on reminder (company_id, send_on, customer_id, id) where state in ('ready', 'sending')`.execute(
    db,
  );
  await sql`create index reminder_to_approve on reminder (company_id, planned_on, id) where state = 'to_approve'`.execute(
    db,
  );
  await sql`create index reminder_problems on reminder (company_id, id) where state in ('in_doubt', 'failed')`.execute(
    db,
  );
  await sql`create index reminder_by_customer on reminder (company_id, customer_id, created_at)`.execute(db);
  await sql`create index reminder_left on reminder (company_id, left_at) where left_at is not null`.execute(db);

  await sql`
    create table item (
      company_id uuid not null,
      id uuid not null,
      reminder_id uuid,
      receivable_id uuid not null,
      step_id uuid not null,
      pass integer not null,
      state text not null check (state in ('open', 'taken', 'skipped', 'dropped')),
      due_on date not null,
      left_on date,
      reason jsonb,
      asked_minor bigint,
      primary key (company_id, id),
      foreign key (company_id, reminder_id) references reminder on delete cascade,
      foreign key (company_id, receivable_id) references receivable,
      foreign key (company_id, step_id) references step,
      check ((state in ('taken', 'skipped')) = (left_on is not null))
    )`.execute(db);
  // Rule 4: the database itself refuses a step taken twice in one pass.
  await sql`create unique index item_once on item (company_id, receivable_id, pass, step_id) where state <> 'dropped'`.execute(
    db,
  );
  await sql`create index item_by_reminder on item (company_id, reminder_id)`.execute(db);

  await sql`
    create table attempt (
      company_id uuid not null,
      id uuid not null,
      reminder_id uuid not null,
      worker_id uuid not null,
      state text not null check (state in ('begun', 'accepted', 'refused_for_now', 'refused', 'in_doubt', 'captured')),
      begun_at timestamptz not null default now(),
      ended_at timestamptz,
      answer text,
      primary key (company_id, id),
      foreign key (company_id, reminder_id) references reminder on delete cascade
    )`.execute(db);
  await sql`create index attempt_by_reminder on attempt (company_id, reminder_id)`.execute(db);
  await sql`create index attempt_begun on attempt (company_id) where state = 'begun'`.execute(db);

  await sql`
    create table document (
      company_id uuid not null,
      sha256 bytea not null,
      stored_on date not null,
      kind text not null check (kind in ('mail', 'attachment', 'invoice', 'import')),
      bytes bytea not null,
      keep_until date not null,
      legal_hold boolean not null default false,
      primary key (company_id, sha256, stored_on)
    ) partition by range (stored_on)`.execute(db);
  // Bytes are already compressed (PDF) or small: no second compression, but out of the row.
  await sql`
    create function ensure_document_partition(month date) returns void
      language plpgsql security definer set search_path = public as $$
    declare
      first date := date_trunc('month', month)::date;
      name text := 'document_' || to_char(first, 'YYYY_MM');
    begin
      if to_regclass(name) is not null then return; end if;
      perform pg_advisory_xact_lock(hashtext('relance.document_partition'));
      if to_regclass(name) is not null then return; end if;
      execute format('create table %I partition of document for values from (%L) to (%L)',
        name, first, (first + interval '1 month')::date);
    end $$`.execute(db);
  await sql`revoke all on function ensure_document_partition(date) from public`.execute(db);
  await sql`grant execute on function ensure_document_partition(date) to relance_app`.execute(db);

  await sql`
    create table event (
      company_id uuid not null,
      id uuid not null,
      type text not null collate "C",
      customer_id uuid,
      invoice_id uuid,
      reminder_id uuid,
      actor text not null,
      practice boolean not null,
      happened_on date not null,
      happened_at timestamptz not null default now(),
      payload_hash bytea not null,
      sealed_number bigint,
      seal bytea,
      primary key (company_id, id)
    )`.execute(db);
  await sql`create index event_by_customer on event (company_id, customer_id, id)`.execute(db);
  await sql`create index event_by_invoice on event (company_id, invoice_id, id) where invoice_id is not null`.execute(
    db,
  );
  await sql`create index event_unsealed on event (company_id, id) where sealed_number is null`.execute(db);
  await sql`create unique index event_sealed on event (company_id, sealed_number) where sealed_number is not null`.execute(
    db,
  );
  await sql`
    create table event_payload (
      company_id uuid not null,
      event_id uuid not null,
      salt bytea not null,
      payload json not null,
      primary key (company_id, event_id),
      foreign key (company_id, event_id) references event on delete cascade
    )`.execute(db);

  await sql`
    create table run (
      company_id uuid not null references company on delete cascade,
      id uuid not null,
      day date not null,
      by_schedule boolean not null,
      practice boolean not null,
      started_at timestamptz not null default now(),
      finished_at timestamptz,
      counts jsonb,
      primary key (company_id, id)
    )`.execute(db);
  await sql`create unique index run_scheduled_once on run (company_id, day) where by_schedule and not practice`.execute(
    db,
  );

  // After a bulk of rows the planner must know of them at once: with one company, company_id alone looks selective until it
  // is counted, and a join then reads everything for every row.
  await sql`
    create function refresh_statistics(written bigint, variadic names text[]) returns void
      language plpgsql security definer set search_path = public as $$
    declare
      name text;
    begin
      foreach name in array names loop
        -- A table whose statistics know of most of its rows needs no count.
        if (select reltuples < written from pg_class where oid = format('public.%I', name)::regclass) then
          execute format('analyze public.%I', name);
        end if;
      end loop;
    end $$`.execute(db);
  await sql`revoke all on function refresh_statistics(bigint, text[]) from public`.execute(db);
  await sql`grant execute on function refresh_statistics(bigint, text[]) to relance_app`.execute(db);

  for (const table of domainTables) await protect(db, table);
  await addLedger(db);
  // What happened is never rewritten by the application, but for the seal and for an erasure that empties a payload.
  await sql`revoke update, delete on event from relance_app`.execute(db);
  await sql`grant update (sealed_number, seal) on event to relance_app`.execute(db);
  await sql`revoke update, delete on allocation from relance_app`.execute(db);
  // The derived amounts: only the trigger, which has its owner's rights, may change them.
  await sql`
    do $$ declare target record;
    begin
      for target in select t.name, t.derived, string_agg(quote_ident(c.column_name), ', ') as columns
        from (values ('receivable', 'open_minor'), ('payment', 'unallocated_minor'), ('invoice', 'unallocated_minor')) t(name, derived)
        join information_schema.columns c on c.table_schema = 'public' and c.table_name = t.name and c.column_name <> t.derived
        group by 1, 2
      loop
        execute format('revoke update on %I from relance_app', target.name);
        execute format('grant update (%s) on %I to relance_app', target.columns, target.name);
      end loop;
    end $$`.execute(db);
}

/**
 * Events, and what the connections of a delivery write between two messages, as functions: one round trip, and plans that are
 * kept (planning takes longer than all else here, and PostgreSQL would plan anew for each array). Rows are first found by their keys, in a fence: a state that few rows have is no
 * way to find them, and the planner takes it for one. They run with the rights of their caller, so row-level security holds in them.
 */
async function addLedger(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function record_events(the_company uuid, the_actor text, is_practice boolean, on_day date, events jsonb)
      returns void language plpgsql as $$
    begin
      insert into event (company_id, id, type, customer_id, invoice_id, reminder_id, actor, practice, happened_on, payload_hash)
        select the_company, g.id, g.type, g.customer_id, g.invoice_id, g.reminder_id, the_actor, is_practice, on_day, decode(g.hash, 'hex')
        from jsonb_to_recordset(events) as g(id uuid, type text, customer_id uuid, invoice_id uuid, reminder_id uuid, hash text);
      -- The payload's column is json, not jsonb, which would re-order the keys: the very text that was hashed is kept.
      insert into event_payload (company_id, event_id, salt, payload)
        select the_company, g.id, decode(g.salt, 'hex'), g.payload::json
        from jsonb_to_recordset(events) as g(id uuid, salt text, payload text);
    end $$`.execute(db);
  // The messages have left: their steps are taken, and their receivables are looked at again.
  await sql`
    create function mark_left(the_company uuid, reminders uuid[], new_state text, on_day date, at_instant timestamptz)
      returns void language plpgsql as $$
    begin
      update reminder set state = new_state, left_on = on_day, left_at = at_instant, claimed_by = null, next_attempt_at = null
        where company_id = the_company and id = any(reminders);
      with carried as materialized (
        select id, receivable_id, state from item where company_id = the_company and reminder_id = any(reminders)
      ), taken as (
        update item i set state = 'taken', left_on = on_day from carried
          where i.company_id = the_company and i.id = carried.id and carried.state = 'open' returning i.receivable_id
      )
      update dunning_case c set look_on = least(c.look_on, on_day), state = 'active'
        from taken where c.company_id = the_company and c.receivable_id = taken.receivable_id;
    end $$`.execute(db);
  // Ends attempts with a known outcome, then begins others; answers those begun. A reminder that is not this worker's any
  // more is not begun: something changed for its customer, it is rendered again.
  await sql`
    create function turn_attempts(the_company uuid, the_worker uuid, ended jsonb, begun jsonb)
      returns table (begun_reminder uuid, begun_attempt uuid) language plpgsql as $$
    begin
      update attempt a set state = e.state, ended_at = clock_timestamp(), answer = e.answer
        from jsonb_to_recordset(ended) as e(id uuid, state text, answer text)
        where a.company_id = the_company and a.id = e.id;
      return query
        with claimed as materialized (
          select r.id, r.state, r.claimed_by from reminder r where r.company_id = the_company
            and r.id = any(array(select b.reminder from jsonb_to_recordset(begun) as b(reminder uuid)))
            order by r.id for no key update
        )
        insert into attempt (company_id, id, reminder_id, worker_id, state, begun_at)
          select the_company, b.attempt, b.reminder, the_worker, 'begun', clock_timestamp()
          from jsonb_to_recordset(begun) as b(reminder uuid, attempt uuid)
          join claimed on claimed.id = b.reminder and claimed.state = 'sending' and claimed.claimed_by = the_worker
          returning reminder_id, id;
    end $$`.execute(db);
  // All of it in one statement, which is its own transaction.
  await sql`
    create function turn_ledger(the_company uuid, the_worker uuid, on_day date, at_instant timestamptz, ended jsonb, begun jsonb,
      sent uuid[], doubtful uuid[], events jsonb)
      returns table (begun_reminder uuid, begun_attempt uuid)
      language plpgsql set plan_cache_mode = force_generic_plan as $$
    begin
      perform set_config('relance.company_ids', the_company::text, true);
      -- The customers first, as everywhere: a payment and a delivery never wait for each other.
      perform from customer c where c.company_id = the_company and c.id = any(array(
          select r.customer_id from reminder r where r.company_id = the_company and r.id = any(
            sent || doubtful || array(select b.reminder from jsonb_to_recordset(begun) as b(reminder uuid)))))
        order by c.id for no key update;
      if cardinality(sent) > 0 then perform mark_left(the_company, sent, 'sent', on_day, at_instant); end if;
      if cardinality(doubtful) > 0 then perform mark_left(the_company, doubtful, 'in_doubt', on_day, at_instant); end if;
      if jsonb_array_length(events) > 0 then perform record_events(the_company, 'system', false, on_day, events); end if;
      return query select * from turn_attempts(the_company, the_worker, ended, begun);
    end $$`.execute(db);
}

/**
 * open_minor of a receivable and unallocated_minor of a payment or credit note are derived: these triggers write them, in
 * the transaction that allocates, and nothing else does.
 */
async function addBalanceTriggers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function allocation_moves_balances() returns trigger
      language plpgsql security definer set search_path = public as $$
    begin
      update receivable r set open_minor = r.open_minor - moved.amount
        from (select company_id, receivable_id, sum(amount_minor) as amount from new_rows group by 1, 2) moved
        where r.company_id = moved.company_id and r.id = moved.receivable_id;
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
  await sql`create trigger allocation_moves_balances after insert on allocation
    referencing new table as new_rows for each statement execute function allocation_moves_balances()`.execute(db);

  await sql`
    create function balance_starts_whole() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        if tg_table_name = 'receivable' then new.open_minor := new.amount_minor;
        elsif tg_table_name = 'payment' then new.unallocated_minor := new.amount_minor;
        elsif new.type = 'credit_note' then new.unallocated_minor := new.total_minor;
        else new.unallocated_minor := 0;
        end if;
      elsif tg_table_name = 'receivable' then
        new.open_minor := new.open_minor + new.amount_minor - old.amount_minor;
      elsif tg_table_name = 'payment' then
        new.unallocated_minor := new.unallocated_minor + new.amount_minor - old.amount_minor;
      elsif new.type = 'credit_note' then
        new.unallocated_minor := new.unallocated_minor + new.total_minor - old.total_minor;
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger balance_starts_whole before insert or update of amount_minor on receivable
    for each row execute function balance_starts_whole()`.execute(db);
  await sql`create trigger balance_starts_whole before insert or update of amount_minor on payment
    for each row execute function balance_starts_whole()`.execute(db);
  await sql`create trigger balance_starts_whole before insert or update of total_minor on invoice
    for each row execute function balance_starts_whole()`.execute(db);
}
