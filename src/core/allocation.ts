// How money is spread over what is owed. Rule 3: a payment entered on an invoice goes to its earliest instalment first.
import type { Day } from './day.ts';

export interface OpenReceivable {
  id: string;
  dueOn: Day | null;
  position: number;
  openMinor: number;
}

export interface Share {
  receivableId: string;
  amountMinor: number;
}

/** Earliest due first; without a due date last; then by position, then by identifier so that the order is total. */
export function byDueDate(a: OpenReceivable, b: OpenReceivable): number {
  if (a.dueOn !== b.dueOn) {
    if (a.dueOn === null) return 1;
    if (b.dueOn === null) return -1;
    return a.dueOn < b.dueOn ? -1 : 1;
  }
  return a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Spreads an amount over receivables, the earliest first; what is left over (an overpayment) is returned beside it. */
export function spread(
  amountMinor: number,
  receivables: readonly OpenReceivable[],
): { shares: Share[]; leftMinor: number } {
  const shares: Share[] = [];
  let leftMinor = amountMinor;
  for (const receivable of [...receivables].sort(byDueDate)) {
    const amount = Math.min(leftMinor, receivable.openMinor);
    if (amount > 0) shares.push({ receivableId: receivable.id, amountMinor: amount });
    leftMinor -= amount;
  }
  return { shares, leftMinor };
}
