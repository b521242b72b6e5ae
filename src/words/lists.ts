// The columns of the lists that become files: their codes in the order in which they stand, and what each is called. A file and
// the screen that it is taken from say the same.

export const invoiceColumns = [
  'number',
  'customer',
  'customerNumber',
  'type',
  'status',
  'issued',
  'due',
  'late',
  'level',
  'next',
  'total',
  'open',
  'currency',
] as const;
export type InvoiceColumn = (typeof invoiceColumns)[number];

export const customerColumns = [
  'name',
  'number',
  'kind',
  'category',
  'city',
  'sequence',
  'inCharge',
  'salesperson',
  'terms',
  'payer',
  'invoices',
  'overdue',
  'open',
  'currency',
] as const;
export type CustomerColumn = (typeof customerColumns)[number];

export const messageColumns = [
  'customer',
  'customerNumber',
  'channel',
  'to',
  'invoices',
  'level',
  'planned',
  'date',
  'state',
  'amount',
  'currency',
] as const;
export type MessageColumn = (typeof messageColumns)[number];

export const paymentColumns = [
  'customer',
  'day',
  'reference',
  'number',
  'kind',
  'reason',
  'returned',
  'left',
  'amount',
  'currency',
] as const;
export type PaymentColumn = (typeof paymentColumns)[number];

export const historyColumns = ['when', 'instant', 'who', 'kind', 'what', 'about', 'customer', 'invoices'] as const;
export type HistoryColumn = (typeof historyColumns)[number];

/** `file` begins the file's name, and is the name of the sheet in it. */
interface ListWords<Column extends string> {
  file: string;
  columns: Record<Column, string>;
}
type InBoth<Words> = Record<'fr' | 'en', Words>;

export const invoiceList: InBoth<ListWords<InvoiceColumn> & { disputed: string }> = {
  fr: {
    file: 'factures',
    columns: {
      number: 'Facture',
      customer: 'Client',
      customerNumber: 'N° de client',
      type: 'Nature',
      status: 'Statut',
      issued: 'Émise le',
      due: 'Échéance',
      late: 'Jours de retard',
      level: 'Niveau atteint',
      next: 'Relance',
      total: 'Montant TTC',
      open: 'Solde dû',
      currency: 'Devise',
    },
    disputed: 'En litige',
  },
  en: {
    file: 'invoices',
    columns: {
      number: 'Invoice',
      customer: 'Customer',
      customerNumber: 'Customer number',
      type: 'Kind',
      status: 'Status',
      issued: 'Issued',
      due: 'Due',
      late: 'Days late',
      level: 'Level reached',
      next: 'Reminder',
      total: 'Amount',
      open: 'Open',
      currency: 'Currency',
    },
    disputed: 'Disputed',
  },
};

export const customerList: InBoth<ListWords<CustomerColumn>> = {
  fr: {
    file: 'clients',
    columns: {
      name: 'Client',
      number: 'Numéro',
      kind: 'Nature',
      category: 'Catégorie',
      city: 'Ville',
      sequence: 'Relances',
      inCharge: 'Suivi par',
      salesperson: 'Commercial',
      terms: 'Conditions de règlement',
      payer: 'Payé par',
      invoices: 'Factures ouvertes',
      overdue: 'Échu',
      open: 'Solde dû',
      currency: 'Devise',
    },
  },
  en: {
    file: 'customers',
    columns: {
      name: 'Customer',
      number: 'Number',
      kind: 'Kind',
      category: 'Category',
      city: 'City',
      sequence: 'Reminders',
      inCharge: 'In charge',
      salesperson: 'Salesperson',
      terms: 'Payment terms',
      payer: 'Paid for by',
      invoices: 'Open invoices',
      overdue: 'Overdue',
      open: 'Open',
      currency: 'Currency',
    },
  },
};

export const messageList: InBoth<ListWords<MessageColumn>> = {
  fr: {
    file: 'envois',
    columns: {
      customer: 'Client',
      customerNumber: 'N° de client',
      channel: 'Canal',
      to: 'À',
      invoices: 'Facture',
      level: 'Niveau',
      planned: 'Prévu le',
      date: 'Date',
      state: 'État',
      amount: 'Reste dû',
      currency: 'Devise',
    },
  },
  en: {
    file: 'messages',
    columns: {
      customer: 'Customer',
      customerNumber: 'Customer number',
      channel: 'Channel',
      to: 'To',
      invoices: 'Invoice',
      level: 'Level',
      planned: 'Planned on',
      date: 'Date',
      state: 'State',
      amount: 'Amount due',
      currency: 'Currency',
    },
  },
};

export const paymentList: InBoth<
  ListWords<PaymentColumn> & { settlement: string; returnedOn: (day: string) => string }
> = {
  fr: {
    file: 'encaissements',
    columns: {
      customer: 'Client',
      day: 'Reçu le',
      reference: 'Référence',
      number: 'Numéro',
      kind: 'Nature',
      reason: 'Motif',
      returned: 'Rejeté le',
      left: 'À imputer',
      amount: 'Montant',
      currency: 'Devise',
    },
    settlement: 'marquée comme réglée',
    returnedOn: (day) => `rejeté le ${day}`,
  },
  en: {
    file: 'payments',
    columns: {
      customer: 'Customer',
      day: 'Received',
      reference: 'Reference',
      number: 'Number',
      kind: 'Kind',
      reason: 'Reason',
      returned: 'Returned on',
      left: 'To allocate',
      amount: 'Amount',
      currency: 'Currency',
    },
    settlement: 'marked as settled',
    returnedOn: (day) => `returned on ${day}`,
  },
};

export const historyList: InBoth<ListWords<HistoryColumn>> = {
  fr: {
    file: 'historique',
    columns: {
      when: 'Quand',
      instant: 'Instant exact',
      who: 'Qui',
      kind: 'Genre',
      what: 'Quoi',
      about: 'À propos de',
      customer: 'Client',
      invoices: 'Factures',
    },
  },
  en: {
    file: 'history',
    columns: {
      when: 'When',
      instant: 'Exact instant',
      who: 'Who',
      kind: 'Kind',
      what: 'What',
      about: 'About',
      customer: 'Customer',
      invoices: 'Invoices',
    },
  },
};
