// The same pause on many invoices or customers, and its lifting: what one request does with a few, and an operation with many.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { because, type Reason } from '../core/reason.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { Over } from '../db/operation.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { customersChanged } from './plan-customers.ts';

/**
 * The same pause on many invoices or many customers; where one of them is not there, on none. Answers how many were left out: see
 * pauseThese. Faults: 'not-found', 'invalid-input'.
 */
export function pauseTogether(
  context: Context,
  acting: Acting,
  { reason, untilOn = null, ...over }: Over & { reason: string; untilOn?: Day | null | undefined },
): Promise<Result<{ paused: number; leftOut: number }>> {
  return forCompany(context, acting, async (work) => {
    if (untilOn !== null && untilOn < work.today) return failed('invalid-input', { field: 'untilOn', value: untilOn });
    const asked = 'invoiceIds' in over ? over.invoiceIds : over.customerIds;
    const { paused, leftOut } = await pauseThese(work, over, { reason, untilOn });
    const known = new Set([
      ...paused.map((one) => one.invoiceId ?? one.customerId),
      ...leftOut.map((one) => one.invoice?.id ?? one.customerId),
    ]);
    const missing = asked.find((id) => !known.has(id));
    if (missing !== undefined)
      return failed('not-found', { what: 'invoiceIds' in over ? 'invoice' : 'customer', id: missing });
    return done({ paused: paused.length, leftOut: leftOut.length });
  });
}

interface Paused {
  id: string;
  customerId: string;
  invoiceId: string | null;
}

interface LeftUnpaused {
  customerId: string;
  /** null: the customer itself. */
  invoice: { id: string; number: string } | null;
  reason: Reason;
}

/**
 * Pauses what is there, from today. Left out is what a pause would change nothing for: an invoice that is settled or cancelled, and
 * whatever is itself paused as long already. What comes later than that pause's end still counts: a longer one is made.
 */
export async function pauseThese(
  work: CompanyWork,
  over: Over,
  { reason, untilOn }: { reason: string; untilOn: Day | null },
): Promise<{ paused: Paused[]; leftOut: LeftUnpaused[] }> {
  const { tx, company, today, scope } = work;
  const targets =
    'invoiceIds' in over
      ? await invoicesToPause(work, over.invoiceIds)
      : await customersToPause(work, over.customerIds);
  const standing = await longestPauses(work, over);
  const paused: Paused[] = [];
  const leftOut: LeftUnpaused[] = [];
  for (const { customerId, invoice, ended } of targets) {
    const already = standing.get(invoice?.id ?? customerId);
    const why = ended ?? (already !== undefined && isAsLong(already, untilOn) ? alreadyPaused(already) : null);
    if (why !== null) leftOut.push({ customerId, invoice, reason: why });
    else paused.push({ id: newId(), customerId, invoiceId: invoice?.id ?? null });
  }
  if (paused.length === 0) return { paused, leftOut };
  await tx
    .insertInto('pause')
    .values(
      paused.map(({ id, customerId, invoiceId }) => ({
        company_id: company.id,
        id,
        invoice_id: invoiceId,
        customer_id: invoiceId === null ? customerId : null,
        reason,
        from_on: today,
        until_on: untilOn,
        by_user: scope.actor,
      })),
    )
    .execute();
  await customersChanged(work, [...new Set(paused.map((one) => one.customerId))]);
  await recordEvents(
    tx,
    scope,
    paused.map(({ customerId, invoiceId }) => ({
      type: invoiceId === null ? 'customer.paused' : 'invoice.paused',
      customerId,
      ...(invoiceId === null ? {} : { invoiceId }),
      payload: { reason, untilOn, what: 'paused' },
    })),
  );
  return { paused, leftOut };
}

