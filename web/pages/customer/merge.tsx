// A customer that is there twice: merged into another once a person has seen what that moves; afterwards each page says where to find it.
import { Alert, List, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer, MergeShown } from '../../../src/contract/customer.ts';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { sayActor } from '../../../src/words/events.ts';
import { mergeWords, sayMerge } from '../../../src/words/merge.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { CustomerPicker } from '../../parts/customer-picker.tsx';
import { useHistoryWords } from '../../parts/history-words.ts';
import { at, useChange, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  title: (name: string) => `Fusionner ${name}`,
  hint: 'Pour un client créé deux fois. Ses factures, règlements et messages passent au client choisi, et ce qui le nommera par son numéro lui parviendra aussi.',
  into: 'Avec quel client',
  intoHint: 'Celui-ci reste ; ses réglages valent.',
  intoMissing: 'Choisissez le client qui reste.',
  moves: 'Ce qui passe à ce client',
  submit: 'Fusionner',
  done: (from: string, into: string) => `${from} est fusionné avec ${into}.`,
  deleted: 'séquence supprimée',
  gone: 'Fusionné avec',
  goneOn: (day: string, who: string) => `le ${day}, par ${who}.`,
  goneHint: 'Ce qu’il devait, payé et reçu se trouve désormais là. Son historique se lit ici.',
  came: 'Fusionné avec ce client :',
  sayings: mergeWords.fr,
};
const en: typeof fr = {
  title: (name) => `Merge ${name}`,
  hint: 'For a customer that was made twice. Its invoices, payments and messages go to the chosen customer, and so does what will name it by its number.',
  into: 'Into which customer',
  intoHint: 'This one stays; its settings hold.',
  intoMissing: 'Choose the customer that stays.',
  moves: 'What goes to that customer',
  submit: 'Merge',
  done: (from, into) => `${from} was merged into ${into}.`,
  deleted: 'deleted sequence',
  gone: 'Merged into',
  goneOn: (day, who) => `on ${day}, by ${who}.`,
  goneHint: 'What it owed, paid and received is there now. Its history is read here.',
  came: 'Merged into this customer:',
  sayings: mergeWords.en,
};
const useMergeWords = wordsOf({ fr, en });

interface MergeDialogProps {
  customer: Customer;
  opened: boolean;
  onClose: () => void;
}

export function MergeDialog({ customer, opened, onClose }: MergeDialogProps) {
  const words = useMergeWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title(customer.name)}>
      <MergeForm customer={customer} onClose={onClose} />
    </Dialog>
  );
}

function MergeForm({ customer, onClose }: Omit<MergeDialogProps, 'opened'>) {
  const { company } = useInside();
  const words = useMergeWords();
  const tell = useTell();
  const navigate = useNavigate();
  const [intoId, setIntoId] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const merge = useChange(company.id, (into: string) =>
    call<MergeShown>('POST', at(company.id, `/customers/${customer.id}/merge`), { intoId: into }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (intoId === null) return;
        merge.mutate(intoId, {
          onSuccess: ({ from, into }) => {
            tell.done(words.done(from.name, into.name));
            onClose();
            void navigate({ to: '/customers/$customerId', params: { customerId: into.id } });
          },
        });
      }}
      noValidate
    >
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <CustomerPicker
          label={words.into}
          description={words.intoHint}
          required
          except={customer.id}
          error={tried && intoId === null ? words.intoMissing : null}
          chosen={intoId}
          onChoose={setIntoId}
        />
        {intoId === null ? null : <WhatMoves fromId={customer.id} intoId={intoId} />}
        <FormFoot change={merge} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** Seen before it is done: it can't be taken back. */
function WhatMoves({ fromId, intoId }: { fromId: string; intoId: string }) {
  const { company } = useInside();
  const words = useMergeWords();
  const format = useFormat(company.today);
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  const preview = useQuery({
    queryKey: ['company', company.id, 'merge-preview', fromId, intoId],
    queryFn: ({ signal }) =>
      call<MergeShown>('POST', at(company.id, `/customers/${fromId}/merge/preview`), { intoId }, signal),
    placeholderData: keepPreviousData,
  });
  const told = (merged: MergeShown) =>
    sayMerge(merged, {
      words: words.sayings,
      amounts: (of) => of.map(({ minor, currency }) => format.amount(minor, currency)).join(' · '),
      titleOf: (id) => sequences.data?.rows.find((one) => one.id === id)?.title ?? words.deleted,
    });
  return (
    <div role="status" aria-label={words.moves}>
      <Loaded query={preview} data={preview.data} what={words.moves}>
        {(merged) => {
          const { moves, warnings } = told(merged);
          return (
            <Stack gap="sm">
              <div>
                <Text size="sm" fw={500}>
                  {words.moves}
                </Text>
                <List size="sm">
                  {moves.map((line) => (
                    <List.Item key={line}>{line}</List.Item>
                  ))}
                </List>
              </div>
              <Alert color="yellow" variant="outline">
                {warnings.map((line) => (
                  <Text key={line} size="sm">
                    {line}
                  </Text>
                ))}
              </Alert>
            </Stack>
          );
        }}
      </Loaded>
    </div>
  );
}

/** On the page of one that was merged: where it went. */
export function WhereItWent({ into }: { into: NonNullable<Customer['mergedInto']> }) {
  const { company } = useInside();
  const words = useMergeWords();
  const { by } = useHistoryWords();
  const format = useFormat(company.today);
  return (
    <Alert color="blue" variant="outline" mb="md">
      <Text size="sm">
        {words.gone}{' '}
        <Link to="/customers/$customerId" params={{ customerId: into.id }}>
          {into.name}
        </Link>{' '}
        {words.goneOn(format.day(into.on), sayActor({ actor: into.by, actorName: into.byName }, by))}
      </Text>
      <Text size="sm">{words.goneHint}</Text>
    </Alert>
  );
}

/** On the page of the one that stayed: who came. */
export function WhoCame({ customer: { mergedFrom } }: { customer: Customer }) {
  const { company } = useInside();
  const words = useMergeWords();
  const format = useFormat(company.today);
  if (mergedFrom.length === 0) return null;
  return (
    <p className="quiet">
      {words.came}{' '}
      {mergedFrom.map((one, index) => (
        <span key={one.id}>
          {index === 0 ? '' : ', '}
          <Link to="/customers/$customerId" params={{ customerId: one.id }}>
            {one.name}
          </Link>{' '}
          ({one.number}), {format.day(one.on)}
        </span>
      ))}
    </p>
  );
}
