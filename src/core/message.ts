// A message: a Markdown template with merge tags, strict, made into a subject, HTML and plain text through one syntax tree.
// What a tag inserts is text and nothing else: it can bring neither Markdown nor HTML with it.
import { Liquid, LiquidError } from 'liquidjs';
import MarkdownIt from 'markdown-it';
import type { Day } from './day.ts';
import { done, failed, type Result } from './fault.ts';
import { formatAmount, formatDay, formatDays, formatShortDay, type Language } from './format.ts';
import type { Currency } from './money.ts';

/** One line of what is asked for. */
export interface MessageLine {
  invoiceNumber: string;
  issuedOn: Day;
  dueOn: Day;
  totalMinor: number;
  askedMinor: number;
  lateDays: number;
}

export interface MessageFacts {
  language: Language;
  today: Day;
  customerName: string;
  customerNumber: string;
  companyName: string;
  senderName: string;
  paymentDetails: string;
  currency: Currency;
  level: number;
  lines: readonly MessageLine[];
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

/** Every merge tag there is. `invoice_table` stands alone on its line; `payment_details` may be several lines. */
export const mergeTags = [
  'customer_name',
  'customer_number',
  'company_name',
  'sender_name',
  'payment_details',
  'today',
  'level',
  'invoice_number',
  'issued_on',
  'due_on',
  'late_days',
  'amount_due',
  'invoice_table',
] as const;

type TagValues = Record<(typeof mergeTags)[number], string>;

/** Stands for the table in the Markdown, where no user text can put it: a private-use character. */
const tableMark = '\ue000';

const strict = { strictVariables: true, strictFilters: true, ownPropertyOnly: true } as const;
const inMarkdown = new Liquid({ ...strict, outputEscape: (value) => escapeMarkdown(String(value)) });
const asItIs = new Liquid(strict);
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });

