// The words of "Historique".
import { historyList } from '../../../src/words/lists.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  title: 'Historique',
  intro: 'Tout ce qui s’est passé dans l’entreprise, le plus récent d’abord. Rien n’y est jamais modifié.',
  columns: historyList.fr.columns,
  from: 'Du',
  until: 'Au',
  everybody: 'Tout le monde',
  search: 'Rechercher',
  searchHint: 'Client, facture, clé, fichier',
  nothing: 'Rien ne correspond.',
  clear: 'Effacer les filtres',
  read: 'Lire le message',
  notYours:
    'L’historique de l’entreprise est réservé à ses responsables. Celui d’un client ou d’une facture est sur sa fiche.',
};
const en: typeof fr = {
  title: 'History',
  intro: 'Everything that happened in the company, the latest first. Nothing of it is ever changed.',
  columns: historyList.en.columns,
  from: 'From',
  until: 'To',
  everybody: 'Everybody',
  search: 'Search',
  searchHint: 'Customer, invoice, key, file',
  nothing: 'Nothing matches.',
  clear: 'Clear filters',
  read: 'Read the message',
  notYours: 'The history of the company is for those who manage it. That of a customer or an invoice is on its page.',
};

export const useHistoryPageWords = wordsOf({ fr, en });
