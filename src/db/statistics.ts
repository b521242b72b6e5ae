// The planner's statistics, refreshed after a bulk of rows instead of waiting for the server to notice.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** From so many rows written on, waiting for the server would make the next statements slow. */
export const bulkRows = 500;

export async function refreshStatistics(db: Kysely<Tables>): Promise<void> {
  await sql`select refresh_statistics()`.execute(db);
}
