// What a person may change of an invoice: its due date where it has one, its own recipients, direct debit.
import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { addressesIn, useWrongAddress } from '../../ui/addresses.ts';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useTell } from '../../ui/tell.ts';
import { useInvoiceWords } from './words.ts';

export function EditInvoiceForm({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const tell = useTell();
  const single = invoice.instalments.length === 1;
  const [dueOn, setDueOn] = useState(invoice.dueOn ?? '');
  const [to, setTo] = useState((invoice.recipients?.to ?? []).join('\n'));
  const [cc, setCc] = useState((invoice.recipients?.cc ?? []).join('\n'));
  const recipients = { to: addressesIn(to), cc: addressesIn(cc) };
  const wrongAddress = useWrongAddress();
  const [wrongTo, wrongCc] = [wrongAddress(recipients.to), wrongAddress(recipients.cc)];
  const [directDebit, setDirectDebit] = useState(invoice.directDebit);
  const change = useChange(company.id, () =>
    call('PATCH', at(company.id, `/invoices/${invoice.id}`), {
      ...(single && dueOn !== (invoice.dueOn ?? '') ? { dueOn: dueOn === '' ? null : dueOn } : {}),
      ...(directDebit === invoice.directDebit ? {} : { directDebit }),
      recipients: recipients.to.length === 0 ? null : recipients,
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrongTo !== null || wrongCc !== null) return;
        change.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.edited);
            onClose();
          },
        });
      }}
    >
      <Stack>
        {single ? (
          <TextInput
            type="date"
            label={words.editDue}
            value={dueOn}
            onChange={(event) => setDueOn(event.currentTarget.value)}
          />
        ) : null}
        <Textarea
          label={words.editTo}
          error={wrongTo}
          description={words.editToHint}
          value={to}
          autosize
          minRows={2}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Textarea
          label={words.editCc}
          error={wrongCc}
          value={cc}
          autosize
          minRows={1}
          onChange={(event) => setCc(event.currentTarget.value)}
        />
        <Checkbox
          label={words.editDirectDebit}
          checked={directDebit}
          onChange={(event) => setDirectDebit(event.currentTarget.checked)}
        />
        <FormFoot change={change} submit={words.editSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
