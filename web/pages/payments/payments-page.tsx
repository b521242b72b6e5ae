// "Encaissements": what came in, the latest first, and what of it is not allocated yet.
import { Button, Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import type { PaymentRow } from '../../../src/contract/payment.ts';
import type { PaymentColumn } from '../../../src/words/lists.ts';
import { useInside } from '../../inside.tsx';
import { ColumnsButton } from '../../parts/columns-button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { queryOf, useList } from '../../queries.ts';
import { type ChosenColumns, type ListColumn, useColumns } from '../../ui/columns.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';
import { usePaymentsWords } from './words.ts';

export function PaymentsPage() {
  const { company, mayAct, openImport } = useInside();
  const { screens, import: importWords } = useWords();
  const words = usePaymentsWords();
  const format = useFormat(company.today);
  const { since } = useSearch({ from: '/payments' });
  const list = useList<PaymentRow>(company.id, 'payments', queryOf({ since }));
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const columns = usePaymentColumns();
  return (
    <Page
      title={screens.payments}
      detail={words.intro}
      actions={
        <>
          <ColumnsButton columns={columns} />
          <ExportButton noun="payments" columns={columns} filter={{ since }} />
          {mayAct ? (
            <Button variant="default" onClick={() => openImport('payments')}>
              {importWords.button}
            </Button>
          ) : null}
        </>
      }
    >
      {since === undefined ? null : (
        <p className="sum">
          {words.since(format.day(since))} · <Link to="/payments">{words.everything}</Link>
        </p>
      )}
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length > 0 ? (
            <Rows
              label={screens.payments}
              columns={columns.shown}
              mayScroll={!columns.isOriginal}
              rows={shown}
              keyOf={(row) => row.id}
            />
          ) : (
            <Empty>
              <Text>{words.empty}</Text>
              {mayAct ? (
                <Button variant="light" onClick={() => openImport('payments')}>
                  {importWords.title}
                </Button>
              ) : null}
            </Empty>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Page>
  );
}

function usePaymentColumns(): ChosenColumns<PaymentRow, PaymentColumn> {
  const { company } = useInside();
  const words = usePaymentsWords();
  const format = useFormat(company.today);
  const titles = words.columns;
  const columns: ListColumn<PaymentRow, PaymentColumn>[] = [
    {
      code: 'customer',
      title: titles.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    { code: 'day', title: titles.day, cell: (row) => format.day(row.receivedOn) },
    {
      code: 'reference',
      title: titles.reference,
      cell: (row) => (
        <>
          {row.reference ?? row.number ?? ''}{' '}
          <span className="quiet">
            {row.kind === 'settlement' ? words.settlement : ''}
            {row.returnedOn === null ? '' : words.returned(format.day(row.returnedOn))}
          </span>
        </>
      ),
    },
    { code: 'number', title: titles.number, extra: true, cell: (row) => row.number },
    { code: 'kind', title: titles.kind, extra: true, cell: (row) => words.kinds[row.kind] },
    { code: 'reason', title: titles.reason, extra: true, cell: (row) => row.reason },
    {
      code: 'returned',
      title: titles.returned,
      extra: true,
      cell: (row) => (row.returnedOn === null ? '' : format.day(row.returnedOn)),
    },
    {
      code: 'left',
      title: titles.left,
      amount: true,
      cell: (row) => (row.unallocatedMinor === 0 ? '' : format.amount(row.unallocatedMinor, row.currency)),
    },
    {
      code: 'amount',
      title: titles.amount,
      amount: true,
      cell: (row) => <strong>{format.amount(row.amountMinor, row.currency)}</strong>,
    },
    { code: 'currency', title: titles.currency, extra: true, cell: (row) => row.currency },
  ];
  return useColumns(`${company.id}.payments`, columns);
}
