// The customers of a level, each with its invoices folded below it.
import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerDue } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { Bell } from '../../parts/bell.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import type { Selection } from '../../ui/selection.ts';
import { useDueWords } from './words.ts';

export function CustomersDue({ rows, selection }: { rows: CustomerDue[]; selection: Selection | null }) {
  const words = useDueWords();
  const ids = rows.map((row) => row.customerId);
  const all = selection !== null && ids.every((id) => selection.chosen.has(id));
  return (
    <>
      {selection === null || rows.length < 2 ? null : (
        <Checkbox
          size="xs"
          my="xs"
          ml="sm"
          label={words.selectAll}
          checked={all}
          indeterminate={!all && ids.some((id) => selection.chosen.has(id))}
          onChange={() => selection.toggleAll(ids)}
        />
      )}
      <ul className="due">
        {rows.map((row) => (
          <Customer key={row.customerId} row={row} selection={selection} />
        ))}
      </ul>
    </>
  );
}

function Customer({ row, selection }: { row: CustomerDue; selection: Selection | null }) {
  const { company } = useInside();
  const words = useDueWords();
  const format = useFormat(company.today);
  const [unfolded, setUnfolded] = useState(false);
  return (
    <li>
      <div className="due-line">
        {selection === null ? null : (
          <Checkbox
            size="xs"
            aria-label={words.select(row.customerName)}
            checked={selection.chosen.has(row.customerId)}
            onChange={() => selection.toggle(row.customerId)}
          />
        )}
        <button
          type="button"
          className="unfold"
          aria-expanded={unfolded}
          aria-label={words.show(row.customerName)}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? '▾' : '▸'}
        </button>
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
        <span className="quiet">{words.invoices(row.invoices.length)}</span>
        <span className="due-next">
          <Bell how={row.nextOn === null ? 'paused' : 'active'} />
          {row.nextOn === null ? words.held : format.day(row.nextOn)}
        </span>
        <strong className="figures due-amount">
          {row.open.map((one) => format.amount(one.minor, one.currency)).join(' · ')}
        </strong>
      </div>
      {unfolded ? <Invoices row={row} /> : null}
    </li>
  );
}

function Invoices({ row: { customerName, invoices } }: { row: CustomerDue }) {
  const { company } = useInside();
  const words = useDueWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const columns: Column<CustomerDue['invoices'][number]>[] = [
    {
      title: words.invoice,
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
    {
      title: words.reached,
      cell: (row) =>
        row.level === null || row.remindedOn === null ? (
          <span className="quiet">{words.none}</span>
        ) : (
          words.reachedOn(row.level, format.day(row.remindedOn))
        ),
    },
    {
      title: words.next,
      cell: (row) => (row.state === 'waiting' && row.nextOn !== null ? format.day(row.nextOn) : reason(row.reason)),
    },
    { title: words.amount, amount: true, cell: (row) => format.amount(row.totalMinor, row.currency) },
    { title: words.open, amount: true, cell: (row) => format.amount(row.openMinor, row.currency) },
  ];
  return <Rows label={words.invoicesOf(customerName)} columns={columns} rows={invoices} keyOf={(row) => row.id} />;
}
