// How the company stands: what is owed, what of it is late, what came in; each leads to its invoices or payments. By currency;
// two currencies never add.
import { Link, type LinkProps } from '@tanstack/react-router';
import type { CompanyFigures } from '../../../src/contract/company.ts';
import { dayAfter, useFormat } from '../../ui/format.ts';
import { useWords } from '../../words/words.tsx';

export function Figures({ figures }: { figures: CompanyFigures }) {
  const { figures: words } = useWords();
  const format = useFormat(figures.today);
  const sums = (pick: (one: CompanyFigures['amounts'][number]) => number): string =>
    figures.amounts.length === 0
      ? '—'
      : figures.amounts.map((one) => format.amount(pick(one), one.currency)).join(' · ');
  return (
    <section aria-label={words.title}>
      <dl className="amounts owed">
        <Figure
          title={words.open}
          value={sums((one) => one.openMinor)}
          detail={`${words.invoices(figures.openInvoices)} ${words.ofCustomers(figures.customersWithOpen)}`}
          link={{ to: '/invoices', search: { state: 'open' } }}
        />
        <Figure
          title={words.overdue}
          value={sums((one) => one.overdueMinor)}
          detail={words.overdueInvoices(figures.overdueInvoices)}
          link={{ to: '/invoices', search: { state: 'overdue' } }}
          late
        />
        <Figure
          title={words.notDue}
          value={sums((one) => one.notDueMinor)}
          link={{ to: '/invoices', search: { state: 'not_due' } }}
        />
        <Figure
          title={words.cameIn}
          value={sums((one) => one.cameInMinor)}
          link={{ to: '/payments', search: { since: dayAfter(figures.today, -30) } }}
        />
      </dl>
    </section>
  );
}

interface FigureProps {
  title: string;
  value: string;
  detail?: string;
  link: Pick<LinkProps, 'to' | 'search'>;
  late?: boolean;
}

function Figure({ title, value, detail, link, late }: FigureProps) {
  return (
    <div>
      <dt>
        <Link {...link}>{title}</Link>
      </dt>
      <dd className={late ? 'figures late' : 'figures'}>
        <strong>{value}</strong>
      </dd>
      {detail === undefined ? null : <dd className="quiet">{detail}</dd>}
    </div>
  );
}
