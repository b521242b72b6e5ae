// What is agreed with a customer, in its form: payment terms, whether it may be written to, its salesperson.
import { Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Customer, Salespeople } from '../../src/contract/customer.ts';
import { useInside } from '../inside.tsx';
import { useThing } from '../queries.ts';
import { wordsOf } from '../words/words.tsx';
import { PaymentTermsInput } from './payment-terms.tsx';

const fr = {
  none: 'Vide : celles de vos réglages. Les factures saisies ou importées sans échéance la reçoivent d’après elles.',
  salesperson: 'Commercial',
  salespersonEmail: 'E-mail du commercial',
  mayBeMailed: 'Peut être relancé par e-mail',
  mayBeMailedHint: 'Sinon, ses étapes prennent leur canal suivant, une tâche par exemple, ou attendent.',
};
const en: typeof fr = {
  none: 'Empty: those of your settings. Invoices entered or imported without a due date get it by them.',
  salesperson: 'Salesperson',
  salespersonEmail: 'Salesperson’s e-mail',
  mayBeMailed: 'May be reminded by e-mail',
  mayBeMailedHint: 'Otherwise its steps take their next channel, a task for example, or wait.',
};
export const useAgreedWords = wordsOf({ fr, en });

export interface Agreed {
  terms: string;
  salespersonName: string;
  salespersonEmail: string;
  mayBeMailed: boolean;
}

export const agreedWith = (customer: Customer | null): Agreed => ({
  terms: customer?.paymentTerms?.text ?? '',
  salespersonName: customer?.salesperson ?? '',
  salespersonEmail: customer?.salespersonEmail ?? '',
  mayBeMailed: !(customer?.forbiddenChannels ?? []).includes('email'),
});

/** As the API takes it. */
export const agreedGiven = ({ terms, salespersonName, salespersonEmail, mayBeMailed }: Agreed) => ({
  paymentTerms: terms.trim() || null,
  salespersonName: salespersonName.trim() || null,
  salespersonEmail: salespersonEmail.trim() || null,
  forbiddenChannels: mayBeMailed ? [] : ['email'],
});

interface AgreedFieldsProps {
  agreed: Agreed;
  isBusiness: boolean;
  onChange: (agreed: Agreed) => void;
}

export function AgreedFields({ agreed, isBusiness, onChange }: AgreedFieldsProps) {
  const { company } = useInside();
  const words = useAgreedWords();
  // Those that other customers have, to choose from.
  const salespeople = useThing<Salespeople>(company.id, 'salespeople');
  const known = useId();
  return (
    <Stack>
      <PaymentTermsInput
        value={agreed.terms}
        hint={words.none}
        betweenBusinesses={isBusiness}
        onChange={(terms) => onChange({ ...agreed, terms })}
      />
      <Group grow>
        <TextInput
          label={words.salesperson}
          value={agreed.salespersonName}
          maxLength={200}
          list={known}
          autoComplete="off"
          onChange={(event) => onChange({ ...agreed, salespersonName: event.currentTarget.value })}
        />
        <TextInput
          type="email"
          label={words.salespersonEmail}
          value={agreed.salespersonEmail}
          autoComplete="off"
          onChange={(event) => onChange({ ...agreed, salespersonEmail: event.currentTarget.value })}
        />
      </Group>
      <datalist id={known}>
        {(salespeople.data?.rows ?? []).map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Checkbox
        label={words.mayBeMailed}
        description={words.mayBeMailedHint}
        checked={agreed.mayBeMailed}
        onChange={(event) => onChange({ ...agreed, mayBeMailed: event.currentTarget.checked })}
      />
    </Stack>
  );
}
