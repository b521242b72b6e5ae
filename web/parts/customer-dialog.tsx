// A customer made or changed by hand: who it is, its contacts, its own delays. Contacts that are not touched stay as they are.
import { ActionIcon, Button, Checkbox, Fieldset, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { Customer } from '../../src/contract/customer.ts';
import type { EnrolmentRules } from '../../src/contract/enrolment-rule.ts';
import { contactRoles, customerKinds } from '../../src/words/values.ts';
import { call } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { RateInput } from '../ui/rate-input.tsx';
import { useTell } from '../ui/tell.ts';
import { wordsOf } from '../words/words.tsx';
import { AgreedFields, agreedGiven, agreedWith } from './agreed-fields.tsx';

const fr = {
  add: 'Nouveau client',
  change: 'Modifier le client',
  name: 'Nom',
  number: 'Numéro',
  numberHint: 'Vide : le prochain numéro libre.',
  kind: 'Nature',
  kinds: customerKinds.fr,
  category: 'Catégorie',
  language: 'Langue des messages',
  languages: { default: 'Celle de l’entreprise', fr: 'Français', en: 'English' },
  phone: 'Téléphone',
  city: 'Ville',
  delays: 'Délais propres à ce client, en jours',
  delaysHint: 'Jusqu’à la première relance, puis de l’une à l’autre : 10, 15, 15. Vide : ceux de la séquence.',
  delaysWrong: 'Des nombres de jours, séparés par des virgules.',
  keyAccount: 'Grand compte',
  keyAccountHint: 'Chaque message qui lui est destiné est validé par une personne.',
  contractRate: 'Taux de pénalités convenu',
  contractRateHint: 'Par an. Vide : celui de vos réglages.',
  contacts: 'Contacts',
  contact: (place: number) => `Contact ${place}`,
  contactName: 'Nom du contact',
  email: 'E-mail',
  role: 'Rôle',
  roles: contactRoles.fr,
  addContact: 'Ajouter un contact',
  removeContact: (place: number) => `Retirer le contact ${place}`,
  save: 'Enregistrer',
  saved: 'Client enregistré.',
};
const en: typeof fr = {
  add: 'New customer',
  change: 'Edit customer',
  name: 'Name',
  number: 'Number',
  numberHint: 'Empty: the next free one.',
  kind: 'Kind',
  kinds: customerKinds.en,
  category: 'Category',
  language: 'Language of messages',
  languages: { default: 'The company’s', fr: 'Français', en: 'English' },
  phone: 'Phone',
  city: 'Town',
  delays: 'Delays of this customer, in days',
  delaysHint: 'To the first reminder, then from one to the next: 10, 15, 15. Empty: those of the sequence.',
  delaysWrong: 'Numbers of days, separated by commas.',
  keyAccount: 'Key account',
  keyAccountHint: 'Each message to it is approved by a person.',
  contractRate: 'Agreed rate of interest',
  contractRateHint: 'A year. Empty: as your settings say.',
  contacts: 'Contacts',
  contact: (place) => `Contact ${place}`,
  contactName: 'Name of the contact',
  email: 'E-mail',
  role: 'Role',
  roles: contactRoles.en,
  addContact: 'Add a contact',
  removeContact: (place) => `Remove contact ${place}`,
  save: 'Save',
  saved: 'Customer saved.',
};
export const useCustomerFormWords = wordsOf({ fr, en });

interface CustomerDialogProps {
  opened: boolean;
  /** null: a new one. */
  customer: Customer | null;
  onClose: () => void;
}

export function CustomerDialog({ opened, customer, onClose }: CustomerDialogProps) {
  const words = useCustomerFormWords();
  return (
    <Dialog opened={opened} onClose={onClose} size="xl" title={customer === null ? words.add : words.change}>
      <CustomerForm customer={customer} onClose={onClose} />
    </Dialog>
  );
}

type Role = Customer['contacts'][number]['role'];

interface Contact {
  key: string;
  role: Role;
  name: string;
  email: string;
  phone: string | null;
  language: string | null;
}

function CustomerForm({ customer, onClose }: Omit<CustomerDialogProps, 'opened'>) {
  const { company } = useInside();
  const words = useCustomerFormWords();
  const tell = useTell();
  const navigate = useNavigate();
  const [fields, setFields] = useState({
    name: customer?.name ?? '',
    number: customer?.number ?? '',
    kind: customer?.kind ?? 'business',
    category: customer?.category ?? '',
    language: customer?.language ?? '',
    phone: customer?.phone ?? '',
    city: customer?.city ?? '',
    delays: (customer?.delaysDays ?? []).join(', '),
  });
  const [contacts, setContacts] = useState<Contact[]>(
    customer === null
      ? [newContact('main')]
      : customer.contacts.map(({ id, role, name, email, phone, language }) => ({
          key: id,
          role,
          name,
          email: email ?? '',
          phone,
          language,
        })),
  );
  const [keyAccount, setKeyAccount] = useState(customer?.keyAccount ?? false);
  const [agreed, setAgreed] = useState(agreedWith(customer));
  const [contractRate, setContractRate] = useState(customer?.contractRate ?? null);
  // Categories that other customers have, to choose from: without them one is typed.
  const rules = useThing<EnrolmentRules>(company.id, 'enrolment-rules');
  const categories = useId();
  const delays = delaysOf(fields.delays);
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [name]: value }));
  };
  const save = useChange(company.id, () =>
    call<{ customerId: string }>(
      customer === null ? 'POST' : 'PATCH',
      at(company.id, customer === null ? '/customers' : `/customers/${customer.id}`),
      {
        name: fields.name,
        ...(fields.number === '' ? {} : { number: fields.number }),
        kind: fields.kind,
        category: fields.category.trim() || null,
        language: fields.language || null,
        phone: fields.phone || null,
        city: fields.city || null,
        delaysDays: delays,
        keyAccount,
        ...agreedGiven(agreed),
        contractRate: contractRate === 0 ? null : contractRate,
        contacts: contacts
          .filter((contact) => contact.name !== '' || contact.email !== '')
          .map(({ key: _, email, ...contact }) => ({ ...contact, email: email || null })),
      },
    ),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (delays === 'wrong') return;
        save.mutate(undefined, {
          onSuccess: ({ customerId }) => {
            tell.done(words.saved);
            onClose();
            if (customer === null) void navigate({ to: '/customers/$customerId', params: { customerId } });
          },
        });
      }}
    >
      <Stack>
        <TextInput label={words.name} value={fields.name} required data-autofocus onChange={set('name')} />
        <Group grow align="flex-start">
          <TextInput
            label={words.number}
            description={customer === null ? words.numberHint : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={fields.number}
            onChange={set('number')}
          />
          <NativeSelect
            label={words.kind}
            value={fields.kind}
            onChange={set('kind')}
            data={(['business', 'consumer', 'public'] as const).map((value) => ({ value, label: words.kinds[value] }))}
          />
          <TextInput
            label={words.category}
            value={fields.category}
            maxLength={100}
            list={categories}
            onChange={set('category')}
          />
          <datalist id={categories}>
            {(rules.data?.values.categories ?? []).map((category) => (
              <option key={category} value={category} />
            ))}
          </datalist>
        </Group>
        <Group grow>
          <NativeSelect
            label={words.language}
            value={fields.language}
            onChange={set('language')}
            data={[
              { value: '', label: words.languages.default },
              { value: 'fr', label: words.languages.fr },
              { value: 'en', label: words.languages.en },
            ]}
          />
          <TextInput label={words.phone} value={fields.phone} onChange={set('phone')} />
          <TextInput label={words.city} value={fields.city} onChange={set('city')} />
        </Group>
        <Contacts contacts={contacts} onChange={setContacts} />
        <AgreedFields agreed={agreed} isBusiness={fields.kind === 'business'} onChange={setAgreed} />
        <TextInput
          label={words.delays}
          description={words.delaysHint}
          value={fields.delays}
          error={delays === 'wrong' ? words.delaysWrong : null}
          onChange={set('delays')}
        />
        {fields.kind === 'business' ? (
          <RateInput
            label={words.contractRate}
            description={words.contractRateHint}
            value={contractRate}
            onChange={setContractRate}
          />
        ) : null}
        <Checkbox
          label={words.keyAccount}
          description={words.keyAccountHint}
          checked={keyAccount}
          onChange={(event) => setKeyAccount(event.currentTarget.checked)}
        />
        <FormFoot change={save} submit={words.save} onClose={onClose} />
      </Stack>
    </form>
  );
}

