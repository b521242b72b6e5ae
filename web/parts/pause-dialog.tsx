// "Mettre en pause": an invoice, a customer or many, with why and until when; and the way back.
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
import { mostAtOnce, OperationInDialog, useUntold } from './operation.tsx';

const fr = {
  title: 'Mettre en pause',
  hint: 'Aucune relance ne part pendant la pause. Un message qui attend est retiré, et revient après.',
  reason: 'Motif',
  until: 'Jusqu’au, ce jour inclus',
  untilHint: 'Vide : jusqu’à ce que vous repreniez.',
  submit: 'Mettre en pause',
  paused: 'En pause : plus aucune relance ne part.',
  pausedUntil: (day: string) => `En pause jusqu’au ${day} inclus.`,
  leftOut: (count: number) =>
    count >= 2
      ? `${count} n’en avaient pas besoin : réglées, ou déjà en pause.`
      : 'Une n’en avait pas besoin : réglée, ou déjà en pause.',
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
  leftOut: (count) =>
    count === 1
      ? 'One did not need it: settled, or paused already.'
      : `${count} did not need it: settled, or paused already.`,
  resumed: 'Reminders go on.',
};
const usePauseWords = wordsOf({ fr, en });

export type PauseTarget = { customerId: string } | { invoiceId: string } | { sequenceId: string };
type Many = { invoiceIds: readonly string[] } | { customerIds: readonly string[] };

interface PauseDialogProps {
  target: PauseTarget | Many;
  opened: boolean;
  onClose: () => void;
  onDone?: () => void;
}

export function PauseDialog({ target, opened, onClose, onDone }: PauseDialogProps) {
  const words = usePauseWords();
  const [, setUntold] = useUntold();
  /** The operation that does it; null: none was begun here. */
  const [begun, setBegun] = useState<string | null>(null);
  const finish = () => {
    setBegun(null);
    (onDone ?? onClose)();
  };
  const follow = (operationId: string) => {
    setUntold(operationId);
    setBegun(operationId);
  };
  return (
    <Dialog opened={opened} onClose={begun === null ? onClose : finish} title={words.title}>
      {begun === null ? (
        <PauseForm target={target} onClose={onClose} onDone={finish} onBegun={follow} />
      ) : (
        <OperationInDialog operationId={begun} onClose={finish} />
      )}
    </Dialog>
  );
}

/** How many are paused, and by which request: a few at once, more of them in the background. */
function requestOf(
  target: PauseTarget | Many,
): '/pauses' | '/invoices/pause' | '/customers/pause' | '/operations/pause' {
  if ('invoiceIds' in target) return target.invoiceIds.length > mostAtOnce ? '/operations/pause' : '/invoices/pause';
  if ('customerIds' in target) return target.customerIds.length > mostAtOnce ? '/operations/pause' : '/customers/pause';
  return '/pauses';
}

interface PauseFormProps extends Required<Omit<PauseDialogProps, 'opened'>> {
  onBegun: (operationId: string) => void;
}

function PauseForm({ target, onClose, onDone, onBegun }: PauseFormProps) {
  const { company } = useInside();
  const { optional } = useWords();
  const words = usePauseWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const [reason, setReason] = useState('');
  const [untilOn, setUntilOn] = useState('');
  const pause = useChange(company.id, () =>
    call<{ operationId?: string; leftOut?: number }>('POST', at(company.id, requestOf(target)), {
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
          onSuccess: ({ operationId, leftOut = 0 }) => {
            if (operationId !== undefined) return onBegun(operationId);
            const paused = untilOn === '' ? words.paused : words.pausedUntil(format.day(untilOn));
            tell.done(leftOut === 0 ? paused : `${paused} ${words.leftOut(leftOut)}`);
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
