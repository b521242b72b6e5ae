// The words of "Encaissements".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Ce que vos clients ont réglé.',
  empty: 'Aucun règlement pour l’instant. Importez-les depuis un fichier, ou enregistrez-les sur une facture.',
  customer: 'Client',
  day: 'Reçu le',
  reference: 'Référence',
  amount: 'Montant',
  left: 'À imputer',
  settlement: 'marquée comme réglée',
  since: (day: string) => `Reçu depuis le ${day}`,
  everything: 'Voir tous les règlements',
  returned: (day: string) => `rejeté le ${day}`,
};
const en: typeof fr = {
  intro: 'What your customers paid.',
  empty: 'No payment yet. Import them from a file, or record them on an invoice.',
  customer: 'Customer',
  day: 'Received',
  reference: 'Reference',
  amount: 'Amount',
  left: 'To allocate',
  settlement: 'marked as settled',
  since: (day) => `Received since ${day}`,
  everything: 'See all payments',
  returned: (day) => `returned on ${day}`,
};

export const usePaymentsWords = wordsOf({ fr, en });
