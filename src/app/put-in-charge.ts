// Who is in charge of customers: a member of the company who may act, or nobody.
import { done, failed, type Result } from '../core/fault.ts';
import { membersOf } from '../db/account.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { putInCharge } from '../db/in-charge.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

export interface InCharge {
  customerIds: readonly string[];
  /** null: nobody. */
  userId: string | null;
}

/** Nothing of the dunning changes by it. Faults: 'not-found' (a customer, or a member who may act). */
export function putCustomersInCharge(
  context: Context,
  acting: Acting,
  input: InCharge,
): Promise<Result<{ changed: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const stranger = await mayNotBeInCharge(work, input.userId);
    if (stranger !== null) return stranger;
    const known = await tx
      .selectFrom('customer')
      .select('id')
      .where('company_id', '=', company.id)
      .where('id', 'in', [...input.customerIds])
      .where('merged_into_id', 'is', null)
      .execute();
    const ids = new Set(known.map(({ id }) => id));
    const unknown = input.customerIds.find((id) => !ids.has(id));
    if (unknown !== undefined) return failed('not-found', { what: 'customer', id: unknown });
    await lockCustomers(tx, company.id, input.customerIds);
    return done({ changed: await inCharge(work, input) });
  });
}

/** Their rows are locked, or new; the person is one who may be. Answers for how many it was somebody else. */
export async function inCharge(
  { tx, company, scope }: CompanyWork,
  { customerIds, userId }: InCharge,
): Promise<number> {
  const changed = await putInCharge(tx, company.id, customerIds, userId);
  await recordEvents(
    tx,
    scope,
    changed.map((customerId) => ({ type: 'customer.in-charge', customerId, payload: { userId } })),
  );
  return changed.length;
}

/** Who only reads can't be asked to do anything. */
export async function mayNotBeInCharge(
  { tx, company }: CompanyWork,
  userId: string | null,
): Promise<ReturnType<typeof failed> | null> {
  if (userId === null) return null;
  const members = await membersOf(tx, company.id);
  const member = members.find((one) => one.userId === userId && one.role !== 'reader');
  return member === undefined ? failed('not-found', { what: 'user', id: userId }) : null;
}
