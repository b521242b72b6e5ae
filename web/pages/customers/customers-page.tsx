// "Clients": by name, with what each owes; chosen in numbers to change their sequence, or to pause them.
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer, CustomerRow } from '../../../src/contract/customer.ts';
import type { EnrolmentRules } from '../../../src/contract/enrolment-rule.ts';
import type { Sequence } from '../../../src/contract/sequence.ts';
import type { CustomerColumn } from '../../../src/words/lists.ts';
import { useInside } from '../../inside.tsx';
import { ColumnsButton } from '../../parts/columns-button.tsx';
import { CustomerDialog } from '../../parts/customer-dialog.tsx';
import { EnrolDialog } from '../../parts/enrol-dialog.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { InChargeDialog, InChargeFilter } from '../../parts/in-charge.tsx';
import { PauseDialog } from '../../parts/pause-dialog.tsx';
import { SalespersonFilter } from '../../parts/salesperson-filter.tsx';
import { allPages, queryOf, useList, useThing } from '../../queries.ts';
import { ChosenBar, ChosenButton } from '../../ui/chosen-bar.tsx';
import { type ChosenColumns, type ListColumn, useColumns } from '../../ui/columns.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useSelection } from '../../ui/selection.ts';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { useCustomersWords } from './words.ts';

/** What one operation takes. */
const most = 20_000;

export function CustomersPage() {
  const { company, mayAct } = useInside();
  const { screens } = useWords();
  const words = useCustomersWords();
  const { search, sequence, rule, inCharge, salesperson, payer } = useSearch({ from: '/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const filter = { search, sequence, rule, inCharge, salesperson, payer };
  const list = useList<CustomerRow>(company.id, 'customers', queryOf(filter));
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const selection = useSelection();
  const tell = useTell();
  const [enrolling, setEnrolling] = useState(false);
  const [pausing, setPausing] = useState(false);
  const [giving, setGiving] = useState(false);
  const [adding, setAdding] = useState(false);
  const columns = useCustomerColumns();
  const choosesAll = list.hasNextPage && rows?.every((row) => selection.chosen.has(row.id)) === true;
  const chooseAll = () =>
    allPages(list, most).then(
      (pages) => selection.choose(pages.flatMap((page) => page.rows).map((row) => row.id)),
      tell.failed,
    );
  return (
    <Page
      title={screens.customers}
      actions={
        <>
          <ColumnsButton columns={columns} />
          <ExportButton noun="customers" columns={columns} filter={filter} />
          {mayAct ? <Button onClick={() => setAdding(true)}>{words.add}</Button> : null}
        </>
      }
    >
      <div className="filters">
        <SearchBox search={search ?? ''} />
        <FollowedFilter sequence={sequence} rule={rule} />
        <InChargeFilter
          chosen={inCharge}
          onChoose={(chosen) => void navigate({ search: (before) => ({ ...before, inCharge: chosen }) })}
        />
        <SalespersonFilter
          chosen={salesperson}
          onChoose={(chosen) => void navigate({ search: (before) => ({ ...before, salesperson: chosen }) })}
        />
        {payer === undefined ? null : <PayerChip payerId={payer} />}
      </div>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length > 0 ? (
            <Rows
              label={screens.customers}
              columns={columns.shown}
              mayScroll={!columns.isOriginal}
              rows={shown}
              keyOf={(row) => row.id}
              choosing={
                mayAct ? { selection, label: (row) => words.select(row.name), labelAll: words.selectAll } : undefined
              }
            />
          ) : (
            <Empty>
              <Text>{queryOf(filter) === '' ? words.empty : words.nothing}</Text>
            </Empty>
          )
        }
      </Loaded>
      <MoreButton query={list} />
      <ChosenBar selection={selection} label={words.selected(selection.chosen.size)}>
        {choosesAll ? <ChosenButton onClick={() => void chooseAll()}>{words.everything}</ChosenButton> : null}
        <ChosenButton onClick={() => setEnrolling(true)}>{words.enrol}</ChosenButton>
        <ChosenButton onClick={() => setPausing(true)}>{words.pause}</ChosenButton>
        <ChosenButton onClick={() => setGiving(true)}>{words.inCharge}</ChosenButton>
      </ChosenBar>
      <EnrolDialog
        customerIds={enrolling ? [...selection.chosen] : []}
        onClose={() => setEnrolling(false)}
        onDone={() => {
          setEnrolling(false);
          selection.clear();
        }}
      />
      <PauseDialog
        target={{ customerIds: [...selection.chosen] }}
        opened={pausing}
        onClose={() => setPausing(false)}
        onDone={() => {
          setPausing(false);
          selection.clear();
        }}
      />
      <InChargeDialog
        customerIds={giving ? [...selection.chosen] : []}
        onClose={() => setGiving(false)}
        onDone={() => {
          setGiving(false);
          selection.clear();
        }}
      />
      <CustomerDialog opened={adding} customer={null} onClose={() => setAdding(false)} />
    </Page>
  );
}

function SearchBox({ search }: { search: string }) {
  const words = useCustomersWords();
  const navigate = useNavigate({ from: '/customers' });
  const [typed, setTyped] = useState(search);
  const searchFor = useDebouncedCallback((text: string) => {
    void navigate({
      search: (before) => ({ ...before, search: text.trim() === '' ? undefined : text.trim() }),
      replace: true,
    });
  }, 250);
  return (
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
  );
}

/** By the sequence that customers follow; by the rule that holds them, where a link asked for it. */
function FollowedFilter({ sequence, rule }: { sequence: string | undefined; rule: string | undefined }) {
  const { company } = useInside();
  const words = useCustomersWords();
  const navigate = useNavigate({ from: '/customers' });
  const sequences = useThing<{ rows: Sequence[] }>(company.id, 'sequences');
  return (
    <>
      <NotHad query={sequences} what={words.sequence} />
      <NativeSelect
        aria-label={words.sequence}
        value={sequence ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          void navigate({ search: (before) => ({ ...before, sequence: value === '' ? undefined : value }) });
        }}
        data={[
          { value: '', label: words.anySequence },
          ...(sequences.data?.rows ?? []).map(({ id, title }) => ({ value: id, label: title })),
          { value: 'none', label: words.noReminders },
        ]}
      />
      {rule === undefined ? null : <RuleChip ruleId={rule} />}
    </>
  );
}

