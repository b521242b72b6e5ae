/** Backup and restore: everything comes back, and a file that is not whole changes nothing. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupDatabase } from '../../src/db/backup.ts';
import { listForeignKeys, listPartitions, listTables, listTriggers, quoted } from '../../src/db/catalog.ts';
import { clientConfig, type DatabaseConnection, withClient } from '../../src/db/connection.ts';
import { migrationNames } from '../../src/db/migrate.ts';
import { migrations } from '../../src/db/migrations/index.ts';
import { restoreDatabase } from '../../src/db/restore.ts';
import { createDatabase } from '../world/database.ts';
import { fillEveryTable } from './fill-every-table.ts';

const dropped: (() => Promise<void>)[] = [];
let folder: string;
let file: string;
let source: DatabaseConnection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relance-backup-'));
  file = join(folder, 'relance.backup');
  source = await database({ migrated: true });
  await withClient(clientConfig(source), fillEveryTable);
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const drop of dropped.splice(0)) await drop();
});

test('every table has the same rows after, with its keys, triggers and partitions', async () => {
  const before = await contentOf(source);
  expect(Object.keys(before).length).toBeGreaterThan(20);
  const empty = Object.entries(before).filter(([, { rows }]) => rows === 0);
  expect(empty, 'a table without rows proves nothing: give it one in fill-every-table.ts').toEqual([]);

  const saved = await backupDatabase(source, file);
  const target = await database({ migrated: false });
  const restored = await restoreDatabase(target, file);

  expect(restored).toEqual(saved);
  expect(await contentOf(target)).toEqual(before);
  expect(await schemaOf(target)).toEqual(await schemaOf(source));
});

test('the file is readable by its owner alone, and none is left half written', async () => {
  await backupDatabase(source, file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await expect(backupDatabase({ ...source, database: 'no_such_database' }, file)).rejects.toThrow(/Can't connect/);
  expect(gunzipSync(readFileSync(file)).length).toBeGreaterThan(0);
});

test('a database that holds data is refused, and replaced if that is what is wanted', async () => {
  await backupDatabase(source, file);
  const before = await contentOf(source);
  await expect(restoreDatabase(source, file)).rejects.toThrow(/already holds data.*add --force/s);
  await withClient(clientConfig(source), (client) => client.query(`update company set name = 'changed'`));
  await restoreDatabase(source, file, { force: true });
  expect(await contentOf(source)).toEqual(before);
});

test.each([
  ['cut short', (whole: Buffer) => whole.subarray(0, whole.length - 200)],
  ['cut short between two records', (whole: Buffer) => gzipSync(withoutLastLine(gunzipSync(whole)))],
  ['changed in one byte', (whole: Buffer) => changedByte(whole)],
  ['changed in one byte and packed again', (whole: Buffer) => gzipSync(changedByte(gunzipSync(whole)))],
  ['something else', () => Buffer.from('invoice;amount\n')],
  ['something else, packed', () => gzipSync('{"format":"other"}\n')],
])('a file that is %s is refused with nothing changed', async (_, damage) => {
  await backupDatabase(source, file);
  const before = await contentOf(source);
  writeFileSync(file, damage(readFileSync(file)));
  await expect(restoreDatabase(source, file, { force: true })).rejects.toThrow(
    /can't be restored: .* Nothing was changed/,
  );
  expect(await contentOf(source)).toEqual(before);
});

test('a file that is not there is named', async () => {
  await expect(restoreDatabase(source, join(folder, 'nowhere'))).rejects.toThrow(/nowhere can't be read: ENOENT/);
});

test('a backup goes into a newer Relance, whose migrations run over what it brought', async () => {
  await backupDatabase(source, file);
  const target = await database({ migrated: false });
  await withMigration(
    '9998-adds-a-column',
    `alter table company add column motto text; update company set motto = name`,
    () => restoreDatabase(target, file),
  );
  const [row] = await withClient(clientConfig(target), async (client) => {
    return (await client.query('select bool_and(motto = name) as moved, count(*) from company')).rows;
  });
  expect(row).toEqual({ moved: true, count: 1 });
});

test('when a migration fails after loading, nothing was changed', async () => {
  await backupDatabase(source, file);
  await withClient(clientConfig(source), (client) => client.query(`update company set name = 'changed'`));
  const before = await contentOf(source);
  await withMigration('9998-fails', 'select 1/0', async () => {
    await expect(restoreDatabase(source, file, { force: true })).rejects.toThrow(
      /Migration 9998-fails says: division by zero/,
    );
  });
  expect(await contentOf(source)).toEqual(before);
});

test('a backup of a newer Relance is refused', async () => {
  const newer = await database({ migrated: true });
  await withClient(clientConfig(newer), (client) =>
    client.query(`insert into kysely_migration values ('9999-from-the-future', now()::text)`),
  );
  await backupDatabase(newer, file);
  await expect(restoreDatabase(source, file, { force: true })).rejects.toThrow(
    /made by a newer Relance.*9999-from-the-future/,
  );
});

async function database(options: { migrated: boolean }): Promise<DatabaseConnection> {
  const { connection, drop } = await createDatabase(options);
  dropped.push(drop);
  return connection;
}

/** The rows of each table as a number and a checksum that does not depend on their order. */
async function contentOf(connection: DatabaseConnection): Promise<Record<string, { rows: number; sum: string }>> {
  return withClient(clientConfig(connection), async (client) => {
    const content: Record<string, { rows: number; sum: string }> = {};
    for (const table of await listTables(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${quoted(table)} t order by 1`);
      const sum = createHash('sha256')
        .update(rows.map(({ row }) => row).join('\n'))
        .digest('hex');
      content[`${table.schema}.${table.name}`] = { rows: rows.length, sum };
    }
    return content;
  });
}

async function schemaOf(connection: DatabaseConnection): Promise<object> {
  return withClient(clientConfig(connection), async (client) => ({
    migrations: migrationNames(),
    tables: await listTables(client),
    partitions: await listPartitions(client),
    foreignKeys: (await listForeignKeys(client)).map(({ on }) => on).sort(),
    triggers: (await listTriggers(client)).map(({ on }) => on).sort(),
    policies: (
      await client.query('select tablename, policyname, roles, cmd, qual, with_check from pg_policies order by 1, 2')
    ).rows,
    rights: (
      await client.query(`select table_schema, table_name, privilege_type from information_schema.role_table_grants
        where grantee = 'relance_app' order by 1, 2, 3`)
    ).rows,
  }));
}

/** Runs `work` as a Relance that has one migration more. */
async function withMigration(name: string, statements: string, work: () => Promise<unknown>): Promise<void> {
  const { sql } = await import('kysely');
  const migration: Migration = {
    up: async (db) => {
      for (const statement of statements.split(';')) await sql.raw(statement).execute(db);
    },
  };
  migrations[name] = migration;
  try {
    await work();
  } finally {
    delete migrations[name];
  }
}

function changedByte(whole: Buffer): Buffer {
  const changed = Buffer.from(whole);
  const middle = Math.floor(changed.length / 2);
  changed[middle] = changed[middle]! ^ 1;
  return changed;
}

function withoutLastLine(content: Buffer): Buffer {
  return content.subarray(0, content.lastIndexOf('\n', content.length - 2) + 1);
}

test('a sample that has a row in every table is thrown away whole, with nothing of it left', async () => {
  const left = await withClient(clientConfig(source), async (client) => {
    await client.query('update company set sample = true');
    const { rows } = await client.query<{ id: string }>('select id from company');
    await client.query(`select set_config('relance.company_ids', $1, false)`, [rows[0]!.id]);
    const thrown = await client.query<{ thrown: boolean }>('select throw_away_sample($1) as thrown', [rows[0]!.id]);
    expect(thrown.rows).toEqual([{ thrown: true }]);
    const tables = (await listTables(client)).filter(({ columns }) => columns.includes('company_id'));
    expect(tables.length).toBeGreaterThan(30);
    const counts = [];
    for (const table of tables) {
      const found = await client.query<{ any: boolean }>(`select exists (select from ${quoted(table)}) as any`);
      if (found.rows[0]!.any) counts.push(table.name);
    }
    return counts;
  });
  expect(left).toEqual([]);
});
