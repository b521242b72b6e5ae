// A payment on one invoice. What was typed stays when the server refuses.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { InvoiceCharges } from '../../src/contract/charge.ts';
import type { Company } from '../../src/contract/company.ts';
import type { InvoiceRow } from '../../src/contract/invoice.ts';
import { call } from '../api.ts';
import { at, useChange, useThing } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { parseAmount, typedAmount, useFormat } from '../ui/format.ts';
import { useTell } from '../ui/tell.ts';
import { useLanguage, useWords } from '../words/words.tsx';

export type Payable = Pick<InvoiceRow, 'id' | 'number' | 'customerId' | 'customerName' | 'currency' | 'openMinor'>;

interface PaymentModalProps {
  company: Company;
  invoice: Payable | null;
  onClose: () => void;
}

export function PaymentModal({ company, invoice, onClose }: PaymentModalProps) {
  const { payment: words } = useWords();
  return (
    <Dialog opened={invoice !== null} onClose={onClose} title={invoice === null ? '' : words.title(invoice.number)}>
      {invoice === null ? null : <PaymentForm key={invoice.id} company={company} invoice={invoice} onClose={onClose} />}
    </Dialog>
  );
}

interface NewPayment {
  amountMinor: number;
  receivedOn: string;
  reference: string;
}

function PaymentForm({ company, invoice, onClose }: { company: Company; invoice: Payable; onClose: () => void }) {
  const { payment: words, cancel, optional } = useWords();
  const language = useLanguage();
  const tell = useTell();
  const format = useFormat(company.today);
  const charges = useThing<InvoiceCharges>(company.id, `invoices/${invoice.id}/charges`);
  const chargedMinor = (charges.data?.charges ?? [])
    .filter(({ waived }) => waived === null)
    .reduce((sum, { openMinor }) => sum + openMinor, 0);
  const [amount, setAmount] = useState(
    invoice.openMinor === 0 ? '' : typedAmount(invoice.openMinor, invoice.currency, language),
  );
  const [receivedOn, setReceivedOn] = useState(company.today);
  const [reference, setReference] = useState('');
  const [tried, setTried] = useState(false);
  const amountMinor = parseAmount(amount, invoice.currency);
  const amountWrong = amountMinor === null || amountMinor === 0;
  const record = useChange(company.id, (input: NewPayment) =>
    call('POST', at(company.id, '/payments'), paymentOf(invoice, input)),
  );
  const owedMinor = invoice.openMinor + chargedMinor;
  const surplus = (amountMinor ?? 0) - owedMinor;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (amountWrong || receivedOn === '') return;
    record.mutate(
      { amountMinor, receivedOn, reference },
      {
        onSuccess: () => {
          const left = format.amount(-surplus, invoice.currency);
          const isSettled =
            company.settlesFirst === 'principal' ? (amountMinor ?? 0) >= invoice.openMinor : surplus >= 0;
          tell.done(isSettled ? words.settledNow(invoice.number) : words.partly(invoice.number, left));
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {invoice.customerName}
        </Text>
        <TextInput
          label={words.amount}
          description={
            chargedMinor === 0
              ? words.amountHint(format.amount(invoice.openMinor, invoice.currency))
              : words.amountHintCharged(
                  format.amount(invoice.openMinor, invoice.currency),
                  format.amount(chargedMinor, invoice.currency),
                )
          }
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          error={tried && amountWrong ? words.amountWrong : null}
          rightSection={<span className="quiet">{invoice.currency}</span>}
          rightSectionWidth={56}
          classNames={{ input: 'figures' }}
          data-autofocus
        />
        {surplus > 0 ? (
          <Text size="sm" role="status">
            {words.over(format.amount(surplus, invoice.currency))}
          </Text>
        ) : null}
        <TextInput
          label={words.day}
          type="date"
          value={receivedOn}
          max={company.today}
          onChange={(event) => setReceivedOn(event.currentTarget.value)}
          error={tried && receivedOn === '' ? words.dayWrong : null}
        />
        <TextInput
          label={`${words.reference} (${optional})`}
          description={words.referenceHint}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        {record.isError ? <Failure error={record.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What goes to the invoice is as much as is open; the rest stays with the customer. */
function paymentOf(invoice: Payable, { amountMinor, receivedOn, reference }: NewPayment) {
  return {
    customerId: invoice.customerId,
    receivedOn,
    amountMinor,
    currency: invoice.currency,
    ...(reference.trim() === '' ? {} : { reference }),
    to: [{ invoiceId: invoice.id }],
  };
}
