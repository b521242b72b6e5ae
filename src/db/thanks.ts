// Thanks: invoices that money was received for, the messages that thank for them, and what these messages are about.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { addDays, type Day } from '../core/day.ts';
import type { Reason } from '../core/reason.ts';
import { thanksTemplate } from '../core/template-key.ts';
import { type PaidInvoice, thanksWithinDays } from '../core/thanks.ts';
import type { ReminderToRender } from './delivery.ts';
import { given } from './given.ts';
import { messageColumns } from './message-columns.ts';
import { isAfter } from './paging.ts';
import { notBegun } from './reminder.ts';
import type { Recipients, ReminderState, Tables } from './tables.ts';

export interface PaidSince {
  practice: boolean;
  /** What was entered from that day on counts, */
  since: Day;
  /** and up to that one, which is included. */
  enteredBy: Day;
  today: Day;
}

/** Reminders r of items i, of step s, that reached a customer by e-mail on the due date or after it, for instalment v of case c. */
const reminded = (practice: boolean): RawBuilder<unknown> => sql`
  from receivable v
  join dunning_case c on c.company_id = v.company_id and c.receivable_id = v.id
  join item i on i.company_id = v.company_id and i.receivable_id = v.id and i.pass = c.pass and i.state = 'taken'
  join reminder r on r.company_id = i.company_id and r.id = i.reminder_id and r.state = 'sent' and r.kind = 'reminder'
    and r.channel = 'email' and r.mail_sha256 is not null and r.practice = ${practice}
  join step s on s.company_id = i.company_id and s.id = i.step_id and s.offset_days >= 0`;

/** Invoices with nothing left to pay whose money came in lately, that were reminded of and are not thanked for. */
const paidLately = (companyId: string, { practice, since, enteredBy, today }: PaidSince): RawBuilder<unknown> => sql`
  from payment p
  join allocation a on a.company_id = p.company_id and a.payment_id = p.id and a.amount_minor > 0
    and a.allocated_on between ${since}::date and ${enteredBy}::date
  join receivable w on w.company_id = a.company_id and w.id = a.receivable_id
  where p.company_id = ${companyId} and p.kind = 'payment' and p.returned_on is null
    and p.received_on >= ${addDays(today, -thanksWithinDays)}::date
    and not exists (select from receivable o where o.company_id = w.company_id and o.invoice_id = w.invoice_id and o.open_minor > 0)
    and exists (select ${reminded(practice)}
      where v.company_id = w.company_id and v.invoice_id = w.invoice_id
        and not exists (select from thanked t where t.company_id = v.company_id and t.receivable_id = v.id and t.pass = c.pass
          and t.state <> 'dropped'))`;

/** Customers with such an invoice, by identifier after one: whether any is to be thanked for is decided of each. */
export async function payersLately(
  tx: Kysely<Tables>,
  companyId: string,
  paid: PaidSince,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct w.customer_id as id ${paidLately(companyId, paid)}
      and ${isAfter('w.customer_id', after)}
    order by 1 limit ${sql.lit(limit)}`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** Those of these customers. */
export async function invoicesPaidLately(
  tx: Kysely<Tables>,
  companyId: string,
  paid: PaidSince,
  customerIds: readonly string[],
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct w.invoice_id as id ${paidLately(companyId, paid)} and w.customer_id = any(${customerIds}::uuid[])`.execute(
    tx,
  );
  return found.rows.map(({ id }) => id);
}

/** The day on which the last money for invoice n came in. */
const lastPaidOn = sql`(select max(p.received_on) from receivable v
  join allocation a on a.company_id = v.company_id and a.receivable_id = v.id and a.amount_minor > 0
  join payment p on p.company_id = a.company_id and p.id = a.payment_id and p.kind = 'payment' and p.returned_on is null
  where v.company_id = n.company_id and v.invoice_id = n.id
    and not exists (select from allocation u where u.company_id = a.company_id and u.undoes_id = a.id))`;

