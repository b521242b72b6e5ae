// The report of reminding many customers: how far it is, the messages that were prepared, what was left out and why; as a file too.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Operation, OperationPart } from '../../../src/contract/operation.ts';
import { useInside } from '../../inside.tsx';
import { isRunning, OperationProgress, useOperation, useUndoOperation, useUntold } from '../../parts/operation.tsx';
import { allPages, useList } from '../../queries.ts';
import { saveCsv } from '../../ui/csv.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Page } from '../../ui/page.tsx';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
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
  return operation.data === undefined ? (
    <Page title={words.remind.title} back={<Link to="/due">← {screens.due}</Link>}>
      <Loaded query={operation} data={undefined} what={words.report}>
        {() => null}
      </Loaded>
    </Page>
  ) : (
    <Report key={operationId} operation={operation.data} />
  );
}

function Report({ operation }: { operation: Operation }) {
  const { company, mayAct } = useInside();
  const { screens, undo } = useWords();
  const words = useOperationPageWords();
  const kindWords = words[operation.kind];
  const language = useLanguage();
  const undoing = useUndoOperation();
  const tell = useTell();
  const parts = useList<OperationPart>(company.id, `operations/${operation.id}/parts`, '', 200);
  const finished = !isRunning(operation);
  const told = finished && !operation.undoable;
  const [untold, setUntold] = useUntold();
  useEffect(() => {
    if (told && untold === operation.id) setUntold(null);
  }, [told, untold, operation.id, setUntold]);
  const begun = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: company.timeZone,
  }).format(new Date(operation.startedAt));
  const exportAll = useExport(operation, parts);
  const approves = operation.kind === 'approve';
  const back = approves ? <Link to="/approve">← {screens.approve}</Link> : <Link to="/due">← {screens.due}</Link>;
  const state = operation.state === 'undone' ? words.undone : approves ? words.together : words.level(operation.level);
  return (
    <Page
      title={kindWords.title}
      back={back}
      detail={`${state} · ${begun}`}
      actions={
        <>
          <Button variant="default" onClick={() => void exportAll().catch(tell.failed)}>
            {words.export}
          </Button>
          {operation.messages > 0 && !approves ? (
            <Button component={Link} {...{ to: '/approve' }}>
              {words.read}
            </Button>
          ) : null}
          {operation.undoable && mayAct ? (
            <Button loading={undoing.isPending} onClick={() => undoing.undo(operation.id)}>
              {undo}
            </Button>
          ) : null}
        </>
      }
    >
      {finished ? null : <OperationProgress operation={operation} />}
      <dl className="amounts">
        <Figure title={kindWords.total} value={operation.total} />
        <Figure
          title={operation.state === 'undone' ? words.leftAlready : kindWords.messages}
          value={operation.messages}
        />
        <Figure title={kindWords.refused} value={operation.refused} />
        {operation.failed > 0 ? <Figure title={words.failed} value={operation.failed} /> : null}
      </dl>
      <LeftOut operation={operation} />
      <Section title={operation.state === 'undone' ? words.leftAlready : kindWords.messages} count={operation.messages}>
        <Loaded query={parts} data={parts.data?.pages.flatMap((page) => page.rows)}>
          {(rows) => <Messages label={kindWords.messages} rows={rows.filter((row) => row.reminderIds.length > 0)} />}
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
  const kindWords = words[operation.kind];
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
    <Section title={kindWords.leftOut} count={operation.refused}>
      <Loaded query={parts} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{isRunning(operation) ? words.notYet : kindWords.leftOutNone}</p>
          ) : (
            <Rows label={kindWords.leftOut} columns={columns} rows={shown} keyOf={(row) => row.id} />
          )
        }
      </Loaded>
      <MoreButton query={parts} />
    </Section>
  );
}

function Messages({ label, rows }: { label: string; rows: OperationPart[] }) {
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
          {words.readMessage}
        </Button>
      ),
    },
  ];
  return rows.length === 0 ? null : (
    <Rows label={label} columns={columns} rows={rows} keyOf={(row) => row.customerId} />
  );
}

function useWhy(): (part: OperationPart, reason: OperationPart['invoices'][number]['reason']) => string {
  const { company } = useInside();
  const words = useOperationPageWords();
  const inWords = useReason(company.today);
  return (part, reason) => (part.state === 'failed' ? words.failedWhy : inWords(reason));
}

/** Every invoice of the operation with what came of it. */
function useExport({ kind, state }: Operation, parts: ReturnType<typeof useList<OperationPart>>): () => Promise<void> {
  const words = useOperationPageWords();
  const kindWords = words[kind];
  const language = useLanguage();
  const whyOf = useWhy();
  return async () => {
    const rows = (await allPages(parts, most)).flatMap((page) => page.rows);
    saveCsv(
      kindWords.file,
      [words.customer, words.invoice, words.outcome, words.why],
      rows.flatMap((part) =>
        part.invoices.map(({ number, reason }) => {
          const out = reason !== null || part.state === 'failed';
          const isBack = part.state === 'undone' && !out && part.reminderIds.length === 0;
          const outcome =
            part.state === 'waiting'
              ? words.inTurn
              : out
                ? kindWords.notDone
                : isBack
                  ? words.waitsAgain
                  : state === 'undone'
                    ? words.leftAlready
                    : kindWords.done;
          return [part.customerName, number, outcome, out ? whyOf(part, reason) : ''];
        }),
      ),
      language,
    );
  };
}
