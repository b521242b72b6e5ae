// How an invoice stands with its reminders, in words: the next one and its day, or what holds it, or why there is none.
import { type CodedReason, type reasonWords, sayReason } from './reasons.ts';
import type { Writing } from './writing.ts';

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

export const standingWords = { fr, en };

export interface StandingToTell {
  state: string;
  reason: CodedReason | null;
  nextOn: string | null;
  nextLevel: number | null;
}

export interface Standing {
  /** What its bell shows. */
  how: 'active' | 'paused' | 'none';
  said: string;
}

export function sayStanding(
  { state, reason, nextOn, nextLevel }: StandingToTell,
  words: typeof fr,
  reasons: (typeof reasonWords)['fr'],
  writing: Writing,
): Standing {
  // A pause with an end, or a promise, waits for it: why matters more than the day that comes after.
  const paused = reason?.code === 'paused' || reason?.code === 'promised';
  if (nextOn !== null && nextLevel !== null && state === 'waiting' && !paused)
    return { how: 'active', said: words.next(words.level(nextLevel), writing.day(nextOn)) };
  const how = state === 'held' || paused ? 'paused' : state === 'active' || state === 'waiting' ? 'active' : 'none';
  const why = sayReason(reason, reasons, writing);
  return { how, said: why === '' ? (how === 'active' ? words.nextUnknown : words.none) : why };
}
