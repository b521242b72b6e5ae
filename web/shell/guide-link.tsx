// On every screen, the way to the guide at this screen's page.
import { Link, rootRouteId, useMatches } from '@tanstack/react-router';
import { guidePageOf, guideTitles } from '../parts/guide-pages.ts';
import { useLanguage, useWords } from '../words/words.tsx';

export function GuideLink() {
  const { guide: words } = useWords();
  const language = useLanguage();
  const here = useMatches({ select: (matches) => matches.at(-1) });
  const part = (here?.search as { part?: string } | undefined)?.part;
  // Where there is no screen, the root stands alone.
  const page = here === undefined || here.routeId === rootRouteId ? null : guidePageOf(here.fullPath, part);
  const shown = (
    <>
      <QuestionMark />
      <span className="guide-link-word">{words.title}</span>
    </>
  );
  return page === null ? (
    <Link to="/guide" className="guide-link" aria-label={words.link(words.contents)}>
      {shown}
    </Link>
  ) : (
    <Link
      to="/guide/$page"
      params={{ page }}
      className="guide-link"
      aria-label={words.link(guideTitles[language][page])}
    >
      {shown}
    </Link>
  );
}

function QuestionMark() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    >
      <circle cx="12" cy="12" r="8.5" />
      <path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.8M12 16.6h.01" />
    </svg>
  );
}
