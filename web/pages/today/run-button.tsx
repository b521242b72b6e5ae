// "Lancer les relances du jour": run twice, each step is taken once.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Company } from '../../../src/contract/company.ts';
import { call } from '../../api.ts';
import { at, useChange } from '../../queries.ts';
import { useSentence } from '../../ui/failure.tsx';
import { useWords } from '../../words/words.tsx';

export function RunButton({ company }: { company: Company }) {
  const words = useWords();
  const sentence = useSentence();
  const run = useChange(company.id, () => call<{ ready: number; toApprove: number }>('POST', at(company.id, '/runs')));
  const start = () =>
    run.mutate(undefined, {
      onSuccess: ({ ready, toApprove }) => notifications.show({ message: words.run.done(ready, toApprove) }),
      onError: (error) => notifications.show({ color: 'red', message: sentence(error), autoClose: false }),
    });
  return (
    <Button onClick={start} loading={run.isPending} aria-label={run.isPending ? words.run.running : undefined}>
      {words.run.button}
    </Button>
  );
}
