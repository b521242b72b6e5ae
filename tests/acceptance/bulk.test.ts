// Reminding many customers in one operation (C5, S6): each gets its own message and nothing of anybody else's; whatever stops the
// work, no customer is reminded of twice and none is forgotten; what was not sent says why.
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { approveReminders } from '../../src/app/decide-reminders.ts';
import { runImport } from '../../src/app/import-file.ts';
import { openDispute } from '../../src/app/pause-dunning.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { remindMany } from '../../src/app/remind-many.ts';
import { browseParts, oneOperation, resumeOperations, workOperation } from '../../src/app/work-operations.ts';
import { storeDocuments } from '../../src/db/document.ts';
import { readMail, sha256 } from '../../src/formats/mail.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const steps = [{ at: 5 }, { at: 15 }, { at: 30, formalNotice: true }];

const begin = async (world: World, invoiceIds: string[], level?: number) =>
  value(await remindMany(world.context, world.acting, { invoiceIds, level })).operationId;
const work = (world: World, operationId: string) => workOperation(world.context, world.acting.companyId, operationId);
const told = async (world: World, operationId: string) =>
  value(await oneOperation(world.context, world.acting, operationId));

/** So many customers, each with one invoice. */
async function customersWithOne(world: World, count: number): Promise<string[]> {
  const invoiceIds = [];
  for (let index = 1; index <= count; index++)
    invoiceIds.push(
      await world.invoice(await world.customer(`Client ${index}`, { contacts: [{ email: `c${index}@x.example` }] })),
    );
  return invoiceIds;
}

async function importCsv(world: World, kind: 'customers' | 'invoices', rows: string[][]): Promise<void> {
  const bytes = Buffer.from(rows.map((row) => row.join(';')).join('\n'));
  const source = { name: `${kind}.csv`, size: bytes.length, stream: Readable.from([bytes]) };
  expect(value(await runImport(world.context, world.acting, { kind, source }))).toMatchObject({ state: 'finished' });
}

/** Each invoice gets a PDF that names it. Answers the invoices. */
function attachEveryPdf(world: World): Promise<string[]> {
  return world.inside(async (tx) => {
    const invoices = await tx.selectFrom('invoice').select(['id', 'number']).execute();
    const { companyId } = world.acting;
    const documents = invoices.map(({ number }) => {
      const bytes = Buffer.from(`%PDF-1.7\n${number}`);
      return { sha256: sha256(bytes), kind: 'invoice' as const, bytes };
    });
    await storeDocuments(tx, companyId, world.today, documents);
    await sql`update invoice set pdf_sha256 = sha256(('%PDF-1.7' || chr(10) || number)::bytea), pdf_name = number || '.pdf'`.execute(
      tx,
    );
    return invoices.map(({ id }) => id);
  });
}

/** How many messages were made for each customer: one that was replaced counts too. */
const messagesPerCustomer = (world: World) =>
  world.inside(async (tx) => {
    const rows = await tx
      .selectFrom('reminder')
      .select(['customer_id', (eb) => eb.fn.countAll<number>().as('count')])
      .groupBy('customer_id')
      .execute();
    return rows.map((row) => row.count);
  });

test('S6 500 customers in one bulk operation: 500 messages, none with a line, a file or an address of another customer', async () => {
  const world = await makeWorld({ steps });
  const customers = Array.from({ length: 500 }, (_, index) => {
    const key = `K${String(index).padStart(3, '0')}Z`;
    return {
      key,
      email: `${key.toLowerCase()}@client.example`,
      numbers: [`${key}-1`, `${key}-2`].slice(0, 1 + (index % 2)),
    };
  });
  await importCsv(world, 'customers', [
    ['number', 'name', 'email'],
    ...customers.map(({ key, email }) => [key, `Maison ${key}`, email]),
  ]);
  await importCsv(world, 'invoices', [
    ['number', 'customer number', 'issue date', 'due date', 'amount'],
    ...customers.flatMap(({ key, numbers }) =>
      numbers.map((number) => [number, key, world.J(-30), world.due, '100.00']),
    ),
  ]);
  const invoiceIds = await attachEveryPdf(world);
  await world.run(world.J(2));
  const operationId = await begin(world, invoiceIds, 1);
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({
    state: 'finished',
    total: 500,
    done: 500,
    messages: 500,
    refused: 0,
    failed: 0,
  });
  expect(await world.approveAll()).toBe(500);
  const received = await world.received();
  expect(received).toHaveLength(500);
  const known = new Map(customers.map((one) => [one.email, one]));
  for (const { reminderId, to } of received) {
    const mine = known.get(to[0]!)!;
    known.delete(to[0]!);
    const { eml } = value(await readMessage(world.context, world.acting, reminderId));
    const mail = await readMail(eml);
    expect([...mail.to, ...mail.cc]).toEqual([mine.email]);
    const whole = [mail.subject, mail.text, mail.html, ...mail.attachments.map(({ name }) => name)].join('\n');
    // Whatever is somebody's bears its key: only this customer's is there, and all of it.
    expect([...new Set(whole.toUpperCase().match(/K\d{3}Z/g))]).toEqual([mine.key]);
    for (const number of mine.numbers) expect(mail.text).toContain(number);
    expect(mail.attachments.map(({ name }) => name).sort()).toEqual(mine.numbers.map((number) => `${number}.pdf`));
    for (const number of mine.numbers)
      expect(eml.includes(Buffer.from(`%PDF-1.7\n${number}`).toString('base64'))).toBe(true);
  }
  expect(known.size).toBe(0);
}, 180_000);

