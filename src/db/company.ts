// Which companies there are: what the worker asks before it can name one.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export async function everyCompanyId(db: Kysely<Tables>): Promise<string[]> {
  const found = await sql<{ id: string }>`select all_company_ids() as id`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Deletes a sample company of the session with everything in it; false where it is no sample. */
export async function throwAway(tx: Kysely<Tables>, companyId: string): Promise<boolean> {
  const found = await sql<{ thrown: boolean }>`select throw_away_sample(${companyId}) as thrown`.execute(tx);
  return found.rows[0]!.thrown;
}
