// One invoice: what is owed, where its reminders stand and why, what left and came in; and what a person can do about it.
import { Button, Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { History } from '../../parts/history.tsx';
import { MessageLines } from '../../parts/message-lines.tsx';
import { PaymentLines } from '../../parts/payment-lines.tsx';
import { PromisesOf } from '../../parts/promises.tsx';
import { RemindDialog } from '../../parts/remind-dialog.tsx';
import { TasksOf } from '../../parts/tasks.tsx';
import { useThing } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useWords } from '../../words/words.tsx';
import { Charges } from './charges.tsx';
import './invoice.css';
import { Instalments } from './instalments.tsx';
import { InvoicePdf } from './invoice-pdf.tsx';
import { MoreActions } from './more-actions.tsx';
import { WhyHere } from './why-here.tsx';
import { useInvoiceWords } from './words.ts';

export function InvoicePage() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useInvoiceWords();
  const { invoiceId } = useParams({ from: '/invoices/$invoiceId' });
  const invoice = useThing<Invoice>(company.id, `invoices/${invoiceId}`);
  const back = <Link to="/invoices">← {screens.invoices}</Link>;
  return invoice.data === undefined ? (
    <Page title={screens.invoices} back={back}>
      <Loaded query={invoice} data={undefined} what={words.one}>
        {() => null}
      </Loaded>
    </Page>
  ) : (
    <Opened key={invoiceId} invoice={invoice.data} back={back} />
  );
}

function Opened({ invoice, back }: { invoice: Invoice; back: ReactNode }) {
  const { mayAct } = useInside();
  const words = useInvoiceWords();
  const isCreditNote = invoice.type === 'credit_note';
  return (
    <Page
      title={invoice.number}
      back={back}
      detail={
        <Group gap="xs">
          <Link to="/customers/$customerId" params={{ customerId: invoice.customerId }}>
            {invoice.customerName}
          </Link>
          <span>{words.types[invoice.type]}</span>
          <States invoice={invoice} />
        </Group>
      }
      actions={mayAct && !isCreditNote ? <Actions invoice={invoice} /> : null}
    >
      <Amounts invoice={invoice} />
      <div className="two-columns">
        <div>
          {isCreditNote ? null : <WhyHere invoice={invoice} />}
          {invoice.instalments.length > 1 ? <Instalments invoice={invoice} /> : null}
          <Section title={words.history}>
            <History invoiceId={invoice.id} />
          </Section>
        </div>
        <div>
          {isCreditNote ? null : <TasksOf customerId={invoice.customerId} invoiceId={invoice.id} />}
          {isCreditNote ? null : <Charges invoice={invoice} />}
          {isCreditNote ? null : <Promises invoice={invoice} />}
          {isCreditNote ? null : <InvoicePdf invoice={invoice} />}
          {isCreditNote ? null : <MessageLines invoiceId={invoice.id} />}
          <PaymentLines invoiceId={invoice.id} />
        </div>
      </div>
    </Page>
  );
}

function Promises({ invoice }: { invoice: Invoice }) {
  const { id, customerId, status, openMinor, currency } = invoice;
  const isOwed = status === 'issued' && openMinor > 0;
  return <PromisesOf customerId={customerId} invoiceId={id} open={isOwed ? [{ currency, minor: openMinor }] : []} />;
}

function Actions({ invoice }: { invoice: Invoice }) {
  const { openPayment } = useInside();
  const { payment } = useWords();
  const words = useInvoiceWords();
  const [reminding, setReminding] = useState(false);
  return (
    <>
      {invoice.openMinor > 0 && invoice.status === 'issued' ? (
        <>
          <Button variant="default" onClick={() => setReminding(true)}>
            {words.remind}
          </Button>
          <Button onClick={() => openPayment(invoice)}>{payment.button}</Button>
        </>
      ) : null}
      <MoreActions invoice={invoice} />
      <RemindDialog invoiceIds={reminding ? [invoice.id] : []} onClose={() => setReminding(false)} />
    </>
  );
}

function States({ invoice }: { invoice: Invoice }) {
  const words = useInvoiceWords();
  const { status, openMinor, totalMinor, disputed, directDebit, type, paused } = invoice;
  if (type === 'credit_note') return null;
  return (
    <>
      {status === 'issued' ? null : <Tag meaning="due">{words.statuses[status]}</Tag>}
      {status === 'issued' && openMinor === 0 ? <Tag meaning="paid">{words.settled}</Tag> : null}
      {openMinor > 0 && openMinor < totalMinor ? <Tag meaning="soon">{words.partly}</Tag> : null}
      {paused ? <Tag meaning="paused">{words.paused}</Tag> : null}
      {disputed ? <Tag meaning="paused">{words.disputed}</Tag> : null}
      {directDebit ? <Tag meaning="due">{words.directDebit}</Tag> : null}
    </>
  );
}

function Amounts({ invoice }: { invoice: Invoice }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const format = useFormat(company.today);
  const isCreditNote = invoice.type === 'credit_note';
  const late = invoice.openMinor > 0 && invoice.dueOn !== null && invoice.dueOn < company.today;
  return (
    <dl className="amounts">
      <div>
        <dt>{isCreditNote ? words.left : words.open}</dt>
        <dd className={late ? 'figures late' : 'figures'}>
          <strong>
            {format.amount(isCreditNote ? invoice.unallocatedMinor : invoice.openMinor, invoice.currency)}
          </strong>
        </dd>
      </div>
      <div>
        <dt>{words.total}</dt>
        <dd className="figures">{format.amount(invoice.totalMinor, invoice.currency)}</dd>
      </div>
      <div>
        <dt>{words.issuedOn}</dt>
        <dd>{format.day(invoice.issuedOn)}</dd>
      </div>
      {isCreditNote ? null : (
        <div>
          <dt>{words.dueOn}</dt>
          <dd>
            {invoice.dueOn === null ? null : format.day(invoice.dueOn)}{' '}
            {invoice.openMinor > 0 ? <span className="quiet">{format.distance(invoice.dueOn)}</span> : null}
          </dd>
        </div>
      )}
      {invoice.recipients === null ? null : (
        <div>
          <dt>{words.recipients}</dt>
          <dd>
            {[...invoice.recipients.to, ...invoice.recipients.cc].join(', ')}{' '}
            {invoice.blockedRecipients.length === 0 ? null : (
              <Tag meaning="very-late">{words.refusedRecipients(invoice.blockedRecipients.join(', '))}</Tag>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
