// Which room imports from which: read from the sources themselves, so that nothing can succeed by not looking.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The storeys of docs/decisions/0001: a room imports from itself and from these. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/words': [],
  'src/core': [],
  'src/contract': ['src/words'],
  'src/db': ['src/core'],
  'src/channels': ['src/core'],
  'src/formats': ['src/core'],
  'src/app': [
    'src/core',
    'src/words',
    'src/db',
    'src/formats',
    'src/channels/sender.ts',
    'src/channels/domain-names.ts',
  ],
  'src/http': ['src/core', 'src/contract', 'src/app'],
  'src/cli': ['src/core', 'src/words', 'src/contract', 'src/app', 'src/db'],
  'src/main': ['src', 'scripts'],
  web: ['src/contract', 'src/words'],
};

/** Packages that reach outside of the process; only these rooms may have them. */
const outside: Readonly<Record<string, readonly string[]>> = {
  pg: ['src/db'],
  kysely: ['src/db', 'src/app/context.ts', 'src/app/ready-made.ts', 'src/http/auth.ts', 'src/main/jobs.ts'],
  nodemailer: ['src/channels', 'src/formats/mail.ts'],
  fastify: ['src/http'],
};

export interface Violation {
  file: string;
  imports: string;
}

/** Every import under `root` that goes where it may not. Throws where a room holds no module at all: then nobody looked. */
export function violations(root: string, rooms: readonly string[] = Object.keys(mayImport)): Violation[] {
  return rooms.flatMap((room) => {
    const files = modulesIn(join(root, room));
    if (files.length === 0) throw new Error(`No module in ${room}: the rule was not checked.`);
    return files.flatMap((file) => importsOf(file).flatMap((target) => judge(root, room, file, target)));
  });
}

function modulesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a module imports, exports from, or imports when it runs. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

function judge(root: string, room: string, file: string, target: string): Violation[] {
  const from = relative(root, file).split(sep).join('/');
  const violation = [{ file: from, imports: target }];
  if (target.startsWith('.')) {
    const to = relative(root, resolve(dirname(file), target))
      .split(sep)
      .join('/');
    const allowed = [room, ...mayImport[room]!];
    return allowed.some((place) => to === place || to.startsWith(`${place}/`)) ? [] : violation;
  }
  const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!;
  if (room === 'src/core' && target.startsWith('node:')) return violation;
  const rooms = outside[name];
  return rooms === undefined ||
    !room.startsWith('src') ||
    rooms.some((place) => from === place || from.startsWith(`${place}/`))
    ? []
    : violation;
}
