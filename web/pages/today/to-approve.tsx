// Messages that leave only when a person says so.
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { RefuseDialog } from '../../parts/refuse-form.tsx';
import { useApproving } from '../../parts/use-approving.tsx';
import { WaitsTooLong } from '../../parts/waits-too-long.tsx';
import { useReminders } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';

interface ToApproveProps {
  company: Company;
  mayAct: boolean;
}

export function ToApprove({ company, mayAct }: ToApproveProps) {
  const { approve: words, today } = useWords();
  const format = useFormat(company.today);
  const reminders = useReminders(company.id, 'to_approve');
  const [refusing, setRefusing] = useState<ReminderRow | null>(null);
  const { approve: send, isPending } = useApproving();
  const rows = reminders.data?.pages.flatMap((page) => page.rows) ?? [];
  if (rows.length === 0) return <NotHad query={reminders} what={words.title} />;
  const ids = rows.map((row) => row.id);
  const columns: Column<ReminderRow>[] = [
    { title: today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: today.invoice, cell: (row) => <Numbers numbers={row.invoices.map((invoice) => invoice.number)} /> },
    {
      title: today.level,
      cell: (row) => (
        <>
          <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} kind={row.kind} />{' '}
          <WaitsTooLong row={row} />
        </>
      ),
    },
    {
      title: today.due,
      cell: (row) => (row.kind === 'thanks' ? null : format.distance(row.invoices[0]?.dueOn ?? null)),
    },
    { title: today.amount, amount: true, cell: (row) => format.asked(row) },
    {
      title: words.title,
      actions: true,
      cell: (row) => (
        <Group gap={6} justify="flex-end" wrap="nowrap" className="row-actions">
          <Link to="/approve" search={{ reminder: row.id }} className="row-link">
            {words.read}
          </Link>
          {mayAct ? (
            <>
              <Button size="compact-sm" variant="default" onClick={() => setRefusing(row)}>
                {words.refuse}
              </Button>
              <Button size="compact-sm" onClick={() => send([row.id])} disabled={isPending}>
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
      <Button size="xs" variant="light" loading={isPending} onClick={() => send(ids)}>
        {words.approveAll(rows.length)}
      </Button>
    ) : null;
  return (
    <Section title={words.title} count={rows.length} hint={words.hint} actions={all}>
      <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <MoreButton query={reminders} />
      <RefuseDialog reminder={refusing} onClose={() => setRefusing(null)} />
    </Section>
  );
}
