// What is asked before something is done with a message: the text, the day, the reason, the invoice; and the list of keys.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { RefuseForm } from '../../parts/refuse-form.tsx';
import { at, useChange } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { dayAfter, useFormat } from '../../ui/format.ts';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { EditForm } from './edit-form.tsx';
import { useApproveWords } from './words.ts';

export type Asking = { kind: 'edit' | 'postpone' | 'refuse' | 'leave-out'; reminder: ReminderRow } | { kind: 'keys' };

interface AskingDialogProps {
  asking: Asking | null;
  onClose: () => void;
  /** The message does not wait any more. */
  onGone: () => void;
}

export function AskingDialog({ asking, onClose, onGone }: AskingDialogProps) {
  const { approve } = useWords();
  const words = useApproveWords();
  const titles = {
    edit: words.editTitle,
    postpone: words.postponeTitle,
    refuse: approve.refuseTitle,
    'leave-out': words.leaveOutTitle,
    keys: words.keysTitle,
  };
  const gone = () => {
    onClose();
    onGone();
  };
  return (
    <Dialog
      opened={asking !== null}
      onClose={onClose}
      size={asking?.kind === 'edit' ? 'xl' : 'md'}
      title={asking === null ? '' : titles[asking.kind]}
    >
      {asking?.kind === 'edit' ? <EditForm reminder={asking.reminder} onClose={onClose} /> : null}
      {asking?.kind === 'postpone' ? <PostponeForm reminder={asking.reminder} onClose={onClose} onGone={gone} /> : null}
      {asking?.kind === 'refuse' ? <RefuseForm reminder={asking.reminder} onClose={onClose} onRefused={gone} /> : null}
      {asking?.kind === 'leave-out' ? <LeaveOut reminder={asking.reminder} onClose={onClose} /> : null}
      {asking?.kind === 'keys' ? <Keys /> : null}
    </Dialog>
  );
}

function PostponeForm({
  reminder,
  onClose,
  onGone,
}: {
  reminder: ReminderRow;
  onClose: () => void;
  onGone: () => void;
}) {
  const { company } = useInside();
  const { cancel } = useWords();
  const words = useApproveWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const [until, setUntil] = useState(dayAfter(company.today, 7));
  const postpone = useChange(company.id, (day: string) =>
    call('POST', at(company.id, `/reminders/${reminder.id}/postpone`), { until: day }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    postpone.mutate(until, {
      onSuccess: () => {
        tell.done(words.postponed(format.day(until)));
        onGone();
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.postponeHint}</Text>
        <TextInput
          type="date"
          label={words.until}
          value={until}
          min={dayAfter(company.today, 1)}
          required
          data-autofocus
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        {postpone.isError ? <Failure error={postpone.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" loading={postpone.isPending}>
            {words.postpone}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function LeaveOut({ reminder, onClose }: { reminder: ReminderRow; onClose: () => void }) {
  const { company } = useInside();
  const words = useApproveWords();
  const tell = useTell();
  const leaveOut = useChange(company.id, (invoiceId: string) =>
    call('DELETE', at(company.id, `/reminders/${reminder.id}/invoices/${invoiceId}`)),
  );
  return (
    <Stack>
      <Text size="sm">{reminder.kind === 'thanks' ? words.leaveOutThanksHint : words.leaveOutHint}</Text>
      {reminder.invoices.map((invoice) => (
        <Button
          key={invoice.id}
          variant="default"
          loading={leaveOut.isPending}
          onClick={() =>
            leaveOut.mutate(invoice.id, {
              onSuccess: () => {
                tell.done(words.leftOut(invoice.number));
                onClose();
              },
            })
          }
        >
          {words.leaveOutInvoice(invoice.number)}
        </Button>
      ))}
      {leaveOut.isError ? <Failure error={leaveOut.error} /> : null}
    </Stack>
  );
}

function Keys() {
  const words = useApproveWords();
  return (
    <dl className="keys">
      {words.help.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
