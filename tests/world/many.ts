// Many customers, each with one invoice of its own: brought in as files, as a company would, because one by one takes too long.
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import type { Acting, Context } from '../../src/app/context.ts';
import { runImport } from '../../src/app/import-file.ts';
import type { Day } from '../../src/core/day.ts';

async function importCsv(context: Context, acting: Acting, kind: 'customers' | 'invoices', rows: string[][]) {
  const bytes = Buffer.from(rows.map((row) => row.join(';')).join('\n'));
  const source = { name: `${kind}.csv`, size: bytes.length, stream: Readable.from([bytes]) };
  expect(await runImport(context, acting, { kind, source })).toMatchObject({ ok: true, value: { state: 'finished' } });
}

/** "Client 0001" owes 100.00 for F-0001, and so on. */
export async function importMany(
  context: Context,
  acting: Acting,
  count: number,
  { issuedOn, dueOn }: { issuedOn: Day; dueOn: Day },
): Promise<void> {
  const keys = Array.from({ length: count }, (_, index) => String(index + 1).padStart(4, '0'));
  await importCsv(context, acting, 'customers', [
    ['number', 'name', 'email'],
    ...keys.map((key) => [`C-${key}`, `Client ${key}`, `c${key}@client.example`]),
  ]);
  await importCsv(context, acting, 'invoices', [
    ['number', 'customer number', 'issue date', 'due date', 'amount'],
    ...keys.map((key) => [`F-${key}`, `C-${key}`, issuedOn, dueOn, '100.00']),
  ]);
}
