// The words of an operation's report.
import { wordsOf } from '../../words/words.tsx';

const fr = {
  title: 'Rapport de relance groupée',
  level: (level: number | null) =>
    level === null
      ? 'Au niveau suivant de chaque facture'
      : level === 0
        ? 'Rappel avant échéance'
        : `Au niveau R${level}`,
  customers: 'Clients',
  messages: 'Messages préparés',
  refused: 'Factures non relancées',
  failed: 'Clients non traités',
  leftOut: 'Non relancées, et pourquoi',
  leftOutNone: 'Toutes les factures choisies sont dans un message.',
  all: 'Messages préparés',
  customer: 'Client',
  invoice: 'Facture',
  invoices: 'Factures',
  why: 'Motif',
  failedWhy: 'Une erreur imprévue : recommencez pour ce client.',
  message: 'Message',
  read: 'Lire',
  readOne: (customer: string) => `Lire le message à ${customer}`,
  inTurn: 'à venir',
  export: 'Exporter (CSV)',
  outcome: 'Résultat',
  prepared: 'message préparé',
  notPrepared: 'non relancée',
  approve: 'Lire et valider',
};
const en: typeof fr = {
  title: 'Report of a bulk reminder',
  level: (level) =>
    level === null
      ? 'At the next level of each invoice'
      : level === 0
        ? 'Notice before the due date'
        : `At level R${level}`,
  customers: 'Customers',
  messages: 'Messages prepared',
  refused: 'Invoices left out',
  failed: 'Customers not dealt with',
  leftOut: 'Left out, and why',
  leftOutNone: 'All the invoices that were chosen are in a message.',
  all: 'Messages prepared',
  customer: 'Customer',
  invoice: 'Invoice',
  invoices: 'Invoices',
  why: 'Reason',
  failedWhy: 'An unforeseen error: try again for this customer.',
  message: 'Message',
  read: 'Read',
  readOne: (customer) => `Read the message to ${customer}`,
  inTurn: 'to come',
  export: 'Export (CSV)',
  outcome: 'Outcome',
  prepared: 'message prepared',
  notPrepared: 'left out',
  approve: 'Read and approve',
};

export const useOperationPageWords = wordsOf({ fr, en });
