// What the list of customers is filtered by where they have salespeople: there is nothing to choose where none has.
import { NativeSelect } from '@mantine/core';
import type { Salespeople } from '../../src/contract/customer.ts';
import { useInside } from '../inside.tsx';
import { useThing } from '../queries.ts';
import { NotHad } from '../ui/not-loaded.tsx';
import { wordsOf } from '../words/words.tsx';

const fr = { filter: 'Clients par commercial', all: 'Tous les commerciaux' };
const en: typeof fr = { filter: 'Customers by salesperson', all: 'All salespeople' };
const useSalespersonWords = wordsOf({ fr, en });

interface SalespersonFilterProps {
  /** A name; undefined: all customers. */
  chosen: string | undefined;
  onChoose: (chosen: string | undefined) => void;
}

export function SalespersonFilter({ chosen, onChoose }: SalespersonFilterProps) {
  const { company } = useInside();
  const words = useSalespersonWords();
  const salespeople = useThing<Salespeople>(company.id, 'salespeople');
  const names = (salespeople.data?.rows ?? []).map(({ name }) => name);
  // One that an address names stays to be seen, and left.
  const shown = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return (
    <>
      {/* By the name of its screen: of filters alone, its sentence would not name the list any more. */}
      <NotHad query={salespeople} />
      {shown.length === 0 ? null : (
        <NativeSelect
          aria-label={words.filter}
          value={chosen ?? ''}
          onChange={(event) => onChoose(event.currentTarget.value || undefined)}
          data={[{ value: '', label: words.all }, ...shown.map((name) => ({ value: name, label: name }))]}
        />
      )}
    </>
  );
}
