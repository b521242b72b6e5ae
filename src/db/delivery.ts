// Delivery: claiming reminders from the outbox, marking an attempt begun, noting its outcome. The marks are what makes "never
// twice, never lost" true whatever crashes: not begun is tried again, begun without an outcome is in doubt.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ChargeAsked, Fee } from '../core/charge.ts';
import type { Day } from '../core/day.ts';
import type { ContactRole } from '../core/facts.ts';
import type { Reason } from '../core/reason.ts';
import { eventRows, type NewEvent } from './event.ts';
import { given } from './given.ts';
import { newId } from './id.ts';
import { messageColumns } from './message-columns.ts';
import type { Amount, KeptMail, Recipients, Row, StoredClaim, Tables } from './tables.ts';
import { readThanksToRender } from './thanks.ts';

/** Which of the ready ones may leave: all, or only those below a level, while what came in is not known (by hand, a person decided). */
export interface Leavable {
  belowLevel: number | null;
}

const isBelow = (level: number | null): RawBuilder<boolean> =>
  level === null ? sql<boolean>`true` : sql<boolean>`(level < ${level} or by_hand)`;

/**
 * Candidates to leave: ready, their day come, and not put off after a refusal. Not locked yet. A customer's stand together, so
 * that a batch being claimed and one being handed over seldom want the same customer's lock; those whose messages are being claimed
 * already are left out.
 */
export async function reminderCandidates(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  now: Date,
  limit: number,
  { belowLevel }: Leavable,
  exceptCustomers: ReadonlySet<string>,
): Promise<{ id: string; customerId: string }[]> {
  const found = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from reminder
    where company_id = ${companyId} and state = 'ready' and send_on <= ${today}::date
      and (next_attempt_at is null or next_attempt_at <= ${now}) and ${isBelow(belowLevel)}
      and customer_id <> all(${[...exceptCustomers]}::uuid[])
    order by send_on, customer_id, id limit ${sql.lit(limit)}`.execute(tx);
  return found.rows;
}

/** How many reminders are ready to leave on that day. */
export async function reminderBacklog(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  { belowLevel }: Leavable = { belowLevel: null },
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) from reminder
    where company_id = ${companyId} and state = 'ready' and send_on <= ${today}::date and ${isBelow(belowLevel)}`.execute(
    tx,
  );
  return found.rows[0]!.count;
}

