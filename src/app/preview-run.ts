// What would leave, on any day, and why: the plan's own function rolled forward, nothing written.
import { addDays, type Day, earlierOf, laterOf } from '../core/day.ts';
import type { Channel, CompanyFacts, CustomerFacts } from '../core/facts.ts';
import { done, failed, type Result } from '../core/fault.ts';
import type { Decision } from '../core/plan.ts';
import { lookAgainOn, planCustomer } from '../core/plan.ts';
import type { Reason } from '../core/reason.ts';
import { type Amount, amountsOfItems } from '../core/reminder.ts';
import { type ForeseenReminder, type ForeseenTask, rollForward } from '../core/roll-forward.ts';
import { daysTaken } from '../core/sending-limits.ts';
import { type PaidInvoice, thanksOf } from '../core/thanks.ts';
import { customersWithin } from '../db/dunning-case.ts';
import { type CompanySnapshot, type CustomerSnapshot, readCompany, readCustomers } from '../db/facts.ts';
import { listCustomers } from '../db/lists.ts';
import { invoicesPaidLately, payersLately, readPaidInvoices, waitingThanks } from '../db/thanks.ts';
import { type Acting, type CompanyWork, type Context, forCompany, todayOf } from './context.ts';
import { lastPaid } from './thank-payers.ts';

/** A message foreseen, in figures. */
export interface PreviewedReminder {
  kind: 'reminder' | 'thanks';
  leavesOn: Day;
  customerId: string;
  invoiceIds: string[];
  invoiceNumbers: string[];
  channel: Channel;
  level: number;
  stepName: string;
  needsApproval: boolean;
  /** In `currency`. */
  askedMinor: number;
  currency: string;
  askedOthers: Amount[];
  /** The day on which the step was due; of thanks, that of the payment. */
  dueOn: Day;
}

export interface PreviewedTask {
  on: Day;
  customerId: string;
  invoiceNumber: string;
  kind: 'task' | 'litigation';
}

export interface PreviewedReceivable {
  receivableId: string;
  invoiceId: string;
  invoiceNumber: string;
  customerId: string;
  kind: Decision['verdict']['kind'];
  reason: Reason;
  nextOn: Day | null;
  askedMinor: number;
  currency: string;
}

export interface Preview {
  from: Day;
  day: Day;
  /** Everything that would leave from today to that day, in order. */
  reminders: PreviewedReminder[];
  /** Whom a person would be asked about after the last step, in order. */
  tasks: PreviewedTask[];
  /** Where each open receivable stands on that day. */
  receivables: PreviewedReceivable[];
}

const pageSize = 500;

/**
 * Rolls the plan from today to that day (rule 13): approvals the same day, messages delivered, no payment. With `include`,
 * as if these invoices, which stand outside, had been included (E2). With `goingLive`, as if a practice company went live now:
 * on the real date, with every open receivable met anew (rule 14).
 */
export function previewRun(
  context: Context,
  acting: Acting,
  input: { day?: Day | undefined; include?: string[] | undefined; goingLive?: boolean | undefined },
): Promise<Result<Preview>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const { goingLive = false } = input;
    if (goingLive && company.mode === 'live') return failed('already-live');
    const today = goingLive ? todayOf({ ...company, simulated_on: null }, context.now()) : work.today;
    const day = input.day ?? today;
    if (day < today) return failed('invalid-input', { field: 'day', value: day });
    const snapshot = await readCompany(tx, company, today);
    const facts = { ...snapshot.facts, approveEverything: goingLive || snapshot.facts.approveEverything };
    const include = new Set(input.include ?? []);
    const which = goingLive ? 'everyone' : include.size > 0 ? 'outside-too' : 'looked-at';
    const preview: Preview = { from: today, day, reminders: [], tasks: [], receivables: [] };
    let after: string | null = null;
    for (;;) {
      const customerIds: string[] = await customersWithin(tx, company.id, day, which, after, pageSize);
      if (customerIds.length === 0) break;
      after = customerIds.at(-1)!;
      for (const customer of await readCustomers(tx, snapshot, customerIds)) {
        const given = goingLive ? metAnew(customer, today) : withIncluded(customer, include);
        const { reminders, tasks, decisions } = rollForward(facts, given, today, day);
        preview.reminders.push(...reminders.map(toPreviewed));
        preview.tasks.push(...tasksOf(tasks, customer.facts.id));
        preview.receivables.push(...decisions.map((decision) => toReceivable(decision, customer.facts.id)));
      }
    }
    if (!goingLive) preview.reminders.push(...(await foreseenThanks(work, snapshot, preview.reminders, day)));
    preview.reminders.sort((a, b) => (a.leavesOn < b.leavesOn ? -1 : a.leavesOn > b.leavesOn ? 1 : b.level - a.level));
    preview.tasks.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    return done(preview);
  });
}

/**
 * Thanks that wait, and those that the runs of these days would write for what is entered by now. `foreseen`: what else leaves, for the
 * company's limits.
 */
