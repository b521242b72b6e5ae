// Runs: one row each; a scheduled one happens once a day and company, which a unique index sees to.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { newId } from './id.ts';
import type { Tables } from './tables.ts';

/** The identifier of the run to do; null where the day's scheduled run was finished already. */
export async function startRun(
  tx: Kysely<Tables>,
  companyId: string,
  day: Day,
  bySchedule: boolean,
  practice: boolean,
): Promise<string | null> {
  if (bySchedule) {
    const earlier = await tx
      .selectFrom('run')
      .select(['id', 'finished_at'])
      .where('company_id', '=', companyId)
      .where('day', '=', day)
      .where('by_schedule', '=', true)
      .where('practice', '=', practice)
      .executeTakeFirst();
    if (earlier !== undefined) return earlier.finished_at === null ? earlier.id : null;
  }
  const id = newId();
  // Fifty schedulers at once: one of them notes the day's run, the others have nothing to do.
  const noted = await tx
    .insertInto('run')
    .values({ company_id: companyId, id, day, by_schedule: bySchedule, practice })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return noted?.id ?? null;
}

export async function finishRun(
  tx: Kysely<Tables>,
  companyId: string,
  id: string,
  counts: Record<string, number>,
): Promise<void> {
  await tx
    .updateTable('run')
    .set({ finished_at: sql`clock_timestamp()`, counts: JSON.stringify(counts) })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}
