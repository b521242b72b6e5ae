// The instalments of an invoice that has several.
import type { Invoice } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { useInvoiceWords } from './words.ts';

export function Instalments({ invoice }: { invoice: Invoice }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const columns: Column<Invoice['instalments'][number]>[] = [
    { title: words.instalments, cell: (row) => words.instalment(row.position) },
    { title: words.dueOn, cell: (row) => (row.dueOn === null ? format.distance(null) : format.day(row.dueOn)) },
    { title: words.state, cell: (row) => (row.openMinor === 0 ? words.settled : reason(row.reason)) },
    { title: words.amount, amount: true, cell: (row) => format.amount(row.amountMinor, invoice.currency) },
    { title: words.open, amount: true, cell: (row) => format.amount(row.openMinor, invoice.currency) },
  ];
  return (
    <Section title={words.instalments}>
      <Rows label={words.instalments} columns={columns} rows={invoice.instalments} keyOf={(row) => row.receivableId} />
    </Section>
  );
}
