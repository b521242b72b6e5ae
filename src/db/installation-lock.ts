/**
 * One running Relance on one database. The lock is an advisory one of PostgreSQL on a connection of its own, so it
 * ends with the process that holds it, however that ends, and it also guards a database reached by DATABASE_URL.
 */
import { clientConfig, openClient, withClient } from './connection.ts';
import type { DatabaseConnection } from './database-url.ts';

/** The key of the lock; any number, the same for ever. */
const INSTALLATION_LOCK = 7_351_002;

/** Gives the lock back. */
export type Release = () => Promise<void>;

export interface LockOptions {
  /** How the refusal names the holder, for example "npm start, process 4711". Defaults to the process number. */
  holder?: string;
  /** Called when the connection, and with it the lock, is lost while held: the caller should stop. */
  onLost?: (error: Error) => void;
}

/** Takes the lock for this process; null when another one holds it (see alreadyRunning for what to tell the user). */
export async function lockInstallation(
  connection: DatabaseConnection,
  options: LockOptions = {},
): Promise<Release | null> {
  const client = await openClient(clientConfig(connection, options.holder ?? `relance, process ${process.pid}`));
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    INSTALLATION_LOCK,
  ]);
  let held = rows[0]!.held;
  if (!held) {
    await client.end();
    return null;
  }
  client.on('error', (error) => held && options.onLost?.(error));
  return async () => {
    held = false;
    await client.end();
  };
}

/** The sentence for the second start: who is there since when (an instant in UTC), and what to do. */
export async function alreadyRunning(connection: DatabaseConnection): Promise<string> {
  const holder = (await findHolder(connection)) ?? 'a process that has just ended';
  return `Relance is already running on this database (${holder}). Use that one, or stop it first.`;
}

function findHolder(connection: DatabaseConnection): Promise<string | null> {
  return withClient(clientConfig(connection), async (client) => {
    const { rows } = await client.query<{ name: string; since: Date | null }>(
      `select a.application_name as name, a.backend_start as since
         from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objid = $1
          and l.database = (select oid from pg_database where datname = current_database())`,
      [INSTALLATION_LOCK],
    );
    const holder = rows[0];
    return holder ? `${holder.name || 'unknown'}, since ${holder.since?.toISOString() ?? 'unknown'}` : null;
  });
}