function RuleChip({ ruleId }: { ruleId: string }) {
  const { company } = useInside();
  const words = useCustomersWords();
  const navigate = useNavigate({ from: '/customers' });
  const rules = useThing<EnrolmentRules>(company.id, 'enrolment-rules');
  const name = rules.data?.rules.find(({ id }) => id === ruleId)?.name ?? '…';
  return (
    <>
      <NotHad query={rules} what={words.byRule(name)} />
      <Button
        variant="default"
        size="xs"
        aria-label={words.withoutRule(name)}
        onClick={() => void navigate({ search: (before) => ({ ...before, rule: undefined }) })}
      >
        {words.byRule(name)} ×
      </Button>
    </>
  );
}

function PayerChip({ payerId }: { payerId: string }) {
  const { company } = useInside();
  const words = useCustomersWords();
  const navigate = useNavigate({ from: '/customers' });
  const payer = useThing<Customer>(company.id, `customers/${payerId}`);
  const name = payer.data?.name ?? '…';
  return (
    <>
      <NotHad query={payer} what={words.paidBy(name)} />
      <Button
        variant="default"
        size="xs"
        aria-label={words.withoutPayer(name)}
        onClick={() => void navigate({ search: (before) => ({ ...before, payer: undefined }) })}
      >
        {words.paidBy(name)} ×
      </Button>
    </>
  );
}

function useCustomerColumns(): ChosenColumns<CustomerRow, CustomerColumn> {
  const { company } = useInside();
  const words = useCustomersWords();
  const format = useFormat(company.today);
  const titles = words.columns;
  const sums = (amounts: CustomerRow['open']): string =>
    amounts.map((one) => format.amount(one.minor, one.currency)).join(' · ');
  const columns: ListColumn<CustomerRow, CustomerColumn>[] = [
    {
      code: 'name',
      title: titles.name,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.id }}>
          {row.name}
        </Link>
      ),
    },
    { code: 'number', title: titles.number, cell: (row) => <span className="quiet">{row.number}</span> },
    { code: 'kind', title: titles.kind, extra: true, cell: (row) => words.kinds[row.kind] },
    { code: 'category', title: titles.category, extra: true, cell: (row) => row.category },
    { code: 'city', title: titles.city, extra: true, cell: (row) => row.city },
    {
      code: 'sequence',
      title: titles.sequence,
      cell: (row) => words.followed(row.followsTitle, row.enrolment, row.ruleName),
    },
    { code: 'inCharge', title: titles.inCharge, extra: true, cell: (row) => row.inChargeName },
    { code: 'salesperson', title: titles.salesperson, extra: true, cell: (row) => row.salesperson },
    { code: 'terms', title: titles.terms, extra: true, cell: (row) => row.paymentTerms?.text ?? '' },
    { code: 'payer', title: titles.payer, extra: true, cell: (row) => row.payerName },
    {
      code: 'invoices',
      title: titles.invoices,
      amount: true,
      cell: (row) => (row.openInvoices === 0 ? '' : row.openInvoices),
    },
    { code: 'overdue', title: titles.overdue, amount: true, cell: (row) => sums(row.overdue) },
    { code: 'open', title: titles.open, amount: true, cell: (row) => <strong>{sums(row.open)}</strong> },
    {
      code: 'currency',
      title: titles.currency,
      extra: true,
      cell: (row) => row.open.map((one) => one.currency).join(' · '),
    },
  ];
  return useColumns(`${company.id}.customers`, columns);
}
