// The words of what every list has: its columns to choose, and the file that is made of it.
import { wordsOf } from '../words/words.tsx';

const fr = {
  columns: 'Colonnes',
  original: 'Remettre d’origine',
  export: 'Exporter',
  csv: 'CSV',
  excel: 'Excel (XLSX)',
  making: 'Le fichier se prépare…',
};
const en: typeof fr = {
  columns: 'Columns',
  original: 'Back to the original',
  export: 'Export',
  csv: 'CSV',
  excel: 'Excel (XLSX)',
  making: 'The file is being made…',
};

export const useListWords = wordsOf({ fr, en });
