// "Factures": what is open, by how it stands; searched, filtered, chosen in numbers. The filters live in the address.
import { Button, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { InvoiceRow, InvoicesSum } from '../../../src/contract/invoice.ts';
import type { InvoiceColumn } from '../../../src/words/lists.ts';
import { useInside } from '../../inside.tsx';
import { ColumnsButton } from '../../parts/columns-button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { NewInvoiceDialog } from '../../parts/new-invoice-dialog.tsx';
import { Standing } from '../../parts/standing.tsx';
import { allPages, queryOf, useList, useThing } from '../../queries.ts';
import { type ChosenColumns, type ListColumn, useColumns } from '../../ui/columns.ts';
import { daysBetween, useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useSelection } from '../../ui/selection.ts';
import { Tag } from '../../ui/tag.tsx';
import { useWords } from '../../words/words.tsx';
import { ChosenInvoices } from './chosen-invoices.tsx';
import { InvoiceFilters, stateOf } from './invoice-filters.tsx';
import { useInvoicesWords } from './words.ts';

/** What one operation takes. */
const most = 20_000;

export function InvoicesPage() {
  const { company, mayAct, openImport } = useInside();
  const { screens, import: importWords } = useWords();
  const words = useInvoicesWords();
  const filters = useSearch({ from: '/invoices' });
  const navigate = useNavigate();
  const state = stateOf(filters.state);
  const filter = { state, search: filters.search, order: 'due' };
  const list = useList<InvoiceRow>(company.id, 'invoices', queryOf(filter));
  const sum = useThing<InvoicesSum>(company.id, `invoices/sum?${queryOf({ state, search: filters.search })}`);
  const columns = useInvoiceColumns();
  const selection = useSelection();
  const [adding, setAdding] = useState(false);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const filtered = filters.state !== undefined || filters.search !== undefined;
  return (
    <Page
      title={screens.invoices}
      actions={
        <>
          <ColumnsButton columns={columns} />
          <ExportButton noun="invoices" columns={columns} filter={filter} />
          {mayAct ? (
            <>
              <Button variant="default" onClick={() => openImport('invoices')}>
                {importWords.button}
              </Button>
              <Button onClick={() => setAdding(true)}>{words.add}</Button>
            </>
          ) : null}
        </>
      }
    >
      <InvoiceFilters state={state} search={filters.search ?? ''} sum={sum.data} />
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length > 0 ? (
            <Rows
              label={screens.invoices}
              columns={columns.shown}
              mayScroll={!columns.isOriginal}
              rows={shown}
              keyOf={(row) => row.id}
              choosing={{ selection, label: (row) => words.select(row.number), labelAll: words.selectAll }}
            />
          ) : (
            <Empty>
              <Text>{filtered ? words.nothing : words.empty}</Text>
              {filtered ? (
                <Button variant="light" onClick={() => void navigate({ to: '/invoices', search: { state: 'all' } })}>
                  {words.showAll}
                </Button>
              ) : mayAct ? (
                <Button variant="light" onClick={() => openImport('invoices')}>
                  {importWords.title}
                </Button>
              ) : null}
            </Empty>
          )
        }
      </Loaded>
      <MoreButton query={list} />
      <ChosenInvoices
        selection={selection}
        rows={rows ?? []}
        total={sum.data?.invoices ?? null}
        columns={columns}
        filter={filter}
        loadAll={async () => (await allPages(list, most)).flatMap((page) => page.rows)}
      />
      <NewInvoiceDialog opened={adding} customer={null} onClose={() => setAdding(false)} />
    </Page>
  );
}

function useInvoiceColumns(): ChosenColumns<InvoiceRow, InvoiceColumn> {
  const { company } = useInside();
  const words = useInvoicesWords();
  const format = useFormat(company.today);
  const titles = words.columns;
  const columns: ListColumn<InvoiceRow, InvoiceColumn>[] = [
    {
      code: 'number',
      title: titles.number,
      cell: (row) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }} className="together">
          {row.number}
        </Link>
      ),
    },
    {
      code: 'customer',
      title: titles.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }} className="plain-link">
          {row.customerName}
        </Link>
      ),
    },
    { code: 'customerNumber', title: titles.customerNumber, extra: true, cell: (row) => row.customerNumber },
    { code: 'type', title: titles.type, extra: true, cell: (row) => words.types[row.type] },
    { code: 'status', title: titles.status, extra: true, cell: (row) => words.statuses[row.status] },
    {
      code: 'issued',
      title: titles.issued,
      extra: true,
      cell: (row) => <span className="together">{format.day(row.issuedOn)}</span>,
    },
    {
      code: 'due',
      title: titles.due,
      cell: (row) => (
        <>
          {row.dueOn === null ? null : <span className="together">{format.day(row.dueOn)}</span>}{' '}
          {row.openMinor > 0 ? <span className="quiet together">{format.distance(row.dueOn)}</span> : null}
        </>
      ),
    },
    { code: 'late', title: titles.late, extra: true, amount: true, cell: (row) => daysLate(row, company.today) },
    { code: 'level', title: titles.level, cell: (row) => <LevelReached row={row} /> },
    {
      code: 'next',
      title: titles.next,
      cell: (row) => <Standing dunning={row.openMinor > 0 ? row.dunning : null} />,
    },
    { code: 'total', title: titles.total, amount: true, cell: (row) => format.amount(row.totalMinor, row.currency) },
    { code: 'open', title: titles.open, amount: true, cell: (row) => <OpenAmount row={row} /> },
    { code: 'currency', title: titles.currency, extra: true, cell: (row) => row.currency },
  ];
  return useColumns(`${company.id}.invoices`, columns);
}

function daysLate({ openMinor, dueOn }: InvoiceRow, today: string): number | null {
  const late = openMinor > 0 && dueOn !== null ? daysBetween(dueOn, today) : 0;
  return late > 0 ? late : null;
}

function LevelReached({ row }: { row: InvoiceRow }) {
  const words = useInvoicesWords();
  if (row.disputed) return <Tag meaning="paused">{words.disputed}</Tag>;
  if (row.level === null) return <span className="quiet">{words.noLevel}</span>;
  const meaning = row.level === 0 ? 'soon' : row.level >= 3 ? 'very-late' : row.level === 2 ? 'late' : 'due';
  return <Tag meaning={meaning}>R{row.level}</Tag>;
}

function OpenAmount({ row }: { row: InvoiceRow }) {
  const { company } = useInside();
  const words = useInvoicesWords();
  const format = useFormat(company.today);
  if (row.type === 'credit_note') return <Tag meaning="due">{words.creditNote}</Tag>;
  if (row.openMinor === 0) return <Tag meaning="paid">{words.settled}</Tag>;
  return <strong>{format.amount(row.openMinor, row.currency)}</strong>;
}
