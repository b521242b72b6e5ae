// The report of reminding many customers: how far it is, the messages that were prepared, what was left out and why; as a file too.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Operation, OperationPart } from '../../../src/contract/operation.ts';
import { useInside } from '../../inside.tsx';
import { OperationProgress, useOperation, useUntold } from '../../parts/operation.tsx';
import { allPages, useList } from '../../queries.ts';
import { saveCsv } from '../../ui/csv.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Page } from '../../ui/page.tsx';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import { useOperationPageWords } from './words.ts';

/** What one operation takes at most. */
const most = 20_000;

export function OperationPage() {
  const { company } = useInside();
  const words = useOperationPageWords();
  const { screens } = useWords();
  const { operationId } = useParams({ from: '/operations/$operationId' });
  const operation = useOperation(company.id, operationId);
  const back = <Link to="/due">← {screens.due}</Link>;
  return operation.data === undefined ? (
    <Page title={words.title} back={back}>
      <Loaded query={operation} data={undefined}>
        {() => null}
      </Loaded>
    </Page>
  ) : (
    <Report key={operationId} operation={operation.data} />
  );
}

function Report({ operation }: { operation: Operation }) {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useOperationPageWords();
  const language = useLanguage();
  const parts = useList<OperationPart>(company.id, `operations/${operation.id}/parts`, '', 200);
  const finished = operation.state === 'finished';
  const [untold, setUntold] = useUntold();
  useEffect(() => {
    if (finished && untold === operation.id) setUntold(null);
  }, [finished, untold, operation.id, setUntold]);
  const begun = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: company.timeZone,
  }).format(new Date(operation.startedAt));
  const exportAll = useExport(parts);
  return (
    <Page
      title={words.title}
      back={<Link to="/due">← {screens.due}</Link>}
      detail={`${words.level(operation.level)} · ${begun}`}
      actions={
        <>
          <Button variant="default" onClick={() => void exportAll()}>
            {words.export}
          </Button>
          {operation.messages > 0 ? (
            <Button component={Link} {...{ to: '/approve' }}>
              {words.approve}
            </Button>
          ) : null}
        </>
      }
    >
      {finished ? null : <OperationProgress operation={operation} />}
      <dl className="amounts">
        <Figure title={words.customers} value={operation.total} />
        <Figure title={words.messages} value={operation.messages} />
        <Figure title={words.refused} value={operation.refused} />
        {operation.failed > 0 ? <Figure title={words.failed} value={operation.failed} /> : null}
      </dl>
      <LeftOut operation={operation} />
      <Section title={words.all} count={operation.messages}>
        <Loaded query={parts} data={parts.data?.pages.flatMap((page) => page.rows)}>
          {(rows) => <Messages rows={rows.filter((row) => row.reminderIds.length > 0)} />}
        </Loaded>
        <MoreButton query={parts} />
      </Section>
    </Page>
  );
}

function Figure({ title, value }: { title: string; value: number }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className="figures">
        <strong>{value}</strong>
      </dd>
    </div>
  );
}

interface LeftOutInvoice {
  customerId: string;
  customerName: string;
  id: string;
  number: string;
  why: string;
}

function LeftOut({ operation }: { operation: Operation }) {
  const { company } = useInside();
  const words = useOperationPageWords();
  const whyOf = useWhy();
  const parts = useList<OperationPart>(company.id, `operations/${operation.id}/parts`, 'leftOut=true', 200);
  const rows = parts.data?.pages
    .flatMap((page) => page.rows)
    .flatMap((part) =>
      part.invoices.flatMap(({ id, number, reason }): LeftOutInvoice[] =>
        reason === null && part.state !== 'failed'
          ? []
          : [{ customerId: part.customerId, customerName: part.customerName, id, number, why: whyOf(part, reason) }],
      ),
    );
  const columns: Column<LeftOutInvoice>[] = [
    {
      title: words.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    {
      title: words.invoice,
      cell: (row) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }} className="together">
          {row.number}
        </Link>
      ),
    },
    { title: words.why, cell: (row) => row.why },
  ];
  return (
    <Section title={words.leftOut} count={operation.refused}>
      <Loaded query={parts} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.leftOutNone}</p>
          ) : (
            <Rows label={words.leftOut} columns={columns} rows={shown} keyOf={(row) => row.id} />
          )
        }
      </Loaded>
      <MoreButton query={parts} />
    </Section>
  );
}

function Messages({ rows }: { rows: OperationPart[] }) {
  const { openMessage } = useInside();
  const words = useOperationPageWords();
  const ids = rows.flatMap((row) => row.reminderIds);
  const columns: Column<OperationPart>[] = [
    {
      title: words.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    {
      title: words.invoices,
      cell: (row) => <Numbers numbers={row.invoices.filter((one) => one.reason === null).map((one) => one.number)} />,
    },
    {
      title: words.message,
      actions: true,
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.readOne(row.customerName)}
          onClick={() => openMessage(ids, ids.indexOf(row.reminderIds[0]!))}
        >
          {words.read}
        </Button>
      ),
    },
  ];
  return rows.length === 0 ? null : (
    <Rows label={words.all} columns={columns} rows={rows} keyOf={(row) => row.customerId} />
  );
}

function useWhy(): (part: OperationPart, reason: OperationPart['invoices'][number]['reason']) => string {
  const { company } = useInside();
  const words = useOperationPageWords();
  const inWords = useReason(company.today);
  return (part, reason) => (part.state === 'failed' ? words.failedWhy : inWords(reason));
}

/** Every invoice of the operation with what came of it. */
function useExport(parts: ReturnType<typeof useList<OperationPart>>): () => Promise<void> {
  const words = useOperationPageWords();
  const language = useLanguage();
  const whyOf = useWhy();
  return async () => {
    const rows = (await allPages(parts, most)).flatMap((page) => page.rows);
    saveCsv(
      'relances.csv',
      [words.customer, words.invoice, words.outcome, words.why],
      rows.flatMap((part) =>
        part.invoices.map(({ number, reason }) => {
          const out = reason !== null || part.state === 'failed';
          const outcome = part.state === 'waiting' ? words.inTurn : out ? words.notPrepared : words.prepared;
          return [part.customerName, number, outcome, out ? whyOf(part, reason) : ''];
        }),
      ),
      language,
    );
  };
}