/** Messages that nobody approves and that wait for their hour, in which they can be held back. */
export async function leavingByThemselves(tx: Kysely<Tables>, companyId: string, now: Date): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) from reminder
    where company_id = ${companyId} and state = 'ready' and next_attempt_at > ${now} and attempts = 0 and approved_at is null`.execute(
    tx,
  );
  return found.rows[0]!.count;
}

/** Everything a message is made of, but for what the plan's facts know. */
export interface ReminderToRender {
  id: string;
  kind: Row<'reminder'>['kind'];
  customerId: string;
  customerName: string;
  customerNumber: string;
  /** Another customer pays, and is written to: the message says whose invoices these are. */
  paidByAnother: boolean;
  stepId: string;
  templateKey: string;
  /** The step's own; null: the company's. */
  senderName: string | null;
  replyTo: string | null;
  /** Whom the step writes to, also where it was taken out of its sequence since: the message still goes to these. */
  rolesTo: ContactRole[];
  rolesCc: ContactRole[];
  attachInvoice: boolean;
  /** Of the company, as its step says or a person chose; then those that a person added for this message only. */
  files: { name: string; type: string; sha256: string }[];
  level: number;
  language: string;
  currency: string;
  byHand: boolean;
  recipients: Recipients;
  subjectEdited: string | null;
  bodyEdited: string | null;
  recipientsChosen: boolean;
  attempts: number;
  lastMessageId: string | null;
  items: {
    receivableId: string;
    invoiceId: string;
    invoiceNumber: string;
    issuedOn: Day;
    dueOn: Day;
    amountMinor: number;
    currency: string;
    pdfSha256: string | null;
    pdfName: string | null;
    /** Of its own step, which may be lower than the message's. */
    stepId: string;
    level: number;
    fee: Fee | null;
    occurrence: number;
  }[];
  /** What a message of thanks is about; it has no items, and a reminder has none of these. */
  thanked: {
    invoiceId: string;
    invoiceNumber: string;
    issuedOn: Day;
    /** Of its instalments the earliest. */
    dueOn: Day;
    amountMinor: number;
    currency: string;
    /** The day on which the last of its money came in. */
    paidOn: Day;
  }[];
}

/** The invoices that a message is about: those that it asks for, or thanks for. */
export const invoicesOf = ({
  items,
  thanked,
}: Pick<ReminderToRender, 'items' | 'thanked'>): readonly { invoiceId: string; invoiceNumber: string; dueOn: Day }[] =>
  thanked.length > 0 ? thanked : items;

/**
 * What goes with reminder r of step s beside its invoices: the company's own files, then what was added to it; of its own company and
 * customer, whatever else a row may say.
 */
const filesOf = sql`coalesce((select json_agg(json_build_object('name', f.name, 'type', f.type, 'sha256', encode(f.sha256, 'hex'))
    order by f.source, f.place, f.id)
  from (
    select 1 as source, sf.position as place, c.id, c.name, c.type, c.sha256
      from step_file sf join company_file c on c.company_id = sf.company_id and c.id = sf.file_id
      where r.company_file_ids is null and sf.company_id = r.company_id and sf.step_id = s.id
    union all
    select 1, array_position(r.company_file_ids, c.id), c.id, c.name, c.type, c.sha256
      from company_file c where c.company_id = r.company_id and c.id = any(r.company_file_ids)
    union all
    select 2, 0, a.id, a.name, a.type, a.sha256
      from reminder_file a where a.company_id = r.company_id and a.reminder_id = r.id and a.customer_id = r.customer_id
  ) f), '[]')`;

/** These messages with what they ask or thank for (of any state: what the inbox shows is what would leave). */
export async function readRemindersToRender(
  tx: Kysely<Tables>,
  companyId: string,
  ids: readonly string[],
  state: 'ready' | 'any' = 'any',
): Promise<ReminderToRender[]> {
  const found = await sql<Omit<ReminderToRender, 'thanked'>>`
    select ${messageColumns}, r.kind, r.step_id as "stepId", s.template_key as "templateKey", s.sender_name as "senderName",
      s.reply_to as "replyTo", s.roles_to as "rolesTo", s.roles_cc as "rolesCc", coalesce(r.attaches_invoices, s.attach_invoice) as "attachInvoice", ${filesOf} as files,
      (select json_agg(json_build_object('receivableId', v.id, 'invoiceId', n.id, 'invoiceNumber', n.number, 'issuedOn', n.issued_on,
          'dueOn', v.due_on, 'amountMinor', v.amount_minor, 'currency', v.currency, 'pdfSha256', encode(n.pdf_sha256, 'hex'), 'pdfName', n.pdf_name,
          'stepId', i.step_id, 'level', t.level, 'fee', t.fee, 'occurrence', i.occurrence)
          order by v.due_on, n.number, v.position)
        from item i
        join receivable v on v.company_id = i.company_id and v.id = i.receivable_id
        join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
        join step t on t.company_id = i.company_id and t.id = i.step_id
        where i.company_id = r.company_id and i.reminder_id = r.id and (i.state in ('open', 'taken') or r.state = 'undelivered')) as items
    from reminder r
    join customer c on c.company_id = r.company_id and c.id = r.customer_id
    join step s on s.company_id = r.company_id and s.id = r.step_id
    where r.company_id = ${companyId} and r.id = any(${ids}::uuid[]) and (${state} = 'any' or r.state = 'ready')
    order by r.send_on, r.id`.execute(tx);
  const reminders = found.rows.map((row) => ({ ...row, thanked: [] }));
  if (reminders.length === ids.length) return reminders;
  // Thanks have no step: they are among those that were not found.
  const others = ids.filter((id) => !reminders.some((one) => one.id === id));
  return [...reminders, ...(await readThanksToRender(tx, companyId, others, state))];
}

export interface ClaimedReminder {
  id: string;
  messageId: string;
  mailSha256: Buffer;
  kept: KeptMail;
  askedMinor: number;
  askedOthers: readonly Amount[];
  claims: readonly StoredClaim[] | null;
  askedCharges: readonly ChargeAsked[];
  recipients: Recipients;
}

/**
 * Claims for this worker, under the claim's own name, what has been rendered; only what is still ready is claimed. Only this claim
 * may begin these reminders: whatever gives them back, or claims them again, ends it.
 */
export async function claimReminders(
  tx: Kysely<Tables>,
  companyId: string,
  { workerId, claimId }: { workerId: string; claimId: string },
  claimed: readonly ClaimedReminder[],
): Promise<void> {
  await sql`
    update reminder r set state = 'sending', claimed_by = ${workerId}, claim_id = ${claimId}, message_id = given."messageId",
      mail_sha256 = given."mailSha256", mail_kept = given.kept, asked_minor = given."askedMinor",
      asked_others = given."askedOthers", claims = given.claims, asked_charges = given."askedCharges", recipients = given.recipients
    from ${given(claimed, { id: 'uuid', messageId: 'text', mailSha256: 'bytea', kept: 'jsonb', askedMinor: 'bigint', askedOthers: 'jsonb', claims: 'jsonb', askedCharges: 'jsonb', recipients: 'jsonb' })}
    where r.company_id = ${companyId} and r.id = given.id and r.state = 'ready'`.execute(tx);
}

export interface AskedItem {
  reminderId: string;
  receivableId: string;
  askedMinor: number;
}

/** Most ask for what the plan said. */
export async function noteAsked(tx: Kysely<Tables>, companyId: string, items: readonly AskedItem[]): Promise<void> {
  await sql`
    update item i set asked_minor = given."askedMinor"
    from ${given(items, { reminderId: 'uuid', receivableId: 'uuid', askedMinor: 'bigint' })}
    where i.company_id = ${companyId} and i.reminder_id = given."reminderId" and i.receivable_id = given."receivableId"
      and i.state = 'open' and i.asked_minor is distinct from given."askedMinor"`.execute(tx);
}

export interface EndedAttempt {
  id: string;
  state: Row<'attempt'>['state'];
  answer: string;
}

export async function endAttempts(
  tx: Kysely<Tables>,
  companyId: string,
  ended: readonly EndedAttempt[],
): Promise<void> {
  if (ended.length === 0) return;
  await sql`update attempt a set state = given.state, ended_at = clock_timestamp(), answer = given.answer
    from ${given(ended, { id: 'uuid', state: 'text', answer: 'text' })}
    where a.company_id = ${companyId} and a.id = given.id`.execute(tx);
}

/** The messages have left: their steps are taken, and their receivables are looked at again. */
export async function markLeft(
  tx: Kysely<Tables>,
  companyId: string,
  reminderIds: readonly string[],
  state: 'sent' | 'in_doubt',
  today: Day,
  at: Date,
): Promise<void> {
  if (reminderIds.length === 0) return;
  await sql`select mark_left(${companyId}, ${reminderIds}::uuid[], ${state}, ${today}::date, ${at})`.execute(tx);
}

export interface LedgerTurn {
  workerId: string;
  today: Day;
  at: Date;
  /** Of all the messages that it writes of. */
  customerIds: readonly string[];
  ended: readonly EndedAttempt[];
  /** Reminders that are handed over next, and the claim under which they were taken. */
  begins: readonly { reminderId: string; claimId: string; attemptId: string }[];
  sent: readonly string[];
  doubtful: readonly string[];
  events: readonly NewEvent[];
}

/**
 * What a delivery writes between two messages, committed by this one statement: outcomes of some, the beginning of others.
 * Answers the attempts begun; where one is missing, the reminder is not this claim's any more.
 */
export async function turnLedger(db: Kysely<Tables>, companyId: string, turn: LedgerTurn): Promise<Set<string>> {
  const begun = turn.begins.map((one) => ({ reminder: one.reminderId, claim: one.claimId, attempt: one.attemptId }));
  const found = await sql<{ attempt: string }>`
    select begun_attempt as attempt from turn_ledger(${companyId}, ${turn.workerId}, ${turn.today}::date,
      ${turn.at}, ${turn.customerIds}::uuid[], ${JSON.stringify(turn.ended)}::jsonb, ${JSON.stringify(begun)}::jsonb, ${turn.sent}::uuid[], ${turn.doubtful}::uuid[],
      ${JSON.stringify(eventRows(turn.events))}::jsonb)`.execute(db);
  return new Set(found.rows.map((row) => row.attempt));
}

/** Practice: kept, handed to nobody, and counted as sent. */
export async function captureReminders(
  tx: Kysely<Tables>,
  companyId: string,
  workerId: string,
  reminderIds: readonly string[],
  today: Day,
  at: Date,
): Promise<void> {
  const attempts = reminderIds.map((reminderId) => ({ id: newId(), reminderId }));
  await sql`
    insert into attempt (company_id, id, reminder_id, worker_id, state, ended_at)
    select ${companyId}::uuid, given.id, given."reminderId", ${workerId}::uuid, 'captured', now()
    from ${given(attempts, { id: 'uuid', reminderId: 'uuid' })}`.execute(tx);
  await markLeft(tx, companyId, reminderIds, 'sent', today, at);
}

/**
 * Refused for now: back to the outbox, to be tried again at that instant. `recipientsChosen`: when it was claimed. Where they were
 * forgotten since (forgetChosenRecipients), what was approved was approved with them: it waits for approval again, which is answered.
 */
export async function putOff(
  tx: Kysely<Tables>,
  companyId: string,
  { reminderId, recipientsChosen }: { reminderId: string; recipientsChosen: boolean },
  nextAttemptAt: Date,
): Promise<boolean> {
  const forgotten = sql`(${recipientsChosen}::boolean and not recipients_chosen)`;
  const { rows } = await sql<{ waits: boolean }>`
    update reminder set claimed_by = null, claim_id = null, attempts = attempts + 1,
      state = case when ${forgotten} then 'to_approve' else 'ready' end,
      approved_by = case when ${forgotten} then null else approved_by end,
      approved_at = case when ${forgotten} then null else approved_at end,
      next_attempt_at = case when ${forgotten} then null else ${nextAttemptAt}::timestamptz end
    where company_id = ${companyId} and id = ${reminderId} returning state = 'to_approve' as waits`.execute(tx);
  return rows[0]?.waits ?? false;
}

/** Refused for good, or undelivered where no address exists: a person must look at it; it holds back the next steps until then. */
export async function markFailed(
  tx: Kysely<Tables>,
  companyId: string,
  reminderId: string,
  reason: Reason,
  state: 'failed' | 'undelivered' = 'failed',
): Promise<void> {
  const held = { code: state === 'failed' ? 'failed-before' : 'not-delivered' };
  await sql`
    with failed as (
      update reminder set state = ${state}, claimed_by = null, claim_id = null, attempts = attempts + 1, reason = ${JSON.stringify(reason)}::jsonb
      where company_id = ${companyId} and id = ${reminderId} returning id
    )
    update dunning_case c set look_on = null, state = 'held', reason = ${JSON.stringify(held)}::jsonb
    from item i, failed where i.company_id = ${companyId} and i.reminder_id = failed.id and i.state = 'open'
      and c.company_id = i.company_id and c.receivable_id = i.receivable_id`.execute(tx);
}

export interface Orphan {
  reminderId: string;
  customerId: string;
  workerId: string;
  attemptId: string | null;
}

/** Reminders in the hands of workers: with the attempt that was begun and has no outcome, if any. */
export async function reminderInHands(tx: Kysely<Tables>, companyId: string): Promise<Orphan[]> {
  const found = await sql<Orphan>`
    select r.id as "reminderId", r.customer_id as "customerId", r.claimed_by as "workerId", a.id as "attemptId"
    from reminder r
    left join attempt a on a.company_id = r.company_id and a.reminder_id = r.id and a.state = 'begun'
    where r.company_id = ${companyId} and r.state = 'sending'`.execute(tx);
  return found.rows;
}

/** Whether that worker lives: it holds an advisory lock on its identifier for as long as it is connected. */
export async function isWorkerAlive(tx: Kysely<Tables>, workerId: string): Promise<boolean> {
  const free = await sql<{
    free: boolean;
  }>`select pg_try_advisory_xact_lock(${workerLockSpace}, hashtext(${workerId})) as free`.execute(tx);
  return !free.rows[0]!.free;
}

/** Advisory locks of workers are pairs of integers: this one, and the hash of the worker's identifier. */
export const workerLockSpace = 0x52656c;
