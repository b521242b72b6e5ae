// The messages that wait, one line or two each; the open one is marked. They can be chosen to be approved together.
import { Checkbox } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { WaitsTooLong } from '../../parts/waits-too-long.tsx';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import type { Selection } from '../../ui/selection.ts';
import { useApproveWords } from './words.ts';

interface WaitingListProps {
  rows: ReminderRow[];
  openId: string;
  selection: Selection | null;
  onOpen: (row: ReminderRow) => void;
}

export function WaitingList({ rows, openId, selection, onOpen }: WaitingListProps) {
  const words = useApproveWords();
  return (
    <>
      {selection === null || rows.length < 2 ? null : (
        <Checkbox
          size="xs"
          mb="xs"
          label={words.selectAll}
          checked={rows.every((row) => selection.chosen.has(row.id))}
          indeterminate={selection.chosen.size > 0 && !rows.every((row) => selection.chosen.has(row.id))}
          onChange={() => selection.toggleAll(rows.map((row) => row.id))}
        />
      )}
      <ul className="waiting" aria-label={words.list}>
        {rows.map((row) => (
          <Waiting key={row.id} row={row} isOpen={row.id === openId} selection={selection} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
}

function Waiting({
  row,
  isOpen,
  selection,
  onOpen,
}: {
  row: ReminderRow;
  isOpen: boolean;
  selection: Selection | null;
  onOpen: (row: ReminderRow) => void;
}) {
  const { company } = useInside();
  const words = useApproveWords();
  const format = useFormat(company.today);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li ref={item} data-open={isOpen || undefined}>
      {selection === null ? null : (
        <Checkbox
          size="xs"
          aria-label={words.select(row.customerName)}
          checked={selection.chosen.has(row.id)}
          onChange={() => selection.toggle(row.id)}
        />
      )}
      <button type="button" aria-current={isOpen || undefined} onClick={() => onOpen(row)}>
        <span className="waiting-line">
          <strong>{row.customerName}</strong>
          <span className="figures">{format.amount(row.askedMinor ?? 0, row.currency)}</span>
        </span>
        <span className="waiting-line">
          <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} />
          <span className="quiet">{format.distance(row.invoices[0]?.dueOn ?? null)}</span>
        </span>
        <WaitsTooLong row={row} />
      </button>
    </li>
  );
}
