// Reminders and their items: the outbox. Written together with the cases that they move, in one transaction.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Reason } from '../core/reason.ts';
import { given } from './given.ts';
import type { Amount, Recipients, ReminderState, Tables } from './tables.ts';

export interface NewReminder {
  id: string;
  customerId: string;
  sequenceId: string | null;
  stepId: string;
  level: number;
  channel: string;
  language: string;
  currency: string;
  state: ReminderState;
  byHand: boolean;
  plannedOn: Day;
  reason: Reason;
  recipients: Recipients;
  /** In `currency`. */
  askedMinor: number;
  /** What it asks for in other currencies. */
  askedOthers: readonly Amount[];
  /** It may be held back until then; null: it leaves at once. */
  notBefore: Date | null;
}

export interface NewItem {
  id: string;
  reminderId: string | null;
  receivableId: string;
  stepId: string;
  pass: number;
  /** From 1 on: the last step again. */
  occurrence: number;
  state: 'open' | 'taken' | 'skipped';
  dueOn: Day;
  leftOn: Day | null;
  reason: Reason | null;
  askedMinor: number | null;
}

const reminderTypes = {
  id: 'uuid',
  customerId: 'uuid',
  sequenceId: 'uuid',
  stepId: 'uuid',
  level: 'integer',
  channel: 'text',
  language: 'text',
  currency: 'text',
  state: 'text',
  byHand: 'boolean',
  plannedOn: 'date',
  reason: 'jsonb',
  recipients: 'jsonb',
  askedMinor: 'bigint',
  askedOthers: 'jsonb',
  notBefore: 'timestamptz',
};

export async function insertReminders(
  tx: Kysely<Tables>,
  companyId: string,
  practice: boolean,
  reminders: readonly NewReminder[],
): Promise<void> {
  if (reminders.length === 0) return;
  await sql`
    insert into reminder (company_id, id, customer_id, sequence_id, step_id, level, channel, language, currency, state, practice,
      by_hand, planned_on, send_on, reason, recipients, asked_minor, asked_others,
      next_attempt_at)
    select ${companyId}::uuid, id, "customerId", "sequenceId", "stepId", level, channel, language, currency, state, ${practice}::boolean,
      "byHand", "plannedOn", "plannedOn", reason, recipients, "askedMinor", "askedOthers", "notBefore"
    from ${given(reminders, reminderTypes)}`.execute(tx);
}

const itemTypes = {
  id: 'uuid',
  reminderId: 'uuid',
  receivableId: 'uuid',
  stepId: 'uuid',
  pass: 'integer',
  occurrence: 'integer',
  state: 'text',
  dueOn: 'date',
  leftOn: 'date',
  reason: 'jsonb',
  askedMinor: 'bigint',
};

/** Throws on a step that is taken already in this pass (unique index item_once): the transaction is then undone whole. */
export async function insertItems(tx: Kysely<Tables>, companyId: string, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    insert into item (company_id, id, reminder_id, receivable_id, step_id, pass, occurrence, state, due_on, left_on, reason,
      asked_minor, formal_notice)
    select ${companyId}::uuid, id, "reminderId", "receivableId", "stepId", pass, occurrence, state, "dueOn", "leftOn", reason, "askedMinor",
      (select s.formal_notice from step s where s.company_id = ${companyId}::uuid and s.id = "stepId")
    from ${given(items, itemTypes)}`.execute(tx);
}

/** Of reminder r: not in the hands of a connection: one that is has left, or is in doubt, as soon as that one knows, and nothing takes it back. */
export const notBegun = sql`not exists (select from attempt a where a.company_id = r.company_id and a.reminder_id = r.id and a.state = 'begun')`;

/** An item that has not left, with what decides whether it still may. */
export interface OpenItem {
  itemId: string;
  reminderId: string;
  customerId: string;
  receivableId: string;
  invoiceId: string;
  reminderState: ReminderState;
  /** Of its step. */
  level: number;
  byHand: boolean;
  minimums: Record<string, number>;
  formalNotice: boolean;
  dueOn: Day;
  /** What it was last known to ask for. */
  askedMinor: number | null;
}

/** Open items of these customers in reminders that no connection has been handed yet, that nobody has done yet, or that came back. */
export async function openItems(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<OpenItem[]> {
  const found = await sql<OpenItem>`
    select i.id as "itemId", r.id as "reminderId", r.customer_id as "customerId", i.receivable_id as "receivableId",
      v.invoice_id as "invoiceId", r.state as "reminderState", s.level, r.by_hand as "byHand", s.minimums, s.formal_notice as "formalNotice",
      i.due_on as "dueOn", i.asked_minor as "askedMinor"
    from reminder r
    join item i on i.company_id = r.company_id and i.reminder_id = r.id and i.state = 'open'
    join receivable v on v.company_id = i.company_id and v.id = i.receivable_id
    join step s on s.company_id = i.company_id and s.id = i.step_id
    where r.company_id = ${companyId} and r.customer_id = any(${customerIds}::uuid[])
      and r.state in ('to_approve', 'ready', 'sending', 'failed', 'to_do', 'undelivered')
      and ${notBegun}
    order by i.id`.execute(tx);
  return found.rows;
}

export interface ClosedItem {
  itemId: string;
  outcome: 'dropped' | 'skipped';
  reason: Reason;
}

/** Takes items out of their reminders: dropped ones free their step again, skipped ones count from the day they were due. */
export async function closeItems(tx: Kysely<Tables>, companyId: string, items: readonly ClosedItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    update item i set state = given.outcome, reason = given.reason,
      left_on = case when given.outcome = 'skipped' then i.due_on end
    from ${given(items, { itemId: 'uuid', outcome: 'text', reason: 'jsonb' })}
    where i.company_id = ${companyId} and i.id = given."itemId"`.execute(tx);
}

