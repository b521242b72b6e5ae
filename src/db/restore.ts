/** Restore: a backup file becomes the whole content of a database, or nothing is changed. */
import { pipeline } from 'node:stream/promises';
import type { Kysely } from 'kysely';
import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type BackupHeader, type BackupRecord, readBackup, type SequenceState } from './backup-format.ts';
import {
  type Detachable,
  listForeignKeys,
  listPartitions,
  listSchemas,
  listTables,
  listTriggers,
  quoted,
} from './catalog.ts';
import { clientConfig, type DatabaseConnection, withClient } from './connection.ts';
import { type BackupSummary, columnList, kyselyOn, NEUTRAL_FORMAT, type OnProgress } from './copy-session.ts';
import { migrateWithin, migrationNames } from './migrate.ts';
import { DatabaseProblem } from './problem.ts';
import type { Tables } from './tables.ts';

const LOCK_NOT_AVAILABLE = '55P03';

export interface RestoreOptions {
  /** Replace what the database holds. Without it, a database with any row of ours is refused. */
  force?: boolean;
  onProgress?: OnProgress;
}

/**
 * Puts the backup into the database, brought up to this code's schema. The file is read to its end before anything is
 * changed, and everything happens in one transaction: either all of it is there afterwards, or nothing was changed.
 * Connect as the owner, and hold the installation's lock: nobody may be working. Throws DatabaseProblem.
 */
export async function restoreDatabase(
  connection: DatabaseConnection,
  filePath: string,
  options: RestoreOptions = {},
): Promise<BackupSummary> {
  const header = await checkWhole(filePath);
  refuseUnknownMigrations(header, filePath);
  return withClient(clientConfig(connection, 'relance restore'), async (client) => {
    if (!options.force) await refuseNonEmpty(client, connection);
    const summary: BackupSummary = { createdAt: header.createdAt, tables: 0, rows: 0 };
    await kyselyOn(client)
      .transaction()
      .execute((tx) => replaceEverything(client, tx, { header, filePath, summary, onProgress: options.onProgress }));
    await client.query('analyze');
    return summary;
  });
}

/** Reads the file to its end, checksum included, and gives its header. */
async function checkWhole(filePath: string): Promise<BackupHeader> {
  let header: BackupHeader | undefined;
  for await (const record of readBackup(filePath)) {
    if (record.type === 'header') header = record;
  }
  return header!;
}

function refuseUnknownMigrations(header: BackupHeader, filePath: string): void {
  const known = migrationNames();
  const unknown = header.migrations.find((name, index) => known[index] !== name);
  if (unknown === undefined) return;
  throw new DatabaseProblem(
    'newer-database',
    `${filePath} was made by a newer Relance: this one does not know its migration ${unknown}. ` +
      'Nothing was changed. Update Relance and restore again.',
  );
}

async function refuseNonEmpty(client: Client, connection: DatabaseConnection): Promise<void> {
  for (const table of await listTables(client)) {
    const { rowCount } = await client.query(`select from ${quoted(table)} limit 1`);
    if (!rowCount) continue;
    throw new DatabaseProblem(
      'not-empty',
      `The database "${connection.database}" already holds data (in the table ${table.name}). Nothing was changed. ` +
        'To replace all of it by the backup, add --force.',
    );
  }
}

interface Restore {
  header: BackupHeader;
  filePath: string;
  summary: BackupSummary;
  onProgress?: OnProgress | undefined;
}

async function replaceEverything(client: Client, tx: Kysely<Tables>, restore: Restore): Promise<void> {
  const { header } = restore;
  await dropEverything(client);
  const last = header.migrations.at(-1);
  if (last !== undefined) await migrateWithin(tx, last);
  await makeMissingPartitions(client, header);
  const detached = [...(await listTriggers(client)), ...(await listForeignKeys(client))];
  await takeOff(client, detached);
  await loadRows(client, restore);
  await putBack(client, detached);
  await migrateWithin(tx, null);
}

async function dropEverything(client: Client): Promise<void> {
  const schemas = await listSchemas(client);
  await client.query(`set local lock_timeout = '10s'`);
  try {
    for (const schema of schemas) await client.query(`drop schema ${escapeIdentifier(schema)} cascade`);
  } catch (error) {
    throw (error as { code?: string }).code === LOCK_NOT_AVAILABLE ? inUse(error) : error;
  }
  await client.query('create schema if not exists public');
}

const inUse = (cause: unknown): DatabaseProblem =>
  new DatabaseProblem(
    'in-use',
    'Somebody is working in the database. Nothing was changed. Stop Relance and restore again.',
    {
      cause,
    },
  );

async function makeMissingPartitions(client: Client, header: BackupHeader): Promise<void> {
  const there = new Set((await listPartitions(client)).map(quoted));
  for (const partition of header.partitions.filter((one) => !there.has(quoted(one)))) {
    await client.query(`create table ${quoted(partition)} partition of ${quoted(partition.parent)} ${partition.bound}`);
  }
}

async function takeOff(client: Client, detached: Detachable[]): Promise<void> {
  for (const { off } of detached) await client.query(off);
}

async function putBack(client: Client, detached: Detachable[]): Promise<void> {
  await client.query('set constraints all immediate');
  for (const { on } of detached) await client.query(on);
}

async function loadRows(client: Client, { header, filePath, summary, onProgress }: Restore): Promise<void> {
  await client.query(NEUTRAL_FORMAT);
  // What a migration put in by itself is in the backup too, perhaps changed since.
  if (header.tables.length > 0) await client.query(`truncate ${header.tables.map(quoted).join(', ')}`);
  const records = readBackup(filePath);
  for await (const record of records) {
    if (record.type === 'end') await setSequences(client, record.sequences);
    if (record.type !== 'table') continue;
    const rows = await loadTable(client, header, record, records);
    summary.tables += 1;
    summary.rows += rows;
    onProgress?.({ table: record.name, rows, done: summary.tables, total: header.tables.length });
  }
}

/** Takes the records of one table, up to its end, from those that follow; gives the number of rows loaded. */
async function loadTable(
  client: Client,
  header: BackupHeader,
  name: { schema: string; name: string },
  records: AsyncGenerator<BackupRecord>,
): Promise<number> {
  const table = header.tables.find((one) => one.schema === name.schema && one.name === name.name)!;
  const target = client.query(copyFrom(`copy ${quoted(table)} (${columnList(table)}) from stdin`));
  let expected = 0;
  await pipeline(
    rowsOf(records, (rows) => {
      expected = rows;
    }),
    target,
  );
  if (target.rowCount === expected) return expected;
  throw new Error(`The table ${table.name} got ${target.rowCount} rows of ${expected}.`);
}

async function* rowsOf(records: AsyncGenerator<BackupRecord>, atEnd: (rows: number) => void): AsyncGenerator<Buffer> {
  for (;;) {
    // By hand: a for-await would end the outer reading when this table ends.
    const { value } = await records.next();
    if (value?.type === 'data') yield value.content;
    else if (value?.type === 'table-end') return atEnd(value.rows);
    else throw new Error('A table in the backup has no end.');
  }
}

async function setSequences(client: Client, sequences: SequenceState[]): Promise<void> {
  for (const sequence of sequences) {
    await client.query('select setval($1::regclass, $2, $3)', [
      quoted(sequence),
      sequence.lastValue,
      sequence.isCalled,
    ]);
  }
}
