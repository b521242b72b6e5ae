// A file that a person adds to one reminder: kept as a document under its SHA-256, for one customer; attached when the reminder is
// sent, and to that one only.
import { done, failed, type Result } from '../core/fault.ts';
import { storeDocuments } from '../db/document.ts';
import { newId } from '../db/id.ts';
import { fileName, namedAs } from '../formats/file-name.ts';
import { fileType } from '../formats/file-type.ts';
import { sha256 } from '../formats/mail.ts';
import { type Acting, type Context, forCompany } from './context.ts';

export interface AddedFile {
  fileId: string;
  name: string;
  type: string;
  size: number;
}

export function addFile(
  context: Context,
  acting: Acting,
  input: { invoiceId: string; name: string; bytes: Buffer },
): Promise<Result<AddedFile>> {
  return forCompany(context, acting, async ({ tx, company, today, scope }) => {
    const { bytes } = input;
    const called = fileName(input.name);
    if (bytes.length === 0) return failed('file-empty', { file: called });
    const type = fileType(called, bytes);
    if (type === null) return failed('file-type-refused', { file: called });
    const name = namedAs(called, type);
    const invoice = await tx
      .selectFrom('invoice')
      .select('customer_id')
      .where('company_id', '=', company.id)
      .where('id', '=', input.invoiceId)
      .executeTakeFirst();
    if (invoice === undefined) return failed('not-found', { what: 'invoice', id: input.invoiceId });
    const hash = sha256(bytes);
    const fileId = newId();
    await storeDocuments(tx, company.id, today, [{ sha256: hash, kind: 'attachment', bytes }]);
    await tx
      .insertInto('reminder_file')
      .values({
        company_id: company.id,
        id: fileId,
        customer_id: invoice.customer_id,
        sha256: hash,
        name,
        type,
        bytes: bytes.length,
        added_on: today,
        added_by: scope.actor,
      })
      .execute();
    return done({ fileId, name, type, size: bytes.length });
  });
}
