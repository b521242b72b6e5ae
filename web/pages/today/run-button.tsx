// "Lancer les relances du jour": run twice, each step is taken once.
import { Button } from '@mantine/core';
import type { Company } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { at, useChange } from '../../queries.ts';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';

type Ran = Record<'ready' | 'toApprove' | 'tasks', number>;

export function RunButton({ company }: { company: Company }) {
  const words = useWords();
  const tell = useTell();
  const run = useChange(company.id, () => call<Ran>('POST', at(company.id, '/runs')));
  const start = () =>
    run.mutate(undefined, {
      onSuccess: ({ ready, toApprove, tasks }) => tell.done(words.run.done(ready, toApprove, tasks)),
      onError: tell.failed,
    });
  return (
    <Button onClick={start} loading={run.isPending} aria-label={run.isPending ? words.run.running : undefined}>
      {words.run.button}
    </Button>
  );
}
