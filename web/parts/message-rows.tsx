// Messages in a table: to whom, about what, at which level, when; each opens beside the list.
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { useInside } from '../inside.tsx';
import { useFormat } from '../ui/format.ts';
import { LevelTag } from '../ui/level.tsx';
import { Numbers } from '../ui/numbers.tsx';
import { type Column, Rows } from '../ui/rows.tsx';
import { type Meaning, Tag } from '../ui/tag.tsx';
import { useWords } from '../words/words.tsx';

export function MessageRows({ label, rows }: { label: string; rows: ReminderRow[] }) {
  const { company, openMessage } = useInside();
  const { messages: words, today } = useWords();
  const format = useFormat(company.today);
  const ids = rows.map((row) => row.id);
  const columns: Column<ReminderRow>[] = [
    {
      title: today.customer,
      cell: (row) => (
        <button
          type="button"
          className="link"
          onClick={() => openMessage(ids, ids.indexOf(row.id))}
          aria-label={words.open(row.customerName)}
        >
          {row.customerName}
        </button>
      ),
    },
    { title: words.to, cell: (row) => <span className="address">{row.to.join(', ')}</span> },
    { title: today.invoice, cell: (row) => <Numbers numbers={row.invoices.map((invoice) => invoice.number)} /> },
    {
      title: today.level,
      cell: (row) => <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} />,
    },
    {
      title: words.date,
      cell: (row) => (
        <span className="day-and-state">
          {format.day(row.leftOn ?? row.sendOn)} <StateTag row={row} />
        </span>
      ),
    },
    { title: today.amount, amount: true, cell: (row) => format.amount(row.askedMinor ?? 0, row.currency) },
  ];
  return <Rows label={label} columns={columns} rows={rows} keyOf={(row) => row.id} />;
}

function StateTag({ row }: { row: ReminderRow }) {
  const { messages: words } = useWords();
  const captured = row.state === 'sent' && row.practice;
  return <Tag meaning={meanings[row.state]}>{captured ? words.captured : words[row.state]}</Tag>;
}

const meanings: Record<ReminderRow['state'], Meaning> = {
  to_approve: 'soon',
  ready: 'soon',
  sending: 'soon',
  sent: 'paid',
  in_doubt: 'late',
  failed: 'very-late',
  dropped: 'due',
  refused: 'due',
};
