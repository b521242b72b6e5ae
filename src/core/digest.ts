// The morning's mail to whoever approves: how many messages wait, for how much, to whom, and the way to them.
import { formatAmount, type Language } from './format.ts';
import { escapeHtml, htmlPage, type Message, oneLine } from './message.ts';
import type { Currency } from './money.ts';

/** A message of which somebody of the company is told. */
export interface DigestRow {
  customerName: string;
  level: number;
  stepName: string | null;
  amounts: readonly { currency: Currency; minor: number }[];
}

export interface Digest {
  language: Language;
  companyName: string;
  /** All that wait; `rows` are the first of them. */
  count: number;
  /** Then they are not called reminders. */
  includesThanks: boolean;
  /** How many of them have waited for longer than the company wants, and how many sending days that is. */
  tooLong: { count: number; days: number };
  amounts: readonly { currency: Currency; minor: number }[];
  /** Messages that leave by themselves later on unless somebody holds them back. */
  leavingByThemselves: number;
  rows: readonly DigestRow[];
  /** Where they are approved. */
  link: string;
}

const words = {
  fr: {
    subject: (count: number, company: string, includesThanks: boolean) =>
      `${count} ${includesThanks ? 'message' : 'relance'}${count >= 2 ? 's attendent' : ' attend'} votre accord, ${company}`,
    subjectAlone: (count: number, company: string) =>
      `${count} ${count >= 2 ? 'relances partiront d’elles-mêmes' : 'relance partira d’elle-même'}, ${company}`,
    intro: (count: number, amounts: string) =>
      `${count} ${count >= 2 ? 'messages ne partiront' : 'message ne partira'} qu’après votre accord${amounts === '' ? '' : ` : ${amounts}`}.`,
    tooLong: (count: number, days: number) =>
      `${count} ${count >= 2 ? 'attendent' : 'attend'} depuis plus de ${days} ${days >= 2 ? 'jours' : 'jour'} d’envoi.`,
    byThemselves: (count: number) =>
      `${count} ${count >= 2 ? 'messages partiront d’eux-mêmes' : 'message partira de lui-même'} aujourd’hui ou dans les jours qui viennent, sauf si vous ${count >= 2 ? 'les' : 'le'} retenez.`,
    more: (count: number) => `… et ${count} de plus.`,
    open: 'Lire et valider',
    look: 'Voir ce qui part',
    why: 'Ce message part chaque matin où quelque chose attend. Il se règle dans Relance, Réglages, Entreprise.',
  },
  en: {
    subject: (count: number, company: string, includesThanks: boolean) =>
      `${count} ${includesThanks ? 'message' : 'reminder'}${count === 1 ? ' waits' : 's wait'} for your approval, ${company}`,
    subjectAlone: (count: number, company: string) =>
      `${count} ${count === 1 ? 'reminder leaves by itself' : 'reminders leave by themselves'}, ${company}`,
    intro: (count: number, amounts: string) =>
      `${count} ${count === 1 ? 'message leaves' : 'messages leave'} only with your approval${amounts === '' ? '' : `: ${amounts}`}.`,
    tooLong: (count: number, days: number) =>
      `${count} ${count === 1 ? 'has' : 'have'} waited for more than ${days} sending ${days === 1 ? 'day' : 'days'}.`,
    byThemselves: (count: number) =>
      `${count} ${count === 1 ? 'message leaves by itself' : 'messages leave by themselves'} today or in the days to come, unless you hold ${count === 1 ? 'it' : 'them'} back.`,
    more: (count: number) => `… and ${count} more.`,
    open: 'Read and approve',
    look: 'See what leaves',
    why: 'This message leaves on each morning on which something waits. It is set in Relance, Settings, Company.',
  },
};

/** Customer, step, amount. */
export type DigestLine = readonly [string, string, string];

export function lineOf({ customerName, level, stepName, amounts }: DigestRow, language: Language): DigestLine {
  // A notice before the due date is no reminder: it has no number.
  const step = [level === 0 ? '' : `R${level}`, stepName ?? ''].filter((part) => part !== '').join(' ');
  return [customerName, step, amountsInWords(amounts, language)];
}

/** Nothing where only thanks wait: they ask for nothing. */
function amountsInWords(amounts: Digest['amounts'], language: Language): string {
  const asked = amounts.filter(({ minor }) => minor > 0);
  return asked.map((one) => formatAmount(one.minor, one.currency, language)).join(' + ');
}

export const linesAsText = (lines: readonly DigestLine[]): string =>
  lines
    .map(
      (cells) =>
        `- ${cells
          .map(oneLine)
          .filter((cell) => cell !== '')
          .join(' · ')}`,
    )
    .join('\n');

export function linesAsTable(lines: readonly DigestLine[]): string {
  const cell = (content: string, align: string) =>
    `<td style="padding:6px 8px 6px 0;text-align:${align};border-bottom:1px solid #e4e7eb">${escapeHtml(content)}</td>`;
  const rows = lines
    .map(([name, step, amount]) => `<tr>${cell(name, 'left')}${cell(step, 'left')}${cell(amount, 'right')}</tr>`)
    .join('');
  return `<table role="presentation" style="border-collapse:collapse;width:100%;font-size:14px">${rows}</table>`;
}

/** The way to the application, and below it why this mail has come. */
export function buttonTo(link: string, label: string, why: string): string {
  return `<p><a href="${escapeHtml(link)}" style="display:inline-block;padding:10px 18px;background:#0b6b57;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(label)}</a></p>
<p style="color:#52606d;font-size:13px">${escapeHtml(why)}</p>`;
}

export function digestMessage({
  language,
  companyName,
  count,
  includesThanks,
  tooLong,
  amounts,
  leavingByThemselves,
  rows,
  link,
}: Digest): Message {
  const said = words[language === 'fr' ? 'fr' : 'en'];
  const sums = amountsInWords(amounts, language);
  const lines = rows.map((row) => lineOf(row, language));
  const rest = count - rows.length;
  const intro = count === 0 ? null : said.intro(count, sums);
  const button = count === 0 ? said.look : said.open;
  const alone = leavingByThemselves === 0 ? null : said.byThemselves(leavingByThemselves);
  const late = tooLong.count === 0 ? null : said.tooLong(tooLong.count, tooLong.days);
  const text = [
    ...(intro === null ? [] : [intro]),
    ...(late === null ? [] : [late]),
    ...(lines.length === 0 ? [] : [linesAsText(lines)]),
    ...(rest > 0 ? [said.more(rest)] : []),
    ...(alone === null ? [] : [alone]),
    `${button} : ${link}`,
    said.why,
  ].join('\n\n');
  const html = htmlPage(
    `${intro === null ? '' : `<p>${escapeHtml(intro)}</p>`}
${late === null ? '' : `<p><strong>${escapeHtml(late)}</strong></p>`}
${linesAsTable(lines)}
${rest > 0 ? `<p>${escapeHtml(said.more(rest))}</p>` : ''}
${alone === null ? '' : `<p>${escapeHtml(alone)}</p>`}
${buttonTo(link, button, said.why)}`,
    language,
  );
  const subject =
    count === 0
      ? said.subjectAlone(leavingByThemselves, companyName)
      : said.subject(count, companyName, includesThanks);
  return { subject: oneLine(subject), text, html };
}
