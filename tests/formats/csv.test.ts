// Reading CSV: decision tables of amounts, dates, encodings and layouts as real files have them.
import { describe, expect, it } from 'vitest';
import { importSentence, rowErrorCodes } from '../../src/core/words-import.ts';
import { openCsv } from '../../src/formats/csv.ts';
import { type DecimalMark, decimalMarkOf, readAmount } from '../../src/formats/csv-amount.ts';
import { type DateOrder, dateOrderOf, readDate } from '../../src/formats/csv-date.ts';
import { importErrorsCsv } from '../../src/formats/csv-errors.ts';
import { headingsOfKind, readingOf } from '../../src/formats/csv-reading.ts';
import { type InvoiceRecord, type ReadRow, recordReader } from '../../src/formats/csv-records.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function open(content: string | Buffer, size = 65_536) {
  const bytes = Buffer.from(content as string);
  const opened = await openCsv({ name: 'f.csv', stream: inPieces(bytes, size) }, headingsOfKind('invoices'));
  if (!opened.ok) throw new Error(opened.fault.code);
  return opened.value;
}

async function cellsOf(content: string | Buffer, size?: number): Promise<string[][]> {
  const file = await open(content, size);
  const cells: string[][] = [];
  for await (const batch of file.rows()) cells.push(...batch.map((row) => row.cells));
  return cells;
}

async function invoicesOf(content: string): Promise<ReadRow<InvoiceRecord>[]> {
  const file = await open(content);
  const reading = readingOf('invoices', file, {}, {}, { country: 'FR', currency: 'EUR' });
  if (!reading.ok) throw new Error(`${reading.fault.code} ${JSON.stringify(reading.fault.with)}`);
  const read = recordReader('invoices', reading.value);
  return file.sample.map((row) => read(row));
}

describe('An amount', () => {
  const table: [written: string, mark: DecimalMark, minor: number | null][] = [
    ['1234.5', '.', 123450],
    ['1 234,56 €', ',', 123456],
    ['1\u202f234,56\u00a0€', ',', 123456],
    ["CHF 1'250.00", '.', 125000],
    ['1.234,56', ',', 123456],
    ['$1,525.00', '.', 152500],
    ['(12.50)', '.', -1250],
    ['-50,00', ',', -5000],
    ['\u221250,00', ',', -5000],
    ['12,50-', ',', -1250],
    ['- 5 EUR', ',', -500],
    ['€ -5', ',', -500],
    ['+31070,11', ',', 3107011],
    ['0,1', ',', 10],
    ['.5', '.', 50],
    ['94', ',', 9400],
    ['1,23', '.', null],
    ['12 34,5', ',', null],
    ['12,345', ',', null],
    ['1.2.3', '.', null],
    ['--5', ',', null],
    ['1e5', '.', null],
    ['abc', ',', null],
    ['€', ',', null],
  ];
  it.each(table)('written %s with the mark "%s" is %s', (written, mark, minor) => {
    expect(readAmount(written, mark, 'EUR')).toBe(minor);
  });

  it.each([
    [['12,50', '1.234'], ',', true],
    [['1,234.5', '2,500'], '.', true],
    [['1,234', '2,500'], '.', false],
    [['1.234', '2.500'], ',', false],
    [['12', '94'], ',', true],
    [['1.234.567', '12'], ',', true],
    [['0.125', '7'], '.', true],
  ] as const)('in a file with %s has the decimal mark "%s" (sure: %s)', (values, mark, sure) => {
    expect(decimalMarkOf(values, ',')).toEqual({ mark, sure });
  });
});

