// Money spread over a customer's open invoices, the oldest first: which are to get some is chosen, and what each gets is shown
// as it will be.
import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import type { InvoiceRow } from '../../../src/contract/invoice.ts';
import { useInside } from '../../inside.tsx';
import { useList } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { Loaded } from '../../ui/section.tsx';
import { useCustomerWords } from './words.ts';

interface Share {
  invoice: InvoiceRow;
  minor: number;
}

/** Money may be for invoices of whom the customer pays for; a credit note is for its own only. */
export type SpreadOver = 'own' | 'paid-for';

/** Whoever pays for nobody has its own only. */
export const spreadOver = ({ paysFor }: Pick<Customer, 'paysFor'>): SpreadOver =>
  paysFor.count === 0 ? 'own' : 'paid-for';

/** The open invoices of a currency, the customer's own first, and what each chosen one gets of an amount. */
export function useSpreading(customerId: string, currency: string, amountMinor: number, over: SpreadOver) {
  const { company } = useInside();
  const whose = over === 'own' ? 'customerId' : 'payerId';
  const list = useList<InvoiceRow>(company.id, 'invoices', `${whose}=${customerId}&state=open&order=due`, 100);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const ofOthers = (one: InvoiceRow): number => (one.customerId === customerId ? 0 : 1);
  const invoices = list.data?.pages
    .flatMap((page) => page.rows)
    .filter((one) => one.currency === currency)
    .sort((a, b) => ofOthers(a) - ofOthers(b));
  let leftMinor = amountMinor;
  const shares = (invoices ?? []).map((invoice): Share => {
    const minor = left.has(invoice.id) ? 0 : Math.min(leftMinor, invoice.openMinor);
    leftMinor -= minor;
    return { invoice, minor };
  });
  const toggle = (invoiceId: string) =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(invoiceId)) after.add(invoiceId);
      return after;
    });
  return {
    list,
    customerId,
    loaded: invoices,
    shares,
    leftMinor,
    isChosen: (invoiceId: string) => !left.has(invoiceId),
    toggle,
    to: shares.filter(({ minor }) => minor > 0).map(({ invoice }) => ({ invoiceId: invoice.id })),
    settled: shares.filter(({ invoice, minor }) => minor > 0 && minor === invoice.openMinor).length,
  };
}

export function Spreading({ spreading, currency }: { spreading: ReturnType<typeof useSpreading>; currency: string }) {
  const { company } = useInside();
  const words = useCustomerWords();
  const format = useFormat(company.today);
  const { list, customerId, loaded, shares, leftMinor, isChosen, toggle } = spreading;
  return (
    <fieldset className="spreading">
      <legend>{words.spread}</legend>
      <Loaded query={list} data={loaded}>
        {() =>
          shares.length === 0 ? (
            <Text size="sm">{words.spreadNone}</Text>
          ) : (
            <>
              <Text size="sm" c="dimmed">
                {words.spreadHint}
              </Text>
              <ul className="lines">
                {shares.map(({ invoice, minor }) => (
                  <li key={invoice.id} data-idle={minor === 0 || undefined}>
                    <Checkbox
                      size="xs"
                      label={invoice.number}
                      checked={isChosen(invoice.id)}
                      onChange={() => toggle(invoice.id)}
                    />
                    <span className="quiet">
                      {invoice.customerId === customerId ? '' : `${invoice.customerName} · `}
                      {format.distance(invoice.dueOn)} · {format.amount(invoice.openMinor, currency)}
                    </span>
                    <span className="figures line-amount">{format.amount(minor, currency)}</span>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {leftMinor > 0 && shares.length > 0 ? (
        <Text size="sm" role="status">
          {words.spreadLeft(format.amount(leftMinor, currency))}
        </Text>
      ) : null}
    </fieldset>
  );
}
