// A reason in words: its code chooses the sentence, its days and amounts are written as the language does.
import type { Reason } from '../../src/contract/common.ts';
import { useWords } from '../words/words.tsx';
import { useFormat } from './format.ts';

export function useReason(today: string): (reason: Reason | null) => string {
  const { reasons } = useWords();
  const format = useFormat(today);
  return (reason) => {
    if (reason === null) return '';
    const sentence = (reasons as Record<string, (parameters: Record<string, string | number>) => string>)[reason.code];
    // A short day ends with a point of its own ('nov.'), which also ends the sentence.
    return sentence === undefined ? reason.code : sentence(inWords(reason.with ?? {}, format)).replace(/\.\.$/, '.');
  };
}

function inWords(
  parameters: Record<string, string | number>,
  format: ReturnType<typeof useFormat>,
): Record<string, string | number> {
  const shown = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      return [name, typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.day(value) : value];
    }),
  );
  const { openMinor, currency } = parameters;
  if (typeof openMinor === 'number' && typeof currency === 'string')
    shown.openAmount = format.amount(openMinor, currency);
  return shown;
}
