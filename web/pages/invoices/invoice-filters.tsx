// Which invoices are shown, and what they come to.
import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { InvoicesSum } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { useFormat } from '../../ui/format.ts';
import { useInvoicesWords } from './words.ts';

const states = ['open', 'overdue', 'not_due', 'held', 'disputed', 'outside', 'settled', 'all'] as const;
type State = (typeof states)[number];

/** What the address says, or the open ones. */
export const stateOf = (text: string | undefined): State => states.find((state) => state === text) ?? 'open';

interface FiltersProps {
  state: State;
  search: string;
  sum: InvoicesSum | undefined;
}

export function InvoiceFilters({ state, search, sum }: FiltersProps) {
  const { company } = useInside();
  const words = useInvoicesWords();
  const format = useFormat(company.today);
  const navigate = useNavigate({ from: '/invoices' });
  const [typed, setTyped] = useState(search);
  const searchFor = useDebouncedCallback((text: string) => {
    void navigate({
      search: (before) => ({ ...before, search: text.trim() === '' ? undefined : text.trim() }),
      replace: true,
    });
  }, 250);
  return (
    <div className="filters">
      <NativeSelect
        aria-label={words.state}
        value={state}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          void navigate({ search: (before) => ({ ...before, state: chosen === 'open' ? undefined : chosen }) });
        }}
        data={states.map((value) => ({ value, label: words.states[value] }))}
      />
      <TextInput
        className="grow"
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          searchFor(event.currentTarget.value);
        }}
      />
      {sum === undefined ? null : (
        <span className="total" role="status">
          {words.sum(sum.invoices)}
          {sum.open.map((one) => (
            <span key={one.currency}>
              {' · '}
              <strong>{format.amount(one.minor, one.currency)}</strong>
            </span>
          ))}
        </span>
      )}
    </div>
  );
}
