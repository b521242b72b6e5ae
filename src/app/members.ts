// Who may enter a company: asked on every request, shown to its managers, changed by its owner.
import { done, failed, type Result } from '../core/fault.ts';
import type { Role } from '../core/role.ts';
import { forgetAbsences } from '../db/absence.ts';
import {
  addMember,
  deleteMember,
  lockMembers,
  type Member,
  membershipsOf,
  membersOf,
  roleOf,
  setRole,
  userByEmail,
} from '../db/account.ts';
import { listApiKeys, revokeApiKeys } from '../db/api-key.ts';
import { everyCompanyId } from '../db/company.ts';
import { recordEvents } from '../db/event.ts';
import { unassignTasks } from '../db/task.ts';
import type { Accounts } from './accounts.ts';
import { type Acting, type Context, forCompany } from './context.ts';

/** The user's role in that company, or null where it is none of theirs. */
export function roleInCompany(context: Context, companyId: string, userId: string): Promise<Role | null> {
  return roleOf(context.db, companyId, userId);
}

/** The companies that the user may enter. */
export function companiesOfUser(context: Context, userId: string): Promise<{ companyId: string; role: Role }[]> {
  return membershipsOf(context.db, userId);
}

export interface MemberShown extends Member {
  /** How many API keys of the member's would be revoked with the membership. */
  validKeys: number;
}

export function listMembers(context: Context, acting: Acting): Promise<MemberShown[]> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const keys = await listApiKeys(tx, company.id);
    return (await membersOf(tx, company.id)).map((member) => ({
      ...member,
      validKeys: keys.filter((key) => key.made_by === member.userId && key.revoked_at === null).length,
    }));
  });
}

export interface NewMember {
  name: string;
  email: string;
  /** Temporary: the user changes it after the first sign-in. Not used where the account is there already. */
  password: string;
  role: Exclude<Role, 'owner'>;
}

/**
 * Lets somebody enter this company, with a new account or the one they have in this installation. Faults: 'user-exists' where
 * they enter it already.
 */
export async function addNewMember(
  context: Context,
  accounts: Accounts,
  acting: Acting,
  input: NewMember,
): Promise<Result<{ userId: string; hadAccount: boolean }>> {
  const known = await userByEmail(context.db, input.email);
  const user = known === null ? await accounts.createUser(input) : done(known);
  if (!user.ok) return user;
  const { userId } = user.value;
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    if (!(await addMember(tx, company.id, userId, input.role))) return failed('user-exists', { email: input.email });
    await recordEvents(tx, scope, [{ type: 'member.added', payload: { userId, role: input.role } }]);
    return done({ userId, hadAccount: known !== null });
  });
}

/** From the next request on. Faults: 'not-found', 'last-owner'. */
export function changeRole(context: Context, acting: Acting, userId: string, role: Role): Promise<Result<object>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const members = await lockMembers(tx, company.id);
    const from = members.get(userId);
    if (from === undefined) return failed('not-found', { what: 'member', id: userId });
    if (role !== 'owner' && isLastOwner(members, userId)) return failed('last-owner');
    if (from === role) return done({});
    await setRole(tx, company.id, userId, role);
    if (role === 'reader') await unassignTasks(tx, company.id, userId);
    await recordEvents(tx, scope, [{ type: 'member.role-changed', payload: { userId, from, to: role } }]);
    return done({});
  });
}

/**
 * The account stays, and its sessions: it may be of other companies too. This one is not there for it any more. The keys that
 * the member made are revoked, so that they do not come back should the member. Faults: 'not-found', 'last-owner'.
 */
export function removeMember(
  context: Context,
  acting: Acting,
  userId: string,
): Promise<Result<{ revokedKeys: number }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const members = await lockMembers(tx, company.id);
    const role = members.get(userId);
    if (role === undefined) return failed('not-found', { what: 'member', id: userId });
    if (isLastOwner(members, userId)) return failed('last-owner');
    await deleteMember(tx, company.id, userId);
    await unassignTasks(tx, company.id, userId);
    await forgetAbsences(tx, company.id, userId);
    const at = new Date(context.now().epochMilliseconds);
    const revoked = await revokeApiKeys(tx, company.id, { madeBy: userId }, acting.actor, at);
    await recordEvents(tx, scope, [
      { type: 'member.removed', payload: { userId, role } },
      ...revoked.map(({ id, name }) => ({ type: 'api-key.revoked' as const, payload: { keyId: id, name } })),
    ]);
    return done({ revokedKeys: revoked.length });
  });
}

const isLastOwner = (members: ReadonlyMap<string, Role>, userId: string): boolean =>
  members.get(userId) === 'owner' && [...members.values()].filter((role) => role === 'owner').length === 1;

/**
 * A temporary password for a member who lost theirs. An account is of the whole installation: whoever could give it a password
 * could enter all its companies. So that takes an owner of every one of them. Faults: 'not-found', 'own-password',
 * 'password-elsewhere'.
 */
export async function resetPassword(
  context: Context,
  accounts: Accounts,
  acting: Acting,
  userId: string,
  password: string,
): Promise<Result<object>> {
  if (userId === acting.actor) return failed('own-password');
  const owned = await ownedBy(context, acting.actor);
  const theirs = await membershipsOf(context.db, userId);
  if (!theirs.some(({ companyId }) => companyId === acting.companyId))
    return failed('not-found', { what: 'member', id: userId });
  if (theirs.some(({ companyId }) => !owned.has(companyId))) return failed('password-elsewhere');
  await accounts.setPassword(userId, password);
  return forCompany(context, acting, async ({ tx, scope }) => {
    await recordEvents(tx, scope, [{ type: 'member.password-reset', payload: { userId } }]);
    return done({});
  });
}

async function ownedBy(context: Context, userId: string): Promise<ReadonlySet<string>> {
  const memberships = await membershipsOf(context.db, userId);
  return new Set(memberships.flatMap(({ companyId, role }) => (role === 'owner' ? companyId : [])));
}

/** Whether the user owns every company of the installation: a backup holds them all, so only such an owner may take one. */
export async function ownsEveryCompany(context: Context, userId: string): Promise<boolean> {
  const owned = await ownedBy(context, userId);
  return (await everyCompanyId(context.db)).every((companyId) => owned.has(companyId));
}
