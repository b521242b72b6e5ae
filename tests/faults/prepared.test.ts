/** Statements that come again are prepared by their connection: what that may never change. */
import { Readable } from 'node:stream';
import { type Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { runImport } from '../../src/app/import-file.ts';
import { type Database, inCompany, openDatabase } from '../../src/db/connection.ts';
import type { Tables } from '../../src/db/tables.ts';
import { addCompanies, mine, onOneConnection, theirs } from '../world/one-connection.ts';
import { value, World } from '../world/world.ts';

test('asked again and again for one company, then for another on the same connection, it answers each its own', async () => {
  const { app, owner } = await onOneConnection();
  await addCompanies(owner);
  const names = (id: string) =>
    inCompany(app, id, (tx) => tx.selectFrom('company').select('name').where('name', 'like', 'Company %').execute());
  for (let time = 0; time < 8; time++) expect(await names(mine)).toEqual([{ name: `Company ${mine}` }]);
  for (let time = 0; time < 8; time++) expect(await names(theirs)).toEqual([{ name: `Company ${theirs}` }]);
  // One plan for both, and for nobody.
  expect(await genericPlans(app, 'select "name" from "company" where "name" like $1')).toBeGreaterThan(0);
  expect(await app.selectFrom('company').select('name').where('name', 'like', 'Company %').execute()).toEqual([]);
});

test('another process that changes a table fails one statement of this one, and nothing after it', async () => {
  const first = await onOneConnection();
  const second = await openDatabase({ connection: first.connection, poolSize: 1 });
  onTestFinished(() => second.close());
  await addCompanies(first.owner);
  const read = ({ app }: Database) =>
    inCompany(app, mine, (tx) => tx.selectFrom('company').selectAll().where('id', '=', mine).execute());
  for (let time = 0; time < 8; time++) for (const one of [first, second]) await read(one);
  await sql`alter table company add column later text default 'now'`.execute(first.owner);
  await expect(read(first)).rejects.toThrow('cached plan must not change result type');
  for (let time = 0; time < 8; time++)
    for (const one of [second, first]) expect(await read(one)).toMatchObject([{ id: mine, later: 'now' }]);
  expect((await preparedOn(first.app)).filter((text) => text.startsWith('select * from "company"'))).toHaveLength(2);
});

test('a value that can’t be written fails its statement only', async () => {
  const { app } = await onOneConnection();
  const sum = (value: unknown) => sql<{ sum: number }>`select ${value}::int + 1 as sum`.execute(app);
  for (let time = 0; time < 4; time++) await sum(time);
  await expect(sum({ toPostgres: () => expect.fail('no such value') })).rejects.toThrow('no such value');
  for (let time = 0; time < 4; time++) expect((await sum(time)).rows).toEqual([{ sum: time + 1 }]);
});

/** A file that breaks off while it is read. */
async function* brokenFile(): AsyncGenerator<Buffer> {
  yield Buffer.from('number,name\nC-7,Client 7\n');
  throw new Error('the file can’t be read');
}

test('an import is planned for the rows of its own file each time; what runs after it is prepared again', async () => {
  const database = await onOneConnection();
  const world = await World.over(database, { weekdays: [1, 2, 3, 4, 5] });
  for (let time = 1; time <= 6; time++) {
    const source = {
      name: 'clients.csv',
      stream: Readable.from([Buffer.from(`number,name\nC-${time},Client ${time}`)]),
    };
    const imported = await runImport(world.context, world.acting, { kind: 'customers', source });
    expect(value(imported)).toMatchObject({ state: 'finished', counts: { created: 1 } });
  }
  const broken = { name: 'clients.csv', stream: Readable.from(brokenFile()) };
  await expect(runImport(world.context, world.acting, { kind: 'customers', source: broken })).rejects.toThrow();
  expect((await preparedOn(database.app)).filter((text) => /\bstaged|\bjudged/.test(text))).toEqual([]);
  for (let time = 0; time < 4; time++) await sql`select ${time}::int as after_it`.execute(database.app);
  expect(await preparedOn(database.app)).toContain('select $1::int as after_it');
});

test('what varies is not prepared, and of what comes again no more than is kept', async () => {
  const { app } = await onOneConnection();
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const inText = (count: number) =>
    sql<{ count: number }>`select count(*) from unnest(array[${sql.join(numbers(count))}]::int[])`.execute(app);
  const inList = (count: number) =>
    app
      .selectNoFrom((eb) => eb.val(1).as('one'))
      .where(sql.val(1), 'in', numbers(count))
      .execute();
  const inArray = (count: number) =>
    sql<{ count: number }>`select count(*) from unnest(${numbers(count)}::int[])`.execute(app);
  for (let time = 0; time < 4; time++) {
    expect((await inText(60)).rows).toEqual([{ count: 60 }]);
    expect(await inList(3)).toHaveLength(1);
    expect((await inArray(101)).rows).toEqual([{ count: 101 }]);
  }
  expect((await preparedOn(app)).filter((text) => /unnest|in \(/.test(text))).toEqual([]);
  for (let time = 0; time < 4; time++) expect((await inArray(5)).rows).toEqual([{ count: 5 }]);
  expect((await preparedOn(app)).filter((text) => /unnest/.test(text))).toHaveLength(1);
  for (let kind = 0; kind < 500; kind++) {
    const ask = () => sql<{ sum: number }>`select ${kind}::int + ${sql.raw(String(kind))} as sum`.execute(app);
    for (let time = 0; time < 4; time++) expect((await ask()).rows).toEqual([{ sum: 2 * kind }]);
  }
  const { length } = await preparedOn(app);
  expect(length).toBeGreaterThan(50);
  expect(length).toBeLessThanOrEqual(200);
});

/** What the application's one connection has prepared. */
async function preparedOn(app: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(app);
  return rows.map(({ statement }) => statement);
}

async function genericPlans(app: Kysely<Tables>, text: string): Promise<number> {
  const { rows } = await sql<{ plans: number }>`
    select generic_plans as plans from pg_prepared_statements where statement = ${text}`.execute(app);
  return rows[0]?.plans ?? 0;
}
