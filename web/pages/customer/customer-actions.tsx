// What can be done with a customer: the two that are done every day as buttons, the others behind one.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import type { InvoiceRow } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { EnrolDialog } from '../../parts/enrol-dialog.tsx';
import { NewInvoiceDialog } from '../../parts/new-invoice-dialog.tsx';
import { PauseDialog, useResume } from '../../parts/pause-dialog.tsx';
import { RemindDialog } from '../../parts/remind-dialog.tsx';
import { type PageOf, useThing } from '../../queries.ts';
import { Icon } from '../../shell/icon.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ContactMadeForm } from './contact-made-form.tsx';
import { MergeDialog } from './merge.tsx';
import { PayerDialog } from './payer.tsx';
import { PaymentForm } from './payment-form.tsx';
import { useCustomerWords } from './words.ts';

type Asked = 'invoice' | 'remind' | 'payment' | 'note' | 'pause' | 'enrol' | 'payer' | 'merge';

export function CustomerActions({ customer, onEdit }: { customer: Customer; onEdit: () => void }) {
  const { company, mayManage } = useInside();
  const words = useCustomerWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const target = { customerId: customer.id };
  const { resume } = useResume(target);
  const overdue = useThing<PageOf<InvoiceRow>>(
    company.id,
    `invoices?customerId=${customer.id}&state=overdue&order=due&limit=100`,
  );
  const toRemind = overdue.data?.rows.filter((row) => !row.disputed).map((row) => row.id) ?? [];
  return (
    <>
      <Button variant="default" onClick={() => setAsked('note')}>
        {words.note}
      </Button>
      {toRemind.length > 0 ? (
        <Button variant="default" onClick={() => setAsked('remind')}>
          {words.remind}
        </Button>
      ) : null}
      <Button onClick={() => setAsked('payment')}>{words.payment}</Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {customer.paused ? (
            <Menu.Item onClick={resume}>{words.resume}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => setAsked('pause')}>{words.pause}</Menu.Item>
          )}
          <Menu.Item onClick={() => setAsked('invoice')}>{words.addInvoice}</Menu.Item>
          <Menu.Item onClick={() => setAsked('enrol')}>{words.enrol}</Menu.Item>
          <Menu.Item onClick={() => setAsked('payer')}>{words.payer}</Menu.Item>
          <Menu.Item onClick={onEdit}>{words.edit}</Menu.Item>
          {mayManage ? <Menu.Item onClick={() => setAsked('merge')}>{words.merge}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      <RemindDialog invoiceIds={asked === 'remind' ? toRemind : []} onClose={close} />
      <Dialog opened={asked === 'payment'} onClose={close} title={words.paymentTitle}>
        <PaymentForm customer={customer} onClose={close} />
      </Dialog>
      <Dialog opened={asked === 'note'} onClose={close} title={words.noteTitle}>
        <ContactMadeForm customer={customer} onClose={close} />
      </Dialog>
      <NewInvoiceDialog opened={asked === 'invoice'} customer={customer} onClose={close} />
      <PauseDialog target={target} opened={asked === 'pause'} onClose={close} />
      <PayerDialog customer={customer} opened={asked === 'payer'} onClose={close} />
      <MergeDialog customer={customer} opened={asked === 'merge'} onClose={close} />
      <EnrolDialog customerIds={asked === 'enrol' ? [customer.id] : []} onClose={close} />
    </>
  );
}
