// What the customer owes, the longest due first, each with where its reminders stand.
import { Link } from '@tanstack/react-router';
import type { Customer } from '../../../src/contract/customer.ts';
import type { InvoiceRow } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { Standing } from '../../parts/standing.tsx';
import { useList } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useCustomerWords } from './words.ts';

export function OpenInvoices({ customer }: { customer: Customer }) {
  const { company } = useInside();
  const words = useCustomerWords();
  const format = useFormat(company.today);
  const list = useList<InvoiceRow>(company.id, 'invoices', `customerId=${customer.id}&state=open&order=due`, 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const columns: Column<InvoiceRow>[] = [
    {
      title: words.number,
      cell: (row) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }} className="together">
          {row.number}
        </Link>
      ),
    },
    {
      title: words.due,
      cell: (row) => (
        <>
          {row.dueOn === null ? null : <span className="together">{format.day(row.dueOn)}</span>}{' '}
          <span className="quiet together">{format.distance(row.dueOn)}</span>
        </>
      ),
    },
    { title: words.next, cell: (row) => <Standing dunning={row.dunning} /> },
    {
      title: words.open,
      amount: true,
      cell: (row) => <strong>{format.amount(row.openMinor, row.currency)}</strong>,
    },
  ];
  return (
    <Section
      title={words.invoices}
      count={customer.openInvoices}
      actions={
        <Link to="/invoices" search={{ state: 'all', search: customer.name }} className="quiet">
          {words.allInvoices}
        </Link>
      }
    >
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.noInvoices}</p>
          ) : (
            <Rows label={words.invoices} columns={columns} rows={shown} keyOf={(row) => row.id} />
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Section>
  );
}
