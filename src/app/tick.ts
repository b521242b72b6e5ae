// The scheduler's tick, called as often as one likes: each live company runs once on its own day, from its own hour on, and
// what is ready is asked to leave: in jobs of their own, so that one company's slow mail server keeps no other waiting. A practice
// company with a simulated date waits for its person.
import { everyCompanyId } from '../db/company.ts';
import { reminderBacklog } from '../db/delivery.ts';
import { leavableToday } from './claim-reminders.ts';
import type { Context } from './context.ts';
import { forCompany } from './context.ts';
import type { Worker } from './deliver-outbox.ts';
import { recoverDeliveries } from './recover-deliveries.ts';
import { runDunning } from './run-dunning.ts';
import { sealEvents } from './seal-events.ts';
import { tellApprovers } from './tell-approvers.ts';
import { tellInCharge } from './tell-in-charge.ts';
import { resumeOperations } from './work-operations.ts';

export interface TickReport {
  ran: string[];
  /** People told by e-mail what waits for their approval. */
  told: number;
  /** People told by e-mail of messages of steps that they follow. */
  followed: number;
}

/** `address`: where the application is reached, for the link of the morning's mail. */
export async function tick(context: Context, worker: Worker, address: string): Promise<TickReport> {
  const report: TickReport = { ran: [], told: 0, followed: 0 };
  const troubles: unknown[] = [];
  for (const companyId of await everyCompanyId(context.db)) {
    // What goes wrong for one company keeps no other from its day.
    await tickOne(context, companyId, worker, address, report).catch((error) => troubles.push(error));
  }
  if (troubles.length > 0)
    throw troubles.length === 1 ? troubles[0] : new AggregateError(troubles, 'Several companies.');
  return report;
}

async function tickOne(
  context: Context,
  companyId: string,
  worker: Worker,
  address: string,
  report: TickReport,
): Promise<void> {
  await recoverDeliveries(context, companyId, worker);
  if (await isTimeToRun(context, companyId)) {
    const { ran } = await runDunning(context, { companyId, actor: 'system' }, { bySchedule: true });
    if (ran) report.ran.push(companyId);
    report.told += await tellApprovers(context, companyId, worker, address);
    report.followed += await tellInCharge(context, companyId, worker, address);
  }
  await resumeOperations(context, companyId);
  await wakeDelivery(context, companyId);
  await sealEvents(context, companyId);
}

function wakeDelivery(context: Context, companyId: string): Promise<void> {
  return forCompany(context, { companyId, actor: 'system' }, async ({ tx, company, today }) => {
    if ((await reminderBacklog(tx, companyId, today, await leavableToday({ tx, company, today }))) > 0)
      await context.jobs.deliver(tx, companyId);
  });
}

/** D2, D3: by the company's own clock on the wall, from the hour at which it begins to send. */
function isTimeToRun(context: Context, companyId: string): Promise<boolean> {
  return forCompany(context, { companyId, actor: 'system' }, async ({ company }) => {
    if (company.simulated_on !== null) return false;
    const time = context.now().toZonedDateTimeISO(company.time_zone).toPlainTime().toString({ smallestUnit: 'second' });
    return time >= company.sending_from;
  });
}
