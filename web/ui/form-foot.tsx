// The end of a form in a dialog: what the server refused, the way out, the button that saves.
import { Button, Group } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import { Failure } from './failure.tsx';

interface FormFootProps {
  change: { isError: boolean; error: unknown; isPending: boolean };
  submit: string;
  /** The way out in words, where it is not "Annuler". */
  leave?: string | undefined;
  onClose: () => void;
}

export function FormFoot({ change, submit, leave, onClose }: FormFootProps) {
  const { cancel } = useWords();
  return (
    <>
      {change.isError ? <Failure error={change.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {leave ?? cancel}
        </Button>
        <Button type="submit" loading={change.isPending}>
          {submit}
        </Button>
      </Group>
    </>
  );
}
