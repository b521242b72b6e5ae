// Preview of a future day (rule 13): the plan rolled day by day in memory, with approvals the same day, messages delivered
// and no payment; a task is done on its day. It calls the same plan as the run and changes nothing.
import { isSendingDay } from './calendar.ts';
import { addDays, type Day, earlierOf, laterOf } from './day.ts';
import type { TaskEnding } from './ending.ts';
import type { CompanyFacts, CustomerFacts, ItemFact, MessageFact, ReceivableFact, StepFact } from './facts.ts';
import { askedAmounts, type Decision, lookAgainOn, planCustomer, whyNotAnyMore } from './plan.ts';
import { groupReminders, type PlannedItem, type PlannedReminder } from './reminder.ts';
import { type Candidate, isLimited, keptBack, pressureOf } from './sending-limits.ts';

/** A message that would leave, and the day it would. */
export interface ForeseenReminder {
  leavesOn: Day;
  reminder: Omit<PlannedReminder, 'step' | 'addressees' | 'reason' | 'items'> & {
    items: Omit<PlannedItem, 'step'>[];
    level: number;
    stepId: string;
    stepName: string;
  };
}

/** A person who would be asked what comes after the last step, and the day. */
export interface ForeseenTask {
  on: Day;
  receivable: ReceivableFact;
  kind: TaskEnding['kind'];
}

export interface Foreseen {
  reminders: ForeseenReminder[];
  tasks: ForeseenTask[];
  /** The decisions of the last day looked at. */
  decisions: Decision[];
}

/** What came in for each instalment, by day; negative where it was taken back. */
export type MoneyByDay = ReadonlyMap<Day, readonly { receivableId: string; minor: number }[]>;

/** Rolls one customer from one day to another, both included. `money`: what came in on the way, known before the day is planned. */
export function rollForward(
  company: CompanyFacts,
  customer: CustomerFacts,
  from: Day,
  to: Day,
  money: MoneyByDay = new Map(),
): Foreseen {
  const reminders: ForeseenReminder[] = [];
  const tasks: ForeseenTask[] = [];
  let facts = customer;
  let decisions: Decision[] = [];
  const daysOfMoney = [...money.keys()].sort();
  let day = from;
  while (day <= to) {
    facts = received(facts, money.get(day));
    const pending = deliverPending(company, facts, day);
    reminders.push(...pending.left);
    facts = pending.facts;
    // On the days to come payments will have been imported: what the bank holds back today leaves tomorrow at the earliest.
    decisions = planCustomer(day === from ? company : { ...company, bank: null }, facts, day);
    const planned = groupReminders(customer.id, decisions, company.grouping);
    reminders.push(...planned.map((reminder) => foresee(reminder, day)));
    for (const { receivable, verdict } of decisions)
      if (verdict.kind === 'task') tasks.push({ on: day, receivable, kind: verdict.ending.kind });
    const messages = planned.filter(({ channel }) => channel !== 'task').length;
    facts = noteMessages(takeSteps(facts, decisions, day), messages, day);
    day = earliestOf(nextDayOfInterest(company, facts, decisions, day, to), daysOfMoney, day);
  }
  return { reminders, tasks, decisions };
}

/** Money that comes in before the next day of interest is looked at on its own day. */
function earliestOf(next: Day, daysOfMoney: readonly Day[], after: Day): Day {
  const coming = daysOfMoney.find((day) => day > after);
  return coming === undefined ? next : earlierOf(coming, next);
}

function received(
  customer: CustomerFacts,
  money: readonly { receivableId: string; minor: number }[] | undefined,
): CustomerFacts {
  if (money === undefined) return customer;
  const sums = new Map<string, number>();
  for (const { receivableId, minor } of money) sums.set(receivableId, (sums.get(receivableId) ?? 0) + minor);
  const receivables = customer.receivables.map((one) => {
    const minor = sums.get(one.id);
    return minor === undefined ? one : { ...one, openMinor: one.openMinor - minor };
  });
  return { ...customer, receivables };
}

function foresee(reminder: PlannedReminder, leavesOn: Day): ForeseenReminder {
  const { customerId, invoiceId, channel, currency, needsApproval, items, step } = reminder;
  const { level, id: stepId, name: stepName } = step;
  return {
    leavesOn,
    reminder: { customerId, invoiceId, channel, currency, needsApproval, items, level, stepId, stepName },
  };
}

