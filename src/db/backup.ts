/**
 * Backup: everything in one snapshot, by COPY, into a file of our own (see backup-format.ts) that any later Relance on
 * any PostgreSQL can read. Secrets in it stay encrypted; the key that opens them (secret.key in the data folder) is
 * not in it and has to be kept apart.
 */
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type BackupHeader, type BackupRecord, encodeRecords, FORMAT_VERSION } from './backup-format.ts';
import { listPartitions, listSequences, listTables, quoted } from './catalog.ts';
import { clientConfig, type DatabaseConnection, withClient } from './connection.ts';
import { type BackupSummary, columnList, kyselyOn, NEUTRAL_FORMAT, type OnProgress } from './copy-session.ts';
import { appliedMigrations } from './migrate.ts';

/** Fast, and within a few per cent of what higher levels save on rows of text. */
const GZIP_LEVEL = 3;

/**
 * Writes everything that the database holds, as of one instant, to `filePath` (replaced only when complete; readable
 * by its owner alone). Others may go on working meanwhile. Connect as the owner.
 */
export async function backupDatabase(
  connection: DatabaseConnection,
  filePath: string,
  options: { onProgress?: OnProgress } = {},
): Promise<BackupSummary> {
  return withClient(clientConfig(connection, 'relance backup'), async (client) => {
    const summary: BackupSummary = { createdAt: new Date().toISOString(), tables: 0, rows: 0 };
    const records = readDatabase(client, summary, options.onProgress);
    await writeWhole(filePath, (partial) =>
      pipeline(
        Readable.from(encodeRecords(records), { objectMode: false }),
        createGzip({ level: GZIP_LEVEL }),
        createWriteStream(partial, { mode: 0o600, flush: true }),
      ),
    );
    return summary;
  });
}

/** The file appears under its name only when it is complete and on disk. */
async function writeWhole(filePath: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${filePath}.partial`;
  await rm(partial, { force: true });
  try {
    await write(partial);
    await rename(partial, filePath);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  const folder = await open(dirname(filePath));
  await folder.sync().finally(() => folder.close());
}

async function* readDatabase(
  client: Client,
  summary: BackupSummary,
  onProgress?: OnProgress,
): AsyncGenerator<BackupRecord> {
  await client.query('begin isolation level repeatable read read only');
  // Where row-level security would hide rows, fail instead of leaving them out.
  await client.query(`${NEUTRAL_FORMAT}; set local row_security = off`);
  const header = await describeDatabase(client, summary.createdAt);
  yield header;
  for (const table of header.tables) {
    yield { type: 'table', schema: table.schema, name: table.name };
    const rows = yield* readTable(client, table);
    yield { type: 'table-end', rows };
    summary.tables += 1;
    summary.rows += rows;
    onProgress?.({ table: table.name, rows, done: summary.tables, total: header.tables.length });
  }
  // Sequences stand outside the snapshot: read last, they are past every number in the rows above.
  const sequences = await listSequences(client);
  await client.query('commit');
  yield { type: 'end', sequences };
}

async function describeDatabase(client: Client, createdAt: string): Promise<BackupHeader> {
  return {
    type: 'header',
    format: 'relance-backup',
    version: FORMAT_VERSION,
    createdAt,
    migrations: await appliedMigrations(kyselyOn(client)),
    tables: await listTables(client),
    partitions: await listPartitions(client),
  };
}

/** Yields a table's rows in pieces; gives their number at the end. */
async function* readTable(client: Client, table: BackupHeader['tables'][number]): AsyncGenerator<BackupRecord, number> {
  // A query, not the table's name: before PostgreSQL 18 a partitioned table can't be copied by name.
  const source = client.query(copyTo(`copy (select ${columnList(table)} from ${quoted(table)}) to stdout`));
  for await (const content of source) yield { type: 'data', content: content as Buffer };
  return source.rowCount;
}
