// How fast a file of invoices goes in, and that memory does not follow its size: 100,000 and 1,000,000 rows, ten invoices a
// customer, from a temporary file. Each size has a process of its own (this very file), whose peak is told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Acting, type Context, noJobs } from '../../src/app/context.ts';
import { runImport } from '../../src/app/import-file.ts';
import { type DatabaseConnection, openDatabase } from '../../src/db/connection.ts';
import { newId } from '../../src/db/id.ts';
import { secretBox } from '../../src/db/secret-box.ts';

export interface ImportFigures {
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  /** The same file a second time, which changes nothing. */
  againSeconds: number;
  peakMegabytes: number;
}

/** Measures each size in turn, every one for a new company and in a new process. */
export async function benchImport(
  connection: DatabaseConnection,
  sizes = [100_000, 1_000_000],
): Promise<ImportFigures[]> {
  const figures: ImportFigures[] = [];
  for (const rows of sizes) figures.push(await inProcess(connection, rows));
  return figures;
}

async function inProcess(connection: DatabaseConnection, rows: number): Promise<ImportFigures> {
  const given = JSON.stringify({ connection, rows });
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (piece) => {
    output += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The import of ${rows} rows ended with ${code}.`);
  return JSON.parse(output) as ImportFigures;
}

async function measure(connection: DatabaseConnection, rows: number): Promise<ImportFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'relance-bench-'));
  const database = await openDatabase({ connection, applicationName: 'relance bench' });
  try {
    const path = join(folder, 'invoices.csv');
    await writeFile(path, rows);
    const acting: Acting = { companyId: newId(), actor: 'cli' };
    await database.owner
      .insertInto('company')
      .values({
        id: acting.companyId,
        name: 'Bench',
        country: 'FR',
        time_zone: 'Europe/Paris',
        language: 'fr',
        currency: 'EUR',
      })
      .execute();
    const context: Context = {
      db: database.app,
      now: () => Temporal.Now.instant(),
      jobs: noJobs,
      secrets: secretBox(Buffer.alloc(32, 7)),
    };
    const seconds = await timed(context, acting, path, rows);
    const againSeconds = await timed(context, acting, path, 0);
    const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    return { rows, seconds, rowsPerSecond: Math.round(rows / seconds), againSeconds, peakMegabytes };
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
}

async function timed(context: Context, acting: Acting, path: string, created: number): Promise<number> {
  const started = performance.now();
  const source = { name: 'invoices.csv', size: (await stat(path)).size, stream: createReadStream(path) };
  const answer = await runImport(context, acting, { kind: 'invoices', source });
  if (!answer.ok || answer.value.counts.created !== created)
    throw new Error(`Not as expected: ${JSON.stringify(answer)}`);
  return Math.round((performance.now() - started) / 100) / 10;
}

async function writeFile(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('Numéro facture;Code client;Nom client;Date facture;Échéance;Montant TTC;Email\r\n');
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - start) }, (_, index) => line(start + index));
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

function line(index: number): string {
  const customer = Math.floor(index / 10);
  const day = String((index % 28) + 1).padStart(2, '0');
  const number = String(index).padStart(8, '0');
  return `${number};C${customer};Société n° ${customer};${day}/01/2024;${day}/02/2024;${index % 5000},50 €;compta@c${customer}.fr\r\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] !== undefined) {
  const { connection, rows } = JSON.parse(process.argv[2]) as { connection: DatabaseConnection; rows: number };
  process.stdout.write(JSON.stringify(await measure(connection, rows)));
}
