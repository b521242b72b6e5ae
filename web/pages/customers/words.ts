// The words of "Clients".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  search: 'Rechercher un nom ou un numéro',
  name: 'Client',
  number: 'Numéro',
  sequence: 'Relances',
  enrolments: { default: 'Séquence par défaut', chosen: 'Séquence choisie', none: 'Aucune relance' },
  invoices: 'Factures ouvertes',
  overdue: 'Échu',
  open: 'Solde dû',
  nothing: 'Aucun client ne correspond.',
  empty: 'Aucun client pour l’instant. Ils sont créés avec vos factures, ou à la main.',
  add: 'Nouveau client',
  select: (name: string) => `Choisir ${name}`,
  selectAll: 'Choisir tous les clients affichés',
  selected: (count: number) => `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'clients choisis' : 'client choisi'}`,
  enrol: 'Changer de séquence…',
  pause: 'Mettre en pause…',
  everything: 'Choisir tous les clients de la liste',
};
const en: typeof fr = {
  search: 'Search a name or a number',
  name: 'Customer',
  number: 'Number',
  sequence: 'Reminders',
  enrolments: { default: 'Default sequence', chosen: 'Chosen sequence', none: 'No reminders' },
  invoices: 'Open invoices',
  overdue: 'Overdue',
  open: 'Open',
  nothing: 'No customer matches.',
  empty: 'No customer yet. They are created with your invoices, or by hand.',
  add: 'New customer',
  select: (name) => `Select ${name}`,
  selectAll: 'Select all customers shown',
  selected: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'customer' : 'customers'} selected`,
  enrol: 'Change sequence…',
  pause: 'Pause…',
  everything: 'Select all customers of the list',
};

export const useCustomersWords = wordsOf({ fr, en });
