// The guide's texts in the language of the screen, fetched when the guide is first opened.
import { useQuery } from '@tanstack/react-query';
import type { GuideText } from '../../guide/text.ts';
import type { GuidePageName } from '../../parts/guide-pages.ts';
import { type Language, useLanguage } from '../../words/words.tsx';

const load: Record<Language, () => Promise<{ texts: Record<string, GuideText> }>> = {
  fr: () => import('./texts-fr.ts'),
  en: () => import('./texts-en.ts'),
};

export function useTexts() {
  const language = useLanguage();
  return useQuery({
    queryKey: ['guide', language],
    queryFn: async (): Promise<Texts> => {
      const { texts } = await load[language]();
      return (page) => texts[`../../guide/${language}/${page}.md`];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type Texts = (page: GuidePageName) => GuideText | undefined;
