// What comes after the last step: nothing, a task, the step again, or a person asked about litigation.
import { Group, NumberInput, Radio, Stack, Text } from '@mantine/core';
import type { Ending } from '../../../src/contract/sequence.ts';
import { Section } from '../../ui/section.tsx';
import type { DraftStep } from './draft.ts';
import { useEditorWords } from './editor-words.ts';
import { TypedText } from './typed-text.tsx';

interface EndingFormProps {
  ending: Ending;
  last: DraftStep;
  onChange: (ending: Ending) => void;
}

type Kind = Ending['kind'];

export function EndingForm({ ending, last, onChange }: EndingFormProps) {
  const words = useEditorWords();
  const days = ending.kind === 'nothing' ? 15 : ending.days;
  const began: Record<Kind, Ending> = {
    nothing: { kind: 'nothing' },
    task: { kind: 'task', days, text: words.taskText },
    repeat: { kind: 'repeat', days, times: 3 },
    litigation: { kind: 'litigation', days },
  };
  return (
    <Section title={words.afterLastTitle} hint={words.afterLastHint}>
      <Stack gap="sm" className="step-form">
        <Radio.Group
          aria-label={words.afterLastTitle}
          value={ending.kind}
          onChange={(kind) => onChange(began[kind as Kind])}
        >
          <Stack gap="xs">
            {(['nothing', 'task', 'repeat', 'litigation'] as const).map((kind) => (
              <Radio
                key={kind}
                value={kind}
                label={words.endings[kind]}
                description={words.endingHints[kind]}
                disabled={kind === 'repeat' && ending.kind !== 'repeat' && (last.formalNotice || last.offsetDays < 0)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {ending.kind === 'task' ? (
          <TypedText
            label={words.taskLabel}
            text={ending.text}
            maxLength={500}
            wrong={(typed) => (typed.trim() === '' ? words.taskMissing : null)}
            onText={(text) => onChange({ ...ending, text })}
          />
        ) : null}
        {ending.kind === 'nothing' ? null : (
          <Group gap="sm" align="flex-end">
            <NumberInput
              label={ending.kind === 'repeat' ? words.repeatDays : words.endingDays}
              className="ending-field"
              value={ending.days}
              min={1}
              max={365}
              clampBehavior="strict"
              allowDecimal={false}
              allowNegative={false}
              onChange={(typed) => typeof typed === 'number' && onChange({ ...ending, days: typed })}
            />
            {ending.kind === 'repeat' ? (
              <NumberInput
                label={words.repeatTimes}
                className="ending-field"
                value={ending.times}
                min={1}
                max={12}
                clampBehavior="strict"
                allowDecimal={false}
                allowNegative={false}
                onChange={(times) => typeof times === 'number' && onChange({ ...ending, times })}
              />
            ) : null}
          </Group>
        )}
        <Text size="sm" c="dimmed">
          {words.neverSent}
        </Text>
      </Stack>
    </Section>
  );
}
