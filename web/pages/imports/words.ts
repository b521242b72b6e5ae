// The words of "Imports".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Chaque fichier importé, et ce qu’il a changé.',
  empty:
    'Aucun import pour l’instant. Commencez par vos factures ouvertes (les clients sont créés au passage) ; puis, à chaque fois que l’argent arrive, vos règlements.',
  kinds: { invoices: 'Factures', customers: 'Clients', payments: 'Règlements' },
  kind: 'Contenu',
  file: 'Fichier',
  day: 'Le',
  result: 'Résultat',
  states: { finished: 'terminé', refused: 'refusé' } as Record<string, string>,
  errors: (count: number) => `Télécharger ${count >= 2 ? `les ${count.toLocaleString('fr-FR')} erreurs` : 'l’erreur'}`,
};
const en: typeof fr = {
  intro: 'Each file imported, and what it changed.',
  empty:
    'No import yet. Begin with your open invoices (customers are created on the way); then, whenever money comes in, your payments.',
  kinds: { invoices: 'Invoices', customers: 'Customers', payments: 'Payments' },
  kind: 'Content',
  file: 'File',
  day: 'On',
  result: 'Result',
  states: { finished: 'finished', refused: 'refused' },
  errors: (count) => `Download ${count === 1 ? 'the error' : `the ${count.toLocaleString('en-GB')} errors`}`,
};

export const useImportsWords = wordsOf({ fr, en });
