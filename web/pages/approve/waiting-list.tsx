// The messages that wait, one line or two each; the open one is marked. They can be chosen to be approved together. Five hundred are
// scrolled through as ten are: a row is drawn again only where it changes, and the next page is there before its first row is.
import { Checkbox } from '@mantine/core';
import { memo, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { WaitsTooLong } from '../../parts/waits-too-long.tsx';
import type { useList } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { useNearEnd } from '../../ui/near-end.ts';
import type { Selection } from '../../ui/selection.ts';
import { useApproveWords } from './words.ts';

interface WaitingListProps {
  rows: ReminderRow[];
  query: ReturnType<typeof useList<ReminderRow>>;
  openId: string;
  selection: Selection | null;
  onOpen: (row: ReminderRow) => void;
}

export function WaitingList({ rows, query, openId, selection, onOpen }: WaitingListProps) {
  const words = useApproveWords();
  const list = useRef<HTMLUListElement>(null);
  const end = useNearEnd<HTMLLIElement>(list, query);
  // The rows hold on to one thing that always leads to the latest handlers.
  const handlers = useRef<Handlers>({ open: onOpen, toggle: () => {} });
  useLayoutEffect(() => {
    handlers.current = { open: onOpen, toggle: (id) => selection?.toggle(id) };
  });
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
      <ul className="waiting" aria-label={words.list} ref={list}>
        {rows.map((row) => (
          <Waiting
            key={row.id}
            row={row}
            isOpen={row.id === openId}
            isChosen={selection === null ? null : selection.chosen.has(row.id)}
            handlers={handlers}
          />
        ))}
        {query.hasNextPage ? <li ref={end} aria-hidden="true" className="waiting-end" /> : null}
      </ul>
    </>
  );
}

interface Handlers {
  open: (row: ReminderRow) => void;
  toggle: (id: string) => void;
}

interface WaitingProps {
  row: ReminderRow;
  isOpen: boolean;
  /** null: nothing can be chosen. */
  isChosen: boolean | null;
  handlers: RefObject<Handlers>;
}

const Waiting = memo(function Waiting({ row, isOpen, isChosen, handlers }: WaitingProps) {
  const { company } = useInside();
  const words = useApproveWords();
  const format = useFormat(company.today);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li ref={item} data-open={isOpen || undefined}>
      {isChosen === null ? null : (
        <Checkbox
          size="xs"
          aria-label={words.select(row.customerName)}
          checked={isChosen}
          onChange={() => handlers.current.toggle(row.id)}
        />
      )}
      <button type="button" aria-current={isOpen || undefined} onClick={() => handlers.current.open(row)}>
        <span className="waiting-line">
          <strong>{row.customerName}</strong>
          <span className="figures">{format.asked(row)}</span>
        </span>
        <span className="waiting-line">
          <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} kind={row.kind} />
          <span className="quiet">
            {row.sendOn > company.today
              ? words.untilDay(format.day(row.sendOn))
              : row.kind === 'thanks'
                ? null
                : format.distance(row.invoices[0]?.dueOn ?? null)}
          </span>
        </span>
        <WaitsTooLong row={row} />
      </button>
    </li>
  );
});
