// What is ready and about to leave: each message can still be held back, and so can all of them.
import { Button, Group } from '@mantine/core';
import type { Company } from '../../../src/contract/company.ts';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useReminders } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useUndoable } from '../../ui/undoable.tsx';
import { useWords } from '../../words/words.tsx';
import { useTodayWords } from './words.ts';

/** So many are approved by one request, when holding back is undone. */
const atOnce = 1000;

interface HeldBack {
  held: string[];
  gone: number;
}

/** Holds these back, or (null) everything that is about to leave; undone, they leave as they would have. */
export function useHoldBack() {
  const { company } = useInside();
  const words = useTodayWords();
  const tell = useTell();
  const undoable = useUndoable();
  const holding = useChange(company.id, (reminderIds: readonly string[] | null) =>
    call<HeldBack>('POST', at(company.id, '/reminders/hold-back'), reminderIds === null ? {} : { reminderIds }),
  );
  const releasing = useChange(company.id, async (reminderIds: readonly string[]) => {
    for (let from = 0; from < reminderIds.length; from += atOnce)
      await call('POST', at(company.id, '/reminders/approve'), { reminderIds: reminderIds.slice(from, from + atOnce) });
  });
  const told = ({ held, gone }: HeldBack): void =>
    undoable({
      id: `held back ${held[0] ?? ''}`,
      text: [held.length > 0 ? words.heldBack(held.length) : '', gone > 0 ? words.gone(gone) : '']
        .filter((part) => part !== '')
        .join(' '),
      seconds: 10,
      onUndo:
        held.length === 0
          ? undefined
          : () => releasing.mutate(held, { onSuccess: () => tell.done(words.released), onError: tell.failed }),
    });
  return {
    isPending: holding.isPending,
    holdBack: (reminderIds: readonly string[] | null) =>
      holding.mutate(reminderIds, {
        onSuccess: (counts) => (counts.held.length + counts.gone > 0 ? told(counts) : undefined),
        onError: tell.failed,
      }),
  };
}

export function Leaving({ company, mayAct }: { company: Company; mayAct: boolean }) {
  const { approve, today } = useWords();
  const { openMessage } = useInside();
  const words = useTodayWords();
  const format = useFormat(company.today);
  const when = useWhen(company);
  const reminders = useReminders(company.id, 'leaving');
  const { holdBack, isPending } = useHoldBack();
  const rows = reminders.data?.pages.flatMap((page) => page.rows) ?? [];
  if (rows.length === 0) return <NotHad query={reminders} what={words.leaving} />;
  const ids = rows.map((row) => row.id);
  const columns: Column<ReminderRow>[] = [
    { title: today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: today.invoice, cell: (row) => <Numbers numbers={row.invoices.map((invoice) => invoice.number)} /> },
    {
      title: today.level,
      cell: (row) => <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} kind={row.kind} />,
    },
    { title: words.when, cell: (row) => <span className="quiet">{when(row)}</span> },
    { title: today.amount, amount: true, cell: (row) => format.asked(row) },
    {
      title: words.leaving,
      actions: true,
      cell: (row) => (
        <Group gap={6} justify="flex-end" wrap="nowrap" className="row-actions">
          <Button size="compact-sm" variant="subtle" onClick={() => openMessage(ids, ids.indexOf(row.id))}>
            {approve.read}
          </Button>
          {mayAct ? (
            <Button
              size="compact-sm"
              variant="default"
              disabled={isPending}
              aria-label={words.holdBackOne(row.customerName)}
              onClick={() => holdBack([row.id])}
            >
              {words.holdBack}
            </Button>
          ) : null}
        </Group>
      ),
    },
  ];
  return (
    <Section title={words.leaving} anchor="leaving" hint={words.leavingHint}>
      <Rows label={words.leaving} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <MoreButton query={reminders} />
    </Section>
  );
}

/** Why it has not left yet, of one that could: it is on its way, it was refused for now, it was approved a moment ago. */
function useWhen({ timeZone }: Company): (row: ReminderRow) => string {
  const words = useTodayWords();
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  return ({ state, nextAttemptAt }) => {
    if (state === 'sending') return words.whenSending;
    if (nextAttemptAt === null) return '';
    const soon = Date.parse(nextAttemptAt) - Date.now() < 60_000;
    return soon ? words.whenNow : words.whenAgain(words.hour(hour.format(new Date(nextAttemptAt))));
  };
}
