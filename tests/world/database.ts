/** A database of its own for a test: a clone of the migrated template, made in some tens of milliseconds. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, type DatabaseConnection, openDatabase } from '../../src/db/connection.ts';
import { onServer } from './database-server.ts';

export interface TestDatabase extends Pick<Database, 'owner' | 'app' | 'connection'> {
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

/** A migrated, empty database with both its pools. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { connection, drop } = await createDatabase({ migrated: true });
  const { owner, app, close } = await openDatabase({ connection, applicationName: 'relance tests' });
  return {
    owner,
    app,
    connection,
    drop: async () => {
      await close();
      await drop();
    },
  };
}

/** A database without connections to it: migrated, or with nothing in it at all. */
export async function createDatabase(options: {
  migrated: boolean;
}): Promise<{ connection: DatabaseConnection; drop: () => Promise<void> }> {
  const { admin, owner, template } = inject('testServer');
  const name = `relance_test_${randomBytes(6).toString('hex')}`;
  const source = options.migrated ? template : 'template0';
  await onServer(admin, `create database ${name} owner ${owner} template ${source}`);
  return {
    connection: { ...admin, user: owner, database: name },
    drop: () => onServer(admin, `drop database ${name} with (force)`),
  };
}
