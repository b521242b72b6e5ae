// "Historique": every event of the company, the latest first, by period, kind, person and text; as a file too.
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, type ReactNode, useState } from 'react';
import type { HistoryEvent, HistoryPeople } from '../../../src/contract/event.ts';
import { isOfTask, sayActor } from '../../../src/words/events.ts';
import type { HistoryColumn } from '../../../src/words/lists.ts';
import { useInside } from '../../inside.tsx';
import { ColumnsButton } from '../../parts/columns-button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { useSentenceOf } from '../../parts/history.tsx';
import { useHistoryWords } from '../../parts/history-words.ts';
import { queryOf, useList, useThing } from '../../queries.ts';
import type { HistorySearch } from '../../router.tsx';
import { type ChosenColumns, type ListColumn, useColumns } from '../../ui/columns.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useLanguage, useWords } from '../../words/words.tsx';
import { useHistoryPageWords } from './words.ts';

const kinds = ['messages', 'money', 'decisions', 'company'] as const;

export function HistoryPage() {
  const { mayManage } = useInside();
  const { screens } = useWords();
  const words = useHistoryPageWords();
  const back = <Link to="/settings">← {screens.settings}</Link>;
  return mayManage ? (
    <CompanyHistory back={back} />
  ) : (
    <Page title={words.title} back={back}>
      <Empty>
        <Text>{words.notYours}</Text>
      </Empty>
    </Page>
  );
}

function CompanyHistory({ back }: { back: ReactNode }) {
  const { company } = useInside();
  const words = useHistoryPageWords();
  const filters = useSearch({ from: '/history' });
  const columns = useHistoryColumns();
  const list = useList<HistoryEvent>(company.id, 'history', queryOf({ ...filters }));
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Page
      title={words.title}
      back={back}
      detail={words.intro}
      actions={
        <>
          <ColumnsButton columns={columns} />
          <ExportButton noun="history" columns={columns} filter={{ ...filters }} />
        </>
      }
    >
      <Filters key={company.id} filters={filters} />
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <Empty>
              <Text>{words.nothing}</Text>
              <Button variant="light" component={Link} {...{ to: '/history' }}>
                {words.clear}
              </Button>
            </Empty>
          ) : (
            <Rows
              label={words.title}
              columns={columns.shown}
              mayScroll={!columns.isOriginal}
              rows={shown}
              keyOf={(row) => row.id}
            />
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Page>
  );
}

function Filters({ filters }: { filters: HistorySearch }) {
  const { company } = useInside();
  const words = useHistoryPageWords();
  const historyWords = useHistoryWords();
  const navigate = useNavigate({ from: '/history' });
  const people = useThing<HistoryPeople>(company.id, 'history/people');
  const [typed, setTyped] = useState(filters.search ?? '');
  const set = (some: HistorySearch) =>
    void navigate({ search: (before) => ({ ...before, ...some }), replace: true, resetScroll: false });
  const searchFor = useDebouncedCallback(
    (text: string) => set({ search: text.trim() === '' ? undefined : text.trim() }),
    250,
  );
  const day = (name: 'from' | 'until') => (
    <TextInput
      type="date"
      label={words[name]}
      value={filters[name] ?? ''}
      onChange={(event) => set({ [name]: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
    />
  );
  return (
    <div className="filters history-filters">
      <NotHad query={people} />
      <TextInput
        className="grow"
        type="search"
        label={words.search}
        placeholder={words.searchHint}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          searchFor(event.currentTarget.value);
        }}
      />
      {day('from')}
      {day('until')}
      <NativeSelect
        label={words.columns.kind}
        value={filters.kind ?? ''}
        onChange={(event) => set({ kind: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        data={[
          { value: '', label: historyWords.kinds.all },
          ...kinds.map((kind) => ({ value: kind, label: historyWords.kinds[kind] })),
        ]}
      />
      <NativeSelect
        label={words.columns.who}
        value={filters.actor ?? ''}
        onChange={(event) => set({ actor: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        data={[
          { value: '', label: words.everybody },
          { value: 'system', label: historyWords.by.system },
          ...(people.data?.rows ?? []).map(({ actor, name }) => ({
            value: actor,
            label: sayActor({ actor, actorName: name }, historyWords.by),
          })),
        ]}
      />
    </div>
  );
}

/** When it really happened: the day is the company's, which in practice is another. */
function useInstant(): (event: HistoryEvent) => string {
  const { company } = useInside();
  const language = useLanguage();
  const instant = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: company.timeZone,
  });
  return ({ at }) => instant.format(new Date(at));
}

function useHistoryColumns(): ChosenColumns<HistoryEvent, HistoryColumn> {
  const { company, openMessage } = useInside();
  const language = useLanguage();
  const words = useHistoryPageWords();
  const historyWords = useHistoryWords();
  const format = useFormat(company.today);
  const sentence = useSentenceOf();
  const instant = useInstant();
  const clock = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeStyle: 'short',
    timeZone: company.timeZone,
  });
  const realDay = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: company.timeZone });
  // On a simulated day the hour is another day's: the whole instant is told where the pointer rests.
  const clockOn = (row: HistoryEvent): string => {
    const at = new Date(row.at);
    return realDay.format(at) === row.day ? clock.format(at) : '';
  };
  const titles = words.columns;
  const columns: ListColumn<HistoryEvent, HistoryColumn>[] = [
    {
      code: 'when',
      title: titles.when,
      cell: (row) => (
        <time dateTime={row.at} title={instant(row)} className="together">
          {format.day(row.day)} <span className="quiet">{clockOn(row)}</span>
        </time>
      ),
    },
    { code: 'instant', title: titles.instant, extra: true, cell: instant },
    { code: 'who', title: titles.who, cell: (row) => <span className="who">{sayActor(row, historyWords.by)}</span> },
    { code: 'kind', title: titles.kind, extra: true, cell: (row) => historyWords.kinds[row.kind] },
    { code: 'what', title: titles.what, cell: (row) => <span className="told">{sentence(row)}</span> },
    {
      code: 'about',
      title: titles.about,
      cell: (row) => (
        <>
          {row.customerId === null ? null : (
            <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
              {row.customerName}
            </Link>
          )}
          {row.invoices.slice(0, 3).map(({ id, number }) => (
            <Fragment key={id}>
              {' · '}
              <Link to="/invoices/$invoiceId" params={{ invoiceId: id }} className="together">
                {number}
              </Link>
            </Fragment>
          ))}
          {row.invoices.length > 3 ? ` + ${row.invoices.length - 3}` : ''}
          {row.reminderId === null || isOfTask(row) ? null : (
            <>
              {' · '}
              <button type="button" className="link" onClick={() => openMessage([row.reminderId!])}>
                {words.read}
              </button>
            </>
          )}
        </>
      ),
    },
    { code: 'customer', title: titles.customer, extra: true, cell: (row) => row.customerName },
    {
      code: 'invoices',
      title: titles.invoices,
      extra: true,
      cell: (row) => <Numbers numbers={row.invoices.map(({ number }) => number)} />,
    },
  ];
  return useColumns(`${company.id}.history`, columns);
}
