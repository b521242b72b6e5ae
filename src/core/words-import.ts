// What an import says: the codes of what may be wrong with a row, of what is worth noticing about a file, and their
// sentences in French and English. Pure data and its formatter.

import type { PaymentTerms } from './payment-terms.ts';
import { termsInWords } from './payment-terms-words.ts';

type Sentences = { fr: string; en: string };

const rowSentences = {
  'quotes-broken': {
    fr: 'Les guillemets de cette ligne sont mal fermés. Corrigez la ligne ou exportez de nouveau le fichier.',
    en: 'The quotes of this row are not closed properly. Correct the row or export the file again.',
  },
  'cells-missing': {
    fr: 'La ligne a {found} cellules, il en faut {expected}.',
    en: 'The row has {found} cells, it needs {expected}.',
  },
  'cells-too-many': {
    fr: 'La ligne a {found} cellules, il en faut {expected} : un séparateur est sans doute entré dans un texte sans guillemets.',
    en: 'The row has {found} cells, it needs {expected}: a separator probably got into a text without quotes.',
  },
  'cell-too-long': {
    fr: 'Le texte est trop long : {length} caractères, {most} au plus.',
    en: 'The text is too long: {length} characters, {most} at most.',
  },
  'control-characters': {
    fr: 'La cellule contient des caractères de commande invisibles. Effacez-les, ou exportez de nouveau le fichier.',
    en: 'The cell contains invisible control characters. Remove them, or export the file again.',
  },
  undecodable: {
    fr: 'La cellule contient des octets illisibles dans l’encodage du fichier. Exportez le fichier en UTF-8.',
    en: "The cell contains bytes that can't be read in the file's encoding. Export the file as UTF-8.",
  },
  required: { fr: 'Cette valeur est obligatoire.', en: 'This value is required.' },
  'identifier-damaged': {
    fr: '« {value} » n’est plus un numéro : un tableur l’a arrondi et les derniers chiffres sont perdus. Exportez de nouveau depuis le logiciel d’origine, sans ouvrir le fichier dans un tableur, ou mettez d’abord cette colonne au format Texte.',
    en: '"{value}" is no longer a number one can trust: a spreadsheet rounded it and its last digits are lost. Export again from the original software without opening the file in a spreadsheet, or first set this column to the Text format.',
  },
  'spreadsheet-error': {
    fr: '« {value} » est une erreur de formule d’un tableur. Corrigez la cellule.',
    en: '"{value}" is a formula error of a spreadsheet. Correct the cell.',
  },
  'amount-invalid': {
    fr: '« {value} » n’est pas un montant en {currency} (signe décimal attendu : « {mark} »).',
    en: '"{value}" is not an amount in {currency} (decimal mark expected: "{mark}").',
  },
  'amount-not-positive': {
    fr: 'Un encaissement est un montant supérieur à zéro ; « {value} » ne l’est pas.',
    en: 'A payment is an amount above zero; "{value}" is not.',
  },
  'date-invalid': {
    fr: '« {value} » n’est pas une date (ordre attendu : {order}).',
    en: '"{value}" is not a date (order expected: {order}).',
  },
  'email-invalid': {
    fr: '« {value} » n’est pas une adresse e-mail.',
    en: '"{value}" is not an e-mail address.',
  },
  'value-unknown': {
    fr: '« {value} » n’est pas une valeur connue de ce champ.',
    en: '"{value}" is not a value known for this field.',
  },
  'terms-unknown': {
    fr: 'Les conditions « {value} » ne sont pas comprises. Écrivez par exemple « 30 jours », « 30 jours fin de mois », « fin de mois + 15 jours » ou « à réception ».',
    en: 'The terms "{value}" are not understood. Write for example "30 days", "30 days end of month", "end of month + 15 days" or "on receipt".',
  },
  'member-unknown': {
    fr: 'Aucun utilisateur « {name} » qui puisse agir dans l’entreprise : donnez son e-mail ou son nom, ou ajoutez-le d’abord.',
    en: 'No user "{name}" who may act in the company: give their e-mail or name, or add them first.',
  },
  'member-ambiguous': {
    fr: 'Plusieurs utilisateurs se nomment « {name} » : donnez l’e-mail.',
    en: 'Several users are called "{name}": give the e-mail.',
  },
  'open-exceeds-amount': {
    fr: 'Le reste dû dépasse le montant de la facture.',
    en: 'What is left to pay exceeds the amount of the invoice.',
  },
  'duplicate-number': {
    fr: 'Le numéro « {number} » est déjà à la ligne {first}, avec d’autres valeurs.',
    en: 'The number "{number}" is already in row {first}, with other values.',
  },
  'instalments-disagree': {
    fr: 'Les échéances de « {number} » ne s’accordent pas : client, devise, type, statut et date d’émission doivent être ceux de la ligne {first}.',
    en: 'The instalments of "{number}" disagree: customer, currency, type, status and issue date must be those of row {first}.',
  },
  'other-instalment-refused': {
    fr: 'Une autre échéance de « {number} » est refusée : la facture entre entière ou pas du tout.',
    en: 'Another instalment of "{number}" is refused: the invoice goes in whole or not at all.',
  },
  'instalments-needed': {
    fr: 'La facture « {number} » a plusieurs échéances : pour la modifier, le fichier doit avoir une colonne « échéance n° ».',
    en: 'Invoice "{number}" has several instalments: to change it, the file needs an "instalment" column.',
  },
  'customer-ambiguous': {
    fr: 'Plusieurs clients se nomment « {name} » : indiquez le numéro du client.',
    en: 'Several customers are called "{name}": give the customer number.',
  },
  'payer-unknown': {
    fr: 'Aucun client ne porte le numéro de payeur « {number} », ni ici ni dans le fichier.',
    en: 'No customer bears the payer number "{number}", neither here nor in the file.',
  },
  'payer-is-itself': {
    fr: 'Le client « {number} » ne peut pas être son propre payeur.',
    en: 'Customer "{number}" can\'t be its own payer.',
  },
  'payer-has-payer': {
    fr: 'Le payeur « {number} » est lui-même payé par un autre client : indiquez celui-là.',
    en: 'The payer "{number}" is paid for by another customer itself: give that one.',
  },
  'pays-for-others': {
    fr: 'Le client « {number} » paie déjà pour d’autres : il ne peut pas avoir de payeur.',
    en: 'Customer "{number}" pays for others already: it can\'t have a payer.',
  },
  'customer-unknown': {
    fr: 'Aucun client « {name} ». Importez les clients ou les factures avant les encaissements.',
    en: 'No customer "{name}". Import the customers or the invoices before the payments.',
  },
  'invoice-unknown': {
    fr: 'Aucune facture « {number} ». Importez-la, ou choisissez de garder le montant en crédit du client.',
    en: 'No invoice "{number}". Import it, or choose to keep the amount as a credit of the customer.',
  },
  'invoice-ambiguous': {
    fr: 'Plusieurs factures portent le numéro « {number} » : indiquez le client.',
    en: 'Several invoices bear the number "{number}": give the customer.',
  },
  'invoice-of-other-customer': {
    fr: 'La facture « {number} » est celle d’un autre client.',
    en: 'Invoice "{number}" belongs to another customer.',
  },
  'currency-differs': {
    fr: 'La facture « {number} » est en {expected}, la ligne en {found}.',
    en: 'Invoice "{number}" is in {expected}, the row in {found}.',
  },
  'type-changed': {
    fr: 'Une facture ne devient pas un avoir, ni un avoir une facture (« {number} »).',
    en: 'An invoice does not become a credit note, nor a credit note an invoice ("{number}").',
  },
  'amount-below-allocated': {
    fr: 'Le nouveau montant de « {number} » est inférieur à ce qui est déjà encaissé ou imputé.',
    en: 'The new amount of "{number}" is below what was already received or allocated.',
  },
  'payment-of-other-customer': {
    fr: 'L’encaissement « {number} » existe déjà, pour un autre client ou dans une autre devise.',
    en: 'Payment "{number}" exists already, for another customer or in another currency.',
  },
} as const satisfies Record<string, Sentences>;

