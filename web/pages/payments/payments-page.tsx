// "Encaissements": what came in, the latest first, and what of it is not allocated yet.
import { Button, Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import type { PaymentRow } from '../../../src/contract/payment.ts';
import { useInside } from '../../inside.tsx';
import { queryOf, useList } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
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
  const columns: Column<PaymentRow>[] = [
    {
      title: words.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    { title: words.day, cell: (row) => format.day(row.receivedOn) },
    {
      title: words.reference,
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
    {
      title: words.left,
      amount: true,
      cell: (row) => (row.unallocatedMinor === 0 ? '' : format.amount(row.unallocatedMinor, row.currency)),
    },
    {
      title: words.amount,
      amount: true,
      cell: (row) => <strong>{format.amount(row.amountMinor, row.currency)}</strong>,
    },
  ];
  return (
    <Page
      title={screens.payments}
      detail={words.intro}
      actions={
        mayAct ? (
          <Button variant="default" onClick={() => openImport('payments')}>
            {importWords.button}
          </Button>
        ) : null
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
            <Rows label={screens.payments} columns={columns} rows={shown} keyOf={(row) => row.id} />
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
