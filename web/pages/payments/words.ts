// The words of "Encaissements".
import { paymentList } from '../../../src/words/lists.ts';
import { paymentKinds } from '../../../src/words/values.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Ce que vos clients ont réglé.',
  empty: 'Aucun règlement pour l’instant. Importez-les depuis un fichier, ou enregistrez-les sur une facture.',
  columns: paymentList.fr.columns,
  kinds: paymentKinds.fr,
  settlement: paymentList.fr.settlement,
  since: (day: string) => `Reçu depuis le ${day}`,
  everything: 'Voir tous les règlements',
  returned: paymentList.fr.returnedOn,
};
const en: typeof fr = {
  intro: 'What your customers paid.',
  empty: 'No payment yet. Import them from a file, or record them on an invoice.',
  columns: paymentList.en.columns,
  kinds: paymentKinds.en,
  settlement: paymentList.en.settlement,
  since: (day) => `Received since ${day}`,
  everything: 'See all payments',
  returned: paymentList.en.returnedOn,
};

export const usePaymentsWords = wordsOf({ fr, en });
