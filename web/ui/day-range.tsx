// A first and a last day, both included, side by side. The last one may not come before the first: the form asks `isBackwards`.
import { Group, TextInput } from '@mantine/core';

interface DayRangeProps {
  words: { from: string; until: string; backwards: string };
  fromOn: string;
  untilOn: string;
  onFrom: (day: string) => void;
  onUntil: (day: string) => void;
}

export const isBackwards = ({ fromOn, untilOn }: { fromOn: string; untilOn: string }): boolean =>
  fromOn !== '' && untilOn !== '' && untilOn < fromOn;

export function DayRange({ words, fromOn, untilOn, onFrom, onUntil }: DayRangeProps) {
  return (
    <Group grow align="flex-start">
      <TextInput
        type="date"
        label={words.from}
        value={fromOn}
        required
        onChange={(event) => onFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={words.until}
        value={untilOn}
        required
        error={isBackwards({ fromOn, untilOn }) ? words.backwards : null}
        onChange={(event) => onUntil(event.currentTarget.value)}
      />
    </Group>
  );
}