async function foreseenThanks(
  work: CompanyWork,
  snapshot: CompanySnapshot,
  foreseen: readonly PreviewedReminder[],
  day: Day,
): Promise<PreviewedReminder[]> {
  const { tx, company, today, scope } = work;
  const { thanks_since: since } = company;
  if (since === null) return [];
  const thanks = await thanksThatWait(work, day);
  const paid = { practice: scope.practice, since, enteredBy: today, today };
  const leaving = Map.groupBy(
    foreseen.filter(({ channel }) => channel !== 'task'),
    ({ customerId }) => customerId,
  );
  let after: string | null = null;
  for (;;) {
    const customerIds: string[] = await payersLately(tx, company.id, paid, after, pageSize);
    if (customerIds.length === 0) return thanks;
    after = customerIds.at(-1)!;
    const invoiceIds = await invoicesPaidLately(tx, company.id, paid, customerIds);
    const invoices = await readPaidInvoices(tx, company.id, { ...scope, today }, invoiceIds);
    const ofCustomer = Map.groupBy(invoices, ({ customerId }) => customerId);
    for (const { facts } of await readCustomers(tx, snapshot, customerIds)) {
      const days = (leaving.get(facts.id) ?? []).map(({ leavesOn }) => leavesOn);
      thanks.push(...thanksToCome(snapshot.facts, facts, ofCustomer.get(facts.id) ?? [], { since, days }, today, day));
    }
  }
}

async function thanksThatWait({ tx, company, today, scope }: CompanyWork, day: Day): Promise<PreviewedReminder[]> {
  const waiting = (await waitingThanks(tx, company.id, null)).filter(
    ({ state, sendOn }) => state !== 'failed' && sendOn <= day,
  );
  const invoiceIds = waiting.flatMap((message) => message.invoiceIds);
  const invoices = await readPaidInvoices(tx, company.id, { ...scope, today }, invoiceIds);
  const byId = new Map(invoices.map((invoice) => [invoice.invoiceId, invoice]));
  return waiting.map(({ customerId, state, sendOn, invoiceIds: own }) =>
    toThanks(
      customerId,
      laterOf(sendOn, today),
      state === 'to_approve',
      own.map((id) => byId.get(id)!),
    ),
  );
}

/** Each invoice on the first day that nothing speaks against. `days`: those of the customer's other messages. */
function thanksToCome(
  company: CompanyFacts,
  customer: CustomerFacts,
  invoices: readonly PaidInvoice[],
  { since, days }: { since: Day; days: readonly Day[] },
  from: Day,
  until: Day,
): PreviewedReminder[] {
  const thanks: PreviewedReminder[] = [];
  let left = invoices;
  for (let on = from; on <= until && left.length > 0; on = addDays(on, 1)) {
    const taken = [...days, ...thanks.map(({ leavesOn }) => leavesOn)];
    const others = [...taken, ...daysTaken(company.calendar, customer.messages, on)];
    for (const one of thanksOf(company, customer, left, { since, others }, on)) {
      thanks.push(toThanks(customer.id, on, one.needsApproval, one.invoices));
      left = left.filter((invoice) => !one.invoices.includes(invoice));
    }
  }
  return thanks;
}

function toThanks(
  customerId: string,
  leavesOn: Day,
  needsApproval: boolean,
  invoices: readonly PaidInvoice[],
): PreviewedReminder {
  return {
    kind: 'thanks',
    leavesOn,
    customerId,
    invoiceIds: invoices.map(({ invoiceId }) => invoiceId),
    invoiceNumbers: invoices.map(({ invoiceNumber }) => invoiceNumber),
    channel: 'email',
    level: 0,
    stepName: '',
    needsApproval,
    askedMinor: 0,
    currency: invoices[0]!.currency,
    askedOthers: [],
    dueOn: lastPaid(invoices),
  };
}

/** Two instalments of one invoice ask a person once a day, as the run does. */
function tasksOf(tasks: readonly ForeseenTask[], customerId: string): PreviewedTask[] {
  const byInvoice = Map.groupBy(tasks, ({ on, receivable }) => `${on} ${receivable.invoiceId}`);
  return [...byInvoice.values()].map(([first]) => {
    const { on, receivable, kind } = first!;
    return { on, customerId, invoiceNumber: receivable.invoiceNumber, kind };
  });
}

function withIncluded({ facts }: CustomerSnapshot, include: ReadonlySet<string>): CustomerSnapshot['facts'] {
  if (include.size === 0) return facts;
  const receivables = facts.receivables.map((one) =>
    include.has(one.invoiceId) ? { ...one, entry: 'entered' as const, metHow: 'included' as const } : one,
  );
  return { ...facts, receivables };
}

/** What practice sent, and was promised in it, counts for nothing (goLive does the same in the database). */
function metAnew({ facts }: CustomerSnapshot, today: Day): CustomerSnapshot['facts'] {
  const sequence =
    facts.sequence === null
      ? null
      : {
          ...facts.sequence,
          endingSetOn: earlierOf(facts.sequence.endingSetOn, today),
          steps: facts.sequence.steps.map((step) => (step.addedOn > today ? { ...step, addedOn: today } : step)),
        };
  const receivables = facts.receivables.map((one) => ({
    ...one,
    pass: one.pass + 1,
    metOn: today,
    metHow: 'live' as const,
    entry: 'pending' as const,
    levelByHand: null,
    levelSetOn: null,
    items: [],
    endedStepIds: [],
  }));
  return { ...facts, sequence, anythingLeft: false, messages: [], promises: [], receivables };
}

