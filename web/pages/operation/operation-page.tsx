// The report of what was done for many: how far it is, what was done, what was left out and why; as a file too.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Operation, OperationPart } from '../../../src/contract/operation.ts';
import { useInside } from '../../inside.tsx';
import {
  isMoving,
  isRunning,
  OperationProgress,
  useOperation,
  useUndoOperation,
  useUntold,
} from '../../parts/operation.tsx';
import { allPages, useList } from '../../queries.ts';
import { saveCsv } from '../../ui/csv.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Page } from '../../ui/page.tsx';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useLanguage, useWords } from '../../words/words.tsx';
import { useOperationPageWords, wordsOfKind } from './words.ts';

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
  const kindWords = wordsOfKind(words, operation);
  const language = useLanguage();
  const undoing = useUndoOperation();
  const tell = useTell();
  const parts = useList<OperationPart>(company.id, `operations/${operation.id}/parts`, '', 200);
  const finished = !isRunning(operation);
  const told = !isMoving(operation);
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
  const asked = useAsked();
  const from = screenOf(operation);
  const didMessages = operation.kind === 'remind' || operation.kind === 'approve';
  const did = didMessages ? operation.messages : operation.changed;
  const didTitle = operation.state === 'undone' ? kindWords.undone : kindWords.messages;
  return (
    <Page
      title={kindWords.title}
      back={<Link to={`/${from}`}>← {screens[from]}</Link>}
      detail={`${asked(operation)} · ${begun}`}
      actions={
        <>
          <Button variant="default" onClick={() => void exportAll().catch(tell.failed)}>
            {words.export}
          </Button>
          {operation.messages > 0 && operation.kind === 'remind' ? (
            <Button component={Link} {...{ to: '/approve' }}>
              {words.read}
            </Button>
          ) : null}
          {operation.undoable && mayAct ? (
            <Button
              variant={didMessages ? 'filled' : 'default'}
              loading={undoing.isPending}
              onClick={() => undoing.undo(operation.id)}
            >
              {undo}
            </Button>
          ) : null}
        </>
      }
    >
      {finished ? null : <OperationProgress operation={operation} />}
      <dl className="amounts">
        <Figure title={kindWords.total} value={operation.total} />
        <Figure title={didTitle} value={did} />
        <Figure title={kindWords.refused} value={operation.refused} />
        {operation.failed > 0 ? <Figure title={words.failed} value={operation.failed} /> : null}
      </dl>
      <LeftOut operation={operation} />
      <Section title={didTitle} count={did}>
        <Loaded query={parts} data={parts.data?.pages.flatMap((page) => page.rows)}>
          {(rows) =>
            didMessages ? (
              <Messages label={kindWords.messages} rows={rows.filter((row) => row.reminderIds.length > 0)} />
            ) : (
              <Changed operation={operation} rows={rows} />
            )
          }
        </Loaded>
        <MoreButton query={parts} />
      </Section>
    </Page>
  );
}

/** Where it was asked for. */
function screenOf({ kind, counted }: Operation): 'due' | 'approve' | 'customers' | 'invoices' {
  if (kind === 'remind') return 'due';
  if (kind === 'approve') return 'approve';
  return counted === 'invoices' ? 'invoices' : 'customers';
}

/** How it was asked for, or that it was undone. */
function useAsked(): (operation: Operation) => string {
  const { company } = useInside();
  const words = useOperationPageWords();
  const format = useFormat(company.today);
  return ({ kind, state, level, reason, untilOn, enrolment, sequenceTitle }) => {
    if (kind === 'remind') return words.level(level);
    if (kind === 'approve') return state === 'undone' ? words.undone : words.together;
    if (kind === 'enrol') return sequenceTitle ?? words.enrolments[enrolment ?? 'rules'];
    if (state === 'undone') return words.pauseUndone;
    const until = untilOn === null ? words.pausedOpen : words.pausedUntil(format.day(untilOn));
    return reason === null || reason === '' ? until : `${until} · ${reason}`;
  };
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
  /** null: the customer itself. */
  invoice: { id: string; number: string } | null;
  why: string;
}

