// What a person decides about reminders: approve, refuse, postpone, edit, leave one invoice out, settle a doubt.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { checkTemplate } from '../core/message.ts';
import { because } from '../core/reason.ts';
import { isLimited } from '../core/sending-limits.ts';
import { blockedAmong } from '../db/blocked-address.ts';
import { sendAnew } from '../db/bounce.ts';
import { withdrawCharges } from '../db/charge.ts';
import { readRemindersToRender } from '../db/delivery.ts';
import { lockCustomers, wakeCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { limitsOf } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { closeItems, dropEmptyReminders, retotal } from '../db/reminder.ts';
import type { Recipients, ReminderState, Row } from '../db/tables.ts';
import { closeThanked, waitingThanks } from '../db/thanks.ts';
import { blockedChosen, reachesOtherwise, readdress } from './claim-reminders.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { dropStale, readCustomersNow } from './plan-customers.ts';

/** These reminders with their customers locked, in one of these states; a fault names the first that is not. */
async function lockReminders(
  work: CompanyWork,
  ids: readonly string[],
  states: readonly ReminderState[],
  code: 'not-to-approve' | 'not-in-doubt',
): Promise<Result<Row<'reminder'>[]>> {
  const { tx, company } = work;
  const read = () =>
    tx
      .selectFrom('reminder')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', 'in', [...ids])
      .orderBy('id')
      .execute();
  const first = ids.length === 0 ? [] : await read();
  const missing = ids.find((id) => !first.some((one) => one.id === id));
  if (missing !== undefined) return failed('not-found', { what: 'reminder', id: missing });
  await lockCustomers(
    tx,
    company.id,
    first.map((one) => one.customer_id),
  );
  const reminders = ids.length === 0 ? [] : await read();
  const wrong = reminders.find((one) => !states.includes(one.state));
  return wrong === undefined ? done(reminders) : failed(code, { id: wrong.id, state: wrong.state });
}

/**
 * Approves reminders: they leave at the next delivery, or after the seconds in which the approval can be undone. Those approved
 * already (by someone else, at the same moment) are left as they are and counted apart (L10). What may not leave any more is
 * dropped, and its reason is in the history.
 */
export function approveReminders(context: Context, acting: Acting, input: ToApprove): Promise<Result<Approved>> {
  return forCompany(context, acting, (work) => approve(context, work, input));
}

interface ToApprove {
  reminderIds: string[];
  undoSeconds?: number | undefined;
}

interface Approved {
  approved: number;
  already: number;
  dropped: number;
}

/** The same within a transaction that does more. */
export async function approve(context: Context, work: CompanyWork, input: ToApprove): Promise<Result<Approved>> {
  const { tx, company } = work;
  const { reminderIds, undoSeconds = 0 } = input;
  const at = work.now.epochMilliseconds;
  if (reminderIds.length === 0) return done({ approved: 0, already: 0, dropped: 0 });
  const found = await tx
    .selectFrom('reminder')
    .select(['id', 'customer_id'])
    .where('company_id', '=', company.id)
    .where('id', 'in', reminderIds)
    .execute();
  const missing = reminderIds.find((id) => !found.some((one) => one.id === id));
  if (missing !== undefined) return failed('not-found', { what: 'reminder', id: missing });
  const customerIds = [...new Set(found.map((one) => one.customer_id))];
  const approved = await approveOf(
    work,
    customerIds,
    reminderIds,
    undoSeconds > 0 ? new Date(at + undoSeconds * 1000) : null,
  );
  const dropped = await tx
    .selectFrom('reminder')
    .select('id')
    .where('company_id', '=', company.id)
    .where('id', 'in', reminderIds)
    .where('state', '=', 'dropped')
    .execute();
  if (approved.length > 0) await context.jobs.deliver(tx, company.id, undoSeconds);
  return done({
    approved: approved.length,
    already: found.length - approved.length - dropped.length,
    dropped: dropped.length,
  });
}

/**
 * Approves those of these customers' reminders that still wait and still may leave, at `leavesAt` or at once; answers which. What
 * may not leave any more is dropped.
 */
export async function approveOf(
  work: CompanyWork,
  customerIds: readonly string[],
  reminderIds: readonly string[],
  leavesAt: Date | null,
): Promise<string[]> {
  const { tx, company, today, scope } = work;
  const at = new Date(work.now.epochMilliseconds);
  await lockCustomers(tx, company.id, customerIds);
  await dropStale(work, customerIds);
  const approved = await tx
    .updateTable('reminder')
    .set((eb) => ({
      state: 'ready',
      approved_by: scope.actor,
      approved_at: at,
      next_attempt_at: leavesAt,
      send_on: eb.fn<string>('greatest', ['send_on', eb.cast(eb.val(today), 'date')]),
    }))
    .where('company_id', '=', company.id)
    .where('id', 'in', reminderIds)
    .where('state', '=', 'to_approve')
    .returning(['id', 'customer_id', 'by_hand', 'kind'])
    .execute();
  await recordEvents(
    tx,
    scope,
    approved.map((one) => ({ type: 'reminder.approved', customerId: one.customer_id, reminderId: one.id })),
  );
  // Rule 14: one message that a person sends by hand is not the first sending, which is looked at as a whole; thanks are not either.
  const ofTheSequence = approved.some((one) => !one.by_hand && one.kind === 'reminder');
  if (company.mode === 'live' && company.first_sending_approved_at === null && ofTheSequence) {
    await tx.updateTable('company').set({ first_sending_approved_at: at }).where('id', '=', company.id).execute();
  }
  return approved.map(({ id }) => id);
}

/** Takes approvals back while their messages have not left: they wait again. Those in a worker's hands, or gone, are counted apart. */
export function undoApproval(
  context: Context,
  acting: Acting,
  input: { reminderIds: string[] },
): Promise<Result<{ undone: number; gone: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const found = await tx
      .selectFrom('reminder')
      .select(['id', 'customer_id', 'approved_at'])
      .where('company_id', '=', company.id)
      .where('id', 'in', input.reminderIds)
      .execute();
    const missing = input.reminderIds.find((id) => !found.some((one) => one.id === id));
    if (missing !== undefined) return failed('not-found', { what: 'reminder', id: missing });
    await lockCustomers(tx, company.id, [...new Set(found.map((one) => one.customer_id))]);
    const undone = await tx
      .updateTable('reminder')
      .set({ state: 'to_approve', approved_by: null, approved_at: null, next_attempt_at: null })
      .where('company_id', '=', company.id)
      .where('id', 'in', input.reminderIds)
      .where('state', '=', 'ready')
      .where('approved_at', 'is not', null)
      .returning(['id', 'customer_id'])
      .execute();
    const approvedAt = found
      .filter((one) => undone.some(({ id }) => id === one.id))
      .flatMap((one) => one.approved_at ?? []);
    await closeFirstSending(work, approvedAt);
    await recordEvents(
      tx,
      scope,
      undone.map((one) => ({ type: 'reminder.approval-undone', customerId: one.customer_id, reminderId: one.id })),
    );
    return done({ undone: undone.length, gone: found.length - undone.length });
  });
}

