// The messages as they left, or would have left: the latest first, each opens beside the list.
import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useReminders } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded, Section } from '../../ui/section.tsx';
import { type Meaning, Tag } from '../../ui/tag.tsx';
import { useWords } from '../../words/words.tsx';
import { Numbers } from './due-today.tsx';

interface MessagesProps {
  company: Company;
  /** How many are on their way: while there are some, the lists are asked for again. */
  ready: number;
  onOpen: (ids: string[], index: number) => void;
}

export function Messages({ company, ready, onOpen }: MessagesProps) {
  const { messages: words } = useWords();
  const left = useReminders(company.id, 'left');
  const waiting = useReminders(company.id, 'waiting');
  const client = useQueryClient();
  useEffect(() => {
    if (ready >= 0)
      for (const what of ['reminders', 'preview'])
        void client.invalidateQueries({ queryKey: ['company', company.id, what] });
  }, [ready, client, company.id]);
  const gone = (left.data?.pages ?? []).flatMap((page) => page.rows);
  const goneIds = new Set(gone.map((row) => row.id));
  // The two lists are asked for apart: what left between the one and the other is shown once.
  const rows = [
    ...(waiting.data?.pages ?? []).flatMap((page) => page.rows).filter((row) => !goneIds.has(row.id)),
    ...gone,
  ];
  return (
    <Section title={words.title} hint={company.mode === 'live' ? words.hintLive : words.hintPractice}>
      <Loaded query={left} data={left.data === undefined ? undefined : rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          ) : (
            <List company={company} rows={shown} onOpen={onOpen} />
          )
        }
      </Loaded>
      <MoreButton query={left} />
    </Section>
  );
}

function List({ company, rows, onOpen }: { company: Company; rows: ReminderRow[]; onOpen: MessagesProps['onOpen'] }) {
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
          onClick={() => onOpen(ids, ids.indexOf(row.id))}
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
        <>
          {format.day(row.leftOn ?? row.sendOn)} <StateTag row={row} />
        </>
      ),
    },
    { title: today.amount, amount: true, cell: (row) => format.amount(row.askedMinor ?? 0, row.currency) },
  ];
  return <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />;
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
