/**
 * The server process of the embedded PostgreSQL (its "postmaster"): making its data folder, starting it, finding one
 * that already runs, stopping it.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makePrivateFolder, type Place } from './embedded-place.ts';
import { runAs, spawnOptions } from './embedded-user.ts';
import { DatabaseProblem } from './problem.ts';

export const EMBEDDED_PORT = 5432;
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
const POLL_MS = 10;
const LOG_MAX_BYTES = 10_000_000;

/**
 * What the server keeps of its tables in memory, in MB: an eighth of the machine's, or of what this process is allowed, from 128 to 1024.
 * PostgreSQL proposes a quarter where nothing else runs ("shared_buffers"); the rest is Relance's own, the browser's and the system's.
 */
function sharedMegabytes(): number {
  const allowed = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.min(1024, Math.max(128, Math.floor(allowed / 8 / 2 ** 20)));
}

const SETTINGS = {
  listen_addresses: '',
  port: String(EMBEDDED_PORT),
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: `${sharedMegabytes()}MB`,
  max_wal_size: '2GB',
  // Compiling queries pays for reports over huge tables, and costs on everything we do.
  jit: 'off',
  // A few tables that grow in bursts: count them soon after a burst.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %a ',
  logging_collector: 'off',
};

/**
 * For tests only: a power cut then loses data, so that a test need not wait for the disk; and dozens of small databases that come and go
 * are not each looked through every few seconds. They may be in memory: so is what was written ahead.
 */
const NOT_DURABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum_naptime: '1min',
  max_wal_size: '512MB',
  shared_buffers: '256MB',
};

/** Makes the data folder if there is none; refuses one that another major version of PostgreSQL made. */
export async function prepareData(place: Place, durable: boolean): Promise<void> {
  if (!existsSync(place.data)) return createData(place, durable);
  const major = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => '');
  if (Number(major) === place.binaries.major) return;
  throw new DatabaseProblem(
    'other-version',
    `The database in ${place.data} was made by PostgreSQL ${major.trim() || 'of an unknown version'}, and this Relance ` +
      `brings PostgreSQL ${place.binaries.major}. Make a backup with the Relance that made it, move ${place.folder} ` +
      'aside, and run: npm run relance -- restore FILE',
  );
}

/** The data folder appears under its name only when it is complete: initdb may be killed half way. */
async function createData(place: Place, durable: boolean): Promise<void> {
  const partial = `${place.data}.new`;
  await rm(partial, { recursive: true, force: true });
  await makePrivateFolder(partial, place.user);
  // The language's rules of sorting come from ICU; everything else stays neutral, whatever the machine's language.
  const locale = ['--locale-provider=icu', '--icu-locale=und', '--locale=C', '--encoding=UTF8'];
  const sync = durable ? [] : ['--no-sync'];
  const args = ['-D', partial, '-U', 'postgres', '--auth=trust', '--data-checksums', ...locale, ...sync];
  await runAs(place.user, place.binaries.initdb, args).catch((cause: Error & { stderr?: string }) => {
    throw cannotStart(place, `initdb says: ${cause.stderr?.trim() || cause.message}`);
  });
  await rename(partial, place.data);
}

/** The process number of the server that runs on this data, ready or about to be; null if there is none. */
export async function findPostmaster(place: Place): Promise<number | null> {
  const pid = Number((await pidFile(place))[0]);
  if (!pid) return null;
  if (await isPostmaster(place, pid)) return pid;
  // A machine that lost its power leaves this file, and its number may since belong to another program,
  // which would make PostgreSQL believe that a server is still there.
  await rm(join(place.data, 'postmaster.pid'), { force: true });
  return null;
}

async function isPostmaster(place: Place, pid: number): Promise<boolean> {
  if (existsSync('/proc/self/cwd')) {
    // The server works inside its data folder, also when that was renamed since.
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return folder === (await realpath(place.data));
  }
  const command = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => null);
  return command?.stdout.includes('postgres') ?? false;
}

/** Starts the server and gives its process number once it answers. It outlives this process if that one is killed. */
export async function startPostmaster(place: Place, durable: boolean): Promise<number> {
  const settings = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE), unix_socket_directories: place.socket };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await openLog(place);
  const child = spawn(place.binaries.postgres, ['-D', place.data, ...args], {
    ...spawnOptions(place.user),
    // A session of its own: Ctrl-C in the terminal reaches Relance, which then stops the server in order.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await log.close();
  const ended = Promise.withResolvers<never>();
  child.once('error', (error) => ended.reject(cannotStart(place, error.message)));
  child.once('exit', () => ended.reject(cannotStart(place, `the server ended at once. It says: ${lastWords(place)}`)));
  await Promise.race([waitUntilReady(place), ended.promise]).finally(() => child.removeAllListeners());
  return child.pid!;
}

/** Waits until the server accepts connections (it may have a crash to recover from first). */
export async function waitUntilReady(place: Place): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if ((await pidFile(place))[7]?.trim() === 'ready') return;
    await pause(POLL_MS);
  }
  throw cannotStart(place, `the server was not ready after ${START_TIMEOUT_MS / 1000} seconds.`);
}

/** Ends the sessions, writes everything to disk, and waits until the server is gone. */
export async function stopPostmaster(place: Place, pid: number): Promise<void> {
  // SIGINT is PostgreSQL's "fast" shutdown.
  signal(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (existsSync(join(place.data, 'postmaster.pid')) || isAlive(pid)) {
    if (Date.now() > deadline) throw cannotStart(place, `the server (process ${pid}) does not stop.`);
    await pause(POLL_MS);
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** A zombie waits only for its parent to notice; in a container without an init that may be never. */
function isAlive(pid: number): boolean {
  return signal(pid, 0) && !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The lines of postmaster.pid: 1 the process, 8 its state. */
async function pidFile(place: Place): Promise<string[]> {
  const text = await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '');
  return text.split('\n');
}

async function openLog(place: Place) {
  const size = await stat(place.log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_MAX_BYTES) await rename(place.log, `${place.log}.1`);
  return open(place.log, 'a', 0o600);
}

/** The last complaint in the log, without its time and process number. */
function lastWords(place: Place): string {
  const complaints = readFileSync(place.log, 'utf8').match(/(?:FATAL|PANIC|HINT): .*/g) ?? [];
  return complaints.slice(-2).join(' ') || 'nothing.';
}

function cannotStart(place: Place, why: string): DatabaseProblem {
  return new DatabaseProblem(
    'cannot-start',
    `The database in ${place.data} can't be started: ${why} Its log is ${place.log}.`,
  );
}
