// One page of the plan, acted upon: customers are locked, read, decided for, and what was decided is written in the same
// transaction. The daily run is this page by page; whatever changes a customer calls customersChanged.

import type { Day } from '../core/day.ts';
import { taskText, wasAsked } from '../core/ending.ts';
import type { CustomerFacts } from '../core/facts.ts';
import { askedAmounts, type Decision, lookAgainOn, planCustomer, taskTooLateOn, whyNotAnyMore } from '../core/plan.ts';
import { because, isSameReason, type Reason } from '../core/reason.ts';
import { amountsOfItems, groupReminders, type PlannedReminder } from '../core/reminder.ts';
import { customersToSettle, lockCustomers, wakeCustomers, writeCases } from '../db/dunning-case.ts';
import { insertEnded, type NewEnded } from '../db/ended.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import {
  type CompanySnapshot,
  type CustomerSnapshot,
  languageOfTemplate,
  readCompany,
  readCustomers,
  type StoredCase,
} from '../db/facts.ts';
import { newId } from '../db/id.ts';
import {
  askNow,
  type ClosedItem,
  closeItems,
  dropEmptyReminders,
  giveBack,
  insertItems,
  insertReminders,
  type NewItem,
  type NewReminder,
  type OpenItem,
  openItems,
  retotal,
  unclaim,
} from '../db/reminder.ts';
import { insertTasks, type NewTask, takeAnsweredTasks } from '../db/task.ts';
import { closeStaleThanks } from './close-stale-thanks.ts';
import type { CompanyWork } from './context.ts';
import { endPromises } from './end-promises.ts';

export interface PageCounts {
  customers: number;
  toApprove: number;
  ready: number;
  /** Tasks for people. */
  tasks: number;
  skipped: number;
  dropped: number;
}

/** Plans these customers on the company's today and writes it all: reminders, items, cases, tasks, events. */
export async function planCustomers(work: CompanyWork, customerIds: readonly string[]): Promise<PageCounts> {
  const { tx, company, today, scope, now } = work;
  await lockCustomers(tx, company.id, customerIds);
  const dropped = await dropStale(work, customerIds);
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, customerIds);
  const page = new Page(snapshot, today, company.language, company.simulated_on === null ? now : null);
  for (const customer of customers) page.add(customer);
  await endPromises(work, snapshot.facts, customers, ['kept', 'withdrawn', 'broken']);
  await insertReminders(tx, company.id, snapshot.practice, page.reminders);
  await insertItems(tx, company.id, page.items);
  await writeCases(tx, company.id, page.cases);
  await insertEnded(tx, company.id, today, page.ended);
  await insertTasks(tx, company.id, today, page.tasks);
  await recordEvents(tx, scope, page.events);
  const toApprove = page.reminders.filter((reminder) => reminder.state === 'to_approve').length;
  const tasks = page.reminders.filter((reminder) => reminder.state === 'to_do').length;
  const ready = page.reminders.length - toApprove - tasks;
  return { customers: customers.length, toApprove, ready, tasks, skipped: page.items.length - page.demanded, dropped };
}

/** Gathers what the decisions of a page write, so that it is written in a few statements. */
class Page {
  readonly reminders: NewReminder[] = [];
  readonly items: NewItem[] = [];
  readonly tasks: NewTask[] = [];
  readonly cases: StoredCase[] = [];
  readonly events: NewEvent[] = [];
  readonly ended: NewEnded[] = [];
  /** Invoices about which a person is asked: two instalments of one ask once. */
  readonly #asked = new Set<string>();
  demanded = 0;
  readonly #company: CompanySnapshot;
  readonly #today: Day;
  readonly #now: Temporal.Instant | null;
  /** In which those who work in the company read what they have to do. */
  readonly #language: 'fr' | 'en';

  /** `now`: null where the day is a simulated one. */
  constructor(company: CompanySnapshot, today: Day, language: 'fr' | 'en', now: Temporal.Instant | null) {
    this.#company = company;
    this.#today = today;
    this.#now = now;
    this.#language = language;
  }