/** These invoices as they are on that day, each with its customer. Lock the customers first where something will be decided. */
export async function readPaidInvoices(
  tx: Kysely<Tables>,
  companyId: string,
  { practice, today }: { practice: boolean; today: Day },
  invoiceIds: readonly string[],
): Promise<(PaidInvoice & { customerId: string })[]> {
  if (invoiceIds.length === 0) return [];
  const found = await sql<PaidInvoice & { customerId: string }>`
    select n.id as "invoiceId", n.customer_id as "customerId", n.number as "invoiceNumber", n.issued_on as "issuedOn", n.currency,
      n.total_minor as "totalMinor", n.status, n.recipients, coalesce(d.due_on, n.issued_on) as "dueOn",
      array(select b.address from blocked_address b where b.company_id = n.company_id and b.address in (
        select lower(own.address) from jsonb_array_elements_text((n.recipients -> 'to') || (n.recipients -> 'cc')) as own(address)))
        as "blockedRecipients",
      d.open = 0 and coalesce(m.by_money, false) as "isPaid", ${lastPaidOn} as "paidOn", m.entered_on as "enteredOn",
      exists (select from dispute q where q.company_id = n.company_id and q.invoice_id = n.id and q.closed_on is null) as disputed,
      coalesce((select json_agg(json_build_object('fromOn', q.from_on, 'untilOn', q.until_on, 'reason', q.reason)) from pause q
        where q.company_id = n.company_id and q.invoice_id = n.id and q.lifted_on is null), '[]') as pauses,
      exists (select from charge q where q.company_id = n.company_id and q.customer_id = n.customer_id and q.open_minor > 0
        and q.waived_on is null and q.practice = ${practice}) as "owesCharges",
      exists (select from customer c join company y on y.id = c.company_id
        join receivable v on v.company_id = c.company_id and v.customer_id = c.payer_id
        join invoice o on o.company_id = v.company_id and o.id = v.invoice_id
        where c.company_id = n.company_id and c.id = n.customer_id and v.due_on < ${today}::date and v.open_minor > 0
          and v.open_minor >= y.tolerance_minor and o.status = 'issued' and not o.direct_debit) as "payerOwes",
      exists (select from thanked t join dunning_case c on c.company_id = t.company_id and c.receivable_id = t.receivable_id and c.pass = t.pass
        join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
        where t.company_id = n.company_id and v.invoice_id = n.id and t.state <> 'dropped') as "isThanked",
      coalesce((select json_agg(json_build_object('receivableId', x.receivable_id, 'pass', x.pass, 'leftOn', x.left_on,
          'step', json_build_object('id', x.step_id, 'level', x.level, 'rolesTo', x.roles_to, 'rolesCc', x.roles_cc,
            'sender', json_build_object('name', x.sender_name, 'replyTo', x.reply_to))) order by x.receivable_id)
        from (select distinct on (v.id) v.id as receivable_id, c.pass, r.left_on, s.id as step_id, s.level, s.roles_to, s.roles_cc,
            s.sender_name, s.reply_to
          ${reminded(practice)} where v.company_id = n.company_id and v.invoice_id = n.id
          order by v.id, r.left_at desc, s.level desc) x), '[]') as reminded
    from invoice n
    left join lateral (select min(v.due_on) as due_on, sum(greatest(v.open_minor, 0)) as open from receivable v
      where v.company_id = n.company_id and v.invoice_id = n.id) d on true
    left join lateral (
      select max(a.allocated_on) as entered_on, bool_or(p.kind = 'payment') and not bool_or(p.kind = 'settlement') as by_money
      from receivable v
      join allocation a on a.company_id = v.company_id and a.receivable_id = v.id and a.amount_minor > 0
      left join payment p on p.company_id = a.company_id and p.id = a.payment_id
      where v.company_id = n.company_id and v.invoice_id = n.id
        and not exists (select from allocation u where u.company_id = a.company_id and u.undoes_id = a.id)) m on true
    where n.company_id = ${companyId} and n.id = any(${invoiceIds}::uuid[]) order by n.id`.execute(tx);
  return found.rows;
}

export interface NewThanks {
  id: string;
  customerId: string;
  language: string;
  currency: string;
  state: 'to_approve' | 'ready';
  plannedOn: Day;
  reason: Reason;
  recipients: Recipients;
  thanked: readonly { receivableId: string; pass: number; stepId: string }[];
}

