// Customers: the numbers that Relance gives to those made by hand.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** C-00001 and up, after the highest of this form; what was imported under other numbers does not count. */
export async function nextCustomerNumber(tx: Kysely<Tables>, companyId: string): Promise<string> {
  // Two made at once get two numbers: the second waits for the first.
  await sql`select from company where id = ${companyId} for no key update`.execute(tx);
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(substring(number from '^C-([0-9]{5,9})$')::bigint), 0) + 1 as next
    from customer where company_id = ${companyId}`.execute(tx);
  return `C-${String(rows[0]!.next).padStart(5, '0')}`;
}

/** The customer itself, or the one that it was merged into; null: it is not there. */
export async function standingCustomer(
  tx: Kysely<Tables>,
  companyId: string,
  customerId: string,
): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select coalesce(merged_into_id, id) as id from customer where company_id = ${companyId} and id = ${customerId}`.execute(
    tx,
  );
  return found.rows[0]?.id ?? null;
}

/** The names of these customers. */
export async function customerNames(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from customer where company_id = ${companyId} and id = any(${[...new Set(customerIds)]}::uuid[])`.execute(
    tx,
  );
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}
