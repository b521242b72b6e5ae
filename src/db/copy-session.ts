/** What backup and restore share: how values are written, what is told on the way, Kysely on their one connection. */
import { Kysely, PostgresDialect } from 'kysely';
import { type Client, escapeIdentifier } from 'pg';
import type { BackupHeader } from './backup-format.ts';
import type { Tables } from './tables.ts';

/** Told after each table; `done` of `total` tables. */
export type OnProgress = (progress: { table: string; rows: number; done: number; total: number }) => void;

export interface BackupSummary {
  createdAt: string;
  tables: number;
  rows: number;
}

/** The text form of values does not depend on the server's or the user's settings. */
export const NEUTRAL_FORMAT = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local bytea_output = 'hex'; set local extra_float_digits = 1`;

/** The columns of a table as COPY wants them named. */
export const columnList = (table: BackupHeader['tables'][number]): string =>
  table.columns.map(escapeIdentifier).join(', ');

/** Kysely on a connection that is already there, so that its statements are in the same transaction as ours. */
export function kyselyOn(client: Client): Kysely<Tables> {
  const lent = { query: client.query.bind(client), release: () => {} };
  const pool = { connect: async () => lent, end: async () => {}, options: {} };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
