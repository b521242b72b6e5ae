// "Ne pas envoyer": a reason if one wants, and what follows.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { useTell } from '../ui/tell.ts';
import { useWords } from '../words/words.tsx';

interface RefuseFormProps {
  reminder: Pick<ReminderRow, 'id' | 'kind'>;
  onClose: () => void;
  onRefused: () => void;
}

export function RefuseForm({ reminder, onClose, onRefused }: RefuseFormProps) {
  const { company } = useInside();
  const { approve: words, cancel, optional } = useWords();
  const tell = useTell();
  const [reason, setReason] = useState('');
  const refuse = useChange(company.id, (why: string) =>
    call('POST', at(company.id, `/reminders/${reminder.id}/refuse`), { reason: why }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    refuse.mutate(reason, {
      onSuccess: () => {
        tell.done(words.refused);
        onRefused();
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{reminder.kind === 'thanks' ? words.refuseThanksHint : words.refuseHint}</Text>
        <TextInput
          label={`${words.refuseReason} (${optional})`}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        {refuse.isError ? <Failure error={refuse.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" color="red" loading={refuse.isPending}>
            {words.refuse}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The same, over the page. */
export function RefuseDialog({
  reminder,
  onClose,
}: {
  reminder: RefuseFormProps['reminder'] | null;
  onClose: () => void;
}) {
  const { approve: words } = useWords();
  return (
    <Dialog opened={reminder !== null} onClose={onClose} title={words.refuseTitle}>
      {reminder === null ? null : <RefuseForm reminder={reminder} onClose={onClose} onRefused={onClose} />}
    </Dialog>
  );
}
