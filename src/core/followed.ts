// The mail to whoever is in charge, about steps that somebody of the company is told of: tasks to do, messages that wait, messages that
// have left.
import type { Day } from './day.ts';
import { buttonTo, type DigestRow, lineOf, linesAsTable, linesAsText } from './digest.ts';
import { formatDay, type Language } from './format.ts';
import { escapeHtml, htmlPage, type Message, oneLine } from './message.ts';

export interface Followed {
  language: Language;
  companyName: string;
  toDo: readonly DigestRow[];
  waiting: readonly DigestRow[];
  left: readonly DigestRow[];
  /** Of whose customers some of these are, and until when that member is away. */
  standsInFor: readonly { name: string; untilOn: Day }[];
  /** Where the application is reached. */
  address: string;
}

/** So many of each are named; the others are counted. */
const named = 20;

const words = {
  fr: {
    subject: (count: number, company: string) =>
      `${count} ${count >= 2 ? 'relances à suivre' : 'relance à suivre'}, ${company}`,
    toDo: (count: number) => `${count} ${count >= 2 ? 'tâches' : 'tâche'} à faire :`,
    waiting: (count: number) => `${count} ${count >= 2 ? 'messages attendent' : 'message attend'} une validation :`,
    left: (count: number) => `${count} ${count >= 2 ? 'messages sont partis' : 'message est parti'} :`,
    more: (count: number) => `… et ${count} de plus.`,
    open: 'Voir les tâches',
    approve: 'Lire et valider',
    sent: 'Voir les envois',
    standsIn: (name: string, until: string) => `Vous remplacez ${name} jusqu’au ${until} inclus.`,
    why: 'Vous suivez ces clients, ou personne en particulier ne les suit. Ce message part au plus une fois par jour ; il se règle dans Relance, étape par étape, sous Séquences.',
  },
  en: {
    subject: (count: number, company: string) =>
      `${count} ${count === 1 ? 'reminder' : 'reminders'} to follow, ${company}`,
    toDo: (count: number) => `${count} ${count === 1 ? 'task' : 'tasks'} to do:`,
    waiting: (count: number) => `${count} ${count === 1 ? 'message waits' : 'messages wait'} for approval:`,
    left: (count: number) => `${count} ${count === 1 ? 'message has' : 'messages have'} left:`,
    more: (count: number) => `… and ${count} more.`,
    open: 'See the tasks',
    approve: 'Read and approve',
    sent: 'See what was sent',
    standsIn: (name: string, until: string) => `You stand in for ${name} up to and including ${until}.`,
    why: 'You are in charge of these customers, or nobody in particular is. This message leaves once a day at most; it is set in Relance, step by step, under Sequences.',
  },
};

export function followedMessage({
  language,
  companyName,
  toDo,
  waiting,
  left,
  standsInFor,
  address,
}: Followed): Message {
  const said = words[language === 'fr' ? 'fr' : 'en'];
  const parts = [
    { title: said.toDo(toDo.length), rows: toDo },
    { title: said.waiting(waiting.length), rows: waiting },
    { title: said.left(left.length), rows: left },
  ]
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => ({
      title,
      lines: rows.slice(0, named).map((row) => lineOf(row, language)),
      rest: rows.length > named ? said.more(rows.length - named) : null,
    }));
  const [label, link] =
    waiting.length > 0
      ? [said.approve, `${address}/approve`]
      : toDo.length > 0
        ? [said.open, `${address}/`]
        : [said.sent, `${address}/sent`];
  const standing = standsInFor.map(({ name, untilOn }) => said.standsIn(name, formatDay(untilOn, language)));
  const text = [
    ...standing,
    ...parts.flatMap(({ title, lines, rest }) => [title, linesAsText(lines), ...(rest === null ? [] : [rest])]),
    `${label} : ${link}`,
    said.why,
  ].join('\n\n');
  const body = parts
    .map(({ title, lines, rest }) => {
      const more = rest === null ? '' : `<p>${escapeHtml(rest)}</p>`;
      return `<p>${escapeHtml(title)}</p>\n${linesAsTable(lines)}\n${more}`;
    })
    .join('\n');
  const first = standing.map((line) => `<p>${escapeHtml(line)}</p>\n`).join('');
  const html = htmlPage(`${first}${body}\n${buttonTo(link, label, said.why)}`, language);
  return { subject: oneLine(said.subject(toDo.length + waiting.length + left.length, companyName)), text, html };
}
