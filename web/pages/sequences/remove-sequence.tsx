// Deleting a sequence: who is in it is said first.
import { Text } from '@mantine/core';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { RemoveButton } from '../../parts/remove-button.tsx';
import { useEditorWords } from './editor-words.ts';

export function RemoveSequence({ sequence, onRemoved }: { sequence: Sequence; onRemoved: () => void }) {
  const words = useEditorWords();
  const { remove, removeSubmit: submit, removedWhole: removed } = words;
  return (
    <RemoveButton
      path={`/sequences/${sequence.id}`}
      list="/sequences"
      words={{ remove, submit, removed, title: words.removeTitle(sequence.title) }}
      onRemoved={onRemoved}
    >
      <Text>{words.removeText(sequence.customers, sequence.receivables)}</Text>
    </RemoveButton>
  );
}
