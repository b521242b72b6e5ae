// All that a decision needs to know of a company, a customer and its receivables on a day. Read in one go by
// db/facts.ts, rolled forward in memory by roll-forward.ts, made by hand in tests: the plan sees nothing else.
import type { SendingCalendar } from './calendar.ts';
import type { ChargingFacts, Fee } from './charge.ts';
import type { Day } from './day.ts';
import type { Ending } from './ending.ts';
import type { Rate } from './interest.ts';
import type { Currency } from './money.ts';
import type { Timing } from './timing.ts';

export type ContactRole = 'main' | 'accounts_payable' | 'management';
/** task: whatever a person does, a call as a rule; it needs no address. */
export type Channel = 'email' | 'task';
export type InvoiceType = 'standard' | 'deposit' | 'progress' | 'final' | 'subscription' | 'credit_note';

export interface CompanyFacts {
  toleranceMinor: number;
  /** How many days past its first step an invoice that arrives late still enters (rule 10). */
  lateEntryDays: number;
  calendar: SendingCalendar;
  language: string;
  /** One message for each invoice, or one a day for each customer (rule 12). */
  grouping: 'invoice' | 'customer';
  /** A customer's message also lists what is not due yet, for information. */
  listsNotDue: boolean;
  /** From that level on a reminder waits while what came in was last known more sending days ago; null: never. */
  bank: { level: number; limitDays: number; knownOn: Day | null } | null;
  /** Live, and nothing has left yet: the first real sending is approved as a whole (rule 14). */
  approveEverything: boolean;
  limits: SendingLimits;
  charging: ChargingFacts;
}

/** How many messages one customer gets at most, across its invoices and sequences; null: as many as there are. */
export interface SendingLimits {
  /** In a week from Monday to Sunday (ISO 8601), on the company's days. */
  perWeek: number | null;
  /** From one to the next, 1 or more: with 1, never two on one day. */
  apartDays: number | null;
}

/** In whose name a message leaves, and where answers go; null: the company's own. The address that it comes from is always the company's. */
export interface Sender {
  name: string | null;
  replyTo: string | null;
}

export interface StepFact {
  id: string;
  level: number;
  name: string;
  timing: Timing;
  /** Its place on the time line, in days after the due date; negative before it. What counts for an invoice is its rung (ladder.ts). */
  offsetDays: number;
  /** In order of preference: the first that reaches the customer is used. */
  channels: readonly Channel[];
  templateKey: string;
  /** What there is to do where a person does it; null: it is said in general words. */
  taskText: string | null;
  rolesTo: readonly ContactRole[];
  rolesCc: readonly ContactRole[];
  /** Minor units by currency; a currency without an entry has no minimum. */
  minimums: Readonly<Record<Currency, number>>;
  requiresApproval: boolean;
  /** From that amount on a person approves it: minor units by currency. */
  approvalFrom: Readonly<Record<Currency, number>>;
  /** Approved by nobody, it leaves after so many hours in which it can be held back; null: at once. */
  leavesAfterHours: number | null;
  /** What it adds to each invoice that takes it; null: nothing. */
  fee: Fee | null;
  formalNotice: boolean;
  sender: Sender;
  addedOn: Day;
}

export interface SequenceFact {
  id: string;
  deleted: boolean;
  /** In the order in which they are taken: by offset. */
  steps: readonly StepFact[];
  pauses: readonly PauseFact[];
  ending: Ending;
  /** Since when it is so: what should have come before that day does not come any more (as E4 for steps). */
  endingSetOn: Day;
}

/** Active from a day on; until is inclusive, null until someone lifts it. */
export interface PauseFact {
  fromOn: Day;
  untilOn: Day | null;
  reason: string;
}

export interface ContactFact {
  role: ContactRole;
  email: string | null;
  language: string | null;
}

/** A step that a receivable has taken, skipped or is about to take, in its current pass. */
export interface ItemFact {
  reminderId: string | null;
  sequenceId: string;
  stepId: string;
  level: number;
  offsetDays: number;
  formalNotice: boolean;
  /** 0: the step itself; from 1 on it is that step again, after the last. */
  occurrence: number;
  sender: Sender;
  /** open: in a reminder that has not left. */
  state: 'open' | 'taken' | 'skipped';
  dueOn: Day;
  leftOn: Day | null;
  /** State of the reminder that carries it: to_approve, ready, sending, failed … null when it was skipped. */
  reminderState: string | null;
  /** null when it was skipped. */
  channel: Channel | null;
  sendOn: Day | null;
  /** A person chose it for this message; its day need not have come. */
  byHand: boolean;
}

