// How an invoice stands with its reminders: active with the next day, held with why, none with why. An icon, a word, a day.
import type { InvoiceRow } from '../../src/contract/invoice.ts';
import { useInside } from '../inside.tsx';
import { useFormat } from '../ui/format.ts';
import { useReason } from '../ui/reason.tsx';
import { wordsOf } from '../words/words.tsx';
import { Bell } from './bell.tsx';

const fr = {
  next: (level: string, day: string) => `${level} le ${day}`,
  nextUnknown: 'Sera revue à la prochaine relance',
  level: (level: number) => (level === 0 ? 'Rappel' : `R${level}`),
  none: 'Aucune relance prévue',
};
const en: typeof fr = {
  next: (level, day) => `${level} on ${day}`,
  nextUnknown: 'Looked at again at the next run',
  level: (level) => (level === 0 ? 'Notice' : `R${level}`),
  none: 'No reminder planned',
};
const useStandingWords = wordsOf({ fr, en });

export function Standing({ dunning }: { dunning: InvoiceRow['dunning'] }) {
  const { company } = useInside();
  const words = useStandingWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  if (dunning === null) return null;
  const { state, nextOn, nextLevel } = dunning;
  // A pause with an end waits for it: why matters more than the day that comes after.
  const paused = dunning.reason?.code === 'paused';
  if (nextOn !== null && nextLevel !== null && state === 'waiting' && !paused) {
    return (
      <span className="standing">
        <Bell how="active" />
        {words.next(words.level(nextLevel), format.day(nextOn))}
      </span>
    );
  }
  const how = state === 'held' || paused ? 'paused' : state === 'active' || state === 'waiting' ? 'active' : 'none';
  const said = reason(dunning.reason);
  return (
    <span className={`standing ${how}`}>
      <Bell how={how} />
      {said === '' ? (how === 'active' ? words.nextUnknown : words.none) : said}
    </span>
  );
}
