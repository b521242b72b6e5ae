// Promises to pay in lines: how much, for which day, what came of it; of a customer, of one of its invoices, of the day.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PromiseRow } from '../../src/contract/promise.ts';
import { useInside } from '../inside.tsx';
import { queryOf, useList } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { NotHad } from '../ui/not-loaded.tsx';
import { Loaded, Section } from '../ui/section.tsx';
import { type Meaning, Tag } from '../ui/tag.tsx';
import { wordsOf } from '../words/words.tsx';
import { PromiseDialog, type ToPromise, WithdrawDialog } from './promise-dialog.tsx';

const fr = {
  title: 'Promesses de règlement',
  overdue: 'Promesses échues',
  today: 'Promesses du jour',
  add: 'Noter une promesse',
  another: 'Noter une autre promesse',
  withdraw: 'Retirer',
  withdrawOne: (day: string) => `Retirer la promesse pour le ${day}`,
  empty: 'Aucune promesse notée.',
  all: 'Tout ce qui était dû',
  forDay: (day: string) => `pour le ${day}`,
  wasFor: (day: string) => `était pour le ${day}`,
  invoices: (count: number) => (count >= 2 ? `${count} factures` : '1 facture'),
  plan: (count: number) => `échéancier en ${count} mensualités`,
  until: (day: string) => `jusqu’au ${day}`,
  planParts: 'Mensualités',
  partPaid: 'Payée',
  partLate: (left: string) => `Manque ${left}`,
  partToCome: 'À venir',
  withdrawPlan: (day: string) => `Retirer l’échéancier jusqu’au ${day}`,
  states: { running: 'En cours', kept: 'Tenue', broken: 'Non tenue', replaced: 'Remplacée', withdrawn: 'Retirée' },
};
const en: typeof fr = {
  title: 'Promises to pay',
  overdue: 'Promises overdue',
  today: 'Promises for today',
  add: 'Note a promise',
  another: 'Note another promise',
  withdraw: 'Withdraw',
  withdrawOne: (day) => `Withdraw the promise for ${day}`,
  empty: 'No promise noted.',
  all: 'All that was owed',
  forDay: (day) => `for ${day}`,
  wasFor: (day) => `was for ${day}`,
  invoices: (count) => (count === 1 ? '1 invoice' : `${count} invoices`),
  plan: (count) => `payment plan in ${count} instalments`,
  until: (day) => `until ${day}`,
  planParts: 'Instalments',
  partPaid: 'Paid',
  partLate: (left) => `${left} missing`,
  partToCome: 'To come',
  withdrawPlan: (day) => `Withdraw the payment plan until ${day}`,
  states: { running: 'Running', kept: 'Kept', broken: 'Broken', replaced: 'Replaced', withdrawn: 'Withdrawn' },
};
const usePromisesWords = wordsOf({ fr, en });

const meanings: Record<PromiseRow['state'], Meaning> = {
  running: 'paused',
  kept: 'paid',
  broken: 'late',
  replaced: 'due',
  withdrawn: 'due',
};

/** Those whose day is past and with which nobody has dealt yet, then those of today. Nothing is shown where there is none. */
export function PromisesOfTheDay() {
  return (
    <>
      <OfTheDay which="overdue" />
      <OfTheDay which="today" />
    </>
  );
}

function OfTheDay({ which }: { which: 'overdue' | 'today' }) {
  const { company } = useInside();
  const words = usePromisesWords();
  const list = useList<PromiseRow>(company.id, 'promises', queryOf({ which }), 20);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  if (rows.length === 0) return <NotHad query={list} what={words[which]} />;
  return (
    <Section title={words[which]} count={list.hasNextPage ? undefined : rows.length}>
      <Lines rows={rows} label={words[which]} where="day" />
      <MoreButton query={list} />
    </Section>
  );
}

/** Those of a customer, or about one of its invoices, with the button that notes one where something is owed. */
export function PromisesOf({ customerId, invoiceId, open }: Omit<ToPromise, 'running' | 'isAll'>) {
  const { company, mayAct } = useInside();
  const words = usePromisesWords();
  const [noting, setNoting] = useState(false);
  const query = invoiceId === undefined ? { customerId } : { invoiceId };
  const list = useList<PromiseRow>(company.id, 'promises', queryOf(query), 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const running = rows?.find(
    (row) => row.state === 'running' && (invoiceId === undefined || row.invoiceId === invoiceId),
  );
  if (open.length === 0 && (rows ?? []).length === 0) return <NotHad query={list} what={words.title} />;
  return (
    <Section
      title={words.title}
      actions={
        mayAct && open.length > 0 ? (
          <Button size="compact-sm" variant="default" onClick={() => setNoting(true)}>
            {words.add}
          </Button>
        ) : null
      }
    >
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.empty}</p>
          ) : (
            <Lines rows={shown} label={words.title} where={invoiceId === undefined ? 'customer' : 'invoice'} />
          )
        }
      </Loaded>
      <MoreButton query={list} />
      <PromiseDialog
        about={noting ? { customerId, invoiceId, open, isAll: true, running: running?.promisedOn } : null}
        onClose={() => setNoting(false)}
      />
    </Section>
  );
}

