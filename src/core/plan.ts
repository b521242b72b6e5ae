// The plan: one pure function from the facts of a day to decisions, each with its reason. The daily run, the preview of a
// future day, "why this, why not that" and the tests all call it.
import { isBankStale } from './bank.ts';
import { isSendingDay, sendingDayFrom } from './calendar.ts';
import { rateNotKnown } from './charge.ts';
import { addDays, type Day } from './day.ts';
import { type TaskEnding, toBeAsked } from './ending.ts';
import type { Channel, CompanyFacts, CustomerFacts, ItemFact, PauseFact, ReceivableFact, StepFact } from './facts.ts';
import { entryOf, type NextStep, nextStep, type Rung, reminderHasLeft, rungsOf, whyNotDue } from './ladder.ts';
import { firstUncovered, promiseHolding } from './promise.ts';
import { because, type Reason } from './reason.ts';
import { type Addressees, blockedAddresseeOf, reachedBy } from './recipients.ts';
import { oneMessageADay } from './reminder.ts';
import { withinLimits } from './sending-limits.ts';

/** A step that is passed over: it counts as left on the day it was due. */
export interface Skip {
  step: StepFact;
  occurrence: number;
  dueOn: Day;
  reason: Reason;
}

export type Verdict =
  | {
      kind: 'send';
      step: StepFact;
      /** From 1 on the last step comes again. */
      occurrence: number;
      dueOn: Day;
      channel: Channel;
      addressees: Addressees;
      needsApproval: boolean;
      reason: Reason;
    }
  /** The last step has left, and a person is asked today. */
  | { kind: 'task'; step: StepFact; ending: TaskEnding; reason: Reason }
  /** Nothing before that day. */
  | { kind: 'wait'; until: Day; reason: Reason; step: StepFact | null }
  /** Nothing until something changes. */
  | { kind: 'hold'; reason: Reason; step: StepFact | null }
  | { kind: 'outside'; reason: Reason }
  | { kind: 'end'; reason: Reason };

export interface Decision {
  receivable: ReceivableFact;
  entry: ReceivableFact['entry'];
  /** What is asked for: the open amount less the customer's credits that fall on it. */
  askedMinor: number;
  skips: Skip[];
  verdict: Verdict;
}

/** Decides for every receivable of a customer. Pure: the same facts and day give the same decisions. */
export function planCustomer(company: CompanyFacts, customer: CustomerFacts, today: Day): Decision[] {
  const asked = askedAmounts(customer);
  const decisions = customer.receivables.map((receivable): Decision => {
    const askedMinor = asked.get(receivable.id) ?? 0;
    const judged = judge(company, customer, receivable, askedMinor, today);
    return { receivable, askedMinor, ...judged };
  });
  return withinLimits(company, customer, oneMessageADay(company, decisions, today), today);
}

/** Rule 7: unallocated credits are set against the oldest receivables of their currency when reading, stored nowhere. */
export function askedAmounts(customer: Pick<CustomerFacts, 'credits' | 'receivables'>): Map<string, number> {
  const asked = new Map(customer.receivables.map((receivable) => [receivable.id, receivable.openMinor]));
  for (const [currency, creditMinor] of Object.entries(customer.credits)) {
    let left = creditMinor;
    for (const receivable of oldestFirst(customer.receivables, currency)) {
      if (left <= 0) break;
      const covered = Math.min(left, receivable.openMinor);
      asked.set(receivable.id, receivable.openMinor - covered);
      left -= covered;
    }
  }
  return asked;
}

