// Enrolment rules, what they look at of each customer, and how many each of them holds.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { CustomerToPlace, EnrolmentRule, Placed } from '../core/enrolment-rule.ts';
import type { InvoiceType } from '../core/facts.ts';
import { given } from './given.ts';
import { isAfter } from './paging.ts';
import type { Row, Tables } from './tables.ts';

type Tx = Kysely<Tables>;

/** In their order. */
export async function readRules(tx: Tx, companyId: string): Promise<EnrolmentRule[]> {
  const rows = await tx
    .selectFrom('enrolment_rule')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    sequenceId: row.sequence_id,
    categories: row.categories,
    kinds: row.kinds,
    languages: row.languages,
    countries: row.countries,
    openFromMinor: row.open_from_minor,
    keyAccount: row.key_account,
    excludedTypes: row.excluded_types,
  }));
}

/** Writes these in their order: what is there already is changed, what is not comes new. Others stay. */
export async function writeRules(tx: Tx, companyId: string, rules: readonly EnrolmentRule[]): Promise<void> {
  if (rules.length === 0) return;
  await tx
    .insertInto('enrolment_rule')
    .values(
      rules.map((rule, index) => ({
        company_id: companyId,
        id: rule.id,
        position: index + 1,
        name: rule.name,
        sequence_id: rule.sequenceId,
        categories: rule.categories,
        kinds: rule.kinds,
        languages: rule.languages,
        countries: rule.countries,
        open_from_minor: rule.openFromMinor,
        key_account: rule.keyAccount,
        excluded_types: rule.excludedTypes,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'id']).doUpdateSet((eb) => ({
        position: eb.ref('excluded.position'),
        name: eb.ref('excluded.name'),
        sequence_id: eb.ref('excluded.sequence_id'),
        categories: eb.ref('excluded.categories'),
        kinds: eb.ref('excluded.kinds'),
        languages: eb.ref('excluded.languages'),
        countries: eb.ref('excluded.countries'),
        open_from_minor: eb.ref('excluded.open_from_minor'),
        key_account: eb.ref('excluded.key_account'),
        excluded_types: eb.ref('excluded.excluded_types'),
      })),
    )
    .execute();
}

export async function deleteRules(tx: Tx, companyId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('enrolment_rule')
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
}

export interface StoredPlace extends Placed {
  customerId: string;
  facts: CustomerToPlace;
}

/** In the order of their identifiers. What is owed is only read where a rule asks for it. */
export async function readPlaces(
  tx: Tx,
  company: Pick<Row<'company'>, 'id' | 'language' | 'country' | 'currency'>,
  which: { customerIds: readonly string[] } | { after: string | null; limit: number },
  withAmounts: boolean,
): Promise<StoredPlace[]> {
  const chosen =
    'customerIds' in which
      ? sql`c.id = any(${which.customerIds}::uuid[]) order by c.id`
      : sql`c.enrolment = 'default' and ${isAfter('c.id', which.after)}
        order by c.id limit ${sql.lit(which.limit)}`;
  const amounts = withAmounts
    ? sql`coalesce((select sum(r.open_minor) from receivable r
          join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
          where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0 and r.currency = ${company.currency}
            and i.status = 'issued'), 0)::bigint as "openMinor",
        exists (select from ${underWay}) as "inMidCourse"`
    : sql`0 as "openMinor", false as "inMidCourse"`;
  const found = await sql<CustomerToPlace & Placed & { customerId: string }>`
    select c.id as "customerId", c.enrolment, c.sequence_id as "chosenId", c.rule_id as "ruleId", c.category, c.kind,
      coalesce(c.language, ${company.language}) as language, coalesce(c.country, ${company.country}) as country,
      c.key_account as "keyAccount", ${amounts}
    from customer c where c.company_id = ${company.id} and c.merged_into_id is null and ${chosen}`.execute(tx);
  return found.rows.map(({ customerId, enrolment, chosenId, ...facts }) => ({
    customerId,
    enrolment,
    chosenId,
    facts,
  }));
}

/** Steps of what customer c owes that have been taken in their pass, or wait in a message. */
const underWay = sql`receivable r
  join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
  join item t on t.company_id = r.company_id and t.receivable_id = r.id and t.pass = d.pass
  where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0 and t.state in ('open', 'taken')`;

export async function writePlaces(
  tx: Tx,
  companyId: string,
  places: readonly (Placed & { customerId: string; ruleId: string | null })[],
): Promise<void> {
  const types = { customerId: 'uuid', enrolment: 'text', chosenId: 'uuid', ruleId: 'uuid' };
  const rows = places.map(({ customerId, enrolment, chosenId, ruleId }) => ({
    customerId,
    enrolment,
    chosenId,
    ruleId,
  }));
  await sql`
    update customer c set enrolment = given.enrolment, sequence_id = given."chosenId", rule_id = given."ruleId"
    from ${given(rows, types)} where c.company_id = ${companyId} and c.id = given."customerId"`.execute(tx);
}

/**
 * Nobody changes a customer of the company, or makes one, until this transaction ends: customers first, as everybody locks them, then
 * the company's row, which whoever makes a customer refers to.
 */
export async function lockEveryCustomer(tx: Tx, companyId: string): Promise<void> {
  await sql`select count(*) from (select from customer where company_id = ${companyId} order by id for no key update) locked`.execute(
    tx,
  );
  await sql`select from company where id = ${companyId} for update`.execute(tx);
}

/** Invoices of types that were left out and are let in: those that never entered meet their sequence on that day. */
export async function meetLetIn(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  types: readonly InvoiceType[],
  today: Day,
): Promise<void> {
  await sql`
    update dunning_case d set met_on = ${today}::date, met_how = 'enrolled'
    from receivable r join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
    where d.company_id = ${companyId} and d.customer_id = any(${customerIds}::uuid[]) and d.entry = 'pending'
      and r.company_id = d.company_id and r.id = d.receivable_id and r.open_minor > 0 and i.type = any(${types}::text[])`.execute(
    tx,
  );
}

export interface LeftBehind {
  customerId: string;
  /** Open, of this customer. */
  invoices: number;
  /** Of these, reminded of at least once, or about to be. */
  begun: number;
  /** Messages that wait to be approved or to leave. */
  waiting: number;
}

/** What customers have under way in the sequence that they are in; those who owe nothing are left out. */
export async function readUnderWay(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<LeftBehind[]> {
  const found = await sql<LeftBehind>`
    select r.customer_id as "customerId", count(distinct r.invoice_id)::int as invoices,
      count(distinct r.invoice_id) filter (where t.state is not null)::int as begun,
      count(distinct t.reminder_id) filter (where t.state = 'open')::int as waiting
    from receivable r
    join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued'
    join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
    left join item t on t.company_id = r.company_id and t.receivable_id = r.id and t.pass = d.pass
      and t.state in ('open', 'taken')
    where r.company_id = ${companyId} and r.customer_id = any(${customerIds}::uuid[]) and r.open_minor > 0
    group by 1 order by 1`.execute(tx);
  return found.rows;
}

/** How many customers each rule holds, by its identifier; '' is the default. And those whom a person placed. */
export async function countHeld(
  tx: Tx,
  companyId: string,
): Promise<{ byRule: Map<string, number>; chosen: number; none: number }> {
  const found = await sql<{ enrolment: Placed['enrolment']; ruleId: string; count: number }>`
    select enrolment, coalesce(rule_id::text, '') as "ruleId", count(*)::int as count
    from customer where company_id = ${companyId} and merged_into_id is null group by 1, 2`.execute(tx);
  const of = (enrolment: Placed['enrolment']) => found.rows.find((row) => row.enrolment === enrolment)?.count ?? 0;
  const byRule = found.rows.filter((row) => row.enrolment === 'default').map((row) => [row.ruleId, row.count] as const);
  return { byRule: new Map(byRule), chosen: of('chosen'), none: of('none') };
}

/** Open invoices that a rule leaves out for their type, by the rule. */
export async function countLeftOut(tx: Tx, companyId: string): Promise<Map<string, number>> {
  const found = await sql<{ ruleId: string; count: number }>`
    select c.rule_id as "ruleId", count(distinct i.id)::int as count
    from enrolment_rule e
    join customer c on c.company_id = e.company_id and c.rule_id = e.id
    join receivable r on r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0
    join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued' and i.type = any(e.excluded_types)
    where e.company_id = ${companyId} and e.excluded_types <> '{}' group by 1`.execute(tx);
  return new Map(found.rows.map((row) => [row.ruleId, row.count]));
}

/** What the customers' fields hold, the most frequent first: to choose conditions from. */
export async function readConditionValues(
  tx: Tx,
  companyId: string,
): Promise<{ categories: string[]; languages: string[]; countries: string[] }> {
  const valuesOf = async (column: 'category' | 'language' | 'country') => {
    const found = await sql<{ value: string }>`
      select trim(${sql.ref(column)}) as value from customer
      where company_id = ${companyId} and merged_into_id is null and trim(${sql.ref(column)}) <> '' group by 1 order by count(*) desc, 1 limit 200`.execute(
      tx,
    );
    return found.rows.map((row) => row.value);
  };
  return {
    categories: await valuesOf('category'),
    languages: await valuesOf('language'),
    countries: await valuesOf('country'),
  };
}
