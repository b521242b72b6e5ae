// Importing files: what goes in, what is refused and how it is said, and that the same file twice changes nothing.
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browsePayments } from '../../src/app/browse.ts';
import { type Acting, type Context, noJobs } from '../../src/app/context.ts';
import { type ImportRequest, importErrors, previewImport, runImport } from '../../src/app/import-file.ts';
import { faultSentence } from '../../src/core/fault-words.ts';
import { newId } from '../../src/db/id.ts';
import { secretBox } from '../../src/db/secret-box.ts';
import type { Row } from '../../src/db/tables.ts';
import { freshDatabase, type TestDatabase } from '../world/database.ts';

let database: TestDatabase;
let context: Context;
let acting: Acting;
const day = '2024-03-01';

beforeAll(async () => {
  database = await freshDatabase();
  context = {
    db: database.app,
    now: () => Temporal.Instant.from(`${day}T10:00:00Z`),
    jobs: noJobs,
    secrets: secretBox(Buffer.alloc(32, 7)),
  };
});
afterAll(() => database.drop());

beforeEach(async () => {
  acting = { companyId: newId(), actor: 'cli' };
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
});

type Extra = Partial<ImportRequest> & { skipBadRows?: boolean };

const request = (kind: ImportRequest['kind'], lines: string[], extra: Extra = {}) => ({
  kind,
  source: { name: 'essai.csv', stream: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]) },
  ...extra,
});

async function run(kind: ImportRequest['kind'], lines: string[], extra?: Extra) {
  const answer = await runImport(context, acting, request(kind, lines, extra));
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  return answer.value;
}

async function preview(kind: ImportRequest['kind'], lines: string[], extra?: Extra) {
  const answer = await previewImport(context, acting, request(kind, lines, extra));
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  if (answer.value.state === 'unsettled') throw new Error(JSON.stringify(answer.value.fault));
  return answer.value;
}

/** What is asked of a person before the file can be read. */
async function asks(kind: ImportRequest['kind'], lines: string[], extra?: Extra) {
  const answer = await previewImport(context, acting, request(kind, lines, extra));
  if (!answer.ok || answer.value.state !== 'unsettled') throw new Error(`Nothing is asked: ${JSON.stringify(answer)}`);
  return answer.value;
}

type Kept = 'customer' | 'contact' | 'invoice' | 'payment' | 'dunning_case' | 'event';

/** The company's rows of a table, in the order of a column. */
async function mine<T extends Kept>(table: T, order = 'company_id'): Promise<Row<T>[]> {
  const { rows } = await sql<Row<T>>`select * from ${sql.table(table)} where company_id = ${acting.companyId}
    order by ${sql.ref(order)}`.execute(database.owner);
  return rows;
}

/** Every invoice's number with its instalments: due day, amount, open. */
async function balances(): Promise<string[]> {
  const rows = await database.owner
    .selectFrom('receivable as r')
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.id', '=', 'r.invoice_id').onRef('i.company_id', '=', 'r.company_id'),
    )
    .select(['i.number', 'r.position', 'r.due_on', 'r.amount_minor', 'r.open_minor'])
    .where('r.company_id', '=', acting.companyId)
    .orderBy('i.number')
    .orderBy('r.position')
    .execute();
  return rows.map((row) => `${row.number}/${row.position} ${row.due_on} ${row.amount_minor} ${row.open_minor}`);
}

/** The rows themselves, with the transaction that wrote each: what is written again would show. */
async function versions(): Promise<string> {
  const all = [];
  for (const table of [
    'customer',
    'contact',
    'invoice',
    'receivable',
    'payment',
    'allocation',
    'dunning_case',
  ] as const) {
    const { rows } = await sql<{ v: string }>`
      select t.xmin::text || t.ctid::text || t::text as v from ${sql.table(table)} t where company_id = ${acting.companyId}
      order by 1`.execute(database.owner);
    all.push(rows.map((row) => row.v));
  }
  return JSON.stringify(all);
}