/**
 * Reminders without an open item left are dropped, with the reason of their last item; answers which. Those that a worker
 * had claimed but not begun are given back, so that they are rendered again with what is true now.
 */
export async function dropEmptyReminders(
  tx: Kysely<Tables>,
  companyId: string,
  reminderIds: readonly string[],
): Promise<string[]> {
  const dropped = await sql<{ id: string }>`
    update reminder r set state = 'dropped', claimed_by = null, claim_id = null,
      reason = (select i.reason from item i where i.company_id = r.company_id and i.reminder_id = r.id order by i.id desc limit 1)
    where company_id = ${companyId} and id = any(${reminderIds}::uuid[]) and state in ('to_approve', 'ready', 'sending', 'failed', 'to_do')
      and not exists (select from item i where i.company_id = r.company_id and i.reminder_id = r.id and i.state = 'open')
    returning id`.execute(tx);
  return dropped.rows.map((row) => row.id);
}

/**
 * Messages that have lost an invoice, or ask for other amounts now: the highest of the steps that are left gives level, template and
 * currency (rule 12; by hand a person chose them), and what is asked for is the sum of what is left, each currency apart. What came back
 * stays what it was when it left.
 */
export async function retotal(tx: Kysely<Tables>, companyId: string, reminderIds: readonly string[]): Promise<void> {
  if (reminderIds.length === 0) return;
  await sql`
    with left_in as (
      select i.reminder_id, i.id, i.step_id, s.level, s.offset_days, v.currency, i.asked_minor
      from item i
      join step s on s.company_id = i.company_id and s.id = i.step_id
      join receivable v on v.company_id = i.company_id and v.id = i.receivable_id
      where i.company_id = ${companyId} and i.reminder_id = any(${reminderIds}::uuid[]) and i.state = 'open'
    ), highest as (
      select distinct on (l.reminder_id) l.reminder_id, case when r.by_hand then r.step_id else l.step_id end as step_id,
        case when r.by_hand then r.level else l.level end as level, case when r.by_hand then r.currency else l.currency end as currency
      from left_in l join reminder r on r.company_id = ${companyId} and r.id = l.reminder_id
      order by l.reminder_id, l.level desc, l.offset_days desc, l.id
    ), sums as (
      select reminder_id, currency, sum(coalesce(asked_minor, 0))::bigint as minor from left_in group by 1, 2
    )
    update reminder r set step_id = h.step_id, level = h.level, currency = h.currency,
      asked_minor = coalesce((select minor from sums s where s.reminder_id = r.id and s.currency = h.currency), 0),
      asked_others = coalesce((select jsonb_agg(jsonb_build_object('currency', s.currency, 'minor', s.minor) order by s.currency)
        from sums s where s.reminder_id = r.id and s.currency <> h.currency), '[]')
    from highest h where r.company_id = ${companyId} and r.id = h.reminder_id and r.state <> 'undelivered'`.execute(tx);
}

