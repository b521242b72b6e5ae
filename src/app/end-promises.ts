// What becomes of promises to pay: kept when the money came, broken when their day is past without it. Whoever is in charge of the
// customer is then told, by a task.
import type { CompanyFacts } from '../core/facts.ts';
import { askedAmounts } from '../core/plan.ts';
import { brokenText, outcomeOf, stillOwed } from '../core/promise.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import type { CustomerSnapshot } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { type EndedPromise, endThese, removeTasksOf } from '../db/promise.ts';
import { insertTasks, type NewTask } from '../db/task.ts';
import type { CompanyWork } from './context.ts';

/**
 * Ends the promises of these customers, locked and just read, of which one of `outcomes` is true now. One that was broken is found kept
 * where it shows late that the money had come in time; nothing else is judged twice.
 */
export async function endPromises(
  work: CompanyWork,
  company: CompanyFacts,
  customers: readonly CustomerSnapshot[],
  outcomes: readonly EndedPromise['how'][],
): Promise<void> {
  const { tx, company: row, today, scope } = work;
  const ended: EndedPromise[] = [];
  const tasks: NewTask[] = [];
  const events: NewEvent[] = [];
  for (const { facts } of customers) {
    const asked = askedAmounts(facts);
    for (const promise of facts.promises) {
      const how = outcomeOf(company, facts, asked, promise, today);
      if (how === null || !outcomes.includes(how)) continue;
      if (promise.ended !== null && !(promise.ended === 'broken' && how === 'kept')) continue;
      const { id, invoiceId, promisedOn, amount } = promise;
      const customerId = facts.id;
      const owed = stillOwed(facts, asked, promise);
      // Paid late and in full: there is nobody to call.
      const taskId = how === 'broken' && owed.length > 0 ? newId() : null;
      ended.push({ id, how, taskId });
      const ofAmount = amount === null ? {} : { amountMinor: amount.minor, currency: amount.currency };
      const payload = { promiseId: id, promisedOn, ...ofAmount };
      events.push({ type: `promise.${how}`, customerId, invoiceId, payload });
      if (taskId === null) continue;
      const text = brokenText(promise, owed, row.language);
      tasks.push({ id: taskId, reminderId: null, customerId, invoiceId, text });
      events.push({ type: 'task.created', customerId, invoiceId, payload: { task: text, on: today } });
    }
  }
  if (ended.length === 0) return;
  const found = ended.filter(({ how }) => how === 'kept').map(({ id }) => id);
  for (const { customer_id, invoice_id, text, due_on } of await removeTasksOf(tx, row.id, found))
    events.push({
      type: 'task.deleted',
      customerId: customer_id,
      invoiceId: invoice_id,
      payload: { task: text, on: due_on },
    });
  await insertTasks(tx, row.id, today, scope.actor, tasks);
  await endThese(tx, row.id, today, ended);
  await recordEvents(tx, scope, events);
}
