// Pauses (an invoice, a customer, a sequence) and disputes: what holds reminders back until a day or until someone lifts it.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { lockCustomers, wakeEverything } from '../db/dunning-case.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { unclaimEverything } from '../db/reminder.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { dropStaleTasks } from './drop-stale-tasks.ts';
import { lockInvoices } from './known-customer.ts';
import { customersChanged } from './plan-customers.ts';

export interface NewPause {
  invoiceId?: string | undefined;
  customerId?: string | undefined;
  sequenceId?: string | undefined;
  reason: string;
  fromOn?: Day | undefined;
  /** Included (rule 2). Missing: until someone resumes. */
  untilOn?: Day | null | undefined;
}

type Target = Pick<NewPause, 'invoiceId' | 'customerId' | 'sequenceId'>;

export function pauseDunning(context: Context, acting: Acting, input: NewPause): Promise<Result<{ pauseId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const locked = await lockTarget(work, input);
    if (!locked.ok) return locked;
    const customerId = locked.value;
    if (input.untilOn && input.untilOn < today)
      return failed('invalid-input', { field: 'untilOn', value: input.untilOn });
    if (customerId === null) await unclaimEverything(tx, company.id);
    const pauseId = newId();
    await tx
      .insertInto('pause')
      .values({
        company_id: company.id,
        id: pauseId,
        invoice_id: input.invoiceId ?? null,
        customer_id: input.customerId ?? null,
        sequence_id: input.sequenceId ?? null,
        reason: input.reason,
        from_on: input.fromOn ?? today,
        until_on: input.untilOn ?? null,
        by_user: work.scope.actor,
      })
      .execute();
    await changed(work, input, customerId, 'paused', { reason: input.reason, untilOn: input.untilOn ?? null });
    return done({ pauseId });
  });
}

/** Lifts every pause that stands on the invoice, customer or sequence itself. */
export function resumeDunning(context: Context, acting: Acting, input: Target): Promise<Result<{ lifted: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const locked = await lockTarget(work, input);
    if (!locked.ok) return locked;
    const customerId = locked.value;
    const lifted = await tx
      .updateTable('pause')
      .set({ lifted_on: today })
      .where('company_id', '=', company.id)
      .where('lifted_on', 'is', null)
      .$if(input.invoiceId !== undefined, (query) => query.where('invoice_id', '=', input.invoiceId!))
      .$if(input.customerId !== undefined, (query) => query.where('customer_id', '=', input.customerId!))
      .$if(input.sequenceId !== undefined, (query) => query.where('sequence_id', '=', input.sequenceId!))
      .executeTakeFirst();
    await changed(work, input, customerId, 'resumed', {});
    return done({ lifted: Number(lifted.numUpdatedRows) });
  });
}

/**
 * Locks the customer concerned, and answers it; null for a sequence. Faults: 'not-found', 'conflict' (merged while the lock was waited for:
 * the target is another customer's now, or nobody's).
 */
async function lockTarget(work: CompanyWork, target: Target): Promise<Result<string | null>> {
  const customerId = await customerOf(work, target);
  if (customerId === undefined) return failed('not-found', { what: 'pause-target' });
  if (customerId === null) return done(null);
  await lockCustomers(work.tx, work.company.id, [customerId]);
  return (await customerOf(work, target)) === customerId ? done(customerId) : failed('conflict', { what: 'customer' });
}

/** The customer concerned; null for a sequence, which concerns everyone; undefined where the target does not exist. */
async function customerOf({ tx, company }: CompanyWork, target: Target): Promise<string | null | undefined> {
  if (target.invoiceId !== undefined) {
    const row = await tx
      .selectFrom('invoice')
      .select('customer_id')
      .where('company_id', '=', company.id)
      .where('id', '=', target.invoiceId)
      .executeTakeFirst();
    return row?.customer_id;
  }
  if (target.customerId !== undefined) {
    const row = await tx
      .selectFrom('customer')
      .select('id')
      .where('company_id', '=', company.id)
      .where('id', '=', target.customerId)
      .where('merged_into_id', 'is', null)
      .executeTakeFirst();
    return row?.id;
  }
  const row = await tx
    .selectFrom('sequence')
    .select('id')
    .where('company_id', '=', company.id)
    .where('id', '=', target.sequenceId ?? null)
    .executeTakeFirst();
  return row === undefined ? undefined : null;
}

async function changed(
  work: CompanyWork,
  target: Target,
  customerId: string | null,
  what: 'paused' | 'resumed',
  payload: Record<string, unknown>,
): Promise<void> {
  const { tx, company, today, scope } = work;
  if (customerId === null) {
    await wakeEverything(tx, company.id, today);
    await dropStaleTasks(work);
  } else await customersChanged(work, [customerId]);
  const type: EventType =
    target.invoiceId !== undefined
      ? `invoice.${what}`
      : target.customerId !== undefined
        ? `customer.${what}`
        : 'sequence.changed';
  await recordEvents(tx, scope, [
    { type, customerId, invoiceId: target.invoiceId, payload: { ...payload, what, sequenceId: target.sequenceId } },
  ]);
}

export function openDispute(
  context: Context,
  acting: Acting,
  input: { invoiceId: string; reason: string },
): Promise<Result<{ disputeId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const locked = await lockInvoices(work, [input.invoiceId]);
    if (!locked.ok) return locked;
    const customerId = locked.value[0]!.customer_id;
    const open = await tx
      .selectFrom('dispute')
      .select('id')
      .where('company_id', '=', company.id)
      .where('invoice_id', '=', input.invoiceId)
      .where('closed_on', 'is', null)
      .executeTakeFirst();
    if (open !== undefined) return failed('conflict', { what: 'dispute', id: open.id });
    const disputeId = newId();
    await tx
      .insertInto('dispute')
      .values({
        company_id: company.id,
        id: disputeId,
        invoice_id: input.invoiceId,
        reason: input.reason,
        opened_on: today,
      })
      .execute();
    await customersChanged(work, [customerId]);
    await recordEvents(tx, scope, [
      { type: 'dispute.opened', customerId, invoiceId: input.invoiceId, payload: { disputeId, reason: input.reason } },
    ]);
    return done({ disputeId });
  });
}

export function closeDispute(
  context: Context,
  acting: Acting,
  input: { invoiceId: string },
): Promise<Result<{ disputeId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const locked = await lockInvoices(work, [input.invoiceId]);
    if (!locked.ok) return locked;
    const customerId = locked.value[0]!.customer_id;
    const closed = await tx
      .updateTable('dispute')
      .set({ closed_on: today })
      .where('company_id', '=', company.id)
      .where('invoice_id', '=', input.invoiceId)
      .where('closed_on', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (closed === undefined) return failed('not-found', { what: 'dispute', id: input.invoiceId });
    await customersChanged(work, [customerId]);
    await recordEvents(tx, scope, [
      { type: 'dispute.closed', customerId, invoiceId: input.invoiceId, payload: { disputeId: closed.id } },
    ]);
    return done({ disputeId: closed.id });
  });
}
