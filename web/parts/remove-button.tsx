// Deleting a thing from its own screen: what follows is said first; once it is gone, its list is shown.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { AskDialog } from '../ui/ask-dialog.tsx';
import { useTell } from '../ui/tell.ts';

interface RemoveButtonProps {
  /** Its address below the company. */
  path: string;
  /** The list that it stood in. */
  list: '/sequences' | '/templates';
  words: { remove: string; title: string; submit: string; removed: string };
  onRemoved: () => void;
  /** What follows from it. */
  children: ReactNode;
}

export function RemoveButton({ path, list, words, onRemoved, children }: RemoveButtonProps) {
  const { company } = useInside();
  const navigate = useNavigate();
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const remove = useChange(company.id, () => call('DELETE', at(company.id, path)));
  const submit = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        onRemoved();
        tell.done(words.removed);
        void navigate({ to: list });
      },
    });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      <AskDialog
        opened={asking}
        title={words.title}
        submit={words.submit}
        change={remove}
        onSubmit={submit}
        onClose={() => setAsking(false)}
      >
        {children}
      </AskDialog>
    </>
  );
}
