// A short word about what was done, in the corner; what failed stays until it is closed.
import { notifications } from '@mantine/notifications';
import { useWords } from '../words/words.tsx';
import { useSentence } from './failure.tsx';

export function useTell() {
  const { close } = useWords();
  const sentence = useSentence();
  const closeButtonProps = { 'aria-label': close };
  return {
    done: (message: string) => notifications.show({ message, closeButtonProps }),
    failed: (error: unknown) =>
      notifications.show({ color: 'red', message: sentence(error), autoClose: false, closeButtonProps }),
  };
}
