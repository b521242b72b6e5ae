// Cases: a receivable's place in dunning, and the day on which it must be looked at again.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { StoredCase } from './facts.ts';
import { given } from './given.ts';
import { isAfter } from './paging.ts';
import type { Tables } from './tables.ts';

/**
 * Customers with a case to look at on that day, in the order of the index, and those whose promise was for a day that is past, though
 * nothing else moves them. Looking at a customer moves all its cases out of the range and ends such promises, so the next page is
 * asked for in the same words.
 */
export async function customersToLookAt(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ customer_id: string }>`
    (select customer_id from dunning_case
      where company_id = ${companyId} and look_on <= ${today}::date
      order by look_on, customer_id limit ${sql.lit(limit)})
    union all
    (select customer_id from promise
      where company_id = ${companyId} and ended_on is null and next_on < ${today}::date
      order by next_on, id limit ${sql.lit(limit)})`.execute(tx);
  return [...new Set(found.rows.map((row) => row.customer_id))];
}

/** Locks these customers' rows, in one order everywhere so that two transactions cannot wait for each other. */
export async function lockCustomers(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<void> {
  await sql`select from customer where company_id = ${companyId} and id = any(${customerIds}::uuid[]) order by id for no key update`.execute(
    tx,
  );
}

export async function writeCases(tx: Kysely<Tables>, companyId: string, cases: readonly StoredCase[]): Promise<void> {
  if (cases.length === 0) return;
  const types = {
    receivableId: 'uuid',
    entry: 'text',
    lookOn: 'date',
    state: 'text',
    reason: 'jsonb',
    nextOn: 'date',
    nextStepId: 'uuid',
  };
  await sql`
    update dunning_case c set entry = given.entry, look_on = given."lookOn", state = given.state, reason = given.reason,
      next_on = given."nextOn", next_step_id = given."nextStepId"
    from ${given(cases, types)}
    where c.company_id = ${companyId} and c.receivable_id = given."receivableId"`.execute(tx);
}

/** Something changed for these customers: every case of theirs that may still be dunned is looked at today. */
export async function wakeCustomers(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  today: Day,
): Promise<void> {
  await sql`
    update dunning_case c set look_on = ${today}::date
    from receivable r
    where c.company_id = ${companyId} and c.customer_id = any(${customerIds}::uuid[])
      and r.company_id = c.company_id and r.id = c.receivable_id
      and (r.open_minor > 0 or c.state <> 'ended') and c.look_on is distinct from ${today}::date`.execute(tx);
}

/** Something changed for the whole company (its calendar, its sequences): every open case is looked at today. */
export async function wakeEverything(tx: Kysely<Tables>, companyId: string, today: Day): Promise<void> {
  await sql`
    update dunning_case c set look_on = ${today}::date
    from receivable r
    where c.company_id = ${companyId} and r.company_id = c.company_id and r.id = c.receivable_id
      and r.open_minor > 0 and c.look_on is distinct from ${today}::date`.execute(tx);
}

/** For want of what a person can put right at once, for many: payments that are up to date, a rate that is confirmed. */
type HeldFor = 'bank-not-fresh' | 'rate-not-known';

/** It is put right: what was held back for it is looked at today. */
export async function wakeHeldFor(tx: Kysely<Tables>, companyId: string, why: HeldFor, today: Day): Promise<void> {
  await sql`update dunning_case set look_on = ${today}::date
    where company_id = ${companyId} and state in ('held', 'waiting') and reason ->> 'code' = ${why}`.execute(tx);
}

/** How many instalments wait for it. */
export async function heldFor(tx: Kysely<Tables>, companyId: string, why: HeldFor): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) from dunning_case
    where company_id = ${companyId} and state in ('held', 'waiting') and reason ->> 'code' = ${why}`.execute(tx);
  return found.rows[0]!.count;
}

/**
 * Those of these customers with something that met its sequence before today, has neither entered it nor not, and may have come to since
 * it was looked at: what is looked at on a later day comes to nothing before it.
 */
export async function customersToSettle(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  today: Day,
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct customer_id as id from dunning_case
    where company_id = ${companyId} and customer_id = any(${customerIds}::uuid[]) and entry = 'pending' and met_on < ${today}::date
      and (look_on is null or look_on <= ${today}::date) order by 1`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/**
 * Customers meet a sequence anew: those whose receivables had entered one are moved (rule 11), the others are enrolled today
 * and their entry is judged (rule 10). Those who leave for no sequence at all are judged anew when they are enrolled again.
 * `arrivalsStay`: what arrived today is judged as arrived.
 */
export async function meetAgain(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  today: Day,
  { leaving = false, arrivalsStay = false } = {},
): Promise<void> {
  await sql`
    update dunning_case c set met_on = ${today}::date,
      met_how = case when c.entry = 'entered' and not ${leaving}::boolean then 'moved' else 'enrolled' end,
      entry = case when c.entry = 'entered' and not ${leaving}::boolean then 'entered' else 'pending' end
    from receivable r
    where c.company_id = ${companyId} and r.company_id = c.company_id and r.id = c.receivable_id and r.open_minor > 0
      and c.customer_id = any(${customerIds}::uuid[])
      and not (${arrivalsStay}::boolean and c.entry = 'pending' and c.met_how = 'arrived' and c.met_on = ${today}::date)`.execute(
    tx,
  );
}

/**
 * Customers, by identifier after one, with a case that could move until that day: woken, waiting until a day not later, or
 * with a message under way; with `outsideToo`, those that stand outside as well. What a preview must roll forward.
 */
export async function customersWithin(
  tx: Kysely<Tables>,
  companyId: string,
  day: Day,
  which: 'looked-at' | 'outside-too' | 'everyone',
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ customer_id: string }>`
    select distinct customer_id from dunning_case
    where company_id = ${companyId} and ${isAfter('customer_id', after)}
      and (${which} = 'everyone' or look_on <= ${day}::date or state in ('active', 'held')
        or (${which} = 'outside-too' and entry = 'outside'))
    order by customer_id limit ${sql.lit(limit)}`.execute(tx);
  return found.rows.map((row) => row.customer_id);
}
