// What an invoice bears because it is late: interest up to today, the fixed indemnity, and what of it was claimed, paid or waived.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Charge, InvoiceCharges } from '../../../src/contract/charge.ts';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { NotHad } from '../../ui/not-loaded.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { useWords, wordsOf } from '../../words/words.tsx';

type Kind = Charge['kind'];

const fr = {
  title: 'Pénalités et frais',
  kinds: {
    interest: 'Pénalités de retard',
    indemnity: 'Indemnité forfaitaire',
    fee: 'Frais prévus au contrat',
  } satisfies Record<Kind, string>,
  legal: 'Intérêts au taux légal',
  upTo: (day: string) => `jusqu’au ${day}`,
  claimedOn: (day: string) => `le ${day}`,
  accrued: (from: string, to: string) => `du ${from} au ${to}`,
  soFar: 'Courus, au total',
  due: 'Due par la loi',
  unknown: (halves: string) => `Taux à confirmer : ${halves}`,
  half: (half: string) => `${half.endsWith('1') ? '1er' : '2e'} semestre ${half.slice(0, 4)}`,
  claimed: 'Réclamé',
  claimedNone: 'Rien n’a été réclamé.',
  open: 'à payer',
  paid: 'payé',
  partly: (left: string) => `reste ${left}`,
  waived: 'abandonné',
  waive: 'Renoncer…',
  waiveOne: (what: string, amount: string) => `Renoncer à ${amount} (${what})`,
  waiveHint: 'Il n’est plus réclamé, et reste dans l’historique avec votre motif. Vous pourrez revenir dessus.',
  reason: 'Motif',
  submit: 'Renoncer',
  done: 'Vous y renoncez : ce n’est plus réclamé.',
  restore: 'Réclamer de nouveau',
  restored: 'De nouveau réclamé.',
};

const en: typeof fr = {
  title: 'Interest and fees',
  kinds: { interest: 'Late-payment interest', indemnity: 'Fixed compensation', fee: 'Fees agreed in the contract' },
  legal: 'Interest at the legal rate',
  upTo: (day) => `to ${day}`,
  claimedOn: (day) => `on ${day}`,
  accrued: (from, to) => `from ${from} to ${to}`,
  soFar: 'Accrued in all',
  due: 'Due by law',
  unknown: (halves) => `Rate to confirm: ${halves}`,
  half: (half) => `${half.endsWith('1') ? 'first' : 'second'} half of ${half.slice(0, 4)}`,
  claimed: 'Claimed',
  claimedNone: 'Nothing was claimed.',
  open: 'to pay',
  paid: 'paid',
  partly: (left) => `${left} left`,
  waived: 'waived',
  waive: 'Waive…',
  waiveOne: (what, amount) => `Waive ${amount} (${what})`,
  waiveHint: 'It is not claimed any more, and stays in the history with your reason. You can take that back.',
  reason: 'Reason',
  submit: 'Waive',
  done: 'Waived: it is not claimed any more.',
  restore: 'Claim again',
  restored: 'Claimed again.',
};

const useChargeWords = wordsOf({ fr, en });

/** Nothing where the invoice bears nothing, or the company claims none of it. */
export function Charges({ invoice }: { invoice: Invoice }) {
  const { company, mayAct, openPayment } = useInside();
  const words = useChargeWords();
  const { payment } = useWords();
  const charges = useThing<InvoiceCharges>(company.id, `invoices/${invoice.id}/charges`);
  const [waiving, setWaiving] = useState<Charge | null>(null);
  const { data } = charges;
  if (data === undefined) return <NotHad query={charges} what={words.title} />;
  const { accrued, indemnityMinor, charges: rows } = data;
  const claimsAny = company.interestFromLevel !== null || company.indemnityFromLevel !== null;
  if (rows.length === 0 && (!claimsAny || (accrued.minor === 0 && indemnityMinor === null))) return null;
  const owed = rows.some(({ openMinor, waived }) => openMinor > 0 && waived === null);
  return (
    <Section
      title={words.title}
      actions={
        mayAct && owed && invoice.openMinor === 0 ? (
          <Button size="compact-sm" variant="default" onClick={() => openPayment(invoice)}>
            {payment.button}
          </Button>
        ) : null
      }
    >
      <Borne data={data} invoice={invoice} />
      <h3 className="charges-title">{words.claimed}</h3>
      {rows.length === 0 ? (
        <p className="quiet">{words.claimedNone}</p>
      ) : (
        <ul className="lines" aria-label={words.claimed}>
          {rows.map((charge) => (
            <Line key={charge.id} charge={charge} toConsumer={data.toConsumer} onWaive={() => setWaiving(charge)} />
          ))}
        </ul>
      )}
      <WaiveDialog charge={waiving} toConsumer={data.toConsumer} onClose={() => setWaiving(null)} />
    </Section>
  );
}

