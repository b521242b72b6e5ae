// Lists as files: the very rows of the list in its order, the columns that were asked for, whatever their number; as CSV and as XLSX,
// the latter read back by another library.
import { Readable } from 'node:stream';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeListFile } from '../../src/app/list-file.ts';
import { csvPieces } from '../../src/formats/csv-writing.ts';
import type { FileCell } from '../../src/formats/file-cell.ts';
import { xlsxFile } from '../../src/formats/xlsx-writing.ts';
import {
  customerColumns,
  customerList,
  historyColumns,
  historyList,
  invoiceColumns,
  invoiceList,
  messageColumns,
  messageList,
  paymentColumns,
  paymentList,
} from '../../src/words/lists.ts';
import { importMany } from '../world/many.ts';
import { atelier, firstOwner, type Site, startSite, Visitor } from '../world/site.ts';
import { value } from '../world/world.ts';

type Line = Record<string, string>;

const parsed = (csv: string): Line[] => {
  const { data, meta } = Papa.parse<Line>(csv, { header: true, skipEmptyLines: true });
  expect(meta.fields).toBeDefined();
  return data;
};

describe('over the wire', () => {
  let site: Site;
  let visitor: Visitor;
  let companyId: string;
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    site = await startSite();
    ({ visitor, companyId } = await firstOwner(site));
    // Several pages of a file, and many more of a screen.
    await importMany(site.context, { companyId, actor: 'test' }, 4_100, {
      issuedOn: '2026-10-01',
      dueOn: '2026-12-31',
    });
    const customer = async (name: string, number: string, more: object = {}): Promise<string> => {
      const contacts = [{ email: `${number.toLowerCase()}@odet.example` }];
      const { body } = await visitor.ask('POST', at('/customers'), { name, number, contacts, ...more });
      return body.customerId;
    };
    const invoice = async (customerId: string, number: string, totalMinor: number, more: object = {}) => {
      const made = { customerId, number, issuedOn: '2026-10-01', dueOn: '2026-11-02', totalMinor, ...more };
      ids[number] = (await visitor.ask('POST', at('/invoices'), made)).body.invoiceId;
    };
    ids.odet = await customer('=HYPERLINK("http://odet.example","Odet")', '00042', {
      kind: 'public',
      city: 'Quimper; "Bretagne"',
    });
    await invoice(ids.odet, '000123', 123_456);
    await invoice(ids.odet, '+33123', 5_000, { currency: 'JPY', dueOn: '2026-11-20' });
    await invoice(ids.odet, '@SUM(A1)', 1_250, { currency: 'TND', dueOn: null });
    await invoice(await customer('Odet Nautisme', '00043'), 'N-1', 8_000);
    await visitor.ask('POST', at(`/invoices/${ids['+33123']}/dispute`), { reason: 'x' });
    for (const reference of ['VIR 1', '-2+3', 'VIR 3'])
      await visitor.ask('POST', at('/payments'), {
        customerId: ids.odet,
        receivedOn: '2026-11-20',
        amountMinor: 1_000,
        reference,
      });
    await visitor.ask('POST', at('/runs'));
    for (const reminder of (await visitor.ask('GET', at('/reminders?state=to_approve'))).body.rows)
      await visitor.ask('POST', at('/reminders/approve'), { reminderIds: [reminder.id] });
    await visitor.ask('POST', at('/runs'));
  }, 120_000);
  afterAll(() => site.stop());

  const file = (noun: string, body: object, language = 'fr') =>
    visitor.ask('POST', at(`/${noun}/file`), { format: 'csv', ...body }, { 'accept-language': language });
  /** Every row of the list, as a screen reads it. */
  async function listed(noun: string, query: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body, status } = await visitor.ask(
        'GET',
        at(`/${noun}?limit=200&${query}${cursor && `&cursor=${cursor}`}`),
      );
      expect(status).toBe(200);
      rows.push(...body.rows);
      cursor = body.nextCursor;
    }
    return rows;
  }

  test('a file of invoices has the rows of the list in its order over several pages, none twice', async () => {
    const filters: Record<string, string>[] = [
      { state: 'open', order: 'due' },
      { state: 'all' },
      { search: 'client 39', state: 'not_due' },
    ];
    for (const filter of filters) {
      const rows = await listed('invoices', new URLSearchParams(filter).toString());
      const { status, text } = await file('invoices', { columns: ['number', 'customerNumber'], ...filter });
      expect(status).toBe(200);
      const numbers = parsed(text).map((line) => line.Facture?.replace(/^'/, ''));
      expect(numbers).toEqual(rows.map((row) => row.number));
      expect(new Set(numbers).size).toBe(rows.length);
    }
    expect((await listed('invoices', 'state=all')).length).toBeGreaterThan(4_000);
  });

  test.each([
    ['customers', { search: 'client 00' }, 'number', customerList, 'number'],
    ['reminders', { state: 'left', search: 'odet' }, 'customerNumber', messageList, 'customerNumber'],
    ['payments', { since: '2026-11-01' }, 'customer', paymentList, 'customerName'],
    ['history', { kind: 'decisions', search: '000123' }, 'customer', historyList, 'customerName'],
    ['customers', {}, 'number', customerList, 'number'],
  ] as const)(
    'a file of %s filtered by %o has the rows of the list in its order',
    async (noun, filter, column, words, field) => {
      const rows = await listed(noun, new URLSearchParams(filter).toString());
      expect(rows.length).toBeGreaterThan(0);
      const { status, text } = await file(noun, { columns: [column], ...filter });
      expect(status).toBe(200);
      const title = (words.fr.columns as Record<string, string>)[column]!;
      expect(parsed(text).map((line) => line[title]!.replace(/^'/, ''))).toEqual(rows.map((row) => row[field]));
    },
  );

  test('every column of every list can be had, in the order asked for, under its title in both languages', async () => {
    for (const [noun, columns, words] of [
      ['invoices', invoiceColumns, invoiceList],
      ['customers', customerColumns, customerList],
      ['reminders', messageColumns, messageList],
      ['payments', paymentColumns, paymentList],
      ['history', historyColumns, historyList],
    ] as const) {
      const asked = [...columns].reverse();
      for (const language of ['fr', 'en'] as const) {
        const answer = await file(noun, { columns: asked, search: 'odet' }, language);
        expect(answer.status, noun).toBe(200);
        const titles = words[language].columns as Record<string, string>;
        const first = asked.map((column) => `"${titles[column]}"`).join(language === 'fr' ? ';' : ',');
        expect(answer.bytes.toString('utf8').split('\r\n')[0]).toBe(`\ufeff${first}`);
        expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
        const named = `${words[language].file}-2026-11-23.csv`;
        expect(answer.headers.get('content-disposition')).toContain(`attachment; filename="${named}"`);
      }
    }
  });

  test('amounts, days, words and what looks like a formula in CSV, as each language has it', async () => {
    const columns = ['number', 'customer', 'due', 'late', 'level', 'next', 'total', 'currency'];
    const french = await file('invoices', { columns, customerId: ids.odet });
    expect(french.text.split('\r\n').slice(1, -1)).toEqual([
      `"'@SUM(A1)";"'=HYPERLINK(""http://odet.example"",""Odet"")";;;;"Il lui manque une date d’échéance.";1,250;"TND"`,
      `"'+33123";"'=HYPERLINK(""http://odet.example"",""Odet"")";2026-11-20;3;"En litige";"En litige.";5000;"JPY"`,
      expect.stringMatching(/^"000123";"'=HYPERLINK\(.*\)";2026-11-02;21;"R1";"[^"]+";1234,56;"EUR"$/),
    ]);
    const english = await file('invoices', { columns, customerId: ids.odet }, 'en-GB,en;q=0.9');
    expect(english.text).toContain('"Invoice","Customer","Due"');
    expect(english.text).toMatch(/"000123",.*,2026-11-02,21,"R1",.*,1234\.56,"EUR"/);
    const payments = await file('payments', { columns: ['reference', 'left', 'amount'] });
    expect(payments.text.split('\r\n').slice(1, -1)).toEqual([
      '"VIR 3";10,00;10,00',
      `"'-2+3";10,00;10,00`,
      '"VIR 1";10,00;10,00',
    ]);
    const customers = await file('customers', { columns: ['number', 'city', 'kind', 'open'], search: 'odet' });
    expect(customers.text).toMatch(/"00042";"Quimper; ""Bretagne""";"Organisme public";"[^"]*·[^"]*"/);
    const recorded = await file('history', { columns: ['when', 'who', 'what', 'about'], kind: 'money' });
    expect(parsed(recorded.text)[0]).toMatchObject({
      Quand: '2026-11-23',
      Qui: 'Claire Morvan',
      Quoi: expect.stringMatching(/^Règlement de 10,00\u00a0€ enregistré\.$/),
    });
  });

  test('only what was chosen is in the file, of those that the filters let through', async () => {
    const chosen = [ids['000123'], ids['+33123']];
    const both = await file('invoices', { columns: ['number'], ids: chosen, order: 'due' });
    expect(parsed(both.text)).toEqual([{ Facture: '000123' }, { Facture: "'+33123" }]);
    const disputed = await file('invoices', { columns: ['number'], ids: chosen, state: 'disputed' });
    expect(parsed(disputed.text)).toEqual([{ Facture: "'+33123" }]);
    for (const noun of ['customers', 'reminders', 'payments', 'history']) {
      const rows = (await visitor.ask('GET', at(`/${noun}?limit=3`))).body.rows as { id: string }[];
      expect(rows.length, noun).toBeGreaterThan(1);
      const columns = [{ customers: 'name', history: 'what' }[noun] ?? 'customer'];
      const some = await file(noun, { columns, ids: [rows[1]!.id] });
      expect(parsed(some.text), noun).toHaveLength(1);
    }
  });

  test('XLSX: real days and amounts, text as text, a bold first row that stays in sight, and no formula', async () => {
    const columns = ['number', 'customer', 'due', 'late', 'total', 'currency'];
    const { status, bytes, headers } = await file('invoices', { format: 'xlsx', columns, customerId: ids.odet });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('filename="factures-2026-11-23.xlsx"');
    const name = '=HYPERLINK("http://odet.example","Odet")';
    expect(await readSheet(bytes)).toEqual([
      ['Facture', 'Client', 'Échéance', 'Jours de retard', 'Montant TTC', 'Devise'],
      ['@SUM(A1)', name, null, null, 1.25, 'TND'],
      ['+33123', name, new Date('2026-11-20'), 3, 5_000, 'JPY'],
      ['000123', name, new Date('2026-11-02'), 21, 1_234.56, 'EUR'],
    ]);
    const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));
    const sheet = parts['xl/worksheets/sheet1.xml']!;
    const styles = parts['xl/styles.xml']!;
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    const formats = new Map(
      [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map((one) => [one[1], one[2]]),
    );
    const used = [...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf ([^>]*)>/g)].map((one) => one[1]!);
    const formatOf = (cell: string): string | undefined => {
      const style = new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(sheet)?.[1];
      return formats.get(/numFmtId="(\d+)"/.exec(used[Number(style)] ?? '')?.[1]);
    };
    expect(used[Number(/<c r="A1" s="(\d+)"/.exec(sheet)?.[1])]).toMatch(/fontId="1"/);
    expect(formatOf('C3')).toBe('dd/mm/yyyy');
    expect(formatOf('E2')).toMatch(/^#,##0\.000\\ (&quot;|")TND/);
    expect(formatOf('E3')).toMatch(/^#,##0\\ (&quot;|")JPY/);
    expect(formatOf('E4')).toMatch(/^#,##0\.00\\ (&quot;|")€/);
    for (const cell of ['A2', 'A4', 'B3', 'F4']) expect(formatOf(cell), cell).toBe('@');
    expect(sheet).toMatch(/<col [^>]*width="42"/);
  });

  test('XLSX of several pages has every row, and history keeps its minute', async () => {
    const rows = await listed('customers', '');
    const { bytes } = await file('customers', { format: 'xlsx', columns: ['number'] });
    expect((await readSheet(bytes)).slice(1)).toEqual(rows.map((row) => [row.number]));
  });

  test('history keeps its minute where the day is the true one, in CSV and in XLSX', async () => {
    // Events are written down by the clock on the wall.
    site.setNow(new Date().toISOString());
    await visitor.ask('POST', at('/customers'), { name: 'Kerbrat' });
    const { day, at: instant } = (await visitor.ask('GET', at('/history?limit=1'))).body.rows[0];
    const clock = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'Europe/Paris' }).format(
      new Date(instant),
    );
    const wanted = { columns: ['when', 'who'], search: 'Kerbrat' };
    expect((await file('history', wanted)).text.split('\r\n')[1]).toBe(`${day} ${clock};"Claire Morvan"`);
    const { bytes } = await file('history', { ...wanted, format: 'xlsx' });
    // A sheet holds an instant as a part of a day: read back, it may be off by a thousandth of a second.
    const [read, who] = (await readSheet(bytes))[1] as [Date, string];
    expect(new Date(Math.round(read.getTime() / 1000) * 1000)).toEqual(new Date(`${day}T${clock}:00Z`));
    expect(who).toBe('Claire Morvan');
  });

  test('what is wrong in what is asked is told; a reader and a key have what they may read, and no more', async () => {
    for (const wrong of [
      { columns: [] },
      { columns: ['number', 'number'] },
      { columns: ['secret'] },
      { columns: ['number'], format: 'pdf' },
      { columns: ['number'], ids: [] },
      { columns: ['number'], state: 'late' },
    ])
      expect((await file('invoices', wrong)).status, JSON.stringify(wrong)).toBe(400);
    const password = 'a short sentence';
    const member = { name: 'Lecteur', email: 'lecteur@example.org', password, role: 'reader' };
    await visitor.ask('POST', at('/members'), member);
    const reader = new Visitor(site);
    await reader.ask('POST', '/api/session', { email: member.email, password });
    const { key } = (await visitor.ask('POST', at('/api-keys'), { name: 'ERP', role: 'agent' })).body;
    for (const one of [reader, new Visitor(site, key)]) {
      const wanted = { format: 'csv', columns: ['customer'] };
      for (const noun of ['invoices', 'reminders', 'payments'])
        expect((await one.ask('POST', at(`/${noun}/file`), wanted)).status, noun).toBe(200);
      expect((await one.ask('POST', at('/customers/file'), { ...wanted, columns: ['name'] })).status).toBe(200);
      expect((await one.ask('POST', at('/history/file'), wanted)).status).toBe(403);
    }
    // Another company's rows are none, even by their identifiers.
    const elsewhere = (await visitor.ask('POST', '/api/companies', { ...atelier, name: 'Ailleurs' })).body.companyId;
    const stolen = await visitor.ask('POST', `/api/companies/${elsewhere}/invoices/file`, {
      format: 'csv',
      columns: ['number'],
      ids: [ids['000123']],
    });
    expect(stolen.text.trim().split('\r\n')).toHaveLength(1);
    expect(site.unexpected).toEqual([]);
  });
});

describe('however long the list', () => {
  interface Page {
    limit: number;
    cursor?: string | undefined;
  }
  /** A list of so many numbers, and how many pages of it were asked for. */
  const listOf = (total: number) => {
    const asked: number[] = [];
    const read = async ({ limit, cursor = '0' }: Page) => {
      const from = Number(cursor);
      const until = Math.min(from + limit, total);
      asked.push(from);
      const rows = Array.from({ length: until - from }, (_, index) => from + index);
      return { rows, nextCursor: until < total ? String(until) : null };
    };
    const list = {
      words: { file: 'liste', columns: { number: 'Numéro' } },
      cells: { number: (row: number): FileCell => `F-${row}` },
      today: '2026-11-23',
      read,
    };
    return { asked, list };
  };

  test('CSV is read as it is taken: of a million rows, those after the first pieces are not even asked for', async () => {
    const { asked, list } = listOf(1_000_000);
    const { body } = value(await makeListFile({ format: 'csv', columns: ['number'], language: 'fr' }, list));
    const taken = (body as Readable)[Symbol.asyncIterator]();
    for (let piece = 0; piece < 2; piece++) await taken.next();
    expect(asked.length).toBeLessThan(20);
    let lines = 0;
    for await (const piece of Readable.from(taken)) lines += String(piece).split('\r\n').length - 1;
    expect(asked).toHaveLength(500);
    expect(lines).toBeGreaterThan(900_000);
  });

  test('a list that can’t be read is a fault before the file begins; one that breaks off is an error, not a short file', async () => {
    const broken = new Error('the database is gone');
    const { list } = listOf(10_000);
    const wanted = { format: 'csv', columns: ['number'], language: 'fr' } as const;
    await expect(makeListFile(wanted, { ...list, read: () => Promise.reject(broken) })).rejects.toBe(broken);
    const later = (page: Page) => (page.cursor === undefined ? list.read(page) : Promise.reject(broken));
    const { body } = value(await makeListFile(wanted, { ...list, read: later }));
    await expect((body as Readable).toArray()).rejects.toBe(broken);
  });

  test('XLSX of more than 100,000 rows is refused, and no more of them are read', async () => {
    const { asked, list } = listOf(300_000);
    const answer = await makeListFile({ format: 'xlsx', columns: ['number'], language: 'fr' }, list);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'too-many-rows' } });
    expect(asked.length).toBeLessThan(53);
  });

  const head = { name: 'liste', titles: ['A'], language: 'fr' } as const;
  async function* pages(...rows: FileCell[][][]): AsyncGenerator<FileCell[][]> {
    yield* rows;
  }

  test('every sign with which a formula begins is made text in CSV; what only holds one stays as it is', async () => {
    const cells = ['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '\n=1', '＝1+1', 'a=b', 'A-1', ''];
    const pieces = await Readable.from(csvPieces(head, pages(cells.map((cell) => [cell])))).toArray();
    const { data } = Papa.parse<string[]>(pieces.join('').replace('\ufeff', ''), { delimiter: ';' });
    expect(data.slice(1, -1).map(([cell]) => cell)).toEqual([
      ...cells.slice(0, 8).map((cell) => `'${cell}`),
      ...cells.slice(8),
    ]);
  });

  test('days before spreadsheets know them and texts with odd characters do not break an XLSX file', async () => {
    const rows: FileCell[][] = [
      [{ day: '0202-01-01' }],
      ['a\u0000\u0007b <&> "\ud83d\ude00"'],
      ['x'.repeat(40_000)],
      [null],
    ];
    const bytes = await xlsxFile(head, pages(rows), 10);
    const read = (await readSheet(Buffer.from(bytes!))).map(([cell]) => cell);
    expect(read[1]).toBe('0202-01-01');
    expect(read[2]).toBe('ab <&> "\ud83d\ude00"');
    expect(String(read[3])).toHaveLength(32_767);
    expect(await xlsxFile(head, pages(rows, rows), 7)).toBe(null);
  });

  test('two files at once are both made, one after the other; one that fails keeps nobody waiting', async () => {
    async function* broken(): AsyncGenerator<FileCell[][]> {
      yield [['a']];
      throw new Error('gone');
    }
    const [first, second, third] = await Promise.allSettled([
      xlsxFile(head, pages([['a']]), 10),
      xlsxFile(head, broken(), 10),
      xlsxFile(head, pages([['b']]), 10),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
