/**
 * Bringing a database to the schema that this code expects: forward only, one transaction, one process at a time.
 */
import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import { DatabaseProblem } from './problem.ts';
import type { Tables } from './tables.ts';

/** The key of the advisory lock around "look what is pending, back up, migrate"; any number, the same for ever. */
const MIGRATION_LOCK = 7_351_003;

export interface MigrateOptions {
  /** Called before a database that is in use is changed: the place for an automatic backup. What it throws stops all. */
  beforeMigrating?: (change: { applied: string[]; pending: string[] }) => Promise<void>;
}

/**
 * Applies the pending migrations as the owner and gives their names, in order. Either all are applied or none.
 * Throws DatabaseProblem when the database is newer than the code, or when a migration fails.
 */
export function migrateToLatest(owner: Kysely<Tables>, options: MigrateOptions = {}): Promise<string[]> {
  return owner.connection().execute(async (db) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(db);
    try {
      const applied = await appliedMigrations(db);
      refuseNewer(applied);
      const pending = migrationNames().filter((name) => !applied.includes(name));
      if (pending.length > 0 && applied.length > 0) await options.beforeMigrating?.({ applied, pending });
      await runMigrator(db, (migrator) => migrator.migrateToLatest());
      return pending;
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(db);
    }
  });
}

/**
 * Applies the migrations up to and with the one named, or all, inside the caller's transaction: for restoring.
 * Throws DatabaseProblem when one fails.
 */
export async function migrateWithin(tx: Kysely<Tables>, last: string | null): Promise<void> {
  await runMigrator(tx, (migrator) => (last === null ? migrator.migrateToLatest() : migrator.migrateTo(last)));
}

/** The names of the migrations that this code knows, in order. */
export const migrationNames = (): string[] => Object.keys(migrations).sort();

/** The names of the migrations that the database has had, in order; none for a new one. */
export async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const there = await sql<{
    there: boolean;
  }>`select to_regclass('public.kysely_migration') is not null as there`.execute(db);
  if (!there.rows[0]?.there) return [];
  const { rows } = await sql<{
    name: string;
  }>`select name from public.kysely_migration order by name collate "C"`.execute(db);
  return rows.map((row) => row.name);
}

/** Throws DatabaseProblem when migrations were applied that this code does not know. */
function refuseNewer(applied: string[]): void {
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new DatabaseProblem(
    'newer-database',
    `The database was last used by a newer Relance: this one does not know its migration ${unknown.join(', ')}. ` +
      'Nothing was changed. Update Relance, or restore a backup made with this version.',
  );
}

async function runMigrator(
  db: Kysely<Tables>,
  move: (migrator: Migrator) => Promise<MigrationResultSet>,
): Promise<void> {
  const failures: { name: string; error: unknown }[] = [];
  const provider = { getMigrations: async () => noting(failures) };
  const { error } = await move(new Migrator({ db, provider }));
  if (!error) return;
  const { name, error: cause } = failures[0] ?? { name: null, error };
  throw new DatabaseProblem(
    'migration-failed',
    `The database could not be brought up to date; nothing was changed. ` +
      `${name ? `Migration ${name} says` : 'The reason'}: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  );
}

/** The migrations, noting which one failed and why: inside a transaction the migrator's own error hides it. */
function noting(failures: { name: string; error: unknown }[]): Record<string, Migration> {
  const entries = Object.entries(migrations).map(([name, migration]): [string, Migration] => {
    const up: Migration['up'] = (db) =>
      migration.up(db).catch((error: unknown) => {
        failures.push({ name, error });
        throw error;
      });
    return [name, { up }];
  });
  return Object.fromEntries(entries);
}