describe('A date', () => {
  const table: [written: string, order: DateOrder, day: string | null][] = [
    ['31/12/2024', 'dmy', '2024-12-31'],
    ['12-31-24', 'mdy', '2024-12-31'],
    ['1/2/2013', 'mdy', '2013-01-02'],
    ['1/2/2013', 'dmy', '2013-02-01'],
    ['01.02.13', 'dmy', '2013-02-01'],
    ['13/02/01', 'ymd', '2013-02-01'],
    ['2024-12-31', 'dmy', '2024-12-31'],
    ['2019-06-13 00:00:00', 'dmy', '2019-06-13'],
    ['2022-03-02T02:21:49.123+01:00', 'dmy', '2022-03-02'],
    ['20190530', 'mdy', '2019-05-30'],
    ['20190614.0', 'dmy', '2019-06-14'],
    ['3 janv. 2024', 'dmy', '2024-01-03'],
    ['1er août 2024', 'dmy', '2024-08-01'],
    ['12-Dec-24', 'dmy', '2024-12-12'],
    ['Jan 3, 2024', 'dmy', '2024-01-03'],
    ['31/02/2024', 'dmy', null],
    ['12/31/2024', 'dmy', null],
    ['12/15/2018/23', 'mdy', null],
    ['45123', 'dmy', null],
    ['demain', 'dmy', null],
  ];
  it.each(table)('written %s in the order %s is %s', (written, order, day) => {
    expect(readDate(written, order)).toBe(day);
  });

  it.each([
    [['1/2/2013', '13/2/2013'], 'mdy', 'dmy', false],
    [['1/2/2013', '2/13/2013'], 'dmy', 'mdy', false],
    [['1/2/2013', '3/4/2013'], 'dmy', 'dmy', true],
    [['1/2/2013', '3/4/2013'], 'mdy', 'mdy', true],
    [['2013-02-01'], 'dmy', 'dmy', false],
  ] as const)(
    'in a file with %s, where %s is usual, has the order %s (ambiguous: %s)',
    (values, usual, order, ambiguous) => {
      expect(dateOrderOf(values, usual)).toEqual({ order, ambiguous });
    },
  );
});

describe('A file', () => {
  const text = 'Numéro;Client;Montant TTC\n0012;Société Été;1 200,50 €\n';
  const expected = [['0012', 'Société Été', '1 200,50 €']];
  const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['Windows-1252', Buffer.from(text.replace('€', '\u0080'), 'latin1'), 'windows-1252'],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big-endian', utf16be, 'utf-16be'],
  ])('in %s is read, in pieces of any size', async (_name, bytes, encoding) => {
    expect((await open(bytes)).encoding).toBe(encoding);
    for (const size of [1, 2, 3, 7, 65_536]) expect(await cellsOf(bytes, size)).toEqual(expected);
  });

  it('whose first accent comes late is still read in its own encoding', async () => {
    const many = 'Numéro;Client\n'.replace('é', 'e') + 'A1;Dupont\n'.repeat(40_000);
    for (const encoding of ['utf8', 'latin1'] as const) {
      const rows = await cellsOf(Buffer.concat([Buffer.from(many), Buffer.from('A2;Été\n', encoding)]));
      expect(rows.at(-1)).toEqual(['A2', 'Été']);
    }
  });

  it.each([';', ',', '\t', '|'])(
    'separated by "%s" is recognised, with quotes, quoted line breaks and any line end',
    async (mark) => {
      for (const end of ['\n', '\r\n', '\r']) {
        const rows = [
          `Facture${mark}Client${mark}Montant`,
          `F1${mark}"Dupont ""et"" fils${end}Lyon"${mark}"12,50"`,
          `F2${mark}x${mark}1`,
        ];
        for (const size of [1, 5, 65_536]) {
          expect(await cellsOf(rows.join(end), size)).toEqual([
            ['F1', 'Dupont "et" fils\nLyon', '12,50'],
            ['F2', 'x', '1'],
          ]);
        }
      }
    },
  );

  it('with lines above its headings has them left aside', async () => {
    const file = await open(
      'Export du 01/04/2020,,\nSociété X,,\n,,\nDate facture,Numéro facture,Montant\n01/04/2020,F1,12\n',
    );
    expect(file.layout).toMatchObject({ headerRow: 4, headings: ['Date facture', 'Numéro facture', 'Montant'] });
    expect(file.sample.map((row) => row.number)).toEqual([5]);
  });

  it('without headings has its columns by number', async () => {
    const file = await open('"12/15/2018","Your payment","1,525.00"\n');
    expect(file.layout).toMatchObject({ headerRow: 0, headings: ['1', '2', '3'] });
  });

  it('that announces its separator is believed', async () => {
    expect(await cellsOf('sep=;\nFacture;Client\nF1;a,b\n')).toEqual([['F1', 'a,b']]);
  });

  it.each([
    ['PK\u0003\u0004rest', 'file-is-other-format'],
    ['%PDF-1.7', 'file-is-other-format'],
    ['<?xml version="1.0"?><a/>', 'file-is-other-format'],
    ['\u0000'.repeat(100), 'file-is-other-format'],
    ['GIF89a..', 'file-is-other-format'],
    ['\u0001\u0002\u0003 F1', 'file-is-other-format'],
    ['', 'file-empty'],
    [' \n \n', 'file-empty'],
  ])('that begins with %j is refused as %s', async (content, code) => {
    await expect(open(content)).rejects.toThrow(code);
  });

  it('with a quote that never closes loses that row alone', async () => {
    const rows = await open(`Facture;Client\nF1;"Dupont\n${'F2;x\n'.repeat(300_000)}`);
    let bad = 0;
    let good = 0;
    for await (const batch of rows.rows()) for (const row of batch) row.badQuotes ? bad++ : good++;
    expect(bad).toBe(1);
    expect(good).toBe(300_000);
  });
});

