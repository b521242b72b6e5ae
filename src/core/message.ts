// A message: a Markdown template with merge tags, strict, made into a subject, HTML and plain text through one syntax tree.
// What a tag inserts is text and nothing else: it can bring neither Markdown nor HTML with it.
import type { Liquid } from 'liquidjs';
import MarkdownIt from 'markdown-it';
import type { ChargeAsked, ChargeKind } from './charge.ts';
import type { Day } from './day.ts';
import { done, type Result } from './fault.ts';
import { formatAmount, formatDay, formatDays, formatShortDay, type Language } from './format.ts';
import type { InvoiceTag, loopedOver, MergeTag } from './merge-tags.ts';
import type { Currency } from './money.ts';
import { type Amount, amountsOf } from './reminder.ts';
import { faultIn, type TemplateField, templateEngine, whatIsWrongIn } from './template-syntax.ts';

/** One line of what is asked for. */
export interface MessageLine {
  invoiceNumber: string;
  issuedOn: Day;
  dueOn: Day;
  totalMinor: number;
  askedMinor: number;
  lateDays: number;
  currency: Currency;
}

/** One line of what is listed for information: nothing is asked for by it. */
export type InformationLine = Omit<MessageLine, 'totalMinor' | 'askedMinor'> & { openMinor: number };

/** One line of what was paid: nothing is asked for by it either. */
export type PaidLine = Omit<MessageLine, 'askedMinor' | 'lateDays'> & { paidOn: Day };

export interface MessageFacts {
  language: Language;
  today: Day;
  customerName: string;
  customerNumber: string;
  /** Somebody else pays and reads it: it says at its beginning whose invoices these are. */
  paidByAnother?: boolean;
  companyName: string;
  senderName: string;
  paymentDetails: string;
  level: number;
  lines: readonly MessageLine[];
  /** Of a message of thanks, instead of lines that ask for something. */
  paid?: readonly PaidLine[];
  /** What is asked for beside the principal; none where it is missing. */
  charges?: readonly ChargeAsked[];
  /** To a consumer interest is that of the law, and is called so. */
  toConsumer?: boolean;
  /** The customer's other invoices, below what is asked for (rule 12). */
  information?: readonly InformationLine[];
  /** Who writes, as the law and courtesy want it, below the message; nothing stands there where it is missing or empty. */
  footer?: readonly string[];
}

export interface Message {
  subject: string;
  html: string;
  text: string;
}

export interface Template {
  subject: string;
  body: string;
}

type TagValues = Record<Exclude<MergeTag, 'invoice_count'>, string> & { invoice_count: number } & Record<
    typeof loopedOver,
    Record<InvoiceTag, string>[]
  >;

/**
 * What tags insert never goes through Markdown: each stands in it as one character of the private-use area, the table as the
 * first of them, and is filled in afterwards as text. So the Markdown of a template is read once for thousands of messages.
 */
const tableMark = '\ue000';
const firstInsert = 0xe001;
const privateUse = /[\ue000-\uf8ff]/g;

const asItIs = templateEngine();
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });

/** What the tags of the body being rendered have inserted so far: Liquid renders in one go, without waiting. */
let inserted: string[] = [];
const inMarkdown = templateEngine((value) => standIn(String(value)));

const mostInserts = 0xf8ff - firstInsert;

function standIn(value: string): string {
  if (value === tableMark) return tableMark;
  const text = value.replace(privateUse, '');
  // A loop over thousands of invoices uses the characters up: the rest goes through Markdown, each sign of it escaped (CommonMark §2.4).
  if (inserted.length >= mostInserts) return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
  inserted.push(text);
  return String.fromCharCode(firstInsert + inserted.length - 1);
}

/** Renders a message, or says which tag is unknown or what is broken in the template, in which of its fields and on which line. */
export function renderMessage(template: Template, facts: MessageFacts): Result<Message> {
  const values = tagValues(facts);
  let field: TemplateField = 'subject';
  try {
    const subject = asItIs.renderSync(parsed(asItIs, template.subject), values);
    field = 'body';
    inserted = [];
    const body = inMarkdown.renderSync(parsed(inMarkdown, template.body), { ...values, invoice_table: tableMark });
    const { html, text } = readMarkdown(body);
    return done({
      subject: oneLine(subject),
      html: htmlPage(
        htmlMadeOutTo(facts) + fill(html, inserted, '<br>\n', escapeHtml, () => htmlTable(facts)),
        facts.language,
        facts.footer,
      ),
      text: textMadeOutTo(facts)
        .concat(
          fill(
            text,
            inserted,
            '\n',
            (value) => value,
            () => textTable(facts),
          ),
        )
        .replace(/\n{3,}/g, '\n\n')
        .concat(textFooter(facts.footer)),
    });
  } catch (error) {
    return faultIn(error, field);
  }
}

