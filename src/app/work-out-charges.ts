// What messages ask for beside the principal, read with what is true now: charges that are open, and what each would claim anew.
import {
  type ChargeAsked,
  type ChargedItem,
  type Claim,
  chargesAsked,
  claimsOf,
  type EarlierCharge,
  stillAsked,
} from '../core/charge.ts';
import type { CompanyFacts, CustomerFacts } from '../core/facts.ts';
import { readEarlierCharges, readHistories, type StoredCharge } from '../db/charge.ts';
import type { ReminderToRender } from '../db/delivery.ts';
import type { CompanyWork } from './context.ts';

export interface Charged {
  /** By kind and currency: what the message shows. */
  charges: ChargeAsked[];
  /** What becomes a charge when it leaves. */
  claims: Claim[];
}

type Charging = Pick<ReminderToRender, 'id' | 'customerId'> & {
  items: readonly Omit<ReminderToRender['items'][number], 'pdfSha256' | 'pdfName'>[];
};

/**
 * By reminder. `asked`: what is asked for by each receivable of one, less the customer's credits, in minor units. Two messages of one
 * customer never claim the same: the second sees what the first does. A rate that is needed and not known leaves the interest out: such
 * a message is not one to leave (plan.ts), and is only looked at.
 */
export async function workOutCharges<T extends Charging>(
  { tx, company, today }: Pick<CompanyWork, 'tx' | 'company' | 'today'>,
  { charging }: Pick<CompanyFacts, 'charging'>,
  customers: ReadonlyMap<string, CustomerFacts>,
  reminders: readonly T[],
  asked: (reminder: T) => ReadonlyMap<string, number>,
): Promise<Map<string, Charged>> {
  const customerIds = [...new Set(reminders.map(({ customerId }) => customerId))];
  const stored = await readEarlierCharges(tx, company, customerIds);
  const bearing = reminders.flatMap(({ items }) =>
    items.filter(({ level }) => charging.interestFromLevel !== null && level >= charging.interestFromLevel),
  );
  const histories =
    bearing.length === 0
      ? new Map<string, never>()
      : await readHistories(
          tx,
          company.id,
          bearing.map(({ receivableId }) => receivableId),
        );
  const claimedHere: EarlierCharge[] = [];
  /** What was claimed before on these invoices stands in one of the messages that are made together, not in each. */
  const shownHere = new Set<string>();
  return new Map(
    reminders.map((reminder): [string, Charged] => {
      const customer = customers.get(reminder.customerId)!;
      const amounts = asked(reminder);
      const items = reminder.items.map((item): ChargedItem => {
        const history = histories.get(item.receivableId) ?? { principalMinor: item.amountMinor, reductions: [] };
        const taken = customer.receivables.find(({ id }) => id === item.receivableId)?.items ?? [];
        const { level, fee } = item;
        return {
          ...item,
          ...history,
          askedMinor: amounts.get(item.receivableId) ?? 0,
          items: taken,
          step: { level, fee },
        };
      });
      const invoiceIds = new Set(items.map(({ invoiceId }) => invoiceId));
      const earlier = [...elsewhere(stored, reminder), ...claimedHere].map((one) =>
        shownHere.has(one.invoiceId) ? { ...one, askedMinor: 0 } : one,
      );
      const without = { ...charging, interestFromLevel: null };
      const claims =
        claimsOf(charging, customer, items, earlier, today) ?? claimsOf(without, customer, items, earlier, today) ?? [];
      claimedHere.push(...claims.map((claim) => ({ ...claim, askedMinor: 0 })));
      for (const invoiceId of invoiceIds) shownHere.add(invoiceId);
      const asking = stillAsked(charging, customer, items, earlier, today);
      return [reminder.id, { charges: chargesAsked(invoiceIds, asking, claims), claims }];
    }),
  );
}

/** Whatever of its own stands is claimed already, but for what is in a worker's hands. */
const elsewhere = (stored: readonly StoredCharge[], { id }: Charging): StoredCharge[] =>
  stored.filter(({ reminderId, inHand }) => !inHand || reminderId !== id);
