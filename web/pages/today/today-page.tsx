// The day: how the company stands, what waits for somebody, what is due and why, what left last.
import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useInside } from '../../inside.tsx';
import { useFigures } from '../../queries.ts';
import { formatLongDay } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import { DueToday } from './due-today.tsx';
import { Figures } from './figures.tsx';
import { Messages } from './messages.tsx';
import { Outside } from './outside.tsx';
import { Problems } from './problems.tsx';
import { RunButton } from './run-button.tsx';
import { ToApprove } from './to-approve.tsx';
import { ToCompleteLine } from './to-complete-line.tsx';

export function TodayPage() {
  const { company, mayAct, openMessage, openImport } = useInside();
  const words = useWords();
  const language = useLanguage();
  const figures = useFigures(company.id);
  useMessageOfTheAddress();
  return (
    <Page
      title={formatLongDay(company.today, language)}
      actions={
        mayAct ? (
          <>
            <Button variant="default" onClick={() => openImport('invoices')}>
              {words.import.button}
            </Button>
            <RunButton company={company} />
          </>
        ) : null
      }
    >
      <Figures query={figures} />
      <ToApprove company={company} mayAct={mayAct} />
      <Problems company={company} mayAct={mayAct} onOpen={openMessage} />
      <DueToday
        company={company}
        hasInvoices={(figures.data?.openInvoices ?? 1) > 0}
        onImport={mayAct ? () => openImport('invoices') : null}
      />
      <ToCompleteLine />
      <Outside company={company} figures={figures.data} mayAct={mayAct} />
      <Messages company={company} ready={figures.data?.ready ?? 0} />
    </Page>
  );
}

/** `?message=…` opens that message once; closed, the address is the day's again. */
function useMessageOfTheAddress(): void {
  const { openMessage } = useInside();
  const { message } = useSearch({ from: '/' });
  const navigate = useNavigate();
  useEffect(() => {
    if (message === undefined) return;
    openMessage([message]);
    void navigate({ to: '/', search: {}, replace: true });
  }, [message, openMessage, navigate]);
}
