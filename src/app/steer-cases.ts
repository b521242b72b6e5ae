// A person steers receivables: level by hand, including those that are "échues, hors relance", starting anew, marking as
// reminded elsewhere.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { because } from '../core/reason.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { insertItems, insertReminders } from '../db/reminder.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { customersChanged } from './plan-customers.ts';

interface CaseOfInvoice {
  receivable_id: string;
  customer_id: string;
  invoice_id: string;
  pass: number;
}

/** The cases of these invoices, their customers locked; a fault where an invoice has none (unknown, a credit note). */
async function lockCases(work: CompanyWork, invoiceIds: readonly string[]): Promise<Result<CaseOfInvoice[]>> {
  const { tx, company } = work;
  const read = () =>
    tx
      .selectFrom('receivable as r')
      .innerJoin('dunning_case as c', (join) =>
        join.onRef('c.company_id', '=', 'r.company_id').onRef('c.receivable_id', '=', 'r.id'),
      )
      .select(['c.receivable_id', 'c.customer_id', 'r.invoice_id', 'c.pass'])
      .where('r.company_id', '=', company.id)
      .where('r.invoice_id', 'in', [...invoiceIds])
      .execute();
  const found = invoiceIds.length === 0 ? [] : await read();
  const missing = invoiceIds.find((id) => !found.some((one) => one.invoice_id === id));
  if (missing !== undefined) return failed('not-found', { what: 'invoice', id: missing });
  if (found.length === 0) return done([]);
  await lockCustomers(tx, company.id, [...new Set(found.map((one) => one.customer_id))]);
  return done(await read());
}

async function steered(
  work: CompanyWork,
  cases: readonly CaseOfInvoice[],
  type: EventType,
  payload: Record<string, unknown>,
): Promise<void> {
  const { tx, scope } = work;
  await customersChanged(work, [...new Set(cases.map((one) => one.customer_id))]);
  const byInvoice = new Map(cases.map((one) => [one.invoice_id, one]));
  await recordEvents(
    tx,
    scope,
    [...byInvoice.values()].map((one) => ({ type, customerId: one.customer_id, invoiceId: one.invoice_id, payload })),
  );
}

/**
 * B11: the level reached, said by a person. The step after it is next, not before today plus the planned gap; a message up to
 * that level that waits is not sent any more; lowering never sends again a step that was taken.
 */
export function setLevel(
  context: Context,
  acting: Acting,
  input: { invoiceIds: string[]; level: number },
): Promise<Result<{ changed: number }>> {
  return forCompany(context, acting, async (work) => {
    if (!Number.isInteger(input.level) || input.level < 0)
      return failed('invalid-input', { field: 'level', value: input.level });
    const cases = await lockCases(work, input.invoiceIds);
    if (!cases.ok) return cases;
    const { tx, company, today } = work;
    await dropOpenItems(
      work,
      cases.value.map((one) => one.receivable_id),
      input.level,
    );
    await tx
      .updateTable('dunning_case')
      .set({ level_by_hand: input.level, level_set_on: today, entry: 'entered' })
      .where('company_id', '=', company.id)
      .where(
        'receivable_id',
        'in',
        cases.value.map((one) => one.receivable_id),
      )
      .execute();
    await steered(work, cases.value, 'invoice.level-set', { level: input.level });
    return done({ changed: cases.value.length });
  });
}

/** E2: invoices that stand outside (or would, at the next run) enter, each at step 1. The preview of what it would send is previewRun's with the same. */
export function includeOutside(
  context: Context,
  acting: Acting,
  input: { invoiceIds: string[] },
): Promise<Result<{ included: number }>> {
  return forCompany(context, acting, async (work) => {
    const cases = await lockCases(work, input.invoiceIds);
    if (!cases.ok) return cases;
    const { tx, company } = work;
    const included = await tx
      .updateTable('dunning_case')
      .set({ entry: 'entered', met_how: 'included' })
      .where('company_id', '=', company.id)
      .where(
        'receivable_id',
        'in',
        cases.value.map((one) => one.receivable_id),
      )
      .where('entry', 'in', ['outside', 'pending'])
      .returning('receivable_id')
      .execute();
    const ids = new Set(included.map((one) => one.receivable_id));
    await steered(
      work,
      cases.value.filter((one) => ids.has(one.receivable_id)),
      'invoice.included',
      {},
    );
    return done({ included: ids.size });
  });
}

/** Rule 5: a new pass, raised by a person; every step may be taken again, from the first. What waits to leave is dropped. */
export function startAnew(
  context: Context,
  acting: Acting,
  input: { invoiceIds: string[] },
): Promise<Result<{ restarted: number }>> {
  return forCompany(context, acting, async (work) => {
    const cases = await lockCases(work, input.invoiceIds);
    if (!cases.ok) return cases;
    const { tx, company, today } = work;
    const receivableIds = cases.value.map((one) => one.receivable_id);
    await dropOpenItems(work, receivableIds);
    await tx
      .updateTable('dunning_case')
      .set((eb) => ({
        pass: eb('pass', '+', 1),
        entry: 'entered',
        met_how: 'included',
        met_on: today,
        level_by_hand: null,
        level_set_on: null,
      }))
      .where('company_id', '=', company.id)
      .where('receivable_id', 'in', receivableIds)
      .execute();
    await steered(work, cases.value, 'invoice.started-anew', {});
    return done({ restarted: receivableIds.length });
  });
}

