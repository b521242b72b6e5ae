// The people to write to; an address that was refused says so, and can be written to again.
import { Button } from '@mantine/core';
import type { Customer } from '../../../src/contract/customer.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useCustomerFormWords } from '../../parts/customer-dialog.tsx';
import { at, useChange } from '../../queries.ts';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useTell } from '../../ui/tell.ts';
import { WrittenToPayer } from './payer.tsx';
import { useCustomerWords } from './words.ts';

export function Contacts({ customer, onEdit }: { customer: Customer; onEdit: () => void }) {
  const { mayAct } = useInside();
  const words = useCustomerWords();
  const { roles } = useCustomerFormWords();
  const { contacts, blockedAddresses } = customer;
  const blockOf = (email: string | null) => blockedAddresses.find(({ address }) => address === email?.toLowerCase());
  // Written on an invoice alone.
  const elsewhere = blockedAddresses.filter(
    ({ address }) => !contacts.some(({ email }) => email?.toLowerCase() === address),
  );
  return (
    <Section title={words.contacts}>
      <WrittenToPayer customer={customer} />
      {contacts.length === 0 && customer.payer === null ? (
        <>
          <p className="quiet">{words.noContacts}</p>
          {mayAct ? (
            <Button variant="light" size="xs" onClick={onEdit}>
              {words.addContacts}
            </Button>
          ) : null}
        </>
      ) : null}
      {contacts.length + elsewhere.length === 0 ? null : (
        <ul className="lines">
          {contacts.map((contact) => (
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
              <Blocked blocked={blockOf(contact.email)} onEdit={onEdit} />
            </li>
          ))}
          {elsewhere.map((blocked) => (
            <li key={blocked.address}>
              <span className="quiet">{words.onInvoice}</span>
              <span className="address">{blocked.address}</span>
              <Blocked blocked={blocked} onEdit={null} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

interface BlockedProps {
  blocked: Customer['blockedAddresses'][number] | undefined;
  /** null: it is not on the customer page that it is corrected. */
  onEdit: (() => void) | null;
}

function Blocked({ blocked, onEdit }: BlockedProps) {
  const { company, mayAct, openMessage } = useInside();
  const words = useCustomerWords();
  const format = useFormat(company.today);
  const tell = useTell();
  const unblock = useChange(company.id, (address: string) =>
    call('POST', at(company.id, '/blocked-addresses/unblock'), { address }),
  );
  if (blocked === undefined) return null;
  const { address, reason, blockedOn, reminderId } = blocked;
  return (
    <>
      <Tag meaning="very-late">{words.refused}</Tag>
      <span className="quiet blocked-why">
        {words.refusedWhy(format.day(blockedOn), reason)}{' '}
        {reminderId === null ? null : (
          <button type="button" className="link" onClick={() => openMessage([reminderId])}>
            {words.refusedMessage}
          </button>
        )}
      </span>
      {mayAct ? (
        <>
          {onEdit === null ? null : (
            <Button variant="light" size="compact-xs" onClick={onEdit}>
              {words.correct}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-xs"
            loading={unblock.isPending}
            aria-label={words.unblockOne(address)}
            onClick={() =>
              unblock.mutate(address, { onSuccess: () => tell.done(words.unblocked(address)), onError: tell.failed })
            }
          >
            {words.unblock}
          </Button>
        </>
      ) : null}
    </>
  );
}