const noteSentences = {
  'no-header': {
    fr: 'Le fichier n’a pas de ligne de titres : les colonnes sont désignées par leur numéro.',
    en: 'The file has no row of headings: columns go by their numbers.',
  },
  'rows-above-header': {
    fr: 'Les titres sont à la ligne {row} ; ce qui précède est laissé de côté.',
    en: 'The headings are in row {row}; what stands above is left aside.',
  },
  'dates-ambiguous': {
    fr: 'Les dates peuvent se lire de deux façons (« {example} ») : elles sont lues dans l’ordre {order}. Vérifiez.',
    en: 'The dates can be read in two ways ("{example}"): they are read in the order {order}. Please check.',
  },
  'decimals-ambiguous': {
    fr: 'Le signe décimal n’est pas certain (« {example} ») : « {mark} » est supposé. Vérifiez.',
    en: 'The decimal mark is not certain ("{example}"): "{mark}" is assumed. Please check.',
  },
  'decimal-tail-removed': {
    fr: 'Colonne « {column} » : tous les numéros finissent par « .0 », qui est retiré.',
    en: 'Column "{column}": every number ends in ".0", which is removed.',
  },
  'column-not-understood': {
    fr: 'La colonne « {column} » est laissée de côté : ses valeurs (« {example} ») ne sont pas connues.',
    en: 'The column "{column}" is left aside: its values ("{example}") are not known.',
  },
  'issue-date-from-due-date': {
    fr: 'Sans date d’émission, la date d’échéance en tient lieu.',
    en: 'Without an issue date, the due date stands for it.',
  },
  'open-amount-is-total': {
    fr: 'Le fichier ne donne que le reste dû : il est pris comme montant de la facture.',
    en: 'The file gives only what is left to pay: it is taken as the amount of the invoice.',
  },
  'customers-by-name': {
    fr: 'Sans numéro de client, le nom désigne le client.',
    en: 'Without a customer number, the name stands for it.',
  },
  'payments-without-number': {
    fr: 'Sans numéro d’encaissement, le contenu de chaque ligne en tient lieu.',
    en: 'Without a payment number, the content of each row stands for it.',
  },
  'due-dates-from-terms': {
    fr: 'Lignes sans échéance : {count}. Elle est calculée d’après les conditions de règlement ({terms}).',
    en: 'Rows without a due date: {count}. It is worked out by the payment terms ({terms}).',
  },
  'customers-merged': {
    fr: 'Laissés tels quels, car fusionnés avec un autre client : {customers}.',
    en: 'Left alone, since they were merged into another customer: {customers}.',
  },
  'mapping-remembered': {
    fr: 'Les colonnes sont celles choisies la dernière fois pour un tel fichier.',
    en: 'The columns are those chosen last time for such a file.',
  },
} as const satisfies Record<string, Sentences>;