/** Messages that wait for these receivables are dropped; with a level, those of steps up to it. */
export async function dropOpenItems(
  { tx, company }: CompanyWork,
  receivableIds: readonly string[],
  upToLevel?: number,
): Promise<void> {
  if (receivableIds.length === 0) return;
  const dropped = await tx
    .updateTable('item')
    .set({ state: 'dropped', reason: JSON.stringify(because('by-hand')) })
    .where('company_id', '=', company.id)
    .where('receivable_id', 'in', [...receivableIds])
    .where('state', '=', 'open')
    // One in a connection's hands leaves now: it is taken, not dropped.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('attempt as a')
            .select('a.id')
            .whereRef('a.company_id', '=', 'item.company_id')
            .whereRef('a.reminder_id', '=', 'item.reminder_id')
            .where('a.state', '=', 'begun'),
        ),
      ),
    )
    .$if(upToLevel !== undefined, (query) =>
      query.where(
        'step_id',
        'in',
        tx.selectFrom('step').select('id').where('company_id', '=', company.id).where('level', '<=', upToLevel!),
      ),
    )
    .returning('reminder_id')
    .execute();
  const reminderIds = [...new Set(dropped.flatMap((one) => one.reminder_id ?? []))];
  if (reminderIds.length === 0) return;
  await tx
    .updateTable('reminder as r')
    .set({ state: 'dropped', claimed_by: null, claim_id: null, reason: JSON.stringify(because('by-hand')) })
    .where('r.company_id', '=', company.id)
    .where('r.id', 'in', reminderIds)
    .where('r.state', 'in', ['to_approve', 'ready', 'sending', 'failed', 'to_do'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('item as i')
            .select('i.id')
            .whereRef('i.company_id', '=', 'r.company_id')
            .whereRef('i.reminder_id', '=', 'r.id')
            .where('i.state', '=', 'open'),
        ),
      ),
    )
    .execute();
}

/** "Marquer comme relancé": a reminder made elsewhere (a call, a letter) counts as the step, left on that day. */
export function markReminded(
  context: Context,
  acting: Acting,
  input: { invoiceId: string; stepId: string; on?: Day | undefined; note: string },
): Promise<Result<{ reminderId: string }>> {
  return forCompany(context, acting, async (work) => {
    const cases = await lockCases(work, [input.invoiceId]);
    if (!cases.ok) return cases;
    const { tx, company, today, scope } = work;
    const step = await tx
      .selectFrom('step')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', input.stepId)
      .executeTakeFirst();
    const invoice = await tx
      .selectFrom('invoice')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', input.invoiceId)
      .executeTakeFirstOrThrow();
    if (step === undefined) return failed('not-found', { what: 'step', id: input.stepId });
    const on = input.on ?? today;
    const reminderId = newId();
    const reason = because('done-elsewhere', { note: input.note });
    await dropOpenItems(
      work,
      cases.value.map((one) => one.receivable_id),
    );
    const taken = await tx
      .selectFrom('item')
      .select(['receivable_id', 'pass'])
      .where('company_id', '=', company.id)
      .where('step_id', '=', step.id)
      .where('state', '<>', 'dropped')
      .where(
        'receivable_id',
        'in',
        cases.value.map((one) => one.receivable_id),
      )
      .execute();
    // What left before "start anew" is history: the step is free again.
    const free = cases.value.filter(
      (one) => !taken.some((row) => row.receivable_id === one.receivable_id && row.pass === one.pass),
    );
    if (free.length === 0) return failed('conflict', { what: 'step', level: step.level });
    await insertReminders(tx, company.id, scope.practice, [
      {
        id: reminderId,
        customerId: invoice.customer_id,
        sequenceId: step.sequence_id,
        stepId: step.id,
        level: step.level,
        channel: 'email',
        language: company.language,
        currency: invoice.currency,
        state: 'ready',
        byHand: true,
        plannedOn: on,
        reason,
        recipients: { to: [], cc: [] },
        askedMinor: 0,
        askedOthers: [],
        notBefore: null,
      },
    ]);
    await tx
      .updateTable('reminder')
      .set({ state: 'sent', left_on: on, left_at: new Date(context.now().epochMilliseconds) })
      .where('company_id', '=', company.id)
      .where('id', '=', reminderId)
      .execute();
    await insertItems(
      tx,
      company.id,
      free.map((one) => ({
        id: newId(),
        reminderId,
        receivableId: one.receivable_id,
        stepId: step.id,
        pass: one.pass,
        occurrence: 0,
        state: 'taken',
        dueOn: on,
        leftOn: on,
        reason,
        askedMinor: null,
      })),
    );
    await steered(work, free, 'reminder.sent', { level: step.level, elsewhere: true, note: input.note, on });
    return done({ reminderId });
  });
}
