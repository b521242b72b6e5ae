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
  // All bytes as one binary value, cut up by the database: an array of them would be written, and read there, as text.
  let at = 1;
  const offsets = documents.map(({ bytes }) => {
    at += bytes.length;
    return at - bytes.length;
  });
  const given = sql`unnest(${documents.map((one) => one.sha256)}::bytea[], ${documents.map((one) => one.kind)}::text[],
    ${offsets}::int[], ${documents.map((one) => one.bytes.length)}::int[]) as given(sha256, kind, at, length)`;
  await sql`
    insert into document (company_id, sha256, stored_on, kind, bytes, keep_until)
    select ${companyId}::uuid, given.sha256, ${today}::date, given.kind,
      substring(${Buffer.concat(documents.map((one) => one.bytes))}::bytea from given.at for given.length), ${keepUntil(today)}::date
    from ${given}
    where given.kind = 'mail' or not exists (select from document d where d.company_id = ${companyId} and d.sha256 = given.sha256)
    on conflict do nothing`.execute(tx);
}

/**
 * The bytes of these documents, named and found by SHA-256 in hexadecimal; what is not there is left out. They share memory with each
 * other and with nothing else.
 */
export async function readDocuments(
  tx: Kysely<Tables>,
  companyId: string,
  hashes: readonly string[],
): Promise<Map<string, Buffer>> {
  if (hashes.length === 0) return new Map();
  // COPY takes no parameters.
  const wanted = asBytes(hashes).map((hash) => sql.lit(`\\x${hash.toString('hex')}`));
  const { rows } = await sql<[sha256: Buffer, bytes: Buffer]>`copy (select sha256, bytes from document
    where company_id = ${sql.lit(companyId)} and sha256 = any(array[${sql.join(wanted)}]::bytea[])) to stdout (format binary)`.execute(
    tx,
  );
  return new Map(rows.map(([hash, bytes]) => [hash.toString('hex'), bytes]));
}

const asBytes = (hashes: readonly string[]): Buffer[] => [...new Set(hashes)].map((hash) => Buffer.from(hash, 'hex'));

/** How many bytes each of them has, by SHA-256 in hexadecimal. */
export async function documentSizes(
  tx: Kysely<Tables>,
  companyId: string,
  hashes: readonly string[],
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const found = await sql<{ sha256: string; size: number }>`
    select encode(sha256, 'hex') as sha256, octet_length(bytes) as size from document
    where company_id = ${companyId} and sha256 = any(${asBytes(hashes)}::bytea[])`.execute(tx);
  return new Map(found.rows.map(({ sha256, size }) => [sha256, size]));
}
