// The daily run: customers that have something to look at today are planned page by page, each page in a transaction of
// its own. Run twice, killed or run late, it writes each step once.
import { customersToLookAt, wakeHeldFor } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { finishRun, startRun } from '../db/run.ts';
import { refreshStatistics } from '../db/statistics.ts';
import { doThanksWait } from '../db/thanks.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { type PageCounts, planCustomers } from './plan-customers.ts';
import { thankPayers } from './thank-payers.ts';

/** Cases read for a page: some hundreds of customers, so that memory stays flat and a lock is held briefly. */
const pageSize = 2_000;

export interface RunReport extends PageCounts {
  /** False where the day's scheduled run was done already. */
  ran: boolean;
  /** Of the messages, those that thank for a payment. */
  thanks: number;
}

const nothing: PageCounts = { customers: 0, toApprove: 0, ready: 0, tasks: 0, skipped: 0, dropped: 0 };

/** Runs the company's today. A scheduled run happens once a day; one asked for by a person whenever it is asked. */
export async function runDunning(
  context: Context,
  acting: Acting,
  options: { bySchedule?: boolean } = {},
): Promise<RunReport> {
  const bySchedule = options.bySchedule ?? false;
  const { runId, mayThank } = await forCompany(context, acting, async ({ tx, company, today, scope }) => {
    // A new version of Relance may have brought the rate that is waited for.
    if (company.interest_from_level !== null) await wakeHeldFor(tx, company.id, 'rate-not-known', today);
    return {
      runId: await startRun(tx, company.id, today, bySchedule, scope.practice),
      mayThank: company.thanks_payers || (await doThanksWait(tx, company.id, null)),
    };
  });
  if (runId === null) return { ...nothing, thanks: 0, ran: false };
  const planned = await planEveryone(context, acting);
  const { ready, toApprove } = mayThank ? await thankPayers(context, acting) : { ready: 0, toApprove: 0 };
  const counts = {
    ...planned,
    ready: planned.ready + ready,
    toApprove: planned.toApprove + toApprove,
    thanks: ready + toApprove,
  };
  await forCompany(context, acting, async ({ tx, company, scope }) => {
    await finishRun(tx, company.id, runId, { ...counts });
    await recordEvents(tx, scope, [{ type: 'run.finished', payload: { ...counts, bySchedule } }]);
  });
  return { ...counts, ran: true };
}

/** Plans every customer that has something to look at today, without noting a run. */
export async function planEveryone(context: Context, acting: Acting): Promise<PageCounts> {
  let total = nothing;
  for (;;) {
    const page = await planPage(context, acting);
    if (page === null) break;
    total = add(total, page);
  }
  await refreshStatistics(context.db, total.ready + total.toApprove + total.tasks, [
    'reminder',
    'item',
    'event',
    'event_payload',
  ]);
  return total;
}

function planPage(context: Context, acting: Acting): Promise<PageCounts | null> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const customerIds = await customersToLookAt(tx, company.id, today, pageSize);
    if (customerIds.length === 0) return null;
    const counts = await planCustomers(work, customerIds);
    if (counts.ready > 0) await context.jobs.deliver(tx, company.id);
    return counts;
  });
}

function add(a: PageCounts, b: PageCounts): PageCounts {
  return {
    customers: a.customers + b.customers,
    toApprove: a.toApprove + b.toApprove,
    ready: a.ready + b.ready,
    tasks: a.tasks + b.tasks,
    skipped: a.skipped + b.skipped,
    dropped: a.dropped + b.dropped,
  };
}
