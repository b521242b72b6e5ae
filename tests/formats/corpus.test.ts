// Real files written by others: each gives its rows or a clear message. Skipped, saying so, where the corpus is absent.
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Acting, type Context, noJobs } from '../../src/app/context.ts';
import { runImport } from '../../src/app/import-file.ts';
import type { ImportKind } from '../../src/core/import.ts';
import { importSentence } from '../../src/core/words-import.ts';
import { newId } from '../../src/db/id.ts';
import { secretBox } from '../../src/db/secret-box.ts';
import { freshDatabase, type TestDatabase } from '../world/database.ts';

const corpus = resolve(process.env.RELANCE_CORPUS ?? '../shared/corpus');
const isThere = existsSync(corpus);
if (!isThere) console.warn(`Skipped: there is no corpus at ${corpus} (RELANCE_CORPUS names another place).`);

describe.skipIf(!isThere)('The corpus', () => {
  let database: TestDatabase;
  let context: Context;

  beforeAll(async () => {
    database = await freshDatabase();
    context = {
      db: database.app,
      now: () => Temporal.Instant.from('2012-01-01T10:00:00Z'),
      jobs: noJobs,
      secrets: secretBox(Buffer.alloc(32, 7)),
    };
  });
  afterAll(() => database?.drop());

  async function newCompany(): Promise<Acting> {
    const acting = { companyId: newId(), actor: 'cli' };
    await database.owner
      .insertInto('company')
      .values({
        id: acting.companyId,
        name: 'Essai',
        country: 'FR',
        time_zone: 'Europe/Paris',
        language: 'fr',
        currency: 'EUR',
      })
      .execute();
    return acting;
  }

  const importOf = (acting: Acting, kind: ImportKind, path: string, skipBadRows = false) =>
    runImport(context, acting, {
      kind,
      source: { name: path, stream: createReadStream(resolve(corpus, path)) },
      skipBadRows,
    });

  const counted = async (table: 'customer' | 'invoice' | 'payment', acting: Acting): Promise<number> => {
    const rows = await database.owner
      .selectFrom(table)
      .select('id')
      .where('company_id', '=', acting.companyId)
      .execute();
    return rows.length;
  };

  it.each([
    ['ar_history/ibm_ar_open.csv', 1692, 67, '0000611365', '2013-02-01'],
    ['ar_history/highradius_open_open.csv', 7087, 439, '1930565277', '2020-03-13'],
  ])('%s goes in by mapping alone, once', async (path, rows, customers, number, dueOn) => {
    const acting = await newCompany();
    expect(await importOf(acting, 'invoices', path)).toMatchObject({
      ok: true,
      value: { state: 'finished', counts: { created: rows } },
    });
    expect(await counted('customer', acting)).toBe(customers);
    const first = await database.owner
      .selectFrom('invoice as i')
      .innerJoin('receivable as r', (join) =>
        join.onRef('r.invoice_id', '=', 'i.id').onRef('r.company_id', '=', 'i.company_id'),
      )
      .select('r.due_on')
      .where('i.company_id', '=', acting.companyId)
      .where('i.number', '=', number)
      .execute();
    expect(first).toEqual([{ due_on: dueOn }]);
    expect(await importOf(acting, 'invoices', path)).toMatchObject({
      ok: true,
      value: { counts: { unchanged: rows } },
    });
  });

  it('identifiers that a spreadsheet damaged are refused by name', async () => {
    const acting = await newCompany();
    const answer = await importOf(acting, 'invoices', 'ar_history/highradius_raw_head50.csv');
    expect(answer).toMatchObject({ ok: true, value: { state: 'refused', counts: { faulty: 50 } } });
    if (answer.ok)
      expect(answer.value.errors[0]).toMatchObject({ row: 2, column: 'invoice_id', code: 'identifier-damaged' });
    expect(await counted('invoice', acting)).toBe(0);
  });

  const odd = isThere ? readdirSync(resolve(corpus, 'csv_odd')) : [];
  const kinds = ['customers', 'invoices', 'payments'] as const;
  it.each(odd.flatMap((file) => kinds.map((kind) => [file, kind] as const)))(
    '%s as %s gives its rows or a clear message',
    async (file, kind) => {
      for (const skipBadRows of [false, true]) {
        const acting = await newCompany();
        const answer = await importOf(acting, kind, `csv_odd/${file}`, skipBadRows);
        if (!answer.ok) {
          expect(importSentence(answer.fault.code, answer.fault.with, 'fr')).not.toMatch(/\{|^$/);
          continue;
        }
        const { state, counts, errors } = answer.value;
        for (const error of errors) expect(importSentence(error.code, error.with, 'en')).not.toMatch(/\{\w+\}/);
        expect(counts.created + counts.changed + counts.unchanged + counts.faulty).toBe(counts.rows);
        expect(state).toBe(counts.faulty > 0 && !skipBadRows ? 'refused' : 'finished');
        const written = await counted(
          kind === 'customers' ? 'customer' : kind === 'invoices' ? 'invoice' : 'payment',
          acting,
        );
        expect(written).toBeLessThanOrEqual(state === 'refused' ? 0 : counts.created);
        if (state === 'finished' && counts.created > 0) expect(written).toBeGreaterThan(0);
      }
    },
  );
});