function Contacts({ contacts, onChange }: { contacts: Contact[]; onChange: (contacts: Contact[]) => void }) {
  const words = useCustomerFormWords();
  const set = (key: string, change: Partial<Contact>) =>
    onChange(contacts.map((contact) => (contact.key === key ? { ...contact, ...change } : contact)));
  return (
    <Stack gap="xs">
      {contacts.map((contact, index) => (
        <Fieldset key={contact.key} legend={words.contact(index + 1)} p="sm">
          <Group align="flex-end" gap="xs">
            <TextInput
              flex="1 1 10rem"
              label={words.contactName}
              value={contact.name}
              onChange={(event) => set(contact.key, { name: event.currentTarget.value })}
            />
            <TextInput
              flex="1 1 12rem"
              type="email"
              label={words.email}
              value={contact.email}
              onChange={(event) => set(contact.key, { email: event.currentTarget.value })}
            />
            <NativeSelect
              flex="1 1 9rem"
              label={words.role}
              value={contact.role}
              onChange={(event) => set(contact.key, { role: event.currentTarget.value as Role })}
              data={(['main', 'accounts_payable', 'management'] as const).map((value) => ({
                value,
                label: words.roles[value],
              }))}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={words.removeContact(index + 1)}
              onClick={() => onChange(contacts.filter((one) => one.key !== contact.key))}
            >
              ×
            </ActionIcon>
          </Group>
        </Fieldset>
      ))}
      <Button
        variant="light"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...contacts, newContact(contacts.length === 0 ? 'main' : 'accounts_payable')])}
      >
        {words.addContact}
      </Button>
    </Stack>
  );
}

let contactsMade = 0;

function newContact(role: Role): Contact {
  contactsMade += 1;
  return { key: `new-${contactsMade}`, role, name: '', email: '', phone: null, language: null };
}

/** Days as typed; null where none are given. */
function delaysOf(text: string): number[] | null | 'wrong' {
  if (text.trim() === '') return null;
  const days = text
    .split(/[,; ]+/)
    .filter((part) => part !== '')
    .map(Number);
  return days.every((day) => Number.isInteger(day) && day > 0) ? days : 'wrong';
}
