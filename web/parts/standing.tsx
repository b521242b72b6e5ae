// How an invoice stands with its reminders: active with the next day, held with why, none with why. An icon, a word, a day.
import type { InvoiceRow } from '../../src/contract/invoice.ts';
import { sayStanding, standingWords } from '../../src/words/standing.ts';
import { useInside } from '../inside.tsx';
import { useFormat } from '../ui/format.ts';
import { useWords, wordsOf } from '../words/words.tsx';
import { Bell } from './bell.tsx';

const useStandingWords = wordsOf(standingWords);

export function Standing({ dunning }: { dunning: InvoiceRow['dunning'] }) {
  const { company } = useInside();
  const { reasons } = useWords();
  const words = useStandingWords();
  const format = useFormat(company.today);
  if (dunning === null) return null;
  const { how, said } = sayStanding(dunning, words, reasons, format);
  return (
    <span className={how === 'active' ? 'standing' : `standing ${how}`}>
      <Bell how={how} />
      {said}
    </span>
  );
}
