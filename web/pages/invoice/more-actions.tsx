// What is done more seldom with an invoice, behind one button; each asks before it acts.
import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { PauseDialog, useResume } from '../../parts/pause-dialog.tsx';
import { SettleDialog } from '../../parts/settle-dialog.tsx';
import { at, useChange } from '../../queries.ts';
import { Icon } from '../../shell/icon.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useTell } from '../../ui/tell.ts';
import { DisputeForm } from './dispute-form.tsx';
import { EditInvoiceForm } from './edit-invoice-form.tsx';
import { LevelForm } from './level-form.tsx';
import { RemindedForm } from './reminded-form.tsx';
import { useInvoiceWords } from './words.ts';

type Asked = 'pause' | 'settle' | 'dispute' | 'level' | 'reminded' | 'edit';

export function MoreActions({ invoice }: { invoice: Invoice }) {
  const { company } = useInside();
  const words = useInvoiceWords();
  const tell = useTell();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const closeDispute = useChange(company.id, () => call('DELETE', at(company.id, `/invoices/${invoice.id}/dispute`)));
  const isOpen = invoice.openMinor > 0;
  const target = { invoiceId: invoice.id };
  const { resume } = useResume(target);
  const forms = {
    dispute: [words.disputeTitle, DisputeForm],
    level: [words.levelTitle, LevelForm],
    reminded: [words.remindedTitle, RemindedForm],
    edit: [words.editTitle, EditInvoiceForm],
  } as const;
  const form = asked !== null && asked in forms ? forms[asked as keyof typeof forms] : null;
  const Form = form?.[1];
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('edit')}>{words.edit}</Menu.Item>
          {isOpen && !invoice.paused ? <Menu.Item onClick={() => setAsked('pause')}>{words.pause}</Menu.Item> : null}
          {invoice.paused ? <Menu.Item onClick={resume}>{words.resume}</Menu.Item> : null}
          {isOpen ? <Menu.Item onClick={() => setAsked('reminded')}>{words.reminded}</Menu.Item> : null}
          {isOpen ? <Menu.Item onClick={() => setAsked('level')}>{words.level}</Menu.Item> : null}
          {invoice.disputed ? (
            <Menu.Item
              onClick={() =>
                closeDispute.mutate(undefined, {
                  onSuccess: () => tell.done(words.disputeClosed),
                  onError: tell.failed,
                })
              }
            >
              {words.closeDispute}
            </Menu.Item>
          ) : (
            <Menu.Item onClick={() => setAsked('dispute')}>{words.dispute}</Menu.Item>
          )}
          {isOpen ? <Menu.Item onClick={() => setAsked('settle')}>{words.settle}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={form !== null} onClose={close} title={form?.[0] ?? ''}>
        {Form === undefined ? null : <Form invoice={invoice} onClose={close} />}
      </Dialog>
      <PauseDialog target={target} opened={asked === 'pause'} onClose={close} />
      <SettleDialog invoices={asked === 'settle' ? [invoice] : []} onClose={close} />
    </>
  );
}
