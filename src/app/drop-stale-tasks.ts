// A message is looked at once more before it leaves. A task has no such moment: whatever changes many customers at once looks at those
// that have one to do, so that nobody calls a customer who has paid, nor looks for an address that was corrected.
import { lockCustomersWithTasks } from '../db/task.ts';
import type { CompanyWork } from './context.ts';
import { dropStale } from './plan-customers.ts';
import { endAskingForCorrected } from './report-undelivered.ts';

const pageSize = 200;

/** A customer that somebody else is changing is left to them, or to the next run. */
export async function dropStaleTasks(work: CompanyWork): Promise<void> {
  const customerIds = await lockCustomersWithTasks(work.tx, work.company.id);
  await endAskingForCorrected(work, customerIds);
  for (let from = 0; from < customerIds.length; from += pageSize)
    await dropStale(work, customerIds.slice(from, from + pageSize));
}
