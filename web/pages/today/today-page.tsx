// The day: what waits for somebody, what is about to leave, what went wrong, what is due and why, what left last; how the company
// stands.
import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useInside } from '../../inside.tsx';
import { PromisesOfTheDay } from '../../parts/promises.tsx';
import { TasksOfTheDay } from '../../parts/tasks.tsx';
import { useFigures } from '../../queries.ts';
import { formatLongDay } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import { BankLine } from './bank-line.tsx';
import { DueToday } from './due-today.tsx';
import { Figures } from './figures.tsx';
import { Leaving } from './leaving.tsx';
import { Messages } from './messages.tsx';
import { Outside } from './outside.tsx';
import { Problems } from './problems.tsx';
import { RateLine } from './rate-line.tsx';
import { RunButton } from './run-button.tsx';
import { Tiles } from './tiles.tsx';
import { ToApprove } from './to-approve.tsx';
import { ToCompleteLine } from './to-complete-line.tsx';
import { useTodayWords } from './words.ts';

export function TodayPage() {
  const { company, mayAct, openMessage, openImport } = useInside();
  const words = useWords();
  const { day } = useTodayWords();
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
      <Loaded query={figures} data={figures.data} what={day}>
        {(shown) =>
          shown.customers === 0 ? null : (
            <>
              <Tiles company={company} figures={shown} mayAct={mayAct} />
              <Figures figures={shown} />
              <BankLine company={company} bank={shown.bank} />
              <RateLine waiting={shown.waitingForRate} />
            </>
          )
        }
      </Loaded>
      <ToApprove company={company} mayAct={mayAct} />
      <Leaving company={company} mayAct={mayAct} />
      <Problems company={company} mayAct={mayAct} onOpen={openMessage} />
      <TasksOfTheDay />
      <PromisesOfTheDay />
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
