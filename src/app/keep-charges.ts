// Charges as people see and decide them: what an invoice bears today, what was claimed, what is waived; and the rates they rest on.
import { interestFrom, ratesFor } from '../core/charge.ts';
import { addDays, type Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import {
  type Debt,
  type HalfYear,
  halfYearOf,
  type InterestPart,
  interestOn,
  interestParts,
  missingHalfYears,
  type Rate,
} from '../core/interest.ts';
import { publishedRates, type RateKind } from '../core/published-rates.ts';
import {
  type KnownRate,
  type ListedCharge,
  ratesInUse,
  readCharges,
  readCharging,
  readHistories,
  readRates,
  setWaived,
} from '../db/charge.ts';
import { lockCustomers, wakeHeldFor } from '../db/dunning-case.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { readCompany, readCustomers } from '../db/facts.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { customersChanged } from './plan-customers.ts';

export interface InvoiceCharges {
  currency: string;
  /** Interest at the legal rate, no indemnity and no fee. */
  toConsumer: boolean;
  /** Up to today, or to the day on which it was paid; whatever was claimed of it. */
  accrued: {
    /** null: the rate of a half-year is not known, or not confirmed. */
    minor: number | null;
    missing: HalfYear[];
    parts: InterestPart[];
    /** null: none runs, it is not late, or a consumer has had no formal notice. */
    fromOn: Day | null;
  };
  /** What the law adds once the invoice is late; null: nothing, or nothing that is known. */
  indemnityMinor: number | null;
  charges: ListedCharge[];
}

/** Faults: 'not-found'. */
export function chargesOfInvoice(context: Context, acting: Acting, invoiceId: string): Promise<Result<InvoiceCharges>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const invoice = await tx
      .selectFrom('invoice')
      .select(['customer_id', 'currency', 'type', 'status'])
      .where('company_id', '=', company.id)
      .where('id', '=', invoiceId)
      .executeTakeFirst();
    if (invoice === undefined) return failed('not-found', { what: 'invoice', id: invoiceId });
    const snapshot = await readCompany(tx, company, today);
    const [customer] = await readCustomers(tx, snapshot, [invoice.customer_id], invoiceId);
    const { facts } = customer!;
    const receivables = facts.receivables.filter((one) => one.invoiceId === invoiceId);
    const histories = await readHistories(
      tx,
      company.id,
      receivables.map(({ id }) => id),
    );
    const charging = { ...(await readCharging(tx, company)), rates: ratesInUse(await readRates(tx, company)) };
    const rates = ratesFor(charging, facts);
    const bearing = invoice.type !== 'credit_note' && invoice.status === 'issued';
    const debts = receivables.flatMap(({ id, dueOn, items }): Debt[] => {
      const fromOn = bearing && dueOn !== null ? interestFrom(facts, { dueOn, items }) : null;
      const history = histories.get(id);
      return fromOn === null || fromOn > today || history === undefined ? [] : [{ ...history, fromOn }];
    });
    const parts = debts.map((debt) => interestParts(rates, debt, today));
    const isLate = parts.some((one) => one === null || one.length > 0);
    const { indemnity } = charging;
    return done({
      currency: invoice.currency,
      toConsumer: facts.kind === 'consumer',
      accrued: {
        // Each instalment is rounded by itself, as it is claimed.
        minor: parts.reduce<number | null>(
          (sum, one) => (sum === null || one === null ? null : sum + interestOn(one)),
          0,
        ),
        missing: [...new Set(debts.flatMap((debt) => missingHalfYears(rates, debt, today)))].sort(),
        parts: parts.flatMap((one) => one ?? []),
        fromOn: debts.map(({ fromOn }) => fromOn).sort()[0] ?? null,
      },
      indemnityMinor:
        isLate && facts.kind !== 'consumer' && indemnity?.currency === invoice.currency ? indemnity.minor : null,
      charges: (await readCharges(tx, company.id, { invoiceId })).filter(isOfNow(work)),
    });
  });
}

/** What practice claimed counts for nothing once the company is live. */
const isOfNow =
  ({ company }: Pick<CompanyWork, 'company'>) =>
  ({ practice }: Pick<ListedCharge, 'practice'>): boolean =>
    practice === (company.mode === 'practice');

/**
 * "Renoncer": a person claims it no more, and says why; nothing is deleted. Faults: 'not-found', 'already-settled' (it is paid),
 * 'already-undone' (somebody did before).
 */
