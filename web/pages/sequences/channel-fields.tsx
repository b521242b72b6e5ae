// By which channels a step reaches the customer, the one preferred first; and what there is to do where it is a task.
import { NativeSelect, TextInput } from '@mantine/core';
import { type Channel, useChannelsInWords } from '../../parts/channel.tsx';
import { wordsOf } from '../../words/words.tsx';
import type { DraftStep } from './draft.ts';

const fr = {
  channel: 'Canal',
  channelHint: 'Une tâche : un appel, une visite.',
  written: 'Une mise en demeure est écrite.',
  toDo: 'Ce qu’il y a à faire',
  toDoHint: 'Le niveau, les factures, les montants et le numéro à appeler s’affichent à côté.',
  generalWords: 'Relancer par téléphone',
};
const en: typeof fr = {
  channel: 'Channel',
  channelHint: 'A task: a call, a visit.',
  written: 'A formal notice is written.',
  toDo: 'What there is to do',
  toDoHint: 'Level, invoices, amounts and the number to call are shown beside it.',
  generalWords: 'Remind by telephone',
};
const useChannelFieldsWords = wordsOf({ fr, en });

const choices: readonly Channel[][] = [['email'], ['email', 'task'], ['task']];

interface ChannelFieldsProps {
  step: DraftStep;
  onChange: (change: Partial<DraftStep>) => void;
}

export function ChannelFields({ step: { channels, taskText, formalNotice }, onChange }: ChannelFieldsProps) {
  const words = useChannelFieldsWords();
  const inWords = useChannelsInWords();
  const value = channels.join();
  // A program may have said it otherwise: that is shown too.
  const offered = [...choices, channels].filter(
    (one, place, all) => all.findIndex((other) => other.join() === one.join()) === place,
  );
  return (
    <>
      <NativeSelect
        label={words.channel}
        description={formalNotice ? words.written : words.channelHint}
        value={value}
        data={offered.map((one) => ({
          value: one.join(),
          label: inWords(one),
          disabled: formalNotice && one.includes('task'),
        }))}
        onChange={(event) => onChange({ channels: event.currentTarget.value.split(',') as Channel[] })}
      />
      {channels.includes('task') ? (
        <TextInput
          label={words.toDo}
          description={words.toDoHint}
          placeholder={words.generalWords}
          maxLength={500}
          value={taskText ?? ''}
          onChange={(event) =>
            onChange({ taskText: event.currentTarget.value === '' ? null : event.currentTarget.value })
          }
        />
      ) : null}
    </>
  );
}
