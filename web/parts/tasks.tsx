// Tasks in lines: what, for when, for whom; done by one click that can be taken back; and the next reminder from here.
import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { TaskRow } from '../../src/contract/task.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, queryOf, useChange, useList } from '../queries.ts';
import { Icon } from '../shell/icon.tsx';
import { useFormat } from '../ui/format.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { NotHad } from '../ui/not-loaded.tsx';
import { Loaded, Section } from '../ui/section.tsx';
import { Tag } from '../ui/tag.tsx';
import { useTell } from '../ui/tell.ts';
import { useUndoable } from '../ui/undoable.tsx';
import { wordsOf } from '../words/words.tsx';
import { RemindDialog } from './remind-dialog.tsx';
import { DoneDialog, RefuseTaskDialog, StepOfTask } from './step-task.tsx';
import { TaskDialog } from './task-dialog.tsx';

const fr = {
  today: 'Tâches du jour',
  title: 'Tâches',
  add: 'Ajouter une tâche',
  empty: 'Aucune tâche en cours.',
  done: (text: string) => `Fait : ${text}`,
  markDone: (text: string) => `Marquer comme faite : ${text}`,
  forToday: 'aujourd’hui',
  late: (day: string) => `prévue ${day}`,
  stoodInFor: (name: string, standIn: string) => `${name}, en absence : ${standIn} assure le remplacement`,
  remind: 'Relancer au niveau suivant',
  more: (text: string) => `Autres actions sur la tâche : ${text}`,
  edit: 'Modifier…',
  remove: 'Supprimer',
  removed: 'Tâche supprimée.',
  writeInstead: 'Écrire un e-mail à la place…',
  refuse: 'Ne pas faire…',
};
const en: typeof fr = {
  today: 'Today’s tasks',
  title: 'Tasks',
  add: 'Add a task',
  empty: 'No task to do.',
  done: (text) => `Done: ${text}`,
  markDone: (text) => `Mark as done: ${text}`,
  forToday: 'today',
  late: (day) => `was for ${day}`,
  stoodInFor: (name, standIn) => `${name}, away: ${standIn} stands in`,
  remind: 'Remind at the next level',
  more: (text) => `Other actions on the task: ${text}`,
  edit: 'Edit…',
  remove: 'Delete',
  removed: 'Task deleted.',
  writeInstead: 'Write an e-mail instead…',
  refuse: 'Don’t do it…',
};
const useTasksWords = wordsOf({ fr, en });

/** Those of today and before, of everybody. Nothing is shown where there is none. */
export function TasksOfTheDay() {
  const { company } = useInside();
  const words = useTasksWords();
  const list = useList<TaskRow>(company.id, 'tasks', 'due=true', 20);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  if (rows.length === 0) return <NotHad query={list} what={words.today} />;
  return (
    <Section title={words.today} anchor="tasks" count={list.hasNextPage ? undefined : rows.length}>
      <Lines rows={rows} label={words.today} withCustomer />
      <MoreButton query={list} />
    </Section>
  );
}

/** Those of a customer, or of one of its invoices, with the button that adds one. */
export function TasksOf(of: { customerId: string; invoiceId?: string }) {
  const { company, mayAct } = useInside();
  const words = useTasksWords();
  const [adding, setAdding] = useState(false);
  const query = of.invoiceId === undefined ? { customerId: of.customerId } : { invoiceId: of.invoiceId };
  const list = useList<TaskRow>(company.id, 'tasks', queryOf(query), 20);
  return (
    <Section
      title={words.title}
      actions={
        mayAct ? (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        ) : null
      }
    >
      <Loaded query={list} data={list.data?.pages.flatMap((page) => page.rows)}>
        {(rows) =>
          rows.length === 0 ? <p className="quiet">{words.empty}</p> : <Lines rows={rows} label={words.title} />
        }
      </Loaded>
      <MoreButton query={list} />
      <TaskDialog about={adding ? of : null} onClose={() => setAdding(false)} />
    </Section>
  );
}

