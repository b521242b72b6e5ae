/**
 * Where an embedded database lives. Normally inside the data folder; elsewhere when the server's user can't reach that
 * folder (root's own folders are closed), and its socket elsewhere when the path is too long for one.
 * `place.json` in the data folder then says where, in plain words.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, lstat, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Binaries, findBinaries } from './embedded-binaries.ts';
import { canEnter, type ServerUser, serverUserFor } from './embedded-user.ts';
import { DatabaseProblem } from './problem.ts';

/** Where root keeps what the server's user must reach, when the data folder is closed to it. */
const ROOT_STORE = '/var/lib/relance';

/** Linux allows 107 bytes for a socket's path, macOS 103; the name of PostgreSQL's socket is part of it. */
const SOCKET_PATH_MAX_BYTES = 100;
const SOCKET_NAME = '/.s.PGSQL.5432';

export interface Place {
  /** The data folder that was asked for, as the system knows it. */
  folder: string;
  /** PostgreSQL's own data. */
  data: string;
  /** The folder of the socket. */
  socket: string;
  /** The server's log. */
  log: string;
  binaries: Binaries;
  /** Who the server runs as; null when that is whoever runs this process. */
  user: ServerUser | null;
}

interface PlaceFile {
  note: string;
  /** What holds data and socket; relative to the data folder, so "." still holds after that was moved. */
  base: string;
  socket: string;
  programs: string;
}

/** Creates the data folder if it is missing; gives its true path. Others may pass through it, not look into it. */
export async function openFolder(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 }).catch((cause: Error) => {
    throw new DatabaseProblem('unreachable-folder', `The data folder ${dataDir} can't be made: ${cause.message}`, {
      cause,
    });
  });
  return realpath(dataDir);
}

/** Finds, or for a new folder chooses, where everything lives. Call it while holding the folder's lock. */
export async function findPlace(folder: string): Promise<Place> {
  const recorded = await readPlaceFile(folder);
  const recordedBase = recorded && resolve(folder, recorded.base);
  const user = await serverUserFor(join(recordedBase ?? folder, 'postgres'));
  const base = recordedBase ? checkRecorded(folder, recordedBase) : await chooseBase(folder, user);
  const place: Place = {
    folder,
    data: join(base, 'postgres'),
    socket: await socketFolder(base, user),
    log: join(folder, 'postgres.log'),
    binaries: await findBinaries(user, ROOT_STORE),
    user,
  };
  await (base === folder && dirname(place.socket) === base ? removePlaceFile(folder) : writePlaceFile(place, base));
  return place;
}

async function chooseBase(folder: string, user: ServerUser | null): Promise<string> {
  if (!user || (await canEnter(user, folder))) return folder;
  if (existsSync(join(folder, 'postgres'))) {
    // Looking elsewhere would start an empty database in silence.
    throw new DatabaseProblem(
      'unreachable-folder',
      `The database in ${folder} belongs to a system user (number ${user.uid}) that can no longer enter that folder. ` +
        `Open the way for it (chmod o+x on ${folder} and on each folder above it) and start again.`,
    );
  }
  return freshBase(folder);
}

/** A folder that was never used: what an earlier data folder of the same path left behind is not taken for its own. */
async function freshBase(folder: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const base = join(ROOT_STORE, shortHash(folder) + (attempt === 1 ? '' : `-${attempt}`));
    if (existsSync(base)) continue;
    await mkdir(base, { recursive: true, mode: 0o755 });
    return base;
  }
}

function checkRecorded(folder: string, base: string): string {
  if (existsSync(base)) return base;
  throw new DatabaseProblem(
    'missing-data',
    `${join(folder, 'place.json')} says that the database is in ${base}, but there is no such folder. ` +
      `Put it back, or remove place.json to start with an empty database and run: npm run relance -- restore FILE`,
  );
}

async function socketFolder(base: string, user: ServerUser | null): Promise<string> {
  const inside = join(base, 'socket');
  const fits = Buffer.byteLength(inside + SOCKET_NAME) <= SOCKET_PATH_MAX_BYTES;
  // Not os.tmpdir(): two processes with another TMPDIR must find the same server.
  const folder = fits ? inside : `/tmp/relance-${shortHash(base)}`;
  await makePrivateFolder(folder, user);
  return folder;
}

/**
 * Whoever may enter this folder may do everything with the database, so it must be the server user's own, and closed.
 * In /tmp another user could have made it first: then it is refused, never repaired.
 */
export async function makePrivateFolder(folder: string, user: ServerUser | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  const ours = found.uid === user?.uid || found.uid === process.getuid?.();
  if (!found.isDirectory() || !ours || (found.mode & 0o077) !== 0) throw unsafeFolder(folder);
  if (user) await chown(folder, user.uid, user.gid);
}

const unsafeFolder = (folder: string): DatabaseProblem =>
  new DatabaseProblem(
    'unsafe-folder',
    `${folder} should be a closed folder (mode 700) of the user who runs the database, and it is not: ` +
      'somebody else may have made it. Remove it and start again.',
  );

async function readPlaceFile(folder: string): Promise<PlaceFile | null> {
  const text = await readFile(join(folder, 'place.json'), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as PlaceFile);
}

async function writePlaceFile(place: Place, base: string): Promise<void> {
  const content: PlaceFile = {
    note: noteFor(place, base),
    base: base === place.folder ? '.' : base,
    socket: place.socket,
    programs: place.binaries.folder,
  };
  await writeFile(join(place.folder, 'place.json'), `${JSON.stringify(content, null, 2)}\n`);
}

const removePlaceFile = (folder: string): Promise<void> => rm(join(folder, 'place.json'), { force: true });

function noteFor(place: Place, base: string): string {
  return base === place.folder
    ? `The path of this folder is too long for the database's socket, which is therefore in ${place.socket}.`
    : `The database of this folder is in ${base}, because the system user who runs it may not enter here. ` +
        `Moving or removing this folder leaves it there; to take it elsewhere use: npm run relance -- backup FILE`;
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
