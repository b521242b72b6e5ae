// What was just done, said in the corner, with the button that takes it back for as long as it can be.
import { notifications } from '@mantine/notifications';
import { useWords } from '../words/words.tsx';

interface Undoable {
  /** Said once at a time: the same name replaces what it said before. */
  id: string;
  text: string;
  /** So long it is offered. */
  seconds: number;
  /** Left out: nothing was done that could be taken back. */
  onUndo?: (() => void) | undefined;
}

export function useUndoable() {
  const { close, undo } = useWords();
  return ({ id, text, seconds, onUndo }: Undoable): void => {
    notifications.show({
      id,
      autoClose: seconds * 1000,
      closeButtonProps: { 'aria-label': close },
      message: (
        <span className="undoable">
          {text}
          {onUndo === undefined ? null : (
            <button
              type="button"
              className="link"
              onClick={() => {
                notifications.hide(id);
                onUndo();
              }}
            >
              {undo}
            </button>
          )}
        </span>
      ),
    });
  };
}
