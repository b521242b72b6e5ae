// The language in which a request is answered.
import type { ScreenLanguage } from '../core/reason-words.ts';

export { faultSentence, fieldSentence } from '../core/fault-words.ts';
export type { ScreenLanguage };

/** The first language of the header that the screens have; French where it names none. */
export function languageOf(acceptLanguage: string | undefined): ScreenLanguage {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'fr' || tag === 'en') return tag;
  }
  return 'fr';
}