export interface ReceivableFact {
  id: string;
  invoiceId: string;
  invoiceNumber: string;
  type: InvoiceType;
  status: 'draft' | 'to_process' | 'quote' | 'issued' | 'written_off' | 'cancelled';
  issuedOn: Day;
  dueOn: Day | null;
  position: number;
  currency: Currency;
  openMinor: number;
  /** Collected by direct debit, and the debit has not been returned. */
  directDebit: boolean;
  disputed: boolean;
  pauses: readonly PauseFact[];
  /** Addresses set on this invoice alone, instead of the customer's contacts. */
  recipients: { to: readonly string[]; cc: readonly string[] } | null;
  pass: number;
  metOn: Day;
  metHow: 'arrived' | 'enrolled' | 'moved' | 'live' | 'included';
  entry: 'pending' | 'entered' | 'outside';
  levelByHand: number | null;
  levelSetOn: Day | null;
  items: readonly ItemFact[];
  /** Last steps after which a person was asked already, in this pass. */
  endedStepIds: readonly string[];
}

/** A message to the customer that counts for the limits: it has left, or it waits to. What a person does is none. */
export interface MessageFact {
  /** null: only foreseen. */
  reminderId: string | null;
  /** left: or in doubt, which counts as left. leaving: in a worker's hands. waiting: for approval, for its day or to be picked up. */
  state: 'left' | 'leaving' | 'waiting';
  /** The day on which it left; else that before which it does not leave. */
  on: Day;
  /** A person decided that it leaves: it counts, and nothing holds it back. */
  byHand: boolean;
}

/** What the customer said that it pays. Read while it runs, and for a while after it was kept or broken. */
export interface PromiseFact {
  id: string;
  /** null: about all that the customer owed when it was made. */
  invoiceId: string | null;
  /** What it is about, but for what was cancelled or written off. */
  invoiceIds: readonly string[];
  /** The last day on which the money comes in time. */
  promisedOn: Day;
  /** null: all of what it is about. */
  amount: { currency: Currency; minor: number } | null;
  /** Of a payment plan, the earliest first; they add up to its amount. Empty: it is paid in one go. */
  instalments: readonly PromisedInstalment[];
  ended: 'kept' | 'broken' | null;
  /** Of the amount, what came in for what it is about from the day it was made to the promised one. */
  receivedMinor: number;
  /** Where a part is promised: what came in in that time and is allocated to nothing. */
  unallocatedMinor: number;
  /** What came in after the promised day, by invoice: money, and credit notes of a later day. */
  lateMinor: Readonly<Record<string, number>>;
  /** The same of what is allocated to nothing, by currency. */
  lateCredits: Readonly<Record<Currency, number>>;
}

/** Minor units of the promise's currency. */
export interface PromisedInstalment {
  dueOn: Day;
  minor: number;
  /** Of all of the promise, what came in by that day. */
  receivedMinor: number;
  /** And what is allocated to nothing. */
  unallocatedMinor: number;
}

export interface CustomerFacts {
  id: string;
  kind: 'business' | 'consumer' | 'public';
  /** Agreed with it alone, for what it pays late; null: as the company says. */
  contractRate: Rate | null;
  /** That of whoever is written to: its payer's, where it has one. */
  language: string | null;
  /** null: none, by choice or because the company has no default. */
  sequence: SequenceFact | null;
  /** The rule that put it there, and the types of invoices that are not dunned under it; null: a person or the default did. */
  rule: { name: string; excludedTypes: readonly InvoiceType[] } | null;
  pauses: readonly PauseFact[];
  promises: readonly PromiseFact[];
  /** Each of its messages is approved by a person. */
  keyAccount: boolean;
  /** Delays of its own: days to the first reminder, then from each to the next; the last repeats (B5). */
  delaysDays: readonly number[] | null;
  /** Its payer's, where it has one. */
  contacts: readonly ContactFact[];
  /** By which nothing is sent to it, whatever a step or a person says. */
  forbiddenChannels: readonly Channel[];
  /** Those that nothing is sent to, in lower case: all of the addresses of its contacts and invoices that are, and perhaps others. */
  blockedAddresses: readonly string[];
  /** Money of the customer that is not allocated, by currency. */
  credits: Readonly<Record<Currency, number>>;
  /** Whether any reminder has ever left to this customer (rule 11). */
  anythingLeft: boolean;
  /** As far back as the company's limits look; none where it has no limits. */
  messages: readonly MessageFact[];
  receivables: readonly ReceivableFact[];
}