function toPreviewed({ leavesOn, reminder }: ForeseenReminder): PreviewedReminder {
  const { items } = reminder;
  const [first = { currency: reminder.currency, minor: 0 }, ...askedOthers] = amountsOfItems(items);
  return {
    kind: 'reminder',
    leavesOn,
    customerId: reminder.customerId,
    invoiceIds: [...new Set(items.map((item) => item.receivable.invoiceId))],
    invoiceNumbers: [...new Set(items.map((item) => item.receivable.invoiceNumber))],
    channel: reminder.channel,
    level: reminder.level,
    stepName: reminder.stepName,
    needsApproval: reminder.needsApproval,
    askedMinor: first.minor,
    currency: first.currency,
    askedOthers,
    dueOn: items[0]!.dueOn,
  };
}

function toReceivable({ receivable, verdict, askedMinor }: Decision, customerId: string): PreviewedReceivable {
  return {
    receivableId: receivable.id,
    invoiceId: receivable.invoiceId,
    invoiceNumber: receivable.invoiceNumber,
    customerId,
    kind: verdict.kind,
    reason: verdict.reason,
    nextOn: lookAgainOn(verdict),
    askedMinor,
    currency: receivable.currency,
  };
}

export interface Placed {
  by: 'chosen' | 'none' | 'rule' | 'default';
  rule: string | null;
  /** null: no reminders. */
  sequence: string | null;
}

export interface Explanation {
  invoiceId: string;
  invoiceNumber: string;
  customerId: string;
  today: Day;
  /** What the customer follows, and what put it there. */
  placed: Placed;
  receivables: {
    receivableId: string;
    dueOn: Day | null;
    openMinor: number;
    askedMinor: number;
    currency: string;
    entry: 'pending' | 'entered' | 'outside';
    /** What the plan decides today, and why. */
    verdict: Decision['verdict']['kind'];
    reason: Reason;
    nextStep: { level: number; name: string; on: Day | null } | null;
    /** Steps taken, skipped or on their way in this pass. */
    taken: { level: number; state: 'open' | 'taken' | 'skipped'; dueOn: Day; leftOn: Day | null }[];
  }[];
}

/** "Why this, why not that", for one invoice: the same function, read aloud. */
export function explainInvoice(
  context: Context,
  acting: Acting,
  input: { invoiceId: string },
): Promise<Result<Explanation>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const invoice = await tx
      .selectFrom('invoice')
      .select(['id', 'number', 'customer_id'])
      .where('company_id', '=', company.id)
      .where('id', '=', input.invoiceId)
      .executeTakeFirst();
    if (invoice === undefined) return failed('not-found', { what: 'invoice', id: input.invoiceId });
    const decisions = await decideFor(work, invoice.customer_id, invoice.id);
    const receivables = decisions
      .filter((decision) => decision.receivable.invoiceId === invoice.id)
      .map(({ receivable, verdict, askedMinor, entry }) => ({
        receivableId: receivable.id,
        dueOn: receivable.dueOn,
        openMinor: receivable.openMinor,
        askedMinor,
        currency: receivable.currency,
        entry,
        verdict: verdict.kind,
        reason: verdict.reason,
        nextStep: nextOf(verdict, today),
        taken: receivable.items
          .map(({ level, state, dueOn, leftOn }) => ({ level, state, dueOn, leftOn }))
          .sort((a, b) => a.level - b.level),
      }));
    return done({
      invoiceId: invoice.id,
      invoiceNumber: invoice.number,
      customerId: invoice.customer_id,
      today,
      placed: await placedBy(work, invoice.customer_id),
      receivables,
    });
  });
}

async function placedBy({ tx, company, today }: CompanyWork, customerId: string): Promise<Placed> {
  const { enrolment, ruleName, followsTitle } = (await listCustomers(tx, company, today, { customerId, limit: 1 }))
    .rows[0]!;
  return { by: ruleName === null ? enrolment : 'rule', rule: ruleName, sequence: followsTitle };
}

function nextOf(verdict: Decision['verdict'], today: Day): { level: number; name: string; on: Day | null } | null {
  if (verdict.kind === 'outside' || verdict.kind === 'end' || verdict.kind === 'task' || verdict.step === null)
    return null;
  const on = verdict.kind === 'send' ? today : lookAgainOn(verdict);
  return { level: verdict.step.level, name: verdict.step.name, on };
}

async function decideFor(
  { tx, company, today }: CompanyWork,
  customerId: string,
  invoiceId: string,
): Promise<Decision[]> {
  const snapshot = await readCompany(tx, company, today);
  const [customer] = await readCustomers(tx, snapshot, [customerId], invoiceId);
  if (customer === undefined) return [];
  return planCustomer(snapshot.facts, customer.facts, today);
}
