// The company's files: listed with what uses them, and which of them go with a step.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { given } from './given.ts';
import type { Tables } from './tables.ts';

export interface CompanyFileRow {
  id: string;
  name: string;
  type: string;
  bytes: number;
  addedOn: Day;
  /** Steps that it goes with, of sequences that are not deleted. */
  usedBy: { sequenceId: string; sequence: string; step: string }[];
  /** Messages that have not left and that it would leave with. */
  waiting: number;
}

/** Of the company, by name. */
export async function listCompanyFiles(tx: Kysely<Tables>, companyId: string): Promise<CompanyFileRow[]> {
  const found = await sql<CompanyFileRow>`
    select f.id, f.name, f.type, f.bytes, f.added_on as "addedOn",
      coalesce((select json_agg(json_build_object('sequenceId', q.id, 'sequence', q.title, 'step', s.name)
          order by q.title, s.offset_days)
        from step_file sf
        join step s on s.company_id = sf.company_id and s.id = sf.step_id and s.deleted_on is null
        join sequence q on q.company_id = s.company_id and q.id = s.sequence_id and q.status = 'active'
        where sf.company_id = f.company_id and sf.file_id = f.id), '[]') as "usedBy",
      (select count(*)::int from reminder r
        where r.company_id = f.company_id and r.channel = 'email' and r.state in ('to_approve', 'ready', 'sending', 'failed')
          and ${goesWith(sql.ref('f.id'))}) as waiting
    from company_file f where f.company_id = ${companyId} order by lower(f.name), f.id`.execute(tx);
  return found.rows;
}

/** Whether that file goes with reminder r: chosen for it, else because its step says so. */
const goesWith = (fileId: ReturnType<typeof sql.ref>) => sql<boolean>`case when r.company_file_ids is not null
  then ${fileId} = any(r.company_file_ids)
  else exists (select from step_file sf where sf.company_id = r.company_id and sf.step_id = r.step_id and sf.file_id = ${fileId}) end`;

/** Sizes in bytes of all files of the company, by identifier. With `kept`, nobody removes one until this transaction ends. */
export async function companyFileSizes(
  tx: Kysely<Tables>,
  companyId: string,
  { kept = false }: { kept?: boolean } = {},
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('company_file')
    .select(['id', 'bytes'])
    .where('company_id', '=', companyId)
    .$if(kept, (query) => query.forKeyShare())
    .execute();
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}

/** Files by step, in the order in which they are attached. */
export async function filesOfSteps(tx: Kysely<Tables>, companyId: string): Promise<Map<string, string[]>> {
  const rows = await tx
    .selectFrom('step_file')
    .select(['step_id', 'file_id'])
    .where('company_id', '=', companyId)
    .orderBy('step_id')
    .orderBy('position')
    .execute();
  const files = new Map<string, string[]>();
  for (const { step_id, file_id } of rows) files.set(step_id, [...(files.get(step_id) ?? []), file_id]);
  return files;
}

/** These and no others go with the step from now on. */
export async function setFilesOfStep(
  tx: Kysely<Tables>,
  companyId: string,
  stepId: string,
  fileIds: readonly string[],
): Promise<void> {
  await tx.deleteFrom('step_file').where('company_id', '=', companyId).where('step_id', '=', stepId).execute();
  if (fileIds.length === 0) return;
  const rows = fileIds.map((fileId, position) => ({ fileId, position }));
  await sql`insert into step_file (company_id, step_id, file_id, position)
    select ${companyId}::uuid, ${stepId}::uuid, given."fileId", given.position
    from ${given(rows, { fileId: 'uuid', position: 'int' })}`.execute(tx);
}