/** Puts the values in their places. An empty one takes its line with it. */
function fill(
  marked: string,
  values: readonly string[],
  lineBreak: string,
  escaped: (text: string) => string,
  table: () => string,
): string {
  return marked.replace(/(<br>\n|\n)?([\ue000-\uf8ff])/g, (_, before: string | undefined, mark: string) => {
    if (mark === tableMark) return `${before ?? ''}${table()}`;
    const value = values[mark.charCodeAt(0) - firstInsert] ?? '';
    if (value === '') return before === lineBreak ? '' : (before ?? '');
    return `${before ?? ''}${value
      .split('\n')
      .map((line) => escaped(line.trim()))
      .join(lineBreak)}`;
  });
}

interface MarkedUp {
  html: string;
  text: string;
}

/** The Markdown read last, by its text: a run renders thousands of messages from a few templates. */
const readBefore = new Map<string, MarkedUp>();

function readMarkdown(source: string): MarkedUp {
  let read = readBefore.get(source);
  if (read === undefined) {
    if (readBefore.size >= 200) readBefore.clear();
    const tokens = markdown.parse(source, {});
    const html = markdown.renderer.render(tokens, markdown.options, {}).replace(`<p>${tableMark}</p>`, tableMark);
    read = { html, text: toText(tokens) };
    readBefore.set(source, read);
  }
  return read;
}

/** The templates parsed last: a run renders thousands of messages from a few of them. */
const parsedTemplates = new Map<string, ReturnType<Liquid['parse']>>();

function parsed(engine: Liquid, source: string): ReturnType<Liquid['parse']> {
  const key = `${engine === inMarkdown ? 'body' : 'subject'} ${source}`;
  let tree = parsedTemplates.get(key);
  if (tree === undefined) {
    if (parsedTemplates.size >= 200) parsedTemplates.clear();
    tree = engine.parse(source);
    parsedTemplates.set(key, tree);
  }
  return tree;
}

/** What depends on how many invoices there are, as it is for so many: a person who edits one message reads no conditions. */
export function forSoMany({ subject, body }: Template, invoices: number): Template {
  const settled = (text: string): string =>
    text.replace(
      /\{%-? *if invoice_count > 1 *-?%\}(.*?)(?:\{%-? *else *-?%\}(.*?))?\{%-? *endif *-?%\}/gs,
      (_, several: string, one: string | undefined) => (invoices > 1 ? several : (one ?? '')),
    );
  return { subject: settled(subject), body: settled(body) };
}

/**
 * Whether a template may be saved: every tag known, also where no message would come by, everything closed. What reading it does not
 * show, a message about invented facts does. One that thanks has no tag of what is owed: it can ask for nothing.
 */
export function checkTemplate(template: Template, kind: 'reminder' | 'thanks' = 'reminder'): Result<Message> {
  for (const field of ['subject', 'body'] as const) {
    try {
      const wrong = whatIsWrongIn(asItIs, template[field], field, kind);
      if (wrong !== null) return wrong;
    } catch (error) {
      return faultIn(error, field);
    }
  }
  return renderMessage(template, inventedFacts);
}

const inventedFacts: MessageFacts = {
  language: 'fr',
  today: '2026-01-31',
  customerName: 'Exemple',
  customerNumber: 'C-001',
  companyName: 'Exemple',
  senderName: 'Exemple',
  paymentDetails: 'IBAN',
  level: 1,
  lines: [
    {
      invoiceNumber: 'F-001',
      issuedOn: '2025-12-01',
      dueOn: '2025-12-31',
      totalMinor: 100,
      askedMinor: 100,
      lateDays: 31,
      currency: 'EUR',
    },
  ],
};

/** Whatever a message is about; where it thanks, each line asks for nothing. */
const linesOf = ({ lines, paid = [] }: MessageFacts): readonly MessageLine[] =>
  lines.length > 0 ? lines : paid.map((line) => ({ ...line, askedMinor: 0, lateDays: 0 }));

