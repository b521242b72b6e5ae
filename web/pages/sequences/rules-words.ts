// The words of the enrolment rules.
import { customerKinds, invoiceTypes } from '../../../src/words/values.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  title: 'Règles d’affectation',
  hint: 'Qui suit quelle séquence : la première règle qui correspond, sinon la séquence par défaut. Un choix fait à la main n’est jamais repris.',
  add: 'Ajouter une règle',
  none: 'Aucune règle : tous les clients suivent la séquence par défaut.',
  everyone: 'Tous les clients',
  all: 'Tous les autres clients',
  follow: 'Suivent',
  defaultLabel: 'Séquence par défaut',
  noReminders: 'Aucune relance',
  customers: (count: number) => `${count.toLocaleString('fr-FR')} ${count > 1 ? 'clients' : 'client'}`,
  leftOut: (count: number) =>
    `${count.toLocaleString('fr-FR')} ${count > 1 ? 'factures non relancées' : 'facture non relancée'}`,
  byHand: (chosen: number, none: number) =>
    `Placés à la main : ${chosen.toLocaleString('fr-FR')} dans une séquence choisie, ${none.toLocaleString('fr-FR')} sans relance.`,
  up: (name: string) => `Monter « ${name} »`,
  down: (name: string) => `Descendre « ${name} »`,
  edit: 'Modifier',
  editOne: (name: string) => `Modifier la règle « ${name} »`,
  remove: 'Supprimer',
  removeOne: (name: string) => `Supprimer la règle « ${name} »`,
  effect: (days: number) => `Effet de ces règles, ${days} jours`,
  effectHint: 'Rien ne change avant l’enregistrement.',
  counting: 'Calcul en cours…',
  leaving: (messages: number, tasks: number, toApprove: number) => {
    const toDo = tasks === 0 ? [] : [`${tasks.toLocaleString('fr-FR')} ${tasks > 1 ? 'tâches' : 'tâche'}`];
    const sent = `${messages.toLocaleString('fr-FR')} ${messages > 1 ? 'messages' : 'message'}`;
    const all = messages === 0 && tasks > 0 ? toDo : [sent, ...toDo];
    const approved = toApprove > 0 ? `, dont ${toApprove.toLocaleString('fr-FR')} à valider` : '';
    return `${all.join(' et ')} ${tasks === 0 ? 'à' : 'pour'} ces clients${approved}`;
  },
  save: 'Enregistrer les règles',
  saved: (moved: number) =>
    moved === 0
      ? 'Règles enregistrées : personne ne change de séquence.'
      : `Règles enregistrées : ${moved.toLocaleString('fr-FR')} ${moved > 1 ? 'clients changent' : 'client change'} de séquence.`,
  discard: 'Abandonner',
  unsaved: 'Les règles ne sont pas enregistrées. Quitter sans les garder ?',
  // The form.
  addTitle: 'Nouvelle règle',
  name: 'Nom de la règle',
  nameHint: 'Vide : ses conditions.',
  conditions: 'Conditions',
  conditionsHint: 'Toutes doivent être remplies. Vide : la condition ne compte pas.',
  categories: 'Catégories',
  categoriesHint: 'Entrée après chacune.',
  kinds: 'Nature',
  kindNames: customerKinds.fr,
  languages: 'Langues',
  countries: 'Pays',
  elsewhere: 'Sans langue ou sans pays à lui, un client a ceux de l’entreprise.',
  openFrom: (currency: string) => `Doit au moins (${currency})`,
  openFromHint: 'Compte quand une facture arrive ; ne déplace personne en cours de relance.',
  openFromWrong: 'Un montant, par exemple 10 000,00.',
  keyAccount: 'Grand compte',
  keyAccounts: { any: 'Peu importe', yes: 'Oui', no: 'Non' },
  toFollow: 'Séquence à suivre',
  excluded: 'Types de factures non relancés',
  types: invoiceTypes.fr,
  submit: 'Voir l’effet',
  // A rule in words.
  said: {
    from: (amount: string) => `doit au moins ${amount}`,
    key: 'grand compte',
    notKey: 'pas grand compte',
    or: ' ou ',
  },
  without: (types: string) => `sans ${types}`,
};
const en: typeof fr = {
  title: 'Enrolment rules',
  hint: 'Who follows which sequence: the first rule that matches, else the default sequence. A choice made by hand is never taken back.',
  add: 'Add a rule',
  none: 'No rule: all customers follow the default sequence.',
  everyone: 'All customers',
  all: 'All other customers',
  follow: 'Follow',
  defaultLabel: 'Default sequence',
  noReminders: 'No reminders',
  customers: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'customer' : 'customers'}`,
  leftOut: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'invoice' : 'invoices'} left out`,
  byHand: (chosen, none) =>
    `Placed by hand: ${chosen.toLocaleString('en-GB')} in a chosen sequence, ${none.toLocaleString('en-GB')} without reminders.`,
  up: (name) => `Move “${name}” up`,
  down: (name) => `Move “${name}” down`,
  edit: 'Edit',
  editOne: (name) => `Edit the rule “${name}”`,
  remove: 'Delete',
  removeOne: (name) => `Delete the rule “${name}”`,
  effect: (days) => `Effect of these rules, ${days} days`,
  effectHint: 'Nothing changes until they are saved.',
  counting: 'Being counted…',
  leaving: (messages, tasks, toApprove) => {
    const toDo = tasks === 0 ? [] : [`${tasks.toLocaleString('en-GB')} ${tasks === 1 ? 'task' : 'tasks'}`];
    const sent = `${messages.toLocaleString('en-GB')} ${messages === 1 ? 'message' : 'messages'}`;
    const all = messages === 0 && tasks > 0 ? toDo : [sent, ...toDo];
    const approved = toApprove > 0 ? `, ${toApprove.toLocaleString('en-GB')} to approve` : '';
    return `${all.join(' and ')} ${tasks === 0 ? 'to' : 'for'} these customers${approved}`;
  },
  save: 'Save the rules',
  saved: (moved) =>
    moved === 0
      ? 'Rules saved: nobody changes sequence.'
      : `Rules saved: ${moved.toLocaleString('en-GB')} ${moved === 1 ? 'customer changes' : 'customers change'} sequence.`,
  discard: 'Discard',
  unsaved: 'The rules are not saved. Leave without keeping them?',
  addTitle: 'New rule',
  name: 'Name of the rule',
  nameHint: 'Empty: its conditions.',
  conditions: 'Conditions',
  conditionsHint: 'All of them must hold. Empty: the condition does not count.',
  categories: 'Categories',
  categoriesHint: 'Enter after each.',
  kinds: 'Kind',
  kindNames: customerKinds.en,
  languages: 'Languages',
  countries: 'Countries',
  elsewhere: 'Without a language or a country of its own, a customer has the company’s.',
  openFrom: (currency) => `Owes at least (${currency})`,
  openFromHint: 'Counts when an invoice arrives; it moves nobody who is being reminded.',
  openFromWrong: 'An amount, for example 10,000.00.',
  keyAccount: 'Key account',
  keyAccounts: { any: 'No matter', yes: 'Yes', no: 'No' },
  toFollow: 'Sequence to follow',
  excluded: 'Types of invoices left out',
  types: invoiceTypes.en,
  submit: 'See the effect',
  said: {
    from: (amount) => `owes at least ${amount}`,
    key: 'key account',
    notKey: 'no key account',
    or: ' or ',
  },
  without: (types) => `without ${types}`,
};

export const useRulesWords = wordsOf({ fr, en });
