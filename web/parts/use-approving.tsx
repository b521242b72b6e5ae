// Approving, with ten seconds to think again. What somebody else did in the meantime is told.
import { notifications } from '@mantine/notifications';
import { useRef } from 'react';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { useTell } from '../ui/tell.ts';
import { useUndoable } from '../ui/undoable.tsx';
import { wordsOf } from '../words/words.tsx';
import { useUndoOperation, useUntold } from './operation.tsx';

export const undoSeconds = 10;

/** From so many messages on they are approved in the background: its progress, its report and its undoing stand in a corner. */
const manyMessages = 100;

/** Messages to approve: those that are named, or all that wait, up to the newest that was shown, but for some. */
export type Chosen = { reminderIds: readonly string[] } | { upTo: string; except: readonly string[] };

const fr = {
  approved: (count: number) => (count >= 2 ? `${count} messages validés.` : 'Message validé.'),
  partly: (approved: number, already: number, dropped: number) =>
    [
      `${approved} validé${approved >= 2 ? 's' : ''}`,
      already > 0 ? `${already} déjà traité${already >= 2 ? 's' : ''} par quelqu’un d’autre` : '',
      dropped > 0 ? `${dropped} retiré${dropped >= 2 ? 's' : ''} : réglé, en pause ou en litige entre-temps` : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
      .concat('.'),
  undone: 'Validation annulée : le message attend de nouveau.',
  tooLate: 'Trop tard : le message est déjà parti.',
};
const en: typeof fr = {
  approved: (count) => (count === 1 ? 'Message approved.' : `${count} messages approved.`),
  partly: (approved, already, dropped) =>
    [
      `${approved} approved`,
      already > 0 ? `${already} already handled by somebody else` : '',
      dropped > 0 ? `${dropped} taken out: paid, paused or disputed in the meantime` : '',
    ]
      .filter((part) => part !== '')
      .join(', ')
      .concat('.'),
  undone: 'Approval undone: the message waits again.',
  tooLate: 'Too late: the message has left.',
};
const useApprovingWords = wordsOf({ fr, en });

interface Approved {
  approved: number;
  already: number;
  dropped: number;
}

export function useApproving() {
  const { company } = useInside();
  const words = useApprovingWords();
  const tell = useTell();
  const undoable = useUndoable();
  const operations = useUndoOperation();
  const [, setUntold] = useUntold();
  /** What the key Z takes back. */
  const last = useRef<readonly string[] | { operationId: string }>([]);
  // What was done is told as soon as it is: the ten seconds do not wait for the list to be read again.
  const approving = useChange(company.id, async (reminderIds: readonly string[]) =>
    told(reminderIds, await call<Approved>('POST', at(company.id, '/reminders/approve'), { reminderIds, undoSeconds })),
  );
  const beginning = useChange(company.id, async (chosen: Chosen) => {
    const begun = await call<{ operationId: string }>('POST', at(company.id, '/operations/approve'), chosen);
    last.current = begun;
    setUntold(begun.operationId);
  });
  const undoing = useChange(company.id, async (reminderIds: readonly string[]) => {
    const path = at(company.id, '/reminders/undo-approval');
    const { undone } = await call<{ undone: number }>('POST', path, { reminderIds });
    tell.done(undone > 0 ? words.undone : words.tooLate);
  });
  const undo = (reminderIds: readonly string[]): void => {
    if (reminderIds.length === 0) return;
    last.current = [];
    notifications.hide(idOf(reminderIds));
    undoing.mutate(reminderIds, { onError: tell.failed });
  };
  const told = (reminderIds: readonly string[], { approved, already, dropped }: Approved): void => {
    const text = already + dropped === 0 ? words.approved(approved) : words.partly(approved, already, dropped);
    if (approved > 0) last.current = reminderIds;
    undoable({
      id: idOf(reminderIds),
      text,
      seconds: undoSeconds,
      onUndo: approved > 0 ? () => undo(reminderIds) : undefined,
    });
  };
  const approveMany = (chosen: Chosen): void => beginning.mutate(chosen, { onError: tell.failed });
  return {
    isPending: approving.isPending || beginning.isPending,
    approve: (reminderIds: readonly string[]) =>
      reminderIds.length > manyMessages
        ? approveMany({ reminderIds })
        : approving.mutate(reminderIds, { onError: tell.failed }),
    approveMany,
    /** The same button for what was approved otherwise: a message that a person wrote and sent. */
    tellApproved: (reminderIds: readonly string[], text: string) => {
      last.current = reminderIds;
      undoable({ id: idOf(reminderIds), text, seconds: undoSeconds, onUndo: () => undo(reminderIds) });
    },
    undoLast: () => {
      const { current } = last;
      if (!('operationId' in current)) return undo(current);
      last.current = [];
      operations.undo(current.operationId);
    },
  };
}

const idOf = (reminderIds: readonly string[]): string => `approved ${reminderIds.join(' ')}`;