const fileSentences = {
  'file-unreadable': { fr: 'Le fichier « {file} » ne peut pas être lu.', en: 'The file "{file}" can\'t be read.' },
  'file-empty': { fr: 'Le fichier « {file} » ne contient aucune ligne.', en: 'The file "{file}" has no rows.' },
  'file-is-other-format': {
    fr: 'Le fichier « {file} » n’est pas un CSV ({format}). Enregistrez-le ou exportez-le en CSV, puis importez-le.',
    en: 'The file "{file}" is not a CSV ({format}). Save or export it as CSV, then import it.',
  },
  'columns-missing': {
    fr: 'Il manque des colonnes : {fields}. Le fichier a : {columns}. Indiquez quelle colonne contient quoi.',
    en: 'Columns are missing: {fields}. The file has: {columns}. Say which column holds what.',
  },
  'column-unknown': {
    fr: 'La correspondance {field} = « {column} » ne convient pas. Champs : {fields}. Colonnes : {columns}.',
    en: 'The mapping {field} = "{column}" does not fit. Fields: {fields}. Columns: {columns}.',
  },
  'rows-refused': {
    fr: '{errors} erreurs, la première à la ligne {row}. Rien n’a été importé : corrigez le fichier, ou importez les bonnes lignes seulement.',
    en: '{errors} errors, the first in row {row}. Nothing was imported: correct the file, or import the good rows only.',
  },
  'dates-contradict': {
    fr: 'Les dates se lisent dans deux ordres : le début du fichier convient à {order}, la ligne {row} (« {value} ») non. Indiquez l’ordre des dates.',
    en: 'The dates can be read in two orders: the beginning of the file fits {order}, row {row} ("{value}") does not. Say which order they have.',
  },
  conflict: {
    fr: 'Les mêmes données ont été modifiées pendant l’import. Rien n’a été importé : recommencez.',
    en: 'The same data was changed during the import. Nothing was imported: try again.',
  },
} as const satisfies Record<string, Sentences>;

export type RowErrorCode = keyof typeof rowSentences;
export type ImportNoteCode = keyof typeof noteSentences;
export type ImportLanguage = 'fr' | 'en';

export const rowErrorCodes = Object.keys(rowSentences) as RowErrorCode[];

/** What is wrong with one cell, or with a whole row where there is no column. */
export interface RowError {
  /** Row of the file, header included. */
  row: number;
  column: string | null;
  /** What stands in the cell, cut. */
  value: string | null;
  code: RowErrorCode;
  with: Record<string, string | number>;
}

/** Something worth noticing about how a file is read. */
export interface ImportNote {
  code: ImportNoteCode;
  with: Record<string, string | number>;
}

const catalogue: Record<string, Sentences> = { ...fileSentences, ...noteSentences, ...rowSentences };

const dateOrderWords: Record<string, Sentences> = {
  dmy: { fr: 'jour/mois/année', en: 'day/month/year' },
  mdy: { fr: 'mois/jour/année', en: 'month/day/year' },
  ymd: { fr: 'année/mois/jour', en: 'year/month/day' },
};

/** The sentence of an import's code with its parameters, or null where the code is not one of an import. */
export function importSentence(
  code: string,
  parameters: Record<string, string | number>,
  language: ImportLanguage,
): string | null {
  const sentence = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  if (sentence === undefined) return null;
  return sentence[language].replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = parameters[name];
    if (value === undefined) return all;
    if (name === 'terms') return termsInWords(JSON.parse(String(value)) as PaymentTerms, language);
    return name === 'order' ? (dateOrderWords[value]?.[language] ?? String(value)) : String(value);
  });
}
