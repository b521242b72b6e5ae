// Charges and the rates they rest on: what may be claimed, what was, and what is still open of it.
import { type Kysely, sql } from 'kysely';
import {
  type ChargeKind,
  type ChargingFacts,
  chargesNothing,
  type EarlierCharge,
  indemnityIn,
} from '../core/charge.ts';
import type { Day } from '../core/day.ts';
import type { HalfYear, Rate, Reduction } from '../core/interest.ts';
import { type PublishedRate, publishedRates, type RateKind } from '../core/published-rates.ts';
import type { Amount, Row, Tables } from './tables.ts';

/** What a company claims. Its rates are read only where it claims interest. */
export async function readCharging(tx: Kysely<Tables>, company: Row<'company'>): Promise<ChargingFacts> {
  const { interest_from_level, indemnity_from_level, contract_rate } = company;
  const rates = interest_from_level === null ? chargesNothing.rates : ratesInUse(await readRates(tx, company));
  return {
    interestFromLevel: interest_from_level,
    indemnityFromLevel: indemnity_from_level,
    indemnity: indemnityIn(company.country),
    contractRate: contract_rate,
    rates,
  };
}

/** A half-year's rate as it counts for a company. */
export interface KnownRate extends PublishedRate {
  /** null: published with Relance, and nobody has confirmed it. */
  confirmedOn: Day | null;
  confirmedBy: string | null;
  /** What Relance came with, where a person says something else; null: nothing, or the same. */
  published: Rate | null;
}

/** What a person said comes before what was published. By half-year, the latest first. */
export async function readRates(
  tx: Kysely<Tables>,
  company: Pick<Row<'company'>, 'id' | 'country'>,
): Promise<KnownRate[]> {
  const said = await tx.selectFrom('interest_rate').selectAll().where('company_id', '=', company.id).execute();
  const byKey = new Map<string, KnownRate>(
    publishedRates(company.country).map((one) => [
      `${one.kind} ${one.half}`,
      { ...one, confirmedOn: null, confirmedBy: null, published: one.rate },
    ]),
  );
  for (const { kind, half_year: half, rate, source, confirmed_on, confirmed_by } of said) {
    const key = `${kind} ${half}`;
    const published = byKey.get(key)?.rate ?? null;
    byKey.set(key, {
      kind,
      half,
      rate,
      source,
      confirmed: true,
      confirmedOn: confirmed_on,
      confirmedBy: confirmed_by,
      published,
    });
  }
  return [...byKey.values()].sort((a, b) => (a.half < b.half ? 1 : a.half > b.half ? -1 : 0));
}

export function ratesInUse(rates: readonly PublishedRate[]): ChargingFacts['rates'] {
  const inUse: Record<RateKind, Record<HalfYear, Rate>> = { late_payment: {}, public: {}, legal: {} };
  for (const { kind, half, rate, confirmed } of rates) if (confirmed) inUse[kind][half] = rate;
  return inUse;
}

/** What an instalment was at first, and what came off it on which day. */
export interface ReceivableHistory {
  principalMinor: number;
  reductions: Reduction[];
}

/** A payment counts on the day it came in, a credit note on its date, or that of its allocation where it is earlier; what was undone since never counted. */
export async function readHistories(
  tx: Kysely<Tables>,
  companyId: string,
  receivableIds: readonly string[],
): Promise<Map<string, ReceivableHistory>> {
  const { rows } = await sql<{ id: string; principalMinor: number; reductions: Reduction[] | null }>`
    select r.id, r.amount_minor as "principalMinor",
      (select json_agg(json_build_object('on', c.day, 'minor', c.minor) order by c.day) from (
        select coalesce(p.received_on, least(n.issued_on, a.allocated_on)) as day, sum(a.amount_minor) as minor
        from allocation a
        left join payment p on p.company_id = a.company_id and p.id = a.payment_id
        left join invoice n on n.company_id = a.company_id and n.id = a.credit_note_id
        where a.company_id = r.company_id and a.receivable_id = r.id
        group by 1 having sum(a.amount_minor) <> 0) c) as reductions
    from receivable r where r.company_id = ${companyId} and r.id = any(${receivableIds}::uuid[])`.execute(tx);
  return new Map(
    rows.map(({ id, principalMinor, reductions }) => [id, { principalMinor, reductions: reductions ?? [] }]),
  );
}

export interface StoredCharge extends EarlierCharge {
  reminderId: string | null;
  /** Claimed by a message that a worker has: no charge yet. */
  inHand: boolean;
}

/**
 * What was claimed on these invoices; of what is in a worker's hands too, so that nothing is claimed twice. Practice and live apart.
 */
export async function readEarlierCharges(
  tx: Kysely<Tables>,
  company: Pick<Row<'company'>, 'id' | 'mode'>,
  customerIds: readonly string[],
): Promise<StoredCharge[]> {
  const practice = company.mode === 'practice';
  const { rows } = await sql<StoredCharge>`
    select kind, invoice_id as "invoiceId", receivable_id as "receivableId", step_id as "stepId", currency, amount_minor as "amountMinor",
      up_to_on as "upToOn",
      case when waived_on is null then open_minor else 0 end as "askedMinor", reminder_id as "reminderId", false as "inHand"
    from charge where company_id = ${company.id} and customer_id = any(${customerIds}::uuid[]) and practice = ${practice}
    union all
    select c.kind, c."invoiceId", c."receivableId", c."stepId", c.currency, c."amountMinor", c."upToOn", 0, r.id, true
    from reminder r cross join lateral jsonb_to_recordset(r.claims) as c("invoiceId" uuid, "receivableId" uuid,
      "stepId" uuid, kind text, currency text, "amountMinor" bigint, "upToOn" date)
    where r.company_id = ${company.id} and r.customer_id = any(${customerIds}::uuid[]) and r.state = 'sending'
      and r.claims is not null and r.practice = ${practice}`.execute(tx);
  return rows;
}

