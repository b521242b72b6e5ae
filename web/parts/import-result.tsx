// What went in, and what did not.
import { Alert, Button, Group, Stack } from '@mantine/core';
import type { Company } from '../../src/contract/company.ts';
import type { ImportDone } from '../../src/contract/import.ts';
import { at } from '../queries.ts';
import { useWords } from '../words/words.tsx';
import { ImportErrors } from './import-errors.tsx';

interface ImportResultProps {
  company: Company;
  done: ImportDone;
  onAgain: () => void;
  onClose: () => void;
}

export function ImportResult({ company, done, onAgain, onClose }: ImportResultProps) {
  const { import: words, close } = useWords();
  const { created, changed, faulty } = done.counts;
  return (
    <Stack>
      <Alert color="accent" variant="outline" role="status">
        {words.done(created, changed)} {faulty > 0 ? words.goodOnly(faulty) : ''}
      </Alert>
      {done.errorCount > 0 ? (
        <ImportErrors
          errors={done.errors}
          count={done.errorCount}
          href={at(company.id, `/imports/${done.importId}/errors.csv`)}
        />
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {words.again}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {close}
        </Button>
      </Group>
    </Stack>
  );
}
