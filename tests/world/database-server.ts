/**
 * The database server that all tests share, and the migrated database that every test's own is cloned from.
 * One server for the whole run: ours, in a temporary folder, or the one of RELANCE_TEST_DATABASE_URL (whose user must
 * be allowed to create databases).
 */
import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  clientConfig,
  type DatabaseConnection,
  openDatabase,
  parseDatabaseUrl,
  withClient,
} from '../../src/db/connection.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import { OWNER_ROLE } from '../../src/db/roles.ts';

/** What a test needs to know about the server; plain data, since it travels between processes. */
export interface TestServer {
  /** May create and drop databases. */
  admin: DatabaseConnection;
  /** Who owns the databases of tests. */
  owner: string;
  /** The name of the migrated database to clone. */
  template: string;
}

export interface RunningTestServer extends TestServer {
  stop(): Promise<void>;
}

/** Starts the server, or connects to the given one, and makes the template. */
export async function startTestServer(): Promise<RunningTestServer> {
  const url = process.env.RELANCE_TEST_DATABASE_URL;
  return url ? prepareServer(parseDatabaseUrl(url)) : startOwnServer();
}

async function startOwnServer(): Promise<RunningTestServer> {
  const folder = await mkdtemp(join(await placeForData(), `${prefix}${process.pid}-`));
  // As root the server runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false });
  const made = await makeTemplate(server.admin, OWNER_ROLE);
  return {
    ...made,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const prefix = 'relance-test-';

/** Where Linux keeps files in memory. */
const memory = '/dev/shm';

/** A whole run keeps some hundreds of megabytes; so much must be free both there and in all. */
const roomNeeded = 6 * 2 ** 30;

/**
 * In memory where there is plenty: hundreds of databases are made and removed, of six hundred small files each, which took a sixth of a
 * test's time on a disk.
 */
async function placeForData(): Promise<string> {
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  if (Math.min(bavail * bsize, freemem()) < roomNeeded) return tmpdir();
  await clearAway();
  return memory;
}

/** A run that was killed has left its databases in memory; the server that had them ends when it finds them gone. */
async function clearAway(): Promise<void> {
  const left = (await readdir(memory)).filter(
    (name) => name.startsWith(prefix) && !isRunning(Number(name.split('-')[2])),
  );
  for (const name of left) await rm(join(memory, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function prepareServer(admin: DatabaseConnection): Promise<RunningTestServer> {
  const made = await makeTemplate(admin, admin.user);
  return { ...made, stop: () => onServer(admin, `drop database if exists ${made.template} with (force)`) };
}

async function makeTemplate(admin: DatabaseConnection, owner: string): Promise<TestServer> {
  const template = `relance_template_${process.pid}`;
  await onServer(admin, `drop database if exists ${template}`);
  await onServer(admin, `create database ${template} owner ${owner}`);
  const database = await openDatabase({ connection: { ...admin, user: owner, database: template } });
  await migrateToLatest(database.owner);
  await database.close();
  return { admin, owner, template };
}

/** Runs one statement that belongs to no single database. */
export function onServer(admin: DatabaseConnection, statement: string): Promise<void> {
  return withClient(clientConfig(admin, 'relance tests'), async (client) => {
    await client.query(statement);
  });
}
