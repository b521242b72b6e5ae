// Who stands in for whom: a member who is away on a day, and another one who may act. Whoever left, or may only read, is nobody.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Tables } from './tables.ts';

export interface Absence {
  userId: string;
  name: string;
  standInUserId: string;
  standInName: string;
  /** Both days included. */
  fromOn: Day;
  untilOn: Day;
  /** The one who stands in is a member who may act. */
  counts: boolean;
}

/** Those that run or are to come, the next first; of members. */
export async function absencesFrom(tx: Kysely<Tables>, companyId: string, today: Day): Promise<Absence[]> {
  const found = await sql<Absence>`
    select a.user_id as "userId", u.name, a.stand_in_user_id as "standInUserId", s.name as "standInName",
      a.from_on as "fromOn", a.until_on as "untilOn", m.user_id is not null as counts
    from absence a
    join account.member away on away.company_id = a.company_id and away.user_id = a.user_id
    join account."user" u on u.id = a.user_id
    join account."user" s on s.id = a.stand_in_user_id
    left join account.member m on m.company_id = a.company_id and m.user_id = a.stand_in_user_id and m.role <> 'reader'
    where a.company_id = ${companyId} and a.until_on >= ${today}::date
    order by a.from_on, u.name, a.user_id`.execute(tx);
  return found.rows;
}

/** Who stands in today, by the member who is away: one only, since nobody stands in for a stand-in. */
export async function standInsOn(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
): Promise<ReadonlyMap<string, Absence>> {
  const absences = await absencesFrom(tx, companyId, today);
  return new Map(
    absences.filter(({ counts, fromOn }) => counts && fromOn <= today).map((absence) => [absence.userId, absence]),
  );
}

/** Replaces the member's, whether it runs or is to come. */
export async function saveAbsence(
  tx: Kysely<Tables>,
  companyId: string,
  { userId, standInUserId, fromOn, untilOn }: Pick<Absence, 'userId' | 'standInUserId' | 'fromOn' | 'untilOn'>,
): Promise<void> {
  const row = { stand_in_user_id: standInUserId, from_on: fromOn, until_on: untilOn };
  await tx
    .insertInto('absence')
    .values({ company_id: companyId, user_id: userId, ...row })
    .onConflict((conflict) => conflict.columns(['company_id', 'user_id']).doUpdateSet(row))
    .execute();
}

/** Answers whether there was one. */
export async function deleteAbsence(tx: Kysely<Tables>, companyId: string, userId: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('absence')
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** The member is let go: nobody stands in for somebody who is not there, and the member for nobody. */
export async function forgetAbsences(tx: Kysely<Tables>, companyId: string, userId: string): Promise<void> {
  await sql`delete from absence
    where company_id = ${companyId} and (user_id = ${userId} or stand_in_user_id = ${userId})`.execute(tx);
}
