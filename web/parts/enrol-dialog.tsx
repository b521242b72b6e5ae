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
  /** What is chosen to begin with: a sequence, 'none' or 'default'. */
  first?: string;
  onClose: () => void;
  /** They were changed, or an operation that changes them was begun; missing: onClose. */
  onDone?: () => void;
}

export function EnrolDialog({ onDone, ...form }: EnrolDialogProps) {
  const words = useEnrolWords();
  const [begun, setBegun] = useState(false);
  const finish = () => {
    setBegun(false);
    (onDone ?? form.onClose)();
  };
  return (
    <Dialog opened={form.customerIds.length > 0} onClose={begun ? finish : form.onClose} title={words.title}>
      <EnrolForm {...form} onDone={finish} onBegun={() => setBegun(true)} />
    </Dialog>
  );
}

/** `chosen`: a sequence, 'none' or 'default'. */
const enrolmentOf = (customerIds: readonly string[], chosen: string) => ({
  customerIds,
  ...(chosen === 'default' || chosen === 'none' ? { enrolment: chosen } : { enrolment: 'chosen', sequenceId: chosen }),
});

/** Puts them there: a few at once, more of them in the background, in the operation that is then `begun`. */
export function useEnrolling(
  customerIds: readonly string[],
  chosen: string,
  onDone: () => void,
  onBegun: () => void = () => undefined,
) {
  const { company } = useInside();
  const words = useEnrolWords();
  const tell = useTell();
  const [begun, setBegun] = useState<string | null>(null);
  const [, setUntold] = useUntold();
  const path = customerIds.length > mostAtOnce ? '/operations/enrol' : '/enrolments';
  const enrol = useChange(company.id, () =>
    call<{ enrolled?: number; operationId?: string }>('POST', at(company.id, path), enrolmentOf(customerIds, chosen)),
  );
  const submit = () =>
    enrol.mutate(undefined, {
      onSuccess: ({ enrolled = 0, operationId }) => {
        if (operationId !== undefined) {
          setUntold(operationId);
          onBegun();
          return setBegun(operationId);
        }
        tell.done(words.done(enrolled));
        onDone();
      },
    });
  return { begun, enrol, submit };
}

/** Who would leave what, before it is done. */
export function WhatChanges({ customerIds, chosen }: { customerIds: readonly string[]; chosen: string }) {
  const { company } = useInside();
  const words = useEnrolWords();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const body = enrolmentOf(customerIds, chosen);
  const left = useQuery({
    queryKey: ['company', company.id, 'enrolment-preview', body],
    queryFn: ({ signal }) => call<{ passages: Passage[] }>('POST', at(company.id, '/enrolments/preview'), body, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <div role="status" aria-label={words.leaves}>
      <Loaded query={left} data={left.data} what={words.leaves}>
        {({ passages }) => <Passages passages={passages} sequences={sequences.data?.rows ?? []} />}
      </Loaded>
    </div>
  );
}

interface EnrolFormProps extends EnrolDialogProps {
  onDone: () => void;
  onBegun: () => void;
}

function EnrolForm({ customerIds, first = 'default', onClose, onDone, onBegun }: EnrolFormProps) {
  const { company } = useInside();
  const words = useEnrolWords();
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const [chosen, setChosen] = useState(first);
  const { begun, enrol, submit } = useEnrolling(customerIds, chosen, onDone, onBegun);
  if (begun !== null) return <OperationInDialog operationId={begun} onClose={onDone} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
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
        <WhatChanges customerIds={customerIds} chosen={chosen} />
        <FormFoot change={enrol} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
