// The planner's statistics, refreshed after a bulk of rows instead of waiting for the server to notice.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * From so many rows written on, waiting for the server would make the next statements slow: with 240 messages that wait, their list
 * took minutes.
 */
export const bulkRows = 50;

/** Counts those of the tables whose statistics know of fewer rows than were just written. */
export async function refreshStatistics(
  db: Kysely<Tables>,
  written: number,
  tables: readonly (keyof Tables)[],
): Promise<void> {
  if (written < bulkRows) return;
  await sql`select refresh_statistics(${written}::bigint, variadic ${tables}::text[])`.execute(db);
}
