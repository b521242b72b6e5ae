// What merging a customer into another moves, in sentences: the screen and the command line say the same, before it is done and after it.
import { contactRoles } from './values.ts';

interface Amount {
  currency: string;
  minor: number;
}

/** As previewMerge answers it. */
export interface MergeTold {
  into: { name: string };
  invoices: number;
  openInvoices: number;
  open: readonly Amount[];
  creditNotes: number;
  payments: number;
  credits: readonly Amount[];
  tasks: number;
  promises: number;
  paused: number;
  waiting: number;
  waitingByHand: number;
  paysFor: number;
  contacts: readonly { name: string; email: string | null; role: keyof (typeof contactRoles)['fr'] }[];
  passage: { from: string | null; to: string | null } | null;
  differs: readonly ('kind' | 'language' | 'country')[];
  notTaken: readonly (keyof (typeof fr)['own'] | 'notes')[];
}

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('fr-FR')} ${count >= 2 ? more : one}`;
const several = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

const fr = {
  invoices: (count: number, open: number, amounts: string) =>
    `${many(count, 'facture', 'factures')}${open === 0 ? '' : `, dont ${many(open, 'ouverte', 'ouvertes')} : ${amounts}`}`,
  creditNotes: (count: number) => many(count, 'avoir', 'avoirs'),
  payments: (count: number) => many(count, 'règlement', 'règlements'),
  credits: (amounts: string) => `À imputer : ${amounts}`,
  contacts: (names: string) => `Contacts ajoutés : ${names}`,
  roles: contactRoles.fr,
  tasks: (count: number) => many(count, 'tâche à faire', 'tâches à faire'),
  promises: (count: number) => many(count, 'promesse de règlement en cours', 'promesses de règlement en cours'),
  paused: (count: number) =>
    count >= 2
      ? `${count.toLocaleString('fr-FR')} factures restent en pause, une par une`
      : '1 facture reste en pause, à elle seule',
  waiting: (count: number) =>
    count >= 2
      ? `${count.toLocaleString('fr-FR')} messages en attente sont retirés, puis préparés de nouveau si leur étape est due`
      : '1 message en attente est retiré, puis préparé de nouveau si son étape est due',
  waitingByHand: (count: number) =>
    count >= 2
      ? `Parmi eux, ${count.toLocaleString('fr-FR')} préparés à la main : à préparer de nouveau à la main`
      : 'Parmi eux, 1 préparé à la main : à préparer de nouveau à la main',
  paysFor: (count: number, into: string) => `${into} paie désormais pour ${many(count, 'client', 'clients')} de plus`,
  passage: (from: string | null, to: string | null) => {
    if (from === null) return `Ses factures ouvertes entrent dans « ${to} »`;
    if (to === null) return `Ses factures ouvertes quittent « ${from} » : aucune relance`;
    return `Ses factures ouvertes quittent « ${from} » pour « ${to} », sans reprendre une étape déjà prise`;
  },
  nothing: 'Rien à reprendre.',
  differs: {
    kind: (into: string) =>
      `Ils ne sont pas de même nature : pénalités et indemnité seront celles qui valent pour ${into}.`,
    language: () => 'Leur langue n’est pas la même : les messages seront dans celle du client qui reste.',
    country: () => 'Leur pays n’est pas le même : celui du client qui reste vaut désormais.',
  },
  notTaken: (into: string, what: string) => `Non repris, ${into} garde les siens : ${what}.`,
  own: {
    delays: 'délais propres',
    'contract-rate': 'taux de pénalités convenu',
    'payment-terms': 'conditions de règlement',
    payer: 'payeur',
    'key-account': 'grand compte',
    'in-charge': 'suivi',
    salesperson: 'commercial',
  },
  notes: 'Les notes internes restent sur la fiche fusionnée.',
  forGood: 'Une fusion ne s’annule pas.',
};
const en: typeof fr = {
  invoices: (count, open, amounts) =>
    `${several(count, 'invoice', 'invoices')}${open === 0 ? '' : `, ${open.toLocaleString('en-GB')} of them open: ${amounts}`}`,
  creditNotes: (count) => several(count, 'credit note', 'credit notes'),
  payments: (count) => several(count, 'payment', 'payments'),
  credits: (amounts) => `To allocate: ${amounts}`,
  contacts: (names) => `Contacts added: ${names}`,
  roles: contactRoles.en,
  tasks: (count) => several(count, 'task to do', 'tasks to do'),
  promises: (count) => several(count, 'promise to pay that runs', 'promises to pay that run'),
  paused: (count) =>
    count === 1
      ? '1 invoice stays paused, by itself'
      : `${count.toLocaleString('en-GB')} invoices stay paused, each by itself`,
  waiting: (count) =>
    count === 1
      ? '1 waiting message is taken out, and prepared anew if its step is due'
      : `${count.toLocaleString('en-GB')} waiting messages are taken out, and prepared anew if their step is due`,
  waitingByHand: (count) => `Of these, ${count.toLocaleString('en-GB')} prepared by hand: to be prepared by hand again`,
  paysFor: (count, into) => `${into} pays for ${several(count, 'more customer', 'more customers')} from now on`,
  passage: (from, to) => {
    if (from === null) return `Its open invoices enter “${to}”`;
    if (to === null) return `Its open invoices leave “${from}”: no reminders`;
    return `Its open invoices leave “${from}” for “${to}”, and take no step twice`;
  },
  nothing: 'Nothing to take over.',
  differs: {
    kind: (into) => `They are not of one kind: interest and indemnity will be those that hold for ${into}.`,
    language: () => 'Their languages differ: messages will be in that of the customer that stays.',
    country: () => 'Their countries differ: that of the customer that stays holds from now on.',
  },
  notTaken: (into, what) => `Not taken over, ${into} keeps its own: ${what}.`,
  own: {
    delays: 'own delays',
    'contract-rate': 'agreed rate of interest',
    'payment-terms': 'payment terms',
    payer: 'payer',
    'key-account': 'key account',
    'in-charge': 'who is in charge',
    salesperson: 'salesperson',
  },
  notes: 'The internal notes stay on the page that was merged.',
  forGood: 'A merge can’t be taken back.',
};
export const mergeWords = { fr, en };

interface Saying {
  words: typeof fr;
  amounts(of: readonly Amount[]): string;
  /** The title of a sequence. */
  titleOf(sequenceId: string): string;
}

/** What moves, a line each; and what a person should know of before. */
export function sayMerge(
  merged: MergeTold,
  { words, amounts, titleOf }: Saying,
): { moves: string[]; warnings: string[] } {
  const { into, passage, contacts, notTaken } = merged;
  const called = (id: string | null): string | null => (id === null ? null : titleOf(id));
  const count = (number: number, say: (number: number) => string): string[] => (number === 0 ? [] : [say(number)]);
  const people = contacts.map(({ name, email, role }) => {
    const details = [name === '' ? null : email, words.roles[role]].filter((part) => part !== null);
    return `${name || email} (${details.join(', ')})`;
  });
  const own = notTaken.flatMap((what) => (what === 'notes' ? [] : [words.own[what]]));
  const moves = [
    ...count(merged.invoices, (all) => words.invoices(all, merged.openInvoices, amounts(merged.open))),
    ...count(merged.creditNotes, words.creditNotes),
    ...count(merged.payments, words.payments),
    ...(merged.credits.length === 0 ? [] : [words.credits(amounts(merged.credits))]),
    ...(people.length === 0 ? [] : [words.contacts(people.join(' ; '))]),
    ...count(merged.tasks, words.tasks),
    ...count(merged.promises, words.promises),
    ...count(merged.paused, words.paused),
    ...(passage === null || merged.openInvoices === 0 ? [] : [words.passage(called(passage.from), called(passage.to))]),
    ...count(merged.waiting, words.waiting),
    ...count(merged.waitingByHand, words.waitingByHand),
    ...count(merged.paysFor, (all) => words.paysFor(all, into.name)),
  ];
  return {
    moves: moves.length === 0 ? [words.nothing] : moves,
    warnings: [
      ...merged.differs.map((what) => words.differs[what](into.name)),
      ...(own.length === 0 ? [] : [words.notTaken(into.name, own.join(', '))]),
      ...(notTaken.includes('notes') ? [words.notes] : []),
      words.forGood,
    ],
  };
}