/** Rule 14: were it the approval of that instant that opened the first real sending, the next run asks again. */
export async function closeFirstSending({ tx, company }: CompanyWork, approvedAt: readonly Date[]): Promise<void> {
  if (approvedAt.some((at) => at.getTime() === company.first_sending_approved_at?.getTime()))
    await tx.updateTable('company').set({ first_sending_approved_at: null }).where('id', '=', company.id).execute();
}

/**
 * Rule 4: refused by a person is skipped, and the sequence goes on: it counts as left on the day it was due. So is a task that a
 * person chooses not to do. One that a person
 * had prepared by hand is dropped instead: it was no step that was due, and the sequence goes on as if it had not been.
 */
export function refuseReminder(
  context: Context,
  acting: Acting,
  input: { reminderId: string; reason: string },
): Promise<Result<{ reminderId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const states: ReminderState[] = ['to_approve', 'ready', 'failed', 'to_do', 'undelivered'];
    const locked = await lockReminders(work, [input.reminderId], states, 'not-to-approve');
    if (!locked.ok) return locked;
    const { by_hand: byHand, customer_id: customerId, channel, kind } = locked.value[0]!;
    const reason = because('refused-by-person', {
      reason: input.reason,
      ...(channel === 'task' ? { channel } : {}),
    });
    const outcome = byHand ? 'dropped' : 'skipped';
    const items = await tx
      .selectFrom('item')
      .select('id')
      .where('company_id', '=', company.id)
      .where('reminder_id', '=', input.reminderId)
      .where('state', '=', 'open')
      .execute();
    const { state } = locked.value[0]!;
    if (state === 'undelivered' && items.length === 0) return failed('not-to-approve', { id: input.reminderId, state });
    await closeItems(
      tx,
      company.id,
      items.map((item) => ({ itemId: item.id, outcome, reason })),
    );
    // What came back stays what it is; it holds nothing back any more.
    await tx
      .updateTable('reminder')
      .set({ state: 'refused', reason: JSON.stringify(reason) })
      .where('company_id', '=', company.id)
      .where('id', '=', input.reminderId)
      .where('state', '<>', 'undelivered')
      .execute();
    await wakeCustomers(tx, company.id, [customerId], today);
    // Of thanks there is no step to skip: what it was about is not thanked for again.
    const payload = {
      reason: input.reason,
      ...(channel === 'task' ? { channel } : {}),
      ...(kind === 'thanks' ? { thanks: true } : {}),
    };
    await recordEvents(tx, scope, [{ type: 'reminder.refused', customerId, reminderId: input.reminderId, payload }]);
    return done({ reminderId: input.reminderId });
  });
}

