// A user who is a member of no company: what to do, and the way out.
import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api.ts';
import { useWords } from '../../words/words.tsx';
import { Doorstep } from './doorstep.tsx';

export function NoCompany() {
  const words = useWords();
  const client = useQueryClient();
  const leave = async () => {
    await call('DELETE', '/api/session');
    await client.resetQueries();
  };
  return (
    <Doorstep title={words.application}>
      <Stack align="flex-start">
        <Text>{words.account.noCompany}</Text>
        <Button variant="default" onClick={() => void leave()}>
          {words.account.signOut}
        </Button>
      </Stack>
    </Doorstep>
  );
}
