// "À compléter": open invoices that can't be reminded of as they are, each with what it lacks and the button that puts it right.
import { Button, Group, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import type { InvoiceRow } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { CustomerDialog } from '../../parts/customer-dialog.tsx';
import { useDueByTerms } from '../../parts/payment-terms.tsx';
import { at, useChange, useList, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, Rows } from '../../ui/rows.tsx';
import { Empty, Loaded } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords } from '../../words/words.tsx';
import { useToCompleteWords } from './words.ts';

export function ToCompletePage() {
  const { company } = useInside();
  const { screens } = useWords();
  const words = useToCompleteWords();
  const list = useList<InvoiceRow>(company.id, 'invoices', 'state=incomplete&order=due');
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Page title={screens.toComplete} detail={words.intro}>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length > 0 ? (
            <Incomplete rows={shown} />
          ) : (
            <Empty>
              <Text>{words.empty}</Text>
            </Empty>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Page>
  );
}

function Incomplete({ rows }: { rows: InvoiceRow[] }) {
  const { company, mayAct } = useInside();
  const { screens } = useWords();
  const words = useToCompleteWords();
  const format = useFormat(company.today);
  const [dating, setDating] = useState<InvoiceRow | null>(null);
  const [addressing, setAddressing] = useState<string | null>(null);
  const columns: Column<InvoiceRow>[] = [
    {
      title: words.number,
      cell: (row) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }} className="together">
          {row.number}
        </Link>
      ),
    },
    {
      title: words.customer,
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.customerId }} className="plain-link">
          {row.customerName}
        </Link>
      ),
    },
    {
      title: words.missing,
      cell: (row) => (
        <Group gap={6}>
          {row.missing.map((one) => (
            <Tag key={one} meaning="late">
              {words.missings[one]}
            </Tag>
          ))}
        </Group>
      ),
    },
    { title: words.due, cell: (row) => (row.dueOn === null ? '' : format.distance(row.dueOn)) },
    {
      title: words.open,
      amount: true,
      cell: (row) => <strong>{format.amount(row.openMinor, row.currency)}</strong>,
    },
    {
      title: words.complete,
      actions: true,
      cell: (row) =>
        mayAct ? (
          <Group gap={6} justify="flex-end" className="row-actions">
            {row.missing.includes('to-process') ? <Issue invoice={row} /> : null}
            {row.missing.includes('no-due-date') ? (
              <Button size="compact-sm" variant="default" onClick={() => setDating(row)}>
                {words.giveDate}
              </Button>
            ) : null}
            {row.missing.includes('recipient-blocked') ? (
              <Link to="/invoices/$invoiceId" params={{ invoiceId: row.id }}>
                {words.openInvoice}
              </Link>
            ) : null}
            {row.missing.includes('no-address') || row.missing.includes('address-blocked') ? (
              <Button size="compact-sm" variant="default" onClick={() => setAddressing(row.customerId)}>
                {words.giveAddress}
              </Button>
            ) : null}
            {row.missing.includes('email-forbidden') ? (
              <Button size="compact-sm" variant="default" onClick={() => setAddressing(row.customerId)}>
                {words.editCustomer}
              </Button>
            ) : null}
          </Group>
        ) : null,
    },
  ];
  return (
    <>
      <Rows label={screens.toComplete} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <Dialog opened={dating !== null} onClose={() => setDating(null)} title={words.dateTitle(dating?.number ?? '')}>
        {dating === null ? null : <DueDateForm invoice={dating} onClose={() => setDating(null)} />}
      </Dialog>
      {addressing === null ? null : <Addresses customerId={addressing} onClose={() => setAddressing(null)} />}
    </>
  );
}

function Issue({ invoice }: { invoice: InvoiceRow }) {
  const { company } = useInside();
  const words = useToCompleteWords();
  const tell = useTell();
  const issue = useChange(company.id, () =>
    call('PATCH', at(company.id, `/invoices/${invoice.id}`), { status: 'issued' }),
  );
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={issue.isPending}
      onClick={() =>
        issue.mutate(undefined, { onSuccess: () => tell.done(words.issued(invoice.number)), onError: tell.failed })
      }
    >
      {words.issue}
    </Button>
  );
}

function DueDateForm({ invoice, onClose }: { invoice: InvoiceRow; onClose: () => void }) {
  const { company } = useInside();
  const words = useToCompleteWords();
  const tell = useTell();
  // null: nobody typed one, and what the customer's terms give is offered.
  const [typed, setTyped] = useState<string | null>(null);
  const byTerms = useDueByTerms(invoice.customerId, invoice.issuedOn);
  const dueOn = typed ?? byTerms?.dueOn ?? '';
  const save = useChange(company.id, () => call('PATCH', at(company.id, `/invoices/${invoice.id}`), { dueOn }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.dated);
            onClose();
          },
        });
      }}
    >
      <TextInput
        type="date"
        label={words.due}
        description={byTerms !== null && dueOn === byTerms.dueOn ? byTerms.said : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={dueOn}
        min={invoice.issuedOn}
        required
        data-autofocus
        mb="md"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <FormFoot change={save} submit={words.save} onClose={onClose} />
    </form>
  );
}

function Addresses({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { company } = useInside();
  const customer = useThing<Customer>(company.id, `customers/${customerId}`);
  // Who pays is written to: the address that is missing is theirs.
  const payer = customer.data?.payer ?? null;
  if (payer !== null) return <Addresses customerId={payer.id} onClose={onClose} />;
  return customer.data === undefined ? null : <CustomerDialog opened customer={customer.data} onClose={onClose} />;
}
