// Who is in charge of a customer, and what follows it: the tasks that the dunning asked of the person before.
import { type Kysely, sql } from 'kysely';
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
  const changed = await sql<{ id: string }>`
    with former as (
      select id, in_charge_user_id as user_id from customer
      where company_id = ${companyId} and id = any(${customerIds}::uuid[]) and in_charge_user_id is distinct from ${userId}
    ), moved as (
      update task t set assigned_to = ${userId} from former f
      where t.company_id = ${companyId} and t.customer_id = f.id and t.done_on is null and t.created_by = 'system'
        and (t.assigned_to is null or t.assigned_to = f.user_id)
    )
    update customer c set in_charge_user_id = ${userId} from former f
    where c.company_id = ${companyId} and c.id = f.id returning c.id`.execute(tx);
  return changed.rows.map(({ id }) => id);
}
