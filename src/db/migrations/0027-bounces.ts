// Messages that were not delivered: what the recipients' servers said of each address, which addresses are not written to any more,
// and the state in which such a message waits for a person.
import { type Kysely, sql } from 'kysely';
import { protect } from './0001-base.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  // An address as it is compared, in lower case: whoever has it, and wherever it is typed again, it is blocked.
  await sql`
    create table blocked_address (
      company_id uuid not null references company on delete cascade,
      address text not null collate "C" check (address = lower(address)),
      reason text not null,
      practice boolean not null,
      blocked_on date not null,
      blocked_by text not null,
      reminder_id uuid,
      primary key (company_id, address),
      foreign key (company_id, reminder_id) references reminder on delete set null (reminder_id)
    )`.execute(db);
  await sql`create index blocked_address_by_reminder on blocked_address (company_id, reminder_id) where reminder_id is not null`.execute(
    db,
  );
  await protect(db, 'blocked_address');
  await sql`
    insert into blocked_address (company_id, address, reason, practice, blocked_on, blocked_by)
    select distinct on (k.company_id, lower(k.email)) k.company_id, lower(k.email), k.blocked_reason, c.mode = 'practice', current_date, 'system'
    from contact k join company c on c.id = k.company_id
    where k.blocked_reason is not null and k.email is not null order by k.company_id, lower(k.email), k.id`.execute(db);
  await sql`alter table contact drop column blocked_reason`.execute(db);
  // Blocks: it was the reason to block the address once; unblocked by a person, the same report again does not.
  // Once for each address of a message: the same report twice says nothing new. Delayed: the server still tries.
  // Unclear: of an address that the message was passed on to, or of one of two messages under one name. A person looks.
  await sql`
    create table bounce (
      company_id uuid not null references company on delete cascade,
      reminder_id uuid not null,
      address text not null collate "C" check (address = lower(address)),
      kind text not null check (kind in ('failed', 'delayed', 'unclear')),
      source text not null check (source in ('server', 'report', 'person')),
      reason text not null,
      blocks boolean not null default false,
      noted_on date not null,
      noted_at timestamptz not null,
      noted_by text not null,
      primary key (company_id, reminder_id, address, kind),
      foreign key (company_id, reminder_id) references reminder on delete cascade
    )`.execute(db);
  await protect(db, 'bounce');
  // It came back after it had left, or every address was refused while it was handed over: with or without a day on which it left.
  await sql`alter table reminder drop constraint reminder_state_check`.execute(db);
  await sql`alter table reminder drop constraint reminder_check`.execute(db);
  await sql`alter table reminder
    add constraint reminder_state_check check (state in
      ('to_approve', 'ready', 'sending', 'sent', 'in_doubt', 'failed', 'dropped', 'refused', 'to_do', 'undelivered')),
    add constraint reminder_left check (state = 'undelivered' or (state in ('sent', 'in_doubt')) = (left_on is not null))`.execute(
    db,
  );
  await sql`drop index reminder_problems`.execute(db);
  await sql`create index reminder_problems on reminder (company_id, id) where state in ('in_doubt', 'failed', 'undelivered')`.execute(
    db,
  );
}
