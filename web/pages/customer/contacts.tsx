// The people to write to; an address that bounced says so.
import { Button } from '@mantine/core';
import type { Customer } from '../../../src/contract/customer.ts';
import { useInside } from '../../inside.tsx';
import { useCustomerFormWords } from '../../parts/customer-dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useCustomerWords } from './words.ts';

export function Contacts({ customer, onEdit }: { customer: Customer; onEdit: () => void }) {
  const { mayAct } = useInside();
  const words = useCustomerWords();
  const { roles } = useCustomerFormWords();
  return (
    <Section title={words.contacts}>
      {customer.contacts.length === 0 ? (
        <>
          <p className="quiet">{words.noContacts}</p>
          {mayAct ? (
            <Button variant="light" size="xs" onClick={onEdit}>
              {words.addContacts}
            </Button>
          ) : null}
        </>
      ) : (
        <ul className="lines">
          {customer.contacts.map((contact) => (
            <li key={contact.id}>
              <span>{contact.name}</span>
              <span className="quiet">{roles[contact.role]}</span>
              {contact.email === null ? (
                <Tag meaning="late">{words.noEmail}</Tag>
              ) : (
                <span className="address">{contact.email}</span>
              )}
              {contact.phone === null ? null : (
                <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
