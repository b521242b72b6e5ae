// The last look before messages leave, at how much each customer gets: approved late or held up, two may be ready on one day that were
// planned days apart. What the company's limits keep back stays ready, on the first day that they allow.
import type { Day } from '../core/day.ts';
import { type Candidate, isLimited, type Kept, keptBack, pressureOf } from '../core/sending-limits.ts';
import { invoicesOf, type ReminderToRender } from '../db/delivery.ts';
import { wakeCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { limitsOf } from '../db/facts.ts';
import { postponeReminders } from '../db/reminder.ts';
import type { CompanyWork } from './context.ts';
import type { CustomersNow } from './plan-customers.ts';

/** Those of these reminders that leave today; the others are given their day, and history says why. Lock their customers first. */
export async function keepToLimits(
  work: CompanyWork,
  { snapshot, customers }: CustomersNow,
  reminders: readonly ReminderToRender[],
): Promise<readonly ReminderToRender[]> {
  if (!isLimited(snapshot.facts.limits)) return reminders;
  const { tx, company, today, scope } = work;
  const kept: Kept<ReminderToRender>[] = [];
  for (const [customerId, ready] of Map.groupBy(reminders, (one) => one.customerId)) {
    const { messages } = customers.get(customerId)!;
    const byHand = new Set(messages.flatMap((one) => (one.byHand ? one.reminderId : [])));
    const days = messages.flatMap(({ state, on }): Day[] =>
      state === 'left' ? [on] : state === 'leaving' ? [today] : [],
    );
    const candidates = ready.map((it): Candidate<ReminderToRender> => {
      return { it, ...pressureOf(it.level, invoicesOf(it)), byHand: byHand.has(it.id) };
    });
    kept.push(...keptBack(snapshot.facts, days, candidates, today));
  }
  if (kept.length === 0) return reminders;
  await postponeReminders(
    tx,
    company.id,
    kept.map(({ it, until }) => ({ id: it.id, until })),
  );
  // Their days are others now, and so may be those of the steps that wait behind them.
  await wakeCustomers(tx, company.id, [...new Set(kept.map(({ it }) => it.customerId))], today);
  await recordEvents(
    tx,
    scope,
    kept.map(({ it, until, reason }) => ({
      type: 'reminder.postponed',
      customerId: it.customerId,
      invoiceId: invoicesOf(it)[0]!.invoiceId,
      reminderId: it.id,
      payload: { until, reason },
    })),
  );
  const waiting = new Set(kept.map(({ it }) => it.id));
  return reminders.filter((one) => !waiting.has(one.id));
}

/** After messages of these customers failed for good: they count no more, and what waited behind them is looked at again. */
export async function noLongerCounted(
  { tx, company, today }: CompanyWork,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0 || !isLimited(limitsOf(company))) return;
  await wakeCustomers(tx, company.id, [...new Set(customerIds)], today);
}