/** Applies a day's decisions: what is sent has left that day, what is skipped counts from the day it was due. */
function takeSteps(customer: CustomerFacts, decisions: readonly Decision[], day: Day): CustomerFacts {
  const sequenceId = customer.sequence?.id ?? '';
  let anythingLeft = customer.anythingLeft;
  const receivables = decisions.map(({ receivable, entry, skips, verdict }) => {
    const items: ItemFact[] = [...receivable.items];
    for (const { step, occurrence, dueOn } of skips) {
      items.push({
        ...ofStep(step),
        occurrence,
        reminderId: null,
        sequenceId,
        state: 'skipped',
        dueOn,
        leftOn: dueOn,
        reminderState: null,
        channel: null,
        sendOn: null,
        byHand: false,
      });
    }
    if (verdict.kind === 'send') {
      anythingLeft = true;
      const { step, occurrence, dueOn, channel } = verdict;
      items.push({
        ...ofStep(step),
        occurrence,
        reminderId: null,
        sequenceId,
        state: 'taken',
        dueOn,
        leftOn: day,
        reminderState: 'sent',
        channel,
        sendOn: day,
        byHand: false,
      });
    }
    const endedStepIds =
      verdict.kind === 'task' ? [...receivable.endedStepIds, verdict.step.id] : receivable.endedStepIds;
    return { ...receivable, entry, items, endedStepIds };
  });
  return { ...customer, anythingLeft, receivables };
}

/** So many messages have left that day, one for each planned, however many invoices it has. */
function noteMessages(customer: CustomerFacts, count: number, day: Day): CustomerFacts {
  if (count === 0) return customer;
  const left = Array.from({ length: count }, (): MessageFact => ({ ...foreseenMessage, on: day }));
  return { ...customer, messages: [...customer.messages, ...left] };
}

const foreseenMessage = { reminderId: null, state: 'left', byHand: false } as const;

function ofStep({
  id,
  level,
  offsetDays,
  formalNotice,
  sender,
}: StepFact): Pick<ItemFact, 'stepId' | 'level' | 'offsetDays' | 'formalNotice' | 'sender'> {
  return { stepId: id, level, offsetDays, formalNotice, sender };
}

/**
 * What was waiting already (approved or done the same day, postponed until its day) leaves, unless it may not any more, or
 * not yet. A message leaves on a sending day; a person does a task on any.
 */
function deliverPending(
  company: CompanyFacts,
  customer: CustomerFacts,
  day: Day,
): { facts: CustomerFacts; left: ForeseenReminder[] } {
  const messagesLeave = isSendingDay(company.calendar, day);
  const left = new Map<string, ForeseenReminder>();
  const asked = askedAmounts(customer);
  const keptUntil = messagesLeave ? pendingKeptBack(company, customer, day) : new Map<string, Day>();
  let anythingLeft = customer.anythingLeft;
  const receivables = customer.receivables.map((receivable): ReceivableFact => {
    const pending = pendingOf(receivable, day);
    if (pending === undefined || !(messagesLeave || pending.channel === 'task')) return receivable;
    const others = receivable.items.filter((item) => item !== pending);
    const step = customer.sequence?.steps.find((candidate) => candidate.id === pending.stepId);
    const why = whyPendingNot(company, customer, receivable, pending, day);
    if (why !== null) {
      const skipped: ItemFact[] =
        why.outcome === 'skipped' ? [{ ...pending, state: 'skipped', leftOn: pending.dueOn }] : [];
      return { ...receivable, items: [...others, ...skipped] };
    }
    const until = keptUntil.get(pending.reminderId ?? '');
    if (until !== undefined) return { ...receivable, items: [...others, { ...pending, sendOn: until }] };
    anythingLeft = true;
    const key = pending.reminderId ?? receivable.id;
    const { occurrence, dueOn } = pending;
    const item = { receivable, occurrence, dueOn, askedMinor: asked.get(receivable.id) ?? 0 };
    const known = left.get(key);
    if (known !== undefined) known.reminder.items.push(item);
    else {
      const { invoiceId, currency } = receivable;
      const { level, stepId, channel } = pending;
      left.set(key, {
        leavesOn: day,
        reminder: {
          customerId: customer.id,
          invoiceId,
          channel: channel!,
          currency,
          needsApproval: pending.reminderState === 'to_approve',
          items: [item],
          level,
          stepId,
          stepName: step?.name ?? '',
        },
      });
    }
    return { ...receivable, items: [...others, { ...pending, state: 'taken', leftOn: day, reminderState: 'sent' }] };
  });
  const messages = messagesLeave
    ? messagesAfter(customer.messages, new Set(left.keys()), keptUntil, day)
    : customer.messages;
  return { facts: { ...customer, anythingLeft, messages, receivables }, left: [...left.values()] };
}

