// A customer by hand, its credits and what was said to it; the mail server tried with a message; going live seen before it is
// done; a sequence that makes no sense refused.
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browseInvoices } from '../../src/app/browse.ts';
import { goLive } from '../../src/app/change-company.ts';
import { pauseDunning, resumeDunning } from '../../src/app/pause-dunning.ts';
import { pauseTogether } from '../../src/app/pause-together.ts';
import { previewRun } from '../../src/app/preview-run.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import { inCompany } from '../../src/db/connection.ts';
import { startMailServer } from '../world/mail-server.ts';
import { firstOwner, owner, type Site, startSite, Visitor } from '../world/site.ts';
import { makeWorld, value } from '../world/world.ts';

describe('over the API', () => {
  let site: Site;
  let visitor: Visitor;
  let at: (path: string) => string;
  beforeAll(async () => {
    site = await startSite();
    const first = await firstOwner(site);
    visitor = first.visitor;
    at = (path) => `/api/companies/${first.companyId}${path}`;
  });
  afterAll(async () => {
    expect(site.unexpected).toEqual([]);
    await site.stop();
  });

  const newCustomer = async (fields: object) => (await visitor.ask('POST', at('/customers'), fields)).body.customerId;
  const numberOf = async (customerId: string) =>
    (await visitor.ask('GET', at(`/customers/${customerId}`))).body.number as string;

  test('a customer without a number gets the next free one, two made at once get two', async () => {
    await newCustomer({ name: 'Imported', number: 'C-00041' });
    const made = await Promise.all([newCustomer({ name: 'One' }), newCustomer({ name: 'Two' })]);
    expect((await Promise.all(made.map(numberOf))).sort()).toEqual(['C-00042', 'C-00043']);
  });

  test('a number that belongs to another customer is refused by name, when made and when changed; its own is not', async () => {
    const brun = await newCustomer({ name: 'Brun', number: 'BRUN' });
    const kerbrat = await newCustomer({ name: 'Kerbrat', number: 'KERB' });
    for (const answer of [
      await visitor.ask('POST', at('/customers'), { name: 'Other', number: 'BRUN' }),
      await visitor.ask('PATCH', at(`/customers/${kerbrat}`), { number: 'BRUN' }),
    ]) {
      expect(answer.body).toMatchObject({ status: 409, code: 'number-taken' });
      expect(answer.body.detail).toContain('BRUN');
    }
    expect((await visitor.ask('PATCH', at(`/customers/${brun}`), { number: 'BRUN' })).status).toBe(200);
    expect(await numberOf(kerbrat)).toBe('KERB');
  });

  test('what a payment leaves over is a credit to allocate, and allocated it is none any more', async () => {
    const customerId = await newCustomer({ name: 'Le Goff' });
    const invoice = (number: string, totalMinor: number) =>
      visitor.ask('POST', at('/invoices'), {
        customerId,
        number,
        issuedOn: '2026-10-01',
        dueOn: '2026-10-31',
        totalMinor,
      });
    const first = await invoice('LG-1', 10_000);
    await visitor.ask('POST', at('/payments'), {
      customerId,
      receivedOn: '2026-11-20',
      amountMinor: 12_500,
      reference: 'VIR 7',
      to: [{ invoiceId: first.body.invoiceId }],
    });
    const credits = async () => (await visitor.ask('GET', at(`/customers/${customerId}/credits`))).body.rows;
    const [credit] = await credits();
    expect(credit).toMatchObject({ kind: 'payment', number: 'VIR 7', amountMinor: 12_500, leftMinor: 2_500 });
    const second = await invoice('LG-2', 2_500);
    await visitor.ask('POST', at('/allocations'), {
      paymentId: credit.id,
      to: [{ invoiceId: second.body.invoiceId }],
    });
    expect(await credits()).toEqual([]);
    expect((await visitor.ask('GET', at(`/customers/${customerId}`))).body).toMatchObject({ open: [], credits: [] });
  });

  test('a call is noted on its day, never a later one, and stands in the history of the customer and the invoice', async () => {
    const customerId = await newCustomer({ name: 'Pharmacie du Port' });
    const { body } = await visitor.ask('POST', at('/invoices'), {
      customerId,
      number: 'PP-1',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-31',
      totalMinor: 900,
    });
    const note = (more: object) =>
      visitor.ask('POST', at(`/customers/${customerId}/contacts-made`), {
        how: 'call',
        note: 'Paie vendredi',
        ...more,
      });
    expect((await note({ on: '2026-11-24' })).status).toBe(400);
    expect((await note({ on: '2026-11-20', invoiceId: body.invoiceId })).status).toBe(201);
    for (const query of [`customerId=${customerId}`, `invoiceId=${body.invoiceId}`]) {
      const { rows } = (await visitor.ask('GET', at(`/events?${query}`))).body;
      expect(rows[0]).toMatchObject({
        type: 'customer.contacted',
        actorName: owner.name,
        invoices: [{ number: 'PP-1' }],
        payload: { how: 'call', note: 'Paie vendredi', on: '2026-11-20' },
      });
    }
  });

  test('an invoice of another customer is not what a call was about', async () => {
    const mine = await newCustomer({ name: 'Mine' });
    const other = await newCustomer({ name: 'Other one' });
    const { body } = await visitor.ask('POST', at('/invoices'), {
      customerId: other,
      number: 'OT-1',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-31',
      totalMinor: 900,
    });
    const answer = await visitor.ask('POST', at(`/customers/${mine}/contacts-made`), {
      how: 'call',
      note: 'x',
      invoiceId: body.invoiceId,
    });
    expect(answer.status).toBe(404);
  });

  test('a test message goes to whoever asks for it, from the sender of the company; without a sender it is refused', async () => {
    const server = await startMailServer();
    const address = { host: '127.0.0.1', port: server.port, security: 'none', auth: 'none' };
    await visitor.ask('PUT', at('/mail-server'), address);
    const test = () => visitor.ask('POST', at('/mail-server/test'), { message: true });
    expect((await test()).body).toMatchObject({ status: 422, code: 'sender-missing' });
    await visitor.ask('PATCH', at(''), { senderEmail: 'compta@kerbrat.example', senderName: 'Compta "Kerbrat"' });
    expect((await test()).status).toBe(200);
    expect(server.accepted).toMatchObject([{ from: 'compta@kerbrat.example', to: [owner.email] }]);
    const mail = await simpleParser(server.accepted[0]!.raw);
    expect(mail.subject).toBe('Message de test de Relance');
    expect(mail.from!.value).toEqual([{ name: 'Compta "Kerbrat"', address: 'compta@kerbrat.example' }]);
    server.next('550');
    const refused = await test();
    expect(refused.body).toMatchObject({ status: 422, code: 'mail-server-refused' });
    const { body } = await visitor.ask('GET', at('/mail-server'));
    expect(body.mailServer.testedAt).not.toBeNull();
  });

  test('a region is one of the country’s', async () => {
    const { rows } = (await visitor.ask('GET', at('/regions'))).body;
    expect(rows).toContainEqual({ code: '57', name: 'Département Moselle' });
    expect((await visitor.ask('PATCH', at(''), { region: 'Texas' })).status).toBe(400);
    expect((await visitor.ask('PATCH', at(''), { region: '57' })).body.region).toBe('57');
  });
});

