// Notes on the customer, for the company's own people. Saved when the person says so; what is not saved yet stays as typed.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useCustomerWords } from './words.ts';

export function InternalNotes({ customer }: { customer: Customer }) {
  const { company, mayAct } = useInside();
  const words = useCustomerWords();
  const tell = useTell();
  /** null: as the server has it. */
  const [typed, setTyped] = useState<string | null>(null);
  const save = useChange(company.id, (notes: string) =>
    call('PATCH', at(company.id, `/customers/${customer.id}`), { notes }),
  );
  const changed = typed !== null && typed !== customer.notes;
  if (!mayAct && customer.notes === '') return null;
  return (
    <Section title={words.internal} hint={words.internalHint}>
      <form
        className="internal-notes"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(typed ?? '', {
            onSuccess: () => {
              setTyped(null);
              tell.done(words.internalSaved);
            },
          });
        }}
      >
        <Textarea
          aria-label={words.internal}
          autosize
          minRows={2}
          maxRows={12}
          readOnly={!mayAct}
          value={typed ?? customer.notes}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {save.isError ? <Failure error={save.error} /> : null}
        {changed ? (
          <Button type="submit" size="xs" loading={save.isPending}>
            {words.internalSave}
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
