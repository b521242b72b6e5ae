// Deleting a sequence: who is in it is said first, and which rules go with it.
import { Text } from '@mantine/core';
import type { EnrolmentRules } from '../../../src/contract/enrolment-rule.ts';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import { RemoveButton } from '../../parts/remove-button.tsx';
import { useThing } from '../../queries.ts';
import { Loaded } from '../../ui/section.tsx';
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
      <WhatFollows sequence={sequence} />
    </RemoveButton>
  );
}

function WhatFollows({ sequence }: { sequence: Sequence }) {
  const { company } = useInside();
  const words = useEditorWords();
  const rules = useThing<EnrolmentRules>(company.id, 'enrolment-rules');
  return (
    <Loaded query={rules} data={rules.data?.rules}>
      {(all) => {
        const going = all.filter((rule) => rule.sequenceId === sequence.id);
        if (going.length === 0) return <Text>{words.removeText(sequence.customers, sequence.receivables)}</Text>;
        const byHand = sequence.customers - going.reduce((sum, rule) => sum + rule.customers, 0);
        return (
          <>
            {going.map((rule) => (
              <Text key={rule.id}>{words.removeRule(rule.name, rule.customers)}</Text>
            ))}
            <Text>{words.removeStopping(byHand)}</Text>
          </>
        );
      }}
    </Loaded>
  );
}