type Where = 'day' | 'customer' | 'invoice';

function Lines({ rows, label, where }: { rows: PromiseRow[]; label: string; where: Where }) {
  const [withdrawing, setWithdrawing] = useState<PromiseRow | null>(null);
  const [noting, setNoting] = useState<PromiseRow | null>(null);
  const about = noting && {
    customerId: noting.customerId,
    invoiceId: noting.invoiceId ?? undefined,
    open: noting.open,
    isAll: noting.invoiceId !== null,
    running: noting.state === 'running' ? noting.promisedOn : undefined,
  };
  return (
    <>
      <ul className="lines" aria-label={label}>
        {rows.map((row) => (
          <Line
            key={row.id}
            row={row}
            where={where}
            onWithdraw={() => setWithdrawing(row)}
            onAnother={() => setNoting(row)}
          />
        ))}
      </ul>
      <WithdrawDialog promise={withdrawing} onClose={() => setWithdrawing(null)} />
      <PromiseDialog about={about} onClose={() => setNoting(null)} />
    </>
  );
}

interface LineProps {
  row: PromiseRow;
  where: Where;
  onWithdraw: () => void;
  onAnother: () => void;
}

function Line({ row, where, onWithdraw, onAnother }: LineProps) {
  const { company, mayAct } = useInside();
  const words = usePromisesWords();
  const format = useFormat(company.today);
  const { amount, open, state, said, reason, instalments } = row;
  const isPlan = instalments.length > 0;
  const amounts = amount === null ? open : where === 'day' ? [expectedOf(row, amount)] : [amount];
  const isOver = state !== 'running' && amount === null;
  const day = format.day(where === 'day' ? row.nextOn : row.promisedOn);
  const isPast = (where === 'day' ? row.nextOn : row.promisedOn) < company.today;
  return (
    <li className="task">
      <span className="task-text figures">
        {isOver && where !== 'day'
          ? words.all
          : amounts.map(({ minor, currency }) => format.amount(minor, currency)).join(' + ')}
      </span>
      {where === 'day' ? (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
          {row.customerName}
        </Link>
      ) : null}
      {where === 'invoice' && row.invoiceId !== null ? null : <About row={row} />}
      {where === 'day' && isPast ? (
        <Tag meaning="late">{words.wasFor(day)}</Tag>
      ) : (
        <span className="together">{isPlan && where !== 'day' ? words.until(day) : words.forDay(day)}</span>
      )}
      {isPlan ? <span className="quiet">{words.plan(instalments.length)}</span> : null}
      {where === 'day' ? null : <Tag meaning={meanings[state]}>{words.states[state]}</Tag>}
      {said === '' ? null : <span className="quiet">{said}</span>}
      {reason === null ? null : <span className="quiet">{reason}</span>}
      {isPlan && where !== 'day' ? <PlanParts row={row} /> : null}
      {!mayAct ? null : where === 'day' && isPast ? (
        <span className="line-amount">
          <Button size="compact-sm" variant="default" onClick={onAnother}>
            {words.another}
          </Button>
        </span>
      ) : state === 'running' ? (
        <span className="line-amount">
          <Button
            size="compact-sm"
            variant="default"
            onClick={onWithdraw}
            aria-label={isPlan ? words.withdrawPlan(day) : words.withdrawOne(day)}
          >
            {words.withdraw}
          </Button>
        </span>
      ) : null}
    </li>
  );
}

/** What is expected on the next day, of a plan what its instalment still lacks. */
function expectedOf({ instalments, nextOn }: PromiseRow, amount: { currency: string; minor: number }): typeof amount {
  const part = instalments.find(({ dueOn }) => dueOn === nextOn);
  return part === undefined ? amount : { ...amount, minor: Math.max(0, part.minor - part.paidMinor) };
}

function PlanParts({ row }: { row: PromiseRow }) {
  const { company } = useInside();
  const words = usePromisesWords();
  const format = useFormat(company.today);
  const currency = row.amount?.currency ?? company.currency;
  return (
    <ol className="plan-lines" aria-label={words.planParts}>
      {row.instalments.map(({ dueOn, minor, paidMinor }) => (
        <li key={dueOn}>
          <span>{format.day(dueOn)}</span>
          <span className="quiet">
            {paidMinor >= minor
              ? words.partPaid
              : dueOn < company.today
                ? words.partLate(format.amount(minor - paidMinor, currency))
                : words.partToCome}
          </span>
          <span className="figures">{format.amount(minor, currency)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The invoice, or how many. */
function About({ row }: { row: PromiseRow }) {
  const words = usePromisesWords();
  return row.invoiceId === null ? (
    <span className="quiet">{words.invoices(row.invoices)}</span>
  ) : (
    <Link to="/invoices/$invoiceId" params={{ invoiceId: row.invoiceId }} className="together">
      {row.invoiceNumber}
    </Link>
  );
}
