// The scheduler's tick, called as often as one likes: each live company runs once on its own day, from its own hour on, and
// whatever is ready and may leave now is delivered. A practice company with a simulated date waits for its person.
import { everyCompanyId } from '../db/company.ts';
import type { Context } from './context.ts';
import { forCompany } from './context.ts';
import { deliverOutbox, type Worker } from './deliver-outbox.ts';
import { runDunning } from './run-dunning.ts';
import { sealEvents } from './seal-events.ts';

export interface TickReport {
  ran: string[];
  delivered: number;
}

export async function tick(context: Context, worker: Worker): Promise<TickReport> {
  const report: TickReport = { ran: [], delivered: 0 };
  for (const companyId of await everyCompanyId(context.db)) {
    const acting = { companyId, actor: 'system' };
    if (await isTimeToRun(context, companyId)) {
      const { ran } = await runDunning(context, acting, { bySchedule: true });
      if (ran) report.ran.push(companyId);
    }
    const { sent, captured } = await deliverOutbox(context, companyId, worker);
    report.delivered += sent + captured;
    await sealEvents(context, companyId);
  }
  return report;
}

/** D2, D3: by the company's own clock on the wall, from the hour at which it begins to send. */
function isTimeToRun(context: Context, companyId: string): Promise<boolean> {
  return forCompany(context, { companyId, actor: 'system' }, async ({ company }) => {
    if (company.simulated_on !== null) return false;
    const time = context.now().toZonedDateTimeISO(company.time_zone).toPlainTime().toString({ smallestUnit: 'second' });
    return time >= company.sending_from;
  });
}
