// What a worker had in its hands and will never tell of: it died, or could not write down what became of it. Not begun goes back
// to the outbox; begun without an outcome is in doubt, counts as left, and is shown to a person.
import { endAttempts, isWorkerAlive, markLeft, type Orphan, reminderInHands } from '../db/delivery.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { giveBack } from '../db/reminder.ts';
import { type CompanyWork, type Context, forCompany } from './context.ts';
import type { Worker } from './deliver-outbox.ts';

export interface Recovered {
  givenBack: number;
  inDoubt: number;
}

/** `own`: the worker that looks, which knows of itself what it has in its hands. */
export function recoverDeliveries(context: Context, companyId: string, own?: Worker): Promise<Recovered> {
  return forCompany(context, { companyId, actor: 'system' }, async ({ tx, today, scope }) => {
    const suspected = await findOrphans(tx, companyId, own);
    if (suspected.length === 0) return { givenBack: 0, inDoubt: 0 };
    await lockCustomers(tx, companyId, [...new Set(suspected.map((one) => one.customerId))]);
    // Somebody else may have recovered them while the lock was waited for.
    const locked = new Set(suspected.map((one) => one.customerId));
    const orphans = (await findOrphans(tx, companyId, own)).filter((one) => locked.has(one.customerId));
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

async function findOrphans(tx: CompanyWork['tx'], companyId: string, own: Worker | undefined): Promise<Orphan[]> {
  const alive = new Map<string, boolean>();
  const orphans: Orphan[] = [];
  for (const one of await reminderInHands(tx, companyId)) {
    // A claim of one's own that is not begun is either in a queue or was given back.
    if (one.workerId === own?.id) {
      if (one.attemptId !== null && !own.inHand.has(one.attemptId)) orphans.push(one);
      continue;
    }
    if (!alive.has(one.workerId)) alive.set(one.workerId, await isWorkerAlive(tx, one.workerId));
    if (!alive.get(one.workerId)) orphans.push(one);
  }
  return orphans;
}