/** Rule 4: postponed is the same item on a new day. It leaves by itself then if it needs no approval, else it waits for it. */
export function postponeReminder(
  context: Context,
  acting: Acting,
  input: { reminderId: string; until: Day },
): Promise<Result<{ reminderId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    if (input.until <= today) return failed('invalid-input', { field: 'until', value: input.until });
    const locked = await lockReminders(work, [input.reminderId], ['to_approve', 'ready'], 'not-to-approve');
    if (!locked.ok) return locked;
    await tx
      .updateTable('reminder')
      .set({ send_on: input.until })
      .where('company_id', '=', company.id)
      .where('id', '=', input.reminderId)
      .execute();
    const { customer_id: customerId } = locked.value[0]!;
    // What waited for this one to leave, within the company's limits, may leave before it.
    if (isLimited(limitsOf(company))) await wakeCustomers(tx, company.id, [customerId], today);
    await recordEvents(tx, scope, [
      { type: 'reminder.postponed', customerId, reminderId: input.reminderId, payload: { until: input.until } },
    ]);
    return done({ reminderId: input.reminderId });
  });
}

/** The text of one reminder, as a template: figures stay tags, so they are those of the day on which it leaves (S5). */
export function editReminder(
  context: Context,
  acting: Acting,
  input: { reminderId: string; subject: string; body: string; recipients?: Recipients | undefined },
): Promise<Result<{ reminderId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const locked = await lockReminders(work, [input.reminderId], ['to_approve', 'ready'], 'not-to-approve');
    if (!locked.ok) return locked;
    const checked = checkTemplate({ subject: input.subject, body: input.body }, locked.value[0]!.kind);
    if (!checked.ok) return checked;
    const blocked = await whichIsBlocked(work, input.recipients);
    if (blocked !== null) return blocked;
    await tx
      .updateTable('reminder')
      .set({
        subject_edited: input.subject,
        body_edited: input.body,
        // Addresses that a person chose are kept as they are; the others are asked for again when it leaves.
        ...(input.recipients === undefined
          ? {}
          : { recipients: JSON.stringify(input.recipients), recipients_chosen: true }),
      })
      .where('company_id', '=', company.id)
      .where('id', '=', input.reminderId)
      .execute();
    await recordEvents(tx, scope, [
      { type: 'reminder.edited', customerId: locked.value[0]!.customer_id, reminderId: input.reminderId },
    ]);
    return done({ reminderId: input.reminderId });
  });
}

/** Fault 'address-blocked', with the first of these addresses that nothing is sent to. */
export async function whichIsBlocked(
  { tx, company }: CompanyWork,
  recipients: Recipients | undefined,
): Promise<ReturnType<typeof failed> | null> {
  if (recipients === undefined) return null;
  const [address] = await blockedAmong(tx, company.id, [...recipients.to, ...recipients.cc]);
  return address === undefined ? null : failed('address-blocked', { address });
}

/** Leaves one invoice out of a message, or of a task: its step is skipped, the others leave. Of thanks: it is not thanked for. */
export function leaveInvoiceOut(
  context: Context,
  acting: Acting,
  input: { reminderId: string; invoiceId: string },
): Promise<Result<{ left: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const locked = await lockReminders(work, [input.reminderId], ['to_approve', 'ready', 'to_do'], 'not-to-approve');
    if (!locked.ok) return locked;
    if (locked.value[0]!.kind === 'thanks') return leaveOutOfThanks(work, locked.value[0]!, input.invoiceId);
    const items = await tx
      .selectFrom('item as i')
      .innerJoin('receivable as r', (join) =>
        join.onRef('r.company_id', '=', 'i.company_id').onRef('r.id', '=', 'i.receivable_id'),
      )
      .select(['i.id', 'r.invoice_id'])
      .where('i.company_id', '=', company.id)
      .where('i.reminder_id', '=', input.reminderId)
      .where('i.state', '=', 'open')
      .execute();
    const mine = items.filter((item) => item.invoice_id === input.invoiceId);
    if (mine.length === 0) return failed('not-found', { what: 'invoice', id: input.invoiceId });
    const reason = because('refused-by-person');
    await closeItems(
      tx,
      company.id,
      mine.map((item) => ({ itemId: item.id, outcome: 'skipped', reason })),
    );
    await dropEmptyReminders(tx, company.id, [input.reminderId]);
    await retotal(tx, company.id, [input.reminderId]);
    const { customer_id: customerId, channel } = locked.value[0]!;
    await wakeCustomers(tx, company.id, [customerId], today);
    await recordEvents(tx, scope, [
      {
        type: 'step.skipped',
        customerId,
        invoiceId: input.invoiceId,
        reminderId: input.reminderId,
        payload: { reason, ...(channel === 'task' ? { channel } : {}) },
      },
    ]);
    return done({ left: items.length - mine.length });
  });
}

