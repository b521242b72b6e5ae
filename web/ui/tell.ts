// A short word about what was done, in the corner; what failed stays until it is closed.
import { notifications } from '@mantine/notifications';
import { useWords } from '../words/words.tsx';
import { useSentence } from './failure.tsx';

/** So many words stand there at once: of more, those said first leave, and the newest never waits for its place. */
const most = 3;

/** Those that stand there, in the order in which they were said. */
const said: string[] = [];

export function useTell() {
  const { close } = useWords();
  const sentence = useSentence();
  const closeButtonProps = { 'aria-label': close };
  return {
    done: (message: string) => {
      const id = notifications.show({ message, closeButtonProps, onClose: () => forget(id) });
      said.push(id);
      for (const first of said.slice(0, -most)) notifications.hide(first);
    },
    failed: (error: unknown) =>
      notifications.show({ color: 'red', message: sentence(error), autoClose: false, closeButtonProps }),
  };
}

function forget(id: string): void {
  const at = said.indexOf(id);
  if (at !== -1) said.splice(at, 1);
}
