// The time line of a customer or an invoice: everything that happened, the newest first; each message opens as it left.
import { SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { Reason } from '../../src/contract/common.ts';
import type { EventRow } from '../../src/contract/event.ts';
import { useInside } from '../inside.tsx';
import { queryOf, useList } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { useReason } from '../ui/reason.tsx';
import { Loaded } from '../ui/section.tsx';
import { useLanguage } from '../words/words.tsx';
import './history.css';
import { useHistoryWords } from './history-words.ts';

type Kind = 'messages' | 'money' | 'decisions';

/** Its first word says what an event is about. */
function kindOf(type: string): Kind {
  if (/^(reminder|step)\.|^customer\.contacted$/.test(type)) return 'messages';
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
  const by = actorOf(event, words.by);
  const instant = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: company.timeZone,
  }).format(new Date(event.at));
  const opens = /^reminder\.(captured|sent|in-doubt)$/.test(event.type) && event.reminderId !== null;
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

/** Who did it, in words. */
export function actorOf(
  { actor, actorName }: Pick<EventRow, 'actor' | 'actorName'>,
  words: ReturnType<typeof useHistoryWords>['by'],
): string {
  if (actor === 'system' || actor === 'cli') return words[actor];
  const name = actorName ?? words.unknown;
  return actor.startsWith('key:') ? words.key(name) : name;
}

export function useSentenceOf(): (event: EventRow & { personName?: string | null }) => string {
  const { company } = useInside();
  const words = useHistoryWords();
  const language = useLanguage();
  const format = useFormat(company.today);
  const reasonInWords = useReason(company.today);
  return ({ type, payload, personName }) => {
    const told = words.sentences[type];
    if (told === undefined) return type;
    if (payload === null) return words.erased;
    const text = (name: string): string => (typeof payload[name] === 'string' ? payload[name] : '');
    const number = (name: string): number | null => (typeof payload[name] === 'number' ? payload[name] : null);
    const level = words.level(number('level') ?? 0);
    if (payload.elsewhere === true) return words.elsewhere(level, text('note'));
    const minor = number('askedMinor') ?? number('amountMinor') ?? number('totalMinor');
    const day =
      text('untilOn') ||
      text('until') ||
      (type.startsWith('task.') ? text('on') : type === 'company.clock-set' ? text('to') : '');
    const { reason, to } = payload;
    // A short day ends with a point of its own ('nov.'), which also ends the sentence.
    const sentence = told({
      level,
      amount: minor === null ? '' : format.amount(minor, text('currency') || company.currency),
      day: day === '' ? '' : format.day(day),
      from: text('fromOn') === '' ? '' : format.day(text('fromOn')),
      yearly: payload.yearly === true,
      reason: isReason(reason) ? reasonInWords(reason) : text('reason') || text('note'),
      to: Array.isArray(to) ? to.join(', ') : '',
      text: textNames.map(text).find((one) => one !== '') ?? '',
      person: personName ?? words.by.unknown,
      role: type === 'import.finished' ? text('kind') : text('role') || text('to'),
      count: (number('created') ?? (number('ready') ?? 0) + (number('toApprove') ?? 0)).toLocaleString(
        language === 'fr' ? 'fr-FR' : 'en-GB',
      ),
    });
    return sentence.replace(/\.\.$/, '.');
  };
}

/** Where a payload has its own words, whichever it has. */
const textNames = ['answer', 'number', 'outcome', 'how', 'task', 'name', 'title', 'host', 'file', 'kind'];

/** A contact made outside is told on the day it was made, not on the day it was noted. */
function dayOf({ type, day, payload }: EventRow): string {
  return type === 'customer.contacted' && typeof payload?.on === 'string' ? payload.on : day;
}

const isReason = (value: unknown): value is Reason => typeof value === 'object' && value !== null && 'code' in value;
