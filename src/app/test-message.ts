// The message that the owner sends to itself to see that the mail server works: composed as a reminder is, about no invoice.
import { randomUUID } from 'node:crypto';
import type { OutgoingMail } from '../channels/sender.ts';
import { footerLines } from '../core/letterhead.ts';
import { renderMessage, type Template } from '../core/message.ts';
import type { Row } from '../db/tables.ts';
import { composeMail, putTogether } from '../formats/mail.ts';
import { senderOf } from './compose-reminder.ts';
import type { CompanyWork } from './context.ts';

const templates: Record<'fr' | 'en', Template> = {
  fr: {
    subject: 'Message de test de Relance',
    body: `Bonjour,

Ce message a quitté Relance par le serveur d’envoi de {{ company_name }} : la configuration fonctionne. Vérifiez qu’il n’est pas arrivé dans les indésirables, et que l’expéditeur est bien celui que vos clients doivent voir.

Aucun client n’a reçu ce message.`,
  },
  en: {
    subject: 'Test message from Relance',
    body: `Hello,

This message left Relance through the mail server of {{ company_name }}: the set-up works. Check that it did not arrive among the junk mail, and that its sender is the one that your customers should see.

No customer received this message.`,
  },
};

export async function composeTestMessage(
  company: Row<'company'>,
  today: CompanyWork['today'],
  to: string,
  date: Date,
): Promise<OutgoingMail> {
  const from = senderOf(company);
  const rendered = renderMessage(templates[company.language], {
    language: company.language,
    today,
    customerName: '',
    customerNumber: '',
    companyName: company.name,
    senderName: company.sender_name ?? '',
    paymentDetails: '',
    level: 0,
    footer: footerLines(company.letterhead, company.language),
    // A message is about one invoice at least; this one's text names none.
    lines: [
      {
        invoiceNumber: '',
        issuedOn: today,
        dueOn: today,
        totalMinor: 0,
        askedMinor: 0,
        lateDays: 0,
        currency: company.currency,
      },
    ],
  });
  if (!rendered.ok) throw new Error(`the test message can't be rendered: ${rendered.fault.code}`);
  const skeleton = composeMail({
    from,
    to: [to],
    cc: [],
    replyTo: company.reply_to,
    ...rendered.value,
    messageId: `<${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    references: [],
    date,
    attachments: [],
  });
  const raw = putTogether(skeleton, () => Buffer.alloc(0));
  return { from: from.address, to: [to], raw };
}
