// "Envois": all that left, the latest first, searched by customer, address or invoice; each opens as it left.
import { Button, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReminderRow } from '../../../src/contract/reminder.ts';
import type { MessageColumn } from '../../../src/words/lists.ts';
import { useInside } from '../../inside.tsx';
import { useBounceWords } from '../../parts/bounce-words.ts';
import { Channels } from '../../parts/channel.tsx';
import { ColumnsButton } from '../../parts/columns-button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { useMessageCells } from '../../parts/message-rows.tsx';
import { queryOf, useList } from '../../queries.ts';
import { type ChosenColumns, type ListColumn, useColumns } from '../../ui/columns.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';
import { ReportsDialog } from './reports-dialog.tsx';
import { useSentWords } from './words.ts';

export function SentPage() {
  const { company, mayAct } = useInside();
  const { screens, messages } = useWords();
  const bounces = useBounceWords();
  const [handingIn, setHandingIn] = useState(false);
  const words = useSentWords();
  const { search } = useSearch({ from: '/sent' });
  const filter = { state: 'left', search };
  const list = useList<ReminderRow>(company.id, 'reminders', queryOf(filter));
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const columns = useMessageColumns(rows ?? []);
  return (
    <Page
      title={screens.sent}
      detail={company.mode === 'live' ? words.intro : words.introPractice}
      actions={
        <>
          {mayAct ? (
            <Button variant="default" onClick={() => setHandingIn(true)}>
              {bounces.handIn}
            </Button>
          ) : null}
          <ColumnsButton columns={columns} />
          <ExportButton noun="reminders" columns={columns} filter={filter} />
        </>
      }
    >
      <SearchBox key={company.id} search={search ?? ''} />
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{search === undefined ? messages.empty : words.nothing}</Text>
            </Empty>
          ) : (
            <Rows
              label={screens.sent}
              columns={columns.shown}
              mayScroll={!columns.isOriginal}
              rows={shown}
              keyOf={(row) => row.id}
            />
          )
        }
      </Loaded>
      <MoreButton query={list} />
      <ReportsDialog opened={handingIn} onClose={() => setHandingIn(false)} />
    </Page>
  );
}

function useMessageColumns(rows: readonly ReminderRow[]): ChosenColumns<ReminderRow, MessageColumn> {
  const { company } = useInside();
  const words = useSentWords();
  const format = useFormat(company.today);
  const cells = useMessageCells(rows);
  const titles = words.columns;
  const columns: ListColumn<ReminderRow, MessageColumn>[] = [
    { code: 'customer', title: titles.customer, cell: cells.customer },
    { code: 'customerNumber', title: titles.customerNumber, extra: true, cell: (row) => row.customerNumber },
    { code: 'channel', title: titles.channel, extra: true, cell: (row) => <Channels channels={[row.channel]} /> },
    { code: 'to', title: titles.to, cell: cells.to },
    { code: 'invoices', title: titles.invoices, cell: cells.invoices },
    { code: 'level', title: titles.level, cell: cells.level },
    { code: 'planned', title: titles.planned, extra: true, cell: (row) => format.day(row.plannedOn) },
    { code: 'date', title: titles.date, cell: cells.dateAndState, tells: ['state'] },
    { code: 'amount', title: titles.amount, amount: true, cell: cells.amount },
    { code: 'currency', title: titles.currency, extra: true, cell: (row) => row.currency },
  ];
  return useColumns(`${company.id}.sent`, columns);
}

function SearchBox({ search }: { search: string }) {
  const words = useSentWords();
  const navigate = useNavigate({ from: '/sent' });
  const [typed, setTyped] = useState(search);
  const searchFor = useDebouncedCallback((text: string) => {
    void navigate({ search: { search: text.trim() === '' ? undefined : text.trim() }, replace: true });
  }, 250);
  return (
    <div className="filters">
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
    </div>
  );
}
