// What the customer paid or was credited and that no invoice has received yet; "imputer" gives it to some.
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Credit, Customer } from '../../../src/contract/customer.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange, useThing } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useFormat } from '../../ui/format.ts';
import { NotHad } from '../../ui/not-loaded.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { Spreading, spreadOver, useSpreading } from './spreading.tsx';
import { useCustomerWords } from './words.ts';

export function Credits({ customer }: { customer: Customer }) {
  const { company, mayAct } = useInside();
  const words = useCustomerWords();
  const format = useFormat(company.today);
  const credits = useThing<{ rows: Credit[] }>(company.id, `customers/${customer.id}/credits`);
  const [allocating, setAllocating] = useState<Credit | null>(null);
  const close = () => setAllocating(null);
  if (credits.data === undefined || credits.data.rows.length === 0)
    return <NotHad query={credits} what={words.creditsTitle} />;
  return (
    <Section title={words.creditsTitle}>
      <ul className="lines">
        {credits.data.rows.map((credit) => (
          <li key={credit.id}>
            <span>{format.day(credit.on)}</span>
            <span className="quiet">
              {words.creditKinds[credit.kind]} {credit.number ?? ''}
            </span>
            <span className="line-amount">
              <span className="figures">{format.amount(credit.leftMinor, credit.currency)}</span>
              {mayAct ? (
                <Button size="compact-sm" variant="light" onClick={() => setAllocating(credit)}>
                  {words.allocate}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      <Dialog opened={allocating !== null} onClose={close} title={words.allocateTitle}>
        {allocating === null ? null : <AllocateForm customer={customer} credit={allocating} onClose={close} />}
      </Dialog>
    </Section>
  );
}

function AllocateForm({ customer, credit, onClose }: { customer: Customer; credit: Credit; onClose: () => void }) {
  const { company } = useInside();
  const words = useCustomerWords();
  const tell = useTell();
  const spreading = useSpreading(
    customer.id,
    credit.currency,
    credit.leftMinor,
    credit.kind === 'payment' ? spreadOver(customer) : 'own',
  );
  const allocate = useChange(company.id, () =>
    call('POST', at(company.id, '/allocations'), {
      ...(credit.kind === 'payment' ? { paymentId: credit.id } : { creditNoteId: credit.id }),
      to: spreading.to,
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (spreading.to.length === 0) return;
        allocate.mutate(undefined, {
          onSuccess: () => {
            tell.done(words.allocated);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Spreading spreading={spreading} currency={credit.currency} />
        <FormFoot change={allocate} submit={words.allocateSubmit} onClose={onClose} />
      </Stack>
    </form>
  );
}
