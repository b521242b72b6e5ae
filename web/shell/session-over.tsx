// The session ended while somebody was at work: the password is asked over the screen, which stays as it is, with all that was
// typed in it.
import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { signedOut } from '../api.ts';
import { SignInForm } from '../parts/sign-in-form.tsx';
import { useSession } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { wordsOf } from '../words/words.tsx';

const fr = {
  title: 'Session terminée',
  hint: 'Connectez-vous de nouveau : ce que vous avez saisi est toujours là.',
};
const en: typeof fr = {
  title: 'Session over',
  hint: 'Sign in again: what you typed is still there.',
};
const useSessionOverWords = wordsOf({ fr, en });

export function SessionOver() {
  const words = useSessionOverWords();
  const client = useQueryClient();
  const session = useSession(true);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const tell = () => setOver(true);
    signedOut.addEventListener('signed-out', tell);
    return () => signedOut.removeEventListener('signed-out', tell);
  }, []);
  const close = () => setOver(false);
  const email = session.data?.user?.email;
  return (
    <Dialog opened={over} onClose={close} title={words.title}>
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <SignInForm
          {...(email === undefined ? {} : { email })}
          onDone={() => {
            close();
            return client.invalidateQueries();
          }}
        />
      </Stack>
    </Dialog>
  );
}