/** Throws where an instalment is thanked for already in this pass (unique index thanked_once): the transaction is undone whole. */
export async function insertThanks(
  tx: Kysely<Tables>,
  companyId: string,
  practice: boolean,
  thanks: readonly NewThanks[],
): Promise<void> {
  if (thanks.length === 0) return;
  const types = {
    id: 'uuid',
    customerId: 'uuid',
    language: 'text',
    currency: 'text',
    state: 'text',
    plannedOn: 'date',
    reason: 'jsonb',
    recipients: 'jsonb',
  };
  await sql`
    insert into reminder (company_id, id, kind, customer_id, level, channel, language, currency, state, practice, planned_on, send_on,
      reason, recipients, asked_minor)
    select ${companyId}::uuid, id, 'thanks', "customerId", 0, 'email', language, currency, state, ${practice}::boolean, "plannedOn",
      "plannedOn", reason, recipients, 0
    from ${given(
      thanks.map(({ thanked: _, ...one }) => one),
      types,
    )}`.execute(tx);
  const rows = thanks.flatMap(({ id: reminderId, thanked }) => thanked.map((one) => ({ reminderId, ...one })));
  await sql`
    insert into thanked (company_id, reminder_id, receivable_id, pass, step_id)
    select ${companyId}::uuid, "reminderId", "receivableId", pass, "stepId"
    from ${given(rows, { reminderId: 'uuid', receivableId: 'uuid', pass: 'integer', stepId: 'uuid' })}`.execute(tx);
}

/** A message of thanks that has not left, and no connection has been handed. */
export interface WaitingThanks {
  reminderId: string;
  customerId: string;
  state: ReminderState;
  sendOn: Day;
  /** A person chose to whom. */
  recipientsChosen: boolean;
  recipients: Recipients;
  /** A person wrote its text, in that language. */
  bodyEdited: boolean;
  language: string;
  invoiceIds: string[];
}

/** Reminder r is thanks of these customers, or of any, that have not left (index reminder_thanks_waiting). */
const isWaitingThanks = (customerIds: readonly string[] | null) => sql`r.kind = 'thanks'
  and r.state in ('to_approve', 'ready', 'sending', 'failed')
  and ${customerIds === null ? sql`true` : sql`r.customer_id = any(${customerIds}::uuid[])`}`;

/** Whether there is anything to read: most companies have none, and it is asked with every change of a customer. */
export async function doThanksWait(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[] | null,
): Promise<boolean> {
  const found = await sql`
    select from reminder r where r.company_id = ${companyId} and ${isWaitingThanks(customerIds)} limit 1`.execute(tx);
  return found.rows.length > 0;
}

/** Of these customers, or of the whole company. */
export async function waitingThanks(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[] | null,
): Promise<WaitingThanks[]> {
  const found = await sql<WaitingThanks>`
    select r.id as "reminderId", r.customer_id as "customerId", r.state, r.send_on as "sendOn", r.recipients_chosen as "recipientsChosen",
      r.recipients, r.body_edited is not null as "bodyEdited", r.language, array(select distinct v.invoice_id from thanked t
        join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
        where t.company_id = r.company_id and t.reminder_id = r.id and t.state = 'standing') as "invoiceIds"
    from reminder r
    where r.company_id = ${companyId} and ${isWaitingThanks(customerIds)} and ${notBegun}
    order by r.id`.execute(tx);
  return found.rows;
}

export interface ClosedThanks {
  reminderId: string;
  invoiceId: string;
  /** dropped: it may be thanked for again. left_out: a person decided that it is not. */
  state: 'dropped' | 'left_out';
  reason: Reason;
}

/**
 * Takes invoices out of their messages. What a worker had claimed is given back, to be rendered anew; a message that thanks for nothing
 * any more is dropped, or refused where a person took its last invoice out, for the reason that is not the mere consequence of another.
 * Answers how many are.
 */
