// A task that a step of a sequence asks for: what it is about as it is now, marking it done with what was said, or not doing it.
import { Group, Stack, Text, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { TaskRow } from '../../src/contract/task.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useFormat } from '../ui/format.ts';
import { LevelTag } from '../ui/level.tsx';
import { useReason } from '../ui/reason.tsx';
import { Tag } from '../ui/tag.tsx';
import { useTell } from '../ui/tell.ts';
import { useUndoable } from '../ui/undoable.tsx';
import { wordsOf } from '../words/words.tsx';

const fr = {
  doneTitle: 'Tâche faite',
  note: 'Ce qui a été dit ou convenu (facultatif)',
  noteHint: 'Gardé dans l’historique du client.',
  markDone: 'Marquer comme faite',
  done: (text: string) => `Fait : ${text}`,
  refuseTitle: 'Ne pas faire cette tâche ?',
  refuseHint: 'Cette étape est passée pour ces factures ; la suivante viendra à son jour.',
  refuseReason: 'Motif (facultatif)',
  refuse: 'Ne pas faire',
  refused: 'La tâche ne sera pas faite.',
  practice: 'mode test',
  phone: (name: string) => `Appeler ${name}`,
};
const en: typeof fr = {
  doneTitle: 'Task done',
  note: 'What was said or agreed (optional)',
  noteHint: 'Kept in the history of the customer.',
  markDone: 'Mark as done',
  done: (text) => `Done: ${text}`,
  refuseTitle: 'Don’t do this task?',
  refuseHint: 'This step is passed over for these invoices; the next comes on its day.',
  refuseReason: 'Reason (optional)',
  refuse: 'Don’t do it',
  refused: 'The task will not be done.',
  practice: 'practice',
  phone: (name) => `Call ${name}`,
};
const useStepTaskWords = wordsOf({ fr, en });

type Reminder = NonNullable<TaskRow['reminder']>;

/** Why a step that would be an e-mail is a task. */
const insteadOfMail = ['step-due-by-task', 'step-due-not-by-email'];

/** Level, invoices, what is due, whom to call. */
export function StepOfTask({ reminder, customerName }: { reminder: Reminder; customerName: string }) {
  const { company } = useInside();
  const words = useStepTaskWords();
  const format = useFormat(company.today);
  const reason = useReason(company.today);
  const { level, stepName, invoices, phone, practice } = reminder;
  return (
    <>
      <LevelTag level={level} name={stepName} />
      <span>
        {invoices.slice(0, 3).map(({ id, number }, index) => (
          <Fragment key={id}>
            {index === 0 ? '' : ', '}
            <Link to="/invoices/$invoiceId" params={{ invoiceId: id }} className="together">
              {number}
            </Link>
          </Fragment>
        ))}
        {invoices.length > 3 ? ` +${invoices.length - 3}` : ''}
      </span>
      <span className="figures">{format.asked(reminder)}</span>
      {phone === null ? null : (
        <a
          href={`tel:${phone.number.replace(/[^\d+]/g, '')}`}
          className="together"
          aria-label={`${words.phone(phone.name ?? customerName)}, ${phone.number}`}
        >
          {phone.name === null ? '' : `${phone.name} `}
          {phone.number}
        </a>
      )}
      {reminder.reason !== null && insteadOfMail.includes(reminder.reason.code) ? (
        <span className="quiet">{reason(reminder.reason)}</span>
      ) : null}
      {practice && company.mode === 'practice' ? <Tag meaning="paused">{words.practice}</Tag> : null}
    </>
  );
}

interface AskedProps {
  /** null: nothing is asked. */
  task: TaskRow | null;
  onClose: () => void;
}

/** What came of it, if one wants to say so; it can be taken back for ten seconds. */
export function DoneDialog({ task, onClose }: AskedProps) {
  const words = useStepTaskWords();
  return (
    <Dialog opened={task !== null} onClose={onClose} title={words.doneTitle}>
      {task === null ? null : <DoneForm task={task} onClose={onClose} />}
    </Dialog>
  );
}

function DoneForm({ task, onClose }: { task: TaskRow; onClose: () => void }) {
  const { company } = useInside();
  const words = useStepTaskWords();
  const tell = useTell();
  const undoable = useUndoable();
  const [note, setNote] = useState('');
  const finish = useChange(company.id, () => call('POST', at(company.id, `/tasks/${task.id}/done`), { note }));
  const takeBack = useChange(company.id, () => call('POST', at(company.id, `/tasks/${task.id}/undone`)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        finish.mutate(undefined, {
          onSuccess: () => {
            undoable({
              id: `task ${task.id}`,
              text: words.done(task.text),
              seconds: 10,
              onUndo: () => takeBack.mutate(undefined, { onError: tell.failed }),
            });
            onClose();
          },
        });
      }}
    >
      <Stack>
        <About task={task} />
        <Textarea
          label={words.note}
          description={words.noteHint}
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          data-autofocus
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot change={finish} submit={words.markDone} onClose={onClose} />
      </Stack>
    </form>
  );
}

function About({ task: { text, customerName, reminder } }: { task: TaskRow }) {
  return (
    <div>
      <Text fw={600}>{text}</Text>
      <Group gap="xs">
        <span>{customerName}</span>
        {reminder === null ? null : <StepOfTask reminder={reminder} customerName={customerName} />}
      </Group>
    </div>
  );
}

/** "Ne pas faire": a reason if one wants, and what follows. */
export function RefuseTaskDialog({ task, onClose }: AskedProps) {
  const words = useStepTaskWords();
  return (
    <Dialog opened={task !== null} onClose={onClose} title={words.refuseTitle}>
      {task === null ? null : <RefuseTaskForm task={task} onClose={onClose} />}
    </Dialog>
  );
}

function RefuseTaskForm({ task, onClose }: { task: TaskRow; onClose: () => void }) {
  const { company } = useInside();
  const words = useStepTaskWords();
  const tell = useTell();
  const [reason, setReason] = useState('');
  const refuse = useChange(company.id, () =>
    call('POST', at(company.id, `/reminders/${task.reminder!.id}/refuse`), { reason }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        refuse.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.refused);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <About task={task} />
        <Text size="sm">{words.refuseHint}</Text>
        <Textarea
          label={words.refuseReason}
          value={reason}
          maxLength={500}
          autosize
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot change={refuse} submit={words.refuse} onClose={onClose} />
      </Stack>
    </form>
  );
}