const invoices = [
  'Numéro facture;Code client;Nom client;Date facture;Échéance;Montant TTC;Email',
  '0001;0042;Dupont;15/01/2024;14/02/2024;1 200,50 €;compta@dupont.fr',
  '0002;0042;Dupont;16/01/2024;;80,00;',
  '0003;0043;=cmd|calc;20/05/2024;19/06/2024;12,00;',
];

describe('A file of invoices', () => {
  it('makes customers, contacts, invoices, receivables and cases', async () => {
    expect((await run('invoices', invoices)).counts).toEqual({
      rows: 3,
      created: 3,
      changed: 0,
      unchanged: 0,
      faulty: 0,
    });
    expect(await balances()).toEqual([
      '0001/1 2024-02-14 120050 120050',
      '0002/1 null 8000 8000',
      '0003/1 2024-06-19 1200 1200',
    ]);
    expect((await mine('customer', 'number')).map((c) => [c.number, c.name])).toEqual([
      ['0042', 'Dupont'],
      ['0043', '=cmd|calc'],
    ]);
    expect(await mine('contact')).toMatchObject([{ email: 'compta@dupont.fr', role: 'main' }]);
    const cases = await mine('dunning_case', 'look_on');
    expect(cases.map((c) => [c.met_on, c.met_how, c.entry, c.state, c.look_on])).toEqual([
      [day, 'arrived', 'pending', 'pending', day],
      [day, 'arrived', 'pending', 'pending', day],
      [day, 'arrived', 'pending', 'pending', '2024-05-20'],
    ]);
    expect((await mine('invoice', 'number')).map((i) => i.arrived_on)).toEqual([day, day, '2024-05-20']);
  });

  it('read twice changes nothing, and leaves one event each time', async () => {
    await run('invoices', invoices);
    const before = await versions();
    const again = await run('invoices', invoices);
    expect(again.counts).toEqual({ rows: 3, created: 0, changed: 0, unchanged: 3, faulty: 0 });
    expect(await versions()).toBe(before);
    expect((await mine('event')).map((event) => event.type)).toEqual(['import.finished', 'import.finished']);
  });

  it('with a changed row shows the difference first, then updates it and wakes its case', async () => {
    await run('invoices', invoices);
    await database.owner
      .updateTable('dunning_case')
      .set({ look_on: null })
      .where('company_id', '=', acting.companyId)
      .execute();
    const changed = invoices.with(1, '0001;0042;Dupont;15/01/2024;28/02/2024;1 300,50 €;autre@dupont.fr');
    const seen = await preview('invoices', changed);
    expect(seen.counts).toMatchObject({ changed: 1, unchanged: 2 });
    expect(seen.differences).toEqual([
      {
        row: 2,
        number: '0001',
        changes: expect.arrayContaining([
          { field: 'dueOn', from: '2024-02-14', to: '2024-02-28' },
          { field: 'amount', from: 120050, to: 130050 },
        ]),
      },
    ]);
    expect(await balances()).toContain('0001/1 2024-02-14 120050 120050');
    expect((await run('invoices', changed)).counts).toMatchObject({ changed: 1, unchanged: 2 });
    expect(await balances()).toContain('0001/1 2024-02-28 130050 130050');
    const woken = (await mine('dunning_case')).filter((c) => c.look_on !== null);
    expect(woken).toHaveLength(1);
    expect((await mine('contact')).map((contact) => contact.email)).toEqual(['compta@dupont.fr']);
  });

  it('refuses an identifier that a spreadsheet damaged, by name, and nothing goes in', async () => {
    const done = await run('invoices', [...invoices, '1.929404e+09;0042;Dupont;15/01/2024;14/02/2024;10,00;']);
    expect(done.state).toBe('refused');
    expect(done.errors).toEqual([
      {
        row: 5,
        column: 'Numéro facture',
        value: '1.929404e+09',
        code: 'identifier-damaged',
        with: { value: '1.929404e+09' },
      },
    ]);
    expect(await balances()).toEqual([]);
    expect(await mine('event')).toEqual([]);
    expect(await importErrors(context, acting, done.importId)).toEqual({ ok: true, value: done.errors });
  });

  it('lets the good rows in where that is wanted', async () => {
    const done = await run('invoices', [...invoices, '0004;0042;Dupont;31/02/2024;;10,00;'], { skipBadRows: true });
    expect(done).toMatchObject({ state: 'finished', counts: { rows: 4, created: 3, faulty: 1 } });
    expect(await balances()).toHaveLength(3);
  });

  it('names the first row where a number comes twice; an identical row is only said twice', async () => {
    const twice = await run('invoices', [...invoices, invoices[1]!, '0002;0042;Dupont;16/01/2024;;81,00;']);
    expect(twice.errors).toMatchObject([{ row: 6, code: 'duplicate-number', with: { number: '0002', first: 3 } }]);
    expect(twice.counts).toMatchObject({ created: 3, unchanged: 1, faulty: 1 });
  });

  it('keeps the columns that were chosen for the next file of its kind', async () => {
    const odd = ['Machin;Truc;Chose;Bidule', 'F1;Dupont;15/01/2024;10,00'];
    const { fault } = await asks('invoices', odd);
    // In words, and with the name by which the command line maps it.
    expect(faultSentence(fault, 'fr').replaceAll('\u00a0', ' ')).toBe(
      'Il manque des colonnes : numéro (number), n° de client ou nom du client (customerNumber/customerName), montant ou reste dû (amount/openAmount), date d’émission ou échéance (issuedOn/dueOn). Colonnes du fichier : Machin, Truc, Chose, Bidule.',
    );
    await run('invoices', odd, { mapping: { number: 'Machin', customerName: 'Truc', dueOn: 'Chose', amount: '#4' } });
    const next = await run('invoices', [odd[0]!, 'F2;Durand;16/01/2024;11,00']);
    expect(next.recognised.notes.map((note) => note.code)).toContain('mapping-remembered');
    expect(await balances()).toEqual(['F1/1 2024-01-15 1000 1000', 'F2/1 2024-01-16 1100 1100']);
  });

  it('whose columns are not recognised asks for them: what is required, what the file has, how it is read', async () => {
    const odd = ['Relevé du 1er mars', 'Machin;Truc;Chose;Bidule;Devise', 'F1;Dupont;15/01/2024;10,00;EUR'];
    const rows = ['F2;Dupont;;10,00;EUR', 'F3;Durand;16/01/2024;12,00;EUR'];
    const asked = await asks('invoices', [...odd, ...rows], { options: { headerRow: 2 } });
    expect(asked).not.toHaveProperty('counts');
    expect(asked.missing).toEqual([
      ['number'],
      ['customerNumber', 'customerName'],
      ['amount', 'openAmount'],
      ['issuedOn', 'dueOn'],
    ]);
    expect(asked.recognised).toMatchObject({
      separator: ';',
      encoding: 'utf-8',
      headerRow: 2,
      columns: ['Machin', 'Truc', 'Chose', 'Bidule', 'Devise'],
      examples: [['F1', 'F2'], ['Dupont', 'Durand'], ['15/01/2024', '16/01/2024'], ['10,00', '12,00'], ['EUR']],
      mapping: { number: '', currency: 'Devise' },
    });
    // What is chosen of it counts; the rest is still asked for.
    const half = { ...asked.recognised.mapping, number: 'Machin', customerName: 'Truc', openAmount: 'Bidule' };
    const options = { headerRow: 2 };
    expect((await asks('invoices', [...odd, ...rows], { mapping: half, options })).missing).toEqual([
      ['issuedOn', 'dueOn'],
    ]);
    const all = { ...half, dueOn: 'Chose' };
    const seen = await preview('invoices', [...odd, ...rows], { mapping: all, options });
    expect(seen).toMatchObject({ state: 'read', counts: { rows: 3, created: 2, faulty: 1 } });
    // Importing has nobody to ask.
    expect(await runImport(context, acting, request('invoices', [...odd, ...rows], { options }))).toMatchObject({
      ok: false,
      fault: { code: 'columns-missing' },
    });
    expect(await balances()).toEqual([]);
  });

  it.each([
    ['a picture', '89504e470d0a1a0a0000000d4948', 'une image'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj').toString('hex'), 'un PDF'],
    ['some bytes', '0102030405060708000102030405', 'un fichier binaire'],
  ])('that is %s and no table is told so', async (_, bytes, what) => {
    const source = { name: 'f.csv', stream: Readable.from([Buffer.from(bytes, 'hex')]) };
    const answer = await previewImport(context, acting, { kind: 'invoices', source });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'file-is-other-format' } });
    if (!answer.ok) expect(faultSentence(answer.fault, 'fr')).toContain(`Ce fichier est ${what}, pas un tableau`);
  });

  it('with an unknown field or column in its mapping is told so', async () => {
    const wrong = await runImport(context, acting, request('invoices', invoices, { mapping: { number: 'Rien' } }));
    expect(wrong).toMatchObject({
      ok: false,
      fault: { code: 'column-unknown', with: { field: 'number', column: 'Rien' } },
    });
  });

  it('whose dates turn out to be in the other order is refused whole', async () => {
    const days = 'F1;Dupont;01/02/2024;10,00\n'.repeat(12_000);
    const pieces = [`Numéro;Client;Date;Montant\n${days}`, 'F2;Dupont;01/31/2024;10,00\n'];
    const source = () => ({ name: 'f.csv', stream: Readable.from(pieces.map((piece) => Buffer.from(piece))) });
    const late = await runImport(context, acting, { kind: 'invoices', source: source(), skipBadRows: true });
    expect(late).toMatchObject({ ok: false, fault: { code: 'dates-contradict', with: { row: 12_002, order: 'dmy' } } });
    // Seen before, it is a question: which order is it?
    const asked = await asks('invoices', [], { source: source() });
    expect(asked).toMatchObject({ missing: [], fault: { code: 'dates-contradict' } });
    expect(asked.recognised).toMatchObject({ dateOrder: 'dmy', mapping: { issuedOn: 'Date' } });
    expect(await balances()).toEqual([]);
  });

  it('of many rows after one of few takes no longer for it', async () => {
    await run('invoices', invoices);
    const many = Array.from({ length: 20_000 }, (_, index) => `M${index};0042;Dupont;15/01/2024;14/02/2024;10,00;`);
    expect((await run('invoices', [invoices[0]!, ...many])).counts.created).toBe(20_000);
    const changed = many.map((row) => row.replace('10,00', '11,00'));
    expect((await run('invoices', [invoices[0]!, ...changed])).counts.changed).toBe(20_000);
  });

  it('that breaks off in the middle leaves nothing', async () => {
    async function* broken() {
      yield Buffer.from(`${invoices.join('\n')}\n`);
      yield Buffer.alloc(300_000, `0009;0042;Dupont;15/01/2024;;10,00;\n`);
      throw new Error('the line went dead');
    }
    const source = { name: 'f.csv', stream: broken() };
    await expect(runImport(context, acting, { kind: 'invoices', source, skipBadRows: true })).rejects.toThrow('dead');
    expect(await balances()).toEqual([]);
    expect(await mine('customer')).toEqual([]);
  });

  it('takes several rows of one number as instalments only where a column says which', async () => {
    const rows = ['Numéro;Client;Date;Échéance;N° échéance;Montant', 'F1;Dupont;01/01/2024;31/01/2024;1;50,00'];
    const done = await run('invoices', [...rows, 'F1;Dupont;01/01/2024;29/02/2024;2;70,00']);
    expect(done.counts.created).toBe(2);
    expect(await balances()).toEqual(['F1/1 2024-01-31 5000 5000', 'F1/2 2024-02-29 7000 7000']);
    expect(await mine('invoice')).toMatchObject([{ number: 'F1', total_minor: 12000 }]);
    const more = await run('invoices', [
      ...rows,
      'F1;Dupont;01/01/2024;29/02/2024;2;75,00',
      'F1;Dupont;01/01/2024;31/03/2024;3;5,00',
    ]);
    expect(more.counts).toMatchObject({ created: 0, changed: 2, unchanged: 1 });
    expect(await mine('invoice')).toMatchObject([{ total_minor: 13000 }]);
    const half = await run('invoices', [rows[0]!, 'F2;Dupont;01/01/2024;;1;5,00', 'F2;Dupont;01/01/2024;;2;x'], {
      skipBadRows: true,
    });
    expect(half.errors.map((error) => `${error.row} ${error.code}`)).toEqual([
      '2 other-instalment-refused',
      '3 amount-invalid',
    ]);
    expect(await mine('invoice')).toHaveLength(1);
  });

  it('makes credit notes of negative amounts, without a case, and looks at their customer today', async () => {
    await run('invoices', invoices);
    await database.owner
      .updateTable('dunning_case')
      .set({ look_on: null })
      .where('company_id', '=', acting.companyId)
      .execute();
    await run('invoices', ['Numéro;Code client;Date;Montant', 'A1;0042;01/02/2024;-100,00']);
    expect((await mine('invoice')).filter((invoice) => invoice.type === 'credit_note')).toMatchObject([
      { number: 'A1', total_minor: 10000, unallocated_minor: 10000 },
    ]);
    expect((await mine('dunning_case')).filter((c) => c.look_on === day)).toHaveLength(2);
  });

  it('that gives what is still open has the rest as paid, and never un-pays', async () => {
    const rows = ['Numéro;Client;Date;Montant TTC;Reste à payer', 'F1;Dupont;01/01/2024;100,00;60,00'];
    await run('invoices', rows);
    expect(await balances()).toEqual(['F1/1 null 10000 6000']);
    expect((await run('invoices', rows)).counts.unchanged).toBe(1);
    await run('invoices', [rows[0]!, 'F1;Dupont;01/01/2024;100,00;20,00']);
    expect(await balances()).toEqual(['F1/1 null 10000 2000']);
    expect((await run('invoices', rows)).counts.unchanged).toBe(1);
    const less = await run('invoices', ['Numéro;Client;Date;Montant TTC', 'F1;Dupont;01/01/2024;70,00']);
    expect(less.errors).toMatchObject([{ code: 'amount-below-allocated', column: 'Montant TTC' }]);
  });
});

