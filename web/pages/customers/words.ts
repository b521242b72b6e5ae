// The words of "Clients".
import { customerList } from '../../../src/words/lists.ts';
import { customerKinds, followed } from '../../../src/words/values.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  search: 'Rechercher un nom ou un numéro',
  columns: customerList.fr.columns,
  followed: followed.fr,
  sequence: 'Séquence suivie',
  anySequence: 'Toutes les séquences',
  noReminders: 'Aucune relance',
  byRule: (name: string) => `Règle « ${name} »`,
  withoutRule: (name: string) => `Ne plus filtrer par la règle « ${name} »`,
  paidBy: (name: string) => `Payés par ${name}`,
  withoutPayer: (name: string) => `Ne plus filtrer par le payeur ${name}`,
  kinds: customerKinds.fr,
  nothing: 'Aucun client ne correspond.',
  empty: 'Aucun client pour l’instant. Ils sont créés avec vos factures, ou à la main.',
  add: 'Nouveau client',
  select: (name: string) => `Choisir ${name}`,
  selectAll: 'Choisir tous les clients affichés',
  selected: (count: number) => `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'clients choisis' : 'client choisi'}`,
  enrol: 'Changer de séquence…',
  pause: 'Mettre en pause…',
  inCharge: 'Changer qui les suit…',
  everything: 'Choisir tous les clients de la liste',
};
const en: typeof fr = {
  search: 'Search a name or a number',
  columns: customerList.en.columns,
  followed: followed.en,
  sequence: 'Sequence followed',
  anySequence: 'All sequences',
  noReminders: 'No reminders',
  byRule: (name) => `Rule “${name}”`,
  withoutRule: (name) => `No longer filter by the rule “${name}”`,
  paidBy: (name) => `Paid for by ${name}`,
  withoutPayer: (name) => `No longer filter by the payer ${name}`,
  kinds: customerKinds.en,
  nothing: 'No customer matches.',
  empty: 'No customer yet. They are created with your invoices, or by hand.',
  add: 'New customer',
  select: (name) => `Select ${name}`,
  selectAll: 'Select all customers shown',
  selected: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'customer' : 'customers'} selected`,
  enrol: 'Change sequence…',
  pause: 'Pause…',
  inCharge: 'Change who is in charge…',
  everything: 'Select all customers of the list',
};

export const useCustomersWords = wordsOf({ fr, en });
