// The words of the ready-made sequences.
import { wordsOf } from '../../words/words.tsx';

const fr = {
  open: 'Séquences prêtes à l’emploi',
  whole: 'Les séquences prêtes à l’emploi',
  intro:
    'Ajoutez-en une, regardez son effet, changez ce que vous voulez. Aucun client n’y entre tant que vous ne l’y mettez pas.',
  add: 'Ajouter',
  addNamed: (title: string) => `Ajouter « ${title} »`,
  added: (title: string) => `« ${title} » est ajoutée.`,
  there: 'Déjà dans vos séquences',
  edit: 'Ouvrir',
  editNamed: (title: string) => `Ouvrir « ${title} »`,
  steps: (title: string) => `Étapes de « ${title} »`,
  toApprove: 'à valider',
  foreignLaw: 'Ses messages citent le droit français : relisez-les avant de vous en servir.',
  none: 'Aucune séquence prête à l’emploi.',
};
const en: typeof fr = {
  open: 'Ready-made sequences',
  whole: 'The ready-made sequences',
  intro: 'Add one, look at its effect, change what you like. No customer is in it until you put one there.',
  add: 'Add',
  addNamed: (title) => `Add “${title}”`,
  added: (title) => `“${title}” is added.`,
  there: 'Among your sequences already',
  edit: 'Open',
  editNamed: (title) => `Open “${title}”`,
  steps: (title) => `Steps of “${title}”`,
  toApprove: 'to approve',
  foreignLaw: 'Its messages speak of French law: read them before you use it.',
  none: 'No ready-made sequence.',
};

export const useReadyMadeWords = wordsOf({ fr, en });
