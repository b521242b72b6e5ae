// The rules of the house, as assertions; the guard of the imports is itself tried with planted violations.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '../world/database.ts';
import { violations } from './imports.ts';

const root = join(import.meta.dirname, '../..');

test('a room imports only from the rooms below it', () => {
  expect(violations(root)).toEqual([]);
});

test('the guard sees what is planted: upwards, sideways, a package in the wrong room, a dynamic import, a type', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relance-house-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const plant = (file: string, source: string): void => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), source);
  };
  plant('src/core/plan.ts', "import { readFacts } from '../db/facts.ts';\nimport { readFileSync } from 'node:fs';\n");
  plant('src/db/facts.ts', "import type { Plan } from '../core/plan.ts';\nexport * from '../app/run.ts';\n");
  plant(
    'src/app/run.ts',
    "import {\n  a,\n  b,\n} from '../http/server.ts';\nconst late = await import('../channels/smtp.ts');\nimport pg from 'pg';\n",
  );
  expect(
    violations(folder, ['src/core', 'src/db', 'src/app']).map(({ file, imports }) => `${file} -> ${imports}`),
  ).toEqual([
    'src/core/plan.ts -> ../db/facts.ts',
    'src/core/plan.ts -> node:fs',
    'src/db/facts.ts -> ../app/run.ts',
    'src/app/run.ts -> ../http/server.ts',
    'src/app/run.ts -> ../channels/smtp.ts',
    'src/app/run.ts -> pg',
  ]);
});

test('a room without a module is not taken for a good one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relance-house-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'src/core'), { recursive: true });
  expect(() => violations(folder, ['src/core'])).toThrow('No module in src/core');
});

test('every table of the domain begins its key with company_id and is under row-level security', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const tables = await sql<{ name: string; secured: boolean; policies: number; first: string | null }>`
    select c.relname as name, c.relrowsecurity as secured,
      (select count(*) from pg_policy p where p.polrelid = c.oid) as policies,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as first
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'kysely%'`.execute(
    database.owner,
  );
  expect(tables.rows.length).toBeGreaterThan(20);
  for (const table of tables.rows) {
    expect(table, table.name).toMatchObject({ secured: true, first: table.name === 'company' ? 'id' : 'company_id' });
    expect(table.policies, table.name).toBeGreaterThan(0);
  }
});

test('a session without a company sees nothing, and one company never writes into another', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const [mine, other] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'];
  for (const id of [mine, other]) {
    await sql`insert into company (id, name, country, time_zone, language, currency) values (${id}, 'x', 'FR', 'Europe/Paris', 'fr', 'EUR')`.execute(
      database.owner,
    );
    await sql`insert into customer (company_id, id, number, name) values (${id}, ${id}, '1', 'x')`.execute(
      database.owner,
    );
  }
  const nobody = await sql`select id from customer`.execute(database.app);
  expect(nobody.rows).toEqual([]);
  await database.app.transaction().execute(async (tx) => {
    await sql`select set_config('relance.company_ids', ${mine}, true)`.execute(tx);
    const seen = await sql<{ id: string }>`select company_id as id from customer`.execute(tx);
    expect(seen.rows.map((row) => row.id)).toEqual([mine]);
    const stolen = await sql`update customer set name = 'taken' where company_id = ${other}`.execute(tx);
    expect(stolen.numAffectedRows).toBe(0n);
  });
  const writeElsewhere = database.app.transaction().execute(async (tx) => {
    await sql`select set_config('relance.company_ids', ${mine}, true)`.execute(tx);
    await sql`insert into customer (company_id, id, number, name) values (${other}, gen_random_uuid(), '2', 'x')`.execute(
      tx,
    );
  });
  await expect(writeElsewhere).rejects.toThrow(/row-level security/);
});

test('nothing but the trigger changes open_minor and unallocated_minor: the database refuses it to the application', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  for (const change of [
    'receivable set open_minor = 0',
    'payment set unallocated_minor = 0',
    'invoice set unallocated_minor = 0',
  ]) {
    await expect(sql.raw(`update ${change}`).execute(database.app), change).rejects.toThrow(/permission denied/);
  }
});

test('no file of src asks the clock but where today is read', () => {
  const files = readdirSync(join(root, 'src/core'), { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const entry of files) {
    const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    expect(/Temporal\.Now|Date\.now\(|new Date\(\)|process\.env|\bawait\b/.test(source), entry.name).toBe(false);
  }
});