export function waiveCharge(
  context: Context,
  acting: Acting,
  input: { chargeId: string; reason: string },
): Promise<Result<{ chargeId: string }>> {
  return forCompany(context, acting, async (work) => {
    const found = await lockedCharge(work, input.chargeId);
    if (!found.ok) return found;
    const { waived, openMinor, invoiceNumber } = found.value;
    if (waived !== null) return failed('already-undone', { what: 'charge', on: waived.on });
    if (openMinor === 0) return failed('already-settled', { number: invoiceNumber });
    await setWaived(work.tx, work.company.id, input.chargeId, {
      on: work.today,
      by: work.scope.actor,
      reason: input.reason.trim(),
    });
    // What a worker has claimed is given back: it does not leave asking for it.
    await customersChanged(work, [found.value.customerId]);
    await tell(work, 'charge.waived', found.value, input.reason.trim());
    return done({ chargeId: input.chargeId });
  });
}

/** It is claimed again. Faults: 'not-found', 'conflict' (it is claimed). */
export function restoreCharge(
  context: Context,
  acting: Acting,
  input: { chargeId: string },
): Promise<Result<{ chargeId: string }>> {
  return forCompany(context, acting, async (work) => {
    const found = await lockedCharge(work, input.chargeId);
    if (!found.ok) return found;
    if (found.value.waived === null) return failed('conflict');
    await setWaived(work.tx, work.company.id, input.chargeId, null);
    await customersChanged(work, [found.value.customerId]);
    await tell(work, 'charge.restored', found.value);
    return done({ chargeId: input.chargeId });
  });
}

type Found = Awaited<ReturnType<typeof readCharges>>[number];

/** Under its customer's lock: a payment and a waiver never cross. */
async function lockedCharge(work: CompanyWork, chargeId: string): Promise<Result<Found>> {
  const { tx, company } = work;
  const [seen] = await readCharges(tx, company.id, { chargeId });
  if (seen === undefined || !isOfNow(work)(seen)) return failed('not-found', { what: 'charge', id: chargeId });
  await lockCustomers(tx, company.id, [seen.customerId]);
  const [found] = await readCharges(tx, company.id, { chargeId });
  return found === undefined ? failed('not-found', { what: 'charge', id: chargeId }) : done(found);
}

function tell({ tx, scope }: CompanyWork, type: EventType, charge: Found, reason?: string): Promise<void> {
  const { customerId, invoiceId, kind, amountMinor, currency } = charge;
  const payload = { kind, amountMinor, currency, ...(reason === undefined ? {} : { reason }) };
  return recordEvents(tx, scope, [{ type, customerId, invoiceId, payload }]);
}

export interface RatesShown {
  rates: KnownRate[];
  /** The half-year of today. */
  half: HalfYear;
  /** Below that an agreed rate is not allowed: three times the legal rate (C. com. art. L441-10 II); null: it is not known. */
  floor: Rate | null;
}

export function browseRates(context: Context, acting: Acting): Promise<RatesShown> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const rates = await readRates(tx, company);
    const half = halfYearOf(today);
    const legal = ratesInUse(rates).legal[half];
    return { rates, half, floor: legal === undefined ? null : legal * 3 };
  });
}

export interface RateInput {
  kind: RateKind;
  half: HalfYear;
  rate: Rate;
  /** Where it was read; left out: as it was published with Relance. */
  source?: string | undefined;
}

/**
 * A person says a rate, or confirms the one that is marked to check: messages that wait for it go on. Faults: 'invalid-input' (a
 * half-year that has not begun, when the next one is).
 */
export function sayRate(context: Context, acting: Acting, input: RateInput): Promise<Result<{ half: HalfYear }>> {
  return forCompany(context, acting, async ({ tx, company, today, scope }) => {
    const { kind, half, rate } = input;
    if (half > halfYearOf(addDays(today, 184))) return failed('invalid-input', { field: 'half', value: half });
    const published = publishedRates(company.country).find((one) => one.kind === kind && one.half === half);
    const said = {
      rate,
      source: input.source?.trim() || published?.source || '',
      confirmed_on: today,
      confirmed_by: scope.actor,
    };
    await tx
      .insertInto('interest_rate')
      .values({ company_id: company.id, kind, half_year: half, ...said })
      .onConflict((conflict) => conflict.columns(['company_id', 'kind', 'half_year']).doUpdateSet(said))
      .execute();
    await wakeHeldFor(tx, company.id, 'rate-not-known', today);
    await recordEvents(tx, scope, [{ type: 'rate.said', payload: { kind, half, rate } }]);
    return done({ half });
  });
}

/** As it was published with Relance again, if it was. Faults: 'not-found'. */
export function takeBackRate(
  context: Context,
  acting: Acting,
  { kind, half }: { kind: RateKind; half: HalfYear },
): Promise<Result<{ half: HalfYear }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const taken = await tx
      .deleteFrom('interest_rate')
      .where('company_id', '=', company.id)
      .where('kind', '=', kind)
      .where('half_year', '=', half)
      .executeTakeFirst();
    if (taken.numDeletedRows === 0n) return failed('not-found', { what: 'rate', id: half });
    await recordEvents(tx, scope, [{ type: 'rate.taken-back', payload: { kind, half } }]);
    return done({ half });
  });
}