test('OAuth2: a refresh token that is renewed keeps the client secret', async () => {
  const site = await startSite();
  const { visitor, companyId } = await firstOwner(site);
  const server = {
    host: 'smtp.example.org',
    port: 587,
    security: 'starttls',
    auth: 'oauth2',
    username: 'me',
    oauthClientId: 'app',
    oauthTokenUrl: 'https://login.example.org/token',
  };
  const save = (secrets: object) =>
    visitor.ask('PUT', `/api/companies/${companyId}/mail-server`, { ...server, ...secrets });
  await save({ secret: 'first token', oauthClientSecret: 'of the application' });
  await save({ secret: 'second token' });
  const { secret } = await inCompany(site.context.db, companyId, (tx) =>
    tx.selectFrom('mail_server').select('secret').executeTakeFirstOrThrow(),
  );
  expect(JSON.parse(site.context.secrets.open(secret!))).toEqual({
    secret: 'second token',
    clientSecret: 'of the application',
  });
  await site.stop();
});

test('Rule 14 going live is seen beforehand: the same messages as the plan has once it is done', async () => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20, requiresApproval: true }, { at: 40 }] });
  const customer = await world.customer();
  await world.invoice(customer);
  await world.runDays(5, 20, { approve: true });
  await world.invoice(customer, { number: 'young', dueOn: world.J(20) });
  await world.invoice(await world.customer('Ar Mor'), { number: 'later', dueOn: world.J(30) });
  await world.runDays(20, 35);
  // The practice clock stands on J+35, the real date is J+24.
  await world.mailServer(server.port);
  world.at('2026-03-26T11:00:00Z');
  const seen = value(await previewRun(world.context, world.acting, { day: world.J(75), goingLive: true }));
  value(await goLive(world.context, world.acting));
  const then = value(await previewRun(world.context, world.acting, { day: world.J(75) }));
  expect(seen).toEqual(then);
  expect(seen.from).toBe(world.J(24));
  expect(seen.reminders.map(({ invoiceNumbers }) => invoiceNumbers[0])).toContain('later');
  expect(seen.receivables.filter(({ kind }) => kind === 'outside')).toMatchObject([{ invoiceNumber: 'F-1' }]);
  expect(await previewRun(world.context, world.acting, { goingLive: true })).toMatchObject({
    ok: false,
    fault: { code: 'already-live' },
  });
});

