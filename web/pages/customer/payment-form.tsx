// A payment of the customer, spread over its open invoices.
import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { FormFoot } from '../../ui/form-foot.tsx';
import { parseAmount, typedAmount } from '../../ui/format.ts';
import { useTell } from '../../ui/tell.ts';
import { useLanguage, useWords } from '../../words/words.tsx';
import { Spreading, spreadOver, useSpreading } from './spreading.tsx';
import { useCustomerWords } from './words.ts';

export function PaymentForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { company } = useInside();
  const { optional } = useWords();
  const words = useCustomerWords();
  const language = useLanguage();
  const tell = useTell();
  const currencies = [...new Set([...customer.open.map((one) => one.currency), company.currency])];
  const [currency, setCurrency] = useState(currencies[0]!);
  const overdue = customer.overdue.find((one) => one.currency === currency)?.minor ?? 0;
  const [amount, setAmount] = useState(overdue === 0 ? '' : typedAmount(overdue, currency, language));
  const [receivedOn, setReceivedOn] = useState(company.today);
  const [reference, setReference] = useState('');
  const [tried, setTried] = useState(false);
  const amountMinor = parseAmount(amount, currency) ?? 0;
  const spreading = useSpreading(customer.id, currency, amountMinor, spreadOver(customer));
  const record = useChange(company.id, () =>
    call('POST', at(company.id, '/payments'), {
      customerId: customer.id,
      receivedOn,
      amountMinor,
      currency,
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
      to: spreading.to,
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (amountMinor === 0 || receivedOn === '') return;
        const { settled } = spreading;
        record.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.paymentDone(settled));
            onClose();
          },
        });
      }}
      noValidate
    >
      <Stack>
        <Group grow align="flex-start">
          <TextInput
            label={words.paymentAmount}
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
            error={tried && amountMinor === 0 ? words.paymentWrong : null}
            classNames={{ input: 'figures' }}
            rightSection={<span className="quiet">{currency}</span>}
            rightSectionWidth={56}
            data-autofocus
          />
          {currencies.length > 1 ? (
            <NativeSelect
              label={words.paymentCurrency}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value)}
              data={currencies}
            />
          ) : null}
          <TextInput
            label={words.paymentOn}
            type="date"
            value={receivedOn}
            max={company.today}
            required
            onChange={(event) => setReceivedOn(event.currentTarget.value)}
          />
        </Group>
        <Spreading spreading={spreading} currency={currency} />
        <TextInput
          label={`${words.paymentReference} (${optional})`}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <FormFoot change={record} submit={words.paymentSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
