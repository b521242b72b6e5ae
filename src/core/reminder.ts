// From decisions to messages. For each invoice: one message for each step and group of recipients, in which two instalments whose
// step falls on one day stand together. For each customer (rule 12): one message a day and channel for all of its invoices.

import { sendingDayFrom } from './calendar.ts';
import { addDays, type Day } from './day.ts';
import type { Channel, CompanyFacts, ReceivableFact, StepFact } from './facts.ts';
import type { Currency } from './money.ts';
import type { Decision, Verdict } from './plan.ts';
import { because, type Reason } from './reason.ts';
import type { Addressees } from './recipients.ts';

export interface PlannedItem {
  receivable: ReceivableFact;
  /** The step that the receivable takes: the message's own, or a lower one that falls on the same day. */
  step: StepFact;
  occurrence: number;
  dueOn: Day;
  askedMinor: number;
}

export interface PlannedReminder {
  customerId: string;
  /** The first of its invoices. */
  invoiceId: string;
  /** Gives the template, the tone and the channel: the highest of its items' steps. */
  step: StepFact;
  channel: Channel;
  addressees: Addressees;
  /** Why it is made, and why by that channel. */
  reason: Reason;
  /** That of its first item; each item has its own. */
  currency: Currency;
  needsApproval: boolean;
  items: PlannedItem[];
}

export interface Amount {
  currency: Currency;
  minor: number;
}

type Sending = Decision & { verdict: Extract<Verdict, { kind: 'send' }> };

const isSending = (decision: Decision): decision is Sending => decision.verdict.kind === 'send';

/** The messages that the decisions of one customer ask for. */
export function groupReminders(
  customerId: string,
  decisions: readonly Decision[],
  grouping: CompanyFacts['grouping'],
): PlannedReminder[] {
  const keyOf =
    grouping === 'customer'
      ? ({ receivable, verdict }: Sending) => `${wayOf(verdict)} ${recipientsOf(receivable)}`
      : ({ receivable, verdict }: Sending) => `${verdict.channel} ${receivable.invoiceId} ${verdict.step.id}`;
  return [...Map.groupBy(decisions.filter(isSending), keyOf).values()].map((group) => toReminder(customerId, group));
}

/** Addresses set on one invoice alone make a message of its own: nobody reads of what is not theirs. */
const recipientsOf = ({ recipients }: ReceivableFact): string => JSON.stringify(recipients);

/** Two who write, or who read the answers, write two messages; a task is a person's own. */
const wayOf = ({ channel, step: { sender } }: { channel: Channel; step: Pick<StepFact, 'sender'> }): string =>
  channel === 'task' ? channel : JSON.stringify([channel, sender.name, sender.replyTo]);

function toReminder(customerId: string, group: readonly Sending[]): PlannedReminder {
  const highest = highestOf(group);
  const { step, channel, addressees, reason } = highest.verdict;
  // The message's own items first: the first of them is what the message is listed under.
  const ordered = [highest, ...group.filter((one) => one !== highest)];
  const items = ordered.map(({ receivable, askedMinor, verdict }) => ({
    receivable,
    step: verdict.step,
    occurrence: verdict.occurrence,
    dueOn: verdict.dueOn,
    askedMinor,
  }));
  return {
    customerId,
    invoiceId: highest.receivable.invoiceId,
    step,
    channel,
    addressees,
    reason,
    currency: highest.receivable.currency,
    needsApproval:
      group.some(({ verdict }) => verdict.needsApproval) ||
      (channel !== 'task' && reachesAny(step.approvalFrom, amountsOfItems(items))),
    items,
  };
}

/** What a message asks for in all decides, not each of its invoices; bounds are inclusive (rule 2). */
function reachesAny(bounds: StepFact['approvalFrom'], amounts: readonly Amount[]): boolean {
  return amounts.some(({ currency, minor }) => {
    const bound = bounds[currency];
    return bound !== undefined && minor >= bound;
  });
}

function highestOf(group: readonly Sending[]): Sending {
  return group.reduce((highest, one) => (isHigher(one.verdict.step, highest.verdict.step) ? one : highest));
}

function isHigher(a: StepFact, b: StepFact): boolean {
  return a.level !== b.level ? a.level > b.level : a.offsetDays > b.offsetDays;
}

/**
 * Rule 12, one message a day and channel for a customer: what can't stand in it waits for the next sending day, and its step is not
 * used up. A formal notice puts on notice only what is at that step; what is not due yet is not asked for together with what is late;
 * and a message that was made for today already, whoever made it, is today's. Another sender's is another message, on its own account.
 */
export function oneMessageADay(
  company: Pick<CompanyFacts, 'grouping' | 'calendar'>,
  decisions: readonly Decision[],
  today: Day,
): Decision[] {
  if (company.grouping === 'invoice') return [...decisions];
  const groups = Map.groupBy(decisions, ({ receivable }) => recipientsOf(receivable));
  const waiting = new Set(
    [...groups.values()].flatMap((group) =>
      [...Map.groupBy(group.filter(isSending), ({ verdict }) => wayOf(verdict))].flatMap(([way, sending]) =>
        whatWaits(group, way, sending, today),
      ),
    ),
  );
  const until = sendingDayFrom(company.calendar, addDays(today, 1));
  return decisions.map((decision) => {
    if (!isSending(decision) || !waiting.has(decision)) return decision;
    const { step } = decision.verdict;
    const reason = because('another-message-today', { level: step.level, until });
    return { ...decision, verdict: { kind: 'wait', until, reason, step } };
  });
}

/** `group`: all that goes to the same addresses; `sending`: what of it goes one way today. */
function whatWaits(group: readonly Decision[], way: string, sending: Sending[], today: Day): Sending[] {
  if (group.some(({ receivable }) => hasMessageOf(receivable, way, today))) return sending;
  const highest = highestOf(sending);
  return sending.filter((one) => !standsBeside(one, highest));
}

const hasMessageOf = ({ items }: ReceivableFact, way: string, day: Day): boolean =>
  items.some(
    ({ state, sendOn, channel, sender }) =>
      state !== 'skipped' && sendOn === day && channel !== null && wayOf({ channel, step: { sender } }) === way,
  );

function standsBeside({ verdict: { step } }: Sending, highest: Sending): boolean {
  const { step: top } = highest.verdict;
  if (top.formalNotice) return step.id === top.id;
  return step.offsetDays < 0 === top.offsetDays < 0;
}

/** What is asked for by these items, by currency, in their order: two currencies never add. */
export function amountsOf(items: readonly { currency: Currency; askedMinor: number }[]): Amount[] {
  const sums = new Map<Currency, number>();
  for (const { currency, askedMinor } of items) sums.set(currency, (sums.get(currency) ?? 0) + askedMinor);
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}

export const amountsOfItems = (items: readonly Pick<PlannedItem, 'receivable' | 'askedMinor'>[]): Amount[] =>
  amountsOf(items.map(({ receivable, askedMinor }) => ({ currency: receivable.currency, askedMinor })));
