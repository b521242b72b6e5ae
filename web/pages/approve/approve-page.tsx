// "À valider": the messages that wait for a person, one open as it will leave, and the keys to go through them.
import { Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { useInside } from '../../inside.tsx';
import { useApproving } from '../../parts/use-approving.tsx';
import { useList } from '../../queries.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useSelection } from '../../ui/selection.ts';
import { useWords } from '../../words/words.tsx';
import { type Asking, AskingDialog } from './asking-dialog.tsx';
import { Review } from './review.tsx';
import { WaitingList } from './waiting-list.tsx';
import './approve.css';
import { useApproveWords } from './words.ts';

export function ApprovePage() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useApproveWords();
  const waiting = useList<ReminderRow>(company.id, 'reminders', 'state=to_approve', 200);
  const rows = waiting.data?.pages.flatMap((page) => page.rows);
  return (
    <Page title={screens.approve} detail={words.intro}>
      <Loaded query={waiting} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          ) : (
            <Approving rows={shown} more={<MoreButton query={waiting} />} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Approving({ rows, more }: { rows: ReminderRow[]; more: ReactNode }) {
  const { mayAct } = useInside();
  const words = useApproveWords();
  const { reminder: chosenId } = useSearch({ from: '/approve' });
  const navigate = useNavigate();
  const selection = useSelection();
  const approving = useApproving();
  const [asking, setAsking] = useState<Asking | null>(null);
  const found = rows.findIndex((row) => row.id === chosenId);
  const index = Math.max(0, found);
  const open = rows[index]!;
  const show = (row: ReminderRow | undefined) =>
    row === undefined ? undefined : void navigate({ to: '/approve', search: { reminder: row.id }, replace: true });
  /** The one that follows is open when this one is gone. */
  const leave = () => show(rows[index + 1] ?? rows[index - 1]);
  const approve = () => {
    leave();
    approving.approve([open.id]);
  };
  const go = (what: () => void) => () => {
    if (asking === null) what();
  };
  const act = (what: () => void) => go(() => mayAct && what());
  useHotkeys([
    ['J', go(() => show(rows[index + 1]))],
    ['K', go(() => show(rows[index - 1]))],
    ['V', act(approve)],
    ['E', act(() => setAsking({ kind: 'edit', reminder: open }))],
    ['R', act(() => setAsking({ kind: 'postpone', reminder: open }))],
    ['X', act(() => setAsking({ kind: 'refuse', reminder: open }))],
    ['-', act(() => open.invoices.length > 1 && setAsking({ kind: 'leave-out', reminder: open }))],
    ['Z', act(approving.undoLast)],
    ['shift+?', go(() => setAsking({ kind: 'keys' }))],
    ['?', go(() => setAsking({ kind: 'keys' }))],
  ]);
  const selected = rows.filter((row) => selection.chosen.has(row.id)).map((row) => row.id);
  return (
    <div className="approving">
      <div className="approving-list">
        <WaitingList rows={rows} openId={open.id} selection={mayAct ? selection : null} onOpen={show} />
        {more}
        {selected.length === 0 ? null : (
          <Button
            fullWidth
            mt="xs"
            loading={approving.isPending}
            onClick={() => {
              selection.clear();
              approving.approve(selected);
            }}
          >
            {words.approveSelected(selected.length)}
          </Button>
        )}
      </div>
      <Review key={open.id} reminder={open} place={words.position(index + 1, rows.length)}>
        {mayAct ? <Actions open={open} onApprove={approve} onAsk={setAsking} /> : null}
      </Review>
      <AskingDialog asking={asking} onClose={() => setAsking(null)} onGone={leave} />
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
