/** How to reach a PostgreSQL server: the parts of a connection, and reading them from DATABASE_URL. */
import { readFileSync } from 'node:fs';
import { DatabaseProblem } from './problem.ts';

export interface DatabaseConnection {
  /** A host name, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string;
  database: string;
  password?: string;
  /** True: encrypted, the server's certificate is verified. An object: see node:tls. */
  ssl?: boolean | { rejectUnauthorized: boolean; ca?: string };
}

const EXAMPLE = 'postgres://relance:secret@db.example.org:5432/relance';

/**
 * Reads postgres://user:password@host:port/database?sslmode=…&sslrootcert=… as libpq does (sslmode disable, require,
 * verify-ca, verify-full; `host` as a parameter for a socket's folder). Throws DatabaseProblem when it can't be read;
 * the message never repeats the password.
 */
export function parseDatabaseUrl(text: string): DatabaseConnection {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw badUrl('it does not begin with postgres://');
  const user = decodeURIComponent(url.username) || url.searchParams.get('user');
  const database = decodeURIComponent(url.pathname.slice(1));
  if (!user) throw badUrl('it names no user');
  if (!database) throw badUrl('it names no database');
  const connection: DatabaseConnection = {
    host: url.searchParams.get('host') ?? (decodeURIComponent(url.hostname.replace(/^\[|\]$/g, '')) || 'localhost'),
    port: Number(url.port || url.searchParams.get('port') || 5432),
    user,
    database,
  };
  if (url.password) connection.password = decodeURIComponent(url.password);
  const ssl = readSsl(url.searchParams);
  if (ssl !== undefined) connection.ssl = ssl;
  return connection;
}

function readSsl(parameters: URLSearchParams): DatabaseConnection['ssl'] {
  const mode = parameters.get('sslmode');
  const rootFile = parameters.get('sslrootcert');
  const ca = rootFile ? { ca: readRoot(rootFile) } : {};
  if (mode === null || mode === 'disable' || mode === 'allow' || mode === 'prefer') return undefined;
  if (mode === 'require') return { rejectUnauthorized: rootFile !== null, ...ca };
  if (mode === 'verify-ca' || mode === 'verify-full') return { rejectUnauthorized: true, ...ca };
  throw badUrl(`its sslmode "${mode}" is none of disable, require, verify-ca, verify-full`);
}

function readRoot(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw badUrl(`its sslrootcert ${file} can't be read`);
  }
}

const badUrl = (why: string): DatabaseProblem =>
  new DatabaseProblem('bad-url', `DATABASE_URL can't be used: ${why}. It should look like ${EXAMPLE}`);
