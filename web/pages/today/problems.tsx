// What could not leave, or may have left: a person looks.
import { Button, Group } from '@mantine/core';
import type { Company } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { call } from '../../api.ts';
import { at, useChange, useReminders } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';

interface ProblemsProps {
  company: Company;
  mayAct: boolean;
  onOpen: (ids: string[], index: number) => void;
}

export function Problems({ company, mayAct, onOpen }: ProblemsProps) {
  const { problems: words, today, approve } = useWords();
  const tell = useTell();
  const reminders = useReminders(company.id, 'problems');
  const resolve = useChange(company.id, ({ id, outcome }: { id: string; outcome: 'left' | 'send-again' }) =>
    call('POST', at(company.id, `/reminders/${id}/resolve`), { outcome }),
  );
  const rows = reminders.data?.pages.flatMap((page) => page.rows) ?? [];
  if (reminders.isError) return <Failure error={reminders.error} onRetry={reminders.refetch} />;
  if (rows.length === 0) return null;
  const ids = rows.map((row) => row.id);
  const say = (id: string, outcome: 'left' | 'send-again') =>
    resolve.mutate(
      { id, outcome },
      {
        onSuccess: () => tell.done(words.resolved),
        onError: tell.failed,
      },
    );
  const columns: Column<ReminderRow>[] = [
    { title: today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: today.why, cell: (row) => (row.state === 'in_doubt' ? words.inDoubt : words.failed) },
    {
      title: words.title,
      actions: true,
      cell: (row) => (
        <Group gap={6} justify="flex-end" className="row-actions">
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen(ids, ids.indexOf(row.id))}>
            {approve.read}
          </Button>
          {mayAct && row.state === 'in_doubt' ? (
            <>
              <Button size="compact-sm" variant="default" onClick={() => say(row.id, 'send-again')}>
                {words.sendAgain}
              </Button>
              <Button size="compact-sm" onClick={() => say(row.id, 'left')}>
                {words.left}
              </Button>
            </>
          ) : null}
        </Group>
      ),
    },
  ];
  return (
    <Section title={words.title} count={rows.length}>
      <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <MoreButton query={reminders} />
    </Section>
  );
}
