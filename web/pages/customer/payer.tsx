// Who pays for a customer, and for whom it pays: shown on its page, and chosen in a dialog.
import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer } from '../../../src/contract/customer.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { CustomerPicker } from '../../parts/customer-picker.tsx';
import { at, useChange } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { useTell } from '../../ui/tell.ts';
import { wordsOf } from '../../words/words.tsx';

const fr = {
  paidBy: 'Payé par',
  paysFor: 'Paie pour',
  others: (count: number) => (count >= 2 ? `et ${count.toLocaleString('fr-FR')} autres clients` : 'et 1 autre client'),
  title: 'Qui paie pour ce client',
  hint: 'Les messages sur ses factures partent aux contacts du payeur, et disent pour qui elles sont établies. Ce qui est écrit sur une facture l’emporte. Pauses, promesses, litiges et suivi restent ceux du client.',
  payer: 'Payeur',
  payerHint: 'Vide : le client paie lui-même.',
  submit: 'Enregistrer',
  paid: (name: string) => `Payé par ${name}.`,
  itself: 'Ce client paie lui-même.',
  contacts: (name: string) => `Les messages partent aux contacts du payeur, ${name}.`,
  notThese: 'Ceux-ci n’en reçoivent pas.',
};
const en: typeof fr = {
  paidBy: 'Paid for by',
  paysFor: 'Pays for',
  others: (count) => `and ${count.toLocaleString('en-GB')} more ${count === 1 ? 'customer' : 'customers'}`,
  title: 'Who pays for this customer',
  hint: 'Messages about its invoices go to the payer’s contacts, and say to whom they are made out. What is written on an invoice comes first. Pauses, promises, disputes and who is in charge stay the customer’s.',
  payer: 'Payer',
  payerHint: 'Empty: the customer pays itself.',
  submit: 'Save',
  paid: (name) => `Paid for by ${name}.`,
  itself: 'This customer pays itself.',
  contacts: (name) => `Messages go to the contacts of the payer, ${name}.`,
  notThese: 'These get none.',
};
const usePayerWords = wordsOf({ fr, en });

/** In the list of what the page says first. */
export function Paying({ customer: { id, payer, paysFor } }: { customer: Customer }) {
  const words = usePayerWords();
  const others = paysFor.count - paysFor.first.length;
  return (
    <>
      {payer === null ? null : (
        <div>
          <dt>{words.paidBy}</dt>
          <dd>
            <Link to="/customers/$customerId" params={{ customerId: payer.id }}>
              {payer.name}
            </Link>
          </dd>
        </div>
      )}
      {paysFor.count === 0 ? null : (
        <div>
          <dt>{words.paysFor}</dt>
          <dd>
            {paysFor.first.map((one, index) => (
              <span key={one.id}>
                {index === 0 ? '' : ', '}
                <Link to="/customers/$customerId" params={{ customerId: one.id }}>
                  {one.name}
                </Link>
              </span>
            ))}
            {others === 0 ? null : (
              <>
                {' '}
                <Link to="/customers" search={{ payer: id }}>
                  {words.others(others)}
                </Link>
              </>
            )}
          </dd>
        </div>
      )}
    </>
  );
}

/** Above the customer's own contacts: they are not the ones who are written to. */
export function WrittenToPayer({ customer: { payer, contacts } }: { customer: Customer }) {
  const words = usePayerWords();
  return payer === null ? null : (
    <Text size="sm" mb="xs">
      {words.contacts(payer.name)} {contacts.length === 0 ? '' : words.notThese}
    </Text>
  );
}

interface PayerDialogProps {
  customer: Customer;
  opened: boolean;
  onClose: () => void;
}

export function PayerDialog({ customer, opened, onClose }: PayerDialogProps) {
  const words = usePayerWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title}>
      <PayerForm customer={customer} onClose={onClose} />
    </Dialog>
  );
}

function PayerForm({ customer, onClose }: Omit<PayerDialogProps, 'opened'>) {
  const { company } = useInside();
  const words = usePayerWords();
  const tell = useTell();
  const [chosen, setChosen] = useState(customer.payerId);
  const save = useChange(company.id, () =>
    call<{ customerId: string }>('PATCH', at(company.id, `/customers/${customer.id}`), { payerId: chosen }).then(() =>
      chosen === null ? null : call<Customer>('GET', at(company.id, `/customers/${chosen}`)),
    ),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: (payer) => {
            tell.done(payer === null ? words.itself : words.paid(payer.name));
            onClose();
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">{words.hint}</Text>
        <CustomerPicker
          label={words.payer}
          description={words.payerHint}
          clearable
          except={customer.id}
          known={customer.payer}
          chosen={chosen}
          onChoose={setChosen}
        />
        <FormFoot change={save} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}
