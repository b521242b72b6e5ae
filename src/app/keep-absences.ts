// Who is away, from when until when, and who stands in: what goes to the one who is in charge goes to the stand-in as well.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { type Absence, absencesFrom, deleteAbsence, saveAbsence } from '../db/absence.ts';
import { membersOf } from '../db/account.ts';
import { recordEvents } from '../db/event.ts';
import { type Acting, type Context, forCompany } from './context.ts';

export interface AbsenceInput {
  userId: string;
  standInUserId: string;
  /** Both days included. */
  fromOn: Day;
  untilOn: Day;
}

/** Those that run or are to come. */
export function browseAbsences(context: Context, acting: Acting): Promise<Absence[]> {
  return forCompany(context, acting, ({ tx, company, today }) => absencesFrom(tx, company.id, today));
}

/**
 * Replaces the member's absence, if there is one. Faults: 'not-found' (a member, or one to stand in who may act), 'stand-in-self',
 * 'absence-backwards', 'day-past'.
 */
export function setAbsence(context: Context, acting: Acting, input: AbsenceInput): Promise<Result<object>> {
  return forCompany(context, acting, async ({ tx, company, today, scope }) => {
    const { userId, standInUserId, fromOn, untilOn } = input;
    if (userId === standInUserId) return failed('stand-in-self');
    if (untilOn < fromOn) return failed('absence-backwards');
    if (untilOn < today) return failed('day-past', { day: untilOn });
    const members = await membersOf(tx, company.id);
    if (!members.some((one) => one.userId === userId)) return failed('not-found', { what: 'user', id: userId });
    const standIn = members.find((one) => one.userId === standInUserId && one.role !== 'reader');
    if (standIn === undefined) return failed('not-found', { what: 'user', id: standInUserId });
    await saveAbsence(tx, company.id, input);
    // The stand-in by name: it is read years later.
    const payload = { userId, standInUserId, name: standIn.name, fromOn, untilOn };
    await recordEvents(tx, scope, [{ type: 'member.away', payload }]);
    return done({});
  });
}

/** The member is back, or does not go. Without an absence nothing is told. */
export function endAbsence(context: Context, acting: Acting, userId: string): Promise<Result<object>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    if (await deleteAbsence(tx, company.id, userId))
      await recordEvents(tx, scope, [{ type: 'member.back', payload: { userId } }]);
    return done({});
  });
}
