/** A database of its own with one connection for the application: what a connection keeps between two questions. */
import type { Kysely } from 'kysely';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/db/connection.ts';
import type { Tables } from '../../src/db/tables.ts';
import { createDatabase } from './database.ts';

export const [mine, theirs] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'] as const;

export async function onOneConnection(): Promise<Database & { drop: () => Promise<void> }> {
  const { connection, drop } = await createDatabase({ migrated: true });
  const database = await openDatabase({ connection, poolSize: 1 });
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  return { ...database, drop };
}

/** Mine and theirs. */
export async function addCompanies(owner: Kysely<Tables>): Promise<void> {
  for (const id of [mine, theirs])
    await owner
      .insertInto('company')
      .values({ id, name: `Company ${id}`, country: 'FR', time_zone: 'Europe/Paris', language: 'fr', currency: 'EUR' })
      .execute();
}
