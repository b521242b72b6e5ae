// Whoever may approve is told each morning, by the company's own mail server, what waits for a person. A live company only: in
// practice no e-mail leaves. The day is written first: after a kill there is at worst one mail too few, never two.
import { randomUUID } from 'node:crypto';
import { isSendingDay, waitingTooLongFrom } from '../core/calendar.ts';
import { type Digest, digestMessage } from '../core/digest.ts';
import { membersOf } from '../db/account.ts';
import { leavingByThemselves } from '../db/delivery.ts';
import { readCalendar } from '../db/facts.ts';
import { listReminders } from '../db/lists.ts';
import { composeMail, putTogether } from '../formats/mail.ts';
import { openMailServer } from './change-company.ts';
import { senderOf } from './compose-reminder.ts';
import { type Context, forCompany } from './context.ts';
import type { Worker } from './deliver-outbox.ts';

/** So many are named; the others are counted. */
const named = 12;

/** Called after the day's run. Answers how many people were told; `address` is where the application is reached. */
export async function tellApprovers(
  context: Context,
  companyId: string,
  worker: Worker,
  address: string,
): Promise<number> {
  const due = await forCompany(context, { companyId, actor: 'system' }, async ({ tx, company, today, now }) => {
    if (company.mode !== 'live' || !company.tells_approvers || company.approvers_told_on === today) return null;
    const calendar = await readCalendar(tx, company);
    if (!isSendingDay(calendar, today)) return null;
    const server = await tx
      .selectFrom('mail_server')
      .selectAll()
      .where('company_id', '=', companyId)
      .executeTakeFirst();
    if (server === undefined || company.sender_email === null) return null;
    const claimed = await tx
      .updateTable('company')
      .set({ approvers_told_on: today })
      .where('id', '=', companyId)
      .where((eb) => eb.or([eb('approvers_told_on', 'is', null), eb('approvers_told_on', '<', today)]))
      .executeTakeFirst();
    if (claimed.numUpdatedRows === 0n) return null;
    const { rows } = await listReminders(tx, companyId, { state: 'to_approve', limit: 1000, today });
    const tooLongFrom = waitingTooLongFrom(calendar, today, company.approval_wait_days);
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
    tooLong: {
      count: rows.filter((row) => row.waitsSince <= tooLongFrom).length,
      days: company.approval_wait_days,
    },
    leavingByThemselves: alone,
    amounts: [...sums].map(([currency, minor]) => ({ currency, minor })),
    rows: rows.slice(0, named).map((row) => ({
      ...row,
      amounts: [{ currency: row.currency, minor: row.askedMinor ?? 0 }, ...row.askedOthers],
    })),
    link: rows.length > 0 ? `${address}/approve` : `${address}/#leaving`,
  };
  const message = digestMessage(digest);
  const from = senderOf(company);
  const members = await membersOf(context.db, companyId);
  const sender = worker.openSender(openMailServer(context, server));
  let told = 0;
  try {
    for (const { email, role } of members) {
      if (role === 'reader') continue;
      const skeleton = composeMail({
        from,
        to: [email],
        cc: [],
        replyTo: null,
        ...message,
        messageId: `<${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
        references: [],
        date: new Date(context.now().epochMilliseconds),
        attachments: [],
      });
      const raw = putTogether(skeleton, () => Buffer.alloc(0));
      const outcome = await sender.send({ from: from.address, to: [email], raw });
      if (outcome.kind === 'accepted') told += 1;
    }
  } finally {
    await sender.close();
  }
  return told;
}
