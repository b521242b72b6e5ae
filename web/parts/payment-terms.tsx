// Payment terms: typed as people say them, with how they are understood below; and the due date that they give an invoice.
import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId } from 'react';
import { useInside } from '../inside.tsx';
import { useProposedDue, useUnderstoodTerms } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { wordsOf } from '../words/words.tsx';

const fr = {
  label: 'Conditions de règlement',
  usual: ['à réception', '30 jours', '30 jours fin de mois', '45 jours fin de mois', '60 jours', '30 jours le 10'],
  means: (terms: string, issued: string, due: string) => `${terms} : une facture du ${issued} est due le ${due}`,
  notUnderstood:
    'Pas compris. Par exemple : 30 jours, 30 jours fin de mois, fin de mois + 15 jours, 30 jours fin de mois le 15, à réception.',
  beyond:
    'Peut dépasser ce que deux entreprises peuvent convenir en France : 60 jours après l’émission, ou 45 jours fin de mois (C. com. art. L441-10 I).',
  byCustomer: (terms: string) => `Échéance calculée : ${terms}.`,
  byCompany: (terms: string) => `Échéance calculée : ${terms}, conditions de votre entreprise.`,
};
const en: typeof fr = {
  label: 'Payment terms',
  usual: ['on receipt', '30 days', '30 days end of month', '45 days end of month', '60 days', '30 days on the 10th'],
  means: (terms, issued, due) => `${terms}: an invoice of ${issued} is due on ${due}`,
  notUnderstood:
    'Not understood. For example: 30 days, 30 days end of month, end of month + 15 days, 30 days end of month on the 15th, on receipt.',
  beyond:
    'May exceed what two businesses can agree on in France: 60 days from issue, or 45 days end of month (C. com. art. L441-10 I).',
  byCustomer: (terms) => `Due date worked out: ${terms}.`,
  byCompany: (terms) => `Due date worked out: ${terms}, your company’s terms.`,
};
export const usePaymentTermsWords = wordsOf({ fr, en });

interface PaymentTermsInputProps {
  value: string;
  /** What an empty field means. */
  hint: string;
  /** Whether what the law lets two businesses agree on holds for them. */
  betweenBusinesses: boolean;
  onChange: (value: string) => void;
}

export function PaymentTermsInput({ value, hint, betweenBusinesses, onChange }: PaymentTermsInputProps) {
  const { company } = useInside();
  const words = usePaymentTermsWords();
  const format = useFormat(company.today);
  const [text] = useDebouncedValue(value.trim(), 250);
  const understood = useUnderstoodTerms(company.id, text);
  const usual = useId();
  const isCurrent = text === value.trim() && text !== '';
  const read = isCurrent ? understood.data : undefined;
  const wrong = isCurrent && understood.isError;
  return (
    <div>
      <TextInput
        label={words.label}
        description={hint}
        value={value}
        maxLength={100}
        list={usual}
        autoComplete="off"
        error={wrong ? words.notUnderstood : null}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={usual}>
        {words.usual.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {read === undefined ? null : (
        <Text size="sm" mt={4} role="status">
          {words.means(read.terms.text, format.day(read.issuedOn), format.day(read.dueOn))}
          {read.mayExceedLaw && betweenBusinesses ? (
            <>
              <br />
              <strong>{words.beyond}</strong>
            </>
          ) : null}
        </Text>
      )}
    </div>
  );
}

/** The due date that terms give an invoice of that customer, in words that say so; null: there are none, or they are not known yet. */
export function useDueByTerms(customerId: string | null, issuedOn: string): { dueOn: string; said: string } | null {
  const { company } = useInside();
  const words = usePaymentTermsWords();
  const { data } = useProposedDue(company.id, customerId, issuedOn);
  const proposed = data?.proposed ?? null;
  if (proposed === null || customerId === null || issuedOn === '') return null;
  const { dueOn, terms, of } = proposed;
  return { dueOn, said: (of === 'customer' ? words.byCustomer : words.byCompany)(terms.text) };
}