/** What is asked for by items that have not left, as it is now. */
export async function askNow(
  tx: Kysely<Tables>,
  companyId: string,
  items: readonly { itemId: string; askedMinor: number }[],
): Promise<void> {
  if (items.length === 0) return;
  await sql`
    update item i set asked_minor = given."askedMinor"
    from ${given(items, { itemId: 'uuid', askedMinor: 'bigint' })}
    where i.company_id = ${companyId} and i.id = given."itemId"`.execute(tx);
}

/** Claimed but not begun: back to the outbox, and nobody's any more. */
export async function giveBack(tx: Kysely<Tables>, companyId: string, reminderIds: readonly string[]): Promise<void> {
  if (reminderIds.length === 0) return;
  await sql`update reminder r set state = 'ready', claimed_by = null, claim_id = null
    where company_id = ${companyId} and id = any(${reminderIds}::uuid[]) and state = 'sending' and ${notBegun}`.execute(
    tx,
  );
}

/** Ready, on another day. */
export async function postponeReminders(
  tx: Kysely<Tables>,
  companyId: string,
  postponed: readonly { id: string; until: Day }[],
): Promise<void> {
  await sql`update reminder r set send_on = given.until from ${given(postponed, { id: 'uuid', until: 'date' })}
    where r.company_id = ${companyId} and r.id = given.id and r.state = 'ready'`.execute(tx);
}

/** Ready, or claimed and not begun, and their day has come. */
export async function readyToLeave(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
): Promise<{ id: string; customerId: string }[]> {
  const found = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from reminder
    where company_id = ${companyId} and state in ('ready', 'sending') and send_on <= ${today}::date`.execute(tx);
  return found.rows;
}

/** Back to waiting for approval, whatever approved them; answers which. Lock the customers first. */
export async function holdBackReminders(
  tx: Kysely<Tables>,
  companyId: string,
  reminderIds: readonly string[],
): Promise<{ id: string; customerId: string }[]> {
  const held = await sql<{ id: string; customerId: string }>`
    update reminder r set state = 'to_approve', claimed_by = null, claim_id = null, approved_by = null, approved_at = null,
      next_attempt_at = null
    where company_id = ${companyId} and id = any(${reminderIds}::uuid[]) and state in ('ready', 'sending') and ${notBegun}
    returning id, customer_id as "customerId"`.execute(tx);
  return held.rows;
}

/** The same for what these claims still hold; what somebody else has claimed since is theirs. */
export async function endClaims(
  tx: Kysely<Tables>,
  companyId: string,
  claims: readonly { reminderId: string; claimId: string }[],
): Promise<void> {
  if (claims.length === 0) return;
  await sql`update reminder r set state = 'ready', claimed_by = null, claim_id = null
    from ${given(claims, { reminderId: 'uuid', claimId: 'uuid' })}
    where r.company_id = ${companyId} and r.id = given."reminderId" and r.claim_id = given."claimId" and r.state = 'sending'
      and ${notBegun}`.execute(tx);
}

/** Claimed but not begun: back to the outbox. Begun ones are in a connection's hands and stay. */
export async function unclaim(tx: Kysely<Tables>, companyId: string, customerIds: readonly string[]): Promise<void> {
  await sql`
    update reminder r set state = 'ready', claimed_by = null, claim_id = null
    where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and state = 'sending' and ${notBegun}`.execute(
    tx,
  );
}

/**
 * The same for the whole company, before something changes that many messages depend on: a sequence, the calendar, a file. Whoever has
 * something in the outbox is locked, so that a claim under way ends first and the next one reads what was changed. To be called before
 * anything else is locked, since everybody locks the customers first.
 */
export async function unclaimEverything(tx: Kysely<Tables>, companyId: string): Promise<void> {
  await sql`
    select from customer where company_id = ${companyId}
      and id in (select customer_id from reminder where company_id = ${companyId} and state in ('ready', 'sending'))
    order by id for no key update`.execute(tx);
  await sql`
    update reminder r set state = 'ready', claimed_by = null, claim_id = null
    where company_id = ${companyId} and state = 'sending' and ${notBegun}`.execute(tx);
}
