/**
 * A lock on a folder between processes of one machine, that the kernel releases when its holder dies, even by kill -9.
 *
 * Node offers no file locks of its own, and a lock file that holds a process number needs guesses about stale ones.
 * SQLite, which is inside Node, takes a true kernel lock (fcntl) on its file: nothing is ever written into it.
 */
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseProblem } from './problem.ts';

const SQLITE_BUSY = 5;
const RETRY_MS = 20;

/**
 * Runs `work` while no other process holds the lock of that folder; waits for its turn without limit.
 * The folder must exist. Throws what `work` throws, or DatabaseProblem if the lock file can't be written.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(join(folder, 'start.lock'));
  try {
    return await work();
  } finally {
    lock.close();
  }
}

async function takeLock(file: string): Promise<DatabaseSync> {
  const lock = openLock(file);
  try {
    while (!tryLock(lock)) await pause(RETRY_MS);
    return lock;
  } catch (error) {
    lock.close();
    throw notWritable(file, error);
  }
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw notWritable(file, error);
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

const notWritable = (file: string, cause: unknown): DatabaseProblem =>
  new DatabaseProblem(
    'unreachable-folder',
    `The data folder ${dirname(file)} can't be written to by this user. Run Relance as the user who made it, ` +
      'or choose another data folder.',
    { cause },
  );
