// What was paid by a customer or on an invoice, in lines. A payment is taken off its invoices or returned from here; both say
// what happens before they do it.
import { ActionIcon, Menu, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PaymentRow } from '../../src/contract/payment.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, queryOf, useChange, useList } from '../queries.ts';
import { Icon } from '../shell/icon.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useFormat } from '../ui/format.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { Loaded, Section } from '../ui/section.tsx';
import { useTell } from '../ui/tell.ts';
import { useWords, wordsOf } from '../words/words.tsx';

const fr = {
  title: 'Règlements',
  empty: 'Aucun règlement.',
  settlement: 'Marquée comme réglée',
  returned: 'rejeté',
  left: (amount: string) => `dont ${amount} à imputer`,
  more: (amount: string) => `Autres actions sur le règlement de ${amount}`,
  undo: 'Annuler l’imputation…',
  undoTitle: 'Annuler l’imputation',
  undoHint: (amount: string) =>
    `Les factures soldées par ce règlement de ${amount} redeviennent ouvertes, et leurs relances reprennent où elles en étaient. Le règlement reste à imputer.`,
  undoSubmit: 'Annuler l’imputation',
  undoDone: 'Imputation annulée.',
  back: 'Règlement rejeté…',
  backTitle: 'Règlement rejeté',
  backHint: (amount: string) =>
    `Les ${amount} ne sont plus comptés : les factures redeviennent ouvertes, et leurs relances reprennent où elles en étaient.`,
  backOn: 'Rejeté le',
  backReason: 'Motif',
  backReasonHint: 'Par exemple : provision insuffisante, compte clos.',
  backSubmit: 'Enregistrer le rejet',
  backDone: 'Rejet enregistré.',
  cancel: 'Annuler ce règlement à la main…',
  cancelTitle: 'Annuler « marquée comme réglée »',
  cancelSubmit: 'Rouvrir',
  cancelDone: 'Facture rouverte.',
};
const en: typeof fr = {
  title: 'Payments',
  empty: 'No payment.',
  settlement: 'Marked as settled',
  returned: 'returned',
  left: (amount) => `${amount} of it to allocate`,
  more: (amount) => `Other actions on the payment of ${amount}`,
  undo: 'Undo the allocation…',
  undoTitle: 'Undo the allocation',
  undoHint: (amount) =>
    `The invoices settled by this payment of ${amount} are open again, and their reminders go on where they stood. The payment is to be allocated.`,
  undoSubmit: 'Undo the allocation',
  undoDone: 'Allocation undone.',
  back: 'Payment returned…',
  backTitle: 'Payment returned',
  backHint: (amount) =>
    `The ${amount} do not count any more: the invoices are open again, and their reminders go on where they stood.`,
  backOn: 'Returned on',
  backReason: 'Reason',
  backReasonHint: 'For example: insufficient funds, account closed.',
  backSubmit: 'Save the return',
  backDone: 'Return saved.',
  cancel: 'Undo this settlement…',
  cancelTitle: 'Undo “marked as settled”',
  cancelSubmit: 'Open again',
  cancelDone: 'Invoice open again.',
};
const usePaymentLinesWords = wordsOf({ fr, en });

export function PaymentLines(of: { invoiceId: string } | { customerId: string }) {
  const { company } = useInside();
  const words = usePaymentLinesWords();
  const list = useList<PaymentRow>(company.id, 'payments', queryOf(of), 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Section title={words.title}>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.empty}</p>
          ) : (
            <ul className="lines">
              {shown.map((row) => (
                <PaymentLine key={row.id} payment={row} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Section>
  );
}

function PaymentLine({ payment }: { payment: PaymentRow }) {
  const { company, mayAct } = useInside();
  const words = usePaymentLinesWords();
  const format = useFormat(company.today);
  const amount = format.amount(payment.amountMinor, payment.currency);
  const said = [
    payment.kind === 'settlement' ? words.settlement : (payment.reference ?? payment.number),
    payment.reason,
    payment.unallocatedMinor > 0 && payment.returnedOn === null
      ? words.left(format.amount(payment.unallocatedMinor, payment.currency))
      : null,
    payment.returnedOn === null ? null : `${words.returned} ${format.day(payment.returnedOn)}`,
  ].filter((part) => part !== null && part !== '');
  return (
    <li>
      <span>{format.day(payment.receivedOn)}</span>
      <span className="quiet">{said.join(' · ')}</span>
      <span className="line-amount">
        <span className={payment.returnedOn === null ? 'figures' : 'figures struck'}>{amount}</span>
        {mayAct && payment.returnedOn === null ? <PaymentMenu payment={payment} amount={amount} /> : null}
      </span>
    </li>
  );
}

function PaymentMenu({ payment, amount }: { payment: PaymentRow; amount: string }) {
  const words = usePaymentLinesWords();
  const [asked, setAsked] = useState<'undo' | 'return' | null>(null);
  const close = () => setAsked(null);
  const byHand = payment.kind === 'settlement';
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={words.more(amount)}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {byHand || payment.unallocatedMinor === payment.amountMinor ? null : (
            <Menu.Item onClick={() => setAsked('undo')}>{words.undo}</Menu.Item>
          )}
          <Menu.Item onClick={() => setAsked('return')}>{byHand ? words.cancel : words.back}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={asked === 'undo'} onClose={close} title={words.undoTitle}>
        <UndoForm payment={payment} amount={amount} onClose={close} />
      </Dialog>
      <Dialog opened={asked === 'return'} onClose={close} title={byHand ? words.cancelTitle : words.backTitle}>
        <ReturnForm payment={payment} amount={amount} onClose={close} />
      </Dialog>
    </>
  );
}

interface AskedProps {
  payment: PaymentRow;
  amount: string;
  onClose: () => void;
}

function UndoForm({ payment, amount, onClose }: AskedProps) {
  const { company } = useInside();
  const words = usePaymentLinesWords();
  const tell = useTell();
  const undo = useChange(company.id, () =>
    call('POST', at(company.id, '/allocations/undo'), { paymentId: payment.id }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        undo.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.undoDone);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.undoHint(amount)}</Text>
        <FormFoot change={undo} submit={words.undoSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}

function ReturnForm({ payment, amount, onClose }: AskedProps) {
  const { company } = useInside();
  const { optional } = useWords();
  const words = usePaymentLinesWords();
  const tell = useTell();
  const [returnedOn, setReturnedOn] = useState(company.today);
  const [reason, setReason] = useState('');
  const byHand = payment.kind === 'settlement';
  const save = useChange(company.id, () =>
    call('POST', at(company.id, `/payments/${payment.id}/return`), { returnedOn, reason }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            tell.done(byHand ? words.cancelDone : words.backDone);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.backHint(amount)}</Text>
        {byHand ? null : (
          <TextInput
            type="date"
            label={words.backOn}
            value={returnedOn}
            min={payment.receivedOn}
            max={company.today}
            required
            onChange={(event) => setReturnedOn(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={`${words.backReason} (${optional})`}
          description={byHand ? undefined : words.backReasonHint}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot change={save} submit={byHand ? words.cancelSubmit : words.backSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
