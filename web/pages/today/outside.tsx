// "Échues, hors relance": what arrived long overdue is not reminded of unless somebody includes it.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Company, CompanyFigures } from '../../../src/contract/company.ts';
import type { InvoiceRow } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { at, useChange, useInvoices, usePreview } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';

interface OutsideProps {
  company: Company;
  figures: CompanyFigures | undefined;
  mayAct: boolean;
}

export function Outside({ company, figures, mayAct }: OutsideProps) {
  const { outside: words } = useWords();
  const format = useFormat(company.today);
  const [shown, setShown] = useState(false);
  const { data: preview } = usePreview(company.id);
  if (figures === undefined) return null;
  if (figures.outside.invoices === 0) {
    // Nothing stands outside before a run has looked; what the next one will leave outside is said beforehand.
    if (preview === undefined || preview.outsideCount === 0) return null;
    return (
      <Section title={words.title} hint={words.hint}>
        <p className="sum">{words.coming(preview.outsideCount)}</p>
      </Section>
    );
  }
  const { invoices, amounts } = figures.outside;
  const total = amounts.map((one) => format.amount(one.minor, one.currency)).join(' · ');
  return (
    <Section
      title={words.title}
      hint={words.hint}
      actions={
        <Button size="xs" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </Button>
      }
    >
      <p className="sum">
        {words.count(invoices)} · <span className="figures">{total}</span>
      </p>
      {shown ? <List company={company} mayAct={mayAct} /> : null}
    </Section>
  );
}

function List({ company, mayAct }: { company: Company; mayAct: boolean }) {
  const { outside: words, today } = useWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const invoices = useInvoices(company.id, 'state=outside&limit=100');
  const include = useChange(company.id, (invoiceIds: string[]) =>
    call('POST', at(company.id, '/invoices/include'), { invoiceIds }),
  );
  const take = (ids: string[]) =>
    include.mutate(ids, {
      onSuccess: () => tell.done(words.included(ids.length)),
      onError: tell.failed,
    });
  const columns: Column<InvoiceRow>[] = [
    { title: today.customer, cell: (row) => <strong>{row.customerName}</strong> },
    { title: today.invoice, cell: (row) => <span className="together">{row.number}</span> },
    { title: today.due, cell: (row) => format.distance(row.dueOn) },
    { title: today.amount, amount: true, cell: (row) => format.amount(row.openMinor, row.currency) },
    {
      title: words.include,
      actions: true,
      cell: (row) =>
        mayAct ? (
          <Group justify="flex-end" className="row-actions">
            <Button
              size="compact-sm"
              variant="default"
              disabled={include.isPending}
              onClick={() => take([row.id])}
              aria-label={`${words.include} ${row.number}`}
            >
              {words.include}
            </Button>
          </Group>
        ) : null,
    },
  ];
  return (
    <Loaded query={invoices} data={invoices.data}>
      {({ rows }) => (
        <>
          <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />
          {mayAct && rows.length > 1 ? (
            <Group mt="xs" gap="sm">
              <Button
                size="xs"
                variant="light"
                loading={include.isPending}
                onClick={() => take(rows.map((row) => row.id))}
              >
                {words.includeAll(rows.length)}
              </Button>
              <span className="quiet">{words.includeHint}</span>
            </Group>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
