// "À valider": the messages that wait for a person, one open as it will leave, and the keys to go through them.
import { Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { useApproving } from '../../parts/use-approving.tsx';
import { useFigures, useList } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';
import { type Asking, AskingDialog } from './asking-dialog.tsx';
import { Review } from './review.tsx';
import { WaitingList } from './waiting-list.tsx';
import './approve.css';
import { type ChosenMessages, useChosen } from './use-chosen.ts';
import { useApproveWords } from './words.ts';

export function ApprovePage() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useApproveWords();
  const { postponed = false } = useSearch({ from: '/approve' });
  const waiting = useList<ReminderRow>(company.id, 'reminders', `state=${postponed ? 'postponed' : 'to_approve'}`, 200);
  // While the other list is loaded, the rows of this one are none of its.
  const rows = waiting.isPlaceholderData ? undefined : waiting.data?.pages.flatMap((page) => page.rows);
  return (
    <Page
      title={postponed ? words.postponedTitle : screens.approve}
      detail={postponed ? words.postponedIntro : words.intro}
      back={postponed ? <Link to="/approve">{words.backToApprove}</Link> : null}
      actions={postponed ? null : <Postponed />}
    >
      <Loaded query={waiting} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{postponed ? words.nonePostponed : words.empty}</Text>
            </Empty>
          ) : (
            <Approving key={String(postponed)} rows={shown} query={waiting} postponed={postponed} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** To what was postponed, where there is any. */
function Postponed() {
  const { company } = useInside();
  const words = useApproveWords();
  const count = useFigures(company.id).data?.postponed ?? 0;
  return count === 0 ? null : (
    <Link to="/approve" search={{ postponed: true }}>
      {words.postponedCount(count)}
    </Link>
  );
}

type Waiting = ReturnType<typeof useList<ReminderRow>>;

/** So many messages before the last that is loaded, the next ones are asked for. */
const walkAhead = 50;

function Approving({ rows, query, postponed }: { rows: ReminderRow[]; query: Waiting; postponed: boolean }) {
  const { company, mayAct } = useInside();
  const words = useApproveWords();
  const found = useFigures(company.id).data;
  // They count what waits now.
  const figures = postponed ? undefined : found;
  const chosen = useChosen(rows, query.hasNextPage, figures);
  const { selection } = chosen;
  const approving = useApproving();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { open, index, isGone, show: showRow } = useOpen(rows, query);
  // Where the keys have led, though the screen is not drawn yet: of two that are hit in a moment both count.
  const aimed = useRef(open.id);
  useLayoutEffect(() => {
    aimed.current = open.id;
  }, [open.id]);
  const show = (row: ReminderRow | undefined) => {
    if (row === undefined) return;
    aimed.current = row.id;
    showRow(row);
  };
  const following = isGone ? rows[index] : rows[index + 1];
  /** The one that follows is open when this one is gone. */
  const leave = () => show(following ?? rows[index - 1]);
  const approve = () => {
    leave();
    approving.approve([open.id]);
  };
  const walk = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === aimed.current);
    show(at !== -1 ? rows[at + by] : by === 1 ? following : rows[index - 1]);
  };
  const go = (what: () => void) => () => {
    if (asking === null) what();
  };
  // Where somebody else has dealt with the message that is read, no key may hit the one that takes its place.
  const act = (what: () => void) => go(() => mayAct && !isGone && what());
  useKeys({
    J: go(() => walk(1)),
    K: go(() => walk(-1)),
    V: act(approve),
    E: act(() => setAsking({ kind: 'edit', reminder: open })),
    R: act(() => setAsking({ kind: 'postpone', reminder: open })),
    X: act(() => setAsking({ kind: 'refuse', reminder: open })),
    '-': act(() => open.invoices.length > 1 && setAsking({ kind: 'leave-out', reminder: open })),
    Z: go(() => mayAct && approving.undoLast()),
    'shift+?': go(() => setAsking({ kind: 'keys' })),
    '?': go(() => setAsking({ kind: 'keys' })),
  });
  const approveChosen = () => {
    const { chosen: what } = chosen;
    if (selection.chosen.has(open.id)) show(rows.find((row) => !selection.chosen.has(row.id)));
    selection.clear();
    if ('reminderIds' in what) approving.approve(what.reminderIds);
    else approving.approveMany(what);
  };
  const total = query.hasNextPage ? Math.max(rows.length, figures?.toApprove ?? 0) : rows.length;
  return (
    <div className="approving">
      <div className="approving-list">
        <WaitingList rows={rows} query={query} openId={open.id} selection={mayAct ? selection : null} onOpen={show} />
        <MoreButton query={query} />
        <ChosenToApprove chosen={chosen} isPending={approving.isPending} onApprove={approveChosen} />
      </div>
      {isGone ? (
        <Gone onNext={() => show(following ?? rows[index - 1])} />
      ) : (
        <Review key={open.id} reminder={open} place={words.position(index + 1, total)}>
          {mayAct ? <Actions open={open} onApprove={approve} onAsk={setAsking} /> : null}
        </Review>
      )}
      <AskingDialog asking={asking} onClose={() => setAsking(null)} onGone={leave} />
    </div>
  );
}

