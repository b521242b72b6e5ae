// One customer, found by name or number: the server searches.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useInside } from '../inside.tsx';
import { useCustomers } from '../queries.ts';
import { wordsOf } from '../words/words.tsx';

interface Known {
  id: string;
  name: string;
  number: string;
}

interface CustomerPickerProps {
  label: string;
  description?: string | undefined;
  required?: boolean;
  /** Nobody may be chosen again. */
  clearable?: boolean;
  /** Not among those that can be chosen. */
  except?: string | undefined;
  /** The one that is chosen to begin with. */
  known?: Known | null | undefined;
  error?: string | null;
  chosen: string | null;
  onChoose: (customerId: string | null) => void;
}

const usePickerWords = wordsOf({
  fr: { none: 'Aucun client ne correspond.', clear: 'Ne plus choisir personne' },
  en: { none: 'No customer matches.', clear: 'Choose nobody' },
});

export function CustomerPicker({ except, known, chosen, onChoose, clearable = false, ...shown }: CustomerPickerProps) {
  const { company } = useInside();
  const words = usePickerWords();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const labelOf = ({ name, number }: Known): string => `${name} · ${number}`;
  // The field shows whom it holds; that is no search.
  const wanted = known && search === labelOf(known) ? '' : search.trim();
  const found = useCustomers(company.id, `limit=20&search=${encodeURIComponent(wanted)}`);
  const rows: Known[] = (found.data?.rows ?? []).filter(({ id }) => id !== except);
  const all = known && !rows.some(({ id }) => id === known.id) ? [known, ...rows] : rows;
  return (
    <Select
      {...shown}
      searchable
      clearable={clearable}
      clearButtonProps={{ 'aria-label': words.clear }}
      data-autofocus
      // The server searches, by number too: what it found is shown as it is.
      filter={({ options }) => options}
      nothingFoundMessage={words.none}
      data={all.map((one) => ({ value: one.id, label: labelOf(one) }))}
      value={chosen}
      onChange={onChoose}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
