// A call, a mail, a meeting, noted: it stands in the history with its day.
import { Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useTell } from '../../ui/tell.ts';
import { useCustomerWords } from './words.ts';

const hows = ['call', 'email', 'letter', 'meeting', 'other'] as const;

export function ContactMadeForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { company } = useInside();
  const words = useCustomerWords();
  const tell = useTell();
  const [how, setHow] = useState<(typeof hows)[number]>('call');
  const [on, setOn] = useState(company.today);
  const [note, setNote] = useState('');
  const save = useChange(company.id, () =>
    call('POST', at(company.id, `/customers/${customer.id}/contacts-made`), { how, on, note }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.noted);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.noteHint}</Text>
        <Group grow>
          <NativeSelect
            label={words.noteHow}
            value={how}
            onChange={(event) => setHow(event.currentTarget.value as typeof how)}
            data={hows.map((value) => ({ value, label: words.hows[value] }))}
          />
          <TextInput
            type="date"
            label={words.noteOn}
            value={on}
            max={company.today}
            required
            onChange={(event) => setOn(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          label={words.noteText}
          value={note}
          required
          autosize
          minRows={3}
          data-autofocus
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot change={save} submit={words.noteSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
