// Whoever may approve is told each morning what waits for a person.
import { waitingTooLongFrom } from '../core/calendar.ts';
import { type Digest, digestMessage } from '../core/digest.ts';
import { membersOf } from '../db/account.ts';
import { leavingByThemselves } from '../db/delivery.ts';
import { readCalendar } from '../db/facts.ts';
import { listReminders } from '../db/lists.ts';
import { levelNames } from '../words/values.ts';
import { type Context, forCompany } from './context.ts';
import type { Worker } from './deliver-outbox.ts';
import { claimToday, writeInside } from './write-inside.ts';

/** So many are named; the others are counted. */
const named = 12;

/** Called after the day's run. Answers how many people were told; `address` is where the application is reached. */
export async function tellApprovers(
  context: Context,
  companyId: string,
  worker: Worker,
  address: string,
): Promise<number> {
  const due = await forCompany(context, { companyId, actor: 'system' }, async (work) => {
    const { tx, company, today, now } = work;
    const server = company.tells_approvers ? await claimToday(work, 'approvers_told_on') : null;
    if (server === null) return null;
    const { rows } = await listReminders(tx, companyId, { state: 'to_approve', limit: 1000, today });
    const tooLongFrom = waitingTooLongFrom(await readCalendar(tx, company), today, company.approval_wait_days);
    const alone = await leavingByThemselves(tx, companyId, new Date(now.epochMilliseconds));
    return rows.length + alone === 0 ? null : { company, server, rows, tooLongFrom, alone };
  });
  if (due === null) return 0;
  const { company, server, rows, tooLongFrom, alone } = due;
  const sums = new Map<string, number>();
  for (const { currency, askedMinor, askedOthers } of rows)
    for (const one of [{ currency, minor: askedMinor ?? 0 }, ...askedOthers])
      sums.set(one.currency, (sums.get(one.currency) ?? 0) + one.minor);
  const digest: Digest = {
    language: company.language,
    companyName: company.name,
    count: rows.length,
    includesThanks: rows.some(({ kind }) => kind === 'thanks'),
    tooLong: {
      count: rows.filter((row) => row.waitsSince <= tooLongFrom).length,
      days: company.approval_wait_days,
    },
    leavingByThemselves: alone,
    amounts: [...sums].map(([currency, minor]) => ({ currency, minor })),
    rows: rows.slice(0, named).map((row) => ({
      ...row,
      stepName: row.kind === 'thanks' ? levelNames[company.language](0, null, 'thanks') : row.stepName,
      amounts: [{ currency: row.currency, minor: row.askedMinor ?? 0 }, ...row.askedOthers],
    })),
    link: rows.length > 0 ? `${address}/approve` : `${address}/#leaving`,
  };
  const message = digestMessage(digest);
  const members = await membersOf(context.db, companyId);
  const approvers = members.filter(({ role }) => role !== 'reader');
  return writeInside(
    context,
    worker,
    { company, server },
    approvers.map(({ email }) => ({ to: email, message })),
  );
}
