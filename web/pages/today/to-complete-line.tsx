// What can't be reminded of as it is: how many, how much, and the way to put it right. Nothing where nothing is missing.
import { Link } from '@tanstack/react-router';
import type { InvoicesSum } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { useThing } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Section } from '../../ui/section.tsx';
import { useWords, wordsOf } from '../../words/words.tsx';

const fr = {
  hint: 'Sans échéance, sans adresse ou à traiter : ces factures ne peuvent pas être relancées.',
  count: (count: number) => `${count.toLocaleString('fr-FR')} ${count >= 2 ? 'factures' : 'facture'}`,
  open: 'Compléter',
};
const en: typeof fr = {
  hint: 'Without a due date, without an address or to process: these invoices can’t be reminded of.',
  count: (count) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'invoice' : 'invoices'}`,
  open: 'Complete',
};
const useToCompleteLineWords = wordsOf({ fr, en });

export function ToCompleteLine() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useToCompleteLineWords();
  const format = useFormat(company.today);
  const sum = useThing<InvoicesSum>(company.id, 'invoices/sum?state=incomplete');
  const { data } = sum;
  if (data === undefined || data.invoices === 0) return <NotHad query={sum} what={screens.toComplete} />;
  return (
    <Section title={screens.toComplete} hint={words.hint} actions={<Link to="/to-complete">{words.open} →</Link>}>
      <p className="sum">
        {words.count(data.invoices)} ·{' '}
        <span className="figures">{data.open.map((one) => format.amount(one.minor, one.currency)).join(' · ')}</span>
      </p>
    </Section>
  );
}
