// Pausing many invoices or customers in one operation; undone, what it paused and nobody resumed since goes on.
import type { Day } from '../core/day.ts';
import { failed, type Result } from '../core/fault.ts';
import { because, type Reason } from '../core/reason.ts';
import type { EndedPart, Over, Part } from '../db/operation.ts';
import type { RefusedInvoice } from '../db/tables.ts';
import { beginOperation } from './begin-operation.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { pauseThese, resumeThese } from './pause-together.ts';
import type { Work } from './work-operations.ts';

/** Customers in one transaction: few enough that nobody waits long for one of them. */
const size = 50;
const written: Work['written'] = ['pause', 'dunning_case', 'operation_part', 'event', 'event_payload'];

/** Written down at once, worked in the background. Faults: 'not-found', 'invalid-input'. */
export function pauseMany(
  context: Context,
  acting: Acting,
  { reason, untilOn = null, ...over }: Over & { reason: string; untilOn?: Day | null | undefined },
): Promise<Result<{ operationId: string }>> {
  return forCompany(context, acting, async (work) => {
    if (untilOn !== null && untilOn < work.today) return failed('invalid-input', { field: 'untilOn', value: untilOn });
    return beginOperation(context, work, over, { kind: 'pause', reason, until_on: untilOn });
  });
}

export const pausing: Work = {
  state: 'running',
  open: ['waiting'],
  size,
  written,
  turn: async (work, { reason, until_on: untilOn }, parts) => {
    if (untilOn !== null && untilOn < work.today) return parts.map((part) => leftOutWhole(part, because('pause-over')));
    // Of one operation all parts are customers, or all name invoices.
    const invoiceIds = parts.flatMap((part) => part.invoiceIds);
    const over = invoiceIds.length > 0 ? { invoiceIds } : { customerIds: parts.map((part) => part.customerId) };
    const { paused, leftOut } = await pauseThese(work, over, { reason: reason ?? '', untilOn });
    return parts.map(({ customerId }) => {
      const out = leftOut.filter((one) => one.customerId === customerId);
      return {
        customerId,
        state: 'done',
        reminderIds: [],
        pauseIds: paused.filter((one) => one.customerId === customerId).map(({ id }) => id),
        refused: out.flatMap(({ invoice, reason: why }): RefusedInvoice[] =>
          invoice === null ? [] : [{ invoiceId: invoice.id, invoiceNumber: invoice.number, reason: why }],
        ),
        leftOut: out.find(({ invoice }) => invoice === null)?.reason ?? null,
      };
    });
  },
  unforeseen: ({ customerId }) => ({ customerId, state: 'failed', reminderIds: [], refused: [] }),
  leavesAt: () => null,
  ended: async () => {},
};

export const undoingPauses: Work = {
  state: 'undoing',
  open: ['waiting', 'done', 'failed'],
  size,
  written,
  turn: async (work, _operation, parts) => {
    await resumeThese(
      work,
      parts.flatMap((part) => part.pauseIds),
    );
    return parts.map((part) => undone(part, []));
  },
  unforeseen: (part) => undone(part, part.pauseIds),
  leavesAt: () => null,
  ended: async () => {},
};

const undone = ({ customerId, refused, leftOut }: Part, pauseIds: readonly string[]): EndedPart => ({
  customerId,
  state: 'undone',
  reminderIds: [],
  refused,
  leftOut,
  pauseIds,
});

/** Each of its invoices, or the customer itself. */
function leftOutWhole({ customerId, invoiceIds }: Part, reason: Reason): EndedPart {
  const refused = invoiceIds.map((invoiceId) => ({ invoiceId, invoiceNumber: '', reason }));
  return { customerId, state: 'done', reminderIds: [], refused, leftOut: invoiceIds.length > 0 ? null : reason };
}