describe('A file of customers', () => {
  const customers = [
    'Code client;Nom;Type;Email;Langue;Pays;Ville',
    '007;Durand;Particulier;a@durand.fr, b@durand.fr;anglais;France;Lyon',
  ];

  it('makes and updates customers; an address that changed replaces the former', async () => {
    await run('customers', customers);
    expect(await mine('customer')).toMatchObject([
      { number: '007', name: 'Durand', kind: 'consumer', language: 'en', country: 'FR', city: 'Lyon' },
    ]);
    expect((await mine('contact', 'email')).map((c) => c.email)).toEqual(['a@durand.fr', 'b@durand.fr']);
    const before = await versions();
    expect((await run('customers', customers)).counts).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
    expect(await versions()).toBe(before);
    await run('customers', ['Code client;Nom;Email', '008;Petit;vieux@petit.fr']);
    const seen = await preview('customers', ['Code client;Nom;Email', '008;Petit & fils;neuf@petit.fr']);
    expect(seen.differences[0]!.changes).toEqual([
      { field: 'name', from: 'Petit', to: 'Petit & fils' },
      { field: 'email', from: 'vieux@petit.fr', to: 'neuf@petit.fr' },
    ]);
    await run('customers', ['Code client;Nom;Email', '008;Petit & fils;neuf@petit.fr']);
    expect((await mine('contact')).map((c) => c.email).sort()).toEqual(['a@durand.fr', 'b@durand.fr', 'neuf@petit.fr']);
  });

  it('refuses an address that is none', async () => {
    const done = await run('customers', ['Code client;Nom;Email', '1;A;pas une adresse']);
    expect(done.errors).toMatchObject([{ row: 2, column: 'Email', code: 'email-invalid' }]);
  });
});

