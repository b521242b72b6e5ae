// The words for who is away, and who stands in.
import { wordsOf } from '../../words/words.tsx';

const fr = {
  title: 'Absences',
  hint: 'Pendant une absence, ce qui revient à la personne qui suit un client va aussi à son remplaçant : l’e-mail du matin, ses tâches, « Mes clients ».',
  none: 'Personne n’est absent, ni ne le sera bientôt.',
  declare: 'Déclarer une absence…',
  dialog: 'Absence',
  who: 'Qui s’absente',
  standIn: 'Remplaçant',
  choose: 'Choisir…',
  standInHint: 'Un utilisateur qui peut agir.',
  nobodyElse: 'Aucun autre utilisateur ne peut agir : ajoutez-en un d’abord.',
  from: 'Du',
  until: 'Au (inclus)',
  backwards: 'L’absence se termine avant de commencer.',
  submit: 'Enregistrer',
  saved: 'Absence enregistrée.',
  actions: 'Actions',
  end: 'Terminer',
  endOne: (name: string) => `Terminer l’absence de ${name}`,
  ended: (name: string) => `L’absence de ${name} est terminée.`,
  countsNot: 'ne peut plus agir : personne ne remplace',
};
const en: typeof fr = {
  title: 'Absences',
  hint: 'During an absence, what goes to the person in charge of a customer goes to the stand-in as well: the morning’s e-mail, the tasks, “My customers”.',
  none: 'Nobody is away, nor will be soon.',
  declare: 'Declare an absence…',
  dialog: 'Absence',
  who: 'Who is away',
  standIn: 'Stand-in',
  choose: 'Choose…',
  standInHint: 'A user who may act.',
  nobodyElse: 'No other user may act: add one first.',
  from: 'From',
  until: 'Until (included)',
  backwards: 'The absence ends before it begins.',
  submit: 'Save',
  saved: 'Absence saved.',
  actions: 'Actions',
  end: 'End',
  endOne: (name) => `End the absence of ${name}`,
  ended: (name) => `The absence of ${name} is over.`,
  countsNot: 'may not act any more: nobody stands in',
};

export const useAbsencesWords = wordsOf({ fr, en });
