// Deleting a sequence: who is in it is said first.
import { Button, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { useTell } from '../../ui/tell.ts';
import { useEditorWords } from './editor-words.ts';

export function RemoveSequence({ sequence, onRemoved }: { sequence: Sequence; onRemoved: () => void }) {
  const { company } = useInside();
  const words = useEditorWords();
  const navigate = useNavigate();
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const remove = useChange(company.id, () => call('DELETE', at(company.id, `/sequences/${sequence.id}`)));
  const submit = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        onRemoved();
        tell.done(words.removedWhole);
        void navigate({ to: '/sequences' });
      },
    });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      <AskDialog
        opened={asking}
        title={words.removeTitle(sequence.title)}
        submit={words.removeSubmit}
        change={remove}
        onSubmit={submit}
        onClose={() => setAsking(false)}
      >
        <Text>{words.removeText(sequence.customers, sequence.receivables)}</Text>
      </AskDialog>
    </>
  );
}
