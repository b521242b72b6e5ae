// What becomes of promises to pay: kept when the money came, broken when their day is past without it. Whoever is in charge of the
// customer is then told, by a task.
import type { CompanyFacts, CustomerFacts, PromiseFact } from '../core/facts.ts';
import { askedAmounts } from '../core/plan.ts';
import { brokenText, firstUncovered, goesOn, outcomeOf, stillOwed } from '../core/promise.ts';
import type { Amount } from '../core/reminder.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { type CustomerSnapshot, readCompany, readCustomers } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { type EndedPromise, endThese, goOnWith, removeTasksOf } from '../db/promise.ts';
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
  const endings = customers.flatMap(({ facts }) => {
    const asked = askedAmounts(facts);
    return facts.promises.flatMap((promise) => {
      const how = outcomeOf(company, facts, inTime(facts, promise) ?? asked, promise, today);
      if (how === null || !outcomes.includes(how) || !mayEnd(promise, how)) return [];
      const missed = firstUncovered(company, facts, () => asked, promise);
      return endingOf(facts.id, promise, how, { owed: stillOwed(facts, asked, promise), missed }, row.language);
    });
  });
  await goOnWithPlans(work, company, customers, new Set(endings.map(({ ended }) => ended.id)));
  if (endings.length === 0) return;
  const tasks = endings.flatMap(({ task }) => task ?? []);
  const kept = endings.flatMap(({ ended }) => (ended.how === 'kept' ? ended.id : []));
  const gone = await removeTasksOf(tx, row.id, kept);
  await insertTasks(tx, row.id, today, tasks);
  await endThese(
    tx,
    row.id,
    today,
    endings.map(({ ended }) => ended),
  );
  await recordEvents(tx, scope, [
    ...endings.map(({ event }) => event),
    ...tasks.map(({ customerId, invoiceId, text }): NewEvent => {
      return { type: 'task.created', customerId, invoiceId, payload: { task: text, on: today } };
    }),
    ...gone.map(taskDeleted),
  ]);
}

function taskDeleted({
  customer_id: customerId,
  invoice_id: invoiceId,
  text,
  due_on: on,
}: Awaited<ReturnType<typeof removeTasksOf>>[number]): NewEvent {
  return { type: 'task.deleted', customerId, invoiceId, payload: { task: text, on } };
}

/**
 * Payment plans that run, and those that were found broken and go on after all: the next instalment to judge is the first that is not
 * covered.
 */
async function goOnWithPlans(
  { tx, company: row, today, scope }: CompanyWork,
  company: CompanyFacts,
  customers: readonly CustomerSnapshot[],
  over: ReadonlySet<string>,
): Promise<void> {
  const plans = customers.flatMap(({ facts }) => {
    const asked = askedAmounts(facts);
    return facts.promises.flatMap((promise) => {
      const isBroken = promise.ended === 'broken';
      const runs = promise.ended === null || goesOn(company, facts, asked, promise, today);
      if (promise.instalments.length === 0 || over.has(promise.id) || !runs) return [];
      const nextOn = firstUncovered(company, facts, () => asked, promise)?.dueOn ?? promise.promisedOn;
      return { customerId: facts.id, promise, isBroken, nextOn };
    });
  });
  const again = plans.filter(({ isBroken }) => isBroken);
  const ids = again.map(({ promise }) => promise.id);
  const gone = await removeTasksOf(tx, row.id, ids);
  await goOnWith(
    tx,
    row.id,
    plans.map(({ promise: { id }, nextOn }) => ({ id, nextOn })),
  );
  await recordEvents(tx, scope, [
    ...again.map(({ customerId, promise: { id, invoiceId, promisedOn, instalments } }): NewEvent => {
      const payload = { promiseId: id, promisedOn, ...ofPlan({ instalments }) };
      return { type: 'promise.goes-on', customerId, invoiceId, payload };
    }),
    ...gone.map(taskDeleted),
  ]);
}

/**
 * After a file of payments: what it brought in time keeps its promise at once, also one that was found broken and whose sequence is
 * finished, which no run looks at any more. Their customers are locked.
 */
export async function keepPromisesPaid(work: CompanyWork, customerIds: readonly string[]): Promise<void> {
  const { tx, company, today } = work;
  const snapshot = await readCompany(tx, company, today);
  for (let from = 0; from < customerIds.length; from += pageSize) {
    const customers = await readCustomers(tx, snapshot, customerIds.slice(from, from + pageSize));
    await endPromises(work, snapshot.facts, customers, ['kept', 'withdrawn']);
  }
}

/** So many customers are read at once. */
const pageSize = 200;

/** What would be asked for without the credits that came after the promised day; null: none did. */
function inTime(facts: CustomerFacts, { lateCredits }: PromiseFact): ReadonlyMap<string, number> | null {
  if (Object.keys(lateCredits).length === 0) return null;
  const credits = Object.entries(facts.credits).map(([currency, minor]) => [
    currency,
    minor - (lateCredits[currency] ?? 0),
  ]);
  return askedAmounts({ ...facts, credits: Object.fromEntries(credits) });
}

const mayEnd = ({ ended }: PromiseFact, how: EndedPromise['how']): boolean =>
  ended === null || (ended === 'broken' && how === 'kept');

interface PromiseEnding {
  ended: EndedPromise;
  event: NewEvent;
  /** With which whoever is in charge is told. */
  task: NewTask | null;
}

/** Paid late and in full, it is broken, and there is nobody to call. */
function endingOf(
  customerId: string,
  promise: PromiseFact,
  how: EndedPromise['how'],
  { owed, missed }: { owed: readonly Amount[]; missed: ReturnType<typeof firstUncovered> },
  language: 'fr' | 'en',
): PromiseEnding {
  const { id, invoiceId, promisedOn, amount } = promise;
  const text = brokenText(promise, owed, missed, language);
  const task =
    how === 'broken' && owed.length > 0 ? { id: newId(), reminderId: null, customerId, invoiceId, text } : null;
  const ofAmount = amount === null ? {} : { amountMinor: amount.minor, currency: amount.currency };
  const payload = { promiseId: id, promisedOn, ...ofAmount, ...ofPlan(promise) };
  return {
    ended: { id, how, taskId: task?.id ?? null },
    event: { type: `promise.${how}`, customerId, invoiceId, payload },
    task,
  };
}

/** How many instalments, where it is paid in several. */
export const ofPlan = ({ instalments }: { instalments: readonly unknown[] }): { instalments?: number } =>
  instalments.length === 0 ? {} : { instalments: instalments.length };
