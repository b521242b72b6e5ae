// Which companies there are: what the worker asks before it can name one.
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export async function everyCompanyId(db: Kysely<Tables>): Promise<string[]> {
  const found = await sql<{ id: string }>`select all_company_ids() as id`.execute(db);
  return found.rows.map((row) => row.id);
}
