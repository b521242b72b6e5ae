// The sample company: made to look around in, and thrown away again.
import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useTell } from '../ui/tell.ts';
import { useLanguage, wordsOf } from '../words/words.tsx';

const fr = {
  explore: 'Explorer une entreprise d’exemple',
  exploring: 'Cent jours de relances se préparent : une dizaine de secondes.',
  throwAway: 'Supprimer l’exemple…',
  title: 'Supprimer l’entreprise d’exemple',
  hint: 'Ses clients, ses factures et ses messages disparaissent. Vous pourrez en refaire une.',
  submit: 'Supprimer',
  done: 'L’exemple est supprimé.',
};
const en: typeof fr = {
  explore: 'Explore a sample company',
  exploring: 'A hundred days of reminders are being prepared: some ten seconds.',
  throwAway: 'Throw the sample away…',
  title: 'Throw the sample company away',
  hint: 'Its customers, invoices and messages go. You can make another one.',
  submit: 'Throw away',
  done: 'The sample is gone.',
};
const useSampleWords = wordsOf({ fr, en });

export function ExploreSample() {
  const { chooseCompany } = useInside();
  const words = useSampleWords();
  const language = useLanguage();
  const tell = useTell();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: async () => {
      const { companyId } = await call<{ companyId: string }>('POST', '/api/sample-company', { language });
      await client.invalidateQueries({ queryKey: ['session'] });
      chooseCompany(companyId);
    },
    onError: tell.failed,
  });
  return (
    <>
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
        {words.explore}
      </Button>
      {make.isPending ? (
        <Text size="sm" c="dimmed" role="status">
          {words.exploring}
        </Text>
      ) : null}
    </>
  );
}

/** In the sample, for whoever has another company to go back to. */
export function ThrowSampleAway() {
  const { company, companyIds, isOwner } = useInside();
  const words = useSampleWords();
  const [asked, setAsked] = useState(false);
  if (!company.sample || !isOwner || companyIds.length < 2) return null;
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsked(true)}>
        {words.throwAway}
      </Button>
      <Dialog opened={asked} onClose={() => setAsked(false)} title={words.title}>
        <ThrowAwayForm onClose={() => setAsked(false)} />
      </Dialog>
    </>
  );
}

function ThrowAwayForm({ onClose }: { onClose: () => void }) {
  const { company, companyIds, chooseCompany } = useInside();
  const words = useSampleWords();
  const tell = useTell();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      await call('DELETE', at(company.id, '/sample'));
      chooseCompany(companyIds.find((id) => id !== company.id)!);
      tell.done(words.done);
      client.removeQueries({ queryKey: ['company', company.id] });
      await client.invalidateQueries({ queryKey: ['session'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <FormFoot change={remove} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