describe('A row', () => {
  const head = 'Numéro facture;Client;Date facture;Échéance;Montant TTC\n';
  const row = (number: string, client = 'Dupont', day = '15/01/2024', due = '14/02/2024', amount = '12,50') =>
    `${head}F0;Ok;15/01/2024;;1,00\n${[number, client, day, due, amount].join(';')}\n`;

  it.each([
    [row('1.929404e+09'), 'identifier-damaged'],
    [row('1,93E+09'), 'identifier-damaged'],
    [row('#REF!'), 'spreadsheet-error'],
    [row(''), 'required'],
    [row('F1', ''), 'required'],
    [row('F1', 'a\u0000b'), 'control-characters'],
    [row('F1', 'x'.repeat(20_000)), 'cell-too-long'],
    [row('F1', 'Dupont', '31/02/2024'), 'date-invalid'],
    [row('F1', 'Dupont', '', ''), 'required'],
    [row('F1', 'Dupont', '15/01/2024', '', 'douze'), 'amount-invalid'],
    [`${head}F0;Ok;15/01/2024;;1,00\nF1;Dupont\n`, 'cells-missing'],
    [`${row('F1').trimEnd()};encore\n`, 'cells-too-many'],
  ])('with a fault gets its code and its place (%#)', async (content, code) => {
    const [, second] = await invoicesOf(content);
    expect(second!.record).toBeNull();
    expect(second!.errors).toMatchObject([{ row: 3, code }]);
  });

  it('keeps leading zeros and text that looks like a formula', async () => {
    const [, second] = await invoicesOf(row('0000611365', "=cmd|'/C calc'!A0"));
    expect(second!.record).toMatchObject({ number: '0000611365', customerName: "=cmd|'/C calc'!A0", totalMinor: 1250 });
  });

  it('below zero is a credit note', async () => {
    const [, second] = await invoicesOf(row('A1', 'Dupont', '15/01/2024', '', '-12,50'));
    expect(second!.record).toMatchObject({ type: 'credit_note', totalMinor: 1250 });
  });
});

describe('The errors of an import', () => {
  it('leave as CSV with formulas neutralised', () => {
    const error = { row: 3, column: '=col', value: '=1+1', code: 'required', with: {} } as const;
    expect(importErrorsCsv([error], 'fr')).toContain("3;'=col;'=1+1;Cette valeur est obligatoire.;required");
  });

  it('have a sentence in both languages', () => {
    for (const code of rowErrorCodes)
      for (const language of ['fr', 'en'] as const) expect(importSentence(code, {}, language)).toBeTruthy();
  });
});