test('what is left out says why, invoice by invoice, and the others of the customer are in its message', async () => {
  const world = await makeWorld({ steps });
  const [brun, kerbrat, odet] = [
    await world.customer('Brun'),
    await world.customer('Kerbrat'),
    await world.customer('Odet'),
  ];
  const disputed = await world.invoice(brun, { number: 'F-1' });
  const other = await world.invoice(brun, { number: 'F-2' });
  const paid = await world.invoice(kerbrat, { number: 'F-3' });
  const late = await world.invoice(odet, { number: 'F-4' });
  await world.run(world.J(2));
  value(await openDispute(world.context, world.acting, { invoiceId: disputed, reason: 'qualité' }));
  await world.pay(kerbrat, 10_000, paid);
  const operationId = await begin(world, [disputed, other, paid, late]);
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ total: 3, messages: 2, refused: 2 });
  const lines = async (leftOut: boolean) =>
    (await browseParts(world.context, world.acting, operationId, { limit: 100, leftOut })).rows.map(
      ({ customerName, reminderIds, invoices }) =>
        `${customerName} ${reminderIds.length}: ${invoices.map(({ number, reason }) => `${number} ${reason?.code ?? 'sent'}`).join(', ')}`,
    );
  expect(await lines(false)).toEqual(['Brun 1: F-1 disputed, F-2 sent', 'Kerbrat 0: F-3 settled', 'Odet 1: F-4 sent']);
  expect(await lines(true)).toEqual(['Brun 1: F-1 disputed, F-2 sent', 'Kerbrat 0: F-3 settled']);
});

test('stopped between two customers, and in the middle of one, it goes on where it stood: nobody twice, nobody forgotten', async () => {
  const world = await makeWorld({ steps });
  const invoiceIds = await customersWithOne(world, 12);
  await world.run(world.J(2));
  const operationId = await begin(world, invoiceIds);
  // The clock is read once in each transaction: the process ends as it is read for the fifth time.
  let reads = 0;
  const dying = {
    ...world.context,
    now: () => {
      reads += 1;
      if (reads >= 5) throw new Error('killed');
      return world.context.now();
    },
  };
  await expect(workOperation(dying, world.acting.companyId, operationId)).rejects.toThrow('killed');
  const { done, state } = await told(world, operationId);
  expect([state, done > 0 && done < 12]).toEqual(['running', true]);
  expect((await messagesPerCustomer(world)).length).toBe(done);
  // A transaction is broken off in its middle, once: what it had written is gone with it.
  const { owner } = world.database;
  await sql`create sequence breaks`.execute(owner);
  await sql`grant usage on sequence breaks to relance_app`.execute(owner);
  await sql`create function break_off() returns trigger language plpgsql as $$
    begin
      if nextval('breaks') = 3 then raise exception 'broken off'; end if;
      return new;
    end $$`.execute(owner);
  await sql`create trigger break_off after insert on item for each row execute function break_off()`.execute(owner);
  await resumeOperations(world.context, world.acting.companyId);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 12, messages: 12, failed: 0 });
  expect(await messagesPerCustomer(world)).toEqual(Array(12).fill(1));
  // Worked once more, nothing is added.
  await work(world, operationId);
  await resumeOperations(world.context, world.acting.companyId);
  expect(await messagesPerCustomer(world)).toEqual(Array(12).fill(1));
});

test('three workers at one operation share its customers; each customer once', async () => {
  const world = await makeWorld({ steps });
  const invoiceIds = await customersWithOne(world, 30);
  await world.run(world.J(2));
  const operationId = await begin(world, invoiceIds);
  await Promise.all([
    work(world, operationId),
    work(world, operationId),
    resumeOperations(world.context, world.acting.companyId),
  ]);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 30, messages: 30 });
  expect(await messagesPerCustomer(world)).toEqual(Array(30).fill(1));
});

test('what fails for one customer, whatever it is, is told and keeps no other from its message', async () => {
  const world = await makeWorld({ steps });
  const invoiceIds = await customersWithOne(world, 4);
  await world.run(world.J(2));
  const { owner } = world.database;
  await sql`create function refuse() returns trigger language plpgsql as $$
    begin
      if new.recipients ->> 'to' like '%c2@x.example%' then raise exception 'whatever'; end if;
      return new;
    end $$`.execute(owner);
  await sql`create trigger refuse before insert on reminder for each row execute function refuse()`.execute(owner);
  const operationId = await begin(world, invoiceIds);
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 4, messages: 3, failed: 1 });
  const { rows } = await browseParts(world.context, world.acting, operationId, { limit: 10, leftOut: true });
  expect(rows).toMatchObject([{ customerName: 'Client 2', state: 'failed', reminderIds: [] }]);
});

test('an invoice of nobody is refused before anything begins, and the same invoice named twice is in one message once', async () => {
  const world = await makeWorld({ steps });
  const [invoiceId] = await customersWithOne(world, 1);
  await world.run(world.J(2));
  const nobody = '01900000-0000-7000-8000-00000000abcd';
  expect(await remindMany(world.context, world.acting, { invoiceIds: [invoiceId!, nobody] })).toMatchObject({
    ok: false,
    fault: { code: 'not-found' },
  });
  const operationId = await begin(world, [invoiceId!, invoiceId!]);
  await work(world, operationId);
  const [waiting] = await world.waiting();
  expect(waiting!.invoices).toEqual(['F-1']);
  value(await approveReminders(world.context, world.acting, { reminderIds: [waiting!.reminderId] }));
  await world.deliver();
  expect(await world.diary()).toEqual(['J+2 R1 F-1']);
});
