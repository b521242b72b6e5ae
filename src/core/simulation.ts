// What a sequence would do, beside what the present one does: counted from two rolls of the same plan, customer by customer, so
// that no more than one customer is in memory and what is counted is what would leave.
import type { Day } from './day.ts';
import type { Channel, CompanyFacts, CustomerFacts } from './facts.ts';
import { type Amount, amountsOfItems } from './reminder.ts';
import { type Foreseen, rollForward } from './roll-forward.ts';

export interface SimulatedDay {
  day: Day;
  messages: number;
  /** What a person would do instead of a message. */
  tasks: number;
  toApprove: number;
  amounts: Amount[];
}

export interface SimulatedStep {
  stepId: string;
  messages: number;
  tasks: number;
  toApprove: number;
  amounts: Amount[];
}

/** Instalments by what becomes of their next message. */
export interface Compared {
  /** It leaves on an earlier day. */
  sooner: number;
  later: number;
  /** There is one, where there was none. */
  begins: number;
  stops: number;
  same: number;
}

export interface Simulated {
  customers: number;
  /** Instalments that are open and belong to these customers. */
  receivables: number;
  days: SimulatedDay[];
  steps: SimulatedStep[];
  messages: number;
  tasks: number;
  toApprove: number;
  /** Instalments about which a person would be asked after the last step. */
  asked: number;
  /** What is asked for, each instalment once, in its last message or task. */
  amounts: Amount[];
  compared: Compared;
  /** Overdue, and outside the sequence until a person includes them (rule 10). */
  outside: { receivables: number; amounts: Amount[] };
  /** Instalments that are held on the last day because nobody can be written to. */
  withoutAddress: number;
}

/** Adds up customers. */
export class Simulation {
  readonly #company: CompanyFacts;
  readonly #from: Day;
  readonly #to: Day;
  readonly #days = new Map<Day, Counted>();
  readonly #steps = new Map<string, Counted>();
  readonly #all = new Counted();
  readonly #asked = new Sums();
  readonly #outsideAmounts = new Sums();
  readonly #compared: Compared = { sooner: 0, later: 0, begins: 0, stops: 0, same: 0 };
  #customers = 0;
  #receivables = 0;
  #outside = 0;
  #withoutAddress = 0;
  #questions = 0;

  /** Both days are included. */
  constructor(company: CompanyFacts, from: Day, to: Day) {
    this.#company = company;
    this.#from = from;
    this.#to = to;
  }

  /** `present`: the customer as it is; `instead`: as it would be. */
  add(present: CustomerFacts, instead: CustomerFacts): void {
    const open = instead.receivables.filter((one) => one.openMinor > 0);
    if (open.length === 0) return;
    const before = rollForward(this.#company, present, this.#from, this.#to);
    const after = rollForward(this.#company, instead, this.#from, this.#to);
    this.#customers += 1;
    this.#receivables += open.length;
    this.#count(after);
    this.#compare(nextDays(before), nextDays(after), open);
  }

  result(): Simulated {
    return {
      customers: this.#customers,
      receivables: this.#receivables,
      days: [...this.#days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counted]) => ({ day, ...counted.shown() })),
      steps: [...this.#steps].map(([stepId, counted]) => ({ stepId, ...counted.shown() })),
      messages: this.#all.messages,
      tasks: this.#all.tasks,
      toApprove: this.#all.toApprove,
      asked: this.#questions,
      amounts: this.#asked.amounts(),
      compared: { ...this.#compared },
      outside: { receivables: this.#outside, amounts: this.#outsideAmounts.amounts() },
      withoutAddress: this.#withoutAddress,
    };
  }

  #count({ reminders, tasks, decisions }: Foreseen): void {
    this.#questions += tasks.length;
    const lastAsked = new Map<string, Amount>();
    for (const { leavesOn, reminder } of reminders) {
      const { channel, needsApproval, items, stepId } = reminder;
      const amounts = amountsOfItems(items);
      for (const counted of [this.#all, of(this.#days, leavesOn), of(this.#steps, stepId)])
        counted.add(channel, needsApproval, amounts);
      for (const { receivable, askedMinor } of items)
        lastAsked.set(receivable.id, { currency: receivable.currency, minor: askedMinor });
    }
    for (const { currency, minor } of lastAsked.values()) this.#asked.add(currency, minor);
    for (const { verdict, receivable, askedMinor } of decisions) {
      if (verdict.kind === 'outside') {
        this.#outside += 1;
        this.#outsideAmounts.add(receivable.currency, askedMinor);
      } else if (
        verdict.kind === 'hold' &&
        ['no-address', 'address-blocked', 'email-forbidden'].includes(verdict.reason.code)
      )
        this.#withoutAddress += 1;
    }
  }

  #compare(before: ReadonlyMap<string, Day>, after: ReadonlyMap<string, Day>, open: readonly { id: string }[]): void {
    for (const { id } of open) {
      const [was, becomes] = [before.get(id), after.get(id)];
      if (was === becomes) this.#compared.same += 1;
      else if (was === undefined) this.#compared.begins += 1;
      else if (becomes === undefined) this.#compared.stops += 1;
      else if (becomes < was) this.#compared.sooner += 1;
      else this.#compared.later += 1;
    }
  }
}

class Sums {
  readonly #minor = new Map<string, number>();

  add(currency: string, minor: number): void {
    this.#minor.set(currency, (this.#minor.get(currency) ?? 0) + minor);
  }

  amounts(): Amount[] {
    return [...this.#minor].map(([currency, minor]) => ({ currency, minor }));
  }
}

class Counted {
  messages = 0;
  tasks = 0;
  toApprove = 0;
  readonly #sums = new Sums();

  add(channel: Channel, needsApproval: boolean, amounts: readonly Amount[]): void {
    if (channel === 'task') this.tasks += 1;
    else this.messages += 1;
    if (needsApproval) this.toApprove += 1;
    for (const { currency, minor } of amounts) this.#sums.add(currency, minor);
  }

  shown(): { messages: number; tasks: number; toApprove: number; amounts: Amount[] } {
    const { messages, tasks, toApprove } = this;
    return { messages, tasks, toApprove, amounts: this.#sums.amounts() };
  }
}

function of<K>(counts: Map<K, Counted>, key: K): Counted {
  const known = counts.get(key);
  if (known !== undefined) return known;
  const made = new Counted();
  counts.set(key, made);
  return made;
}

/** The day of the next message about each instalment. */
function nextDays({ reminders }: Foreseen): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const { leavesOn, reminder } of reminders)
    for (const { receivable } of reminder.items) {
      const known = days.get(receivable.id);
      if (known === undefined || leavesOn < known) days.set(receivable.id, leavesOn);
    }
  return days;
}
