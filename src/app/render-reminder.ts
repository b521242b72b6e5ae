// A reminder as the message that leaves: its facts as they are now, its template or the text that a person edited.
import { type Day, daysBetween } from '../core/day.ts';
import { failed, type Result } from '../core/fault.ts';
import { footerLines } from '../core/letterhead.ts';
import { type Message, type MessageFacts, renderMessage, type Template } from '../core/message.ts';
import type { ReminderToRender } from '../db/delivery.ts';
import type { Row } from '../db/tables.ts';

export type Templates = ReadonlyMap<string, Template>;

/** By key and language. */
export function templatesByKey(
  rows: readonly Pick<Row<'template'>, 'key' | 'language' | 'subject' | 'body'>[],
): Templates {
  return new Map(rows.map((row) => [`${row.key}/${row.language}`, { subject: row.subject, body: row.body }]));
}

/** What of a reminder its message is made of; a preview has this much without being one. */
export interface Rendered
  extends Pick<
    ReminderToRender,
    | 'templateKey'
    | 'language'
    | 'customerName'
    | 'customerNumber'
    | 'currency'
    | 'level'
    | 'subjectEdited'
    | 'bodyEdited'
  > {
  items: readonly Pick<
    ReminderToRender['items'][number],
    'receivableId' | 'invoiceNumber' | 'issuedOn' | 'dueOn' | 'amountMinor'
  >[];
}

/** Renders with these amounts (by receivable): what is asked for today. */
export function renderReminder(
  company: Row<'company'>,
  templates: Templates,
  reminder: Rendered,
  asked: ReadonlyMap<string, number>,
  today: Day,
): Result<Message> {
  const ready = templates.get(`${reminder.templateKey}/${reminder.language}`);
  if (ready === undefined && reminder.bodyEdited === null) {
    return failed('not-found', { what: `template ${reminder.templateKey} (${reminder.language})` });
  }
  const template = {
    subject: reminder.subjectEdited ?? ready?.subject ?? '',
    body: reminder.bodyEdited ?? ready?.body ?? '',
  };
  return renderMessage(template, messageFacts(company, reminder, asked, today));
}

function messageFacts(
  company: Row<'company'>,
  reminder: Rendered,
  asked: ReadonlyMap<string, number>,
  today: Day,
): MessageFacts {
  return {
    language: reminder.language,
    today,
    customerName: reminder.customerName,
    customerNumber: reminder.customerNumber,
    companyName: company.name,
    senderName: company.sender_name ?? '',
    paymentDetails: company.payment_details ?? '',
    currency: reminder.currency,
    level: reminder.level,
    footer: footerLines(company.letterhead, reminder.language),
    lines: reminder.items.map((item) => ({
      invoiceNumber: item.invoiceNumber,
      issuedOn: item.issuedOn,
      dueOn: item.dueOn,
      totalMinor: item.amountMinor,
      askedMinor: asked.get(item.receivableId) ?? 0,
      lateDays: Math.max(0, daysBetween(item.dueOn, today)),
    })),
  };
}