function oldestFirst(receivables: readonly ReceivableFact[], currency: string): ReceivableFact[] {
  const last = '9999-12-31';
  return receivables
    .filter((one) => one.currency === currency && one.status === 'issued' && one.openMinor > 0)
    .sort(
      (a, b) =>
        compare(a.dueOn ?? last, b.dueOn ?? last) ||
        compare(a.issuedOn, b.issuedOn) ||
        a.position - b.position ||
        compare(a.id, b.id),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Judged {
  entry: ReceivableFact['entry'];
  skips: Skip[];
  verdict: Verdict;
}

function judge(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact,
  askedMinor: number,
  today: Day,
): Judged {
  const { entry } = receivable;
  const unready = whatKeepsItOut(customer, receivable, today);
  if (unready !== null) return { entry, skips: [], verdict: unready };
  const due = { ...receivable, dueOn: receivable.dueOn! };
  const rungs = rungsOf(customer.sequence!, customer.delaysDays, due.dueOn);
  const entered = entry === 'pending' ? entryOf(due, rungs, company.calendar, company.lateEntryDays) : entry;
  if (entered === 'outside') {
    return {
      entry: 'outside',
      skips: [],
      verdict: { kind: 'outside', reason: because('overdue-outside', { dueOn: due.dueOn }) },
    };
  }
  const held = whatHoldsIt(company, customer, receivable, askedMinor, today);
  if (held !== null) return { entry: entered, skips: [], verdict: held };
  const { skips, verdict } = climb(company, customer, due, askedMinor, rungs, today);
  return { entry: entered, skips, verdict };
}

/** Reasons that do not depend on the sequence's days: the invoice is not one to dun, or not yet (A3, E7, E8). */
function whatKeepsItOut(customer: CustomerFacts, receivable: ReceivableFact, today: Day): Verdict | null {
  const hold = (reason: Reason): Verdict => ({ kind: 'hold', reason, step: null });
  switch (receivable.status) {
    case 'draft':
      return hold(because('draft'));
    case 'to_process':
      return hold(because('to-process'));
    case 'quote':
      return hold(because('quote'));
    case 'cancelled':
      return { kind: 'end', reason: because('cancelled') };
    case 'written_off':
      return { kind: 'end', reason: because('written-off') };
    case 'issued':
      break;
  }
  if (receivable.openMinor <= 0) return { kind: 'end', reason: because('settled') };
  if (receivable.dueOn === null) return hold(because('no-due-date'));
  if (receivable.issuedOn > today) {
    return {
      kind: 'wait',
      until: receivable.issuedOn,
      reason: because('not-yet-issued', { issuedOn: receivable.issuedOn }),
      step: null,
    };
  }
  if (receivable.directDebit) return hold(because('direct-debit'));
  if (customer.sequence === null) return hold(because('no-sequence'));
  if (customer.sequence.deleted) return { kind: 'end', reason: because('sequence-deleted') };
  if (customer.rule?.excludedTypes.includes(receivable.type))
    return hold(because('type-excluded', { type: receivable.type, rule: customer.rule.name }));
  return null;
}

/** What holds back a receivable that is in its sequence, whatever its next step. */
function whatHoldsIt(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact,
  askedMinor: number,
  today: Day,
): Verdict | null {
  const hold = (reason: Reason): Verdict => ({ kind: 'hold', reason, step: null });
  if (receivable.disputed) return hold(because('disputed'));
  const promised = promisedUntil(company, customer, receivable, today);
  if (promised !== null) return promised;
  const paused = pausedUntil(customer, receivable, today);
  if (paused !== null) return paused;
  if (receivable.openMinor < company.toleranceMinor)
    return hold(because('below-tolerance', { openMinor: receivable.openMinor, currency: receivable.currency }));
  const pending = receivable.items.find((item) => item.state === 'open');
  if (pending !== undefined) {
    // What waits is its next step still, whoever looks and how often.
    const step = customer.sequence?.steps.find((one) => one.id === pending.stepId) ?? null;
    return { kind: 'hold', reason: whyPending(pending), step };
  }
  if (askedMinor === 0)
    return hold(because('covered-by-credits', { openMinor: receivable.openMinor, currency: receivable.currency }));
  if (askedMinor < company.toleranceMinor)
    return hold(because('below-tolerance', { openMinor: askedMinor, currency: receivable.currency }));
  return null;
}

function whyPending(item: ItemFact): Reason {
  const where = { level: item.level };
  if (item.reminderState === 'to_approve') return because('waits-for-approval', where);
  if (item.reminderState === 'failed') return because('failed-before', where);
  if (item.reminderState === 'undelivered') return because('not-delivered', where);
  if (item.reminderState === 'to_do') return because('waits-to-be-done', where);
  return because('waits-to-leave', where);
}

/** E10: nothing up to and including the promised day; what comes after it is decided then. */
function promisedUntil(
  company: CompanyFacts,
  customer: CustomerFacts,
  { invoiceId }: ReceivableFact,
  today: Day,
): Verdict | null {
  const promise = promiseHolding(company, customer, () => askedAmounts(customer), invoiceId, today);
  if (promise === null) return null;
  const missing = firstUncovered(company, customer, () => askedAmounts(customer), promise);
  if (missing !== null && promise.amount !== null) {
    const { dueOn, missingMinor: amountMinor } = missing;
    const reason = because('payment-plan', { dueOn, amountMinor, currency: promise.amount.currency });
    return { kind: 'wait', until: addDays(dueOn, 1), reason, step: null };
  }
  const { promisedOn, amount } = promise;
  const reason =
    amount === null
      ? because('promised', { promisedOn })
      : because('promised', { promisedOn, amountMinor: amount.minor, currency: amount.currency });
  return { kind: 'wait', until: addDays(promisedOn, 1), reason, step: null };
}

/** Rule 2: a pause until D includes D. The pauses of the invoice, the customer and the sequence all count. */
function pausedUntil(customer: CustomerFacts, receivable: ReceivableFact, today: Day): Verdict | null {
  const pauses = [...receivable.pauses, ...customer.pauses, ...(customer.sequence?.pauses ?? [])];
  const active = pauses.filter((pause) => isActive(pause, today));
  if (active.length === 0) return null;
  const endless = active.find((pause) => pause.untilOn === null);
  if (endless !== undefined) return { kind: 'hold', reason: because('paused', { reason: endless.reason }), step: null };
  const last = active.reduce((a, b) => (a.untilOn! > b.untilOn! ? a : b));
  return {
    kind: 'wait',
    until: addDays(last.untilOn!, 1),
    reason: because('paused', { reason: last.reason, untilOn: last.untilOn! }),
    step: null,
  };
}

export function isActive(pause: PauseFact, today: Day): boolean {
  return pause.fromOn <= today && (pause.untilOn === null || pause.untilOn >= today);
}

/** Takes the next step, passing over those below their minimum (they count as left on the day they were due). */
function climb(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact & { dueOn: Day },
  askedMinor: number,
  rungs: readonly Rung[],
  today: Day,
): { skips: Skip[]; verdict: Verdict } {
  const skips: Skip[] = [];
  const sequence = customer.sequence!;
  let items = receivable.items;
  for (;;) {
    const next = nextStep(receivable, items, customer, sequence, rungs, company.calendar, today);
    if ('none' in next) return { skips, verdict: { kind: 'end', reason: because(next.none) } };
    if ('ending' in next) return { skips, verdict: askAPerson(company, next.ending, next.rung, next.dueOn, today) };
    const { occurrence } = next;
    const { step } = next.rung;
    if (next.dueOn > today) return { skips, verdict: waitForStep(step, next.dueOn) };
    if (!isSendingDay(company.calendar, today)) {
      return { skips, verdict: waitForStep(step, sendingDayFrom(company.calendar, today)) };
    }
    if (step.formalNotice && !reminderHasLeft(receivable, items)) {
      return { skips, verdict: holdStep(receivable, next.rung, because('formal-notice-first', { level: step.level })) };
    }
    const minimumMinor = step.minimums[receivable.currency];
    if (minimumMinor === undefined || askedMinor >= minimumMinor) {
      const stale = whyBankHolds(company, step, today);
      if (stale !== null) return { skips, verdict: holdStep(receivable, next.rung, stale) };
      const unknown = whyRateHolds(company, customer, receivable, step, today);
      const sending = send(company, customer, receivable, next);
      // What a person does shows nothing.
      if (unknown !== null && sending.kind === 'send' && sending.channel !== 'task')
        return { skips, verdict: holdStep(receivable, next.rung, unknown) };
      return { skips, verdict: sending };
    }
    skips.push({
      step,
      occurrence,
      dueOn: next.dueOn,
      reason: because('below-minimum', { openMinor: askedMinor, minimumMinor, currency: receivable.currency }),
    });
    items = [...items, skippedItem(step, occurrence, sequence.id, next.dueOn)];
  }
}

/** What was paid is not known well enough for a reminder of that level; what is held goes on when it is. */
function whyBankHolds(company: CompanyFacts, { level }: StepFact, today: Day): Reason | null {
  const { bank } = company;
  if (bank === null || level < bank.level || !isBankStale(company, today)) return null;
  return because('bank-not-fresh', { level, ...(bank.knownOn === null ? {} : { knownOn: bank.knownOn }) });
}

/** F7: never an older rate in silence. What is held goes on when a person has said or confirmed the rate. */
export function whyRateHolds(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact & { dueOn: Day },
  step: Pick<StepFact, 'level'>,
  today: Day,
): Reason | null {
  const half = rateNotKnown(company, customer, receivable, step, today);
  if (half === null) return null;
  const [year, semester] = half.split('-H') as [string, string];
  return because('rate-not-known', { level: step.level, year, semester });
}

function waitForStep(step: StepFact, until: Day): Verdict {
  return { kind: 'wait', until, reason: because('step-not-reached', { level: step.level, dueOn: until }), step };
}

/** After the last step: not before its day, on a day on which the company works, and not while what came in is not known. */
function askAPerson(company: CompanyFacts, ending: TaskEnding, { step }: Rung, dueOn: Day, today: Day): Verdict {
  const until = dueOn > today ? dueOn : sendingDayFrom(company.calendar, today);
  const reason = because(toBeAsked[ending.kind], { dueOn: until });
  if (until > today) return { kind: 'wait', until, reason, step: null };
  const stale = whyBankHolds(company, step, today);
  return stale === null ? { kind: 'task', step, ending, reason } : { kind: 'hold', reason: stale, step };
}

function skippedItem(step: StepFact, occurrence: number, sequenceId: string, dueOn: Day): ItemFact {
  const { id, level, offsetDays, formalNotice, sender } = step;
  return {
    reminderId: null,
    sequenceId,
    stepId: id,
    level,
    offsetDays,
    formalNotice,
    occurrence,
    sender,
    state: 'skipped',
    dueOn,
    leftOn: dueOn,
    reminderState: null,
    channel: null,
    sendOn: null,
    byHand: false,
  };
}

/**
 * Held until something changes; a notice only until the due date is past, when it is dropped and the next step has its turn.
 */
function holdStep(receivable: { dueOn: Day }, { step, offsetDays }: Rung, reason: Reason): Verdict {
  if (offsetDays >= 0) return { kind: 'hold', reason, step };
  return { kind: 'wait', until: addDays(receivable.dueOn, 1), reason, step };
}

function send(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact & { dueOn: Day },
  { rung, dueOn, occurrence }: Extract<NextStep, { occurrence: number }>,
): Verdict {
  const { step } = rung;
  const reached = reachedBy(company, customer, receivable, step);
  if (reached === null) return holdStep(receivable, rung, whyUnreachable(company, customer, receivable, step));
  const { channel, addressees } = reached;
  return {
    kind: 'send',
    step,
    occurrence,
    dueOn,
    channel,
    addressees,
    needsApproval:
      // Who does a task decides with it.
      channel !== 'task' &&
      (step.requiresApproval || step.formalNotice || customer.keyAccount || company.approveEverything),
    reason: whyItIsDue(customer, step, occurrence, dueOn, channel),
  };
}

/** S1: the customer is not to be written to, nobody has an address, or whoever has one can't be written to there any more. */
export function whyUnreachable(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact,
  step: StepFact,
): Reason {
  const { level } = step;
  if (customer.forbiddenChannels.includes('email')) return because('email-forbidden', { level });
  const address = blockedAddresseeOf(company, customer, receivable, step);
  return address === null ? because('no-address', { level }) : because('address-blocked', { level, address });
}

function whyItIsDue(
  { forbiddenChannels }: CustomerFacts,
  { level, channels }: StepFact,
  occurrence: number,
  dueOn: Day,
  channel: Channel,
): Reason {
  if (occurrence > 0) return because('step-again', { level, dueOn, occurrence });
  if (channel === channels[0]) return because('step-due', { level, dueOn });
  return because(forbiddenChannels.includes('email') ? 'step-due-not-by-email' : 'step-due-by-task', { level, dueOn });
}

/**
 * Whether an item that has not left may still leave, read at the last moment (C3). Null: it may. Otherwise why not, and
 * whether its step is skipped (its minimum is no longer reached) or dropped and free again (paid, paused, disputed, promised, not
 * due any more).
 */
export function whyNotAnyMore(
  company: CompanyFacts,
  customer: CustomerFacts,
  receivable: ReceivableFact,
  minimums: StepFact['minimums'],
  byHand: boolean,
  today: Day,
): { outcome: 'dropped' | 'skipped'; reason: Reason } | null {
  const askedMinor = askedAmounts(customer).get(receivable.id) ?? 0;
  const others = { ...receivable, items: receivable.items.filter((item) => item.state !== 'open') };
  const verdict = whatKeepsItOut(customer, others, today) ?? whatHoldsIt(company, customer, others, askedMinor, today);
  const personDecided =
    byHand &&
    verdict !== null &&
    ['paused', 'no-sequence', 'sequence-deleted', 'type-excluded'].includes(verdict.reason.code);
  if (verdict !== null && verdict.kind !== 'send' && !personDecided)
    return { outcome: 'dropped', reason: verdict.reason };
  const ofMail = receivable.items.find((item) => item.state === 'open' && item.channel === 'email');
  if (ofMail !== undefined && customer.forbiddenChannels.includes('email'))
    return { outcome: 'dropped', reason: because('email-forbidden', { level: ofMail.level }) };
  const unknown =
    ofMail === undefined
      ? null
      : whyRateHolds(company, customer, { ...others, dueOn: receivable.dueOn! }, ofMail, today);
  if (unknown !== null) return { outcome: 'dropped', reason: unknown };
  if (byHand) return null;
  const waiting = receivable.items.find((item) => item.state === 'open');
  const notDue =
    waiting === undefined
      ? null
      : whyNotDue({ ...receivable, dueOn: receivable.dueOn! }, waiting, customer, company.calendar, today);
  if (notDue !== null) return { outcome: 'dropped', reason: notDue };
  const minimumMinor = minimums[receivable.currency];
  if (minimumMinor !== undefined && askedMinor < minimumMinor) {
    return {
      outcome: 'skipped',
      reason: because('below-minimum', { openMinor: askedMinor, minimumMinor, currency: receivable.currency }),
    };
  }
  return null;
}

/** The day on which a decision must be looked at again; null: when something changes. */
export function lookAgainOn(verdict: Verdict): Day | null {
  return verdict.kind === 'wait' ? verdict.until : null;
}

/** The day on which a notice before the due date comes too late that a person is to give, or was given to do; null: it is none. */
export function taskTooLateOn({ receivable, verdict }: Pick<Decision, 'receivable' | 'verdict'>): Day | null {
  const asked =
    verdict.kind === 'send'
      ? { channel: verdict.channel, offsetDays: verdict.step.offsetDays }
      : receivable.items.find(({ state }) => state === 'open');
  const isNotice = asked?.channel === 'task' && asked.offsetDays < 0;
  return isNotice && receivable.dueOn !== null ? addDays(receivable.dueOn, 1) : null;
}
