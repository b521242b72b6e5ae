// The first visit: the owner's account and the company are made in one act, and only while nobody has an account.
import { failed, type Result } from '../core/fault.ts';
import { anyUserExists, lockFirstVisit } from '../db/account.ts';
import type { Accounts } from './accounts.ts';
import type { Context } from './context.ts';
import { type NewCompanyOfUser, openCompany } from './open-company.ts';

export interface FirstVisit {
  account: { name: string; email: string; password: string };
  company: NewCompanyOfUser;
}

export async function isFirstVisit(context: Context): Promise<boolean> {
  return !(await anyUserExists(context.db));
}

/** Faults: 'not-first-visit' once anybody has an account. */
export function makeFirstVisit(
  context: Context,
  accounts: Accounts,
  input: FirstVisit,
): Promise<Result<{ companyId: string }>> {
  // The transaction only holds the lock: two visitors at once make one owner, the second is told to sign in.
  return context.db.transaction().execute(async (tx) => {
    await lockFirstVisit(tx);
    if (await anyUserExists(tx)) return failed('not-first-visit');
    const user = await accounts.createUser(input.account);
    if (!user.ok) return user;
    return openOrTakeBack(context, accounts, user.value.userId, input.company);
  });
}

/** An owner without a company could do nothing, and nobody else could sign up: without the company there is no account. */
async function openOrTakeBack(context: Context, accounts: Accounts, userId: string, company: NewCompanyOfUser) {
  try {
    const opened = await openCompany(context, userId, company);
    if (!opened.ok) await accounts.removeUser(userId);
    return opened;
  } catch (error) {
    await accounts.removeUser(userId);
    throw error;
  }
}
