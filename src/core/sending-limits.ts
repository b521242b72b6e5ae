// How much one customer gets: so many messages a week at most, so many days apart at least, across its invoices and sequences. What
// a person does is no message: whoever does it knows when.
// Of what would leave on a day the most pressing goes first; the rest waits for the first day that both limits allow.
import { mondayOf, type SendingCalendar, sendingDayFrom } from './calendar.ts';
import { addDays, type Day, daysBetween, earlierOf, laterOf } from './day.ts';
import type { CompanyFacts, MessageFact, SendingLimits } from './facts.ts';
import type { Decision } from './plan.ts';
import { because, type Reason } from './reason.ts';
import { groupReminders } from './reminder.ts';

export function isLimited({ perWeek, apartDays }: SendingLimits): boolean {
  return perWeek !== null || apartDays !== null;
}

/** The first day whose messages still count today; null: none does, there is no limit. */
export function countsSince({ perWeek, apartDays }: SendingLimits, today: Day): Day | null {
  const since = [
    ...(perWeek === null ? [] : [mondayOf(today)]),
    ...(apartDays === null ? [] : [addDays(today, 1 - apartDays)]),
  ];
  return since.length === 0 ? null : since.reduce(earlierOf);
}

/** A message that would leave today. */
export interface Candidate<T> {
  it: T;
  level: number;
  /** Of the invoices that it asks for, the earliest due date and the first number. */
  dueOn: Day;
  invoiceNumber: string;
  /** Nothing holds it back; it counts. */
  byHand: boolean;
}

/** A message that the limits keep back. */
export interface Kept<T> {
  it: T;
  until: Day;
  reason: Reason;
}

/**
 * Which of these the limits keep back today, with the first day that allows each, after those before it have taken theirs. Those by
 * hand go first, then the highest level, the earliest due date, the first invoice number. `days`: those of the customer's other messages.
 */
export function keptBack<T>(
  company: Pick<CompanyFacts, 'limits' | 'calendar'>,
  days: readonly Day[],
  candidates: readonly Candidate<T>[],
  today: Day,
): Kept<T>[] {
  const taken = [...days, ...candidates.filter((one) => one.byHand).map(() => today)];
  const kept: Kept<T>[] = [];
  for (const { it, level } of candidates.filter((one) => !one.byHand).sort(byPressure)) {
    const { on, because: why } = firstDayAllowed(company, taken, today);
    taken.push(on);
    if (why !== null)
      kept.push({ it, until: on, reason: because(why, { level, until: on, ...limitOf(why, company.limits) }) });
  }
  return kept;
}

function byPressure(a: Candidate<unknown>, b: Candidate<unknown>): number {
  return b.level - a.level || compare(a.dueOn, b.dueOn) || compare(a.invoiceNumber, b.invoiceNumber);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Limit = 'customer-week-full' | 'too-soon-after-another';

function limitOf(limit: Limit, { perWeek, apartDays }: SendingLimits): Record<string, number> {
  return limit === 'customer-week-full' ? { perWeek: perWeek! } : { apartDays: apartDays! };
}

/** The first sending day from one on that both limits allow, and the limit that put it off last. */
function firstDayAllowed(
  { limits, calendar }: Pick<CompanyFacts, 'limits' | 'calendar'>,
  taken: readonly Day[],
  from: Day,
): { on: Day; because: Limit | null } {
  let on = sendingDayFrom(calendar, from);
  let why: Limit | null = null;
  for (;;) {
    const next = notBefore(limits, taken, on);
    if (next === null) return { on, because: why };
    on = sendingDayFrom(calendar, next.day);
    why = next.because;
  }
}

/** The first day after this one that the limit which forbids this one would allow; null: none forbids it. */
function notBefore(
  { perWeek, apartDays }: SendingLimits,
  taken: readonly Day[],
  day: Day,
): { day: Day; because: Limit } | null {
  const near = apartDays === null ? [] : taken.filter((other) => Math.abs(daysBetween(other, day)) < apartDays);
  if (near.length > 0) return { day: addDays(near.reduce(laterOf), apartDays!), because: 'too-soon-after-another' };
  const monday = mondayOf(day);
  if (perWeek !== null && taken.filter((other) => mondayOf(other) === monday).length >= perWeek)
    return { day: addDays(monday, 7), because: 'customer-week-full' };
  return null;
}

/**
 * The days that messages take: the day on which each left, or the first sending day on which it can. What waits for approval counts
 * as one of today, and tomorrow as one of tomorrow: it may leave at any moment.
 */
export function daysTaken(calendar: SendingCalendar, messages: readonly MessageFact[], today: Day): Day[] {
  return messages.map(({ state, on }) => (state === 'left' ? on : sendingDayFrom(calendar, laterOf(on, today))));
}

/** The decisions of a day, within the limits: a step that is kept back stays the next one and waits for its day. */
export function withinLimits(
  company: CompanyFacts,
  customer: { id: string; messages: readonly MessageFact[] },
  decisions: Decision[],
  today: Day,
): Decision[] {
  if (!isLimited(company.limits)) return decisions;
  const candidates = groupReminders(customer.id, decisions, company.grouping)
    .filter(({ channel }) => channel !== 'task')
    .map(({ step, items }) => ({
      it: new Set(items.map((item) => item.receivable.id)),
      ...pressureOf(
        step.level,
        items.map(({ receivable }) => ({ dueOn: receivable.dueOn!, invoiceNumber: receivable.invoiceNumber })),
      ),
      byHand: false,
    }));
  if (candidates.length === 0) return decisions;
  const waits = new Map<string, Omit<Kept<unknown>, 'it'>>();
  for (const { it, ...kept } of keptBack(
    company,
    daysTaken(company.calendar, customer.messages, today),
    candidates,
    today,
  ))
    for (const receivableId of it) waits.set(receivableId, kept);
  return decisions.map((decision) => {
    const kept = waits.get(decision.receivable.id);
    return kept === undefined ? decision : waiting(decision, kept);
  });
}

/** What stands for a message of several invoices when it is compared. */
export function pressureOf(
  level: number,
  items: readonly { dueOn: Day; invoiceNumber: string }[],
): Pick<Candidate<unknown>, 'level' | 'dueOn' | 'invoiceNumber'> {
  const [first] = [...items].sort((a, b) => compare(a.dueOn, b.dueOn) || compare(a.invoiceNumber, b.invoiceNumber));
  return { level, dueOn: first!.dueOn, invoiceNumber: first!.invoiceNumber };
}

/** A notice is looked at again when the due date is past at the latest: it is dropped then, and the next step has its turn. */
function waiting(decision: Decision, { until, reason }: Omit<Kept<unknown>, 'it'>): Decision {
  const { verdict, receivable } = decision;
  if (verdict.kind !== 'send') return decision;
  const { step } = verdict;
  const lastDay = step.offsetDays < 0 ? addDays(receivable.dueOn!, 1) : until;
  return { ...decision, verdict: { kind: 'wait', until: earlierOf(until, lastDay), reason, step } };
}
