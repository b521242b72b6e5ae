// Which sequence customers follow: what the rules say and the default after them, one of the sequences, or none. What that leaves is said.
import { NativeSelect, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Passage } from '../../src/contract/enrolment-rule.ts';
import type { Sequence } from '../../src/contract/sequence.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { NotHad } from '../ui/not-loaded.tsx';
import { Loaded } from '../ui/section.tsx';
import { useTell } from '../ui/tell.ts';
import { wordsOf } from '../words/words.tsx';
import { mostAtOnce, OperationInDialog, useUntold } from './operation.tsx';
import { Passages } from './passages.tsx';

const fr = {
  title: 'Séquence de relance',
  hint: 'Chaque facture ouverte reprend dans la séquence choisie : jamais deux fois la même étape, jamais une mise en demeure en premier.',
  sequence: 'Relances',
  all: 'Les séquences',
  none: 'Aucune relance',
  default: 'Selon les règles, sinon par défaut',
  leaves: 'Ce qui change',
  submit: 'Changer',
  done: (count: number) =>
    `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'clients changés' : 'client changé'} de séquence.`,
};
const en: typeof fr = {
  title: 'Reminder sequence',
  hint: 'Each open invoice goes on in the chosen sequence: never the same step twice, never a formal notice first.',
  sequence: 'Reminders',
  all: 'The sequences',
  none: 'No reminders',
  default: 'By the rules, else by default',
  leaves: 'What changes',
  submit: 'Change',
  done: (count) => `Sequence of ${count.toLocaleString('en-GB')} ${count === 1 ? 'customer' : 'customers'} changed.`,
};
const useEnrolWords = wordsOf({ fr, en });

interface EnrolDialogProps {
  /** None: closed. */
  customerIds: readonly string[];
  onClose: () => void;
}

export function EnrolDialog({ customerIds, onClose }: EnrolDialogProps) {
  const words = useEnrolWords();
  return (
    <Dialog opened={customerIds.length > 0} onClose={onClose} title={words.title}>
      <EnrolForm customerIds={customerIds} onClose={onClose} />
    </Dialog>
  );
}

function EnrolForm({ customerIds, onClose }: EnrolDialogProps) {
  const { company } = useInside();
  const words = useEnrolWords();
  const tell = useTell();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const [chosen, setChosen] = useState('default');
  const [begun, setBegun] = useState<string | null>(null);
  const [, setUntold] = useUntold();
  // A few at once, more of them in the background.
  const path = customerIds.length > mostAtOnce ? '/operations/enrol' : '/enrolments';
  const body = {
    customerIds,
    ...(chosen === 'default' || chosen === 'none'
      ? { enrolment: chosen }
      : { enrolment: 'chosen', sequenceId: chosen }),
  };
  const enrol = useChange(company.id, () =>
    call<{ enrolled?: number; operationId?: string }>('POST', at(company.id, path), body),
  );
  const left = useQuery({
    queryKey: ['company', company.id, 'enrolment-preview', body],
    queryFn: ({ signal }) => call<{ passages: Passage[] }>('POST', at(company.id, '/enrolments/preview'), body, signal),
    enabled: begun === null,
    placeholderData: keepPreviousData,
  });
  if (begun !== null) return <OperationInDialog operationId={begun} onClose={onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        enrol.mutate(undefined, {
          onSuccess: ({ enrolled = 0, operationId }) => {
            if (operationId !== undefined) {
              setUntold(operationId);
              return setBegun(operationId);
            }
            tell.done(words.done(enrolled));
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <NotHad query={sequences} what={words.all} />
        <NativeSelect
          label={words.sequence}
          value={chosen}
          data-autofocus
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            { value: 'default', label: words.default },
            ...(sequences.data?.rows ?? []).map(({ id, title }) => ({ value: id, label: title })),
            { value: 'none', label: words.none },
          ]}
        />
        <div role="status" aria-label={words.leaves}>
          <Loaded query={left} data={left.data} what={words.leaves}>
            {({ passages }) => <Passages passages={passages} sequences={sequences.data?.rows ?? []} />}
          </Loaded>
        </div>
        <FormFoot change={enrol} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
