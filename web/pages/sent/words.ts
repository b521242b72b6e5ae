// The words of "Envois".
import { messageList } from '../../../src/words/lists.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Tout ce qui est parti, tel que c’est parti.',
  introPractice: 'Tout ce qui serait parti, tel que ce serait parti : en mode test, rien n’est envoyé.',
  columns: messageList.fr.columns,
  search: 'Rechercher un client, une adresse, une facture',
  nothing: 'Aucun message ne correspond.',
};
const en: typeof fr = {
  intro: 'Everything that left, as it left.',
  introPractice: 'Everything that would have left, as it would have: in practice nothing is sent.',
  columns: messageList.en.columns,
  search: 'Search a customer, an address, an invoice',
  nothing: 'No message matches.',
};

export const useSentWords = wordsOf({ fr, en });
