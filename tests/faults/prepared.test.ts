/** Statements that come again are prepared by their connection: what that may never change. */
import { Readable } from 'node:stream';
import { type Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { runImport } from '../../src/app/import-file.ts';
import { type Database, inCompany, openDatabase } from '../../src/db/connection.ts';
import type { Tables } from '../../src/db/tables.ts';
import { createDatabase } from '../world/database.ts';
import { value, World } from '../world/world.ts';

const [mine, theirs] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'] as const;

test('asked again and again for one company, then for another on the same connection, it answers each its own', async () => {
  const { app, owner } = await onOneConnection();
  await addCompanies(owner);
  const names = (id: string) =>
    inCompany(app, id, (tx) => tx.selectFrom('company').select('name').where('name', 'like', 'Company %').execute());
  for (let time = 0; time < 8; time++) expect(await names(mine)).toEqual([{ name: `Company ${mine}` }]);
  for (let time = 0; time < 8; time++) expect(await names(theirs)).toEqual([{ name: `Company ${theirs}` }]);
  expect(await preparedOn(app)).toContain('select "name" from "company" where "name" like $1');
});

test('another process that changes a table fails what is under way once, and nothing after it', async () => {
  const { app, owner } = await onOneConnection();
  await addCompanies(owner);
  const read = () =>
    inCompany(app, mine, (tx) => tx.selectFrom('company').selectAll().where('id', '=', mine).execute());
  for (let time = 0; time < 8; time++) await read();
  await sql`alter table company add column later text default 'now'`.execute(owner);
  await expect(read()).rejects.toThrow('cached plan must not change result type');
  for (let time = 0; time < 4; time++) expect(await read()).toMatchObject([{ id: mine, later: 'now' }]);
});

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
  const prepared = await preparedOn(database.app);
  expect(prepared.filter((text) => /\bstaged|\bjudged/.test(text))).toEqual([]);
  expect(prepared).not.toEqual([]);
});

test('statements of many values, and of more kinds than are kept, are asked all the same', async () => {
  const { app } = await onOneConnection();
  const inLine = (count: number) => {
    const values = sql.join(Array.from({ length: count }, (_, index) => sql`${index}::int`));
    return sql<{ count: number }>`select count(*) from unnest(array[${values}])`.execute(app);
  };
  for (let time = 0; time < 4; time++) expect((await inLine(60)).rows).toEqual([{ count: 60 }]);
  for (let kind = 0; kind < 500; kind++) {
    const ask = () => sql<{ sum: number }>`select ${kind}::int + ${sql.raw(String(kind))} as sum`.execute(app);
    for (let time = 0; time < 4; time++) expect((await ask()).rows).toEqual([{ sum: 2 * kind }]);
  }
  const prepared = await preparedOn(app);
  expect(prepared.length).toBeLessThanOrEqual(400);
  expect(prepared.filter((text) => text.includes('unnest(array'))).toEqual([]);
});

async function addCompanies(owner: Kysely<Tables>): Promise<void> {
  for (const id of [mine, theirs])
    await owner
      .insertInto('company')
      .values({ id, name: `Company ${id}`, country: 'FR', time_zone: 'Europe/Paris', language: 'fr', currency: 'EUR' })
      .execute();
}

/** What the application's one connection has prepared. */
async function preparedOn(app: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(app);
  return rows.map(({ statement }) => statement);
}

async function onOneConnection(): Promise<Database & { drop: () => Promise<void> }> {
  const { connection, drop } = await createDatabase({ migrated: true });
  const database = await openDatabase({ connection, poolSize: 1 });
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  return { ...database, drop };
}
