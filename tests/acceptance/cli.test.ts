// The command line as a neighbour program sees it: words in, JSON and exit codes out.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeWorld, type World } from '../world/world.ts';

interface Answer {
  code: number;
  out: string;
  error: string;
}

async function cliOf(world: World): Promise<{ relance: (...words: string[]) => Promise<Answer>; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { host, port, user, database, password } = world.database.connection;
  const url = new URL(`postgresql://localhost/${database}`);
  for (const [name, part] of Object.entries({ host, port: String(port), user })) url.searchParams.set(name, part);
  if (password !== undefined) url.password = password;
  const env = { ...process.env, DATABASE_URL: url.href, RELANCE_DATA: folder, LANG: 'fr_FR.UTF-8', LC_ALL: '' };
  const relance = (...words: string[]): Promise<Answer> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main/relance.ts'), ...words], {
        env,
      });
      const answer: Answer = { code: -1, out: '', error: '' };
      child.stdout.on('data', (chunk: Buffer) => {
        answer.out += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        answer.error += chunk.toString();
      });
      child.on('close', (code) => resolve({ ...answer, code: code ?? -1 }));
    });
  return { relance, folder };
}

test('import, preview, run, explain, status and doctor do the main job from the command line', async () => {
  const world = await makeWorld({ today: '2026-03-10' });
  const { relance, folder } = await cliOf(world);
  const file = join(folder, 'factures.csv');
  writeFileSync(
    file,
    'Numéro;Client;E-mail;Date;Échéance;Montant\n0007;Atelier Brun;a@example.fr;02/02/2026;04/03/2026;1 234,56\n',
  );

  const preview = await relance('import', 'invoices', file, '--preview', '--json');
  expect(preview.code, preview.error).toBe(0);
  expect(JSON.parse(preview.out).counts).toMatchObject({ rows: 1, created: 1 });
  const imported = await relance('import', 'invoices', file, '--json');
  expect(JSON.parse(imported.out).counts).toMatchObject({ created: 1, faulty: 0 });
  const again = await relance('import', 'invoices', file, '--json');
  expect(JSON.parse(again.out).counts).toMatchObject({ created: 0, changed: 0, unchanged: 1 });

  const foreseen = await relance('run', '--preview', '--on', '2026-03-20', '--json');
  expect(JSON.parse(foreseen.out).reminders).toMatchObject([{ level: 1, invoiceNumbers: ['0007'] }, { level: 2 }]);
  const run = await relance('run', '--json');
  expect(JSON.parse(run.out)).toMatchObject({ run: { ready: 1 }, delivery: { captured: 1 } });

  const why = await relance('explain', '0007');
  expect(why.out).toContain('1\u202f234,56\u00a0€');
  expect(why.out).toContain('Prochaine étape (R2) le 20 mars 2026.');
  const status = await relance('status', '--json');
  expect(JSON.parse(status.out)).toMatchObject({ openInvoices: 1, overdueInvoices: 1 });
  expect((await relance('doctor')).code).toBe(0);
}, 120_000);

test('faults have a sentence and an exit code: 1 not done, 2 words off, 3 rows refused', async () => {
  const world = await makeWorld({ today: '2026-03-10' });
  const { relance, folder } = await cliOf(world);
  const missing = await relance('explain', 'NOPE', '--json');
  expect(missing.code).toBe(1);
  expect(JSON.parse(missing.out)).toMatchObject({ fault: { code: 'name-unknown' } });
  expect((await relance('frobnicate')).code).toBe(2);
  expect(await relance('clock', 'set', '2026-02-30')).toMatchObject({ code: 2, out: '' });
  const file = join(folder, 'bad.csv');
  writeFileSync(file, 'number;customer;due date;amount\n1.929404e+09;Brun;2026-03-04;10.00\n');
  const refused = await relance('import', 'invoices', file);
  expect(refused.code).toBe(3);
  expect(refused.out).toContain('1.929404e+09');
  writeFileSync(file, 'Machin;Truc\nF1;Brun\n');
  // On the screen a person would be asked; here the sentence says what to map.
  const odd = await relance('import', 'invoices', file, '--preview', '--json');
  expect(odd.code).toBe(1);
  expect(JSON.parse(odd.out)).toMatchObject({ fault: { code: 'columns-missing' } });
  expect(await world.inside((tx) => tx.selectFrom('invoice').select('id').execute())).toEqual([]);
  expect((await relance('help', 'import')).out).toContain('relance import payments');
}, 120_000);