/** A charge as a person reads it. */
export interface ListedCharge {
  id: string;
  kind: ChargeKind;
  invoiceId: string;
  invoiceNumber: string;
  reminderId: string | null;
  level: number | null;
  currency: string;
  amountMinor: number;
  openMinor: number;
  upToOn: Day | null;
  claimedOn: Day;
  practice: boolean;
  waived: { on: Day; by: string; reason: string } | null;
}

/** Of an invoice or of all of a customer, the latest first. */
export async function readCharges(
  tx: Kysely<Tables>,
  companyId: string,
  of: { invoiceId: string } | { customerId: string } | { chargeId: string },
): Promise<(ListedCharge & { customerId: string })[]> {
  const which =
    'invoiceId' in of
      ? sql`c.invoice_id = ${of.invoiceId}`
      : 'customerId' in of
        ? sql`c.customer_id = ${of.customerId}`
        : sql`c.id = ${of.chargeId}`;
  const { rows } = await sql<ListedCharge & { customerId: string }>`
    select c.id, c.kind, c.customer_id as "customerId", c.invoice_id as "invoiceId", i.number as "invoiceNumber", c.reminder_id as "reminderId", m.level,
      c.currency, c.amount_minor as "amountMinor", c.open_minor as "openMinor", c.up_to_on as "upToOn", c.claimed_on as "claimedOn",
      c.practice, case when c.waived_on is null then null
        else json_build_object('on', c.waived_on, 'by', c.waived_by, 'reason', c.waived_reason) end as waived
    from charge c
    join invoice i on i.company_id = c.company_id and i.id = c.invoice_id
    left join reminder m on m.company_id = c.company_id and m.id = c.reminder_id
    where c.company_id = ${companyId} and ${which}
    order by c.claimed_on desc, c.id desc`.execute(tx);
  return rows;
}

/**
 * The message is to leave again (it says still when it left): what it claimed is not owed until it does. What was paid, in whatever part, or waived stays as it is; so
 * does what a later message about the same invoice has asked for.
 */
export async function withdrawCharges(tx: Kysely<Tables>, companyId: string, reminderId: string): Promise<void> {
  await sql`
    delete from charge c using reminder m
    where c.company_id = ${companyId} and c.reminder_id = ${reminderId} and m.company_id = c.company_id and m.id = c.reminder_id
      and c.waived_on is null
      and not exists (select from allocation a where a.company_id = c.company_id and a.charge_id = c.id)
      and not exists (select from receivable v
        join item t on t.company_id = v.company_id and t.receivable_id = v.id and t.state = 'taken'
        join reminder later on later.company_id = t.company_id and later.id = t.reminder_id
        where v.company_id = c.company_id and v.invoice_id = c.invoice_id and later.id <> m.id and later.channel = 'email'
          and later.practice = m.practice and (later.left_on, later.left_at, later.id) > (m.left_on, m.left_at, m.id))`.execute(
    tx,
  );
}

/** What a person decides about a charge; null: it is claimed again. */
export async function setWaived(
  tx: Kysely<Tables>,
  companyId: string,
  chargeId: string,
  waived: { on: Day; by: string; reason: string } | null,
): Promise<void> {
  await tx
    .updateTable('charge')
    .set({ waived_on: waived?.on ?? null, waived_by: waived?.by ?? null, waived_reason: waived?.reason ?? null })
    .where('company_id', '=', companyId)
    .where('id', '=', chargeId)
    .execute();
}

/** What a customer still owes of what was claimed, by currency. */
export async function openChargesOf(
  tx: Kysely<Tables>,
  company: Pick<Row<'company'>, 'id' | 'mode'>,
  customerId: string,
): Promise<Amount[]> {
  const { rows } = await sql<Amount>`
    select c.currency, sum(c.open_minor)::bigint as minor from charge c
    join invoice i on i.company_id = c.company_id and i.id = c.invoice_id and i.status = 'issued'
    join customer k on k.company_id = c.company_id and k.id = c.customer_id and (k.kind <> 'consumer' or c.kind = 'interest')
    where c.company_id = ${company.id} and c.customer_id = ${customerId} and c.practice = ${company.mode === 'practice'}
      and c.waived_on is null and c.open_minor > 0
    group by 1 order by 1`.execute(tx);
  return rows;
}

/** Once they are consumers, nothing that was claimed of them as businesses is owed: it is waived, with that reason. */
export async function waiveForConsumers(
  tx: Kysely<Tables>,
  companyId: string,
  customerIds: readonly string[],
  waived: { on: Day; by: string; reason: string },
): Promise<void> {
  await sql`
    update charge c set waived_on = ${waived.on}::date, waived_by = ${waived.by}, waived_reason = ${waived.reason}
    from customer k
    where c.company_id = ${companyId} and c.customer_id = any(${customerIds}::uuid[]) and k.company_id = c.company_id
      and k.id = c.customer_id and k.kind = 'consumer' and c.waived_on is null and c.open_minor > 0`.execute(tx);
}