/** The item of a message that waits and whose day has come. */
function pendingOf(receivable: ReceivableFact, day: Day): ItemFact | undefined {
  return receivable.items.find((item) => item.state === 'open' && !needsAPerson(item) && (item.sendOn ?? day) <= day);
}

/** Rule 4: failed for good, or come back. Only a person sends it otherwise, or skips it. */
const needsAPerson = ({ reminderState }: ItemFact): boolean =>
  reminderState === 'failed' || reminderState === 'undelivered';

function whyPendingNot(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact,
  pending: ItemFact,
  day: Day,
): ReturnType<typeof whyNotAnyMore> {
  const step = customer.sequence?.steps.find((candidate) => candidate.id === pending.stepId);
  return whyNotAnyMore(company, customer, receivable, step?.minimums ?? {}, pending.byHand, day);
}

/** Of the messages that wait and could leave today, those that the limits keep back, and until when: as claiming them would. */
function pendingKeptBack(company: CompanyFacts, customer: CustomerFacts, day: Day): Map<string, Day> {
  if (!isLimited(company.limits)) return new Map();
  const asking = new Map<string, { receivable: ReceivableFact; pending: ItemFact }[]>();
  for (const receivable of customer.receivables) {
    const pending = pendingOf(receivable, day);
    if (pending === undefined || pending.reminderId === null || pending.channel === 'task') continue;
    if (whyPendingNot(company, customer, receivable, pending, day) !== null) continue;
    asking.set(pending.reminderId, [...(asking.get(pending.reminderId) ?? []), { receivable, pending }]);
  }
  const candidates = [...asking].map(([id, items]): Candidate<string> => {
    const level = Math.max(...items.map(({ pending }) => pending.level));
    const invoices = items.map(({ receivable }) => ({
      dueOn: receivable.dueOn!,
      invoiceNumber: receivable.invoiceNumber,
    }));
    const leaves = items.some(({ pending }) => pending.byHand || pending.reminderState === 'sending');
    return { it: id, ...pressureOf(level, invoices), byHand: leaves };
  });
  const days = customer.messages.filter(({ state }) => state === 'left').map(({ on }) => on);
  return new Map(keptBack(company, days, candidates, day).map(({ it, until }) => [it, until]));
}

/** What left that day has left; what was kept back has another day; what could leave and did not is dropped. */
function messagesAfter(
  messages: readonly MessageFact[],
  left: ReadonlySet<string>,
  keptUntil: ReadonlyMap<string, Day>,
  day: Day,
): MessageFact[] {
  return messages.flatMap((message): MessageFact[] => {
    const { reminderId, state, on } = message;
    if (state === 'left' || on > day || reminderId === null) return [message];
    if (left.has(reminderId)) return [{ ...message, state: 'left', on: day }];
    const until = keptUntil.get(reminderId);
    return until === undefined ? [] : [{ ...message, state: 'waiting', on: until }];
  });
}

/** The next day on which anything can happen, so that a preview of a far day does not plan every day between. */
function nextDayOfInterest(
  company: CompanyFacts,
  facts: CustomerFacts,
  decisions: readonly Decision[],
  day: Day,
  to: Day,
): Day {
  const tomorrow = addDays(day, 1);
  if (decisions.some(({ verdict }) => verdict.kind === 'send' || verdict.reason.code === 'bank-not-fresh'))
    return tomorrow;
  const postponed = facts.receivables.flatMap((one) =>
    one.items
      .filter((item) => item.state === 'open' && item.sendOn !== null && !needsAPerson(item))
      .map((item) => item.sendOn!),
  );
  const days = [...decisions.map(({ verdict }) => lookAgainOn(verdict)), ...postponed].filter((one) => one !== null);
  if (day < to && days.length === 0) return to;
  if (postponed.some((one) => one <= tomorrow) || !isSendingDay(company.calendar, day)) return tomorrow;
  // The last day is always looked at, so that its decisions are those of that day.
  const next = laterOf(tomorrow, days.reduce(earlierOf, '9999-12-31'));
  return day < to ? earlierOf(next, to) : next;
}
