// Asks before something that is not undone: what follows from it first, then the button.
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { FormFoot } from './form-foot.tsx';

interface AskDialogProps {
  opened: boolean;
  title: string;
  submit: string;
  change: { isError: boolean; error: unknown; isPending: boolean };
  onSubmit: () => void;
  onClose: () => void;
  /** What follows from it. */
  children: ReactNode;
}

export function AskDialog({ opened, title, submit, change, onSubmit, onClose, children }: AskDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack>
          {children}
          <FormFoot change={change} submit={submit} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
