// Tasks: what somebody will do about a customer or an invoice, on a day: made, changed, done, not done after all, deleted.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { membersOf } from '../db/account.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { ListPage } from '../db/paging.ts';
import type { Row } from '../db/tables.ts';
import { listTasks, type TaskListRow } from '../db/task.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { whatIsUnknown } from './known-customer.ts';

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
    await tell(work, 'task.changed', { ...task.value, ...changed });
    return done({ taskId });
  });
}

/** Done, or to do again after all. The same said twice changes nothing. */
export function setTaskDone(
  context: Context,
  acting: Acting,
  { taskId, isDone }: { taskId: string; isDone: boolean },
): Promise<Result<{ taskId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const task = await lockTask(work, taskId);
    if (!task.ok) return task;
    if ((task.value.done_on !== null) === isDone) return done({ taskId });
    await tx
      .updateTable('task')
      .set({ done_on: isDone ? today : null, done_by: isDone ? scope.actor : null })
      .where('company_id', '=', company.id)
      .where('id', '=', taskId)
      .execute();
    await tell(work, isDone ? 'task.done' : 'task.undone', task.value);
    return done({ taskId });
  });
}

export function deleteTask(
  context: Context,
  acting: Acting,
  { taskId }: { taskId: string },
): Promise<Result<{ taskId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const task = await lockTask(work, taskId);
    if (!task.ok) return task;
    await tx.deleteFrom('task').where('company_id', '=', company.id).where('id', '=', taskId).execute();
    await tell(work, 'task.deleted', task.value);
    return done({ taskId });
  });
}

export type TasksAsked = Parameters<typeof listTasks>[3];

export function browseTasks(
  context: Context,
  acting: Acting,
  { due, ...request }: Omit<TasksAsked, 'until'> & { due?: boolean | undefined },
): Promise<ListPage<TaskListRow>> {
  return forCompany(context, acting, ({ tx, company, today }) =>
    listTasks(tx, company.id, today, { ...request, ...(due === true ? { until: today } : {}) }),
  );
}

/** Two people who end the same task at once: one after the other. */
async function lockTask({ tx, company }: CompanyWork, taskId: string): Promise<Result<Row<'task'>>> {
  const task = await tx
    .selectFrom('task')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', '=', taskId)
    .forUpdate()
    .executeTakeFirst();
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
  task: Pick<Row<'task'>, 'customer_id' | 'invoice_id' | 'text' | 'due_on'>,
): Promise<void> {
  const { customer_id, invoice_id, text, due_on } = task;
  return recordEvents(tx, scope, [
    { type, customerId: customer_id, invoiceId: invoice_id, payload: { task: text, on: due_on } },
  ]);
}
