// "Relancer…": one invoice is written and sent at once; for many, one message for each customer is prepared, and read before it leaves.
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { Waiting } from '../ui/section.tsx';
import { useWords, wordsOf } from '../words/words.tsx';
import { OperationInDialog, useUntold } from './operation.tsx';
import { useLevels } from './use-steps.ts';

const fr = {
  title: (count: number) => (count >= 2 ? `Relancer ${count} factures` : 'Relancer cette facture'),
  hint: 'Un message par client est préparé. Vous le lisez, le modifiez si besoin, puis vous le validez : rien ne part avant.',
  level: 'Niveau',
  next: 'Le suivant pour chaque facture',
  submit: 'Préparer',
};
const en: typeof fr = {
  title: (count) => (count === 1 ? 'Remind of this invoice' : `Remind of ${count} invoices`),
  hint: 'One message for each customer is prepared. You read it, change it if need be, then approve it: nothing leaves before.',
  level: 'Level',
  next: 'The next of each invoice',
  submit: 'Prepare',
};
/** Not in the first script: the day's own screen does not wait for it. */
const RemindOne = lazy(() => import('./remind-one.tsx').then((part) => ({ default: part.RemindOne })));

const useRemindWords = wordsOf({ fr, en });

interface RemindDialogProps {
  /** None: closed. */
  invoiceIds: readonly string[];
  onClose: () => void;
}

export function RemindDialog({ invoiceIds, onClose }: RemindDialogProps) {
  const words = useRemindWords();
  return (
    <Dialog
      opened={invoiceIds.length > 0}
      onClose={onClose}
      title={words.title(invoiceIds.length)}
      size={invoiceIds.length === 1 ? 'xl' : 'md'}
    >
      {invoiceIds.length === 1 ? (
        <Suspense fallback={<Waiting />}>
          <RemindOne invoiceId={invoiceIds[0]!} onClose={onClose} />
        </Suspense>
      ) : (
        <RemindForm invoiceIds={invoiceIds} onClose={onClose} />
      )}
    </Dialog>
  );
}

function RemindForm({ invoiceIds, onClose }: RemindDialogProps) {
  const { company } = useInside();
  const { cancel } = useWords();
  const words = useRemindWords();
  const levels = useLevels();
  const [level, setLevel] = useState('');
  const [, setUntold] = useUntold();
  const begin = useChange(company.id, (chosen: number | undefined) =>
    call<{ operationId: string }>('POST', at(company.id, '/operations'), { invoiceIds, level: chosen }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate(level === '' ? undefined : Number(level), {
      onSuccess: ({ operationId }) => setUntold(operationId),
    });
  };
  if (begin.data !== undefined) return <OperationInDialog operationId={begin.data.operationId} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <NativeSelect
          label={words.level}
          value={level}
          data-autofocus
          onChange={(event) => setLevel(event.currentTarget.value)}
          data={[{ value: '', label: words.next }, ...levels]}
        />
        {begin.isError ? <Failure error={begin.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" loading={begin.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
