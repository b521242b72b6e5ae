// One's own password. The new one ends the other sessions.
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useChange } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useTell } from '../../ui/tell.ts';
import { useSettingsWords } from './words.ts';

export function PasswordPart() {
  const { company } = useInside();
  const words = useSettingsWords();
  const tell = useTell();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setFresh] = useState('');
  const [tried, setTried] = useState(false);
  const change = useChange(company.id, () => call('PUT', '/api/session/password', { currentPassword, newPassword }));
  const tooShort = newPassword.length < 10;
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (tooShort) return;
        change.mutate(undefined, {
          onSuccess: () => {
            setCurrent('');
            setFresh('');
            setTried(false);
            tell.done(words.passwordDone);
          },
        });
      }}
    >
      <Stack gap="lg">
        <PasswordInput
          label={words.current}
          value={currentPassword}
          required
          autoComplete="current-password"
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.fresh}
          description={words.freshHint}
          value={newPassword}
          required
          autoComplete="new-password"
          error={tried && tooShort ? words.passwordTooShort : null}
          onChange={(event) => setFresh(event.currentTarget.value)}
        />
        {change.isError ? <Failure error={change.error} /> : null}
        <Group>
          <Button type="submit" loading={change.isPending}>
            {words.passwordSubmit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
