// What files say in words: the sentences of the screens, with days and amounts written whole, since a file is read on another day.
import { formatAmount, formatDay } from '../core/format.ts';
import { type EventToTell, eventWords, sayActor, sayEvent } from '../words/events.ts';
import { reasonWords } from '../words/reasons.ts';
import { type StandingToTell, sayStanding, standingWords } from '../words/standing.ts';
import { typesetWords } from '../words/typeset.ts';
import type { Writing } from '../words/writing.ts';

const typesetBoth = <W>({ fr, en }: { fr: W; en: W }) => ({ fr: typesetWords(fr, 'fr'), en });
const reasons = typesetBoth(reasonWords);
const standings = typesetBoth(standingWords);
const events = typesetBoth(eventWords);

export interface SaidInFiles {
  writing: Writing;
  standing(standing: StandingToTell): string;
  event(event: EventToTell, currency: string): string;
  actor(event: { actor: string; actorName: string | null }): string;
  /** 'Messages', 'Décisions' … */
  eventKind(kind: 'messages' | 'money' | 'decisions' | 'company'): string;
}

export function saidInFiles(language: 'fr' | 'en'): SaidInFiles {
  const writing: Writing = {
    day: (day) => formatDay(day, language),
    amount: (minor, currency) => formatAmount(minor, currency, language),
  };
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const words = events[language];
  return {
    writing,
    standing: (standing) => sayStanding(standing, standings[language], reasons[language], writing).said,
    event: (event, currency) => sayEvent(event, { words, reasons: reasons[language], writing, locale, currency }),
    actor: (event) => sayActor(event, words.by),
    eventKind: (kind) => words.kinds[kind],
  };
}