  add({ facts, cases }: CustomerSnapshot): void {
    const decisions = planCustomer(this.#company.facts, facts, this.#today);
    for (const decision of decisions) {
      this.#skip(decision, facts.id);
      this.#moveCase(decision, cases.get(decision.receivable.id)!, facts.id);
      this.#ask(decision, facts.id);
    }
    for (const planned of groupReminders(facts.id, decisions, this.#company.facts.grouping))
      this.#remind(planned, facts.sequence?.id ?? null);
  }

  #skip({ receivable, skips }: Decision, customerId: string): void {
    for (const { step, occurrence, dueOn, reason } of skips) {
      const { id: receivableId, pass, invoiceId } = receivable;
      this.items.push({
        id: newId(),
        reminderId: null,
        receivableId,
        stepId: step.id,
        pass,
        occurrence,
        state: 'skipped',
        dueOn,
        leftOn: dueOn,
        reason,
        askedMinor: null,
      });
      this.events.push({ type: 'step.skipped', customerId, invoiceId, payload: { level: step.level, reason } });
    }
  }

  #moveCase(decision: Decision, stored: StoredCase, customerId: string): void {
    const next = caseAfter(decision);
    if (isSame(stored, next)) return;
    this.cases.push(next);
    this.events.push(...coveredNow(decision, stored, next, customerId));
  }

  #ask({ receivable: { id: receivableId, pass, invoiceId }, verdict }: Decision, customerId: string): void {
    if (verdict.kind !== 'task') return;
    const { step, ending } = verdict;
    this.ended.push({ receivableId, pass, stepId: step.id, kind: ending.kind });
    if (this.#asked.has(invoiceId)) return;
    this.#asked.add(invoiceId);
    const text = taskText(ending, this.#language);
    this.tasks.push({ id: newId(), reminderId: null, customerId, invoiceId, text });
    this.events.push({ type: 'task.created', customerId, invoiceId, payload: { task: text, on: this.#today } });
  }

  #remind(planned: PlannedReminder, sequenceId: string | null): void {
    const { step, channel, addressees, items, customerId, reason } = planned;
    const id = newId();
    const [{ minor: askedMinor } = { minor: 0 }, ...askedOthers] = amountsOfItems(items);
    this.reminders.push({
      id,
      customerId,
      sequenceId,
      stepId: step.id,
      level: step.level,
      channel,
      language: this.#languageFor(step.templateKey, addressees.language),
      currency: planned.currency,
      state: channel === 'task' ? 'to_do' : planned.needsApproval ? 'to_approve' : 'ready',
      byHand: false,
      plannedOn: this.#today,
      reason,
      recipients: { to: addressees.to, cc: addressees.cc },
      askedMinor,
      askedOthers,
      notBefore: planned.needsApproval || channel === 'task' ? null : this.#notBefore(step.leavesAfterHours),
    });
    const text = step.taskText ?? toDo[this.#language];
    if (channel === 'task') this.tasks.push({ id: newId(), reminderId: id, ...about(planned), text });
    for (const { receivable, step: taken, occurrence: again, dueOn, askedMinor: asked } of items) {
      this.items.push({
        id: newId(),
        reminderId: id,
        receivableId: receivable.id,
        stepId: taken.id,
        pass: receivable.pass,
        occurrence: again,
        state: 'open',
        dueOn,
        leftOn: null,
        reason: null,
        askedMinor: asked,
      });
      this.demanded += 1;
    }
    const payload = {
      level: step.level,
      stepName: step.name,
      askedMinor,
      currency: planned.currency,
      reason,
      ...(channel === 'task' ? { channel, task: text } : {}),
    };
    this.events.push({ type: 'reminder.planned', customerId, invoiceId: planned.invoiceId, reminderId: id, payload });
  }

  /** Hours on the real clock: a practice company that lives on a simulated date waits for its person, not for an hour. */
  #notBefore(hours: number | null): Date | null {
    return hours === null || this.#now === null ? null : new Date(this.#now.epochMilliseconds + hours * 3_600_000);
  }

  #languageFor(templateKey: string, wanted: string): string {
    return languageOfTemplate(this.#company, templateKey, wanted);
  }
}

/** What there is to do where the step does not say it; level, invoices and amounts stand beside it. */
const toDo = { fr: 'Relancer par téléphone', en: 'Remind by telephone' };

/** A task about one invoice stands on that invoice's page too. */
function about({ customerId, items }: PlannedReminder): { customerId: string; invoiceId: string | null } {
  const [first, ...others] = new Set(items.map(({ receivable }) => receivable.invoiceId));
  return { customerId, invoiceId: others.length === 0 ? first! : null };
}

/** What the case's row says after a decision. A message on its way is looked at again when it has left. */
function caseAfter({ receivable, entry, verdict }: Decision): StoredCase {
  const base = {
    receivableId: receivable.id,
    entry,
    lookOn: lookAgainOn(verdict) ?? taskTooLateOn({ receivable, verdict }),
    nextOn: null,
    nextStepId: null,
    reason: verdict.reason,
  };
  switch (verdict.kind) {
    case 'send':
      return { ...base, state: 'active', nextStepId: verdict.step.id };
    case 'wait':
      return { ...base, state: 'waiting', nextOn: verdict.until, nextStepId: verdict.step?.id ?? null };
    case 'hold':
      return { ...base, state: 'held', nextStepId: verdict.step?.id ?? null };
    case 'outside':
      return { ...base, state: 'outside' };
    case 'task':
      return { ...base, state: 'ended', reason: because(wasAsked[verdict.ending.kind]) };
    case 'end':
      return { ...base, state: 'ended' };
  }
}

/** Told once, when it begins: the customer's credits cover what it owes (rule 8). */
function coveredNow(decision: Decision, before: StoredCase, after: StoredCase, customerId: string): NewEvent[] {
  if (after.reason?.code !== 'covered-by-credits' || before.reason?.code === 'covered-by-credits') return [];
  const { invoiceId } = decision.receivable;
  return [{ type: 'credit.covers-everything', customerId, invoiceId, payload: { reason: after.reason } }];
}

function isSame(a: StoredCase, b: StoredCase): boolean {
  return (
    a.entry === b.entry &&
    a.lookOn === b.lookOn &&
    a.state === b.state &&
    a.nextOn === b.nextOn &&
    a.nextStepId === b.nextStepId &&
    isSameReason(a.reason, b.reason)
  );
}

/**
 * After a person or money changed something of these customers: what may not leave any more is taken out at once, the cases say
 * at once where they stand now, and the next run looks at them.
 */
export async function customersChanged(work: CompanyWork, customerIds: readonly string[]): Promise<void> {
  await wakeCustomers(work.tx, work.company.id, customerIds, work.today);
  await dropStale(work, customerIds);
  await restate(work, customerIds);
}

/** Writes where the cases stand, for the lists; nothing is planned, and who enters a sequence is left to the run. */
async function restate(work: CompanyWork, customerIds: readonly string[]): Promise<void> {
  const { tx, company, today, scope } = work;
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, customerIds);
  const cases: StoredCase[] = [];
  const events: NewEvent[] = [];
  for (const { facts, cases: stored } of customers) {
    for (const decision of planCustomer(snapshot.facts, facts, today)) {
      const before = stored.get(decision.receivable.id)!;
      const isToday = decision.verdict.kind === 'send' || decision.verdict.kind === 'task';
      const due = isToday ? { state: 'waiting' as const, nextOn: today, reason: decision.verdict.reason } : {};
      const after: StoredCase = { ...caseAfter(decision), entry: before.entry, lookOn: today, ...due };
      if (isSame(before, after)) continue;
      cases.push(after);
      events.push(...coveredNow(decision, before, after, facts.id));
    }
  }
  await writeCases(tx, company.id, cases);
  await recordEvents(tx, scope, events);
  // That one is broken is found by the run: of several payments that are being entered, the last may be the one that keeps it.
  await endPromises(work, snapshot.facts, customers, ['kept', 'withdrawn']);
}

/**
 * Before customers change their sequence: what met theirs on an earlier day has entered it or not, though no run has looked
 * at it yet. What met it today meets the other instead.
 */
export async function settleEntries(
  { tx, company, today }: CompanyWork,
  customerIds: readonly string[],
): Promise<void> {
  const judged = await customersToSettle(tx, company.id, customerIds, today);
  if (judged.length === 0) return;
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, judged);
  const settled = customers.flatMap(({ facts, cases }) =>
    planCustomer(snapshot.facts, facts, today)
      .filter(({ receivable }) => receivable.entry === 'pending' && receivable.metOn < today)
      .map(({ receivable, entry }) => ({ ...cases.get(receivable.id)!, entry })),
  );
  await writeCases(tx, company.id, settled);
}

/** Customers as they are now, and what is the same for all of them. */
export interface CustomersNow {
  snapshot: CompanySnapshot;
  customers: ReadonlyMap<string, CustomerFacts>;
}

export async function readCustomersNow(
  { tx, company, today }: CompanyWork,
  customerIds: readonly string[],
): Promise<CustomersNow> {
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, customerIds);
  return { snapshot, customers: new Map(customers.map(({ facts }) => [facts.id, facts])) };
}

/** Nobody is asked about an invoice that is paid. */
async function dropAnsweredTasks({ tx, company, scope }: CompanyWork, customerIds: readonly string[]): Promise<void> {
  const taken = await takeAnsweredTasks(tx, company.id, customerIds);
  await recordEvents(
    tx,
    scope,
    taken.map(({ customerId, invoiceId, text, dueOn }) => ({
      type: 'task.deleted',
      customerId,
      invoiceId,
      payload: { task: text, on: dueOn },
    })),
  );
}

/**
 * What waits to leave and may not any more (paid, disputed, paused, below its minimum) is taken out, and so is what a worker
 * has claimed but not begun: it is given back, to be rendered with what is true now. Answers how many reminders were dropped.
 */
export async function dropStale(work: CompanyWork, customerIds: readonly string[]): Promise<number> {
  await unclaim(work.tx, work.company.id, customerIds);
  await dropAnsweredTasks(work, customerIds);
  return (await closeStaleItems(work, customerIds)).dropped;
}

/**
 * The same, but what a worker has claimed stays claimed unless one of its own items is taken out. `customersNow`: what was read
 * to judge; null where nothing waits, or where something was taken out and it is not true any more.
 */
export async function closeStaleItems(
  work: CompanyWork,
  customerIds: readonly string[],
): Promise<{ dropped: number; customersNow: CustomersNow | null }> {
  const { tx, company, today } = work;
  const droppedThanks = await closeStaleThanks(work, customerIds);
  const waiting = await openItems(tx, company.id, customerIds);
  if (waiting.length === 0) return { dropped: droppedThanks, customersNow: null };
  const customersNow = await readCustomersNow(work, customerIds);
  const { snapshot, customers } = customersNow;
  const closed: (ClosedItem & OpenItem)[] = [];
  const asking: { itemId: string; reminderId: string; askedMinor: number }[] = [];
  const asked = new Map([...customers].map(([id, customer]) => [id, askedAmounts(customer)]));
  for (const item of waiting) {
    const customer = customers.get(item.customerId)!;
    const receivable = customer.receivables.find((one) => one.id === item.receivableId);
    const why =
      receivable === undefined
        ? { outcome: 'dropped' as const, reason: { code: 'settled' as const } }
        : whyNotAnyMore(snapshot.facts, customer, receivable, item.minimums, item.byHand, today);
    const askedMinor = asked.get(item.customerId)!.get(item.receivableId) ?? 0;
    if (why !== null) closed.push({ ...item, ...why });
    // What came back says what it asked for when it left.
    else if (item.reminderState !== 'undelivered' && askedMinor !== item.askedMinor)
      asking.push({ ...item, askedMinor });
  }
  // What lists and figures show of a message that waits is what it would ask for now (A4).
  await askNow(tx, company.id, asking);
  await retotal(
    tx,
    company.id,
    asking.map((item) => item.reminderId),
  );
  if (closed.length === 0) return { dropped: droppedThanks, customersNow };
  return { dropped: droppedThanks + (await takeOut(work, closed)), customersNow: null };
}

/** Takes items out of reminders that have not left, each for its reason. Answers how many reminders were dropped with it. */
async function takeOut(
  { tx, company, today, scope }: CompanyWork,
  closed: readonly (ClosedItem & OpenItem)[],
): Promise<number> {
  const touched = closed.map((item) => item.reminderId);
  await closeItems(tx, company.id, closed);
  await giveBack(tx, company.id, touched);
  const dropped = await dropEmptyReminders(tx, company.id, touched);
  await retotal(tx, company.id, touched);
  // A step that is free again, or skipped, moves its case on.
  await wakeCustomers(tx, company.id, [...new Set(closed.map((item) => item.customerId))], today);
  const events = closed.map(({ reminderId, customerId, invoiceId, reason, outcome, reminderState }): NewEvent => {
    return {
      type: outcome === 'skipped' ? 'step.skipped' : 'reminder.dropped',
      customerId,
      invoiceId,
      reminderId,
      payload: { reason, ...(reminderState === 'to_do' ? { channel: 'task' } : {}) },
    };
  });
  await recordEvents(tx, scope, events);
  return dropped.length;
}

/** Messages whose customer can't be written to any more, and can be reached otherwise: their steps are free, and planned anew. */
export async function dropUnreachable(
  work: CompanyWork,
  reminders: readonly { id: string; customerId: string }[],
): Promise<void> {
  if (reminders.length === 0) return;
  const ids = new Set(reminders.map(({ id }) => id));
  const customerIds = [...new Set(reminders.map(({ customerId }) => customerId))];
  const items = (await openItems(work.tx, work.company.id, customerIds)).filter((item) => ids.has(item.reminderId));
  await takeOut(
    work,
    items.map((item) => ({ ...item, outcome: 'dropped', reason: because('no-address', { level: item.level }) })),
  );
}

/** All that waits to leave of a customer, or to be done, is taken out: their steps are free. What came back waits on. */
export async function dropAllWaiting(work: CompanyWork, customerId: string, reason: Reason): Promise<void> {
  const waiting = await openItems(work.tx, work.company.id, [customerId]);
  await takeOut(
    work,
    waiting
      .filter(({ reminderState }) => reminderState !== 'undelivered')
      .map((item) => ({ ...item, outcome: 'dropped', reason })),
  );
}

/** A message of theirs came back: what waits behind it for the same receivables is taken out, and comes again in its turn. */
export async function dropBehind(
  work: CompanyWork,
  customerId: string,
  reminderId: string,
  receivableIds: readonly string[],
): Promise<void> {
  const waiting = await openItems(work.tx, work.company.id, [customerId]);
  const behind = waiting.filter(
    (item) => item.reminderId !== reminderId && !item.byHand && receivableIds.includes(item.receivableId),
  );
  await takeOut(
    work,
    behind.map((item) => ({ ...item, outcome: 'dropped', reason: because('not-delivered', { level: item.level }) })),
  );
}
