// Tasks as they are listed: those to do by their day, those done by the day on which they were.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Reason } from '../core/reason.ts';
import { given } from './given.ts';
import { keyOf, type ListPage, oneMoreThan, type PageRequest, page } from './paging.ts';
import type { Amount, Tables } from './tables.ts';

/** The reminder that a task is to give: what stands beside its text is as it is now. */
export interface TaskReminder {
  id: string;
  level: number;
  stepName: string | null;
  practice: boolean;
  /** Why it is a task. */
  reason: Reason | null;
  invoices: { id: string; number: string; dueOn: Day | null }[];
  currency: string;
  /** In `currency`. */
  askedMinor: number | null;
  askedOthers: Amount[];
  /** Whom to call: the first of the step's contacts who has a number, or the customer's own; of its payer, where it has one. */
  phone: { name: string | null; number: string } | null;
}

export interface TaskListRow {
  id: string;
  customerId: string;
  customerName: string;
  invoiceId: string | null;
  invoiceNumber: string | null;
  text: string;
  dueOn: Day;
  assignedTo: string | null;
  assignedName: string | null;
  doneOn: Day | null;
  note: string | null;
  /** null: no step of a sequence asked for it. */
  reminder: TaskReminder | null;
  /** The invoices that "relancer au niveau suivant" is about: its own, or its customer's overdue ones, of which a step is left. */
  remindInvoiceIds: string[];
}

/** The invoices of reminder r that it still is about. */
const invoicesOf = sql`coalesce((
    select json_agg(json_build_object('id', n.id, 'number', n.number, 'dueOn', v.due_on) order by v.due_on, n.number)
    from item i
    join receivable v on v.company_id = i.company_id and v.id = i.receivable_id
    join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
    where i.company_id = r.company_id and i.reminder_id = r.id and i.state in ('open', 'taken')), '[]')`;

const phoneOf = sql`coalesce(
    (select json_build_object('name', nullif(concat_ws(' · ', nullif(p.name, ''), y.name), ''), 'number', p.phone) from contact p
      where p.company_id = r.company_id and p.customer_id = case when c.payer_id is null then r.customer_id else c.payer_id end and p.phone <> ''
      order by array_position(s.roles_to, p.role), p.id limit 1),
    (select json_build_object('name', y.name, 'number', t.phone)
      from (select case when y.id is null then c.phone else y.phone end as phone) t where t.phone <> ''))`;

const reminderOf = sql`case when r.id is not null then json_build_object('id', r.id, 'level', r.level, 'stepName', s.name,
    'practice', r.practice, 'reason', r.reason, 'invoices', ${invoicesOf}, 'currency', r.currency, 'askedMinor', r.asked_minor,
    'askedOthers', r.asked_others, 'phone', ${phoneOf}) end`;

/** Reminders, made by tasks, that were about this invoice. */
const remindersAbout = (companyId: string, invoiceId: string) => sql`
  select i.reminder_id from item i join receivable v on v.company_id = i.company_id and v.id = i.receivable_id
  where i.company_id = ${companyId} and v.invoice_id = ${invoiceId} and i.state in ('open', 'taken')`;

