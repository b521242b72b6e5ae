// Whoever is in charge of a customer is told what is to do, what waits and what has left of the steps that say so: one mail a day for
// each person.
// Where nobody is in charge, those who approve are told. Whoever stands in for somebody who is away is told as well.
import { addDays } from '../core/day.ts';
import type { DigestRow } from '../core/digest.ts';
import { followedMessage } from '../core/followed.ts';
import { standInsOn } from '../db/absence.ts';
import { membersOf } from '../db/account.ts';
import { type FollowedMessage, takeFollowed } from '../db/followed.ts';
import { type Context, forCompany } from './context.ts';
import type { Worker } from './deliver-outbox.ts';
import { claimToday, writeInside } from './write-inside.ts';

/** Called after the day's run. Answers how many people were told; `address` is where the application is reached. */
export async function tellInCharge(
  context: Context,
  companyId: string,
  worker: Worker,
  address: string,
): Promise<number> {
  const due = await forCompany(context, { companyId, actor: 'system' }, async (work) => {
    const { tx, company, today } = work;
    const since = company.in_charge_told_on ?? addDays(today, -1);
    const server = await claimToday(work, 'in_charge_told_on');
    if (server === null) return null;
    const messages = await takeFollowed(tx, companyId, since);
    return messages.length === 0
      ? null
      : { company, server, messages, standIns: await standInsOn(tx, companyId, today) };
  });
  if (due === null) return 0;
  const { company, server, messages, standIns } = due;
  const approvers = (await membersOf(context.db, companyId)).filter(({ role }) => role !== 'reader');
  const letters = approvers.flatMap(({ userId, email }) => {
    const away = [...standIns.values()].filter(({ standInUserId }) => standInUserId === userId);
    const own = messages.filter(
      ({ inChargeUserId }) =>
        inChargeUserId === null || inChargeUserId === userId || away.some((one) => one.userId === inChargeUserId),
    );
    if (own.length === 0) return [];
    const { language, name: companyName } = company;
    const rowsIn = (state: FollowedMessage['state']) => own.filter((one) => one.state === state).map(rowOf);
    const message = followedMessage({
      language,
      companyName,
      toDo: rowsIn('to_do'),
      waiting: rowsIn('to_approve'),
      left: rowsIn('left'),
      standsInFor: away
        .filter((one) => own.some(({ inChargeUserId }) => inChargeUserId === one.userId))
        .map(({ name, untilOn }) => ({ name, untilOn })),
      address,
    });
    return [{ to: email, message }];
  });
  return writeInside(context, worker, { company, server }, letters);
}

function rowOf({ customerName, level, stepName, currency, askedMinor, askedOthers }: FollowedMessage): DigestRow {
  return { customerName, level, stepName, amounts: [{ currency, minor: askedMinor ?? 0 }, ...askedOthers] };
}
