// The words of "Historique".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  title: 'Historique',
  intro: 'Tout ce qui s’est passé dans l’entreprise, le plus récent d’abord. Rien n’y est jamais modifié.',
  when: 'Quand',
  who: 'Qui',
  what: 'Quoi',
  about: 'À propos de',
  day: 'Jour',
  kind: 'Genre',
  invoices: 'Factures',
  from: 'Du',
  until: 'Au',
  everybody: 'Tout le monde',
  search: 'Rechercher',
  searchHint: 'Client, facture, clé, fichier',
  nothing: 'Rien ne correspond.',
  clear: 'Effacer les filtres',
  export: 'Exporter (CSV)',
  exporting: (count: number) => `${count.toLocaleString('fr-FR')} lignes…`,
  file: 'historique.csv',
  read: 'Lire le message',
  notYours:
    'L’historique de l’entreprise est réservé à ses responsables. Celui d’un client ou d’une facture est sur sa fiche.',
};
const en: typeof fr = {
  title: 'History',
  intro: 'Everything that happened in the company, the latest first. Nothing of it is ever changed.',
  when: 'When',
  who: 'Who',
  what: 'What',
  about: 'About',
  day: 'Day',
  kind: 'Kind',
  invoices: 'Invoices',
  from: 'From',
  until: 'To',
  everybody: 'Everybody',
  search: 'Search',
  searchHint: 'Customer, invoice, key, file',
  nothing: 'Nothing matches.',
  clear: 'Clear filters',
  export: 'Export (CSV)',
  exporting: (count) => `${count.toLocaleString('en-GB')} rows…`,
  file: 'history.csv',
  read: 'Read the message',
  notYours: 'The history of the company is for those who manage it. That of a customer or an invoice is on its page.',
};

export const useHistoryPageWords = wordsOf({ fr, en });
