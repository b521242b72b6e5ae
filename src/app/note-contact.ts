// What was said to a customer, or by it, outside Relance: a call, a mail, a meeting. It is noted in the history and changes
// nothing else; a contact that stands for a step of the sequence is "reminded elsewhere" (steer-cases).
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { recordEvents } from '../db/event.ts';
import { type Acting, type Context, forCompany } from './context.ts';

export interface ContactMade {
  customerId: string;
  /** What it was about, where it was one invoice. */
  invoiceId?: string | undefined;
  how: 'call' | 'email' | 'letter' | 'meeting' | 'other';
  note: string;
  /** The company's today where it is left out; never later. */
  on?: Day | undefined;
}

export function noteContact(
  context: Context,
  acting: Acting,
  { customerId, invoiceId, how, note, on }: ContactMade,
): Promise<Result<{ on: Day }>> {
  return forCompany(context, acting, async ({ tx, company, today, scope }) => {
    if (note.trim() === '') return failed('invalid-input', { field: 'note', detail: 'empty' });
    const day = on ?? today;
    if (day > today) return failed('invalid-input', { field: 'on', value: day });
    const customer = await tx
      .selectFrom('customer')
      .select('id')
      .where('company_id', '=', company.id)
      .where('id', '=', customerId)
      .executeTakeFirst();
    if (customer === undefined) return failed('not-found', { what: 'customer', id: customerId });
    if (invoiceId !== undefined) {
      const invoice = await tx
        .selectFrom('invoice')
        .select('id')
        .where('company_id', '=', company.id)
        .where('customer_id', '=', customerId)
        .where('id', '=', invoiceId)
        .executeTakeFirst();
      if (invoice === undefined) return failed('not-found', { what: 'invoice', id: invoiceId });
    }
    await recordEvents(tx, scope, [
      {
        type: 'customer.contacted',
        customerId,
        invoiceId: invoiceId ?? null,
        payload: { how, note: note.trim(), on: day },
      },
    ]);
    return done({ on: day });
  });
}
