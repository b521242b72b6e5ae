// The time line of a customer or an invoice: everything that happened, the newest first; each message opens as it left.
import { SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { EventRow } from '../../src/contract/event.ts';
import { type EventToTell, sayActor, sayEvent } from '../../src/words/events.ts';
import { useInside } from '../inside.tsx';
import { queryOf, useList } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { Loaded } from '../ui/section.tsx';
import { useLanguage, useWords } from '../words/words.tsx';
import './history.css';
import { useHistoryWords } from './history-words.ts';

type Kind = 'messages' | 'money' | 'decisions';

/** Its first word says what an event is about. */
function kindOf(type: string): Kind {
  if (/^(reminder|step|address)\.|^customer\.contacted$/.test(type)) return 'messages';
  return /^(payment|allocation|credit)\.|settled/.test(type) ? 'money' : 'decisions';
}

export function History({ customerId, invoiceId }: { customerId?: string; invoiceId?: string }) {
  const { company } = useInside();
  const words = useHistoryWords();
  const [kind, setKind] = useState<Kind | 'all'>('all');
  const list = useList<EventRow>(company.id, 'events', queryOf({ customerId, invoiceId }), 30);
  const rows = list.data?.pages
    .flatMap((page) => page.rows)
    .filter((row) => kind === 'all' || kindOf(row.type) === kind);
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label={words.kind}
        value={kind}
        onChange={(value) => setKind(value as Kind | 'all')}
        data={(['all', 'messages', 'money', 'decisions'] as const).map((value) => ({
          value,
          label: words.kinds[value],
        }))}
      />
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.empty}</p>
          ) : (
            <ol className="history">
              {shown.map((row) => (
                <Happened key={row.id} event={row} invoiceId={invoiceId} />
              ))}
            </ol>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </>
  );
}

/** On a customer's page: which invoices an entry is about. */
function About({ invoices }: { invoices: EventRow['invoices'] }) {
  return invoices.slice(0, 3).map(({ id, number }) => (
    <Fragment key={id}>
      {' · '}
      <Link to="/invoices/$invoiceId" params={{ invoiceId: id }} className="together">
        {number}
      </Link>
    </Fragment>
  ));
}

function Happened({ event, invoiceId }: { event: EventRow; invoiceId: string | undefined }) {
  const { company, openMessage } = useInside();
  const words = useHistoryWords();
  const language = useLanguage();
  const format = useFormat(company.today);
  const sentence = useSentenceOf();
  const by = sayActor(event, words.by);
  const instant = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: company.timeZone,
  }).format(new Date(event.at));
  const opens =
    /^reminder\.(captured|sent|in-doubt|undelivered|partly-delivered|delivery-(delayed|unclear))$/.test(event.type) &&
    event.reminderId !== null;
  return (
    <li data-kind={kindOf(event.type)}>
      <div>
        {sentence(event)}{' '}
        {opens ? (
          <button type="button" className="link" onClick={() => openMessage([event.reminderId!])}>
            {words.open}
          </button>
        ) : null}
      </div>
      <div className="quiet">
        <time dateTime={event.at} title={instant}>
          {format.day(dayOf(event))}
        </time>
        {' · '}
        {by}
        {invoiceId === undefined ? <About invoices={event.invoices} /> : null}
      </div>
    </li>
  );
}

export function useSentenceOf(): (event: EventToTell) => string {
  const { company } = useInside();
  const { reasons } = useWords();
  const words = useHistoryWords();
  const language = useLanguage();
  const writing = useFormat(company.today);
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  return (event) => sayEvent(event, { words, reasons, writing, locale, currency: company.currency });
}

/** A contact made outside is told on the day it was made, not on the day it was noted. */
function dayOf({ type, day, payload }: EventRow): string {
  return type === 'customer.contacted' && typeof payload?.on === 'string' ? payload.on : day;
}
