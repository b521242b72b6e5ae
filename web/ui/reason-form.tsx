// What is taken back or given up, with why: one line, which must not be empty.
import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { FormFoot } from './form-foot.tsx';

interface ReasonFormProps {
  hint: string;
  label: string;
  submit: string;
  change: { isError: boolean; error: unknown; isPending: boolean };
  onReason: (reason: string) => void;
  onClose: () => void;
}

export function ReasonForm({ hint, label, submit, change, onReason, onClose }: ReasonFormProps) {
  const { reasonMissing } = useWords();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isMissing = reason.trim() === '';
  return (
    // What is missing is said here, in the language of the screen: the browser would say it in its own.
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isMissing) onReason(reason.trim());
      }}
    >
      <Stack>
        <Text size="sm">{hint}</Text>
        <TextInput
          label={label}
          value={reason}
          required
          maxLength={500}
          error={tried && isMissing ? reasonMissing : null}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot change={change} submit={submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
