// "Retenir": what is ready to leave goes back to waiting for approval, as long as no connection has begun to hand it over. It is
// undone by approving it again.
import { done, failed, type Result } from '../core/fault.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { holdBackReminders, readyToLeave } from '../db/reminder.ts';
import { type Acting, type Context, forCompany } from './context.ts';

/** Without identifiers: everything that is about to leave today. `gone`: in a connection's hands, or left, or waiting already. */
export function holdBack(
  context: Context,
  acting: Acting,
  input: { reminderIds?: string[] | undefined },
): Promise<Result<{ held: string[]; gone: number }>> {
  return forCompany(context, acting, async ({ tx, company, today, scope }) => {
    const asked =
      input.reminderIds === undefined
        ? await readyToLeave(tx, company.id, today)
        : await tx
            .selectFrom('reminder')
            .select(['id', 'customer_id as customerId'])
            .where('company_id', '=', company.id)
            .where('id', 'in', input.reminderIds)
            .execute();
    const missing = input.reminderIds?.find((id) => !asked.some((one) => one.id === id));
    if (missing !== undefined) return failed('not-found', { what: 'reminder', id: missing });
    if (asked.length === 0) return done({ held: [], gone: 0 });
    // A delivery locks them too before it begins a message: what is begun by now is not taken, what is taken is not begun.
    await lockCustomers(tx, company.id, [...new Set(asked.map((one) => one.customerId))]);
    const held = await holdBackReminders(
      tx,
      company.id,
      asked.map((one) => one.id),
    );
    await recordEvents(
      tx,
      scope,
      held.map(({ id, customerId }) => ({ type: 'reminder.held-back', customerId, reminderId: id })),
    );
    return done({ held: held.map((one) => one.id), gone: asked.length - held.length });
  });
}
