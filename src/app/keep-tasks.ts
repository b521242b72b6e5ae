// Tasks: what somebody will do about a customer or an invoice, on a day: made, changed, done, not done after all, deleted. One that a
// step of a sequence asks for is a reminder that a person gives: done, its step is left on that day.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { type Absence, standInsOn } from '../db/absence.ts';
import { membersOf } from '../db/account.ts';
import { markLeft } from '../db/delivery.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { ListPage } from '../db/paging.ts';
import type { Row } from '../db/tables.ts';
import { hasDunningGoneOn, listTasks, type TaskListRow, takeBackReminder } from '../db/task.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { whatIsUnknown } from './known-customer.ts';
import { customersChanged } from './plan-customers.ts';

export interface NewTask {
  customerId: string;
  invoiceId?: string | undefined;
  text: string;
  dueOn: Day;
  /** A user of the company; null: whoever sees it. */
  assignedTo?: string | null | undefined;
}

export function createTask(context: Context, acting: Acting, input: NewTask): Promise<Result<{ taskId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const { customerId, invoiceId = null, assignedTo = null } = input;
    const text = input.text.trim();
    if (text === '') return failed('invalid-input', { field: 'text', detail: 'empty' });
    const unknown = await whatIsUnknown(work, customerId, invoiceId);
    if (unknown !== null) return unknown;
    const stranger = await notAMember(work, assignedTo);
    if (stranger !== null) return stranger;
    const taskId = newId();
    await tx
      .insertInto('task')
      .values({
        company_id: company.id,
        id: taskId,
        customer_id: customerId,
        invoice_id: invoiceId,
        text,
        due_on: input.dueOn,
        assigned_to: assignedTo,
        created_on: today,
        created_by: scope.actor,
      })
      .execute();
    await tell(work, 'task.created', { customer_id: customerId, invoice_id: invoiceId, text, due_on: input.dueOn });
    return done({ taskId });
  });
}

export interface TaskChange {
  taskId: string;
  text?: string | undefined;
  dueOn?: Day | undefined;
  assignedTo?: string | null | undefined;
}

export function changeTask(
  context: Context,
  acting: Acting,
  { taskId, text, dueOn, assignedTo }: TaskChange,
): Promise<Result<{ taskId: string }>> {
  return forCompany(context, acting, async (work) => {
    if (text?.trim() === '') return failed('invalid-input', { field: 'text', detail: 'empty' });
    const stranger = await notAMember(work, assignedTo ?? null);
    if (stranger !== null) return stranger;
    const { tx, company } = work;
    const task = await lockTask(work, taskId);
    if (!task.ok) return task;
    const changed = {
      text: text?.trim() ?? task.value.text,
      due_on: dueOn ?? task.value.due_on,
      assigned_to: assignedTo === undefined ? task.value.assigned_to : assignedTo,
    };
    await tx.updateTable('task').set(changed).where('company_id', '=', company.id).where('id', '=', taskId).execute();
    if (task.value.reminder_id !== null && task.value.done_on === null)
      await postpone(work, task.value.reminder_id, changed.due_on);
    await tell(work, 'task.changed', { ...task.value, ...changed });
    return done({ taskId });
  });
}

/** Its reminder waits for that day too. */
async function postpone({ tx, company }: CompanyWork, reminderId: string, until: Day): Promise<void> {
  await tx
    .updateTable('reminder')
    .set({ send_on: until })
    .where('company_id', '=', company.id)
    .where('id', '=', reminderId)
    .execute();
}

export interface TaskDone {
  taskId: string;
  isDone: boolean;
  /** What came of it. */
  note?: string | undefined;
}

/**
 * Done, or to do again after all. The same said twice changes nothing. Fault 'dunning-went-on': a step that was left by it can't be
 * given back, something has come after it.
 */
export function setTaskDone(
  context: Context,
  acting: Acting,
  { taskId, isDone, note: said = '' }: TaskDone,
): Promise<Result<{ taskId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const task = await lockTask(work, taskId);
    if (!task.ok) return task;
    if ((task.value.done_on !== null) === isDone) return done({ taskId });
    const { reminder_id: reminderId } = task.value;
    if (!isDone && reminderId !== null && (await hasDunningGoneOn(tx, company.id, reminderId)))
      return failed('dunning-went-on');
    const note = isDone && said.trim() !== '' ? said.trim() : null;
    await tx
      .updateTable('task')
      .set({ done_on: isDone ? today : null, done_by: isDone ? scope.actor : null, note })
      .where('company_id', '=', company.id)
      .where('id', '=', taskId)
      .execute();
    const changed = { ...task.value, note };
    if (reminderId === null) await tell(work, isDone ? 'task.done' : 'task.undone', changed);
    else await (isDone ? leave(work, changed, reminderId) : giveBack(work, changed, reminderId));
    return done({ taskId });
  });
}

