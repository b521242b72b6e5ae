// One customer: what it owes, how it is reminded, everything that happened; and what a person can do about it.
import { Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import { sayActor } from '../../../src/words/events.ts';
import { useInside } from '../../inside.tsx';
import { CustomerDialog } from '../../parts/customer-dialog.tsx';
import { History } from '../../parts/history.tsx';
import { useHistoryWords } from '../../parts/history-words.ts';
import { InChargeOf, useInChargeLabel } from '../../parts/in-charge.tsx';
import { MessageLines } from '../../parts/message-lines.tsx';
import { PaymentLines } from '../../parts/payment-lines.tsx';
import { PromisesOf } from '../../parts/promises.tsx';
import { TasksOf } from '../../parts/tasks.tsx';
import { useThing } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useWords } from '../../words/words.tsx';
import { AgreedWith } from './agreed.tsx';
import { Contacts } from './contacts.tsx';
import { Credits } from './credits.tsx';
import './customer.css';
import { CustomerActions } from './customer-actions.tsx';
import { InternalNotes } from './internal-notes.tsx';
import { WhereItWent, WhoCame } from './merge.tsx';
import { OpenInvoices } from './open-invoices.tsx';
import { Paying } from './payer.tsx';
import { useCustomerWords } from './words.ts';

export function CustomerPage() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useCustomerWords();
  const { customerId } = useParams({ from: '/customers/$customerId' });
  const customer = useThing<Customer>(company.id, `customers/${customerId}`);
  const back = <Link to="/customers">← {screens.customers}</Link>;
  return customer.data === undefined ? (
    <Page title={screens.customers} back={back}>
      <Loaded query={customer} data={undefined} what={words.one}>
        {() => null}
      </Loaded>
    </Page>
  ) : customer.data.mergedInto === null ? (
    <Opened key={customerId} customer={customer.data} back={back} />
  ) : (
    <Merged key={customerId} customer={customer.data} into={customer.data.mergedInto} back={back} />
  );
}

interface MergedProps {
  customer: Customer;
  into: NonNullable<Customer['mergedInto']>;
  back: ReactNode;
}

/** Nothing is owed by it any more, and nothing can be done with it: what happened is read here. */
function Merged({ customer, into, back }: MergedProps) {
  const words = useCustomerWords();
  return (
    <Page title={customer.name} back={back} detail={customer.number}>
      <WhereItWent into={into} />
      {customer.notes === '' ? null : (
        <Section title={words.internal}>
          <p className="notes-kept">{customer.notes}</p>
        </Section>
      )}
      <Section title={words.history}>
        <History customerId={customer.id} />
      </Section>
    </Page>
  );
}

function Opened({ customer, back }: { customer: Customer; back: ReactNode }) {
  const { mayAct } = useInside();
  const words = useCustomerWords();
  const [editing, setEditing] = useState(false);
  const edit = () => setEditing(true);
  const where = [customer.postcode, customer.city].filter((part) => part !== null && part !== '').join(' ');
  return (
    <Page
      title={customer.name}
      back={back}
      detail={
        <Group gap="xs">
          <span>{customer.number}</span>
          {where === '' ? null : <span>{where}</span>}
          {customer.keyAccount ? <Tag meaning="soon">{words.keyAccount}</Tag> : null}
          {customer.paused ? <Tag meaning="paused">{words.paused}</Tag> : null}
        </Group>
      }
      actions={mayAct ? <CustomerActions customer={customer} onEdit={edit} /> : null}
    >
      <WhoCame customer={customer} />
      <Balance customer={customer} />
      <div className="two-columns">
        <div>
          <OpenInvoices customer={customer} />
          <Section title={words.history}>
            <History customerId={customer.id} />
          </Section>
        </div>
        <div>
          <TasksOf customerId={customer.id} />
          <PromisesOf customerId={customer.id} open={customer.open} />
          <Credits customer={customer} />
          <Contacts customer={customer} onEdit={edit} />
          <AgreedWith customer={customer} />
          <InternalNotes customer={customer} />
          <PaymentLines customerId={customer.id} />
          <MessageLines customerId={customer.id} />
        </div>
      </div>
      <CustomerDialog opened={editing} customer={customer} onClose={() => setEditing(false)} />
    </Page>
  );
}

function Balance({ customer }: { customer: Customer }) {
  const { company } = useInside();
  const words = useCustomerWords();
  const inCharge = useInChargeLabel();
  const format = useFormat(company.today);
  const { open, overdue, credits, charges } = customer;
  const late = (currency: string): number => overdue.find((one) => one.currency === currency)?.minor ?? 0;
  const notDue = open.map(({ currency, minor }) => ({ currency, minor: minor - late(currency) }));
  const sums = (amounts: Customer['open']): string =>
    amounts.length === 0
      ? format.amount(0, company.currency)
      : amounts.map((one) => format.amount(one.minor, one.currency)).join(' · ');
  return (
    <dl className="amounts">
      <div>
        <dt>{words.overdue}</dt>
        <dd className={overdue.some((one) => one.minor > 0) ? 'figures late' : 'figures'}>
          <strong>{sums(overdue)}</strong>
        </dd>
      </div>
      <div>
        <dt>{words.notDue}</dt>
        <dd className="figures">{sums(notDue)}</dd>
      </div>
      {credits.length === 0 ? null : (
        <div>
          <dt>{words.credits}</dt>
          <dd className="figures">{sums(credits)}</dd>
        </div>
      )}
      {charges.length === 0 ? null : (
        <div>
          <dt>{words.charges}</dt>
          <dd className="figures">{sums(charges)}</dd>
        </div>
      )}
      <div>
        <dt>{words.sequence}</dt>
        <dd>
          <HowReminded customer={customer} />
        </dd>
      </div>
      <div>
        <dt>{inCharge}</dt>
        <dd>
          <InChargeOf customer={customer} />
        </dd>
      </div>
      <Paying customer={customer} />
    </dl>
  );
}

/** The sequence, and what put the customer in it. */
function HowReminded({ customer }: { customer: Customer }) {
  const words = useCustomerWords();
  const how = useHowPlaced();
  return (
    <>
      {customer.followsId === null ? (
        words.noReminders
      ) : (
        <Link to="/sequences/$sequenceId" params={{ sequenceId: customer.followsId }}>
          {customer.followsTitle}
        </Link>
      )}{' '}
      <span className="quiet">
        {how(customer)}
        {customer.delaysDays === null ? '' : ` · ${words.ownDelays(customer.delaysDays.join(', '))}`}
      </span>
    </>
  );
}

function useHowPlaced(): (customer: Customer) => string {
  const { company } = useInside();
  const words = useCustomerWords();
  const { by } = useHistoryWords();
  const format = useFormat(company.today);
  return ({ enrolment, ruleName, followsId, chosen }) => {
    if (ruleName !== null) return words.byRule(ruleName);
    if (enrolment === 'default') return words.byDefault;
    if (enrolment === 'chosen' && followsId === null) return words.sequenceDeleted;
    return chosen === null ? words.byChoice : words.chosen(format.day(chosen.day), sayActor(chosen, by));
  };
}