function tagValues(facts: MessageFacts): TagValues {
  const { language } = facts;
  const lines = linesOf(facts);
  const numbers = [...new Set(lines.map((line) => line.invoiceNumber))];
  const first = lines.reduce((a, b) => (a.dueOn <= b.dueOn ? a : b));
  return {
    customer_name: oneLine(facts.customerName),
    customer_number: oneLine(facts.customerNumber),
    company_name: oneLine(facts.companyName),
    sender_name: oneLine(facts.senderName),
    payment_details: facts.paymentDetails,
    today: formatDay(facts.today, language),
    level: String(facts.level),
    invoice_number: fewNumbers(numbers.map(oneLine), language),
    invoice_count: numbers.length,
    issued_on: formatDay(first.issuedOn, language),
    due_on: formatDay(first.dueOn, language),
    late_days: formatDays(first.lateDays, language),
    amount_due: listed(amounts(totalsOf(facts), language), language),
    principal: listed(amounts(amountsOf(lines), language), language),
    interest: listed(amounts(chargesOf(facts, 'interest'), language), language),
    indemnity: listed(amounts(chargesOf(facts, 'indemnity'), language), language),
    fee: listed(amounts(chargesOf(facts, 'fee'), language), language),
    invoice_table: '',
    invoices: lines.map((line) => ({
      number: oneLine(line.invoiceNumber),
      issued_on: formatDay(line.issuedOn, language),
      due_on: formatDay(line.dueOn, language),
      late_days: formatDays(line.lateDays, language),
      total: formatAmount(line.totalMinor, line.currency, language),
      amount_due: formatAmount(line.askedMinor, line.currency, language),
    })),
  };
}

const amounts = (given: readonly Amount[], language: Language): string[] =>
  given.map(({ minor, currency }) => formatAmount(minor, currency, language));

const chargesOf = ({ charges = [] }: MessageFacts, kind: ChargeKind): ChargeAsked[] =>
  charges.filter((charge) => charge.kind === kind);

/** Principal and charges, for each currency: what is asked for in all. */
const totalsOf = (facts: MessageFacts): Amount[] => {
  const { charges = [] } = facts;
  return amountsOf([...linesOf(facts), ...charges.map(({ currency, minor }) => ({ currency, askedMinor: minor }))]);
};

const and = (language: Language): string => (language === 'fr' ? ' et ' : ' and ');

function listed(parts: readonly string[], language: Language): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')}${and(language)}${parts.at(-1)}`;
}

/** Up to five by number; of more the first three, and how many others: a subject is read on a phone. */
function fewNumbers(numbers: readonly string[], language: Language): string {
  if (numbers.length <= 5) return numbers.join(', ');
  const others = `${numbers.length - 3} ${language === 'fr' ? 'autres' : 'others'}`;
  return `${numbers.slice(0, 3).join(', ')}${and(language)}${others}`;
}

/** A header and a table cell hold one line, whatever was typed or imported. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}

const madeOutTo: Record<Language, string> = {
  fr: 'Factures établies pour',
  en: 'Invoices made out to',
};

/** Whoever pays for several customers must see at once for which of them it is asked. */
const nameOfInvoices = ({ customerName, customerNumber }: MessageFacts): string =>
  oneLine(`${customerName} (${customerNumber})`);

const textMadeOutTo = (facts: MessageFacts): string =>
  facts.paidByAnother ? `${madeOutTo[facts.language] ?? madeOutTo.en!} ${nameOfInvoices(facts)}\n\n` : '';

const htmlMadeOutTo = (facts: MessageFacts): string =>
  facts.paidByAnother
    ? `<p>${madeOutTo[facts.language] ?? madeOutTo.en!} <strong>${escapeHtml(nameOfInvoices(facts))}</strong></p>\n`
    : '';

const tableWords: Record<Language, [string, string, string, string, string, string]> = {
  fr: ['Facture', 'Date', 'Échéance', 'Montant TTC', 'Reste dû', 'Total'],
  en: ['Invoice', 'Date', 'Due', 'Amount', 'Amount due', 'Total'],
};

const paidOnWords: Record<Language, string> = { fr: 'Réglée le', en: 'Paid on' };

/** Of thanks: what was paid, and when. Nothing is added up, since nothing is asked for. */
function paidCells(paid: readonly PaidLine[], language: Language): string[][] {
  const [invoice, date, , amount] = tableWords[language] ?? tableWords.en!;
  const rows = paid.map((line) => [
    oneLine(line.invoiceNumber),
    formatShortDay(line.issuedOn),
    formatShortDay(line.paidOn),
    formatAmount(line.totalMinor, line.currency, language),
  ]);
  return [[invoice, date, paidOnWords[language] ?? paidOnWords.en!, amount], ...rows];
}

