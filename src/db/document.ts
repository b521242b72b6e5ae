// Documents: bytes kept under (company, SHA-256), once, in a table partitioned by month, with how long they must be kept.
import { type Kysely, sql } from 'kysely';
import { addDays, type Day } from '../core/day.ts';
import type { Row, Tables } from './tables.ts';

/** Proof is kept ten years (C. com. L123-22: ten years for accounting documents). */
export const keepYears = 10;

export interface NewDocument {
  sha256: Buffer;
  kind: Row<'document'>['kind'];
  bytes: Buffer;
}

export function keepUntil(storedOn: Day): Day {
  return addDays(`${Number(storedOn.slice(0, 4)) + keepYears}${storedOn.slice(4, 8)}01`, 31);
}

/** Stores what is not stored already. One round trip for the partition, one for the rows. */
export async function storeDocuments(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  documents: readonly NewDocument[],
): Promise<void> {
  if (documents.length === 0) return;
  await sql`select ensure_document_partition(${today}::date)`.execute(tx);
  await sql`
    insert into document (company_id, sha256, stored_on, kind, bytes, keep_until)
    select ${companyId}::uuid, given.sha256, ${today}::date, given.kind, given.bytes, ${keepUntil(today)}::date
    from unnest(${documents.map((one) => one.sha256)}::bytea[], ${documents.map((one) => one.kind)}::text[],
      ${documents.map((one) => one.bytes)}::bytea[]) as given(sha256, kind, bytes)
    where given.kind = 'mail' or not exists (select from document d where d.company_id = ${companyId} and d.sha256 = given.sha256)
    on conflict do nothing`.execute(tx);
}

/** The bytes of these documents, by SHA-256 in hexadecimal; what is not there is left out. */
export async function readDocuments(
  tx: Kysely<Tables>,
  companyId: string,
  hashes: readonly Buffer[],
): Promise<Map<string, Buffer>> {
  if (hashes.length === 0) return new Map();
  const found = await tx
    .selectFrom('document')
    .select(['sha256', 'bytes'])
    .where('company_id', '=', companyId)
    .where('sha256', 'in', [...hashes])
    .execute();
  return new Map(found.map((row) => [row.sha256.toString('hex'), row.bytes]));
}
