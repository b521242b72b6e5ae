// Who pays for whom, and what hangs on it: a customer that has a payer is written to at the payer's contacts.
import { type Kysely, sql } from 'kysely';
import { lockCustomers } from './dunning-case.ts';
import { given } from './given.ts';
import type { Recipients, Tables } from './tables.ts';

export interface NamedCustomer {
  id: string;
  number: string;
  name: string;
}

/** Those for whom one of these pays, by identifier. */
export async function paidForBy(tx: Kysely<Tables>, companyId: string, payerIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from customer where company_id = ${companyId} and payer_id = any(${payerIds}::uuid[]) order by id`.execute(
    tx,
  );
  return found.rows.map(({ id }) => id);
}

/**
 * Locks these customers, all for whom they pay, and `others`, in the order in which all locks are taken; answers all but the others. Who
 * is given one of these as payer while the locks are waited for is locked after them: whoever does that holds the payer's.
 */
export async function lockWithPaidFor(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  others: readonly string[] = [],
): Promise<string[]> {
  const first = [...new Set([...customerIds, ...(await paidForBy(tx, companyId, customerIds))])];
  await lockCustomers(tx, companyId, [...first, ...others]);
  const since = (await paidForBy(tx, companyId, customerIds)).filter((id) => !first.includes(id));
  if (since.length > 0) await lockCustomers(tx, companyId, since);
  return [...first, ...since];
}

export async function namedCustomer(
  tx: Kysely<Tables>,
  companyId: string,
  customerId: string,
): Promise<NamedCustomer | null> {
  const found = await sql<NamedCustomer>`
    select id, number, name from customer where company_id = ${companyId} and id = ${customerId}`.execute(tx);
  return found.rows[0] ?? null;
}

/** By name, so many at most, and how many there are. */
export async function customersPaidFor(
  tx: Kysely<Tables>,
  companyId: string,
  payerId: string,
  most: number,
): Promise<{ first: NamedCustomer[]; count: number }> {
  const found = await sql<NamedCustomer & { count: number }>`
    select id, number, name, count(*) over () as count from customer
    where company_id = ${companyId} and payer_id = ${payerId} order by name, id limit ${most}`.execute(tx);
  return {
    first: found.rows.map(({ id, number, name }) => ({ id, number, name })),
    count: found.rows[0]?.count ?? 0,
  };
}

/**
 * Their payer is another one: what a person chose as recipients of a message was chosen for the former one. It goes to whom its step
 * writes, and a person approves it again: also one that a connection has in hand, if it comes back (putOff), and one that a person sends
 * again, because it came back or is in doubt. Lock the customers, and unclaim what is theirs, first.
 */
export async function forgetChosenRecipients(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<void> {
  await sql`
    update reminder set recipients_chosen = false,
      state = case when state = 'ready' then 'to_approve' else state end,
      approved_by = case when state = 'ready' then null else approved_by end,
      approved_at = case when state = 'ready' then null else approved_at end,
      next_attempt_at = case when state = 'ready' then null else next_attempt_at end
    where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and recipients_chosen
      and state in ('to_approve', 'ready', 'sending', 'sent', 'failed', 'in_doubt', 'undelivered')`.execute(tx);
}

/** Messages that wait to be approved or to leave, and whose recipients nobody chose. */
export async function waitingToBeAddressed(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from reminder r
    where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and state in ('to_approve', 'ready')
      and channel = 'email' and not recipients_chosen order by id`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** To whom they would leave now, and in which language. */
export async function readdressReminders(
  tx: Kysely<Tables>,
  companyId: string,
  readdressed: readonly { id: string; recipients: Recipients; language: string }[],
): Promise<void> {
  if (readdressed.length === 0) return;
  await sql`
    update reminder r set recipients = given.recipients, language = given.language
    from ${given(readdressed, { id: 'uuid', recipients: 'jsonb', language: 'text' })}
    where r.company_id = ${companyId} and r.id = given.id and r.state in ('to_approve', 'ready')`.execute(tx);
}
