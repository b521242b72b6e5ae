/** A database of its own for a test: a clone of the migrated template, or one that a test of the same file gave back, emptied. */
import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, inject } from 'vitest';
import {
  clientConfig,
  type Database,
  type DatabaseConnection,
  openDatabase,
  withClient,
} from '../../src/db/connection.ts';
import { onServer } from './database-server.ts';

export interface TestDatabase extends Pick<Database, 'owner' | 'app' | 'connection'> {
  /** Closes the connections and removes the database, or empties it for the next test. */
  drop(): Promise<void>;
}

/** Given back and empty. Making a database takes ten times as long as emptying one. */
const emptied: string[] = [];

afterAll(async () => {
  const { admin } = inject('testServer');
  for (const name of emptied.splice(0)) await onServer(admin, `drop database ${name} with (force)`);
});

/** A migrated, empty database with both its pools. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { admin, owner: ownerRole } = inject('testServer');
  const given = emptied.pop();
  const connection =
    given === undefined
      ? (await createDatabase({ migrated: true })).connection
      : { ...admin, user: ownerRole, database: given };
  // Asked of a clone: while somebody is connected to the template, nobody can clone it.
  cloneShape ??= await withClient(asAdmin(connection), shapeOf);
  const { owner, app, close } = await openDatabase({ connection, applicationName: 'relance tests' });
  return {
    owner,
    app,
    connection,
    drop: async () => {
      await close();
      if (await isEmptied(connection)) emptied.push(connection.database);
      else await onServer(admin, `drop database ${connection.database} with (force)`);
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

/**
 * Takes every row out, whatever refers to it, and whoever is still connected off; answers false where it is not to be used again: its
 * tables, functions or roles' rights are not those of the template, or the server's user may not put triggers aside.
 */
async function isEmptied(connection: DatabaseConnection): Promise<boolean> {
  return withClient(asAdmin(connection), async (client) => {
    const { rows } = await client.query<{ is_superuser: string }>('show is_superuser');
    if (rows[0]!.is_superuser !== 'on') return false;
    await client.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.query(withoutMonths);
    if ((await shapeOf(client)) !== cloneShape) return false;
    await client.query(emptying);
    return true;
  });
}

let cloneShape: string | undefined;

function asAdmin({ database }: DatabaseConnection): ReturnType<typeof clientConfig> {
  return clientConfig({ ...inject('testServer').admin, database }, 'relance tests');
}

/**
 * All that a test could have changed besides rows, in one value; of what the planner knows, whether a table's rows were ever counted.
 * A clone has the numbers of its template (below 16384 they are PostgreSQL's own); to write out names instead takes three times as long.
 */
async function shapeOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ shape: string }>(`
    select md5(string_agg(line, e'\\n' order by line collate "C")) as shape from (
      select concat_ws(' ', c.oid, c.relname, c.relkind, c.relacl, c.relrowsecurity, c.reltuples < 0) as line from pg_class c
        where c.oid >= 16384 and c.relnamespace <> 'pg_toast'::regnamespace
      union all select concat_ws(' ', a.attrelid, a.attnum, a.attname, a.atttypid, a.attnotnull, a.attacl) from pg_attribute a
        where a.attrelid >= 16384 and a.attnum > 0
      union all select concat_ws(' ', p.oid, md5(p.prosrc), p.proconfig, p.proacl) from pg_proc p where p.oid >= 16384
      union all select concat_ws(' ', t.tgrelid, t.tgname, t.tgenabled) from pg_trigger t where not t.tgisinternal
      union all select concat_ws(' ', k.oid, k.conrelid, k.conname, k.conkey, k.confkey, md5(k.conbin::text)) from pg_constraint k
        where k.oid >= 16384
    ) lines`);
  return rows[0]!.shape;
}

/**
 * The months of documents, which the first document of each makes: nearly every test makes one. They go, so that the next test finds
 * none, as in a clone.
 */
const withoutMonths = `
  do $$ declare month record;
  begin
    for month in select inhrelid::regclass as name from pg_inherits where inhparent = 'document'::regclass
    loop execute format('drop table %s', month.name); end loop;
  end $$`;

/** The migrations' own tables stay as they are. */
const emptying = `
  do $$ declare it record;
  begin
    set local session_replication_role = replica;
    for it in select oid::regclass as name from pg_class
      where relkind in ('r', 'p') and not relispartition and relname not like 'kysely%'
        and relnamespace::regnamespace::text <> all('{pg_catalog,information_schema}')
    loop execute format('delete from %s', it.name); end loop;
  end $$`;
