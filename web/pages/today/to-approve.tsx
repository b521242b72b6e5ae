// Messages that leave only when a person says so.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { call } from '../../api.ts';
import { at, useChange, useReminders } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { Numbers } from './due-today.tsx';

interface ToApproveProps {
  company: Company;
  mayAct: boolean;
  onOpen: (ids: string[], index: number) => void;
}

export function ToApprove({ company, mayAct, onOpen }: ToApproveProps) {
  const { approve: words, today } = useWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const reminders = useReminders(company.id, 'to_approve');
  const [refusing, setRefusing] = useState<ReminderRow | null>(null);
  const approve = useChange(company.id, (reminderIds: string[]) =>
    call('POST', at(company.id, '/reminders/approve'), { reminderIds }),
  );
  const rows = reminders.data?.pages.flatMap((page) => page.rows) ?? [];
  if (reminders.isError) return <Failure error={reminders.error} onRetry={reminders.refetch} />;
  if (rows.length === 0) return null;
  const ids = rows.map((row) => row.id);
  const send = (chosen: string[]) =>
    approve.mutate(chosen, {
      onSuccess: () => tell.done(words.approved),
      onError: tell.failed,
    });
  const columns: Column<ReminderRow>[] = [
    { title: today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: today.invoice, cell: (row) => <Numbers numbers={row.invoices.map((invoice) => invoice.number)} /> },
    {
      title: today.level,
      cell: (row) => <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} />,
    },
    { title: today.due, cell: (row) => format.distance(row.invoices[0]?.dueOn ?? null) },
    { title: today.amount, amount: true, cell: (row) => format.amount(row.askedMinor ?? 0, row.currency) },
    {
      title: words.title,
      actions: true,
      cell: (row) => (
        <Group gap={6} justify="flex-end" wrap="nowrap" className="row-actions">
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen(ids, ids.indexOf(row.id))}>
            {words.read}
          </Button>
          {mayAct ? (
            <>
              <Button size="compact-sm" variant="default" onClick={() => setRefusing(row)}>
                {words.refuse}
              </Button>
              <Button size="compact-sm" onClick={() => send([row.id])} disabled={approve.isPending}>
                {words.approve}
              </Button>
            </>
          ) : null}
        </Group>
      ),
    },
  ];
  const all =
    mayAct && rows.length > 1 ? (
      <Button size="xs" variant="light" loading={approve.isPending} onClick={() => send(ids)}>
        {words.approveAll(rows.length)}
      </Button>
    ) : null;
  return (
    <Section title={words.title} count={rows.length} hint={words.hint} actions={all}>
      <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <MoreButton query={reminders} />
      <RefuseModal company={company} reminder={refusing} onClose={() => setRefusing(null)} />
    </Section>
  );
}

function RefuseModal({
  company,
  reminder,
  onClose,
}: {
  company: Company;
  reminder: ReminderRow | null;
  onClose: () => void;
}) {
  const { approve: words, cancel, optional } = useWords();
  const tell = useTell();
  const [reason, setReason] = useState('');
  const refuse = useChange(company.id, (reminderId: string) =>
    call('POST', at(company.id, `/reminders/${reminderId}/refuse`), { reason }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reminder === null) return;
    refuse.mutate(reminder.id, {
      onSuccess: () => {
        tell.done(words.refused);
        setReason('');
        onClose();
      },
    });
  };
  return (
    <Dialog opened={reminder !== null} onClose={onClose} title={words.refuseTitle}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{words.refuseHint}</Text>
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
    </Dialog>
  );
}
