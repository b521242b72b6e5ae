// How money is spread over what is owed. Rule 3: a payment entered on an invoice goes to its earliest instalment first.
import type { Day } from './day.ts';

export interface OpenReceivable {
  id: string;
  dueOn: Day | null;
  position: number;
  openMinor: number;
}

/** A charge that was claimed, on the invoice that the money names. */
export interface OpenCharge {
  id: string;
  claimedOn: Day;
  openMinor: number;
}

/** To a receivable, or to a charge. */
export interface Share {
  receivableId: string | null;
  chargeId: string | null;
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
    if (amount > 0) shares.push({ receivableId: receivable.id, chargeId: null, amountMinor: amount });
    leftMinor -= amount;
  }
  return { shares, leftMinor };
}

function spreadInOrder(
  amountMinor: number,
  invoices: readonly (readonly OpenReceivable[])[],
): { shares: Share[]; leftMinor: number } {
  const shares: Share[] = [];
  const taken = new Map<string, number>();
  let leftMinor = amountMinor;
  for (const receivables of invoices) {
    const open = receivables.map((one) => ({ ...one, openMinor: one.openMinor - (taken.get(one.id) ?? 0) }));
    const part = spread(leftMinor, open);
    for (const { receivableId, amountMinor: minor } of part.shares)
      taken.set(receivableId!, (taken.get(receivableId!) ?? 0) + minor);
    shares.push(...part.shares);
    leftMinor = part.leftMinor;
  }
  return { shares, leftMinor };
}

function spreadOverCharges(
  amountMinor: number,
  charges: readonly OpenCharge[],
): { shares: Share[]; leftMinor: number } {
  const shares: Share[] = [];
  let leftMinor = amountMinor;
  const byDay = (a: OpenCharge, b: OpenCharge): number =>
    a.claimedOn < b.claimedOn || (a.claimedOn === b.claimedOn && a.id < b.id) ? -1 : 1;
  for (const charge of [...charges].sort(byDay)) {
    const amount = Math.min(leftMinor, charge.openMinor);
    if (amount > 0) shares.push({ receivableId: null, chargeId: charge.id, amountMinor: amount });
    leftMinor -= amount;
  }
  return { shares, leftMinor };
}

/**
 * The same over several invoices in their order, with what was claimed beside them. The principal first is what the company tells its
 * customers; without that, the charges would come before it (C. civ. art. 1343-1).
 */
export function spreadWithCharges(
  amountMinor: number,
  invoices: readonly (readonly OpenReceivable[])[],
  charges: readonly OpenCharge[],
  first: 'principal' | 'charges',
): { shares: Share[]; leftMinor: number } {
  const ways = [
    (minor: number) => spreadInOrder(minor, invoices),
    (minor: number) => spreadOverCharges(minor, charges),
  ];
  if (first === 'charges') ways.reverse();
  let leftMinor = amountMinor;
  const shares = ways.flatMap((way) => {
    const part = way(leftMinor);
    leftMinor = part.leftMinor;
    return part.shares;
  });
  return { shares, leftMinor };
}
