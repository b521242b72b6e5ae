// The text of one message before the figures are filled in. What was typed stays when the server refuses a tag.
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { MessageText, ReminderRow } from '../../../src/contract/reminder.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { useApproveWords } from './words.ts';

export function EditForm({ reminder, onClose }: { reminder: ReminderRow; onClose: () => void }) {
  const { company } = useInside();
  const text = useThing<MessageText>(company.id, `reminders/${reminder.id}/text`);
  return (
    <Loaded query={text} data={text.data}>
      {(before) => <Form reminderId={reminder.id} before={before} onClose={onClose} />}
    </Loaded>
  );
}

function Form({ reminderId, before, onClose }: { reminderId: string; before: MessageText; onClose: () => void }) {
  const { company } = useInside();
  const { cancel } = useWords();
  const words = useApproveWords();
  const tell = useTell();
  const [subject, setSubject] = useState(before.subject);
  const [body, setBody] = useState(before.body);
  const edit = useChange(company.id, (text: { subject: string; body: string }) =>
    call('PATCH', at(company.id, `/reminders/${reminderId}`), text),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(
      { subject, body },
      {
        onSuccess: () => {
          tell.done(words.edited);
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.editHint}</Text>
        <TextInput
          label={words.subject}
          value={subject}
          required
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label={words.body}
          value={body}
          required
          rows={16}
          data-autofocus
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        {edit.isError ? <Failure error={edit.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" loading={edit.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