/** What the law and the contract add, claimed or not. */
function Borne({ data, invoice }: { data: InvoiceCharges; invoice: Invoice }) {
  const { company } = useInside();
  const words = useChargeWords();
  const format = useFormat(company.today);
  const { accrued, indemnityMinor, toConsumer, currency } = data;
  const until =
    accrued.parts
      .map(({ toOn }) => toOn)
      .sort()
      .at(-1) ?? company.today;
  return (
    <ul className="lines" aria-label={words.soFar}>
      {accrued.fromOn === null || accrued.minor === 0 ? null : (
        <li>
          <span>{toConsumer ? words.legal : words.kinds.interest}</span>
          <span className="quiet">{words.accrued(format.day(accrued.fromOn), format.day(until))}</span>
          {accrued.minor === null ? (
            <Tag meaning="soon">{words.unknown(accrued.missing.map(words.half).join(', '))}</Tag>
          ) : (
            <span className="figures line-amount">{format.amount(accrued.minor, currency)}</span>
          )}
        </li>
      )}
      {accrued.parts.length < 2
        ? null
        : accrued.parts.map((part) => (
            <li key={`${part.fromOn} ${part.baseMinor}`} className="quiet part">
              <span className="figures">{format.amount(part.baseMinor, invoice.currency)}</span>
              <span>{words.accrued(format.day(part.fromOn), format.day(part.toOn))}</span>
              <span className="figures line-amount">{format.rate(part.rate)}</span>
            </li>
          ))}
      {indemnityMinor === null ? null : (
        <li>
          <span>{words.kinds.indemnity}</span>
          <span className="quiet">{words.due}</span>
          <span className="figures line-amount">{format.amount(indemnityMinor, currency)}</span>
        </li>
      )}
    </ul>
  );
}

interface LineProps {
  charge: Charge;
  toConsumer: boolean;
  onWaive: () => void;
}

const nameOf = (words: typeof fr, { kind }: Charge, toConsumer: boolean): string =>
  kind === 'interest' && toConsumer ? words.legal : words.kinds[kind];

function Line({ charge, toConsumer, onWaive }: LineProps) {
  const { company, mayManage } = useInside();
  const words = useChargeWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const restore = useChange(company.id, () => call('POST', at(company.id, `/charges/${charge.id}/restore`)));
  const { amountMinor, openMinor, currency, waived, upToOn, claimedOn } = charge;
  const name = nameOf(words, charge, toConsumer);
  const amount = format.amount(amountMinor, currency);
  const isOpen = waived === null && openMinor > 0;
  return (
    <li className="task">
      <span className="task-text">{name}</span>
      <span className="quiet">
        {upToOn === null ? words.claimedOn(format.day(claimedOn)) : words.upTo(format.day(upToOn))}
      </span>
      {waived !== null ? (
        <Tag meaning="paused">{words.waived}</Tag>
      ) : openMinor === 0 ? (
        <Tag meaning="paid">{words.paid}</Tag>
      ) : (
        <Tag meaning="due">
          {openMinor < amountMinor ? words.partly(format.amount(openMinor, currency)) : words.open}
        </Tag>
      )}
      {waived === null || waived.reason === '' ? null : <span className="quiet">{waived.reason}</span>}
      <span className="figures line-amount">{amount}</span>
      {!mayManage || (!isOpen && waived === null) ? null : isOpen ? (
        <Button size="compact-sm" variant="default" aria-label={words.waiveOne(name, amount)} onClick={onWaive}>
          {words.waive}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={restore.isPending}
          onClick={() =>
            restore.mutate(undefined, { onSuccess: () => tell.done(words.restored), onError: tell.failed })
          }
        >
          {words.restore}
        </Button>
      )}
    </li>
  );
}

interface WaiveDialogProps {
  charge: Charge | null;
  toConsumer: boolean;
  onClose: () => void;
}

function WaiveDialog({ charge, toConsumer, onClose }: WaiveDialogProps) {
  const { company } = useInside();
  const words = useChargeWords();
  const format = useFormat(company.today);
  const title =
    charge === null
      ? ''
      : words.waiveOne(nameOf(words, charge, toConsumer), format.amount(charge.openMinor, charge.currency));
  return (
    <Dialog opened={charge !== null} onClose={onClose} title={title}>
      {charge === null ? null : <WaiveForm charge={charge} onClose={onClose} />}
    </Dialog>
  );
}

function WaiveForm({ charge, onClose }: { charge: Charge; onClose: () => void }) {
  const { company } = useInside();
  const words = useChargeWords();
  const tell = useTell();
  const waive = useChange(company.id, (reason: string) =>
    call('POST', at(company.id, `/charges/${charge.id}/waive`), { reason }),
  );
  const onSuccess = () => {
    tell.done(words.done);
    onClose();
  };
  return (
    <ReasonForm
      hint={words.waiveHint}
      label={words.reason}
      submit={words.submit}
      change={waive}
      onReason={(reason) => waive.mutate(reason, { onSuccess })}
      onClose={onClose}
    />
  );
}
