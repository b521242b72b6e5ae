// The words of "À relancer".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Qui sera relancé ensuite, à quel niveau et quand.',
  levels: 'Niveaux',
  empty: 'Personne à relancer. Les factures ouvertes apparaîtront ici avec leur prochaine étape.',
  level: (level: number, name: string) => (level === 0 ? name : `R${level} · ${name}`),
  counts: (customers: number, invoices: number) =>
    `${customers.toLocaleString('fr-FR')} ${customers >= 2 ? 'clients' : 'client'}, ${invoices.toLocaleString('fr-FR')} ${invoices >= 2 ? 'factures' : 'facture'}`,
  customer: 'Client',
  invoice: 'Facture',
  due: 'Échéance',
  amount: 'Montant',
  open: 'Solde dû',
  reached: 'Dernière relance',
  reachedOn: (level: number, day: string) => (level === 0 ? `Rappel le ${day}` : `R${level} le ${day}`),
  none: 'aucune',
  next: 'Prochaine',
  held: 'Retenue',
  select: (customer: string) => `Choisir ${customer}`,
  selectAll: 'Choisir tous les clients affichés',
  selected: (count: number) => `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'clients choisis' : 'client choisi'}`,
  everything: (count: number) => `Choisir les ${count.toLocaleString('fr-FR')} clients du niveau`,
  remind: 'Relancer…',
  show: (customer: string) => `Voir les factures de ${customer}`,
  invoicesOf: (customer: string) => `Factures de ${customer}`,
  invoices: (count: number) => `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'factures' : 'facture'}`,
};
const en: typeof fr = {
  intro: 'Who is reminded next, at which level and when.',
  levels: 'Levels',
  empty: 'Nobody to remind. Open invoices appear here with their next step.',
  level: (level, name) => (level === 0 ? name : `R${level} · ${name}`),
  counts: (customers, invoices) =>
    `${customers.toLocaleString('en-GB')} ${customers === 1 ? 'customer' : 'customers'}, ${invoices.toLocaleString('en-GB')} ${invoices === 1 ? 'invoice' : 'invoices'}`,
  customer: 'Customer',
  invoice: 'Invoice',
  due: 'Due',
  amount: 'Amount',
  open: 'Open',
  reached: 'Last reminder',
  reachedOn: (level, day) => (level === 0 ? `Notice on ${day}` : `R${level} on ${day}`),
  none: 'none',
  next: 'Next',
  held: 'Held',
  select: (customer) => `Select ${customer}`,
  selectAll: 'Select all customers shown',
  selected: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'customer' : 'customers'} selected`,
  everything: (count) => `Select the ${count.toLocaleString('en-GB')} customers of the level`,
  remind: 'Remind…',
  show: (customer) => `Show the invoices of ${customer}`,
  invoicesOf: (customer) => `Invoices of ${customer}`,
  invoices: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'invoice' : 'invoices'}`,
};

export const useDueWords = wordsOf({ fr, en });
