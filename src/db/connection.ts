/**
 * The way to the database: one pool as its owner (migrations, backup), one as the application's role, for which
 * row-level security shows only the companies that a transaction has named.
 */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Client, Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { answerCopies } from './binary-copy.ts';
import type { DatabaseConnection } from './database-url.ts';
import { prepareWhatRepeats } from './prepared.ts';
import { DatabaseProblem } from './problem.ts';
import { APP_ROLE, ensureAppRole, verifyAppRole } from './roles.ts';
import type { Row, Tables } from './tables.ts';

export { type DatabaseConnection, parseDatabaseUrl } from './database-url.ts';

/** Relance's SQL is that of PostgreSQL 15. */
const OLDEST_MAJOR = 15;

export interface DatabaseOptions {
  connection: DatabaseConnection;
  /** Shown in pg_stat_activity, for whoever looks who is connected. */
  applicationName?: string;
  /** Connections of the application's pool at most; 10 by default. The owner's pool has at most 3. */
  poolSize?: number;
}

export interface Database {
  /** As the owner, to whom row-level security does not apply: migrations, backup, looking after the installation. */
  owner: Kysely<Tables>;
  /** As the application. Use it through inCompany, withCompany or inCompanies: outside of them it sees no company. */
  app: Kysely<Tables>;
  connection: DatabaseConnection;
  /** Waits for running queries and closes every connection. */
  close(): Promise<void>;
}

/**
 * Connects, makes the application's role if it is missing, and makes sure that row-level security binds it.
 * Throws DatabaseProblem in plain words: unreachable, too old, or roles that could not be set up.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { connection, poolSize = 10 } = options;
  const config = clientConfig(connection, options.applicationName);
  await withClient(config, async (owner) => {
    await refuseOldServer(owner);
    await ensureAppRole(owner);
  });
  await withClient(asApp(config), verifyAppRole);
  const owner = openPool({ ...config, max: 3 });
  const app = openPool({ ...asApp(config), max: poolSize }, (client) => {
    prepareWhatRepeats(client);
    answerCopies(client);
  });
  return { owner, app, connection, close: async () => void (await Promise.all([owner.destroy(), app.destroy()])) };
}

/** What one connection of `pg` needs, with the types as Relance reads them. */
export function clientConfig(connection: DatabaseConnection, applicationName = 'relance') {
  return { ...connection, application_name: applicationName, keepAlive: true, types: { getTypeParser } };
}

/** One connection for as long as `work` lasts. Throws DatabaseProblem if the server can't be reached. */
export async function withClient<T>(config: PoolConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await openClient(config);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One connection, to be ended by the caller. Throws DatabaseProblem if the server can't be reached. */
export async function openClient(config: PoolConfig): Promise<Client> {
  const client = new Client(config);
  // A connection that breaks while idle tells it here; the next query fails and tells it to whoever waits.
  client.on('error', () => {});
  await client.connect().catch((cause: Error) => {
    throw cannotConnect(config, cause);
  });
  return client;
}

/** Runs `work` in a transaction that sees and writes one company, the one named. */
export function inCompany<T>(
  db: Kysely<Tables>,
  companyId: string,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await nameCompanies(tx, [companyId]);
    return work(tx);
  });
}

/** The same, with the company as it is; undefined: there is none. Naming it and reading it are one round trip. */
export function withCompany<T>(
  db: Kysely<Tables>,
  companyId: string,
  work: (tx: Transaction<Tables>, company: Row<'company'> | undefined) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<Row<'company'>>`select * from name_company(${companyId})`.execute(tx);
    return work(tx, rows[0]);
  });
}

/** Runs `work` in a transaction that reads several companies and writes nothing. */
export function inCompanies<T>(
  db: Kysely<Tables>,
  companyIds: readonly string[],
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      await nameCompanies(tx, companyIds);
      return work(tx);
    });
}

async function nameCompanies(tx: Transaction<Tables>, companyIds: readonly string[]): Promise<void> {
  await sql`select set_config('relance.company_ids', ${companyIds.join(',')}, true)`.execute(tx);
}

function asApp<T extends object>(config: T): T & { options: string } {
  return { ...config, options: `-c role=${APP_ROLE}` };
}

function openPool(config: PoolConfig, onConnect: (client: PoolClient) => void = () => {}): Kysely<Tables> {
  const pool = new Pool(config);
  pool.on('connect', onConnect);
  // An idle connection that the server closes is replaced by the pool; unheard, the event would end the process.
  pool.on('error', () => {});
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

async function refuseOldServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ major: number; version: string }>(
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_version') as version`,
  );
  const { major, version } = rows[0]!;
  if (major >= OLDEST_MAJOR) return;
  throw new DatabaseProblem(
    'cannot-connect',
    `The database server is PostgreSQL ${version}; Relance needs version ${OLDEST_MAJOR} or later.`,
  );
}

function cannotConnect(config: PoolConfig, cause: Error): DatabaseProblem {
  const where = `database "${config.database}" on ${config.host}, port ${config.port}, as user "${config.user}"`;
  // A host with several addresses fails with one error for each and no message of its own.
  const why = cause.message || (cause instanceof AggregateError && (cause.errors[0] as Error).message) || cause.name;
  return new DatabaseProblem('cannot-connect', `Can't connect to the ${where}: ${why}. Is the server running?`, {
    cause,
  });
}

/** The numbers that PostgreSQL gives to the types which are read otherwise than `pg` does. */
const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;
const TEXT_ARRAY = 1009;

const parseTextArray: (text: string) => (string | null)[] = types.getTypeParser(TEXT_ARRAY as number);

/** bigint as a number, a day as its text; numeric stays text and instants are Date, as `pg` has them. */
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: parseSafeInteger,
  [INT8_ARRAY]: (text) => parseTextArray(text).map((value) => (value === null ? null : parseSafeInteger(value))),
  [DATE]: (text) => text,
  [DATE_ARRAY]: parseTextArray,
};

function getTypeParser(...[oid, format]: Parameters<typeof types.getTypeParser>) {
  return (format !== 'binary' && parsers[oid]) || types.getTypeParser(oid, format);
}

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`The database holds ${text}, which is beyond the whole numbers that can be counted exactly.`);
}
