// The words of the company's files that go with the messages of steps.
import { wordsOf } from '../../words/words.tsx';

const times = (count: number, one: string, more: string): string => `${count} ${count > 1 ? more : one}`;

const fr = {
  list: 'Pièces jointes',
  hint: 'Conditions générales, RIB, formulaire : ajoutés une fois, joints par les étapes qui les choisissent dans leur séquence. PDF, PNG ou JPEG, 10 Mo au plus.',
  empty: 'Aucun fichier. Ajoutez vos conditions générales ou votre RIB, puis choisissez-les dans une étape.',
  none: 'Aucun fichier.',
  name: 'Fichier',
  usedBy: 'Joint par',
  unused: 'aucune étape',
  steps: (sequence: string, steps: string) => `${sequence} : ${steps}`,
  about: (kilobytes: number, day: string) => `${kilobytes.toLocaleString('fr-FR')} ko · ajouté le ${day}`,
  add: 'Ajouter un fichier…',
  added: (name: string) => `${name} ajouté.`,
  replace: 'Remplacer…',
  replaceOne: (name: string) => `Remplacer ${name}`,
  replaced: (name: string) => `Remplacé par ${name}. Ce qui n’est pas encore parti partira avec lui.`,
  remove: 'Supprimer…',
  removeOne: (name: string) => `Supprimer ${name}`,
  removeTitle: (name: string) => `Supprimer ${name} ?`,
  removeUsed: 'Ces étapes ne le joindront plus :',
  removeUnused: 'Aucune étape ne le joint.',
  removeWaiting: (count: number) =>
    `${times(count, 'message qui attend partira', 'messages qui attendent partiront')} sans lui.`,
  removeKept: 'Ce qui est déjà parti le garde.',
  removeSubmit: 'Supprimer',
  removed: (name: string) => `${name} supprimé.`,
};
const en: typeof fr = {
  list: 'Attachments',
  hint: 'General terms, bank details, a form: added once, attached by the steps that choose them in their sequence. PDF, PNG or JPEG, 10 MB at most.',
  empty: 'No file. Add your general terms or your bank details, then choose them in a step.',
  none: 'No file.',
  name: 'File',
  usedBy: 'Attached by',
  unused: 'no step',
  steps: (sequence, steps) => `${sequence}: ${steps}`,
  about: (kilobytes, day) => `${kilobytes.toLocaleString('en-GB')} KB · added on ${day}`,
  add: 'Add a file…',
  added: (name) => `${name} added.`,
  replace: 'Replace…',
  replaceOne: (name) => `Replace ${name}`,
  replaced: (name) => `Replaced by ${name}. What has not left yet will leave with it.`,
  remove: 'Remove…',
  removeOne: (name) => `Remove ${name}`,
  removeTitle: (name) => `Remove ${name}?`,
  removeUsed: 'These steps will not attach it any more:',
  removeUnused: 'No step attaches it.',
  removeWaiting: (count) => `${times(count, 'message that waits', 'messages that wait')} will leave without it.`,
  removeKept: 'What has left keeps it.',
  removeSubmit: 'Remove',
  removed: (name) => `${name} removed.`,
};

export const useFilesWords = wordsOf({ fr, en });
