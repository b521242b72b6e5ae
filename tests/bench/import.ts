// How fast a file of invoices goes in, ten invoices a customer, and how much memory that takes, from a temporary file.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Acting, Context } from '../../src/app/context.ts';
import { runImport } from '../../src/app/import-file.ts';
import { benchWorld } from './world.ts';

export interface ImportFigures {
  rows: number;
  seconds: number;
  /** The same file a second time, which changes nothing. */
  againSeconds: number;
  /** Of the process at its peak. */
  peakBytes: number;
}

export async function benchImport(rows: number): Promise<ImportFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'relance-bench-'));
  const { context, acting, close } = await benchWorld();
  try {
    const path = join(folder, 'invoices.csv');
    await writeFile(path, rows);
    const seconds = await timed(context, acting, path, rows);
    const againSeconds = await timed(context, acting, path, 0);
    return { rows, seconds, againSeconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } finally {
    await close();
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