async function leaveOutOfThanks(
  { tx, company, scope }: CompanyWork,
  { id: reminderId, customer_id: customerId }: Row<'reminder'>,
  invoiceId: string,
): Promise<Result<{ left: number }>> {
  const [message] = (await waitingThanks(tx, company.id, [customerId])).filter((one) => one.reminderId === reminderId);
  if (!message?.invoiceIds.includes(invoiceId)) return failed('not-found', { what: 'invoice', id: invoiceId });
  const reason = because('refused-by-person');
  await closeThanked(tx, company.id, [{ reminderId, invoiceId, state: 'left_out', reason }]);
  await recordEvents(tx, scope, [
    { type: 'reminder.dropped', customerId, invoiceId, reminderId, payload: { reason, thanks: true } },
  ]);
  return done({ left: message.invoiceIds.length - 1 });
}

/**
 * A doubt settled by a person: "bien parti" (it stays as left) or "renvoyer" (the message goes back to the outbox and is sent
 * again, because a person says so). The same for a reminder that failed: sent again. One that was not delivered is sent anew, as another
 * message, whose identifier is answered. Fault 'nobody-to-write-to': no address is left, and the step has no other channel.
 */
export function resolveReminder(
  context: Context,
  acting: Acting,
  input: { reminderId: string; outcome: 'left' | 'send-again' },
): Promise<Result<{ reminderId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const { reminderId, outcome } = input;
    const locked = await lockReminders(
      work,
      [reminderId],
      outcome === 'left' ? ['in_doubt'] : ['in_doubt', 'failed', 'undelivered'],
      'not-in-doubt',
    );
    if (!locked.ok) return locked;
    const [reminder] = locked.value;
    const { customer_id: customerId } = reminder!;
    let sentId = reminderId;
    if (outcome === 'left') {
      await tx
        .updateTable('reminder')
        .set({ state: 'sent' })
        .where('company_id', '=', company.id)
        .where('id', '=', reminderId)
        .execute();
    } else {
      if (!(await canBeReached(work, reminder!))) return failed('nobody-to-write-to');
      const sent = await sendAgain(context, work, reminder!);
      if (!sent.ok) return sent;
      sentId = sent.value.reminderId;
    }
    await recordEvents(tx, scope, [{ type: 'reminder.resolved', customerId, reminderId, payload: { outcome } }]);
    return done({ reminderId: sentId });
  });
}

/** By e-mail or, where the step says so, by what a person does. */
async function canBeReached(work: CompanyWork, { id, customer_id }: Row<'reminder'>): Promise<boolean> {
  const reminders = await readRemindersToRender(work.tx, work.company.id, [id]);
  const { snapshot, customers } = await readCustomersNow(work, [customer_id]);
  const blocked = await blockedChosen(work, reminders);
  return reminders.every(
    (one) => readdress(snapshot, customers.get(customer_id)!, one, blocked) !== null || reachesOtherwise(snapshot, one),
  );
}

async function sendAgain(
  context: Context,
  work: CompanyWork,
  { id: reminderId, customer_id: customerId, state }: Row<'reminder'>,
): Promise<Result<{ reminderId: string }>> {
  const { tx, company, today, scope } = work;
  let sentId = reminderId;
  if (state === 'undelivered') {
    sentId = newId();
    const at = new Date(work.now.epochMilliseconds);
    const steps = await sendAnew(tx, company.id, { reminderId, newId: sentId, today, actor: scope.actor, at });
    if (steps === 0) return failed('not-in-doubt', { id: reminderId, state });
    // What came back stays what it was; the new one speaks of the invoices that are left (rule 12).
    await retotal(tx, company.id, [sentId]);
  } else {
    await withdrawCharges(tx, company.id, reminderId);
    await tx
      .updateTable('item')
      .set({ state: 'open', left_on: null })
      .where('company_id', '=', company.id)
      .where('reminder_id', '=', reminderId)
      .where('state', '=', 'taken')
      .execute();
    await tx
      .updateTable('reminder')
      .set({
        state: 'ready',
        left_on: null,
        left_at: null,
        next_attempt_at: null,
        send_on: today,
        claims: null,
        asked_charges: '[]',
      })
      // A failed try is counted already; one in doubt is one that came before as well.
      .$if(state === 'in_doubt', (query) => query.set((eb) => ({ attempts: eb('attempts', '+', 1) })))
      .where('company_id', '=', company.id)
      .where('id', '=', reminderId)
      .execute();
  }
  await wakeCustomers(tx, company.id, [customerId], today);
  await dropStale(work, [customerId]);
  await context.jobs.deliver(tx, company.id);
  return done({ reminderId: sentId });
}
