// Messages in a table: to whom, about what, at which level, when; each opens beside the list.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { sayActor } from '../../src/words/events.ts';
import { stateShown } from '../../src/words/values.ts';
import { useInside } from '../inside.tsx';
import { useFormat } from '../ui/format.ts';
import { LevelTag } from '../ui/level.tsx';
import { Numbers } from '../ui/numbers.tsx';
import { type Column, Rows } from '../ui/rows.tsx';
import { type Meaning, Tag } from '../ui/tag.tsx';
import { useWords } from '../words/words.tsx';
import { Channels } from './channel.tsx';
import { useHistoryWords } from './history-words.ts';

export function MessageRows({ label, rows }: { label: string; rows: ReminderRow[] }) {
  const { messages: words, today } = useWords();
  const cells = useMessageCells(rows);
  const columns: Column<ReminderRow>[] = [
    { title: today.customer, cell: cells.customer },
    { title: words.to, cell: cells.to },
    { title: today.invoice, cell: cells.invoices },
    { title: today.level, cell: cells.level },
    { title: words.date, cell: cells.dateAndState },
    { title: today.amount, amount: true, cell: cells.amount },
  ];
  return <Rows label={label} columns={columns} rows={rows} keyOf={(row) => row.id} />;
}

type MessageCell = 'customer' | 'to' | 'invoices' | 'level' | 'dateAndState' | 'amount';

/** What is shown of a message; one that is opened leads on to the others of `rows`. */
export function useMessageCells(rows: readonly ReminderRow[]): Record<MessageCell, (row: ReminderRow) => ReactNode> {
  const { company, openMessage } = useInside();
  const { messages: words } = useWords();
  const format = useFormat(company.today);
  const open = (row: ReminderRow) => {
    const ids = rows.filter(({ channel }) => channel !== 'task').map(({ id }) => id);
    openMessage(ids, ids.indexOf(row.id));
  };
  return {
    customer: (row) =>
      row.channel === 'task' ? (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ) : (
        <button type="button" className="link" onClick={() => open(row)} aria-label={words.open(row.customerName)}>
          {row.customerName}
        </button>
      ),
    to: (row) =>
      row.channel === 'task' ? <TaskTold row={row} /> : <span className="address">{row.to.join(', ')}</span>,
    invoices: (row) => <Numbers numbers={row.invoices.map((invoice) => invoice.number)} />,
    level: (row) => <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} kind={row.kind} />,
    dateAndState: (row) => (
      <span className="day-and-state">
        {format.day(row.leftOn ?? row.sendOn)} <Tag meaning={meanings[row.state]}>{words[stateShown(row)]}</Tag>
      </span>
    ),
    amount: (row) => format.asked(row),
  };
}

/** There is no message to open: what was done, and what came of it, stand here. */
export function TaskTold({ row: { task } }: { row: Pick<ReminderRow, 'task'> }) {
  const { by } = useHistoryWords();
  const told = task && [task.text, task.note, task.doneBy && sayActor(task.doneBy, by)];
  return (
    <span>
      <Channels channels={['task']} />
      {told === null ? null : (
        <span className="quiet">
          {' · '}
          {told.filter((part) => part !== null).join(' · ')}
        </span>
      )}
    </span>
  );
}

const meanings: Record<ReminderRow['state'], Meaning> = {
  to_approve: 'soon',
  ready: 'soon',
  sending: 'soon',
  sent: 'paid',
  in_doubt: 'late',
  failed: 'very-late',
  undelivered: 'very-late',
  dropped: 'due',
  refused: 'due',
  to_do: 'soon',
};
