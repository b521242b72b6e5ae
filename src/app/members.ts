// Who may enter a company: asked on every request, shown to its managers, changed by its owner.
import { done, type Result } from '../core/fault.ts';
import type { Role } from '../core/role.ts';
import { addMember, type Member, membershipsOf, membersOf, roleOf } from '../db/account.ts';
import { everyCompanyId } from '../db/company.ts';
import type { Accounts } from './accounts.ts';
import type { Acting, Context } from './context.ts';

export type { Member };

/** The user's role in that company, or null where it is none of theirs. */
export function roleInCompany(context: Context, companyId: string, userId: string): Promise<Role | null> {
  return roleOf(context.db, companyId, userId);
}

/** The companies that the user may enter. */
export function companiesOfUser(context: Context, userId: string): Promise<{ companyId: string; role: Role }[]> {
  return membershipsOf(context.db, userId);
}

export function listMembers(context: Context, acting: Acting): Promise<Member[]> {
  return membersOf(context.db, acting.companyId);
}

export interface NewMember {
  name: string;
  email: string;
  /** Temporary: the user changes it after the first sign-in. */
  password: string;
  role: Exclude<Role, 'owner'>;
}

/** Makes a user who may enter this company. Faults: 'user-exists'. */
export async function addNewMember(
  context: Context,
  accounts: Accounts,
  acting: Acting,
  input: NewMember,
): Promise<Result<{ userId: string }>> {
  const user = await accounts.createUser(input);
  if (!user.ok) return user;
  await addMember(context.db, acting.companyId, user.value.userId, input.role);
  return done(user.value);
}

/** Whether the user owns every company of the installation: a backup holds them all, so only such an owner may take one. */
export async function ownsEveryCompany(context: Context, userId: string): Promise<boolean> {
  const owned = new Set(
    (await membershipsOf(context.db, userId)).flatMap(({ companyId, role }) => (role === 'owner' ? companyId : [])),
  );
  return (await everyCompanyId(context.db)).every((companyId) => owned.has(companyId));
}
