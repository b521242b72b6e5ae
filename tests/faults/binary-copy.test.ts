/** Files are read as bytes, by COPY: what comes back, for whom, and what a fault leaves behind. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inCompany } from '../../src/db/connection.ts';
import { readDocuments, storeDocuments } from '../../src/db/document.ts';
import { sha256 } from '../../src/formats/mail.ts';
import { addCompanies, mine, onOneConnection, theirs } from '../world/one-connection.ts';

test('files come back as they were stored, whatever their size and their bytes, to their own company alone', async () => {
  const { app, owner } = await onOneConnection();
  await addCompanies(owner);
  const files = [
    Buffer.alloc(0),
    Buffer.from([0]),
    Buffer.from('\\.\n\\N\tPGCOPY\n\xff\r\n', 'latin1'),
    randomBytes(700_000),
  ];
  const stored = files.map((bytes) => ({ sha256: sha256(bytes), kind: 'invoice' as const, bytes }));
  await inCompany(app, mine, (tx) => storeDocuments(tx, mine, '2026-03-02', stored));
  const hashes = stored.map((one) => one.sha256.toString('hex'));
  const read = (companyId: string, asked: string) =>
    inCompany(app, companyId, (tx) =>
      readDocuments(tx, asked, [...hashes, sha256(Buffer.from('other')).toString('hex')]),
    );
  const back = await read(mine, mine);
  expect([...back.keys()].sort()).toEqual([...hashes].sort());
  for (const { sha256: hash, bytes } of stored) expect(back.get(hash.toString('hex'))!.equals(bytes)).toBe(true);
  expect((await read(theirs, theirs)).size).toBe(0);
  // Neither do rows of another company come through a COPY than through a query, whatever it asks for.
  expect((await read(theirs, mine)).size).toBe(0);
});

test('columns without a value, rows in their order, and none', async () => {
  const { app } = await onOneConnection();
  const answer = await sql<
    (Buffer | null)[]
  >`copy (select case when g = 2 then null else g::text end as value, 'x' from generate_series(1, 3) g order by g)
    to stdout (format binary)`.execute(app);
  expect(answer.rows.map((row) => row.map((value) => value?.toString() ?? null))).toEqual([
    ['1', 'x'],
    [null, 'x'],
    ['3', 'x'],
  ]);
  expect((await sql`copy (select 1 where false) to stdout (format binary)`.execute(app)).rows).toEqual([]);
});

test('one that fails, at once or half-way, says so, and its connection goes on', async () => {
  const { app } = await onOneConnection();
  await expect(sql`copy (select * from nowhere) to stdout (format binary)`.execute(app)).rejects.toThrow('nowhere');
  const halfWay = sql`copy (select repeat('x', 9000), 1 / (500 - n) from generate_series(1, 1000) n) to stdout (format binary)`;
  await expect(halfWay.execute(app)).rejects.toThrow('division by zero');
  expect((await sql`select 1 as one`.execute(app)).rows).toEqual([{ one: 1 }]);
});
