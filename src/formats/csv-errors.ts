// The errors of an import as a CSV file that opens in a spreadsheet: one row for each error, in words.
import Papa from 'papaparse';
import { type ImportLanguage, importSentence, type RowError } from '../core/words-import.ts';
import { neutralised } from './neutralised.ts';

const titles = {
  fr: ['Ligne', 'Colonne', 'Valeur', 'Erreur', 'Code'],
  en: ['Row', 'Column', 'Value', 'Error', 'Code'],
} as const;

/** The errors as CSV text with a byte order mark, so that spreadsheets read UTF-8; `;` in French, `,` in English. */
export function importErrorsCsv(errors: readonly RowError[], language: ImportLanguage): string {
  const rows = errors.map((error) => [
    String(error.row),
    neutralised(error.column ?? ''),
    neutralised(error.value ?? ''),
    neutralised(importSentence(error.code, error.with, language) ?? error.code),
    error.code,
  ]);
  const delimiter = language === 'fr' ? ';' : ',';
  return `\ufeff${Papa.unparse([[...titles[language]], ...rows], { delimiter })}\r\n`;
}
