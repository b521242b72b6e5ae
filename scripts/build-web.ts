/**
 * Builds the page into dist/web, only when a source is newer than the last build: starting Relance, the demo and the browser
 * tests all call it. `npm run build:web` builds in any case.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
/** What the page is made from. */
const sources = ['web', 'src/contract', 'src/words', 'package-lock.json'];
const built = join(root, 'dist/web/index.html');

/** Where the built page is. Builds it first if it is missing or older than its sources. */
export async function buildWeb(): Promise<string> {
  const newest = Math.max(...(await Promise.all(sources.map((source) => newestIn(join(root, source))))));
  if ((await changedAt(built)) < newest) await build();
  return join(root, 'dist/web');
}

async function build(): Promise<void> {
  const vite = await import('vite');
  const before = process.env.NODE_ENV;
  // Whoever calls (a test, a developer's shell): what is built is what people use.
  process.env.NODE_ENV = 'production';
  try {
    await vite.build({ configFile: join(root, 'web/vite.config.ts'), mode: 'production', logLevel: 'warn' });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function newestIn(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return changedAt(path);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => changedAt(join(entry.parentPath, entry.name)));
  return Math.max(0, ...(await Promise.all(files)));
}

/** 0 where there is no such file. */
const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
