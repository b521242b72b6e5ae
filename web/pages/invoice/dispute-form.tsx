// The debtor objects: what it says; the consequence first.
import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useTell } from '../../ui/tell.ts';
import { useInvoiceWords } from './words.ts';

export function DisputeForm({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const tell = useTell();
  const [reason, setReason] = useState('');
  const open = useChange(company.id, () => call('POST', at(company.id, `/invoices/${invoice.id}/dispute`), { reason }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.disputeOpened);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.disputeHint}</Text>
        <Textarea
          label={words.disputeReason}
          value={reason}
          required
          autosize
          minRows={3}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot change={open} submit={words.disputeSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
