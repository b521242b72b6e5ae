// "À relancer" (C7): by the level that comes next, its customers; each unfolds into its invoices. Chosen ones are reminded at once.
import { Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerDue, LevelsDue } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { RemindDialog } from '../../parts/remind-dialog.tsx';
import { allPages, useList, useThing } from '../../queries.ts';
import { ChosenBar, ChosenButton } from '../../ui/chosen-bar.tsx';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useSelection } from '../../ui/selection.ts';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import './due.css';
import { CustomersDue } from './customers-due.tsx';
import { useDueWords } from './words.ts';

export function DuePage() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useDueWords();
  const { level } = useSearch({ from: '/due' });
  const levels = useThing<LevelsDue>(company.id, 'due');
  return (
    <Page title={screens.due} detail={words.intro}>
      <Loaded query={levels} data={levels.data}>
        {({ rows }) => {
          const shown = rows.find((row) => String(row.level) === level) ?? rows.find((row) => row.level > 0) ?? rows[0];
          return shown === undefined ? (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          ) : (
            <>
              <LevelLinks rows={rows} shown={shown.level} />
              <OneLevel key={shown.level} level={shown.level} customers={shown.customers} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function LevelLinks({ rows, shown }: { rows: LevelsDue['rows']; shown: number }) {
  const { company } = useInside();
  const words = useDueWords();
  const format = useFormat(company.today);
  return (
    <nav aria-label={words.levels} className="levels">
      {rows.map((row) => (
        <Link
          key={row.level}
          to="/due"
          search={{ level: String(row.level) }}
          aria-current={row.level === shown ? 'true' : undefined}
          data-shown={row.level === shown || undefined}
        >
          <strong>{words.level(row.level, row.name)}</strong>
          <span className="figures">
            {row.amounts.map((one) => format.amount(one.minor, one.currency)).join(' · ')}
          </span>
          <span className="quiet">{words.counts(row.customers, row.invoices)}</span>
        </Link>
      ))}
    </nav>
  );
}

/** Customers that are chosen together at most. */
const most = 20_000;

function OneLevel({ level, customers }: { level: number; customers: number }) {
  const { company, mayAct } = useInside();
  const words = useDueWords();
  const list = useList<CustomerDue>(company.id, 'due/customers', `level=${level}`);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const selection = useSelection();
  const tell = useTell();
  const [reminding, setReminding] = useState<string[]>([]);
  const chooseAll = async () => {
    const pages = await allPages(list, most);
    selection.choose(pages.flatMap((page) => page.rows.map((row) => row.customerId)));
  };
  const chosen = (rows ?? []).filter((row) => selection.chosen.has(row.customerId));
  return (
    <>
      <Loaded query={list} data={rows}>
        {(shown) => <CustomersDue rows={shown} selection={mayAct ? selection : null} />}
      </Loaded>
      <MoreButton query={list} />
      <ChosenBar selection={selection} label={words.selected(chosen.length)}>
        {customers > chosen.length && chosen.length >= (rows ?? []).length ? (
          <ChosenButton onClick={() => void chooseAll().catch(tell.failed)}>{words.everything(customers)}</ChosenButton>
        ) : null}
        <ChosenButton onClick={() => setReminding(chosen.flatMap((row) => row.invoices.map((invoice) => invoice.id)))}>
          {words.remind}
        </ChosenButton>
      </ChosenBar>
      <RemindDialog
        invoiceIds={reminding}
        onClose={() => {
          setReminding([]);
          selection.clear();
        }}
      />
    </>
  );
}