/** The table's header, its rows and, with several rows, its total: text, to be escaped by whoever shows it. */
function tableCells(facts: MessageFacts): string[][] {
  const { paid = [] } = facts;
  if (paid.length > 0) return paidCells(paid, facts.language);
  const [invoice, date, due, amount, left, total] = tableWords[facts.language] ?? tableWords.en!;
  const rows = facts.lines.map((line) => [
    oneLine(line.invoiceNumber),
    formatShortDay(line.issuedOn),
    formatShortDay(line.dueOn),
    formatAmount(line.totalMinor, line.currency, facts.language),
    formatAmount(line.askedMinor, line.currency, facts.language),
  ]);
  const charges = chargeCells(facts);
  // A total for each currency, never a sum of two.
  const totals = amounts(totalsOf(facts), facts.language).map((sum) => [total, '', '', '', sum]);
  return [[invoice, date, due, amount, left], ...rows, ...charges, ...(rows.length + charges.length > 1 ? totals : [])];
}

const chargeWords: Record<Language, Record<ChargeKind | 'legal', (on: string) => string>> = {
  fr: {
    interest: (on) => `Pénalités de retard au ${on}`,
    legal: (on) => `Intérêts au taux légal au ${on}`,
    indemnity: () => 'Indemnité forfaitaire pour frais de recouvrement (40\u00a0€ par facture)',
    fee: () => 'Frais prévus au contrat',
  },
  en: {
    interest: (on) => `Late-payment interest to ${on}`,
    legal: (on) => `Interest at the legal rate to ${on}`,
    indemnity: () => 'Fixed compensation for recovery costs (€40 for each invoice)',
    fee: () => 'Fees agreed in the contract',
  },
};

/** Below the invoices, each kind on a line of its own, in the order in which they were added up. */
function chargeCells({ charges = [], toConsumer, language, today }: MessageFacts): string[][] {
  const said = chargeWords[language] ?? chargeWords.en!;
  return charges.map(({ kind, minor, currency }) => [
    said[kind === 'interest' && toConsumer ? 'legal' : kind](formatShortDay(today)),
    '',
    '',
    '',
    formatAmount(minor, currency, language),
  ]);
}

type Token = ReturnType<typeof markdown.parse>[number];

/** After the line that sets a signature off, which answers leave out (RFC 3676 §4.3). */
const textFooter = (lines: readonly string[] = []): string =>
  lines.length === 0 ? '' : `\n-- \n${lines.map(oneLine).join('\n')}\n`;

const footerStyle =
  'margin-top:28px;padding-top:12px;border-top:1px solid #d3d9df;font-size:12px;line-height:1.5;color:#52606d';

const htmlFooter = (lines: readonly string[]): string =>
  lines.length === 0
    ? ''
    : `<div style="${footerStyle}">${lines.map((line) => escapeHtml(oneLine(line))).join('<br>\n')}</div>\n`;

