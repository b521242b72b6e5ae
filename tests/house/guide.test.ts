// The guide says what the screens say: every label that it names is in the words of the screens, every link and every picture
// leads somewhere, every screen has its page, in both languages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { typeset } from '../../src/words/typeset.ts';
import { elementsOf, readGuideText, wordsIn } from '../../web/guide/read.ts';
import type { GuideElement, GuideText } from '../../web/guide/text.ts';
import { guideOfScreen, guidePageNames, guidePageOf, guideTitles } from '../../web/parts/guide-pages.ts';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';

/** The screens' own words, as they are told to `wordsOf` when a screen is loaded. */
const catalogues = vi.hoisted((): Record<'fr' | 'en', unknown>[] => []);
vi.mock('../../web/words/words.tsx', async (original) => ({
  ...(await original<typeof import('../../web/words/words.tsx')>()),
  wordsOf: (own: Record<'fr' | 'en', unknown>) => {
    catalogues.push(own);
    return () => own.fr;
  },
}));

const web = join(import.meta.dirname, '../../web');
const languages = ['fr', 'en'] as const;

const sourceOf = (language: 'fr' | 'en', page: string): string =>
  readFileSync(join(web, 'guide', language, `${page}.md`), 'utf8');
const textOf = (language: 'fr' | 'en', page: string): GuideText => readGuideText(sourceOf(language, page), language);
const elements = (language: 'fr' | 'en', page: string, tag: string): GuideElement[] =>
  elementsOf(textOf(language, page).body).filter((element) => element.tag === tag);

/** Hard spaces and plain ones are one to whoever reads. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

/** Every text of a catalogue; of one with a number in it, those of small numbers. Some are made of a text instead. */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [plain(words)];
  if (typeof words === 'function')
    return Array.from({ length: 9 }, (_, count) => {
      try {
        return words(...Array<number>(6).fill(count));
      } catch {
        return words(...Array<string>(6).fill(String(count)));
      }
    }).flatMap(textsOf);
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}

describe('the guide', () => {
  const labels: Record<'fr' | 'en', Set<string>> = { fr: new Set(), en: new Set() };
  beforeAll(async () => {
    const modules = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && /= wordsOf\(/.test(readFileSync(join(web, file), 'utf8')),
    );
    for (const file of modules) await import(join(web, file));
    expect(catalogues.length).toBeGreaterThan(20);
    for (const language of languages)
      labels[language] = new Set([...catalogues.map((own) => own[language]), { fr, en }[language]].flatMap(textsOf));
  }, 60_000);

  test('has the same pages in both languages, each under the title that the screens call it by', () => {
    for (const language of languages) {
      const files = readdirSync(join(web, 'guide', language)).map((file) => file.replace(/\.md$/, ''));
      expect(files.sort()).toEqual([...guidePageNames].sort());
      expect(Object.keys(guideTitles[language]).sort()).toEqual([...guidePageNames].sort());
      for (const page of guidePageNames) expect(textOf(language, page).title).toBe(guideTitles[language][page]);
    }
  });

  test('has a page for each screen of the router, and no other', async () => {
    const { router } = await import('../../web/router.tsx');
    expect(Object.keys(router.routesByPath).sort()).toEqual(Object.keys(guideOfScreen).sort());
    expect(guidePageOf('/settings', 'live')).toBe('going-live');
    expect(guidePageOf('/settings', 'mail')).toBe('mail-server');
    expect(guidePageOf('/settings', 'sender')).toBe('settings');
    expect(guidePageOf('/settings', 'constructor')).toBe('settings');
    expect(guidePageOf('/nowhere')).toBe(null);
  }, 60_000);

  for (const language of languages) {
    test(`names in bold only what is written on a screen, in ${language}`, () => {
      const unknown = guidePageNames.flatMap((page) =>
        elements(language, page, 'strong')
          .map((element) => plain(wordsIn([element])))
          .filter((label) => !labels[language].has(label))
          .map((label) => `${page}: ${label}`),
      );
      expect(unknown).toEqual([]);
    });

    test(`quotes the screens word for word, in ${language}`, () => {
      const quotes = language === 'fr' ? /« ([^»]+) »/g : /“([^”]+)”/g;
      const known = [...labels[language]].map((label) => label.toLowerCase());
      const unknown = guidePageNames.flatMap((page) =>
        [...sourceOf(language, page).matchAll(quotes)]
          .map((match) => match[1]!)
          .filter((quote) => !known.some((label) => label.startsWith(quote.toLowerCase())))
          .map((quote) => `${page}: ${quote}`),
      );
      expect(unknown).toEqual([]);
    });

    test(`leads to pages and pictures that are there, each picture told in words, in ${language}`, () => {
      for (const page of guidePageNames) {
        for (const link of elements(language, page, 'a')) {
          expect(guidePageNames, `${page}: ${link.page}`).toContain(link.page);
          expect(wordsIn([link])).toBe(guideTitles[language][link.page as keyof (typeof guideTitles)['fr']]);
        }
        for (const { picture } of elements(language, page, 'img')) {
          expect(existsSync(join(web, 'guide', language, picture!.src)), picture!.src).toBe(true);
          expect(picture!.src).toMatch(new RegExp(`-${language}\\.png$`));
          expect(picture!.alt.length, picture!.src).toBeGreaterThan(20);
        }
      }
    });

    test(`says on each page what it is for, how, what goes wrong, what to see next, in ${language}`, () => {
      const wanted = {
        fr: [/Si quelque chose ne va pas|n’a pas pu partir/, /^Voir aussi$/],
        en: [/If something goes wrong|could not leave/, /^See also$/],
      };
      for (const page of guidePageNames) {
        const { purpose } = textOf(language, page);
        expect(purpose, page).toMatch(/^[^.]+\.$/);
        const headings = elements(language, page, 'h2').map((heading) => wordsIn([heading]));
        for (const one of wanted[language])
          expect(
            headings.some((heading) => one.test(heading)),
            `${page}: ${one}`,
          ).toBe(true);
        expect(elements(language, page, 'ol').length, page).toBeGreaterThan(0);
      }
    });
  }

  test('names the keys that approving knows, all of them', async () => {
    const approving = catalogues.find((own) => 'leaveOutInvoice' in (own.fr as object))!;
    for (const language of languages) {
      const { help } = approving[language] as { help: [string, string][] };
      expect(elements(language, 'approve', 'kbd').map((element) => wordsIn([element]))).toEqual(
        help.map(([key]) => key),
      );
    }
  });

  test('keeps no picture that no page shows', () => {
    const shown = languages.flatMap((language) =>
      guidePageNames.flatMap((page) => elements(language, page, 'img').map(({ picture }) => picture!.src)),
    );
    const kept = readdirSync(join(web, 'guide/pictures')).map((file) => `../pictures/${file}`);
    expect(kept.sort()).toEqual(shown.sort());
  });

  test('sets the hard spaces of French, and has its apostrophes, in French only', () => {
    expect(typeset('Prêt ? Oui : « 1 234 € » ; non !', 'fr')).toBe(
      'Prêt\u202f? Oui\u00a0: «\u00a01\u202f234\u00a0€\u00a0»\u202f; non\u202f!',
    );
    expect(typeset('Ready? Yes: 1 234', 'en')).toBe('Ready? Yes: 1 234');
    for (const page of guidePageNames)
      for (const language of languages) expect(sourceOf(language, page)).not.toMatch(/['"]/);
  });
});
