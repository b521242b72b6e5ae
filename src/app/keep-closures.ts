// Closures of the company: listed, added, changed, removed. The calendar changes with them, so everything open is looked at again.
import { silentFrom } from '../core/calendar.ts';
import { type Day, daysBetween, earlierOf } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { readClosures } from '../db/closure.ts';
import { wakeEverything } from '../db/dunning-case.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { readCalendar } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import { unclaimEverything } from '../db/reminder.ts';
import type { Row } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

export interface ListedClosure {
  id: string;
  fromOn: Day;
  untilOn: Day;
  label: string;
  yearly: boolean;
}

/** Past ones too, by the day on which they begin. */
export function browseClosures(context: Context, acting: Acting): Promise<ListedClosure[]> {
  return forCompany(context, acting, async ({ tx, company }) =>
    (await readClosures(tx, company.id)).map(({ id, from_on, until_on, label, yearly }) => ({
      id,
      fromOn: from_on,
      untilOn: until_on,
      label,
      yearly,
    })),
  );
}

export type NewClosure = Omit<ListedClosure, 'id'>;

/** Faults: closure-backwards, closure-too-long (a year at most), invalid-input (no label), no-sending-day. */
export function addClosure(
  context: Context,
  acting: Acting,
  input: NewClosure,
): Promise<Result<{ closureId: string }>> {
  return forCompany(context, acting, async (work) => {
    const row = { company_id: work.company.id, id: newId(), ...columnsOf(input) };
    const wrong = whatIsWrong(row);
    if (wrong !== null) return wrong;
    await unclaimEverything(work.tx, work.company.id);
    await work.tx.insertInto('closure').values(row).execute();
    return calendarChanged(work, 'closure.added', row);
  });
}

/** What is left out stays as it is. The faults of addClosure, and not-found. */
export function changeClosure(
  context: Context,
  acting: Acting,
  { closureId, ...input }: { closureId: string } & { [K in keyof NewClosure]?: NewClosure[K] | undefined },
): Promise<Result<{ closureId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    await unclaimEverything(tx, company.id);
    const closure = await lockClosure(work, closureId);
    if (!closure.ok) return closure;
    const { from_on: fromOn, until_on: untilOn, label, yearly } = closure.value;
    const columns = columnsOf({
      fromOn: input.fromOn ?? fromOn,
      untilOn: input.untilOn ?? untilOn,
      label: input.label ?? label,
      yearly: input.yearly ?? yearly,
    });
    const wrong = whatIsWrong(columns);
    if (wrong !== null) return wrong;
    await tx
      .updateTable('closure')
      .set(columns)
      .where('company_id', '=', company.id)
      .where('id', '=', closureId)
      .execute();
    return calendarChanged(work, 'closure.changed', { id: closureId, ...columns });
  });
}

export function removeClosure(
  context: Context,
  acting: Acting,
  { closureId }: { closureId: string },
): Promise<Result<{ closureId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    const closure = await lockClosure(work, closureId);
    if (!closure.ok) return closure;
    await tx.deleteFrom('closure').where('company_id', '=', company.id).where('id', '=', closureId).execute();
    return calendarChanged(work, 'closure.removed', closure.value);
  });
}

type Columns = Pick<Row<'closure'>, 'from_on' | 'until_on' | 'label' | 'yearly'>;

function columnsOf({ fromOn, untilOn, label, yearly }: NewClosure): Columns {
  return { from_on: fromOn, until_on: untilOn, label: label.trim(), yearly };
}

/** A year, both days included. */
const longestDays = 366;

function whatIsWrong({ from_on, until_on, label }: Columns): ReturnType<typeof failed> | null {
  if (label === '') return failed('invalid-input', { field: 'label', detail: 'empty' });
  if (until_on < from_on) return failed('closure-backwards', { field: 'untilOn', from: from_on, until: until_on });
  if (daysBetween(from_on, until_on) >= longestDays) return failed('closure-too-long', { field: 'untilOn' });
  return null;
}

async function lockClosure({ tx, company }: CompanyWork, closureId: string): Promise<Result<Row<'closure'>>> {
  const closure = await tx
    .selectFrom('closure')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', '=', closureId)
    .forUpdate()
    .executeTakeFirst();
  return closure === undefined ? failed('not-found', { what: 'closure', id: closureId }) : done(closure);
}

async function calendarChanged(
  work: CompanyWork,
  type: EventType,
  { id, from_on, until_on, label, yearly }: Columns & { id: string },
): Promise<Result<{ closureId: string }>> {
  const { tx, company, today, scope } = work;
  const silent = await whatIsSilent(work, company);
  if (silent !== null) return silent;
  await wakeEverything(tx, company.id, today);
  await recordEvents(tx, scope, [{ type, payload: { name: label, fromOn: from_on, untilOn: until_on, yearly } }]);
  return done({ closureId: id });
}

/** The fault no-sending-day where weekdays and closures together would leave more than a year without one; closures are read as they are now. */
export async function whatIsSilent(
  { tx, today }: Pick<CompanyWork, 'tx' | 'today'>,
  company: Row<'company'>,
): Promise<ReturnType<typeof failed> | null> {
  const closures = await readClosures(tx, company.id);
  if (closures.length === 0) return null;
  const from = closures.map((one) => one.from_on).reduce(earlierOf, today);
  const silent = silentFrom(await readCalendar(tx, company), from, today);
  return silent === null ? null : failed('no-sending-day', { from: silent });
}