/** Lifts these pauses, but for those that somebody lifted since. */
export async function resumeThese(work: CompanyWork, pauseIds: readonly string[]): Promise<void> {
  const { tx, company, today, scope } = work;
  if (pauseIds.length === 0) return;
  const about = await tx
    .selectFrom('pause as p')
    .leftJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 'p.company_id').onRef('i.id', '=', 'p.invoice_id'),
    )
    .select([
      'p.id',
      'p.invoice_id as invoiceId',
      (eb) => eb.fn.coalesce('p.customer_id', 'i.customer_id').as('customerId'),
    ])
    .where('p.company_id', '=', company.id)
    .where('p.id', 'in', [...pauseIds])
    .execute();
  await lockCustomers(tx, company.id, [...new Set(about.flatMap(({ customerId }) => customerId ?? []))]);
  const lifted = await tx
    .updateTable('pause')
    .set({ lifted_on: today })
    .where('company_id', '=', company.id)
    .where('id', 'in', [...pauseIds])
    .where('lifted_on', 'is', null)
    .returning('id')
    .execute();
  const isLifted = new Set(lifted.map(({ id }) => id));
  const resumed = about.filter(({ id }) => isLifted.has(id));
  if (resumed.length === 0) return;
  await customersChanged(work, [...new Set(resumed.flatMap(({ customerId }) => customerId ?? []))]);
  await recordEvents(
    tx,
    scope,
    resumed.map(({ customerId, invoiceId }) => ({
      type: invoiceId === null ? 'customer.resumed' : 'invoice.resumed',
      customerId,
      ...(invoiceId === null ? {} : { invoiceId }),
      payload: { what: 'resumed' },
    })),
  );
}

interface ToPause {
  customerId: string;
  invoice: { id: string; number: string } | null;
  /** Why nothing is asked for it any more. */
  ended: Reason | null;
}

async function customersToPause({ tx, company }: CompanyWork, customerIds: readonly string[]): Promise<ToPause[]> {
  await lockCustomers(tx, company.id, customerIds);
  const found = await tx
    .selectFrom('customer')
    .select('id')
    .where('company_id', '=', company.id)
    .where('id', 'in', [...customerIds])
    .where('merged_into_id', 'is', null)
    .execute();
  return found.map(({ id }) => ({ customerId: id, invoice: null, ended: null }));
}

/** Their customers are locked before it is read whether anything is open: a payment may be on its way. */
async function invoicesToPause({ tx, company }: CompanyWork, invoiceIds: readonly string[]): Promise<ToPause[]> {
  const ids = [...new Set(invoiceIds)];
  const customers = await tx
    .selectFrom('invoice')
    .select('customer_id')
    .distinct()
    .where('company_id', '=', company.id)
    .where('id', 'in', ids)
    .execute();
  await lockCustomers(
    tx,
    company.id,
    customers.map((one) => one.customer_id),
  );
  const found = await tx
    .selectFrom('invoice as i')
    .select((eb) => [
      'i.id',
      'i.number',
      'i.customer_id',
      'i.status',
      eb
        .exists(
          eb
            .selectFrom('receivable as r')
            .select('r.id')
            .whereRef('r.company_id', '=', 'i.company_id')
            .whereRef('r.invoice_id', '=', 'i.id')
            .where('r.open_minor', '>', 0),
        )
        .as('open'),
    ])
    .where('i.company_id', '=', company.id)
    .where('i.id', 'in', ids)
    .orderBy('i.number')
    .execute();
  return found.map(({ id, number, customer_id, status, open }) => ({
    customerId: customer_id,
    invoice: { id, number },
    ended:
      status === 'cancelled'
        ? because('cancelled')
        : status === 'written_off'
          ? because('written-off')
          : open
            ? null
            : because('settled'),
  }));
}

interface Standing {
  untilOn: Day | null;
  reason: string;
}

/** Of each that is itself paused today, the pause that lasts longest. */
async function longestPauses({ tx, company, today }: CompanyWork, over: Over): Promise<Map<string, Standing>> {
  const [column, ids] =
    'invoiceIds' in over ? (['invoice_id', over.invoiceIds] as const) : (['customer_id', over.customerIds] as const);
  const pauses = await tx
    .selectFrom('pause')
    .select([`${column} as target`, 'until_on', 'reason'])
    .where('company_id', '=', company.id)
    .where(column, 'in', [...ids])
    .where('lifted_on', 'is', null)
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute();
  const longest = new Map<string, Standing>();
  for (const { target, until_on: untilOn, reason } of pauses) {
    const known = longest.get(target!);
    if (known === undefined || !isAsLong(known, untilOn)) longest.set(target!, { untilOn, reason });
  }
  return longest;
}

const isAsLong = ({ untilOn }: Standing, wanted: Day | null): boolean =>
  untilOn === null || (wanted !== null && untilOn >= wanted);

const alreadyPaused = ({ untilOn, reason }: Standing): Reason =>
  because('paused', { reason, ...(untilOn === null ? {} : { untilOn }) });
