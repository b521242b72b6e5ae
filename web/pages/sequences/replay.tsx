// A draft replayed against the invoices and payments of the past: what would have left, and how much of it for nothing.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Replayed } from '../../../src/contract/sequence.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { Channels } from '../../parts/channel.tsx';
import { at, useChange } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { dayAfter, useFormat } from '../../ui/format.ts';
import { LevelTag } from '../../ui/level.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { bodyOf, type SequenceDraft } from './draft.ts';
import { useEditorWords } from './editor-words.ts';

type Shown = NonNullable<Replayed['effect']>;

export function Replay({ draft }: { draft: SequenceDraft }) {
  const { company } = useInside();
  const words = useEditorWords();
  const [from, setFrom] = useState(dayAfter(company.today, -365));
  const [to, setTo] = useState(company.today);
  const replay = useChange(company.id, () => {
    const { title, steps, ending } = bodyOf(draft);
    return call<Replayed>('POST', at(company.id, '/sequences/replay'), { title, steps, ending, from, to });
  });
  const effect = replay.data?.effect;
  return (
    <Section title={words.replay} hint={words.replayHint}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          replay.mutate(undefined);
        }}
      >
        <Group align="flex-end" gap="sm" mb="sm">
          <TextInput
            type="date"
            label={words.replayFrom}
            value={from}
            max={to}
            required
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={words.replayTo}
            value={to}
            min={from}
            max={company.today}
            required
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={replay.isPending}>
            {words.replaySubmit}
          </Button>
        </Group>
      </form>
      {replay.isError ? <Failure error={replay.error} /> : null}
      {replay.data === undefined ? null : effect == null ? (
        <Empty>
          <Text size="sm">{words.wrongFirst}</Text>
        </Empty>
      ) : effect.receivables === 0 ? (
        <Empty>
          <Text size="sm">{words.replayNothing}</Text>
        </Empty>
      ) : (
        <Told effect={effect} draft={draft} />
      )}
    </Section>
  );
}

function Told({ effect, draft }: { effect: Shown; draft: SequenceDraft }) {
  const { company } = useInside();
  const words = useEditorWords();
  const format = useFormat(company.today);
  const all = effect.messages + effect.tasks;
  const columns: Column<Shown['shown'][number]>[] = [
    { title: words.replayDay, cell: (row) => <span className="together">{format.day(row.leavesOn)}</span> },
    {
      title: words.replayCustomer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }} className="plain-link">
          {row.customerName}
        </Link>
      ),
    },
    { title: words.replayInvoice, cell: (row) => <Numbers numbers={row.invoiceNumbers} /> },
    {
      title: words.replayLevel,
      cell: (row) => (
        <>
          <LevelTag level={row.level} name={null} /> {row.channel === 'task' ? <Channels channels={['task']} /> : null}
        </>
      ),
    },
    {
      title: words.replayPaid,
      cell: (row) =>
        row.needless ? (
          <Tag meaning="late">{words.paidAfter(row.paidAfterDays)}</Tag>
        ) : (
          words.paidAfter(row.paidAfterDays)
        ),
    },
    {
      title: words.amountColumn,
      amount: true,
      cell: (row) => row.amounts.map((one) => format.amount(one.minor, one.currency)).join(' + '),
    },
  ];
  return (
    <Stack gap="sm" role="status">
      <Text>
        <strong>{words.sum(effect.messages, effect.tasks, effect.customers)}</strong>
        {effect.toApprove > 0 ? `, ${words.approving(effect.toApprove)}` : ''}
        {all > 0 ? `. ${words.needless(effect.needless, Math.round((100 * effect.needless) / all))}` : ''}
      </Text>
      <ul className="plain-list">
        {effect.steps.map(({ messages, tasks, needless }, place) => (
          <li key={draft.steps[place]?.key ?? place}>
            {draft.steps[place]?.name} · {words.leaving(messages, tasks)}
            {needless > 0 ? `, ${words.needlessOf(needless)}` : ''}
          </li>
        ))}
      </ul>
      {effect.shown.length === 0 ? null : (
        <>
          {all > effect.shown.length ? (
            <Text size="sm" c="dimmed">
              {words.replayFirst(effect.shown.length)}
            </Text>
          ) : null}
          <Rows
            label={words.replay}
            columns={columns}
            rows={effect.shown}
            keyOf={(row) => `${row.leavesOn} ${row.level} ${row.invoiceIds.join()}`}
          />
        </>
      )}
    </Stack>
  );
}
