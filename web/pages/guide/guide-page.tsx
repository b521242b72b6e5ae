// One page of the guide, with the one before and the one after; it prints without the screens around it.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type GuidePageName, guidePageNames, guideTitles, isGuidePage } from '../../parts/guide-pages.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import './guide.css';
import { GuideBody } from './guide-body.tsx';
import { useTexts } from './use-texts.ts';
import { useGuideWords } from './words.ts';

export function GuidePage() {
  const { page } = useParams({ from: '/guide/$page' });
  return isGuidePage(page) ? <Opened key={page} page={page} /> : <NotFoundPage />;
}

function Opened({ page }: { page: GuidePageName }) {
  const { guide } = useWords();
  const words = useGuideWords();
  const language = useLanguage();
  const texts = useTexts();
  return (
    <Page
      title={guideTitles[language][page]}
      back={<Link to="/guide">← {guide.title}</Link>}
      actions={
        <Button variant="default" className="guide-print" onClick={() => window.print()}>
          {words.print}
        </Button>
      }
    >
      <Loaded query={texts} data={texts.data?.(page)}>
        {({ body }) => <GuideBody nodes={body} />}
      </Loaded>
      <Neighbours page={page} />
    </Page>
  );
}

function Neighbours({ page }: { page: GuidePageName }) {
  const words = useGuideWords();
  const language = useLanguage();
  const place = guidePageNames.indexOf(page);
  const before = guidePageNames[place - 1];
  const after = guidePageNames[place + 1];
  return (
    <nav className="guide-neighbours" aria-label={words.pages}>
      {before === undefined ? null : (
        <Link to="/guide/$page" params={{ page: before }}>
          ← {guideTitles[language][before]}
        </Link>
      )}
      {after === undefined ? null : (
        <Link to="/guide/$page" params={{ page: after }} className="guide-after">
          {guideTitles[language][after]} →
        </Link>
      )}
    </nav>
  );
}
