// When a step comes: so many days before or after the due date, after the step before it, or at the end of a month. Pure, so that a
// sequence is checked, drawn and climbed by the same arithmetic.
import { addDays, type Day, daysBetween, lastDayOfMonth } from './day.ts';

export type Timing =
  /** Days after the due date; negative before it. */
  | { kind: 'due'; days: number }
  /** Days after the step before it has left, 1 or more. */
  | { kind: 'previous'; days: number }
  /** The last day of the month in which the due date and so many days fall. */
  | { kind: 'month-end'; days: number };

/** Days after the due date between which a step falls, whatever the due date, when each step before it leaves on its day. */
export interface Span {
  from: number;
  to: number;
}

/** From the first of a long month to its last day. */
const restOfMonthDays = 30;

/** Where the end of a month is drawn: half-way, as it falls on average. */
const drawnRestDays = restOfMonthDays / 2;

/**
 * Days after that due date of each step, in their order. A step that counts from the one before it stands so many days after it; when
 * that one left late, the gap is counted from there (rule 1).
 */
export function offsetsFor(dueOn: Day, timings: readonly Timing[]): number[] {
  return placed(timings, (days) => daysBetween(dueOn, lastDayOfMonth(addDays(dueOn, days))));
}

/** The same without a due date: by these steps are ordered and drawn. */
export function nominalOffsets(timings: readonly Timing[]): number[] {
  return placed(timings, (days) => days + drawnRestDays);
}

export function spansOf(timings: readonly Timing[]): Span[] {
  const earliest = placed(timings, (days) => days);
  const latest = placed(timings, (days) => days + restOfMonthDays);
  return timings.map((_, index) => ({ from: earliest[index]!, to: latest[index]! }));
}

function placed(timings: readonly Timing[], monthEnd: (days: number) => number): number[] {
  let before = 0;
  return timings.map(({ kind, days }) => {
    before = kind === 'previous' ? before + days : kind === 'month-end' ? monthEnd(days) : days;
    return before;
  });
}

/** In the order in which they are taken: by their days, each step that counts from another right behind it. */
export function inLadderOrder<T extends { timing: Timing }>(steps: readonly T[]): T[] {
  const chains: T[][] = [];
  for (const step of steps) {
    const chain = chains.at(-1);
    if (step.timing.kind === 'previous' && chain !== undefined) chain.push(step);
    else chains.push([step]);
  }
  const startOf = ([first]: T[]): number => nominalOffsets([first!.timing])[0]!;
  return chains.sort((a, b) => startOf(a) - startOf(b)).flat();
}
