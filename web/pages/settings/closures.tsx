// The company's own closures: those to come, those that are past; added and changed in a dialog, removed at a click that can be undone.
import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useId, useState } from 'react';
import type { Closures as ClosureList } from '../../../src/contract/closure.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { DayRange, isBackwards } from '../../ui/day-range.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useUndoable } from '../../ui/undoable.tsx';
import { useClosuresWords } from './closures-words.ts';

type Closure = ClosureList['rows'][number];
type Editing = Closure | 'new' | null;

/** So long a removal can be undone. */
const undoSeconds = 10;

export function Closures() {
  const { company, mayManage } = useInside();
  const words = useClosuresWords();
  const title = useId();
  const closures = useThing<ClosureList>(company.id, 'closures');
  const [editing, setEditing] = useState<Editing>(null);
  const add = mayManage ? (
    <Button variant="default" onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  ) : null;
  return (
    <section aria-labelledby={title}>
      <Stack>
        <div>
          <Title order={3} id={title}>
            {words.title}
          </Title>
          <Text size="sm" c="dimmed" className="measure">
            {words.hint}
          </Text>
        </div>
        <Loaded query={closures} data={closures.data?.rows} what={words.title}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty>
                <Text>{mayManage ? words.empty : words.none}</Text>
                {add}
              </Empty>
            ) : (
              <>
                <Lists rows={rows} onEdit={setEditing} />
                {add === null ? null : <Group>{add}</Group>}
              </>
            )
          }
        </Loaded>
        <Dialog
          opened={editing !== null}
          onClose={() => setEditing(null)}
          title={editing === null || editing === 'new' ? words.addTitle : words.editOne(editing.label)}
        >
          {editing === null ? null : (
            <ClosureForm closure={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
          )}
        </Dialog>
      </Stack>
    </section>
  );
}

function Lists({ rows, onEdit }: { rows: Closure[]; onEdit: (closure: Closure) => void }) {
  const { company } = useInside();
  const words = useClosuresWords();
  const columns = useColumns(onEdit);
  const isPast = ({ untilOn, yearly }: Closure): boolean => !yearly && untilOn < company.today;
  const ahead = rows.filter((row) => !isPast(row));
  const past = rows.filter(isPast).reverse();
  const keyOf = (row: Closure) => row.id;
  return (
    <>
      {ahead.length === 0 ? (
        <p className="quiet">{words.nothingAhead}</p>
      ) : (
        <Rows label={words.title} columns={columns} rows={ahead} keyOf={keyOf} />
      )}
      {past.length === 0 ? null : (
        <details className="former">
          <summary>
            {words.past} ({past.length})
          </summary>
          <Rows label={words.past} columns={columns} rows={past} keyOf={keyOf} />
        </details>
      )}
    </>
  );
}

function useColumns(onEdit: (closure: Closure) => void): Column<Closure>[] {
  const { company, mayManage } = useInside();
  const words = useClosuresWords();
  const format = useFormat(company.today);
  const remove = useRemoval();
  const columns: Column<Closure>[] = [
    { title: words.name, cell: (row) => <strong>{row.label}</strong> },
    { title: words.from, cell: (row) => format.day(row.fromOn) },
    { title: words.until, cell: (row) => format.day(row.untilOn) },
    { title: words.repeats, cell: (row) => (row.yearly ? words.eachYear : words.once) },
  ];
  if (!mayManage) return columns;
  const cell = (row: Closure) => (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button size="xs" variant="default" aria-label={words.editOne(row.label)} onClick={() => onEdit(row)}>
        {words.edit}
      </Button>
      <Button size="xs" variant="default" aria-label={words.removeOne(row.label)} onClick={() => remove(row)}>
        {words.remove}
      </Button>
    </Group>
  );
  return [...columns, { title: words.edit, actions: true, cell }];
}

/** Removed at once; undone, it is there again as it was. */
function useRemoval(): (closure: Closure) => void {
  const { company } = useInside();
  const words = useClosuresWords();
  const tell = useTell();
  const undoable = useUndoable();
  const onError = tell.failed;
  const remove = useChange(company.id, ({ id }: Closure) => call('DELETE', at(company.id, `/closures/${id}`)));
  const bringBack = useChange(company.id, ({ id: _, ...given }: Closure) =>
    call('POST', at(company.id, '/closures'), given),
  );
  return (closure) =>
    remove.mutate(closure, {
      onSuccess: () =>
        undoable({
          id: `closure-${closure.id}`,
          text: words.removed(closure.label),
          seconds: undoSeconds,
          onUndo: () => bringBack.mutate(closure, { onError }),
        }),
      onError,
    });
}

function ClosureForm({ closure, onClose }: { closure: Closure | null; onClose: () => void }) {
  const { company } = useInside();
  const words = useClosuresWords();
  const tell = useTell();
  const [label, setLabel] = useState(closure?.label ?? '');
  const [fromOn, setFromOn] = useState(closure?.fromOn ?? '');
  const [untilOn, setUntilOn] = useState(closure?.untilOn ?? '');
  const [yearly, setYearly] = useState(closure?.yearly ?? false);
  const save = useChange(company.id, () => {
    const given = { label, fromOn, untilOn, yearly };
    return closure === null
      ? call('POST', at(company.id, '/closures'), given)
      : call('PATCH', at(company.id, `/closures/${closure.id}`), given);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isBackwards({ fromOn, untilOn })) return;
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.saved(label.trim()));
            onClose();
          },
        });
      }}
    >
      <Stack>
        <TextInput
          label={words.name}
          placeholder={words.namePlaceholder}
          value={label}
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <DayRange words={words} fromOn={fromOn} untilOn={untilOn} onFrom={setFromOn} onUntil={setUntilOn} />
        <Checkbox
          label={words.yearly}
          description={words.yearlyHint}
          checked={yearly}
          onChange={(event) => setYearly(event.currentTarget.checked)}
        />
        <FormFoot change={save} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
