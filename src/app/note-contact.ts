// What was said to a customer, or by it, outside Relance: a call, a mail, a meeting. It is noted in the history and changes
// nothing else; a contact that stands for a step of the sequence is "reminded elsewhere" (steer-cases).
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { recordEvents } from '../db/event.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { whatIsUnknown } from './known-customer.ts';

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
  return forCompany(context, acting, async (work) => {
    const { tx, today, scope } = work;
    if (note.trim() === '') return failed('invalid-input', { field: 'note', detail: 'empty' });
    const day = on ?? today;
    if (day > today) return failed('invalid-input', { field: 'on', value: day });
    const unknown = await whatIsUnknown(work, customerId, invoiceId ?? null);
    if (unknown !== null) return unknown;
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