test('a formal notice on or before the due date is refused: nothing is owed yet', async () => {
  const world = await makeWorld();
  const steps = (offsetDays: number) => [
    { level: 0, name: 'Rappel', offsetDays: -3 },
    { level: 3, name: 'Mise en demeure', offsetDays, formalNotice: true },
  ];
  const save = (offsetDays: number) =>
    saveSequence(world.context, world.acting, { title: 'S', steps: steps(offsetDays) });
  for (const offsetDays of [-1, 0]) {
    expect(await save(offsetDays)).toMatchObject({
      ok: false,
      fault: { code: 'sequence-refused', with: { problem: 'formal-notice-before-due' } },
    });
  }
  expect(await save(1)).toMatchObject({ ok: true });
});

test('a pause, and its end, show at once where the reminders stand; the run comes afterwards', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  const customerId = await world.customer();
  await world.invoice(customerId);
  await world.run(world.J(5));
  const standing = async () => {
    const { rows } = await browseInvoices(world.context, world.acting, { limit: 1, state: 'open' });
    const { state, nextOn, reason } = rows[0]!.dunning!;
    return [state, nextOn, reason!.code];
  };
  expect(await standing()).toEqual(['waiting', world.J(15), 'step-not-reached']);
  value(await pauseDunning(world.context, world.acting, { customerId, reason: 'congés', untilOn: world.J(20) }));
  expect(await standing()).toEqual(['waiting', world.J(21), 'paused']);
  value(await resumeDunning(world.context, world.acting, { customerId }));
  expect(await standing()).toEqual(['waiting', world.J(15), 'step-not-reached']);
  await world.run(world.J(15));
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+15 R2 F-1']);
});

test('A8 what can’t be reminded of is listed with what it lacks, and leaves the list when it has it', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const reachable = await world.customer('Brun');
  const silent = await world.customer('Muet', { contacts: [{ name: 'Accueil' }] });
  await world.invoice(reachable, { number: 'fine' });
  await world.invoice(reachable, { number: 'undated', dueOn: null });
  await world.invoice(reachable, { number: 'to process', status: 'to_process' });
  await world.invoice(silent, { number: 'silent' });
  await world.invoice(silent, { number: 'debited', directDebit: true });
  const incomplete = async () => {
    const { rows } = await browseInvoices(world.context, world.acting, { limit: 50, state: 'incomplete' });
    return Object.fromEntries(rows.map(({ number, missing }) => [number, missing]));
  };
  expect(await incomplete()).toEqual({
    undated: ['no-due-date'],
    'to process': ['to-process'],
    silent: ['no-address'],
  });
  value(await saveCustomer(world.context, world.acting, { id: silent, contacts: [{ email: 'a@muet.example' }] }));
  expect(Object.keys(await incomplete()).sort()).toEqual(['to process', 'undated']);
});

test('many invoices are paused together or not at all', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const customerId = await world.customer();
  const invoiceIds = [await world.invoice(customerId), await world.invoice(customerId)];
  const pause = (ids: string[]) => pauseTogether(world.context, world.acting, { invoiceIds: ids, reason: 'accord' });
  expect(await pause([...invoiceIds, customerId])).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  await world.run(world.J(0));
  expect(value(await pause([invoiceIds[0]!]))).toEqual({ paused: 1, leftOut: 0 });
  expect(value(await pause([invoiceIds[0]!]))).toEqual({ paused: 0, leftOut: 1 });
  await world.run(world.J(5));
  expect((await world.diary()).map((line) => line.split(' ').at(-1))).toEqual(['F-2']);
});

test('a sample company is made once for a user, holds the months behind it, and is thrown away without a trace', async () => {
  const site = await startSite();
  const { visitor, companyId } = await firstOwner(site);
  const made = (await visitor.ask('POST', '/api/sample-company', { language: 'en' })).body.companyId as string;
  expect((await visitor.ask('POST', '/api/sample-company', { language: 'fr' })).body.companyId).toBe(made);
  const at = (path: string) => `/api/companies/${made}${path}`;
  expect((await visitor.ask('GET', at(''))).body).toMatchObject({ sample: true, mode: 'practice', language: 'en' });
  const { rows } = (await visitor.ask('GET', at('/reminders?state=left&limit=50'))).body;
  expect(rows).toHaveLength(50);
  expect(rows.every((row: { practice: boolean }) => row.practice)).toBe(true);

  expect((await visitor.ask('DELETE', `/api/companies/${companyId}/sample`)).body.code).toBe('not-sample');
  const stranger = new Visitor(site);
  expect((await stranger.ask('DELETE', at('/sample'))).status).toBe(401);
  expect((await visitor.ask('DELETE', at('/sample'))).status).toBe(200);
  expect((await visitor.ask('GET', at(''))).status).toBeGreaterThanOrEqual(403);
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.columns
    where column_name = 'company_id' and table_schema in ('public', 'account')`.execute(site.database.owner);
  expect(tables.rows.length).toBeGreaterThan(20);
  for (const { name } of tables.rows) {
    const left = await sql`select from ${sql.raw(name)} where company_id = ${made}`.execute(site.database.owner);
    expect(left.rows, name).toEqual([]);
  }
  expect((await visitor.ask('GET', `/api/companies/${companyId}`)).status).toBe(200);
  expect(site.unexpected).toEqual([]);
  await site.stop();
}, 120_000);
