// Addresses that nothing is sent to any more, because a recipient's server says that they do not exist; and who has them.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { given } from './given.ts';
import type { Tables } from './tables.ts';

/** Of these addresses those that are blocked, in lower case. */
export async function blockedAmong(
  tx: Kysely<Tables>,
  companyId: string,
  addresses: readonly string[],
): Promise<string[]> {
  if (addresses.length === 0) return [];
  const asked = [...new Set(addresses.map((address) => address.toLowerCase()))];
  const found = await sql<{ address: string }>`
    select address from blocked_address where company_id = ${companyId} and address = any(${asked}::text[])`.execute(
    tx,
  );
  return found.rows.map(({ address }) => address);
}

export interface AddressToBlock {
  /** In lower case. */
  address: string;
  reason: string;
  /** The message that came back. */
  reminderId: string;
}

/** Answers those that were not blocked before. */
export async function blockAddresses(
  tx: Kysely<Tables>,
  companyId: string,
  { day, actor, practice }: { day: Day; actor: string; practice: boolean },
  addresses: readonly AddressToBlock[],
): Promise<AddressToBlock[]> {
  if (addresses.length === 0) return [];
  const blocked = await sql<AddressToBlock>`
    insert into blocked_address (company_id, address, reason, practice, blocked_on, blocked_by, reminder_id)
    select distinct on (given.address) ${companyId}::uuid, given.address, given.reason, ${practice}::boolean, ${day}::date, ${actor}, given."reminderId"
    from ${given(addresses, { address: 'text', reason: 'text', reminderId: 'uuid' })}
    on conflict (company_id, address) do nothing
    returning address, reason, reminder_id as "reminderId"`.execute(tx);
  return blocked.rows;
}

/** Answers whether it was blocked. */
export async function unblockAddress(tx: Kysely<Tables>, companyId: string, address: string): Promise<boolean> {
  const freed = await sql`delete from blocked_address where company_id = ${companyId} and address = ${address}`.execute(
    tx,
  );
  return Number(freed.numAffectedRows) > 0;
}

/** Going live: what came back in practice says nothing of an address. */
export async function unblockPracticeAddresses(tx: Kysely<Tables>, companyId: string): Promise<void> {
  await sql`delete from blocked_address where company_id = ${companyId} and practice`.execute(tx);
}

export interface AddressHolder {
  address: string;
  customerId: string;
  /** Something is owed: it would be written to. */
  owes: boolean;
  /** Whose messages go to it: the customer's own, and those of whom it pays for. */
  writtenFor: string[];
}

/**
 * Customers who have one of these addresses (in lower case), on a contact or on an invoice that is open. The contacts of a payer are
 * written to for all that it pays for; those of a customer that has a payer for nothing.
 */
export async function holdersOf(
  tx: Kysely<Tables>,
  companyId: string,
  addresses: readonly string[],
): Promise<AddressHolder[]> {
  if (addresses.length === 0) return [];
  const found = await sql<AddressHolder>`
    with had as (
      select k.customer_id, lower(k.email) as address, true as by_contact from contact k
      where k.company_id = ${companyId} and lower(k.email) = any(${addresses}::text[])
      union
      select i.customer_id, lower(one.address), false from invoice i
      cross join lateral jsonb_array_elements_text((i.recipients -> 'to') || (i.recipients -> 'cc')) as one(address)
      where i.company_id = ${companyId} and i.recipients is not null and lower(one.address) = any(${addresses}::text[])
        and exists (select from receivable r where r.company_id = i.company_id and r.invoice_id = i.id and r.open_minor > 0)
    ), written as (
      select h.address, h.customer_id, array_agg(distinct c.id) filter (where not h.by_contact or c.payer_id is null or c.id <> h.customer_id) as ids
      from had h join customer c on c.company_id = ${companyId} and c.merged_into_id is null
        and (c.id = h.customer_id or (h.by_contact and c.payer_id = h.customer_id)) group by 1, 2
    )
    select address, customer_id as "customerId", coalesce(ids, '{}') as "writtenFor", exists (select from receivable r
      join invoice n on n.company_id = r.company_id and n.id = r.invoice_id and n.status = 'issued'
      where r.company_id = ${companyId} and r.customer_id = any(written.ids) and r.open_minor > 0) as owes
    from written order by 2, 1`.execute(tx);
  return found.rows;
}

export interface BlockedAddress {
  address: string;
  reason: string;
  blockedOn: Day;
  /** The message that came back; null: it was one to another customer. */
  reminderId: string | null;
}

/** Those of a customer: of its contacts, of what is written on its invoices, and of what a person typed into its messages. */
export async function blockedAddressesOf(
  tx: Kysely<Tables>,
  companyId: string,
  customerId: string,
): Promise<BlockedAddress[]> {
  const found = await sql<BlockedAddress>`
    select b.address, b.reason, b.blocked_on as "blockedOn", r.id as "reminderId"
    from blocked_address b
    left join reminder r on r.company_id = b.company_id and r.id = b.reminder_id and r.customer_id = ${customerId}
    where b.company_id = ${companyId} and b.address in (
      select lower(k.email) from contact k where k.company_id = ${companyId} and k.customer_id = ${customerId}
      union
      select lower(one.address) from invoice i
      cross join lateral jsonb_array_elements_text((i.recipients -> 'to') || (i.recipients -> 'cc')) as one(address)
      where i.company_id = ${companyId} and i.customer_id = ${customerId} and i.recipients is not null
      union
      select lower(one.address) from reminder m
      cross join lateral jsonb_array_elements_text((m.recipients -> 'to') || (m.recipients -> 'cc')) as one(address)
      where m.company_id = ${companyId} and m.customer_id = ${customerId} and m.recipients_chosen)
    order by b.address`.execute(tx);
  return found.rows;
}
