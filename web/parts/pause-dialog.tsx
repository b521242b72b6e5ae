// "Mettre en pause": an invoice or a customer, with why and until when; and the way back.
import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useFormat } from '../ui/format.ts';
import { useTell } from '../ui/tell.ts';
import { useWords, wordsOf } from '../words/words.tsx';

const fr = {
  title: 'Mettre en pause',
  hint: 'Aucune relance ne part pendant la pause. Un message qui attend est retiré, et revient après.',
  reason: 'Motif',
  until: 'Jusqu’au, ce jour inclus',
  untilHint: 'Vide : jusqu’à ce que vous repreniez.',
  submit: 'Mettre en pause',
  paused: 'En pause : plus aucune relance ne part.',
  pausedUntil: (day: string) => `En pause jusqu’au ${day} inclus.`,
  resumed: 'Les relances reprennent.',
};
const en: typeof fr = {
  title: 'Pause',
  hint: 'No reminder leaves during the pause. A message that waits is taken out, and comes back afterwards.',
  reason: 'Reason',
  until: 'Until, this day included',
  untilHint: 'Empty: until you resume.',
  submit: 'Pause',
  paused: 'Paused: no reminder leaves any more.',
  pausedUntil: (day) => `Paused until ${day}, this day included.`,
  resumed: 'Reminders go on.',
};
const usePauseWords = wordsOf({ fr, en });

export type PauseTarget = { customerId: string } | { invoiceId: string };
type ManyInvoices = { invoiceIds: readonly string[] };

interface PauseDialogProps {
  target: PauseTarget | ManyInvoices;
  opened: boolean;
  onClose: () => void;
  onDone?: () => void;
}

export function PauseDialog({ target, opened, onClose, onDone }: PauseDialogProps) {
  const words = usePauseWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      <PauseForm target={target} onClose={onClose} onDone={onDone ?? onClose} />
    </Dialog>
  );
}

function PauseForm({ target, onClose, onDone }: Required<Omit<PauseDialogProps, 'opened'>>) {
  const { company } = useInside();
  const { optional } = useWords();
  const words = usePauseWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const [reason, setReason] = useState('');
  const [untilOn, setUntilOn] = useState('');
  const pause = useChange(company.id, () =>
    call('POST', at(company.id, 'invoiceIds' in target ? '/invoices/pause' : '/pauses'), {
      ...target,
      reason,
      ...(untilOn === '' ? {} : { untilOn }),
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        pause.mutate(undefined, {
          onSuccess: () => {
            tell.done(untilOn === '' ? words.paused : words.pausedUntil(format.day(untilOn)));
            onDone();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <TextInput
          label={`${words.reason} (${optional})`}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={words.until}
          description={words.untilHint}
          value={untilOn}
          min={company.today}
          onChange={(event) => setUntilOn(event.currentTarget.value)}
        />
        <FormFoot change={pause} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** Lifts every pause of it. */
export function useResume(target: PauseTarget): { resume: () => void; isPending: boolean } {
  const { company } = useInside();
  const words = usePauseWords();
  const tell = useTell();
  const change = useChange(company.id, () => call('POST', at(company.id, '/pauses/resume'), target));
  return {
    isPending: change.isPending,
    resume: () => change.mutate(undefined, { onSuccess: () => tell.done(words.resumed), onError: tell.failed }),
  };
}
