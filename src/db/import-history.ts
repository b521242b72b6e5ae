// What is kept of imports: the history, the errors of each, and the columns chosen for files with the same headings.
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { ImportCounts, ImportKind } from '../core/import.ts';
import type { RowError } from '../core/words-import.ts';
import type { Row, Tables } from './tables.ts';

type Tx = Kysely<Tables>;

/** Of a file that is wrong from end to end, the first errors say it all. */
const errorsKept = 10_000;

export interface FinishedImport {
  companyId: string;
  id: string;
  kind: ImportKind;
  fileName: string;
  sha256: Buffer;
  state: 'finished' | 'refused';
  startedAt: Date;
  finishedAt: Date;
  counts: ImportCounts;
  errors: number;
  by: string;
}

/** Notes the import with the first ten thousand of the errors that stand in the stage. */
export async function noteImport(tx: Tx, done: FinishedImport): Promise<void> {
  await tx
    .insertInto('import')
    .values({
      company_id: done.companyId,
      id: done.id,
      kind: done.kind,
      file_name: done.fileName,
      sha256: done.sha256,
      state: done.state,
      started_at: done.startedAt,
      finished_at: done.finishedAt,
      counts: JSON.stringify(done.counts),
      errors: done.errors,
      by_user: done.by,
    })
    .execute();
  await sql`insert into import_error (company_id, import_id, position, row_number, column_name, value, code, parameters)
    select ${done.companyId}, ${done.id}, row_number() over (order by row, column_name nulls first, code), row, column_name,
      value, code, parameters
    from staged_fault order by row, column_name nulls first, code limit ${errorsKept}`.execute(tx);
}

/** The imports of the company, the latest first. */
export async function listImports(tx: Tx, companyId: string, most: number, before?: string): Promise<Row<'import'>[]> {
  let query = tx.selectFrom('import').selectAll().where('company_id', '=', companyId);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(most).execute();
}

export async function errorsOfImport(tx: Tx, companyId: string, importId: string): Promise<RowError[]> {
  const { rows } = await sql<RowError>`
    select row_number as "row", column_name as "column", value, code, parameters as "with" from import_error
    where company_id = ${companyId} and import_id = ${importId} order by position`.execute(tx);
  return rows;
}

const hashed = (signature: string): Buffer => createHash('sha256').update(signature).digest();

export interface RememberedMapping {
  mapping: Record<string, string>;
  options: Record<string, string | number>;
}

/** The mapping last used for files with these headings, or null. */
export async function rememberedMapping(
  tx: Tx,
  companyId: string,
  kind: ImportKind,
  signature: string,
): Promise<RememberedMapping | null> {
  const found = await tx
    .selectFrom('import_mapping')
    .select(['mapping', 'options'])
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('signature', '=', hashed(signature))
    .executeTakeFirst();
  return found ?? null;
}

export async function rememberMapping(
  tx: Tx,
  companyId: string,
  kind: ImportKind,
  signature: string,
  remembered: RememberedMapping,
): Promise<void> {
  const said = { mapping: JSON.stringify(remembered.mapping), options: JSON.stringify(remembered.options) };
  await tx
    .insertInto('import_mapping')
    .values({ company_id: companyId, kind, signature: hashed(signature), ...said })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'kind', 'signature']).doUpdateSet({ ...said, used_at: new Date() }),
    )
    .execute();
}
