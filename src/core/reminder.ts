// From decisions to messages: one message for each invoice, step and group of recipients. Two instalments of one invoice
// whose step falls on one day share a message; nothing else does.

import type { Day } from './day.ts';
import type { Channel, ReceivableFact, StepFact } from './facts.ts';
import type { Decision } from './plan.ts';
import type { Addressees } from './recipients.ts';

export interface PlannedItem {
  receivable: ReceivableFact;
  dueOn: Day;
  askedMinor: number;
}

export interface PlannedReminder {
  customerId: string;
  invoiceId: string;
  step: StepFact;
  channel: Channel;
  addressees: Addressees;
  currency: string;
  needsApproval: boolean;
  items: PlannedItem[];
}

/** The messages that the decisions of one customer ask for. */
export function groupReminders(customerId: string, decisions: readonly Decision[]): PlannedReminder[] {
  const groups = new Map<string, PlannedReminder>();
  for (const { receivable, verdict, askedMinor } of decisions) {
    if (verdict.kind !== 'send') continue;
    const key = `${receivable.invoiceId} ${verdict.step.id}`;
    const item = { receivable, dueOn: verdict.dueOn, askedMinor };
    const group = groups.get(key);
    if (group !== undefined) {
      group.items.push(item);
      continue;
    }
    const { step, channel, addressees, needsApproval } = verdict;
    const { invoiceId, currency } = receivable;
    groups.set(key, { customerId, invoiceId, step, channel, addressees, currency, needsApproval, items: [item] });
  }
  return [...groups.values()];
}
