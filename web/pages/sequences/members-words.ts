// The words of the customers who follow a sequence, on its page.
import { wordsOf } from '../../words/words.tsx';

type Held = 'chosen' | 'rule' | 'default' | 'none';

const selectedFr = (count: number): string =>
  `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'clients choisis' : 'client choisi'}`;
const selectedEn = (count: number): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? 'customer' : 'customers'} selected`;

const fr = {
  title: 'Clients concernés',
  hint: 'Ceux qui suivent la séquence telle qu’elle est enregistrée.',
  add: 'Ajouter des clients…',
  addTitle: (sequence: string) => `Ajouter des clients à « ${sequence} »`,
  addSubmit: 'Ajouter à la séquence',
  takeOut: 'Retirer de la séquence…',
  empty: 'Aucun client ne suit cette séquence.',
  customer: 'Client',
  number: 'Numéro',
  held: 'Affectation',
  by: (held: Held, rule: string) =>
    held === 'rule' ? `par la règle « ${rule} »` : held === 'default' ? 'par défaut' : 'à la main',
  followed: 'Relances',
  noReminders: 'Aucune relance',
  open: 'Solde dû',
  search: 'Rechercher un nom ou un numéro',
  found: 'Clients à ajouter',
  nothing: 'Aucun autre client ne correspond.',
  allAreIn: 'Tous vos clients suivent déjà cette séquence.',
  select: (name: string) => `Choisir ${name}`,
  selectAll: 'Choisir tous les clients affichés',
  selected: selectedFr,
  noneChosen: 'Choisissez au moins un client.',
  everything: 'Choisir tous les clients de la liste',
};
const en: typeof fr = {
  title: 'Customers concerned',
  hint: 'Those who follow the sequence as it is saved.',
  add: 'Add customers…',
  addTitle: (sequence) => `Add customers to “${sequence}”`,
  addSubmit: 'Add to the sequence',
  takeOut: 'Take out of the sequence…',
  empty: 'No customer follows this sequence.',
  customer: 'Customer',
  number: 'Number',
  held: 'Put there',
  by: (held, rule) => (held === 'rule' ? `by the rule “${rule}”` : held === 'default' ? 'by default' : 'by hand'),
  followed: 'Reminders',
  noReminders: 'No reminders',
  open: 'Open',
  search: 'Search a name or a number',
  found: 'Customers to add',
  nothing: 'No other customer matches.',
  allAreIn: 'All your customers follow this sequence already.',
  select: (name) => `Select ${name}`,
  selectAll: 'Select all customers shown',
  selected: selectedEn,
  noneChosen: 'Choose one customer at least.',
  everything: 'Select all customers of the list',
};

export const useMembersWords = wordsOf({ fr, en });
