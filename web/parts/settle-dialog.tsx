// "Marquer comme réglée": settled by a person's word, with a reason; the consequence in figures first.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { useFormat } from '../ui/format.ts';
import { useTell } from '../ui/tell.ts';
import { useWords, wordsOf } from '../words/words.tsx';

const fr = {
  title: (count: number) => (count >= 2 ? `Marquer ${count} factures comme réglées` : 'Marquer comme réglée'),
  consequence: (amount: string) =>
    `${amount} de reste dû seront soldés sans règlement, et les relances s’arrêtent. L’historique en garde la trace.`,
  reason: 'Motif',
  reasonHint: 'Par exemple : réglé en espèces, compensé avec un avoir.',
  day: 'Réglée le',
  submit: 'Marquer comme réglée',
  done: (count: number) => (count >= 2 ? `${count} factures marquées comme réglées.` : 'Facture marquée comme réglée.'),
};
const en: typeof fr = {
  title: (count) => (count === 1 ? 'Mark as settled' : `Mark ${count} invoices as settled`),
  consequence: (amount) =>
    `${amount} will be closed without a payment, and reminders stop. The history keeps trace of it.`,
  reason: 'Reason',
  reasonHint: 'For example: paid in cash, set off against a credit note.',
  day: 'Settled on',
  submit: 'Mark as settled',
  done: (count) => (count === 1 ? 'Invoice marked as settled.' : `${count} invoices marked as settled.`),
};
const useSettleWords = wordsOf({ fr, en });

interface Settled {
  id: string;
  openMinor: number;
  currency: string;
}

interface SettleDialogProps {
  /** None: closed. */
  invoices: readonly Settled[];
  onClose: () => void;
  onDone?: () => void;
}

export function SettleDialog({ invoices, onClose, onDone }: SettleDialogProps) {
  const words = useSettleWords();
  return (
    <Dialog opened={invoices.length > 0} onClose={onClose} title={words.title(invoices.length)}>
      <SettleForm invoices={invoices} onClose={onClose} onDone={onDone ?? onClose} />
    </Dialog>
  );
}

function SettleForm({ invoices, onClose, onDone }: Required<SettleDialogProps>) {
  const { company } = useInside();
  const { cancel } = useWords();
  const words = useSettleWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const [reason, setReason] = useState('');
  const [settledOn, setSettledOn] = useState(company.today);
  const settle = useChange(company.id, (input: { invoiceIds: string[]; reason: string; settledOn: string }) =>
    call('POST', at(company.id, '/invoices/settle'), input),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    settle.mutate(
      { invoiceIds: invoices.map((one) => one.id), reason, settledOn },
      {
        onSuccess: () => {
          tell.done(words.done(invoices.length));
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          {words.consequence(
            sums(invoices)
              .map(([currency, minor]) => format.amount(minor, currency))
              .join(' + '),
          )}
        </Text>
        <TextInput
          label={words.reason}
          description={words.reasonHint}
          value={reason}
          required
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={words.day}
          value={settledOn}
          max={company.today}
          required
          onChange={(event) => setSettledOn(event.currentTarget.value)}
        />
        {settle.isError ? <Failure error={settle.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" loading={settle.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function sums(invoices: readonly Settled[]): [currency: string, minor: number][] {
  const byCurrency = new Map<string, number>();
  for (const { currency, openMinor } of invoices) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + openMinor);
  return [...byCurrency];
}
