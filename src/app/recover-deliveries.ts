// After a crash: what a dead worker had in its hands. Not begun goes back to the outbox; begun without an outcome is in doubt,
// counts as left, and is shown to a person.
import { endAttempts, isWorkerAlive, markLeft, reminderInHands } from '../db/delivery.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { giveBack } from '../db/reminder.ts';
import { type Context, forCompany } from './context.ts';

export interface Recovered {
  givenBack: number;
  inDoubt: number;
}

export function recoverDeliveries(context: Context, companyId: string): Promise<Recovered> {
  return forCompany(context, { companyId, actor: 'system' }, async ({ tx, today, scope }) => {
    const inHands = await reminderInHands(tx, companyId);
    const alive = new Map<string, boolean>();
    for (const { workerId } of inHands)
      if (!alive.has(workerId)) alive.set(workerId, await isWorkerAlive(tx, workerId));
    const orphans = inHands.filter((one) => !alive.get(one.workerId));
    await lockCustomers(tx, companyId, [...new Set(orphans.map((one) => one.customerId))]);
    const begun = orphans.filter((one) => one.attemptId !== null);
    const waiting = orphans.filter((one) => one.attemptId === null);
    await giveBack(
      tx,
      companyId,
      waiting.map((one) => one.reminderId),
    );
    await endAttempts(
      tx,
      companyId,
      begun.map((one) => ({ id: one.attemptId!, state: 'in_doubt', answer: 'the worker stopped in the middle' })),
    );
    await markLeft(
      tx,
      companyId,
      begun.map((one) => one.reminderId),
      'in_doubt',
      today,
      new Date(context.now().epochMilliseconds),
    );
    await recordEvents(
      tx,
      scope,
      begun.map(({ customerId, reminderId }) => ({
        type: 'reminder.in-doubt',
        customerId,
        reminderId,
        payload: { because: 'worker-stopped' },
      })),
    );
    return { givenBack: waiting.length, inDoubt: begun.length };
  });
}