/** `until`: due on that day or before. Of an invoice, or of a customer with those of its invoices. */
export async function listTasks(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  request: PageRequest & {
    state: 'open' | 'done';
    until?: Day | undefined;
    customerId?: string | undefined;
    invoiceId?: string | undefined;
  },
): Promise<ListPage<TaskListRow>> {
  const { state, until, customerId, invoiceId } = request;
  const after = keyOf(request.cursor, 2);
  const open = state === 'open';
  const following = open
    ? after && sql`(t.due_on, t.id) > (${after[0]}::date, ${after[1]}::uuid)`
    : after && sql`(t.done_on, t.id) < (${after[0]}::date, ${after[1]}::uuid)`;
  // From what is open, which has an index, not from all invoices of years; and less what is not issued, which has one too.
  const owed = sql`receivable v where v.company_id = t.company_id and v.open_minor > 0
      and not exists (select from invoice n where n.company_id = v.company_id and n.customer_id = v.customer_id and n.id = v.invoice_id
        and n.status <> 'issued')
      and not exists (select from dunning_case e where e.company_id = v.company_id and e.receivable_id = v.id and e.state = 'ended')
      and not exists (select from dispute d where d.company_id = v.company_id and d.invoice_id = v.invoice_id and d.closed_on is null)`;
  const found = await sql<TaskListRow>`
    select t.id, t.customer_id as "customerId", c.name as "customerName", t.invoice_id as "invoiceId", i.number as "invoiceNumber",
      t.text, t.due_on as "dueOn", t.assigned_to as "assignedTo", u.name as "assignedName", t.done_on as "doneOn", t.note,
      ${reminderOf} as reminder,
      case when t.invoice_id is null
        then array(select v.invoice_id from ${owed} and v.customer_id = t.customer_id group by 1 having min(v.due_on) < ${today}::date
          order by min(v.due_on), 1 limit 200)
        else array(select distinct v.invoice_id from ${owed} and v.invoice_id = t.invoice_id)
      end as "remindInvoiceIds"
    from task t
    join customer c on c.company_id = t.company_id and c.id = t.customer_id
    left join customer y on y.company_id = c.company_id and y.id = c.payer_id
    left join invoice i on i.company_id = t.company_id and i.id = t.invoice_id
    left join account."user" u on u.id = t.assigned_to
    left join reminder r on r.company_id = t.company_id and r.id = t.reminder_id
    left join step s on s.company_id = r.company_id and s.id = r.step_id
    where t.company_id = ${companyId} and t.done_on is ${open ? sql`null` : sql`not null`}
      and ${until ? sql`t.due_on <= ${until}::date` : sql`true`}
      and ${customerId ? sql`t.customer_id = ${customerId}` : sql`true`}
      and ${invoiceId ? sql`(t.invoice_id = ${invoiceId} or t.reminder_id in (${remindersAbout(companyId, invoiceId)}))` : sql`true`}
      and ${following ?? sql`true`}
    order by ${open ? sql`t.due_on, t.id` : sql`t.done_on desc, t.id desc`} limit ${oneMoreThan(request)}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.doneOn ?? row.dueOn, row.id]);
}

export interface NewTask {
  id: string;
  /** The reminder that it is to give; null: it asks what comes after the last step. */
  reminderId: string | null;
  customerId: string;
  invoiceId: string | null;
  text: string;
}

/** Tasks of today that the dunning itself asks for, whoever started its run; each for whoever is in charge of its customer and may still act in the company; else for whoever sees it. */
export async function insertTasks(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  tasks: readonly NewTask[],
): Promise<void> {
  if (tasks.length === 0) return;
  const types = { id: 'uuid', reminderId: 'uuid', customerId: 'uuid', invoiceId: 'uuid', text: 'text' };
  await sql`
    insert into task (company_id, id, reminder_id, customer_id, invoice_id, text, due_on, assigned_to, created_on, created_by)
    select ${companyId}::uuid, given.id, given."reminderId", given."customerId", given."invoiceId", given.text, ${today}::date,
      m.user_id, ${today}::date, 'system'
    from ${given(tasks, types)}
    join customer c on c.company_id = ${companyId} and c.id = given."customerId"
    left join account.member m on m.company_id = c.company_id and m.user_id = c.in_charge_user_id and m.role <> 'reader'`.execute(
    tx,
  );
}

/** Who may not act any more is asked nothing: what the dunning asked of that member, and nobody has done, is for whoever sees it. */
export async function unassignTasks(tx: Kysely<Tables>, companyId: string, userId: string): Promise<void> {
  await sql`update task set assigned_to = null
    where company_id = ${companyId} and assigned_to = ${userId} and done_on is null and created_by = 'system'`.execute(
    tx,
  );
}

/** Customers about whom the dunning asks something of a person, locked; not those that are locked already by somebody else. */
export async function lockCustomersWithTasks(tx: Kysely<Tables>, companyId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select c.id from customer c where c.company_id = ${companyId}
      and c.id in (select t.customer_id from task t
        where t.company_id = ${companyId} and t.done_on is null and (t.reminder_id is not null or t.created_by = 'system'))
    order by c.id for no key update skip locked`.execute(tx);
  return found.rows.map(({ id }) => id);
}

