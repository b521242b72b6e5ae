// "Historique": every event of the company, the latest first, by period, kind, person and text; as a file too.
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, type ReactNode, useState } from 'react';
import type { HistoryEvent, HistoryPeople } from '../../../src/contract/event.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { actorOf, useSentenceOf } from '../../parts/history.tsx';
import { useHistoryWords } from '../../parts/history-words.ts';
import { at, type PageOf, queryOf, useList, useThing } from '../../queries.ts';
import type { HistorySearch } from '../../router.tsx';
import { saveCsv } from '../../ui/csv.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
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
  const query = queryOf({ ...filters });
  const list = useList<HistoryEvent>(company.id, 'history', query);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Page title={words.title} back={back} detail={words.intro} actions={<ExportButton query={query} />}>
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
            <Events rows={shown} />
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
        label={words.kind}
        value={filters.kind ?? ''}
        onChange={(event) => set({ kind: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        data={[
          { value: '', label: historyWords.kinds.all },
          ...kinds.map((kind) => ({ value: kind, label: historyWords.kinds[kind] })),
        ]}
      />
      <NativeSelect
        label={words.who}
        value={filters.actor ?? ''}
        onChange={(event) => set({ actor: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        data={[
          { value: '', label: words.everybody },
          { value: 'system', label: historyWords.by.system },
          ...(people.data?.rows ?? []).map(({ actor, name }) => ({
            value: actor,
            label: actorOf({ actor, actorName: name }, historyWords.by),
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

function Events({ rows }: { rows: HistoryEvent[] }) {
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
  const columns: Column<HistoryEvent>[] = [
    {
      title: words.when,
      cell: (row) => (
        <time dateTime={row.at} title={instant(row)} className="together">
          {format.day(row.day)} <span className="quiet">{clockOn(row)}</span>
        </time>
      ),
    },
    { title: words.who, cell: (row) => <span className="who">{actorOf(row, historyWords.by)}</span> },
    { title: words.what, cell: (row) => <span className="told">{sentence(row)}</span> },
    {
      title: words.about,
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
          {row.reminderId === null ? null : (
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
  ];
  return <Rows label={words.title} columns={columns} rows={rows} keyOf={(row) => row.id} />;
}

/** All that the filters let through, page by page, whatever is shown. */
function ExportButton({ query }: { query: string }) {
  const { company } = useInside();
  const words = useHistoryPageWords();
  const historyWords = useHistoryWords();
  const language = useLanguage();
  const sentence = useSentenceOf();
  const instant = useInstant();
  const tell = useTell();
  const [read, setRead] = useState<number | null>(null);
  const exportAll = async () => {
    const lines: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/history?limit=200${query === '' ? '' : `&${query}`}${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: PageOf<HistoryEvent> = await call('GET', at(company.id, path));
      for (const row of page.rows)
        lines.push([
          row.day,
          instant(row),
          actorOf(row, historyWords.by),
          historyWords.kinds[row.kind],
          sentence(row),
          row.customerName ?? '',
          row.invoices.map(({ number }) => number).join(' '),
        ]);
      setRead(lines.length);
      cursor = page.nextCursor;
    }
    const { customer } = historyWords;
    saveCsv(
      words.file,
      [words.day, words.when, words.who, words.kind, words.what, customer, words.invoices],
      lines,
      language,
    );
  };
  return (
    <Button
      variant="default"
      disabled={read !== null}
      onClick={() => {
        setRead(0);
        void exportAll()
          .catch(tell.failed)
          .finally(() => setRead(null));
      }}
    >
      {read === null ? words.export : words.exporting(read)}
    </Button>
  );
}
