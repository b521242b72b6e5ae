// A reason in words: its code chooses the sentence, its days and amounts are written as the language does.
import type { Reason } from '../../src/contract/common.ts';
import { sayReason } from '../../src/words/reasons.ts';
import { useWords } from '../words/words.tsx';
import { useFormat } from './format.ts';

export function useReason(today: string): (reason: Reason | null) => string {
  const { reasons } = useWords();
  const format = useFormat(today);
  return (reason) => sayReason(reason, reasons, format);
}
