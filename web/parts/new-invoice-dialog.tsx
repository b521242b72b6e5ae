// An invoice or a credit note made by hand: whose, its number, its dates, its amount, in one instalment or several.
import { ActionIcon, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { invoiceTypes } from '../../src/words/values.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { parseAmount, useFormat } from '../ui/format.ts';
import { useTell } from '../ui/tell.ts';
import { wordsOf } from '../words/words.tsx';
import { CustomerPicker } from './customer-picker.tsx';
import { useDueByTerms } from './payment-terms.tsx';

const fr = {
  title: 'Nouvelle facture ou avoir',
  customer: 'Client',
  customerHint: 'Son nom ou son numéro. Un nouveau client se crée d’abord dans Clients.',
  type: 'Nature',
  types: invoiceTypes.fr,
  number: 'Numéro',
  issuedOn: 'Émise le',
  dueOn: 'Échéance',
  dueHint: 'Vide : inconnue, elle ne sera pas relancée.',
  dueByTerms: 'Vide : calculée d’après les conditions de règlement.',
  total: 'Montant TTC',
  amountWrong: 'Un montant, par exemple 1 234,56.',
  instalment: (place: number) => `Échéance ${place}`,
  amount: 'Montant',
  split: 'Payable en plusieurs fois',
  addInstalment: 'Ajouter une échéance',
  removeInstalment: (place: number) => `Retirer l’échéance ${place}`,
  off: (amount: string) => `Les échéances diffèrent du montant de ${amount}.`,
  submit: 'Enregistrer',
  saved: (number: string) => `${number} enregistrée.`,
};
const en: typeof fr = {
  title: 'New invoice or credit note',
  customer: 'Customer',
  customerHint: 'Its name or number. A new customer is made first, under Customers.',
  type: 'Kind',
  types: invoiceTypes.en,
  number: 'Number',
  issuedOn: 'Issued on',
  dueOn: 'Due on',
  dueHint: 'Empty: not known, it will not be reminded of.',
  dueByTerms: 'Empty: worked out by the payment terms.',
  total: 'Amount with tax',
  amountWrong: 'An amount, for example 1,234.56.',
  instalment: (place) => `Instalment ${place}`,
  amount: 'Amount',
  split: 'Payable in several parts',
  addInstalment: 'Add an instalment',
  removeInstalment: (place) => `Remove instalment ${place}`,
  off: (amount) => `The instalments differ from the amount by ${amount}.`,
  submit: 'Save',
  saved: (number) => `${number} saved.`,
};
const useNewInvoiceWords = wordsOf({ fr, en });

interface NewInvoiceDialogProps {
  opened: boolean;
  /** Whose it is; null: to be chosen. */
  customer: { id: string; name: string } | null;
  onClose: () => void;
}

export function NewInvoiceDialog({ opened, customer, onClose }: NewInvoiceDialogProps) {
  const words = useNewInvoiceWords();
  return (
    <Dialog opened={opened} onClose={onClose} size="xl" title={words.title}>
      <NewInvoiceForm customer={customer} onClose={onClose} />
    </Dialog>
  );
}

const types = ['standard', 'deposit', 'progress', 'final', 'subscription', 'credit_note'] as const;

interface Part {
  key: number;
  dueOn: string;
  amount: string;
}

let partsMade = 0;
const newPart = (): Part => {
  partsMade += 1;
  return { key: partsMade, dueOn: '', amount: '' };
};

function NewInvoiceForm({ customer, onClose }: Omit<NewInvoiceDialogProps, 'opened'>) {
  const { company } = useInside();
  const words = useNewInvoiceWords();
  const tell = useTell();
  const navigate = useNavigate();
  const { currency } = company;
  const [customerId, setCustomerId] = useState(customer?.id ?? null);
  const [fields, setFields] = useState({
    type: 'standard' as (typeof types)[number],
    number: '',
    issuedOn: company.today,
    /** null: nobody typed one, and it is the one that the payment terms give. */
    dueOn: null as string | null,
    total: '',
  });
  const [parts, setParts] = useState<Part[]>([]);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<typeof fields>) => setFields((before) => ({ ...before, ...change }));
  const byTerms = useDueByTerms(customerId, fields.issuedOn);
  const dueOn = fields.dueOn ?? byTerms?.dueOn ?? '';
  const totalMinor = parseAmount(fields.total, currency);
  const isCreditNote = fields.type === 'credit_note';
  const read = parts.map((part) => ({ ...part, minor: parseAmount(part.amount, currency) }));
  const off = parts.length === 0 ? 0 : (totalMinor ?? 0) - read.reduce((sum, part) => sum + (part.minor ?? 0), 0);
  const ready =
    customerId !== null &&
    totalMinor !== null &&
    totalMinor > 0 &&
    off === 0 &&
    read.every(({ minor }) => minor !== null);
  const save = useChange(company.id, () =>
    call<{ invoiceId: string }>('POST', at(company.id, '/invoices'), {
      customerId,
      type: fields.type,
      number: fields.number.trim(),
      issuedOn: fields.issuedOn,
      totalMinor,
      ...(isCreditNote
        ? {}
        : parts.length > 0
          ? { instalments: read.map(({ dueOn, minor }) => ({ dueOn: dueOn || null, amountMinor: minor })) }
          : { dueOn: dueOn || null }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!ready) return;
    save.mutate(undefined, {
      onSuccess: ({ invoiceId }) => {
        tell.done(words.saved(fields.number));
        onClose();
        void navigate({ to: '/invoices/$invoiceId', params: { invoiceId } });
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {customer === null ? (
          <CustomerPicker
            label={words.customer}
            description={words.customerHint}
            required
            chosen={customerId}
            onChoose={setCustomerId}
          />
        ) : (
          <Text>{customer.name}</Text>
        )}
        <Group grow align="flex-start">
          <NativeSelect
            label={words.type}
            value={fields.type}
            onChange={(event) => {
              set({ type: event.currentTarget.value as (typeof types)[number] });
              setParts([]);
            }}
            data={types.map((value) => ({ value, label: words.types[value] }))}
          />
          <TextInput
            label={words.number}
            value={fields.number}
            required
            onChange={(event) => set({ number: event.currentTarget.value })}
          />
          <TextInput
            label={words.total}
            inputMode="decimal"
            value={fields.total}
            required
            error={tried && (totalMinor === null || totalMinor === 0) ? words.amountWrong : null}
            classNames={{ input: 'figures' }}
            rightSection={<span className="quiet">{currency}</span>}
            rightSectionWidth={56}
            onChange={(event) => set({ total: event.currentTarget.value })}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={words.issuedOn}
            value={fields.issuedOn}
            required
            onChange={(event) => set({ issuedOn: event.currentTarget.value })}
          />
          {isCreditNote || parts.length > 0 ? null : (
            <TextInput
              type="date"
              label={words.dueOn}
              description={byTerms === null ? words.dueHint : dueOn === byTerms.dueOn ? byTerms.said : words.dueByTerms}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={dueOn}
              onChange={(event) => set({ dueOn: event.currentTarget.value })}
            />
          )}
        </Group>
        {isCreditNote ? null : <Parts parts={parts} onChange={setParts} off={off} />}
        <FormFoot change={save} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

function Parts({ parts, onChange, off }: { parts: Part[]; onChange: (parts: Part[]) => void; off: number }) {
  const { company } = useInside();
  const words = useNewInvoiceWords();
  const format = useFormat(company.today);
  const set = (key: number, change: Partial<Part>) =>
    onChange(parts.map((part) => (part.key === key ? { ...part, ...change } : part)));
  return (
    <Stack gap="xs">
      {parts.map((part, index) => (
        <Fieldset key={part.key} legend={words.instalment(index + 1)} p="sm">
          <Group align="flex-end" gap="xs">
            <TextInput
              flex="1 1 9rem"
              type="date"
              label={words.dueOn}
              value={part.dueOn}
              onChange={(event) => set(part.key, { dueOn: event.currentTarget.value })}
            />
            <TextInput
              flex="1 1 9rem"
              label={words.amount}
              inputMode="decimal"
              value={part.amount}
              required
              classNames={{ input: 'figures' }}
              onChange={(event) => set(part.key, { amount: event.currentTarget.value })}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={words.removeInstalment(index + 1)}
              onClick={() => onChange(parts.filter((one) => one.key !== part.key))}
            >
              ×
            </ActionIcon>
          </Group>
        </Fieldset>
      ))}
      {off === 0 ? null : (
        <Text size="sm" role="status">
          {words.off(format.amount(off, company.currency))}
        </Text>
      )}
      <Button
        variant="light"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange(parts.length === 0 ? [newPart(), newPart()] : [...parts, newPart()])}
      >
        {parts.length === 0 ? words.split : words.addInstalment}
      </Button>
    </Stack>
  );
}
