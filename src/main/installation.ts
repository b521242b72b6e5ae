// An installation opened: its database started or reached, brought up to date (with a backup first), its keys read.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, type Jobs, noJobs } from '../app/context.ts';
import { backupDatabase } from '../db/backup.ts';
import { type Database, type DatabaseConnection, openDatabase, parseDatabaseUrl } from '../db/connection.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrateToLatest } from '../db/migrate.ts';
import { type SecretBox, secretBox } from '../db/secret-box.ts';
import type { Environment } from './environment.ts';

export interface Installation {
  environment: Environment;
  database: Database;
  secrets: SecretBox;
  /** Signs the cookies of sessions. */
  sessionSecret: string;
  context(jobs?: Jobs): Context;
  /** Closes the connections; stops the embedded server where nobody else uses it. */
  close(): Promise<void>;
}

/** Throws DatabaseProblem in plain words where the database can't be used. */
export async function openInstallation(environment: Environment): Promise<Installation> {
  mkdirSync(environment.dataDir, { recursive: true });
  const key = readKey(join(environment.dataDir, 'secret.key'));
  const server = await reachDatabase(environment);
  try {
    const database = await openDatabase({ connection: server.connection });
    await migrateToLatest(database.owner, {
      beforeMigrating: ({ applied }) => backupBefore(environment.dataDir, server.connection, applied.length),
    });
    const secrets = secretBox(key.subarray(0, 32));
    return {
      environment,
      database,
      secrets,
      sessionSecret: key.subarray(32).toString('hex'),
      context: (jobs = noJobs) => ({ db: database.app, now: () => Temporal.Now.instant(), jobs, secrets }),
      close: async () => {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export async function reachDatabase(
  environment: Environment,
): Promise<{ connection: DatabaseConnection; stop(): Promise<void> }> {
  if (environment.databaseUrl !== null) {
    return { connection: parseDatabaseUrl(environment.databaseUrl), stop: async () => {} };
  }
  const server = await startEmbedded({ dataDir: environment.dataDir });
  return { connection: server.connection, stop: () => server.stop() };
}

/** 64 random bytes, made at the first start: 32 seal the secrets at rest, 32 sign the sessions. Only its owner may read it. */
function readKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(64).toString('hex'), { mode: 0o600, flag: 'wx' });
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 64)
    throw new Error(`The key of the installation, ${file}, is damaged: put back the copy that you kept.`);
  return key;
}

async function backupBefore(dataDir: string, connection: DatabaseConnection, applied: number): Promise<void> {
  const folder = join(dataDir, 'backups');
  mkdirSync(folder, { recursive: true });
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  await backupDatabase(connection, join(folder, `before-migration-${applied}-${stamp}.relance`));
}
