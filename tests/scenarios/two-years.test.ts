// Two years of a real company's receivables, day by day, against an oracle that shares no code with what it judges: a plain
// loop over the rows of the file, that applies rules 1 and 10 as they are written.
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { runImport } from '../../src/app/import-file.ts';
import { openDispute } from '../../src/app/pause-dunning.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const file = resolve(process.env.RELANCE_CORPUS ?? '../shared/corpus', 'ar_history/ibm_ar_open.csv');
const isThere = existsSync(file);
if (!isThere) console.warn(`Skipped: there is no ${file} (RELANCE_CORPUS names another place for the corpus).`);

/** A row of the file, its days as '2013-02-01', its amount in cents. */
interface FileRow {
  customer: string;
  invoice: string;
  issued: string;
  due: string;
  settled: string;
  cents: number;
  disputedAndLate: boolean;
}

/** 'day kind invoice amount recipient': what a captured mail is compared by. */
type Line = string;

function readRows(): FileRow[] {
  const [head, ...lines] = readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/);
  const columns = head!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (name: string): string => cells[columns.indexOf(name)]!;
    const day = (name: string): string => {
      const [month, date, year] = cell(name).split('/');
      return `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`;
    };
    return {
      customer: cell('customerID'),
      invoice: cell('invoiceNumber'),
      issued: day('InvoiceDate'),
      due: day('DueDate'),
      settled: day('SettledDate'),
      cents: Math.round(Number(cell('InvoiceAmount')) * 100),
      disputedAndLate: cell('Disputed') === 'Yes' && Number(cell('DaysLate')) > 0,
    };
  });
}

function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** France's public holidays of those years, by hand (C. trav. L3133-1). */
const holidays = new Set(
  ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']
    .flatMap((day) => ['2012', '2013', '2014'].map((year) => `${year}-${day}`))
    .concat(['2012-04-09', '2012-05-17', '2012-05-28', '2013-04-01', '2013-05-09', '2013-05-20']),
);

function isSendingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5 && !holidays.has(day);
}

function sendingDay(day: string): string {
  return isSendingDay(day) ? day : sendingDay(plus(day, 1));
}

const steps = [
  { offset: -3, subject: /^Votre facture (\S+) arrive à échéance le / },
  { offset: 5, subject: /^Facture (\S+) en attente de règlement$/ },
  { offset: 15, subject: /^Deuxième relance\s: facture (\S+), retard de / },
  { offset: 30, subject: /^Mise en demeure\s: facture (\S+)$/ },
];

/** Rule 10: the day of step 1 at most fifteen days before the receivable met its sequence. */
function enters(row: FileRow, arrived: string): boolean {
  const met = row.issued > arrived ? row.issued : arrived;
  return sendingDay(plus(row.due, 5)) >= plus(met, -15);
}

/** Who must get which step on which day. */
function oracle(rows: readonly FileRow[], days: readonly string[], arrived: string): Line[] {
  const lines: Line[] = [];
  for (const row of rows.filter((one) => enters(one, arrived))) {
    let next = 0;
    let earliest = '';
    for (const today of days) {
      if (today < row.issued) continue;
      if (today >= row.settled || next === steps.length) break;
      if (row.disputedAndLate && today >= row.due) break;
      // A notice is for before the due date: after it, it is dropped.
      if (next === 0 && today > row.due) next = 1;
      const onItsDay = plus(row.due, steps[next]!.offset);
      const due = sendingDay(earliest > onItsDay ? earliest : onItsDay);
      if (next === 0 && due > row.due) continue;
      if (today < due || !isSendingDay(today)) continue;
      lines.push(line(today, next, row.invoice, row.cents, address(row.customer)));
      if (next + 1 < steps.length) earliest = plus(today, steps[next + 1]!.offset - steps[next]!.offset);
      next += 1;
    }
  }
  return lines.sort();
}

function line(day: string, step: number, invoice: string, cents: number, to: string): Line {
  return `${day} step ${step} ${invoice} ${(cents / 100).toFixed(2)} ${to}`;
}

function address(customer: string): string {
  return `${customer.toLowerCase()}@clients.example`;
}

/** The company on 2012-01-02, before the first invoice, with all that the file says but its payments. */
async function company(rows: readonly FileRow[], arrived: string): Promise<World> {
  const world = await makeWorld({ today: arrived, weekdays: [1, 2, 3, 4, 5], country: 'FR' });
  const customers = [...new Set(rows.map((row) => row.customer))].map(
    (customer) => `${customer},${customer},${address(customer)}`,
  );
  const book = Readable.from([Buffer.from(['number,name,email', ...customers].join('\n'))]);
  const clients = await runImport(world.context, world.acting, {
    kind: 'customers',
    source: { name: 'customers.csv', stream: book },
  });
  expect(value(clients)).toMatchObject({ state: 'finished', counts: { created: customers.length } });
  const imported = await runImport(world.context, world.acting, {
    kind: 'invoices',
    source: { name: 'ibm_ar_open.csv', stream: createReadStream(file) },
  });
  expect(value(imported)).toMatchObject({ state: 'finished', counts: { created: rows.length, faulty: 0 } });
  return world;
}

