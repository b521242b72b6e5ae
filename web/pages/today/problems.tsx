// What could not leave, or may have left: why, in plain words, and what a person can do about it.
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Company } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { call } from '../../api.ts';
import { RefuseDialog } from '../../parts/refuse-form.tsx';
import { at, useChange, useReminders } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { useReason } from '../../ui/reason.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { meaningOfAnswer } from './server-answer.ts';
import { useTodayWords } from './words.ts';

interface ProblemsProps {
  company: Company;
  mayAct: boolean;
  onOpen: (ids: string[], index: number) => void;
}

type Outcome = 'left' | 'send-again';

export function Problems({ company, mayAct, onOpen }: ProblemsProps) {
  const { problems: words, today, approve } = useWords();
  const own = useTodayWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const [refusing, setRefusing] = useState<ReminderRow | null>(null);
  const reminders = useReminders(company.id, 'problems');
  const resolve = useChange(company.id, ({ id, outcome }: { id: string; outcome: Outcome }) =>
    call('POST', at(company.id, `/reminders/${id}/resolve`), { outcome }),
  );
  const rows = reminders.data?.pages.flatMap((page) => page.rows) ?? [];
  if (rows.length === 0) return <NotHad query={reminders} what={words.title} />;
  const ids = rows.map((row) => row.id);
  const say = (id: string, outcome: Outcome) =>
    resolve.mutate({ id, outcome }, { onSuccess: () => tell.done(words.resolved), onError: tell.failed });
  const columns: Column<ReminderRow>[] = [
    {
      title: today.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ),
    },
    { title: today.why, cell: (row) => <Why row={row} company={company} /> },
    { title: today.amount, amount: true, cell: (row) => format.asked(row) },
    {
      title: words.title,
      actions: true,
      cell: (row) => (
        <Group gap={6} justify="flex-end" wrap="nowrap" className="row-actions">
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen(ids, ids.indexOf(row.id))}>
            {approve.read}
          </Button>
          {mayAct ? (
            <>
              {row.state !== 'in_doubt' ? (
                <Button size="compact-sm" variant="default" onClick={() => setRefusing(row)}>
                  {approve.refuse}
                </Button>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => say(row.id, 'left')}>
                  {words.left}
                </Button>
              )}
              <Button size="compact-sm" disabled={resolve.isPending} onClick={() => say(row.id, 'send-again')}>
                {words.sendAgain}
              </Button>
            </>
          ) : null}
        </Group>
      ),
    },
  ];
  const hint = rows.some((row) => row.state !== 'in_doubt') ? own.problems.failedHint : undefined;
  return (
    <Section title={words.title} anchor="problems" count={rows.length} hint={hint}>
      <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <MoreButton query={reminders} />
      <RefuseDialog reminder={refusing} onClose={() => setRefusing(null)} />
    </Section>
  );
}

/** In doubt; or failed, or not delivered: what the server's answer means, then the answer itself, which a colleague may understand better. */
function Why({ row, company }: { row: ReminderRow; company: Company }) {
  const { problems: words } = useWords();
  const { problems: own } = useTodayWords();
  const reason = useReason(company.today);
  if (row.state === 'in_doubt') return words.inDoubt;
  const answer = row.reason?.with?.answer;
  if (row.state === 'undelivered' && typeof answer === 'string') {
    const meaning = meaningOfAnswer(answer);
    return (
      <>
        {meaning === 'other' ? own.undelivered : own.answers[meaning]}
        <div className="quiet">{own.undeliveredTo(row.to.join(', '), answer)}</div>
      </>
    );
  }
  if (typeof answer === 'string') {
    return (
      <>
        {own.answers[meaningOfAnswer(answer)]}
        <div className="quiet">{own.serverSaid(answer)}</div>
      </>
    );
  }
  return row.reason?.code === 'failed-before' ? own.template : reason(row.reason);
}