/** A mail's body as a page: what every message of ours looks like. */
export function htmlPage(body: string, language: Language, footer: readonly string[] = []): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#1f2933;background:#ffffff">
<div style="max-width:640px">
${body.replace(/<p>\s*<\/p>\n?/g, '')}${htmlFooter(footer)}</div>
</body></html>
`;
}

/** Number and date share a cell: on a phone there is room for four columns, and the amount due must be among them. */
function htmlTable(facts: MessageFacts): string {
  const [header, ...rows] = tableCells(facts);
  const cells = (tag: 'th' | 'td', line: string, [number, issued, ...rest]: string[]): string => {
    if (issued === '') return sumCells(line, number!, rest.at(-1)!);
    const dated = tag === 'td' ? `<br><span style="color:#52606d">${escapeHtml(issued!)}</span>` : '';
    const texts = [`${escapeHtml(number!)}${dated}`, ...rest.map(escapeHtml)];
    const styled = texts.map((text, column) => {
      const align = column >= 2 ? 'right' : 'left';
      const wrap = tag === 'td' && column > 0 ? 'white-space:nowrap;' : '';
      return `<${tag} style="padding:6px 4px;text-align:${align};vertical-align:top;${wrap}border-bottom:${line}">${text}</${tag}>`;
    });
    return `<tr>${styled.join('')}</tr>`;
  };
  const head = cells('th', '2px solid #9aa5b1', header!);
  const body = rows.map((row) => cells('td', '1px solid #e4e7eb', row)).join('');
  const style = 'border-collapse:collapse;width:100%;max-width:560px;font-size:13px;font-variant-numeric:tabular-nums';
  return `<table style="${style}"><thead>${head}</thead><tbody>${body}</tbody></table>\n${htmlInformation(facts)}`;
}

/** What is added to the invoices, or adds them up: a label as wide as the table, and its amount. */
const sumCells = (line: string, label: string, sum: string): string =>
  `<tr><td colspan="3" style="padding:6px 4px;text-align:left;vertical-align:top;border-bottom:${line}">${escapeHtml(label)}</td>` +
  `<td style="padding:6px 4px;text-align:right;vertical-align:top;white-space:nowrap;border-bottom:${line}">${escapeHtml(sum)}</td></tr>`;

const informationWords: Record<Language, string> = {
  fr: 'Pour information, vos autres factures, non comprises dans la somme demandée\u00a0:',
  en: 'For information, your other invoices, not included in the amount asked for:',
};

/** Number, due date and what is left of each, in their order. */
function informationCells({ information = [], language }: MessageFacts): string[][] {
  return information.map((line) => [
    oneLine(line.invoiceNumber),
    formatShortDay(line.dueOn),
    formatAmount(line.openMinor, line.currency, language),
  ]);
}

const informationIntro = ({ language }: MessageFacts): string => informationWords[language] ?? informationWords.en!;

/** Quieter than what is asked for, and apart from it. */
function htmlInformation(facts: MessageFacts): string {
  const rows = informationCells(facts);
  if (rows.length === 0) return '';
  const cell = (text: string, column: number): string =>
    `<td style="padding:3px 4px;text-align:${column === 2 ? 'right' : 'left'};white-space:nowrap">${escapeHtml(text)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  const style = 'border-collapse:collapse;width:100%;max-width:560px;font-size:13px;font-variant-numeric:tabular-nums';
  return (
    `<p style="margin:16px 0 4px;color:#52606d;font-size:13px">${escapeHtml(informationIntro(facts))}</p>\n` +
    `<table style="${style};color:#52606d"><tbody>${body}</tbody></table>\n`
  );
}

function textInformation(facts: MessageFacts): string {
  const rows = informationCells(facts);
  if (rows.length === 0) return '';
  const due = facts.language === 'fr' ? 'échéance' : 'due';
  const lines = rows.map(([number, dueOn, left]) => `- ${number}, ${due} ${dueOn}, ${left}`);
  return `\n\n${informationIntro(facts)}\n${lines.join('\n')}`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The same tree as plain text: paragraphs apart, list items with a dash, links with their address behind them. */
function toText(tokens: Token[]): string {
  const blocks: string[] = [];
  let prefix = '';
  for (const token of tokens) {
    if (token.type === 'list_item_open') prefix = token.info === '' ? '- ' : `${token.info}. `;
    if (token.type === 'hr') blocks.push('----');
    if (token.type === 'fence' || token.type === 'code_block') blocks.push(token.content.trimEnd());
    if (token.type !== 'inline') continue;
    blocks.push(prefix + inlineText(token.children ?? []));
    prefix = '';
  }
  return `${blocks.filter((block) => block.trim() !== '').join('\n\n')}\n`;
}

function inlineText(tokens: Token[]): string {
  let text = '';
  let address = '';
  for (const token of tokens) {
    if (token.type === 'link_open') address = String(token.attrGet('href') ?? '');
    else if (token.type === 'link_close') text += ` (${address})`;
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n';
    else text += token.content;
  }
  return text;
}

/** One line for each label: a table of columns would break in the narrow window of a phone. */
function textTable(facts: MessageFacts): string {
  const [[invoice, ...titles], ...rows] = tableCells(facts) as [string[], ...string[][]];
  const colon = facts.language === 'fr' ? '\u00a0:' : ':';
  const lines = rows.map(([number, ...cells]) =>
    cells[0] === ''
      ? `${number}${colon} ${cells.at(-1)}`
      : [`${invoice} ${number}`, ...titles.map((title, column) => `  ${title}${colon} ${cells[column]}`)].join('\n'),
  );
  return lines.join('\n') + textInformation(facts);
}