/** Backslashes before every ASCII punctuation mark (CommonMark §2.4), so that inserted text stays text. */
function escapeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/[!-/:-@[-`{-~]/g, '\\$&'))
    .join('\n');
}

/** Renders a message, or says which tag is unknown or what is broken in the template. */
export function renderMessage(template: Template, facts: MessageFacts): Result<Message> {
  const values = tagValues(facts);
  try {
    const subject = asItIs.renderSync(parsed(asItIs, template.subject), values);
    const body = inMarkdown.renderSync(parsed(inMarkdown, template.body), { ...values, invoice_table: tableMark });
    const tokens = markdown.parse(body, {});
    return done({ subject: oneLine(subject), html: toHtml(tokens, facts), text: toText(tokens, facts) });
  } catch (error) {
    return whatIsBroken(error);
  }
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

/** Whether a template may be saved: every tag known, everything closed. Checked against invented facts. */
export function checkTemplate(template: Template): Result<Message> {
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
  currency: 'EUR',
  level: 1,
  lines: [
    {
      invoiceNumber: 'F-001',
      issuedOn: '2025-12-01',
      dueOn: '2025-12-31',
      totalMinor: 100,
      askedMinor: 100,
      lateDays: 31,
    },
  ],
};

function whatIsBroken(error: unknown): Result<never> {
  if (!(error instanceof LiquidError)) throw error;
  const unknown = /undefined variable: ([^,\n]+)/.exec(error.message)?.[1];
  return unknown === undefined
    ? failed('template-broken', { detail: error.message.split('\n')[0]! })
    : failed('tag-unknown', { tag: unknown });
}

function tagValues(facts: MessageFacts): TagValues {
  const { language, lines, currency } = facts;
  const numbers = [...new Set(lines.map((line) => line.invoiceNumber))];
  const first = lines.reduce((a, b) => (a.dueOn <= b.dueOn ? a : b));
  const total = lines.reduce((sum, line) => sum + line.askedMinor, 0);
  return {
    customer_name: oneLine(facts.customerName),
    customer_number: oneLine(facts.customerNumber),
    company_name: oneLine(facts.companyName),
    sender_name: oneLine(facts.senderName),
    payment_details: facts.paymentDetails,
    today: formatDay(facts.today, language),
    level: String(facts.level),
    invoice_number: numbers.map(oneLine).join(', '),
    issued_on: formatDay(first.issuedOn, language),
    due_on: formatDay(first.dueOn, language),
    late_days: formatDays(first.lateDays, language),
    amount_due: formatAmount(total, currency, language),
    invoice_table: '',
  };
}

/** A header and a table cell hold one line, whatever was typed or imported. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029\ue000]+/g, ' ').trim();
}

const tableWords: Record<Language, [string, string, string, string, string, string]> = {
  fr: ['Facture', 'Date', 'Échéance', 'Montant TTC', 'Reste dû', 'Total'],
  en: ['Invoice', 'Date', 'Due', 'Amount', 'Amount due', 'Total'],
};

/** The table's header, its rows and, with several rows, its total: text, to be escaped by whoever shows it. */
function tableCells(facts: MessageFacts): string[][] {
  const [invoice, date, due, amount, left, total] = tableWords[facts.language] ?? tableWords.en!;
  const money = (minor: number): string => formatAmount(minor, facts.currency, facts.language);
  const rows = facts.lines.map((line) => [
    oneLine(line.invoiceNumber),
    formatShortDay(line.issuedOn),
    formatShortDay(line.dueOn),
    money(line.totalMinor),
    money(line.askedMinor),
  ]);
  const sum = facts.lines.reduce((all, line) => all + line.askedMinor, 0);
  const last = rows.length > 1 ? [[total, '', '', '', money(sum)]] : [];
  return [[invoice, date, due, amount, left], ...rows, ...last];
}

type Token = ReturnType<typeof markdown.parse>[number];

function toHtml(tokens: Token[], facts: MessageFacts): string {
  const body = markdown.renderer
    .render(tokens, markdown.options, {})
    .replace(`<p>${tableMark}</p>`, () => htmlTable(facts));
  const language = escapeHtml(facts.language);
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#1f2933;background:#ffffff">
<div style="max-width:640px">
${body}</div>
</body></html>
`;
}

function htmlTable(facts: MessageFacts): string {
  const [header, ...rows] = tableCells(facts);
  const align = (column: number): string => (column >= 3 ? 'right' : 'left');
  const cell =
    (tag: string, style: string) =>
    (text: string, column: number): string =>
      `<${tag} style="padding:6px 4px;text-align:${align(column)};${tag === 'td' && column > 0 ? 'white-space:nowrap;' : ''}${style}">${escapeHtml(text)}</${tag}>`;
  const head = header!.map(cell('th', 'border-bottom:2px solid #9aa5b1;font-weight:600'));
  const body = rows.map((row) => `<tr>${row.map(cell('td', 'border-bottom:1px solid #e4e7eb')).join('')}</tr>`);
  return `<table style="border-collapse:collapse;width:100%;max-width:560px;font-size:13px;font-variant-numeric:tabular-nums"><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>\n`;
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
function toText(tokens: Token[], facts: MessageFacts): string {
  const blocks: string[] = [];
  let prefix = '';
  for (const token of tokens) {
    if (token.type === 'list_item_open') prefix = token.info === '' ? '- ' : `${token.info}. `;
    if (token.type === 'hr') blocks.push('----');
    if (token.type === 'fence' || token.type === 'code_block') blocks.push(token.content.trimEnd());
    if (token.type !== 'inline') continue;
    const text = token.content === tableMark ? textTable(facts) : inlineText(token.children ?? []);
    blocks.push(prefix + text);
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
  const [header, ...rows] = tableCells(facts);
  const [invoice, date, due, amount, left] = header!;
  const colon = facts.language === 'fr' ? '\u00a0:' : ':';
  const lines = rows.map((row) =>
    row[1] === ''
      ? `${row[0]}${colon} ${row[4]}`
      : `${invoice} ${row[0]}\n  ${date}${colon} ${row[1]}\n  ${due}${colon} ${row[2]}\n  ${amount}${colon} ${row[3]}\n  ${left}${colon} ${row[4]}`,
  );
  return lines.join('\n');
}
