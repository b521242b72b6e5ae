// Approving many messages in one operation. Nothing of it leaves before all of it is approved and ten seconds more have passed: for
// so long it can be undone whole, as the approval of one message can. After that, what has not left yet can still be taken back.
import { done, failed, type Result } from '../core/fault.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { type ChosenMessages, type EndedPart, insertChosen, letLeaveAt, type Part, whyNot } from '../db/operation.ts';
import { holdBackReminders } from '../db/reminder.ts';
import type { RefusedInvoice } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { approveOf, closeFirstSending } from './decide-reminders.ts';
import type { Work } from './work-operations.ts';

/** So long it can be undone whole, once all is approved. */
const undoSeconds = 10;

/**
 * What is approved while the rest is not waits for it. Were the worker to die, it would go on within a minute; were nobody to work at
 * it any more, what a person approved leaves after this.
 */
const meanwhileMs = 3_600_000;

/** Customers in one transaction: few enough that nobody waits long for one of them. */
const size = 50;

/** Written down at once, worked in the background. Answers how many messages were chosen. Fault: 'not-found'. */
export function approveMany(
  context: Context,
  acting: Acting,
  chosen: ChosenMessages,
): Promise<Result<{ operationId: string; messages: number }>> {
  return forCompany(context, acting, async ({ tx, company, scope, now, today }) => {
    const operationId = newId();
    await tx
      .insertInto('operation')
      .values({
        company_id: company.id,
        id: operationId,
        kind: 'approve',
        started_at: new Date(now.epochMilliseconds),
        by_user: scope.actor,
      })
      .execute();
    const messages = await insertChosen(tx, company.id, operationId, chosen, today);
    const asked = 'reminderIds' in chosen ? new Set(chosen.reminderIds).size : messages;
    if (messages < asked) return failed('not-found', { what: 'reminder' });
    await context.jobs.operate(tx, company.id, operationId);
    return done({ operationId, messages });
  });
}

/** Nothing more of it is taken to leave while it is undone, customer by customer. */
export function keepFromLeaving({ tx, company, now }: CompanyWork, operationId: string): Promise<void> {
  return letLeaveAt(tx, company.id, operationId, new Date(now.epochMilliseconds + meanwhileMs));
}

export const approving: Work = {
  state: 'running',
  open: ['waiting'],
  size,
  written: ['reminder', 'operation_part', 'event', 'event_payload'],
  turn: async (work, _operation, parts) => {
    const leavesAt = new Date(work.now.epochMilliseconds + meanwhileMs);
    const chosen = parts.flatMap((part) => part.chosenIds);
    const approved = new Set(await approveOf(work, customersOf(parts), chosen, leavesAt));
    const others = await reasonsFor(
      work,
      chosen.filter((id) => !approved.has(id)),
    );
    return parts.map(({ customerId, chosenIds }) => ({
      customerId,
      state: 'done',
      reminderIds: chosenIds.filter((id) => approved.has(id)),
      refused: others.get(customerId) ?? [],
    }));
  },
  unforeseen: ({ customerId }) => ({ customerId, state: 'failed', reminderIds: [], refused: [] }),
  leavesAt: ({ now }) => new Date(now.epochMilliseconds + undoSeconds * 1000),
  ended: async (context, work, { id }) => {
    await letLeaveAt(work.tx, work.company.id, id, approving.leavesAt(work)!);
    await context.jobs.deliver(work.tx, work.company.id, undoSeconds);
  },
};

export const undoingApprovals: Work = {
  state: 'undoing',
  open: ['waiting', 'done', 'failed'],
  size,
  written: ['reminder', 'operation_part', 'event', 'event_payload'],
  turn: async (work, operation, parts): Promise<EndedPart[]> => {
    const { tx, company, scope } = work;
    const ids = parts.flatMap((part) => part.reminderIds);
    // A delivery locks them too before it begins a message: what is begun by now is not taken back, what is taken back is not begun.
    await lockCustomers(tx, company.id, customersOf(parts));
    // Held back since, and approved by somebody else, it is theirs.
    const its =
      ids.length === 0
        ? []
        : await tx
            .selectFrom('reminder')
            .select(['id', 'approved_at'])
            .where('company_id', '=', company.id)
            .where('id', 'in', ids)
            .where('approved_by', '=', operation.by_user)
            .where('approved_at', '>=', operation.started_at)
            .execute();
    const held = await holdBackReminders(
      tx,
      company.id,
      its.map(({ id }) => id),
    );
    const back = new Set(held.map(({ id }) => id));
    await closeFirstSending(
      work,
      its.flatMap(({ id, approved_at }) => (back.has(id) && approved_at !== null ? [approved_at] : [])),
    );
    await recordEvents(
      tx,
      scope,
      held.map(({ id, customerId }) => ({ type: 'reminder.approval-undone', customerId, reminderId: id })),
    );
    return parts.map(({ customerId, reminderIds, refused }) => ({
      customerId,
      state: 'undone',
      reminderIds: reminderIds.filter((id) => !back.has(id)),
      refused,
    }));
  },
  unforeseen: ({ customerId, reminderIds, refused }) => ({ customerId, state: 'undone', reminderIds, refused }),
  leavesAt: () => null,
  // What could not be taken back because something unforeseen happened leaves, as it was approved to.
  ended: async (context, { tx, company, now }, { id }) => {
    await letLeaveAt(tx, company.id, id, new Date(now.epochMilliseconds));
    await context.jobs.deliver(tx, company.id);
  },
};

const customersOf = (parts: readonly Part[]): string[] => parts.map((part) => part.customerId);

async function reasonsFor(
  { tx, company }: CompanyWork,
  reminderIds: readonly string[],
): Promise<Map<string, RefusedInvoice[]>> {
  const byCustomer = new Map<string, RefusedInvoice[]>();
  for (const { customerId, ...one } of await whyNot(tx, company.id, reminderIds))
    byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), one]);
  return byCustomer;
}