/** What was done was done: its step is left today, whatever is known of the customer by now. */
async function leave(work: CompanyWork, task: Row<'task'>, reminderId: string): Promise<void> {
  const { tx, company, today, now } = work;
  await markLeft(tx, company.id, [reminderId], 'sent', today, new Date(now.epochMilliseconds));
  await tellOfReminder(work, 'reminder.done', task, reminderId);
  // What comes next, and when, is known at once.
  await customersChanged(work, [task.customer_id]);
}

/** The step is free again, and its task to do; unless there is nothing to remind of any more. */
async function giveBack(work: CompanyWork, task: Row<'task'>, reminderId: string): Promise<void> {
  const { tx, company } = work;
  await takeBackReminder(tx, company.id, reminderId);
  await tellOfReminder(work, 'reminder.undone', task, reminderId);
  await customersChanged(work, [task.customer_id]);
}

async function tellOfReminder(
  { tx, company, scope }: CompanyWork,
  type: EventType,
  { customer_id, invoice_id, text, note }: Row<'task'>,
  reminderId: string,
): Promise<void> {
  const { level, asked_minor, currency } = await tx
    .selectFrom('reminder')
    .select(['level', 'asked_minor', 'currency'])
    .where('company_id', '=', company.id)
    .where('id', '=', reminderId)
    .executeTakeFirstOrThrow();
  await recordEvents(tx, scope, [
    {
      type,
      customerId: customer_id,
      invoiceId: invoice_id,
      reminderId,
      payload: { level, askedMinor: asked_minor ?? 0, currency, task: text, ...(note === null ? {} : { note }) },
    },
  ]);
}

/** Fault 'task-of-step': what a sequence asks for is done, or refused with a reason. */
export function deleteTask(
  context: Context,
  acting: Acting,
  { taskId }: { taskId: string },
): Promise<Result<{ taskId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const task = await lockTask(work, taskId);
    if (!task.ok) return task;
    if (task.value.reminder_id !== null) return failed('task-of-step');
    await tx.deleteFrom('task').where('company_id', '=', company.id).where('id', '=', taskId).execute();
    await tell(work, 'task.deleted', task.value);
    return done({ taskId });
  });
}

export type TasksAsked = Parameters<typeof listTasks>[3];

export interface TaskShown extends TaskListRow {
  /** Who stands in today for the one whose task it is; null: that one is there, or nobody does. */
  standInName: string | null;
}

export function browseTasks(
  context: Context,
  acting: Acting,
  { due, ...request }: Omit<TasksAsked, 'until'> & { due?: boolean | undefined },
): Promise<ListPage<TaskShown>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const until = due === true ? { until: today } : {};
    const { rows, nextCursor } = await listTasks(tx, company.id, today, { ...request, ...until });
    // Who is away matters only for what is somebody's.
    const isSomebodys = rows.some(({ assignedTo }) => assignedTo !== null);
    const standIns = isSomebodys ? await standInsOn(tx, company.id, today) : new Map<string, Absence>();
    const standInName = ({ assignedTo }: TaskListRow) => standIns.get(assignedTo ?? '')?.standInName ?? null;
    return { nextCursor, rows: rows.map((row) => ({ ...row, standInName: standInName(row) })) };
  });
}

/** Two people who end the same task at once, or a payment that closes it: one after the other, the customer locked as everywhere. */
async function lockTask({ tx, company }: CompanyWork, taskId: string): Promise<Result<Row<'task'>>> {
  const read = () =>
    tx.selectFrom('task').selectAll().where('company_id', '=', company.id).where('id', '=', taskId).executeTakeFirst();
  const first = await read();
  if (first === undefined) return failed('not-found', { what: 'task', id: taskId });
  await lockCustomers(tx, company.id, [first.customer_id]);
  const task = await read();
  return task === undefined ? failed('not-found', { what: 'task', id: taskId }) : done(task);
}

async function notAMember(
  { tx, company }: CompanyWork,
  userId: string | null,
): Promise<ReturnType<typeof failed> | null> {
  if (userId === null) return null;
  const members = await membersOf(tx, company.id);
  return members.some((one) => one.userId === userId) ? null : failed('not-found', { what: 'user', id: userId });
}

function tell(
  { tx, scope }: CompanyWork,
  type: EventType,
  task: Pick<Row<'task'>, 'customer_id' | 'invoice_id' | 'text' | 'due_on'> & { note?: string | null },
): Promise<void> {
  const { customer_id, invoice_id, text, due_on, note = null } = task;
  const payload = { task: text, on: due_on, ...(note === null ? {} : { note }) };
  return recordEvents(tx, scope, [{ type, customerId: customer_id, invoiceId: invoice_id, payload }]);
}