function LeftOut({ operation }: { operation: Operation }) {
  const { company } = useInside();
  const words = useOperationPageWords();
  const kindWords = wordsOfKind(words, operation);
  const whyOf = useWhy();
  const parts = useList<OperationPart>(company.id, `operations/${operation.id}/parts`, 'leftOut=true', 200);
  const rows = parts.data?.pages
    .flatMap((page) => page.rows)
    .flatMap((part) => {
      const { customerId, customerName } = part;
      return outcomesOf(part).flatMap(({ invoice, reason }): LeftOutInvoice[] =>
        reason === null && part.state !== 'failed'
          ? []
          : [{ customerId, customerName, invoice, why: whyOf(part, reason) }],
      );
    });
  const columns: Column<LeftOutInvoice>[] = [
    {
      title: words.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    ...(operation.counted === 'customers' && operation.kind !== 'remind'
      ? []
      : [
          {
            title: words.invoice,
            cell: ({ invoice }: LeftOutInvoice) =>
              invoice === null ? null : (
                <Link to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }} className="together">
                  {invoice.number}
                </Link>
              ),
          },
        ]),
    { title: words.why, cell: (row) => row.why },
  ];
  return (
    <Section title={kindWords.leftOut} count={operation.refused}>
      <Loaded query={parts} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{isRunning(operation) ? words.notYet : kindWords.leftOutNone}</p>
          ) : (
            <Rows
              label={kindWords.leftOut}
              columns={columns}
              rows={shown}
              keyOf={(row) => row.invoice?.id ?? row.customerId}
            />
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

/** Those that were paused or enrolled. */
function Changed({ operation, rows }: { operation: Operation; rows: OperationPart[] }) {
  const words = useOperationPageWords();
  const ofInvoices = operation.counted === 'invoices';
  const changed = rows.filter(
    (part) => part.state === 'done' && outcomesOf(part).some(({ reason }) => reason === null),
  );
  const columns: Column<OperationPart>[] = [
    {
      title: words.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    ...(ofInvoices
      ? [
          {
            title: words.invoices,
            cell: (row: OperationPart) => (
              <Numbers numbers={row.invoices.filter((one) => one.reason === null).map((one) => one.number)} />
            ),
          },
        ]
      : []),
  ];
  return changed.length === 0 ? null : (
    <Rows
      label={wordsOfKind(words, operation).messages}
      columns={columns}
      rows={changed}
      keyOf={(row) => row.customerId}
    />
  );
}

interface OneOutcome {
  invoice: { id: string; number: string } | null;
  reason: OperationPart['reason'];
}

/** What came of each of its invoices, or of the customer where it is the customer that was chosen. */
const outcomesOf = ({ reason, invoices }: OperationPart): OneOutcome[] =>
  invoices.length === 0
    ? [{ invoice: null, reason }]
    : invoices.map(({ reason: why, ...invoice }) => ({ invoice, reason: why }));

function useWhy(): (part: OperationPart, reason: OperationPart['reason']) => string {
  const { company } = useInside();
  const words = useOperationPageWords();
  const inWords = useReason(company.today);
  return (part, reason) => (part.state === 'failed' ? words.failedWhy : inWords(reason));
}

/** Every invoice of the operation, or every customer, with what came of it. */
function useExport(operation: Operation, parts: ReturnType<typeof useList<OperationPart>>): () => Promise<void> {
  const words = useOperationPageWords();
  const kindWords = wordsOfKind(words, operation);
  const language = useLanguage();
  const whyOf = useWhy();
  return async () => {
    const rows = (await allPages(parts, most)).flatMap((page) => page.rows);
    saveCsv(
      kindWords.file,
      [words.customer, words.invoice, words.outcome, words.why],
      rows.flatMap((part) =>
        outcomesOf(part).map(({ invoice, reason }) => {
          const out = reason !== null || part.state === 'failed';
          const isBack = part.state === 'undone' && !out && part.reminderIds.length === 0;
          const outcome =
            part.state === 'waiting'
              ? words.inTurn
              : out
                ? kindWords.notDone
                : isBack
                  ? kindWords.back
                  : operation.state === 'undone'
                    ? kindWords.undone
                    : kindWords.done;
          return [part.customerName, invoice?.number ?? '', outcome, out ? whyOf(part, reason) : ''];
        }),
      ),
      language,
    );
  };
}
