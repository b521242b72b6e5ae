// The hard spaces of French, set once for all words: nobody has to type them, and none is missing.

/** Narrow before ; ? ! and in large numbers, full before : and inside « » (Lexique de l’Imprimerie nationale). */
export function typeset(text: string, language: 'fr' | 'en'): string {
  if (language === 'en') return text;
  return text
    .replace(/ ([;?!])/g, '\u202f$1')
    .replace(/ ([:»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (?=\d{3}(?!\d))/g, '$1\u202f')
    .replace(/(\d) (?=[€%])/g, '$1\u00a0');
}

/** A catalogue with its spaces set: texts, lists of texts, and texts that are made of parameters. */
export function typesetWords<W>(words: W, language: 'fr' | 'en'): W {
  return (language === 'en' ? words : set(words)) as W;
}

function set(value: unknown): unknown {
  if (typeof value === 'string') return typeset(value, 'fr');
  if (typeof value === 'function') return (...parameters: unknown[]) => set(value(...parameters));
  if (Array.isArray(value)) return value.map(set);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, set(one)]));
}
