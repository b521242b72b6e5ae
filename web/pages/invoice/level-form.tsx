// B11: the level reached, said by a person.
import { NativeSelect, Stack, Text } from '@mantine/core';
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

export function LevelForm({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { company } = useInside();
  const { today } = useWords();
  const words = useInvoiceWords();
  const tell = useTell();
  const steps = useSteps().filter((step) => step.level > 0);
  const [level, setLevel] = useState(String(invoice.level ?? 0));
  const set = useChange(company.id, () =>
    call('POST', at(company.id, '/invoices/level'), { invoiceIds: [invoice.id], level: Number(level) }),
  );
  const levels = [...new Map(steps.map((step) => [step.level, step.name]))].sort(([a], [b]) => a - b);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.levelSet);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.levelHint}</Text>
        <NativeSelect
          label={words.levelTitle}
          value={level}
          data-autofocus
          onChange={(event) => setLevel(event.currentTarget.value)}
          data={[
            { value: '0', label: words.levelNone },
            ...levels.map(([value, name]) => ({ value: String(value), label: today.levelNamed(value, name) })),
          ]}
        />
        <FormFoot change={set} submit={words.levelSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
