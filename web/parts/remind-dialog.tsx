// "Relancer…": one invoice is written and sent at once; for many, one message for each customer is prepared, and read before it leaves.
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Prepared } from '../../src/contract/reminder.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { useReason } from '../ui/reason.tsx';
import { useWords, wordsOf } from '../words/words.tsx';
import { RemindOne } from './remind-one.tsx';
import { useLevels } from './use-steps.ts';

const fr = {
  title: (count: number) => (count >= 2 ? `Relancer ${count} factures` : 'Relancer cette facture'),
  hint: 'Un message par client est préparé. Vous le lisez, le modifiez si besoin, puis vous le validez : rien ne part avant.',
  level: 'Niveau',
  next: 'Le suivant pour chaque facture',
  submit: 'Préparer',
  prepared: (count: number) => (count >= 2 ? `${count} messages préparés.` : 'Un message préparé.'),
  none: 'Aucun message préparé.',
  refused: 'Ne peuvent pas être relancées :',
  read: 'Lire et valider',
};
const en: typeof fr = {
  title: (count) => (count === 1 ? 'Remind of this invoice' : `Remind of ${count} invoices`),
  hint: 'One message for each customer is prepared. You read it, change it if need be, then approve it: nothing leaves before.',
  level: 'Level',
  next: 'The next of each invoice',
  submit: 'Prepare',
  prepared: (count) => (count === 1 ? 'One message prepared.' : `${count} messages prepared.`),
  none: 'No message prepared.',
  refused: 'Cannot be reminded of:',
  read: 'Read and approve',
};
const useRemindWords = wordsOf({ fr, en });

interface RemindDialogProps {
  /** None: closed. */
  invoiceIds: readonly string[];
  onClose: () => void;
}

export function RemindDialog({ invoiceIds, onClose }: RemindDialogProps) {
  const words = useRemindWords();
  return (
    <Dialog
      opened={invoiceIds.length > 0}
      onClose={onClose}
      title={words.title(invoiceIds.length)}
      size={invoiceIds.length === 1 ? 'xl' : 'md'}
    >
      {invoiceIds.length === 1 ? (
        <RemindOne invoiceId={invoiceIds[0]!} onClose={onClose} />
      ) : (
        <RemindForm invoiceIds={invoiceIds} onClose={onClose} />
      )}
    </Dialog>
  );
}

function RemindForm({ invoiceIds, onClose }: RemindDialogProps) {
  const { company } = useInside();
  const { cancel } = useWords();
  const words = useRemindWords();
  const navigate = useNavigate();
  const levels = useLevels();
  const [level, setLevel] = useState('');
  const prepare = useChange(company.id, (chosen: number | undefined) =>
    call<Prepared>('POST', at(company.id, '/reminders'), { invoiceIds, level: chosen }),
  );
  const read = (reminderId: string) => {
    onClose();
    void navigate({ to: '/approve', search: { reminder: reminderId } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prepare.mutate(level === '' ? undefined : Number(level), {
      onSuccess: ({ reminderIds, refused }) => {
        if (refused.length === 0 && reminderIds[0] !== undefined) read(reminderIds[0]);
      },
    });
  };
  if (prepare.data !== undefined) return <Report prepared={prepare.data} onRead={read} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <NativeSelect
          label={words.level}
          value={level}
          data-autofocus
          onChange={(event) => setLevel(event.currentTarget.value)}
          data={[{ value: '', label: words.next }, ...levels]}
        />
        {prepare.isError ? <Failure error={prepare.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" loading={prepare.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Report({
  prepared: { reminderIds, refused },
  onRead,
  onClose,
}: {
  prepared: Prepared;
  onRead: (reminderId: string) => void;
  onClose: () => void;
}) {
  const { company } = useInside();
  const { close } = useWords();
  const words = useRemindWords();
  const reason = useReason(company.today);
  return (
    <Stack role="status">
      <Text>{reminderIds.length === 0 ? words.none : words.prepared(reminderIds.length)}</Text>
      {refused.length === 0 ? null : (
        <div>
          <Text size="sm">{words.refused}</Text>
          <ul className="errors">
            {refused.map((one) => (
              <li key={one.invoiceId}>
                <span className="where">{one.invoiceNumber}</span> {reason(one.reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {close}
        </Button>
        {reminderIds[0] === undefined ? null : <Button onClick={() => onRead(reminderIds[0]!)}>{words.read}</Button>}
      </Group>
    </Stack>
  );
}
