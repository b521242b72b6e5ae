/**
 * Who the embedded database server runs as. PostgreSQL refuses to run as root, so root lends it a system user.
 */
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DatabaseProblem } from './problem.ts';

const run = promisify(execFile);
const SYSTEM_USER = 'postgres';

/** The system user that the server runs as: numbers as in /etc/passwd. */
export interface ServerUser {
  uid: number;
  gid: number;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The user for a server whose data folder is `data`: null means "whoever runs this process".
 * For root it is the owner of the data that is there already, else the system user `postgres`, made if missing.
 */
export async function serverUserFor(data: string): Promise<ServerUser | null> {
  if (!isRoot()) {
    await refuseOthersData(data);
    return null;
  }
  return (await ownerOf(data)) ?? (await findSystemUser()) ?? (await makeSystemUser());
}

/** Whether that user may pass through `folder` to what lies in it. Asked of the system itself: modes are not all of it. */
export async function canEnter(user: ServerUser | null, folder: string): Promise<boolean> {
  return runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).then(
    () => true,
    () => false,
  );
}

/**
 * Runs a program to its end as that user and gives its output. Only a minimal environment is passed on, so that
 * no PGDATA or PGPORT of the surrounding shell changes what the database programs do.
 */
export async function runAs(user: ServerUser | null, program: string, args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { ...spawnOptions(user), encoding: 'utf8' });
  return stdout;
}

/** Options for node:child_process that make a program run as that user, in a folder that everybody may enter. */
export function spawnOptions(user: ServerUser | null): {
  cwd: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return user ? { cwd: '/', env, uid: user.uid, gid: user.gid } : { cwd: '/', env };
}

async function refuseOthersData(data: string): Promise<void> {
  const owner = await ownerOf(data);
  if (!owner || owner.uid === process.getuid?.()) return;
  throw new DatabaseProblem(
    'unreachable-folder',
    `The database in ${data} belongs to another user (number ${owner.uid}). Run Relance as that user, or as root if ` +
      'root made it; or choose another data folder.',
  );
}

async function ownerOf(data: string): Promise<ServerUser | null> {
  const found = await stat(data).catch(() => null);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null;
}

async function findSystemUser(): Promise<ServerUser | null> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${SYSTEM_USER}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

async function makeSystemUser(): Promise<ServerUser> {
  // Debian, Fedora and their kin have useradd; Alpine has adduser.
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', SYSTEM_USER])
    .catch(() => run('adduser', ['-S', '-D', '-H', SYSTEM_USER]))
    .catch(() => null);
  const made = await findSystemUser();
  if (made) return made;
  throw new DatabaseProblem(
    'no-server-user',
    `PostgreSQL refuses to run as root, and the system user "${SYSTEM_USER}" that it would run as could not be made. ` +
      `Create it (useradd --system ${SYSTEM_USER}) and start again, or run Relance as an ordinary user.`,
  );
}
