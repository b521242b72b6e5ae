// Files of the company that go with the messages of a step (general terms, bank details, a form): added once, named by as many
// steps as one likes, replaced, removed. A message that has left keeps the bytes that it left with.
import { done, failed, type Result } from '../core/fault.ts';
import { type CompanyFileRow, listCompanyFiles } from '../db/company-file.ts';
import { readDocuments, storeDocuments } from '../db/document.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { unclaimEverything } from '../db/reminder.ts';
import type { Row } from '../db/tables.ts';
import { fileName, namedAs } from '../formats/file-name.ts';
import { fileType } from '../formats/file-type.ts';
import { sha256 } from '../formats/mail.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

export interface UploadedCompanyFile {
  name: string;
  bytes: Buffer;
}

/** What opens on any computer and any telephone: it goes to every customer. */
const types = ['application/pdf', 'image/png', 'image/jpeg'];

export function browseCompanyFiles(context: Context, acting: Acting): Promise<CompanyFileRow[]> {
  return forCompany(context, acting, ({ tx, company }) => listCompanyFiles(tx, company.id));
}

/** Faults: 'file-empty', 'company-file-kind' (neither PDF, PNG nor JPEG by its content). */
export function addCompanyFile(
  context: Context,
  acting: Acting,
  input: UploadedCompanyFile,
): Promise<Result<{ fileId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const columns = await stored(work, input);
    if (!columns.ok) return columns;
    const row = { company_id: company.id, id: newId(), ...columns.value, added_on: today, added_by: scope.actor };
    await tx.insertInto('company_file').values(row).execute();
    return told(work, 'company-file.added', row);
  });
}

/** What has not left goes with the new one. The faults of addCompanyFile, and 'not-found'. */
export function replaceCompanyFile(
  context: Context,
  acting: Acting,
  { fileId, ...input }: UploadedCompanyFile & { fileId: string },
): Promise<Result<{ fileId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    await unclaimEverything(tx, company.id);
    const columns = await stored(work, input);
    if (!columns.ok) return columns;
    const replaced = await tx
      .updateTable('company_file')
      .set({ ...columns.value, added_on: today, added_by: scope.actor })
      .where('company_id', '=', company.id)
      .where('id', '=', fileId)
      .executeTakeFirst();
    if (replaced.numUpdatedRows === 0n) return failed('not-found', { what: 'file', id: fileId });
    return told(work, 'company-file.replaced', { id: fileId, name: columns.value.name });
  });
}

/** It goes with no message any more: steps that name it are without it. Faults: 'not-found'. */
export function removeCompanyFile(
  context: Context,
  acting: Acting,
  { fileId }: { fileId: string },
): Promise<Result<{ fileId: string }>> {
  return forCompany(context, acting, async (work) => {
    await unclaimEverything(work.tx, work.company.id);
    const removed = await work.tx
      .deleteFrom('company_file')
      .where('company_id', '=', work.company.id)
      .where('id', '=', fileId)
      .returning(['id', 'name'])
      .executeTakeFirst();
    if (removed === undefined) return failed('not-found', { what: 'file', id: fileId });
    return told(work, 'company-file.removed', removed);
  });
}

/** To be looked at. Faults: 'not-found'. */
export function openCompanyFile(
  context: Context,
  acting: Acting,
  { fileId }: { fileId: string },
): Promise<Result<{ name: string; type: string; bytes: Buffer }>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const file = await tx
      .selectFrom('company_file')
      .select(['name', 'type', 'sha256'])
      .where('company_id', '=', company.id)
      .where('id', '=', fileId)
      .executeTakeFirst();
    if (file === undefined) return failed('not-found', { what: 'file', id: fileId });
    const hash = file.sha256.toString('hex');
    const bytes = (await readDocuments(tx, company.id, [hash])).get(hash);
    if (bytes === undefined) throw new Error(`The bytes of the company's file ${fileId} are missing.`);
    return done({ name: file.name, type: file.type, bytes });
  });
}

type Columns = Pick<Row<'company_file'>, 'name' | 'type' | 'bytes' | 'sha256'>;

async function stored({ tx, company, today }: CompanyWork, given: UploadedCompanyFile): Promise<Result<Columns>> {
  const { bytes } = given;
  const called = fileName(given.name);
  if (bytes.length === 0) return failed('file-empty', { file: called });
  const type = fileType(called, bytes);
  if (type === null || !types.includes(type)) return failed('company-file-kind', { file: called });
  const name = namedAs(called, type);
  const hash = sha256(bytes);
  await storeDocuments(tx, company.id, today, [{ sha256: hash, kind: 'attachment', bytes }]);
  return done({ name, type, bytes: bytes.length, sha256: hash });
}

async function told(
  { tx, scope }: CompanyWork,
  type: EventType,
  { id, name }: { id: string; name: string },
): Promise<Result<{ fileId: string }>> {
  await recordEvents(tx, scope, [{ type, payload: { name } }]);
  return done({ fileId: id });
}