/**
 * The keys act on what is on the screen. useHotkeys takes new ones a moment after it is drawn, so it is given ones that look up what
 * they do: a key that is hit in that moment would act on the message before.
 */
function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useHotkeys(Object.keys(keys).map((key) => [key, () => latest.current[key]?.()]));
}

/** What is chosen comes to so much; and where all that is shown is chosen, the rest can be too. */
function ChosenToApprove({
  chosen: { count, amounts, further, chooseEverything },
  isPending,
  onApprove,
}: {
  chosen: ChosenMessages;
  isPending: boolean;
  onApprove: () => void;
}) {
  const { company } = useInside();
  const words = useApproveWords();
  const format = useFormat(company.today);
  if (count === 0) return null;
  return (
    <div className="approving-chosen">
      {further === null ? null : (
        <Button variant="subtle" size="compact-sm" onClick={chooseEverything}>
          {words.chooseEverything(further)}
        </Button>
      )}
      <Button fullWidth loading={isPending} onClick={onApprove}>
        {words.approveSelected(count)}
      </Button>
      <span className="quiet figures">
        {amounts.map(({ currency, minor }) => format.amount(minor, currency)).join(' + ')}
      </span>
    </div>
  );
}

/**
 * The message that is open: the one of the address, else the first, which is put in the address, so that it stays the one that is
 * read whatever the list becomes. `isGone`: it waits no more, because of somebody else or of money; `index` is then that of the one
 * in its place.
 */
function useOpen(
  rows: ReminderRow[],
  { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage }: Waiting,
) {
  const { reminder: chosenId, postponed } = useSearch({ from: '/approve' });
  const navigate = useNavigate();
  const show = (row: ReminderRow | undefined) =>
    row === undefined
      ? undefined
      : // The row that is opened is brought into sight by itself; the router would go back to the top after it.
        void navigate({ to: '/approve', search: { postponed, reminder: row.id }, replace: true, resetScroll: false });
  const [seen, setSeen] = useState({ row: rows[0]!, index: 0 });
  const found = rows.findIndex((row) => row.id === chosenId);
  const row = rows[found];
  // While rendering, not after it: no frame shows another message than the one that the keys act upon.
  if (row !== undefined && (row !== seen.row || found !== seen.index)) setSeen({ row, index: found });
  const first = rows[0]!;
  useEffect(() => {
    if (chosenId === undefined)
      void navigate({ to: '/approve', search: { postponed, reminder: first.id }, replace: true, resetScroll: false });
  }, [chosenId, postponed, first.id, navigate]);
  // A link, from the morning's mail say, may lead further down the list than is loaded.
  const further = chosenId !== undefined && row === undefined && seen.row.id !== chosenId && hasNextPage;
  // Whoever walks down the list by keyboard finds the next page there.
  const isNearEnd = row !== undefined && found >= rows.length - walkAhead && hasNextPage;
  useEffect(() => {
    if ((further || isNearEnd) && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [further, isNearEnd, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  if (row !== undefined) return { open: row, index: found, isGone: false, show };
  const isGone = chosenId !== undefined && !further;
  return { open: isGone ? seen.row : first, index: isGone ? Math.min(seen.index, rows.length - 1) : 0, isGone, show };
}

/** Somebody else decided, or money came, while it was read. */
function Gone({ onNext }: { onNext: () => void }) {
  const words = useApproveWords();
  return (
    <div className="review">
      <Empty>
        <Text role="status">{words.gone}</Text>
        <Button variant="light" onClick={onNext} rightSection={<kbd>J</kbd>}>
          {words.next}
        </Button>
      </Empty>
    </div>
  );
}

interface ActionsProps {
  open: ReminderRow;
  onApprove: () => void;
  onAsk: (asking: Asking) => void;
}

function Actions({ open, onApprove, onAsk }: ActionsProps) {
  const words = useApproveWords();
  const ask = (kind: 'edit' | 'postpone' | 'refuse' | 'leave-out') => () => onAsk({ kind, reminder: open });
  return (
    <Group gap="xs" className="approving-actions">
      <Button onClick={onApprove} rightSection={<kbd>V</kbd>}>
        {words.approve}
      </Button>
      <Button variant="default" onClick={ask('edit')} rightSection={<kbd>E</kbd>}>
        {words.edit}
      </Button>
      <Button variant="default" onClick={ask('postpone')} rightSection={<kbd>R</kbd>}>
        {words.postpone}
      </Button>
      {open.invoices.length > 1 ? (
        <Button variant="default" onClick={ask('leave-out')} rightSection={<kbd>-</kbd>}>
          {words.leaveOut}
        </Button>
      ) : null}
      <Button variant="default" color="red" onClick={ask('refuse')} rightSection={<kbd>X</kbd>}>
        {words.refuse}
      </Button>
      <Button
        variant="subtle"
        onClick={() => onAsk({ kind: 'keys' })}
        rightSection={<kbd>?</kbd>}
        className="keys-button"
      >
        {words.keys}
      </Button>
    </Group>
  );
}
