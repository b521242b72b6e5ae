// "Guide": the table of contents, each page with what it is for.
import { Link } from '@tanstack/react-router';
import { type GuidePageName, guideParts, guideTitles } from '../../parts/guide-pages.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import './guide.css';
import { type Texts, useTexts } from './use-texts.ts';
import { useGuideWords } from './words.ts';

const parts = Object.keys(guideParts) as (keyof typeof guideParts)[];

export function ContentsPage() {
  const { guide } = useWords();
  const words = useGuideWords();
  const texts = useTexts();
  return (
    <Page title={guide.title} detail={words.intro}>
      <Loaded query={texts} data={texts.data}>
        {(textOf) =>
          parts.map((part) => (
            <Section key={part} title={words.parts[part]}>
              <Pages names={guideParts[part]} textOf={textOf} />
            </Section>
          ))
        }
      </Loaded>
    </Page>
  );
}

function Pages({ names, textOf }: { names: readonly GuidePageName[]; textOf: Texts }) {
  const language = useLanguage();
  return (
    <ul className="guide-contents">
      {names.map((page) => (
        <li key={page}>
          <Link to="/guide/$page" params={{ page }}>
            {guideTitles[language][page]}
          </Link>
          <span className="quiet">{textOf(page)?.purpose}</span>
        </li>
      ))}
    </ul>
  );
}