/** Every day: what was paid is entered, disputes are opened, then the run, where it is not left out. */
async function live(
  world: World,
  rows: readonly FileRow[],
  days: readonly string[],
  runs: ReadonlySet<string>,
): Promise<void> {
  const invoices = await world.inside((tx) =>
    tx.selectFrom('invoice').select(['id', 'number', 'customer_id']).execute(),
  );
  const known = new Map(invoices.map((one) => [one.number, one]));
  const settledOn = Map.groupBy(rows, (row) => row.settled);
  const disputedOn = Map.groupBy(
    rows.filter((row) => row.disputedAndLate),
    (row) => row.due,
  );
  // From the first payment or run to the last: a payment is entered on its day whether or not that day has a run.
  const eventful = [...days, ...rows.map((row) => row.settled)].sort();
  for (let day = eventful[0]!; day <= eventful.at(-1)!; day = plus(day, 1)) {
    const [paid, disputed] = [settledOn.get(day) ?? [], disputedOn.get(day) ?? []];
    if (paid.length === 0 && disputed.length === 0 && !runs.has(day)) continue;
    await world.clock(day);
    await Promise.all(
      paid.map(({ invoice, cents }) => world.pay(known.get(invoice)!.customer_id, cents, known.get(invoice)!.id)),
    );
    for (const { invoice } of disputed)
      value(await openDispute(world.context, world.acting, { invoiceId: known.get(invoice)!.id, reason: 'litige' }));
    if (runs.has(day) && (await world.run(day)).toApprove > 0) await world.approveAll();
  }
}

/** What the captured mails themselves say. */
async function captured(world: World): Promise<Line[]> {
  const mails = await world.inside((tx) =>
    tx
      .selectFrom('reminder as r')
      .innerJoin('document as d', (join) =>
        join
          .onRef('d.company_id', '=', 'r.company_id')
          .on((eb) =>
            eb(eb.fn('encode', ['d.sha256', eb.val('hex')]), '=', eb.ref('r.mail_kept', '->>').key('skeleton')),
          ),
      )
      .select(['r.id', 'r.level', 'd.bytes'])
      .where('r.state', '=', 'sent')
      .execute(),
  );
  const lines: Line[] = [];
  for (const { level, bytes } of mails) {
    const mail = await simpleParser(bytes, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
    const step = steps.findIndex(({ subject }) => subject.test(mail.subject!));
    expect(step).toBe(level);
    const invoice = steps[step]!.subject.exec(mail.subject!)![1]!;
    const [, amount] = /Reste dû[\s\u00a0]*: ([\d\s\u202f]+,\d\d)\u00a0€/.exec(mail.text!)!;
    const day = mail.date!.toISOString().slice(0, 10);
    const to = [mail.to].flat().flatMap((one) => one!.value.map(({ address: mailbox }) => mailbox));
    lines.push(line(day, step, invoice, Number(amount!.replace(/[^\d]/g, '')), to.join()));
  }
  return lines.sort();
}

describe.skipIf(!isThere)('Two years in one test', () => {
  for (const [what, isRun] of [
    ['every day', () => true],
    ['with the run left out on every third day', (index: number) => index % 3 !== 2],
  ] as const) {
    test(`${what}: each message as the oracle says, none twice, none lost, none on or after the day of settlement`, async () => {
      const arrived = '2012-01-02';
      const rows = readRows();
      expect(rows).toHaveLength(1692);
      const last = rows
        .map((row) => row.settled)
        .sort()
        .at(-1)!;
      const days: string[] = [];
      for (let day = rows.map((row) => row.due).sort()[0]!, index = 0; day <= last; day = plus(day, 1), index += 1)
        if (isRun(index)) days.push(day);

      const world = await company(rows, arrived);
      await live(world, rows, days, new Set(days));
      const sent = await captured(world);
      expect(sent).toEqual(oracle(rows, days, arrived));
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent.length).toBeGreaterThan(800);
      const settled = new Map(rows.map((row) => [row.invoice, row.settled]));
      expect(sent.filter((one) => one.slice(0, 10) >= settled.get(one.split(' ')[3]!)!)).toEqual([]);
      const { reminders } = await world.preview(plus(last, 400));
      expect(reminders).toEqual([]);
    }, 600_000);
  }
});