export async function closeThanked(
  tx: Kysely<Tables>,
  companyId: string,
  closed: readonly ClosedThanks[],
): Promise<number> {
  if (closed.length === 0) return 0;
  await sql`
    update thanked t set state = given.state, reason = given.reason
    from receivable v, ${given(closed, { reminderId: 'uuid', invoiceId: 'uuid', state: 'text', reason: 'jsonb' })}
    where t.company_id = ${companyId} and t.reminder_id = given."reminderId" and t.state = 'standing'
      and v.company_id = t.company_id and v.id = t.receivable_id and v.invoice_id = given."invoiceId"`.execute(tx);
  const ids = [...new Set(closed.map(({ reminderId }) => reminderId))];
  const ended = await sql<{ id: string }>`
    update reminder r set claimed_by = null, claim_id = null, reason = last.reason,
      state = case last.state when 'left_out' then 'refused' else 'dropped' end
    from (select distinct on (t.reminder_id) t.reminder_id, t.state, t.reason from thanked t
      where t.company_id = ${companyId} and t.reminder_id = any(${ids}::uuid[]) order by t.reminder_id, t.state desc, t.reason ->> 'code' = 'still-owes') last
    where r.company_id = ${companyId} and r.id = last.reminder_id and r.state in ('to_approve', 'ready', 'sending', 'failed')
      and not exists (select from thanked t where t.company_id = r.company_id and t.reminder_id = r.id and t.state = 'standing')
    returning r.id`.execute(tx);
  await sql`update reminder r set state = 'ready', claimed_by = null, claim_id = null
    where company_id = ${companyId} and id = any(${ids}::uuid[]) and state = 'sending' and ${notBegun}`.execute(tx);
  return ended.rows.length;
}

/** To whom they go now. One that a worker had claimed is given back: it was made for the addresses of before. */
export async function readdressThanks(
  tx: Kysely<Tables>,
  companyId: string,
  readdressed: readonly { reminderId: string; recipients: Recipients; language: string }[],
): Promise<void> {
  if (readdressed.length === 0) return;
  await sql`
    update reminder r set recipients = given.recipients, language = given.language, claimed_by = null, claim_id = null,
      state = case when r.state = 'sending' then 'ready' else r.state end
    from ${given(readdressed, { reminderId: 'uuid', recipients: 'jsonb', language: 'text' })}
    where r.company_id = ${companyId} and r.id = given."reminderId"`.execute(tx);
}

/** Those of these messages that thank, with what they thank for (of any state: what the inbox shows is what would leave). */
export async function readThanksToRender(
  tx: Kysely<Tables>,
  companyId: string,
  ids: readonly string[],
  state: 'ready' | 'any',
): Promise<ReminderToRender[]> {
  const found = await sql<Omit<ReminderToRender, 'kind' | 'templateKey' | 'items' | 'files' | 'attachInvoice'>>`
    select ${messageColumns}, s.id as "stepId", s.sender_name as "senderName", s.reply_to as "replyTo", s.roles_to as "rolesTo",
      s.roles_cc as "rolesCc", (select json_agg(json_build_object('invoiceId', n.id, 'invoiceNumber', n.number, 'issuedOn', n.issued_on, 'dueOn', x.due_on,
          'amountMinor', n.total_minor, 'currency', n.currency, 'paidOn', coalesce(${lastPaidOn}, r.planned_on))
          order by x.due_on, n.number)
        from (select v.invoice_id, min(coalesce(v.due_on, r.planned_on)) as due_on from thanked t
          join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
          where t.company_id = r.company_id and t.reminder_id = r.id and t.state = 'standing' group by 1) x
        join invoice n on n.company_id = r.company_id and n.id = x.invoice_id) as thanked
    from reminder r
    join customer c on c.company_id = r.company_id and c.id = r.customer_id
    cross join lateral (select q.id, q.sender_name, q.reply_to, q.roles_to, q.roles_cc from thanked t
      join step q on q.company_id = t.company_id and q.id = t.step_id
      where t.company_id = r.company_id and t.reminder_id = r.id and t.state = 'standing' order by q.level desc, q.id limit 1) s
    where r.company_id = ${companyId} and r.id = any(${ids}::uuid[]) and r.kind = 'thanks' and (${state} = 'any' or r.state = 'ready')
    order by r.send_on, r.id`.execute(tx);
  return found.rows.map((row) => ({
    ...row,
    kind: 'thanks',
    templateKey: thanksTemplate,
    items: [],
    files: [],
    attachInvoice: false,
  }));
}
