// "Marquer comme relancé": a call or a letter made outside counts as a step.
import { NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useSteps } from '../../parts/use-steps.ts';
import { at, useChange } from '../../queries.ts';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { useInvoiceWords } from './words.ts';

export function RemindedForm({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { company } = useInside();
  const { today } = useWords();
  const words = useInvoiceWords();
  const tell = useTell();
  const steps = useSteps();
  const proposed = steps.find((step) => step.level > (invoice.level ?? 0)) ?? steps[0];
  const [chosen, setChosen] = useState<string | null>(null);
  const [on, setOn] = useState(company.today);
  const [note, setNote] = useState('');
  const stepId = chosen ?? proposed?.id ?? '';
  const mark = useChange(company.id, () =>
    call('POST', at(company.id, `/invoices/${invoice.id}/reminded`), { stepId, on, note }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mark.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.remindedDone);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.remindedHint}</Text>
        <NativeSelect
          label={words.remindedStep}
          value={stepId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={steps.map((step) => ({
            value: step.id,
            label: `${today.levelNamed(step.level, step.name)} · ${step.sequenceTitle}`,
          }))}
        />
        <TextInput
          type="date"
          label={words.remindedOn}
          value={on}
          max={company.today}
          required
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <Textarea
          label={words.remindedNote}
          value={note}
          autosize
          minRows={3}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot change={mark} submit={words.remindedSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
