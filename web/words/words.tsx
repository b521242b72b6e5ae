// The words of the chosen language, given to every part of the page: that of the company, before that of the browser.
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { typesetWords } from '../../src/words/typeset.ts';
import { en } from './en.ts';
import { fr, type Words } from './fr.ts';

export type Language = 'fr' | 'en';

const catalogues: Record<Language, Words> = { fr: typesetWords(fr, 'fr'), en };
const WordsContext = createContext<{ language: Language; words: Words }>({ language: 'fr', words: fr });

export function WordsProvider({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
    spoken = language;
  }, [language]);
  return <WordsContext value={{ language, words: catalogues[language] }}>{children}</WordsContext>;
}

export const useWords = (): Words => useContext(WordsContext).words;
export const useLanguage = (): Language => useContext(WordsContext).language;

export const browserLanguage = (): Language => (navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en');

let spoken: Language = browserLanguage();
/** Told to the server, whose sentences are shown as they are. */
export const spokenLanguage = (): Language => spoken;

/** A screen's own words: a catalogue in each language, loaded with the screen. */
export function wordsOf<W>(own: Record<Language, W>): () => W {
  const shown = { fr: typesetWords(own.fr, 'fr'), en: own.en };
  return () => shown[useLanguage()];
}
