// Which screen: the first visit, signing in, or the company's page; and in which language.
import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Session } from '../src/contract/account.ts';
import { Refusal } from './api.ts';
import { HereContext } from './inside.tsx';
import { Doorstep } from './pages/sign-in/doorstep.tsx';
import { NoCompany } from './pages/sign-in/no-company.tsx';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { useBeforehand, useCompany, useFirstVisit, useSession } from './queries.ts';
import { router } from './router.tsx';
import { Failure } from './ui/failure.tsx';
import { browserLanguage, type Language, useWords, WordsProvider } from './words/words.tsx';

/** Seen once in the life of an installation. */
const FirstVisitPage = lazy(() =>
  import('./pages/first-visit/first-visit-page.tsx').then((page) => ({ default: page.FirstVisitPage })),
);

export function Application() {
  const [language, setLanguage] = useState<Language>(browserLanguage());
  return (
    <WordsProvider language={language}>
      <Doorway onLanguage={setLanguage} />
    </WordsProvider>
  );
}

function Doorway({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const firstVisit = useFirstVisit();
  const session = useSession(firstVisit.data?.needed === false);
  if (firstVisit.isError) return <NotEven query={firstVisit} />;
  if (firstVisit.data?.needed === true)
    return (
      <Suspense fallback={<Waiting />}>
        <FirstVisitPage onLanguage={onLanguage} />
      </Suspense>
    );
  // Where somebody was at work already, the shell asks for the password over the screen, and nothing is taken away.
  if (session.data === undefined) {
    if (session.error instanceof Refusal && session.error.problem?.status === 401) return <SignInPage />;
    if (session.isError) return <NotEven query={session} />;
    return <Waiting />;
  }
  const { user, companies } = session.data;
  if (user === null || companies[0] === undefined) return <NoCompany />;
  return <Within user={user} companyIds={companies.map((company) => company.companyId)} />;
}

/** Of several companies, the one that was looked at last in this window, or in another. */
const chosenKey = 'relance.company';
const chosenBefore = (): string | null => sessionStorage.getItem(chosenKey) ?? localStorage.getItem(chosenKey);

function Within({ user, companyIds }: { user: NonNullable<Session['user']>; companyIds: string[] }) {
  const [companyId, setCompanyId] = useState(companyIds.find((id) => id === chosenBefore()) ?? companyIds[0]!);
  const company = useCompany(companyId);
  const beforehand = useBeforehand(companyId);
  const chooseCompany = useCallback((chosen: string) => {
    sessionStorage.setItem(chosenKey, chosen);
    localStorage.setItem(chosenKey, chosen);
    setCompanyId(chosen);
    void router.navigate({ to: '/' });
  }, []);
  if (company.data === undefined) return company.isError ? <NotEven query={company} /> : <Waiting />;
  // What is shown is asked for after that answer: otherwise what happened between the two would be on no list and no news.
  // Where it could not be had, it is asked for again below: nothing that is shown by then is taken away for that.
  if (!beforehand.isFetched) return <Waiting />;
  return (
    <WordsProvider language={company.data.language}>
      <HereContext
        key={companyId}
        value={{ company: company.data, userId: user.userId, userName: user.name, companyIds, chooseCompany }}
      >
        <RouterProvider router={router} />
      </HereContext>
    </WordsProvider>
  );
}

/** Not even who is asking could be had from the server. */
function NotEven({ query: { error, refetch } }: { query: { error: unknown; refetch: () => unknown } }) {
  const words = useWords();
  return (
    <Doorstep title={words.notOpen}>
      <Failure error={error} onRetry={refetch} />
    </Doorstep>
  );
}

function Waiting(): ReactNode {
  const words = useWords();
  return (
    <Center component="main" mih="60vh">
      <Loader aria-label={words.loading} role="status" />
    </Center>
  );
}