function Lines({ rows, label, withCustomer = false }: { rows: TaskRow[]; label: string; withCustomer?: boolean }) {
  const [reminding, setReminding] = useState<readonly string[]>([]);
  const [editing, setEditing] = useState<TaskRow | null>(null);
  const [finishing, setFinishing] = useState<TaskRow | null>(null);
  const [refusing, setRefusing] = useState<TaskRow | null>(null);
  return (
    <>
      <ul className="lines tasks" aria-label={label}>
        {rows.map((row) => (
          <Line
            key={row.id}
            row={row}
            withCustomer={withCustomer}
            onRemind={() => setReminding(row.reminder?.invoices.map(({ id }) => id) ?? row.remindInvoiceIds)}
            onEdit={() => setEditing(row)}
            onFinish={() => setFinishing(row)}
            onRefuse={() => setRefusing(row)}
          />
        ))}
      </ul>
      <RemindDialog invoiceIds={reminding} onClose={() => setReminding([])} />
      <TaskDialog task={editing} onClose={() => setEditing(null)} />
      <DoneDialog task={finishing} onClose={() => setFinishing(null)} />
      <RefuseTaskDialog task={refusing} onClose={() => setRefusing(null)} />
    </>
  );
}

/** A person reminds once at each level: what comes again after the last step was at that level already. */
const mayWriteInstead = ({ reminder }: TaskRow): boolean => reminder?.reason?.code !== 'step-again';

interface LineProps {
  row: TaskRow;
  withCustomer: boolean;
  onRemind: () => void;
  onEdit: () => void;
  /** Of a step: what came of it is asked first. */
  onFinish: () => void;
  onRefuse: () => void;
}

function Line({ row, withCustomer, onRemind, onEdit, onFinish, onRefuse }: LineProps) {
  const { company, mayAct } = useInside();
  const words = useTasksWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const undoable = useUndoable();
  const ofStep = row.reminder !== null;
  const change = useChange(company.id, (what: 'done' | 'undone') =>
    call('POST', at(company.id, `/tasks/${row.id}/${what}`)),
  );
  const remove = useChange(company.id, () => call('DELETE', at(company.id, `/tasks/${row.id}`)));
  const finish = () =>
    change.mutate('done', {
      onSuccess: () =>
        undoable({
          id: `task ${row.id}`,
          text: words.done(row.text),
          seconds: 10,
          onUndo: () => change.mutate('undone', { onError: tell.failed }),
        }),
      onError: tell.failed,
    });
  return (
    <li className="task">
      {mayAct ? (
        <Checkbox
          size="xs"
          aria-label={words.markDone(row.text)}
          checked={change.isPending}
          disabled={change.isPending}
          onChange={ofStep ? onFinish : finish}
        />
      ) : null}
      <span className="task-text">{row.text}</span>
      {withCustomer ? (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ) : null}
      {row.reminder === null ? null : <StepOfTask reminder={row.reminder} customerName={row.customerName} />}
      {row.invoiceId === null || ofStep ? null : (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: row.invoiceId }} className="together">
          {row.invoiceNumber}
        </Link>
      )}
      {row.dueOn < company.today ? (
        <Tag meaning="late">{words.late(format.day(row.dueOn))}</Tag>
      ) : (
        <span className="quiet">{row.dueOn === company.today ? words.forToday : format.day(row.dueOn)}</span>
      )}
      {row.assignedName === null ? null : (
        <span className="quiet">
          {row.standInName === null ? row.assignedName : words.stoodInFor(row.assignedName, row.standInName)}
        </span>
      )}
      {mayAct ? (
        <span className="line-amount">
          {row.remindInvoiceIds.length === 0 || ofStep ? null : (
            <Button size="compact-sm" variant="default" onClick={onRemind}>
              {words.remind}
            </Button>
          )}
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={words.more(row.text)}>
                <Icon name="more" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onEdit}>{words.edit}</Menu.Item>
              {ofStep ? (
                <>
                  {mayWriteInstead(row) ? <Menu.Item onClick={onRemind}>{words.writeInstead}</Menu.Item> : null}
                  <Menu.Item onClick={onRefuse}>{words.refuse}</Menu.Item>
                </>
              ) : (
                <Menu.Item
                  onClick={() =>
                    remove.mutate(undefined, { onSuccess: () => tell.done(words.removed), onError: tell.failed })
                  }
                >
                  {words.remove}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        </span>
      ) : null}
    </li>
  );
}
