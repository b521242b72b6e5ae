/** The embedded database where it has to live with the machine: closed folders, long paths, kills, and each other. */
import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { clientConfig, withClient } from '../../src/db/connection.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/db/embedded.ts';
import { alreadyRunning, lockInstallation } from '../../src/db/installation-lock.ts';

const asRoot = process.getuid?.() === 0;
const stops: (() => unknown)[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('where the database lives', () => {
  test('it starts in a new folder, answers as a user who is no superuser, and stops', async () => {
    const server = await start(join(temporaryFolder(), 'data'));
    const [row] = await ask(
      server,
      `select current_user as name, rolsuper as super from pg_roles where rolname = current_user`,
    );
    expect(row).toEqual({ name: 'relance', super: false });
    expect(await setting(server, 'listen_addresses')).toBe('');
    expect(await setting(server, 'data_checksums')).toBe('on');
    expect(statSync(server.place.socket).mode & 0o777).toBe(0o700);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  test.skipIf(!asRoot)(
    'in a folder that only root may enter, it lives elsewhere and place.json says where',
    async () => {
      const closed = mkdtempSync('/root/relance-test-');
      folders.push(closed);
      chmodSync(closed, 0o700);
      const dataDir = join(closed, 'data');
      const server = await start(dataDir);
      folders.push(dirname(server.place.data));
      expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
      const place = JSON.parse(readFileSync(join(dataDir, 'place.json'), 'utf8'));
      expect(place.note).toContain(`The database of this folder is in ${dirname(server.place.data)}`);
      await ask(server, 'create table kept (n int)');
      await server.stop();
      const again = await start(dataDir);
      expect(await ask(again, 'select n from kept')).toEqual([]);
    },
  );

  test('on a path of 150 characters the data stays and the socket moves', async () => {
    const folder = temporaryFolder();
    const dataDir = join(folder, 'x'.repeat(70), 'y'.repeat(150 - folder.length - 72));
    expect(dataDir).toHaveLength(150);
    const server = await start(dataDir);
    folders.push(server.place.socket);
    expect(server.place.data).toBe(join(dataDir, 'postgres'));
    expect(server.place.socket.length).toBeLessThan(40);
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test.skipIf(!asRoot)('a socket folder that somebody else has made is refused', async () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(join(folder, 'socket'), { recursive: true });
    chmodSync(join(folder, 'socket'), 0o777);
    await expect(start(folder)).rejects.toThrow(/socket should be a closed folder \(mode 700\)/);
  });

  test('the folder of another major version is refused, with the command that restores', async () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(join(folder, 'postgres'), { recursive: true, mode: 0o755 });
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(folder)).rejects.toThrow(
      /was made by PostgreSQL 17, and this Relance brings PostgreSQL 18.*npm run relance -- restore FILE/s,
    );
  });
});

describe('who uses it', () => {
  test('a process killed with kill -9 leaves its server; the next start goes on with it, and stops it', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const { child, pid } = await startElsewhere(dataDir);
    child.kill('SIGKILL');
    await ended(child);
    expect(isAlive(pid)).toBe(true);
    const server = await start(dataDir);
    expect(server).toMatchObject({ pid, joined: true });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('a second Relance is told that one is running; a killed one gives the lock back', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const { child } = await startElsewhere(dataDir);
    const server = await start(dataDir);
    expect(await lockInstallation(server.connection)).toBeNull();
    expect(await alreadyRunning(server.connection)).toMatch(
      new RegExp(`already running on this database \\(npm start, process ${child.pid}, since 20`),
    );
    child.kill('SIGKILL');
    await ended(child);
    const release = await eventually(() => lockInstallation(server.connection));
    await release();
  });

  test('whoever joins may leave first or last: the server stops when the last has left', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const [first, second] = await Promise.all([start(dataDir), start(dataDir)]);
    expect(first.pid).toBe(second.pid);
    await first.stop();
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  test('two processes that start at the same instant on a new folder share one server', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const both = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
    expect(both[0].pid).toBe(both[1].pid);
    const held = both.map((one) => one.locked);
    expect(held.filter(Boolean)).toHaveLength(1);
    for (const { child } of both) {
      child.send('stop');
      await ended(child);
    }
    expect(isAlive(both[0].pid)).toBe(false);
  });

  test('after a power cut the number in postmaster.pid may be another program: the server starts all the same', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const server = await start(dataDir);
    const file = join(server.place.data, 'postmaster.pid');
    const left = readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid));
    await server.stop();
    writeFileSync(file, left);
    expect(existsSync(file)).toBe(true);
    expect(await start(dataDir)).toMatchObject({ joined: false });
  });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'relance-embedded-'));
  // Others must be able to pass: as root the server runs as another user.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

async function start(dataDir: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, durable: false });
  stops.push(() => server.stop());
  return server;
}

/** Starts it in a process of its own, which also takes the installation's lock if it can. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; pid: number; locked: boolean }> {
  const child = fork(new URL('./embedded-process.ts', import.meta.url), [dataDir], { stdio: 'inherit', execArgv: [] });
  stops.push(() => child.kill('SIGKILL'));
  const [message] = await new Promise<[{ pid: number; locked: boolean }]>((resolve, reject) => {
    child.once('message', (said) => resolve([said as { pid: number; locked: boolean }]));
    child.once('exit', () => reject(new Error('The process ended before it had started the database.')));
  });
  return { child, ...message };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => ((child.exitCode ?? child.signalCode) ? resolve() : child.once('exit', () => resolve())));

async function ask(server: EmbeddedServer, query: string): Promise<object[]> {
  return withClient(clientConfig(server.connection), async (client) => (await client.query(query)).rows);
}

async function setting(server: EmbeddedServer, name: string): Promise<unknown> {
  const [row] = await ask(server, `select current_setting('${name}') as value`);
  return (row as { value: unknown }).value;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** PostgreSQL needs an instant to notice that a process is gone. */
async function eventually<T>(get: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await get();
    if (value !== null) return value;
    if (Date.now() > deadline) throw new Error('It did not come within twenty seconds.');
  }
}
