// The one page: how the company stands, what is due today and why, what waits for somebody, the messages.
import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import { useFigures } from '../../queries.ts';
import { formatLongDay } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../words/words.tsx';
import { Banner } from './banner.tsx';
import { DueToday } from './due-today.tsx';
import { Figures } from './figures.tsx';
import { ImportModal } from './import-modal.tsx';
import { MessagePanel } from './message-panel.tsx';
import { Messages } from './messages.tsx';
import { Outside } from './outside.tsx';
import { type Payable, PaymentModal } from './payment-modal.tsx';
import { Problems } from './problems.tsx';
import { RunButton } from './run-button.tsx';
import { ToApprove } from './to-approve.tsx';
import { TopBar } from './top-bar.tsx';

interface TodayPageProps {
  company: Company;
  userName: string;
  companyIds: string[];
  onCompany: (companyId: string) => void;
}

/** What is open over the page. */
type Over =
  | { kind: 'import' }
  | { kind: 'payment'; invoice: Payable }
  | { kind: 'message'; ids: string[]; index: number }
  | null;

/** `?message=…` opens that message: each captured one has an address of its own. */
function messageOfTheAddress(): Over {
  const id = new URLSearchParams(window.location.search).get('message');
  return id === null ? null : { kind: 'message', ids: [id], index: 0 };
}

export function TodayPage({ company, userName, companyIds, onCompany }: TodayPageProps) {
  const [over, setOver] = useState<Over>(messageOfTheAddress);
  const words = useWords();
  const language = useLanguage();
  const figures = useFigures(company.id);
  const mayAct = company.role !== 'reader';
  const close = () => setOver(null);
  const openMessage = (ids: string[], index: number) => setOver({ kind: 'message', ids, index });
  return (
    <>
      <a className="skip" href="#content">
        {words.skipToContent}
      </a>
      <TopBar
        company={company}
        userName={userName}
        companyIds={companyIds}
        onCompany={onCompany}
        onPay={mayAct ? (invoice) => setOver({ kind: 'payment', invoice }) : null}
      />
      <main id="content" className="page">
        <Banner company={company} />
        <Group justify="space-between" gap="sm" my="md">
          <Title order={1} className="day">
            {formatLongDay(company.today, language)}
          </Title>
          {mayAct ? (
            <Group gap="xs" className="main-actions">
              <Button variant="default" onClick={() => setOver({ kind: 'import' })}>
                {words.import.button}
              </Button>
              <RunButton company={company} />
            </Group>
          ) : null}
        </Group>
        <Figures query={figures} />
        <ToApprove company={company} mayAct={mayAct} onOpen={openMessage} />
        <Problems company={company} mayAct={mayAct} onOpen={openMessage} />
        <DueToday
          company={company}
          hasInvoices={(figures.data?.openInvoices ?? 1) > 0}
          onImport={mayAct ? () => setOver({ kind: 'import' }) : null}
        />
        <Outside company={company} figures={figures.data} mayAct={mayAct} />
        <Messages company={company} ready={figures.data?.ready ?? 0} onOpen={openMessage} />
      </main>
      <ImportModal company={company} opened={over?.kind === 'import'} onClose={close} />
      <PaymentModal company={company} invoice={over?.kind === 'payment' ? over.invoice : null} onClose={close} />
      <MessagePanel
        company={company}
        reading={over?.kind === 'message' ? over : null}
        onMove={(index) => over?.kind === 'message' && setOver({ ...over, index })}
        onClose={close}
      />
    </>
  );
}
