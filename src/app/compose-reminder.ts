// A rendered reminder as the mail that leaves: sender, thread, attachments, and its bytes.

import type { Day } from '../core/day.ts';
import type { Message } from '../core/message.ts';
import type { ReminderToRender } from '../db/delivery.ts';
import type { Row } from '../db/tables.ts';
import { type Attachment, composeMail, putTogether, type Skeleton } from '../formats/mail.ts';

export interface ComposedReminder {
  messageId: string;
  envelope: { from: string; to: string[] };
  skeleton: Skeleton;
  raw: Buffer;
}

/** Sends from nowhere in practice, where no address is set yet: .invalid can never be delivered to (RFC 2606 §2). */
const nowhere = 'relance@practice.invalid';

/** Derived from the reminder: the same whenever it is composed again, so a server or a person can recognise it. */
export function messageIdOf(company: Row<'company'>, reminderId: string): string {
  return `<${reminderId}@${domainOf(company)}>`;
}

function domainOf(company: Row<'company'>): string {
  const address = company.sender_email ?? nowhere;
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Who the company's messages come from. */
export function senderOf(company: Row<'company'>): { name: string; address: string } {
  return { name: company.sender_name ?? company.name, address: company.sender_email ?? nowhere };
}

/** `files` holds, by SHA-256, the attachments in base64 as a mail carries them. */
export function composeReminder(
  company: Row<'company'>,
  reminder: ReminderToRender,
  message: Message,
  files: ReadonlyMap<string, Buffer>,
  date: Date,
): ComposedReminder {
  const own = senderOf(company);
  const from = { ...own, name: reminder.senderName ?? own.name };
  const messageId = messageIdOf(company, reminder.id);
  const { to, cc } = reminder.recipients;
  const skeleton = composeMail({
    from,
    to,
    cc,
    replyTo: reminder.replyTo ?? company.reply_to,
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId,
    references: threadOf(company, reminder),
    date,
    attachments: attachmentsOf(reminder, files),
  });
  const raw = putTogether(skeleton, (sha256) => files.get(sha256)!);
  const copy = company.copy_to_sender ? [from.address] : [];
  return { messageId, envelope: { from: from.address, to: [...new Set([...to, ...cc, ...copy])] }, skeleton, raw };
}

/** One thread per customer: a root that is never sent, then the last message that left. */
function threadOf(company: Row<'company'>, reminder: ReminderToRender): string[] {
  const root = `<customer-${reminder.customerId}@${domainOf(company)}>`;
  return reminder.lastMessageId === null ? [root] : [root, reminder.lastMessageId];
}

/** What goes with it, by SHA-256 in hexadecimal. */
export function attachmentHashes({ attachInvoice, items, files }: ReminderToRender): string[] {
  const invoices = attachInvoice ? items.flatMap((item) => item.pdfSha256 ?? []) : [];
  return [...invoices, ...files.map((file) => file.sha256)];
}

function attachmentsOf(reminder: ReminderToRender, files: ReadonlyMap<string, Buffer>): Attachment[] {
  const named = new Map<string, Attachment>();
  for (const { invoiceNumber, pdfSha256, pdfName } of reminder.attachInvoice ? reminder.items : []) {
    if (pdfSha256 === null || !files.has(pdfSha256)) continue;
    named.set(pdfSha256, { name: pdfName ?? `${invoiceNumber}.pdf`, type: 'application/pdf', sha256: pdfSha256 });
  }
  for (const file of reminder.files) {
    // A file that is promised and is not there is no message to send without it.
    if (!files.has(file.sha256)) throw new Error(`The file ${file.sha256} of reminder ${reminder.id} is missing.`);
    if (!named.has(file.sha256)) named.set(file.sha256, file);
  }
  return [...named.values()];
}

/** The Date header: the instant, or noon of the simulated day in practice. */
export function dateOfMail(company: Row<'company'>, today: Day, now: Temporal.Instant): Date {
  if (company.simulated_on === null) return new Date(now.epochMilliseconds);
  return new Date(
    Temporal.PlainDate.from(today).toZonedDateTime({ timeZone: company.time_zone, plainTime: '12:00' })
      .epochMilliseconds,
  );
}
