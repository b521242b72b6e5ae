// How the company stands: what is owed, what of it is late, what came in. By currency; two currencies never add.
import { SimpleGrid } from '@mantine/core';
import type { CompanyFigures } from '../../../src/contract/company.ts';
import { useFormat } from '../../ui/format.ts';
import { Loaded } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';

interface FiguresProps {
  query: { data: CompanyFigures | undefined; isError: boolean; error: unknown; refetch: () => unknown };
}

export function Figures({ query }: FiguresProps) {
  const words = useWords();
  return (
    <section aria-label={words.figures.title}>
      <Loaded query={query} data={query.data}>
        {(figures) => <Grid figures={figures} />}
      </Loaded>
    </section>
  );
}

function Grid({ figures }: { figures: CompanyFigures }) {
  const { figures: words } = useWords();
  const format = useFormat(figures.today);
  const amounts = figures.amounts.length === 0 ? null : figures.amounts;
  const sums = (pick: (one: CompanyFigures['amounts'][number]) => number): string[] =>
    amounts === null ? ['—'] : amounts.map((one) => format.amount(pick(one), one.currency));
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Figure
        title={words.open}
        values={sums((one) => one.openMinor)}
        detail={`${words.invoices(figures.openInvoices)} ${words.ofCustomers(figures.customersWithOpen)}`}
      />
      <Figure
        title={words.overdue}
        values={sums((one) => one.overdueMinor)}
        detail={words.overdueInvoices(figures.overdueInvoices)}
        meaning="late"
      />
      <Figure title={words.notDue} values={sums((one) => one.notDueMinor)} />
      <Figure title={words.cameIn} values={sums((one) => one.cameInMinor)} meaning="paid" />
    </SimpleGrid>
  );
}

function Figure({
  title,
  values,
  detail,
  meaning,
}: {
  title: string;
  values: string[];
  detail?: string;
  meaning?: string;
}) {
  return (
    <div className={`figure ${meaning ?? ''}`}>
      <div className="figure-title">{title}</div>
      {values.map((value) => (
        <div key={value} className="figure-value">
          {value}
        </div>
      ))}
      {detail === undefined ? null : <div className="figure-detail">{detail}</div>}
    </div>
  );
}
