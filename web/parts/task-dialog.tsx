// A task, new or changed: what, on which day, for whom. The form also stands where a follow-up is offered after a reminder.
import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Colleagues, TaskRow } from '../../src/contract/task.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { dayAfter, useFormat } from '../ui/format.ts';
import { NotHad } from '../ui/not-loaded.tsx';
import { useTell } from '../ui/tell.ts';
import { wordsOf } from '../words/words.tsx';

const fr = {
  create: 'Nouvelle tâche',
  change: 'Modifier la tâche',
  what: 'À faire',
  on: 'Le',
  forWhom: 'Pour',
  anyone: 'Toute l’équipe',
  colleagues: 'Les membres de l’équipe',
  me: 'Vous',
  submit: 'Enregistrer',
  saved: (day: string) => `Tâche enregistrée pour le ${day}.`,
};
const en: typeof fr = {
  create: 'New task',
  change: 'Change the task',
  what: 'To do',
  on: 'On',
  forWhom: 'For',
  anyone: 'The whole team',
  colleagues: 'The members of the team',
  me: 'You',
  submit: 'Save',
  saved: (day) => `Task saved for ${day}.`,
};
const useTaskWords = wordsOf({ fr, en });

export interface About {
  customerId: string;
  invoiceId?: string | undefined;
}

type TaskDialogProps = { onClose: () => void } & ({ about: About | null } | { task: TaskRow | null });

export function TaskDialog(props: TaskDialogProps) {
  const words = useTaskWords();
  const task = 'task' in props ? props.task : null;
  const about = 'task' in props ? props.task : props.about;
  return (
    <Dialog opened={about !== null} onClose={props.onClose} title={'task' in props ? words.change : words.create}>
      {about === null ? null : (
        <TaskForm
          about={{ customerId: about.customerId, invoiceId: about.invoiceId ?? undefined }}
          task={task}
          text={task?.text ?? ''}
          onClose={props.onClose}
          onSaved={props.onClose}
        />
      )}
    </Dialog>
  );
}

interface TaskFormProps {
  about: About;
  /** The one that is changed; null: a new one. */
  task?: TaskRow | null;
  /** What is proposed. */
  text: string;
  submit?: string;
  leave?: string;
  onClose: () => void;
  onSaved: () => void;
}

export function TaskForm({ about, task = null, text: proposed, submit, leave, onClose, onSaved }: TaskFormProps) {
  const { company, userId } = useInside();
  const words = useTaskWords();
  const tell = useTell();
  const format = useFormat(company.today);
  const colleagues = useThing<Colleagues>(company.id, 'colleagues');
  // Where they can't be had, whom it is for now is said truly all the same.
  const known = task?.assignedTo
    ? { userId: task.assignedTo, name: task.assignedName ?? '' }
    : { userId, name: words.me };
  const people = colleagues.data?.rows ?? [known];
  const [text, setText] = useState(proposed);
  const [dueOn, setDueOn] = useState(task?.dueOn ?? dayAfter(company.today, 7));
  const [assignedTo, setAssignedTo] = useState(task === null ? userId : (task.assignedTo ?? ''));
  const save = useChange(company.id, () => {
    const given = { text, dueOn, assignedTo: assignedTo === '' ? null : assignedTo };
    return task === null
      ? call('POST', at(company.id, '/tasks'), { ...about, ...given })
      : call('PATCH', at(company.id, `/tasks/${task.id}`), given);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.saved(format.day(dueOn)));
            onSaved();
          },
        });
      }}
    >
      <Stack>
        <NotHad query={colleagues} what={words.colleagues} />
        <TextInput
          label={words.what}
          value={text}
          required
          maxLength={500}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={words.on}
            value={dueOn}
            required
            onChange={(event) => setDueOn(event.currentTarget.value)}
          />
          <NativeSelect
            label={words.forWhom}
            value={assignedTo}
            onChange={(event) => setAssignedTo(event.currentTarget.value)}
            data={[
              { value: '', label: words.anyone },
              ...people.map((one) => ({ value: one.userId, label: one.name })),
            ]}
          />
        </Group>
        <FormFoot change={save} submit={submit ?? words.submit} leave={leave} onClose={onClose} />
      </Stack>
    </form>
  );
}
