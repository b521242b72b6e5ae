// What a template may say: every merge tag, what it becomes, in words and by an example. The check, the page and the guide take them
// from here; there is no other list.
import type { ScreenLanguage } from './reason-words.ts';

export interface TagInWords {
  /** As it is written in a template. */
  written: string;
  name: Record<ScreenLanguage, string>;
  example: Record<ScreenLanguage, string>;
}

const same = (text: string): Record<ScreenLanguage, string> => ({ fr: text, en: text });

/** By their names, in the order in which they are offered. */
const described = {
  customer_name: { name: { fr: 'Nom du client', en: 'Customer’s name' }, example: same('Menuiserie Kerbrat') },
  customer_number: { name: { fr: 'N° du client', en: 'Customer’s number' }, example: same('C-0042') },
  invoice_table: {
    name: { fr: 'Tableau des factures, seul sur sa ligne', en: 'Table of the invoices, alone on its line' },
    example: {
      fr: 'Une ligne par facture : numéro, dates, montants',
      en: 'A line for each invoice: number, days, amounts',
    },
  },
  amount_due: {
    name: { fr: 'Somme demandée, en tout', en: 'Amount asked for in all' },
    example: { fr: '1 234,56 €', en: '€1,234.56' },
  },
  principal: {
    name: {
      fr: 'Reste dû des factures, sans pénalités ni frais',
      en: 'Amount due of the invoices, no interest or fees',
    },
    example: { fr: '1 180,00 €', en: '€1,180.00' },
  },
  interest: {
    name: { fr: 'Pénalités de retard, vide s’il n’y en a pas', en: 'Late-payment interest, empty where there is none' },
    example: { fr: '14,56 €', en: '€14.56' },
  },
  indemnity: {
    name: { fr: 'Indemnité forfaitaire, vide s’il n’y en a pas', en: 'Fixed compensation, empty where there is none' },
    example: { fr: '40,00 €', en: '€40.00' },
  },
  fee: {
    name: { fr: 'Frais prévus au contrat, vide s’il n’y en a pas', en: 'Agreed fees, empty where there are none' },
    example: { fr: '10,00 €', en: '€10.00' },
  },
  invoice_number: { name: { fr: 'N° des factures', en: 'Invoice numbers' }, example: same('FAC-0117, FAC-0123') },
  invoice_count: { name: { fr: 'Nombre de factures', en: 'How many invoices' }, example: same('2') },
  issued_on: {
    name: { fr: 'Date de la facture la plus ancienne', en: 'Date of the oldest invoice' },
    example: { fr: '23 octobre 2026', en: '23 October 2026' },
  },
  due_on: {
    name: { fr: 'Échéance la plus ancienne', en: 'Oldest due date' },
    example: { fr: '22 novembre 2026', en: '22 November 2026' },
  },
  late_days: {
    name: { fr: 'Retard depuis cette échéance', en: 'How late since that date' },
    example: { fr: '12 jours', en: '12 days' },
  },
  today: {
    name: { fr: 'Date du jour d’envoi', en: 'Day on which it leaves' },
    example: { fr: '4 décembre 2026', en: '4 December 2026' },
  },
  level: { name: { fr: 'Niveau de relance', en: 'Level of the reminder' }, example: same('2') },
  company_name: { name: { fr: 'Nom de votre entreprise', en: 'Your company’s name' }, example: same('Atelier Morvan') },
  sender_name: { name: { fr: 'Nom de l’expéditeur', en: 'Sender’s name' }, example: same('Claire Morvan') },
  payment_details: {
    name: { fr: 'Coordonnées de paiement', en: 'How to pay' },
    example: { fr: 'IBAN et BIC de vos réglages', en: 'IBAN and BIC from your settings' },
  },
} as const satisfies Record<string, Omit<TagInWords, 'written'>>;

export type MergeTag = keyof typeof described;

/** Every merge tag there is. `invoice_table` stands alone on its line; `payment_details` may be several lines. */
export const mergeTags = Object.keys(described) as MergeTag[];

export const isMergeTag = (name: string): name is MergeTag => Object.hasOwn(described, name);

/** What speaks of a debt, in a message or in a loop over its invoices: no message of thanks has it. */
export const tagsOfDebt: ReadonlySet<string> = new Set([
  'amount_due',
  'principal',
  'interest',
  'indemnity',
  'fee',
  'late_days',
  'level',
  'payment_details',
] satisfies MergeTag[]);

/** What is known of each invoice within a loop over them: `{{ invoice.number }}`. */
export const invoiceTags = ['number', 'issued_on', 'due_on', 'late_days', 'total', 'amount_due'] as const;

export type InvoiceTag = (typeof invoiceTags)[number];

/** What a loop goes over; nothing else can be gone over, and no loop stands within another. */
export const loopedOver = 'invoices';

/** What can be written around text: a loop and conditions. */
const blocks: readonly TagInWords[] = [
  {
    written: '{% for invoice in invoices %}\n- {{ invoice.number }}, {{ invoice.amount_due }}\n{% endfor %}',
    name: {
      fr: 'Une ligne par facture, sans tableau ; aussi invoice.issued_on, invoice.due_on, invoice.late_days, invoice.total',
      en: 'A line for each invoice, without a table; also invoice.issued_on, invoice.due_on, invoice.late_days, invoice.total',
    },
    example: { fr: '– FAC-0117, 820,00 €', en: '– FAC-0117, €820.00' },
  },
  {
    written: '{% if invoice_count > 1 %}\n\n{% else %}\n\n{% endif %}',
    name: {
      fr: 'Un texte pour plusieurs factures, un autre pour une seule',
      en: 'One text for several invoices, another for a single one',
    },
    example: { fr: 'les factures suivantes, la facture suivante', en: 'the following invoices, the following invoice' },
  },
  {
    written: '{% if level > 1 %}\n\n{% endif %}',
    name: { fr: 'Texte à partir du niveau 2', en: 'Text from level 2 on' },
    example: { fr: 'Absent de la première relance', en: 'Not in the first reminder' },
  },
  {
    written: '{% if payment_details != blank %}\n\n{% endif %}',
    name: { fr: 'Texte présent si la balise n’est pas vide', en: 'Text that is there unless the tag is empty' },
    example: { fr: 'Absent sans coordonnées de paiement', en: 'Not there without payment details' },
  },
];

/** All that can be written, for whoever lists it: the tags, then what goes around text. `asks`: not in a message of thanks. */
export const tagsInWords: readonly (TagInWords & { asks: boolean })[] = [
  ...mergeTags.map((tag) => ({ written: `{{ ${tag} }}`, ...described[tag] })),
  ...blocks,
].map((tag) => ({ ...tag, asks: [...tagsOfDebt].some((debt) => new RegExp(`\\b${debt}\\b`).test(tag.written)) }));
