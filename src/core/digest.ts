// The morning's mail to whoever approves: how many messages wait, for how much, to whom, and the way to them.
import { formatAmount, type Language } from './format.ts';
import { escapeHtml, htmlPage, type Message, oneLine } from './message.ts';
import type { Currency } from './money.ts';

export interface Digest {
  language: Language;
  companyName: string;
  /** All that wait; `rows` are the first of them. */
  count: number;
  /** How many of them have waited for longer than the company wants, and how many sending days that is. */
  tooLong: { count: number; days: number };
  amounts: readonly { currency: Currency; minor: number }[];
  rows: readonly {
    customerName: string;
    level: number;
    stepName: string | null;
    amounts: readonly { currency: Currency; minor: number }[];
  }[];
  /** Where they are approved. */
  link: string;
}

const words = {
  fr: {
    subject: (count: number, company: string) =>
      `${count} ${count >= 2 ? 'relances attendent' : 'relance attend'} votre accord, ${company}`,
    intro: (count: number, amounts: string) =>
      `${count} ${count >= 2 ? 'messages ne partiront' : 'message ne partira'} qu’après votre accord : ${amounts}.`,
    tooLong: (count: number, days: number) =>
      `${count} ${count >= 2 ? 'attendent' : 'attend'} depuis plus de ${days} ${days >= 2 ? 'jours' : 'jour'} d’envoi.`,
    more: (count: number) => `… et ${count} de plus.`,
    open: 'Lire et valider',
    why: 'Ce message part chaque matin où quelque chose attend. Il se règle dans Relance, Réglages, Entreprise.',
  },
  en: {
    subject: (count: number, company: string) =>
      `${count} ${count === 1 ? 'reminder waits' : 'reminders wait'} for your approval, ${company}`,
    intro: (count: number, amounts: string) =>
      `${count} ${count === 1 ? 'message leaves' : 'messages leave'} only with your approval: ${amounts}.`,
    tooLong: (count: number, days: number) =>
      `${count} ${count === 1 ? 'has' : 'have'} waited for more than ${days} sending ${days === 1 ? 'day' : 'days'}.`,
    more: (count: number) => `… and ${count} more.`,
    open: 'Read and approve',
    why: 'This message leaves on each morning on which something waits. It is set in Relance, Settings, Company.',
  },
};

export function digestMessage({ language, companyName, count, tooLong, amounts, rows, link }: Digest): Message {
  const said = words[language === 'fr' ? 'fr' : 'en'];
  const inWords = (those: Digest['amounts']): string =>
    those.map((one) => formatAmount(one.minor, one.currency, language)).join(' + ');
  const sums = inWords(amounts);
  const lines = rows.map((row) => {
    // A notice before the due date is no reminder: it has no number.
    const level = [row.level === 0 ? '' : `R${row.level}`, row.stepName ?? ''].filter((part) => part !== '').join(' ');
    return [row.customerName, level, inWords(row.amounts)] as const;
  });
  const rest = count - rows.length;
  const intro = said.intro(count, sums);
  const late = tooLong.count === 0 ? null : said.tooLong(tooLong.count, tooLong.days);
  const text = [
    intro,
    ...(late === null ? [] : [late]),
    lines.map((cells) => `- ${cells.map(oneLine).join(' · ')}`).join('\n'),
    ...(rest > 0 ? [said.more(rest)] : []),
    `${said.open} : ${link}`,
    said.why,
  ].join('\n\n');
  const cell = (content: string, align: string) =>
    `<td style="padding:6px 8px 6px 0;text-align:${align};border-bottom:1px solid #e4e7eb">${escapeHtml(content)}</td>`;
  const table = lines
    .map(([name, level, amount]) => `<tr>${cell(name, 'left')}${cell(level, 'left')}${cell(amount, 'right')}</tr>`)
    .join('');
  const html = htmlPage(
    `<p>${escapeHtml(intro)}</p>
${late === null ? '' : `<p><strong>${escapeHtml(late)}</strong></p>`}
<table role="presentation" style="border-collapse:collapse;width:100%;font-size:14px">${table}</table>
${rest > 0 ? `<p>${escapeHtml(said.more(rest))}</p>` : ''}
<p><a href="${escapeHtml(link)}" style="display:inline-block;padding:10px 18px;background:#0b6b57;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(said.open)}</a></p>
<p style="color:#52606d;font-size:13px">${escapeHtml(said.why)}</p>`,
    language,
  );
  return { subject: oneLine(said.subject(count, companyName)), text, html };
}
