// Who is away, from when until when, and who stands in: everybody says it of themselves, a manager of anybody.
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Absence, Absences } from '../../../src/contract/absence.ts';
import type { Colleagues } from '../../../src/contract/task.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { DayRange, isBackwards } from '../../ui/day-range.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { useAbsencesWords } from './absences-words.ts';

export function AbsencesPart() {
  const { company, mayAct } = useInside();
  const words = useAbsencesWords();
  const absences = useThing<Absences>(company.id, 'absences');
  const [declaring, setDeclaring] = useState(false);
  const columns = useColumns();
  const declare = mayAct ? (
    <Group>
      <Button variant="default" onClick={() => setDeclaring(true)}>
        {words.declare}
      </Button>
    </Group>
  ) : null;
  return (
    <Stack>
      <Text size="sm" c="dimmed" className="measure">
        {words.hint}
      </Text>
      <Loaded query={absences} data={absences.data?.rows} what={words.title}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>
              <Text>{words.none}</Text>
              {declare}
            </Empty>
          ) : (
            <>
              <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.userId} />
              {declare}
            </>
          )
        }
      </Loaded>
      <Dialog opened={declaring} onClose={() => setDeclaring(false)} title={words.dialog}>
        <Declared onClose={() => setDeclaring(false)} />
      </Dialog>
    </Stack>
  );
}

/** Of oneself by an address of one's own, which needs no right to manage. */
const pathOf = (userId: string, self: string): string => (userId === self ? '/absence' : `/members/${userId}/absence`);

function useColumns(): Column<Absence>[] {
  const { company, mayAct, mayManage, userId } = useInside();
  const words = useAbsencesWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const end = useChange(company.id, (one: Absence) => call('DELETE', at(company.id, pathOf(one.userId, userId))));
  const columns: Column<Absence>[] = [
    { title: words.who, cell: (row) => <strong>{row.name}</strong> },
    { title: words.from, cell: (row) => format.day(row.fromOn) },
    { title: words.until, cell: (row) => format.day(row.untilOn) },
    {
      title: words.standIn,
      cell: (row) => (
        <>
          {row.standInName} {row.counts ? null : <Tag meaning="late">{words.countsNot}</Tag>}
        </>
      ),
    },
  ];
  if (!mayAct) return columns;
  const cell = (row: Absence) =>
    mayManage || row.userId === userId ? (
      <Button
        size="xs"
        variant="default"
        aria-label={words.endOne(row.name)}
        onClick={() => end.mutate(row, { onSuccess: () => tell.done(words.ended(row.name)), onError: tell.failed })}
      >
        {words.end}
      </Button>
    ) : null;
  return [...columns, { title: words.actions, actions: true, cell }];
}

function Declared({ onClose }: { onClose: () => void }) {
  const { company } = useInside();
  const words = useAbsencesWords();
  const colleagues = useThing<Colleagues>(company.id, 'colleagues');
  return (
    <Loaded query={colleagues} data={colleagues.data?.rows} what={words.standIn}>
      {(rows) => <AbsenceForm people={rows.filter((one) => one.mayAct)} onClose={onClose} />}
    </Loaded>
  );
}

function AbsenceForm({ people, onClose }: { people: Colleagues['rows']; onClose: () => void }) {
  const { company, userId: self, mayManage } = useInside();
  const words = useAbsencesWords();
  const tell = useTell();
  const [userId, setUserId] = useState(self);
  const [standInUserId, setStandIn] = useState('');
  const [fromOn, setFromOn] = useState(company.today);
  const [untilOn, setUntilOn] = useState('');
  const others = people.filter((one) => one.userId !== userId);
  const save = useChange(company.id, () =>
    call('PUT', at(company.id, pathOf(userId, self)), { standInUserId, fromOn, untilOn }),
  );
  const toChoose = ({ userId: value, name: label }: Colleagues['rows'][number]) => ({ value, label });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isBackwards({ fromOn, untilOn })) return;
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.saved);
            onClose();
          },
        });
      }}
    >
      <Stack>
        {mayManage ? (
          <NativeSelect
            label={words.who}
            value={userId}
            data={people.map(toChoose)}
            data-autofocus
            onChange={(event) => {
              setUserId(event.currentTarget.value);
              setStandIn('');
            }}
          />
        ) : null}
        <NativeSelect
          label={words.standIn}
          description={others.length === 0 ? words.nobodyElse : words.standInHint}
          value={standInUserId}
          required
          data={[{ value: '', label: words.choose }, ...others.map(toChoose)]}
          onChange={(event) => setStandIn(event.currentTarget.value)}
        />
        <DayRange words={words} fromOn={fromOn} untilOn={untilOn} onFrom={setFromOn} onUntil={setUntilOn} />
        <FormFoot change={save} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
