// A sequence replayed against what has happened: last year's invoices and payments, day by day, by the plan itself. What would have
// left, when, to whom, and how much of it was needless: the money came within two days of it anyway.
import { addDays, type Day, daysBetween } from './day.ts';
import type { CompanyFacts, CustomerFacts } from './facts.ts';
import { type Amount, amountsOfItems } from './reminder.ts';
import { type ForeseenReminder, type MoneyByDay, rollForward } from './roll-forward.ts';

/** Paid so soon after a message, it would have been paid without it: a transfer takes one banking day or two. */
const needlessWithinDays = 2;

export interface ReplayedMessage {
  leavesOn: Day;
  customerId: string;
  invoiceIds: string[];
  invoiceNumbers: string[];
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
  needless: number;
  amounts: Amount[];
}

export interface Replayed {
  customers: number;
  receivables: number;
  messages: number;
  toApprove: number;
  needless: number;
  steps: ReplayedStep[];
  months: { month: string; messages: number; needless: number }[];
  /** The first of them, in order. */
  shown: ReplayedMessage[];
}

/** Adds up customers; `shown`: so many messages are kept to be read. */
export class Replay {
  readonly #company: CompanyFacts;
  readonly #from: Day;
  readonly #to: Day;
  readonly #shown: number;
  readonly #steps = new Map<string, { messages: number; needless: number; sums: Map<string, number> }>();
  readonly #months = new Map<string, { messages: number; needless: number }>();
  #messages: ReplayedMessage[] = [];
  #customers = 0;
  #receivables = 0;
  #count = 0;
  #toApprove = 0;
  #needless = 0;

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
      messages: this.#count,
      toApprove: this.#toApprove,
      needless: this.#needless,
      steps: [...this.#steps].map(([stepId, { messages, needless, sums }]) => ({
        stepId,
        messages,
        needless,
        amounts: [...sums].map(([currency, minor]) => ({ currency, minor })),
      })),
      months: [...this.#months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, counted]) => ({ month, ...counted })),
      shown: inOrder(this.#messages).slice(0, this.#shown),
    };
  }

  #take(message: ReplayedMessage): void {
    this.#count += 1;
    if (message.needsApproval) this.#toApprove += 1;
    if (message.needless) this.#needless += 1;
    const step = this.#steps.get(message.stepId) ?? { messages: 0, needless: 0, sums: new Map() };
    step.messages += 1;
    if (message.needless) step.needless += 1;
    for (const { currency, minor } of message.amounts) step.sums.set(currency, (step.sums.get(currency) ?? 0) + minor);
    this.#steps.set(message.stepId, step);
    const month = this.#months.get(message.leavesOn.slice(0, 7)) ?? { messages: 0, needless: 0 };
    month.messages += 1;
    if (message.needless) month.needless += 1;
    this.#months.set(message.leavesOn.slice(0, 7), month);
    this.#messages.push(message);
    // Memory stays that of what is shown, whatever the year.
    if (this.#messages.length > 2 * this.#shown) this.#messages = inOrder(this.#messages).slice(0, this.#shown);
  }
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
  const { customerId, items, level, stepId, needsApproval } = reminder;
  const paid = items.map(({ receivable }) => settledOn.get(receivable.id) ?? null);
  const last = paid.includes(null) ? null : paid.reduce((a, b) => (a! > b! ? a : b));
  return {
    leavesOn,
    customerId,
    invoiceIds: [...new Set(items.map(({ receivable }) => receivable.invoiceId))],
    invoiceNumbers: [...new Set(items.map(({ receivable }) => receivable.invoiceNumber))],
    level,
    stepId,
    needsApproval,
    amounts: amountsOfItems(items),
    paidAfterDays: last == null ? null : daysBetween(leavesOn, last),
    needless: last != null && last <= addDays(leavesOn, needlessWithinDays),
  };
}