export interface AnsweredTask {
  customerId: string;
  invoiceId: string;
  text: string;
  dueOn: Day;
}

/** Takes away what the dunning asked about an invoice of which nothing is owed any more, where nobody has done it yet. */
export async function takeAnsweredTasks(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<AnsweredTask[]> {
  const taken = await sql<AnsweredTask>`
    delete from task t where t.company_id = ${companyId} and t.customer_id = any(${customerIds}::uuid[]) and t.done_on is null
      and t.created_by = 'system' and t.reminder_id is null and t.invoice_id is not null
      and not exists (select from receivable v join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
        where v.company_id = t.company_id and v.invoice_id = t.invoice_id and v.open_minor > 0 and n.status = 'issued')
    returning t.customer_id as "customerId", t.invoice_id as "invoiceId", t.text, t.due_on as "dueOn"`.execute(tx);
  return taken.rows;
}

/** What Relance itself asks about these customers, beside their reminders, and nobody has done yet. */
export async function openSystemTasks(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<{ customerId: string; text: string }[]> {
  const found = await sql<{ customerId: string; text: string }>`
    select distinct customer_id as "customerId", text from task
    where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and done_on is null
      and created_by = 'system' and reminder_id is null and invoice_id is null`.execute(tx);
  return found.rows;
}

/** Takes away what Relance itself asked of these customers in one of these texts, where nobody has done it yet. */
export async function takeTasksSaying(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  texts: readonly string[],
): Promise<Omit<AnsweredTask, 'invoiceId'>[]> {
  if (customerIds.length === 0 || texts.length === 0) return [];
  const taken = await sql<Omit<AnsweredTask, 'invoiceId'>>`
    delete from task where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and done_on is null
      and created_by = 'system' and reminder_id is null and text = any(${texts}::text[])
    returning customer_id as "customerId", text, due_on as "dueOn"`.execute(tx);
  return taken.rows;
}

/** A reminder that was done is to do again: its steps are free, its items open. Lock its customer first. */
export async function takeBackReminder(tx: Kysely<Tables>, companyId: string, reminderId: string): Promise<void> {
  await sql`update reminder set state = 'to_do', left_on = null, left_at = null
    where company_id = ${companyId} and id = ${reminderId}`.execute(tx);
  await sql`update item set state = 'open', left_on = null
    where company_id = ${companyId} and reminder_id = ${reminderId} and state = 'taken'`.execute(tx);
}

/** Whether, since it was done, a later step was made or passed over for one of its invoices, a person was asked what comes next, or a new pass was begun. */
export async function hasDunningGoneOn(tx: Kysely<Tables>, companyId: string, reminderId: string): Promise<boolean> {
  const found = await sql<{ gone: boolean }>`
    select exists (
      select from item i
      join dunning_case c on c.company_id = i.company_id and c.receivable_id = i.receivable_id
      where i.company_id = ${companyId} and i.reminder_id = ${reminderId} and i.state = 'taken' and (c.pass <> i.pass
        or exists (select from item o where o.company_id = i.company_id and o.receivable_id = i.receivable_id and o.pass = i.pass
          and o.id > i.id and o.state <> 'dropped')
        or exists (select from ended e where e.company_id = i.company_id and e.receivable_id = i.receivable_id and e.pass = i.pass))
    ) as gone`.execute(tx);
  return found.rows[0]!.gone;
}
