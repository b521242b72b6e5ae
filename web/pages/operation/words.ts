// The words of an operation's report.
import { wordsOf } from '../../words/words.tsx';

const fr = {
  report: 'Le rapport de l’opération',
  level: (level: number | null) =>
    level === null
      ? 'Au niveau suivant de chaque facture'
      : level === 0
        ? 'Rappel avant échéance'
        : `Au niveau R${level}`,
  remind: {
    title: 'Rapport de relance groupée',
    total: 'Clients',
    messages: 'Messages préparés',
    refused: 'Factures non relancées',
    leftOut: 'Non relancées, et pourquoi',
    leftOutNone: 'Toutes les factures choisies sont dans un message.',
    done: 'message préparé',
    notDone: 'non relancée',
    file: 'relances.csv',
  },
  approve: {
    title: 'Rapport de validation groupée',
    total: 'Messages choisis',
    messages: 'Messages validés',
    refused: 'Messages non validés',
    leftOut: 'Non validés, et pourquoi',
    leftOutNone: 'Tous les messages choisis ont été traités.',
    done: 'validé',
    notDone: 'non validé',
    file: 'validations.csv',
  },
  together: 'Ils partent ensemble, dix secondes après la fin',
  undone: 'Annulée : les messages attendent de nouveau',
  leftAlready: 'Déjà partis',
  waitsAgain: 'attend de nouveau',
  notYet: 'Rien pour l’instant.',
  failed: 'Clients non traités',
  customer: 'Client',
  invoice: 'Facture',
  invoices: 'Factures',
  why: 'Motif',
  failedWhy: 'Une erreur imprévue : recommencez pour ce client.',
  message: 'Message',
  readMessage: 'Lire',
  readOne: (customer: string) => `Lire le message à ${customer}`,
  inTurn: 'à venir',
  export: 'Exporter (CSV)',
  outcome: 'Résultat',
  read: 'Lire et valider',
};
const en: typeof fr = {
  report: 'The report of the operation',
  level: (level) =>
    level === null
      ? 'At the next level of each invoice'
      : level === 0
        ? 'Notice before the due date'
        : `At level R${level}`,
  remind: {
    title: 'Report of a bulk reminder',
    total: 'Customers',
    messages: 'Messages prepared',
    refused: 'Invoices left out',
    leftOut: 'Left out, and why',
    leftOutNone: 'All the invoices that were chosen are in a message.',
    done: 'message prepared',
    notDone: 'left out',
    file: 'reminders.csv',
  },
  approve: {
    title: 'Report of a bulk approval',
    total: 'Messages chosen',
    messages: 'Messages approved',
    refused: 'Messages not approved',
    leftOut: 'Not approved, and why',
    leftOutNone: 'All the messages that were chosen were dealt with.',
    done: 'approved',
    notDone: 'not approved',
    file: 'approvals.csv',
  },
  together: 'They leave together, ten seconds after the end',
  undone: 'Undone: the messages wait again',
  leftAlready: 'Left already',
  waitsAgain: 'waits again',
  notYet: 'Nothing yet.',
  failed: 'Customers not dealt with',
  customer: 'Customer',
  invoice: 'Invoice',
  invoices: 'Invoices',
  why: 'Reason',
  failedWhy: 'An unforeseen error: try again for this customer.',
  message: 'Message',
  readMessage: 'Read',
  readOne: (customer) => `Read the message to ${customer}`,
  inTurn: 'to come',
  export: 'Export (CSV)',
  outcome: 'Outcome',
  read: 'Read and approve',
};

export const useOperationPageWords = wordsOf({ fr, en });
