// The words of the invoices' list.
import { invoiceList } from '../../../src/words/lists.ts';
import { invoiceStatuses, invoiceTypes } from '../../../src/words/values.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  search: 'Rechercher un numéro ou un client',
  state: 'Factures affichées',
  states: {
    open: 'Ouvertes',
    overdue: 'Échues',
    not_due: 'À échoir',
    held: 'Retenues',
    disputed: 'En litige',
    outside: 'Hors relance',
    settled: 'Réglées',
    all: 'Toutes',
  },
  columns: invoiceList.fr.columns,
  types: invoiceTypes.fr,
  statuses: invoiceStatuses.fr,
  noLevel: '—',
  settled: 'Réglée',
  creditNote: 'Avoir',
  disputed: invoiceList.fr.disputed,
  sum: (count: number) => `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'factures' : 'facture'}`,
  empty:
    'Aucune facture pour l’instant. Importez vos factures ouvertes : Relance dira aussitôt qui relancer, et pourquoi.',
  nothing: 'Aucune facture ne correspond.',
  showAll: 'Voir toutes les factures',
  selected: (count: number) =>
    `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'factures choisies' : 'facture choisie'}`,
  select: (number: string) => `Choisir la facture ${number}`,
  selectAll: 'Choisir toutes les factures affichées',
  clear: 'Ne plus choisir',
  remind: 'Relancer…',
  pause: 'Mettre en pause…',
  settle: 'Marquer comme réglées…',
  atMost: (what: string, most: number) => `${what} (${most.toLocaleString('fr-FR')} au plus)`,
  everything: (count: number) => `Choisir les ${count.toLocaleString('fr-FR')} factures de la liste`,
  add: 'Nouvelle facture',
  include: 'Inclure dans les relances',
  included: (count: number) =>
    `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'factures incluses' : 'facture incluse'} dans les relances.`,
};
const en: typeof fr = {
  search: 'Search a number or a customer',
  state: 'Invoices shown',
  states: {
    open: 'Open',
    overdue: 'Overdue',
    not_due: 'Not due',
    held: 'Held',
    disputed: 'Disputed',
    outside: 'Not reminded',
    settled: 'Settled',
    all: 'All',
  },
  columns: invoiceList.en.columns,
  types: invoiceTypes.en,
  statuses: invoiceStatuses.en,
  noLevel: '—',
  settled: 'Settled',
  creditNote: 'Credit note',
  disputed: invoiceList.en.disputed,
  sum: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'invoice' : 'invoices'}`,
  empty: 'No invoice yet. Import your open invoices: Relance says at once whom to remind, and why.',
  nothing: 'No invoice matches.',
  showAll: 'See all invoices',
  selected: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'invoice' : 'invoices'} selected`,
  select: (number) => `Select invoice ${number}`,
  selectAll: 'Select all invoices shown',
  clear: 'Clear selection',
  remind: 'Remind…',
  pause: 'Pause…',
  settle: 'Mark as settled…',
  atMost: (what, most) => `${what} (${most.toLocaleString('en-GB')} at most)`,
  everything: (count) => `Select all ${count.toLocaleString('en-GB')} invoices of the list`,
  add: 'New invoice',
  include: 'Include in reminders',
  included: (count) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'invoice' : 'invoices'} included in reminders.`,
};

export const useInvoicesWords = wordsOf({ fr, en });
