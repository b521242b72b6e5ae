// The words of "À compléter".
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Des factures ouvertes qui ne peuvent pas être relancées telles qu’elles sont.',
  empty: 'Rien à compléter : chaque facture ouverte peut être relancée.',
  number: 'Facture',
  customer: 'Client',
  missing: 'Ce qui manque',
  missings: {
    'to-process': 'à traiter',
    'no-due-date': 'sans échéance',
    'no-address': 'sans adresse e-mail valable',
    'email-forbidden': 'e-mail non autorisé',
    'address-blocked': 'adresse refusée',
    'recipient-blocked': 'destinataire refusé',
  },
  due: 'Échéance',
  open: 'Solde dû',
  complete: 'Compléter',
  issue: 'Marquer comme émise',
  issued: (number: string) => `${number} est émise : elle sera relancée à son tour.`,
  giveDate: 'Donner l’échéance…',
  giveAddress: 'Donner une adresse…',
  editCustomer: 'Modifier le client…',
  openInvoice: 'Ouvrir la facture',
  dateTitle: (number: string) => `Échéance de ${number}`,
  dated: 'Échéance enregistrée.',
  save: 'Enregistrer',
};
const en: typeof fr = {
  intro: 'Open invoices that can’t be reminded of as they are.',
  empty: 'Nothing to complete: each open invoice can be reminded of.',
  number: 'Invoice',
  customer: 'Customer',
  missing: 'What is missing',
  missings: {
    'to-process': 'to process',
    'no-due-date': 'no due date',
    'no-address': 'no valid e-mail address',
    'email-forbidden': 'e-mail not allowed',
    'address-blocked': 'refused address',
    'recipient-blocked': 'refused recipient',
  },
  due: 'Due',
  open: 'Open',
  complete: 'Complete',
  issue: 'Mark as issued',
  issued: (number) => `${number} is issued: its reminders will come in their turn.`,
  giveDate: 'Give the due date…',
  giveAddress: 'Give an address…',
  editCustomer: 'Edit the customer…',
  openInvoice: 'Open the invoice',
  dateTitle: (number) => `Due date of ${number}`,
  dated: 'Due date saved.',
  save: 'Save',
};

export const useToCompleteWords = wordsOf({ fr, en });