describe('A file of payments', () => {
  const head = 'Référence;Code client;Facture;Date;Montant';
  beforeEach(async () => {
    await run('invoices', [
      'Numéro;Code client;Date;Échéance;N° échéance;Montant',
      'F1;1;01/01/2024;29/02/2024;2;70,00',
      'F1;1;01/01/2024;31/01/2024;1;50,00',
      'F2;1;01/01/2024;15/02/2024;1;30,00',
    ]);
  });

  it('pays the earliest instalment first, keeps an overpayment, and changes nothing when read twice', async () => {
    const payments = [
      head,
      'P1;1;F1;01/03/2024;60,00',
      'P2;1;F1;02/03/2024;30,00',
      'P3;1;F2;02/03/2024;45,00',
      'P4;1;;02/03/2024;5,00',
    ];
    expect((await run('payments', payments)).counts.created).toBe(4);
    expect(await balances()).toEqual(['F1/1 2024-01-31 5000 0', 'F1/2 2024-02-29 7000 3000', 'F2/1 2024-02-15 3000 0']);
    const left = await mine('payment', 'number');
    expect(left.map((payment) => payment.unallocated_minor)).toEqual([0, 0, 1500, 500]);
    const before = await versions();
    expect((await run('payments', payments)).counts).toMatchObject({ created: 0, unchanged: 4 });
    expect(await versions()).toBe(before);
  });

  it('spreads one payment over several invoices, the earliest due first', async () => {
    await run('payments', [head, 'P1;1;F1, F2;01/03/2024;100,00']);
    expect(await balances()).toEqual(['F1/1 2024-01-31 5000 0', 'F1/2 2024-02-29 7000 5000', 'F2/1 2024-02-15 3000 0']);
  });

  it('without references takes two identical rows as two payments, and knows them again', async () => {
    const payments = ['Facture;Date;Montant', 'F1;01/03/2024;10,00', 'F1;01/03/2024;10,00'];
    expect((await run('payments', payments)).counts.created).toBe(2);
    expect((await run('payments', payments)).counts).toMatchObject({ created: 0, unchanged: 2 });
    // What Relance knows them by is nobody's reference.
    const { rows } = await browsePayments(context, acting, { limit: 10 });
    expect(rows.map(({ number, reference }) => [number, reference])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await balances()).toContain('F1/1 2024-01-31 5000 3000');
  });

  it('refuses an unknown invoice by name, or keeps the money as credit', async () => {
    const payments = [head, 'P1;1;F9;01/03/2024;10,00'];
    expect((await run('payments', payments)).errors).toMatchObject([
      { column: 'Facture', code: 'invoice-unknown', with: { number: 'F9' } },
    ]);
    const kept = await run('payments', payments, { options: { unknownInvoice: 'credit' } });
    expect(kept.counts.created).toBe(1);
    expect(await mine('payment')).toMatchObject([{ unallocated_minor: 1000 }]);
  });

  it('refuses what names another customer, another currency, or nobody', async () => {
    await run('customers', ['Code client;Nom', '2;Autre']);
    const done = await run('payments', [
      `${head};Devise`,
      'P1;2;F1;01/03/2024;10,00;EUR',
      'P2;1;F1;01/03/2024;10,00;USD',
      'P3;9;;01/03/2024;10,00;EUR',
      'P4;1;F1;01/03/2024;-10,00;EUR',
    ]);
    expect(done.errors.map((error) => `${error.row} ${error.code}`)).toEqual([
      '2 invoice-of-other-customer',
      '3 currency-differs',
      '4 customer-unknown',
      '5 amount-not-positive',
    ]);
    expect(await mine('payment')).toEqual([]);
  });
});
