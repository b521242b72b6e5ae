// E-mails to the company's own people, by its own mail server: on sending days of a live company, each kind once a day. In practice no
// e-mail leaves. The day is written first: after a kill there is at worst one mail too few, never two.
import { randomUUID } from 'node:crypto';
import { isSendingDay } from '../core/calendar.ts';
import type { Message } from '../core/message.ts';
import { readCalendar } from '../db/facts.ts';
import type { Row } from '../db/tables.ts';
import { composeMail, putTogether } from '../formats/mail.ts';
import { openMailServer } from './change-company.ts';
import { senderOf } from './compose-reminder.ts';
import type { CompanyWork, Context } from './context.ts';
import type { Worker } from './deliver-outbox.ts';

/** The company's mail server, where this kind of mail may leave today and had not yet: nobody else sends it today. */
export async function claimToday(
  { tx, company, today }: CompanyWork,
  toldOn: 'approvers_told_on' | 'in_charge_told_on',
): Promise<Row<'mail_server'> | null> {
  if (company.mode !== 'live' || company.sender_email === null || company[toldOn] === today) return null;
  if (!isSendingDay(await readCalendar(tx, company), today)) return null;
  const server = await tx.selectFrom('mail_server').selectAll().where('company_id', '=', company.id).executeTakeFirst();
  if (server === undefined) return null;
  const claimed = await tx
    .updateTable('company')
    .set({ [toldOn]: today })
    .where('id', '=', company.id)
    .where((eb) => eb.or([eb(toldOn, 'is', null), eb(toldOn, '<', today)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 0n ? null : server;
}

export interface Letter {
  to: string;
  message: Message;
}

/** Answers how many the server took. */
export async function writeInside(
  context: Context,
  worker: Worker,
  { company, server }: { company: Row<'company'>; server: Row<'mail_server'> },
  letters: readonly Letter[],
): Promise<number> {
  if (letters.length === 0) return 0;
  const from = senderOf(company);
  const sender = worker.openSender(openMailServer(context, server));
  let taken = 0;
  try {
    for (const { to, message } of letters) {
      const skeleton = composeMail({
        from,
        to: [to],
        cc: [],
        replyTo: null,
        ...message,
        messageId: `<${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
        references: [],
        date: new Date(context.now().epochMilliseconds),
        attachments: [],
      });
      const raw = putTogether(skeleton, () => Buffer.alloc(0));
      const outcome = await sender.send({ from: from.address, to: [to], raw });
      if (outcome.kind === 'accepted') taken += 1;
    }
  } finally {
    await sender.close();
  }
  return taken;
}
