// The environment, read once: where the data is, where people reach Relance, which database.
import { resolve } from 'node:path';

export interface Environment {
  dataDir: string;
  databaseUrl: string | null;
  host: string;
  port: number;
  /** The address that people type; http://localhost:PORT by default. */
  baseUrl: string;
  /** 'fatal' … 'debug'. */
  logLevel: string;
}

/** Throws in plain words where a variable can't be what it says. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const port = Number(variables.PORT ?? 3210);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is "${variables.PORT}"; it must be a number from 0 to 65535.`);
  }
  return {
    dataDir: resolve(variables.RELANCE_DATA ?? 'data'),
    databaseUrl: variables.DATABASE_URL || null,
    host: variables.HOST ?? '127.0.0.1',
    port,
    baseUrl: variables.RELANCE_URL ?? `http://localhost:${port}`,
    logLevel: variables.LOG_LEVEL ?? 'warn',
  };
}
