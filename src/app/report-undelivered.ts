// A person saw in the mailbox that a message came back; or knows that a blocked address is right after all.
import { addressRefused, refusedAddressText } from '../core/bounce.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { holdersOf, unblockAddress as removeBlock } from '../db/blocked-address.ts';
import { recordEvents } from '../db/event.ts';
import type { Row } from '../db/tables.ts';
import { openSystemTasks, takeTasksSaying } from '../db/task.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { addressesOf, type CameBack, comeBack, lockConcerned, whoConcerned } from './note-bounces.ts';
import { customersChanged } from './plan-customers.ts';

export interface Undelivered {
  reminderId: string;
  /** Left out: all of the message's. */
  addresses?: string[] | undefined;
  reason: string;
  /** Nothing is sent to them any more. */
  blocks: boolean;
}

/** Faults: 'not-sent-yet' for what has not left, or only in practice; 'invalid-input' for an address that the message does not have. */
export function reportUndelivered(
  context: Context,
  acting: Acting,
  { reminderId, reason, blocks, ...input }: Undelivered,
): Promise<Result<Omit<CameBack, 'isNews'>>> {
  return forCompany(context, acting, async (work) => {
    const first = await leftMessage(work, reminderId);
    if (first === undefined) return failed('not-found', { what: 'reminder', id: reminderId });
    const own = addressesOf(first);
    const addresses = input.addresses?.map((address) => address.toLowerCase()) ?? own;
    const strange = addresses.find((address) => !own.includes(address));
    if (strange !== undefined) return failed('invalid-input', { field: 'addresses', value: strange });
    await lockConcerned(work, [first.customer_id], addresses);
    const message = (await leftMessage(work, reminderId))!;
    const hasLeft = ['sent', 'in_doubt', 'undelivered'].includes(message.state) && own.length > 0;
    // What practice captured went to nobody: live, it says nothing of an address.
    if (!hasLeft || (message.practice && !work.scope.practice))
      return failed('not-sent-yet', { id: reminderId, state: message.state });
    const bounces = addresses.map((address) => ({ address, kind: 'failed' as const, reason: reason.trim(), blocks }));
    const { isNews: _, ...came } = await comeBack(work, 'person', message, bounces);
    return done(came);
  });
}

function leftMessage({ tx, company }: CompanyWork, reminderId: string): Promise<Row<'reminder'> | undefined> {
  return tx
    .selectFrom('reminder')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', '=', reminderId)
    .where('channel', '=', 'email')
    .executeTakeFirst();
}

/** It is written to again, wherever it stands; who was asked for another is not asked any more. Fault 'not-blocked'. */
export function unblockAddress(
  context: Context,
  acting: Acting,
  input: { address: string },
): Promise<Result<{ address: string; customers: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    const address = input.address.trim().toLowerCase();
    const holders = await lockConcerned(work, [], [address]);
    const customerIds = holders.map(({ customerId }) => customerId);
    if (!(await removeBlock(tx, company.id, address))) return failed('not-blocked', { address });
    await recordEvents(
      tx,
      scope,
      customerIds.map((customerId) => ({ type: 'address.unblocked', customerId, payload: { address } })),
    );
    await endAsking(work, customerIds, [address]);
    await customersChanged(work, [...new Set(holders.flatMap(whoConcerned))]);
    return done({ address, customers: customerIds.length });
  });
}

/** Nobody is asked for another address where this one is right. */
async function endAsking(
  work: CompanyWork,
  customerIds: readonly string[],
  addresses: readonly string[],
): Promise<void> {
  const texts = addresses.flatMap((address) => [refusedAddressText(address, 'fr'), refusedAddressText(address, 'en')]);
  await tellTaken(work, await takeTasksSaying(work.tx, work.company.id, customerIds, texts));
}

/** Nobody is asked for another address where these customers have it no more, on a contact or an open invoice. Lock them first. */
export async function endAskingForCorrected(work: CompanyWork, customerIds: readonly string[]): Promise<void> {
  const { tx, company } = work;
  const asked = await openSystemTasks(tx, company.id, customerIds);
  const found = asked.flatMap((task) => ({ ...task, address: addressRefused(task.text) }));
  const addresses = found.flatMap(({ address }) => address ?? []);
  const held = await holdersOf(tx, company.id, [...new Set(addresses)]);
  const corrected = found.filter(
    ({ customerId, address }) =>
      address !== null && !held.some((one) => one.customerId === customerId && one.address === address),
  );
  for (const { customerId, text } of corrected)
    await tellTaken(work, await takeTasksSaying(tx, company.id, [customerId], [text]));
}

async function tellTaken(
  { tx, scope }: CompanyWork,
  taken: Awaited<ReturnType<typeof takeTasksSaying>>,
): Promise<void> {
  await recordEvents(
    tx,
    scope,
    taken.map(({ customerId, text, dueOn }) => ({
      type: 'task.deleted',
      customerId,
      payload: { task: text, on: dueOn },
    })),
  );
}
