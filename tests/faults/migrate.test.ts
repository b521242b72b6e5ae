/** Migrations: once, in order, with a backup before, and never backwards; and the role that the application works as. */
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { type Database, inCompanies, inCompany, openDatabase, withCompany } from '../../src/db/connection.ts';
import { migrateToLatest, migrationNames } from '../../src/db/migrate.ts';
import { createDatabase } from '../world/database.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('two processes that migrate a new database at once apply each migration once, without a backup', async () => {
  const [first, second] = await openTwice({ migrated: false });
  const backups: unknown[] = [];
  const beforeMigrating = async (change: object) => void backups.push(change);
  const applied = await Promise.all([first, second].map((one) => migrateToLatest(one.owner, { beforeMigrating })));
  expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([migrationNames(), []]);
  expect(backups).toEqual([]);
});

test('before a database in use is changed, the hook is called; when it fails, nothing is changed', async () => {
  const [database] = await openTwice({ migrated: true });
  const last = migrationNames().at(-1)!;
  await sql`delete from kysely_migration where name = ${last}`.execute(database.owner);
  const noRoom = async ({ pending }: { pending: string[] }) => {
    throw new Error(`no room for a backup before ${pending}`);
  };
  await expect(migrateToLatest(database.owner, { beforeMigrating: noRoom })).rejects.toThrow(`before ${last}`);
});

test('a database of a newer Relance is refused', async () => {
  const [database] = await openTwice({ migrated: true });
  await sql`insert into kysely_migration values ('9999-from-the-future', now()::text)`.execute(database.owner);
  await expect(migrateToLatest(database.owner)).rejects.toThrow(/newer Relance.*9999-from-the-future.*Update Relance/s);
});

test('the application sees the companies that a transaction names, and no other', async () => {
  const [database] = await openTwice({ migrated: true });
  const [mine, theirs] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'] as const;
  for (const id of [mine, theirs]) {
    await database.owner
      .insertInto('company')
      .values({ id, name: id, country: 'FR', time_zone: 'Europe/Paris', language: 'fr', currency: 'EUR' })
      .execute();
  }
  const names = (tx: Database['app']) => tx.selectFrom('company').select('id').orderBy('id').execute();
  expect(await names(database.app)).toEqual([]);
  expect(await inCompany(database.app, mine, names)).toEqual([{ id: mine }]);
  const read = (id: string) =>
    withCompany(database.app, id, async (tx, company) => ({ is: company?.id, sees: await names(tx) }));
  expect(await read(mine)).toEqual({ is: mine, sees: [{ id: mine }] });
  expect(await read('01900000-0000-7000-8000-00000000000c')).toEqual({ is: undefined, sees: [] });
  expect(await inCompanies(database.app, [mine, theirs], names)).toEqual([{ id: mine }, { id: theirs }]);
  expect(await names(database.app)).toEqual([]);
  const rename = inCompanies(database.app, [mine, theirs], (tx) =>
    tx.updateTable('company').set({ name: '?' }).execute(),
  );
  await expect(rename).rejects.toThrow('read-only transaction');
});

test('a bigint comes as a number or not at all, a day as its text', async () => {
  const [{ owner }] = await openTwice({ migrated: false });
  const { rows } = await sql`select 9007199254740991::int8 as most, date '2026-03-29' as day,
    '{2026-03-29,null}'::date[] as days, '{1,null}'::int8[] as numbers, 1.10::numeric as exact`.execute(owner);
  expect(rows).toEqual([
    { most: 9007199254740991, day: '2026-03-29', days: ['2026-03-29', null], numbers: [1, null], exact: '1.10' },
  ]);
  await expect(sql`select 9007199254740992::int8`.execute(owner)).rejects.toThrow(/9007199254740992, which is beyond/);
});

async function openTwice(options: { migrated: boolean }): Promise<[Database, Database]> {
  const { connection, drop } = await createDatabase(options);
  closing.push(drop);
  const open = async () => {
    const database = await openDatabase({ connection });
    closing.push(database.close);
    return database;
  };
  return [await open(), await open()];
}
