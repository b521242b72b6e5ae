// To whom a message goes: the addresses set on the invoice, else the contacts of the roles that the step asks for.
import type {
  Channel,
  CompanyFacts,
  ContactFact,
  ContactRole,
  CustomerFacts,
  ReceivableFact,
  StepFact,
} from './facts.ts';

export interface Addressees {
  to: string[];
  cc: string[];
  language: string;
}

/** What of a customer says whether it can be written to. */
type Addressed = Pick<CustomerFacts, 'contacts' | 'language' | 'blockedAddresses' | 'forbiddenChannels'>;

/** By the first of the step's channels that reaches the customer: an e-mail needs an address, a task does not. Null: by none. */
export function reachedBy(
  company: Pick<CompanyFacts, 'language'>,
  customer: Addressed,
  receivable: Pick<ReceivableFact, 'recipients'>,
  step: Pick<StepFact, 'channels' | 'rolesTo' | 'rolesCc'>,
): { channel: Channel; addressees: Addressees } | null {
  for (const channel of step.channels) {
    const addressees =
      channel === 'task'
        ? { to: [], cc: [], language: company.language }
        : addresseesOf(company, customer, receivable, step);
    if (addressees !== null) return { channel, addressees };
  }
  return null;
}

/** Null when nobody can be written to: the customer is not to be, or no contact of these roles has an address that is not blocked. */
export function addresseesOf(
  company: Pick<CompanyFacts, 'language'>,
  customer: Addressed,
  receivable: Pick<ReceivableFact, 'recipients'>,
  step: Pick<StepFact, 'rolesTo' | 'rolesCc'>,
): Addressees | null {
  if (customer.forbiddenChannels.includes('email')) return null;
  const mayReach = (address: string): boolean => !isBlocked(customer, address);
  const reachable = customer.contacts.filter(({ email }) => email !== null && mayReach(email));
  const own = receivable.recipients;
  const chosen = firstRole(reachable, step.rolesTo);
  const to = own === null ? chosen.map(emailOf) : own.to.filter(mayReach);
  if (to.length === 0) return null;
  const copies = own === null ? step.rolesCc.flatMap((role) => ofRole(reachable, role)).map(emailOf) : own.cc;
  const language =
    chosen.find((contact) => contact.language !== null)?.language ?? customer.language ?? company.language;
  return {
    to: unique(to),
    cc: unique(copies).filter((address) => !to.includes(address) && mayReach(address)),
    language,
  };
}

/** Addresses are compared whatever the case of their letters: servers that tell them apart are not met (RFC 5321 §2.4). */
export const isBlocked = ({ blockedAddresses }: Pick<CustomerFacts, 'blockedAddresses'>, address: string): boolean =>
  blockedAddresses.includes(address.toLowerCase());

/** Where nobody can be written to: the first address that would be, were it not blocked; null: there is none. */
export function blockedAddresseeOf(
  company: Pick<CompanyFacts, 'language'>,
  customer: Pick<CustomerFacts, 'contacts' | 'language' | 'forbiddenChannels'>,
  receivable: Pick<ReceivableFact, 'recipients'>,
  step: Pick<StepFact, 'rolesTo' | 'rolesCc'>,
): string | null {
  return addresseesOf(company, { ...customer, blockedAddresses: [] }, receivable, step)?.to[0] ?? null;
}

/** Roles in order of preference: the contacts of the first that has any. */
function firstRole(contacts: readonly ContactFact[], roles: readonly ContactRole[]): ContactFact[] {
  for (const role of roles) {
    const found = ofRole(contacts, role);
    if (found.length > 0) return found;
  }
  return [];
}

function ofRole(contacts: readonly ContactFact[], role: ContactRole): ContactFact[] {
  return contacts.filter((contact) => contact.role === role);
}

function emailOf(contact: ContactFact): string {
  return contact.email!;
}

function unique(addresses: readonly string[]): string[] {
  return [...new Set(addresses)];
}
