// A sequence replayed against what has happened: last year's invoices and payments, day by day, by the plan itself. What would have
// left, when, to whom, and how much of it was needless: the money came within two days of it anyway.
import { addDays, type Day, daysBetween, laterOf } from './day.ts';
import type { Channel, CompanyFacts, CustomerFacts } from './facts.ts';
import { type Amount, amountsOfItems } from './reminder.ts';
import { type ForeseenReminder, type MoneyByDay, rollForward } from './roll-forward.ts';

/** Paid so soon after a message, it would have been paid without it: a transfer takes one banking day or two. */
const needlessWithinDays = 2;

/** A message, or what a person would have done instead. */
export interface ReplayedMessage {
  leavesOn: Day;
  customerId: string;
  invoiceIds: string[];
  invoiceNumbers: string[];
  channel: Channel;
  level: number;
  stepId: string;
  needsApproval: boolean;
  amounts: Amount[];
  /** Days from the message to the money, for the last of its invoices; null: not all of it was paid by the end. */
  paidAfterDays: number | null;
  needless: boolean;
}

export interface ReplayedStep {
  stepId: string;
  messages: number;
  /** What a person would have done instead of a message. */
  tasks: number;
  /** Of both. */
  needless: number;
  amounts: Amount[];
}

export interface Replayed {
  customers: number;
  receivables: number;
  messages: number;
  tasks: number;
  toApprove: number;
  /** Of both. */
  needless: number;
  steps: ReplayedStep[];
  months: { month: string; messages: number; tasks: number; needless: number }[];
  /** The first of them, in order. */
  shown: ReplayedMessage[];
}

/** Adds up customers; `shown`: so many messages are kept to be read. */
export class Replay {
  readonly #company: CompanyFacts;
  readonly #from: Day;
  readonly #to: Day;
  readonly #shown: number;
  readonly #steps = new Map<string, Counts & { sums: Map<string, number> }>();
  readonly #months = new Map<string, Counts>();
  #messages: ReplayedMessage[] = [];
  #customers = 0;
  #receivables = 0;
  readonly #all = noCounts();
  #toApprove = 0;

  /** Both days are included. */
  constructor(company: CompanyFacts, from: Day, to: Day, shown: number) {
    // What is known of the bank, and that the first real sending is approved, are matters of today.
    this.#company = { ...company, bank: null, approveEverything: false };
    this.#from = from;
    this.#to = to;
    this.#shown = shown;
  }

  /** `customer`: as it was before the first day, each instalment with its whole amount; `money`: what came for each since. */
  add(customer: CustomerFacts, money: MoneyByDay): void {
    if (customer.receivables.length === 0) return;
    this.#customers += 1;
    this.#receivables += customer.receivables.length;
    const settledOn = settlementDays(customer, money);
    for (const foreseen of rollForward(this.#company, customer, this.#from, this.#to, money).reminders)
      this.#take(replayed(foreseen, settledOn));
  }

  result(): Replayed {
    return {
      customers: this.#customers,
      receivables: this.#receivables,
      ...this.#all,
      toApprove: this.#toApprove,
      steps: [...this.#steps].map(([stepId, { sums, ...counts }]) => ({
        stepId,
        ...counts,
        amounts: [...sums].map(([currency, minor]) => ({ currency, minor })),
      })),
      months: [...this.#months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, counted]) => ({ month, ...counted })),
      shown: inOrder(this.#messages).slice(0, this.#shown),
    };
  }

  #take(message: ReplayedMessage): void {
    if (message.needsApproval) this.#toApprove += 1;
    const step = this.#steps.get(message.stepId) ?? { ...noCounts(), sums: new Map() };
    const month = this.#months.get(message.leavesOn.slice(0, 7)) ?? noCounts();
    for (const counts of [this.#all, step, month]) count(counts, message);
    for (const { currency, minor } of message.amounts) step.sums.set(currency, (step.sums.get(currency) ?? 0) + minor);
    this.#steps.set(message.stepId, step);
    this.#months.set(message.leavesOn.slice(0, 7), month);
    this.#messages.push(message);
    // Memory stays that of what is shown, whatever the year.
    if (this.#messages.length > 2 * this.#shown) this.#messages = inOrder(this.#messages).slice(0, this.#shown);
  }
}

interface Counts {
  messages: number;
  tasks: number;
  needless: number;
}

const noCounts = (): Counts => ({ messages: 0, tasks: 0, needless: 0 });

function count(counts: Counts, { channel, needless }: ReplayedMessage): void {
  if (channel === 'task') counts.tasks += 1;
  else counts.messages += 1;
  if (needless) counts.needless += 1;
}

/** By day, then by level, then by invoice. */
const inOrder = (messages: readonly ReplayedMessage[]): ReplayedMessage[] =>
  [...messages].sort(
    (a, b) =>
      compare(a.leavesOn, b.leavesOn) || a.level - b.level || compare(a.invoiceNumbers[0]!, b.invoiceNumbers[0]!),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The day on which each instalment had nothing left, for good. */
function settlementDays(customer: CustomerFacts, money: MoneyByDay): Map<string, Day> {
  const open = new Map(customer.receivables.map((one) => [one.id, one.openMinor]));
  const settled = new Map<string, Day>();
  for (const day of [...money.keys()].sort())
    for (const { receivableId, minor } of money.get(day)!) {
      const left = (open.get(receivableId) ?? 0) - minor;
      open.set(receivableId, left);
      if (left <= 0) settled.set(receivableId, day);
      else settled.delete(receivableId);
    }
  return settled;
}

function replayed({ leavesOn, reminder }: ForeseenReminder, settledOn: ReadonlyMap<string, Day>): ReplayedMessage {
  const { customerId, items, channel, level, stepId, needsApproval } = reminder;
  const paid = items.flatMap(({ receivable }) => settledOn.get(receivable.id) ?? []);
  const last = paid.length < items.length ? null : paid.reduce(laterOf);
  return {
    leavesOn,
    customerId,
    invoiceIds: [...new Set(items.map(({ receivable }) => receivable.invoiceId))],
    invoiceNumbers: [...new Set(items.map(({ receivable }) => receivable.invoiceNumber))],
    channel,
    level,
    stepId,
    needsApproval,
    amounts: amountsOfItems(items),
    paidAfterDays: last === null ? null : daysBetween(leavesOn, last),
    needless: last !== null && last <= addDays(leavesOn, needlessWithinDays),
  };
}
