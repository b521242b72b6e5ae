// Who may enter which company. The users themselves, their passwords and sessions are written by better-auth.
import { type Kysely, sql } from 'kysely';
import type { Role } from '../core/role.ts';
import type { Tables } from './tables.ts';

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
}

/** Whether anybody has an account yet: without one, the next visit is the first. */
export async function anyUserExists(db: Kysely<Tables>): Promise<boolean> {
  const row = await db.selectFrom('account.user').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Held until the transaction ends, so that two first visits at once make one owner. */
export async function lockFirstVisit(tx: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('relance.first_visit'))`.execute(tx);
}

/** Answers whether the user was not a member yet. */
export async function addMember(db: Kysely<Tables>, companyId: string, userId: string, role: Role): Promise<boolean> {
  const added = await db
    .insertInto('account.member')
    .values({ company_id: companyId, user_id: userId, role })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** The user with this address, written in small letters. */
export async function userByEmail(db: Kysely<Tables>, email: string): Promise<{ userId: string } | null> {
  const row = await db
    .selectFrom('account.user')
    .select('id as userId')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row ?? null;
}

/** The members' roles, held until the transaction ends: two owners who each take the other out leave one. */
export async function lockMembers(tx: Kysely<Tables>, companyId: string): Promise<Map<string, Role>> {
  const rows = await tx
    .selectFrom('account.member')
    .select(['user_id', 'role'])
    .where('company_id', '=', companyId)
    .orderBy('user_id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.user_id, row.role]));
}

export async function setRole(tx: Kysely<Tables>, companyId: string, userId: string, role: Role): Promise<void> {
  await tx
    .updateTable('account.member')
    .set({ role })
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .execute();
}

export async function deleteMember(tx: Kysely<Tables>, companyId: string, userId: string): Promise<void> {
  await tx.deleteFrom('account.member').where('company_id', '=', companyId).where('user_id', '=', userId).execute();
}

export async function roleOf(db: Kysely<Tables>, companyId: string, userId: string): Promise<Role | null> {
  const row = await db
    .selectFrom('account.member')
    .select('role')
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.role ?? null;
}

/** The companies that a user may enter, oldest first. */
export async function membershipsOf(db: Kysely<Tables>, userId: string): Promise<{ companyId: string; role: Role }[]> {
  return db
    .selectFrom('account.member')
    .select(['company_id as companyId', 'role'])
    .where('user_id', '=', userId)
    .orderBy('company_id')
    .execute();
}

export async function membersOf(db: Kysely<Tables>, companyId: string): Promise<Member[]> {
  return db
    .selectFrom('account.member as member')
    .innerJoin('account.user as user', 'user.id', 'member.user_id')
    .select(['user.id as userId', 'user.name', 'user.email', 'member.role'])
    .where('member.company_id', '=', companyId)
    .orderBy('member.created_at')
    .execute();
}
