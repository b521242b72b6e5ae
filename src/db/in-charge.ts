// Who is in charge of a customer, and what follows it: the tasks that the dunning asked of the person before.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Puts that member in charge of these customers, or nobody (null); what the dunning asked of the member before, or of nobody in
 * particular, and nobody has done, goes along. Lock the customers first. Answers those for whom it was somebody else.
 */
export async function putInCharge(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  userId: string | null,
): Promise<string[]> {
  const chosen = sql`select id, ${userId}::text as user_id from unnest(${customerIds}::uuid[]) as given(id)`;
  const changed = await sql<{ id: string }>`${puttingInCharge(companyId, chosen)} returning c.id`.execute(tx);
  return changed.rows.map(({ id }) => id);
}

/** The same for what a query chooses, each customer (id) with its member (user_id): as many as a file has. */
export async function putInChargeAs(tx: Kysely<Tables>, companyId: string, chosen: RawBuilder<unknown>): Promise<void> {
  await puttingInCharge(companyId, chosen).execute(tx);
}

const puttingInCharge = (companyId: string, chosen: RawBuilder<unknown>) => sql`
    with chosen as (${chosen}), former as (
      select c.id, c.in_charge_user_id as user_id, k.user_id as next_id from customer c join chosen k on k.id = c.id
      where c.company_id = ${companyId} and c.in_charge_user_id is distinct from k.user_id
    ), moved as (
      update task t set assigned_to = f.next_id from former f
      where t.company_id = ${companyId} and t.customer_id = f.id and t.done_on is null and t.created_by = 'system'
        and (t.assigned_to is null or t.assigned_to = f.user_id)
    )
    update customer c set in_charge_user_id = f.next_id from former f
    where c.company_id = ${companyId} and c.id = f.id`;
