// The API as a program meets it: its description, its refusals, sessions, and the main job without a browser.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultCodes } from '../../src/core/fault.ts';
import { access } from '../../src/http/access.ts';
import { problemOf } from '../../src/http/faults.ts';
import { atelier, firstOwner, owner, type Site, startSite, Visitor } from '../world/site.ts';

let site: Site;
let visitor: Visitor;
let companyId: string;
const at = (path: string): string => `/api/companies/${companyId}${path}`;

beforeAll(async () => {
  site = await startSite();
  ({ visitor, companyId } = await firstOwner(site));
});
afterAll(() => site.stop());

describe('the description', () => {
  test('is OpenAPI 3.1 and tells of every call of the API, each with a summary and a subject', async () => {
    const { body } = await visitor.ask('GET', '/api/openapi.json');
    expect(body.openapi).toMatch(/^3\.1\./);
    expect(body.info).toMatchObject({ title: 'Relance' });
    const described = Object.entries(
      body.paths as Record<string, Record<string, { summary?: string; tags?: string[] }>>,
    ).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        operation,
      })),
    );
    const hidden = /GET (\/|\/\*|\/assets\/\*|\/api\/(docs|docs\.css|openapi\.json|health))$/;
    expect(described.map(({ route }) => route).sort()).toEqual(
      Object.keys(access)
        .filter((route) => !hidden.test(route))
        .sort(),
    );
    for (const { route, operation } of described) {
      expect(operation.summary, route).toBeTruthy();
      expect(operation.tags, route).toHaveLength(1);
    }
  });

  test('every parameter of a path is described, every schema stands on its own', async () => {
    const { body } = await visitor.ask('GET', '/api/openapi.json');
    for (const [path, operations] of Object.entries(
      body.paths as Record<string, Record<string, { parameters?: { name: string; in: string; required: boolean }[] }>>,
    )) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const [method, { parameters = [] }] of Object.entries(operations)) {
        const inPath = parameters.filter((parameter) => parameter.in === 'path');
        expect(inPath.map((parameter) => parameter.name).sort(), `${method} ${path}`).toEqual(named.sort());
        expect(inPath.every((parameter) => parameter.required)).toBe(true);
      }
    }
    for (const [, reference] of JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference!
        .split('/')
        .reduce<Record<string, unknown> | undefined>(
          (part, key) => part?.[key] as Record<string, unknown> | undefined,
          body,
        );
      expect(found, reference).toBeDefined();
    }
  });

  test('is readable as a page, without a script', async () => {
    const { status, text, headers } = await new Visitor(site).ask('GET', '/api/docs');
    expect(status).toBe(200);
    expect(text).toContain('/api/companies/{companyId}/payments');
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('refusals', () => {
  test('are problem+json with a stable code and a sentence in the language that is asked for', async () => {
    const english = await new Visitor(site).ask('GET', at(''));
    expect(english.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(english.body).toEqual({
      type: '/api/docs#fault-not-signed-in',
      title: 'Unauthorized',
      status: 401,
      detail: 'Sign in to continue.',
      code: 'not-signed-in',
    });
    const french = await new Visitor(site).ask('GET', at(''), undefined, { 'accept-language': 'fr-FR,fr;q=0.9' });
    expect(french.body.detail).toBe('Connectez-vous pour continuer.');
  });

  test('of input say which fields and what is wrong', async () => {
    const { status, body } = await visitor.ask('POST', at('/customers'), { name: '', kind: 'alien' });
    expect(status).toBe(400);
    expect(body.code).toBe('invalid-input');
    expect(body.errors.map((error: { field: string }) => error.field).sort()).toEqual(['kind', 'name']);
  });

  test('what is not there is 404, what is no JSON is 400, what is too large is 413', async () => {
    expect((await visitor.ask('GET', '/api/nowhere')).body).toMatchObject({ status: 404, code: 'not-found' });
    expect((await visitor.ask('GET', at('/customers/no-identifier'))).status).toBe(400);
    const raw = await fetch(`${site.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(raw.status).toBe(400);
    expect(await raw.json()).toMatchObject({ code: 'invalid-input' });
    expect((await visitor.ask('POST', at('/customers'), { name: 'x'.repeat(2_000_000) })).body).toMatchObject({
      status: 413,
      code: 'too-large',
    });
    expect((await visitor.ask('GET', at('/customers?limit=201'))).status).toBe(400);
  });

  test.each(faultCodes)('%s has a status and a sentence in both languages', (code) => {
    for (const language of ['fr', 'en'] as const) {
      const { status, detail, title } = problemOf({ code, with: {} }, language);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(title).toBeTruthy();
      expect(detail).toMatch(/[.…]$/);
    }
  });

  test('a write that another site began is not carried out', async () => {
    const body = { email: owner.email, password: owner.password };
    expect((await visitor.ask('POST', '/api/session', body, { origin: 'https://evil.example' })).body).toMatchObject({
      status: 403,
      code: 'origin-refused',
    });
    expect((await visitor.ask('POST', '/api/session', body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await visitor.ask('POST', '/api/session', body, { origin: site.url })).status).toBe(200);
  });
});

describe('accounts', () => {
  test('the first visit is possible once', async () => {
    expect((await visitor.ask('GET', '/api/first-visit')).body).toEqual({ needed: false });
    const again = await new Visitor(site).ask('POST', '/api/first-visit', {
      account: { ...owner, email: 'second@example.org' },
      company: atelier,
    });
    expect(again.body).toMatchObject({ status: 409, code: 'not-first-visit' });
  });

  test('two first visits at once make one owner', async () => {
    const fresh = await startSite();
    const visits = ['a', 'b', 'c'].map((name) =>
      new Visitor(fresh).ask('POST', '/api/first-visit', {
        account: { ...owner, email: `${name}@example.org` },
        company: atelier,
      }),
    );
    const statuses = (await Promise.all(visits)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409, 409]);
    await fresh.stop();
  });

  test('nobody signs up by themselves', async () => {
    for (const path of ['/api/auth/sign-up/email', '/api/session/inner/sign-up/email']) {
      expect((await new Visitor(site).ask('POST', path, owner)).status).toBe(404);
    }
  });

  test('the session is a cookie that scripts can’t read and that other sites don’t send', async () => {
    const { headers } = await new Visitor(site).ask('POST', '/api/session', {
      email: owner.email.toUpperCase(),
      password: owner.password,
    });
    const cookie = headers.getSetCookie().find((one) => one.startsWith('relance.session_token='))!;
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
  });

  test('signing out ends the session on the server, not only in the browser', async () => {
    const guest = new Visitor(site);
    const { headers } = await guest.ask('POST', '/api/session', { email: owner.email, password: owner.password });
    const cookie = headers.getSetCookie()[0]!.split(';')[0]!;
    expect((await guest.ask('GET', '/api/session')).body.user.email).toBe(owner.email);
    expect((await guest.ask('DELETE', '/api/session')).status).toBe(200);
    expect((await new Visitor(site).ask('GET', '/api/session', undefined, { cookie })).status).toBe(401);
  });

  test('passwords are kept as scrypt makes them, never as they are', async () => {
    const { rows } = await import('kysely').then(({ sql }) =>
      sql<{ password: string }>`select password from account.credential`.execute(site.database.owner),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { password } of rows) expect(password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  });

  test('a temporary password is changed by its user, which ends the other sessions', async () => {
    const member = { name: 'Paul', email: 'paul@example.org', password: 'temporary one', role: 'agent' };
    await visitor.ask('POST', at('/members'), member);
    const [paul, elsewhere] = [new Visitor(site), new Visitor(site)];
    for (const one of [paul, elsewhere])
      await one.ask('POST', '/api/session', { email: member.email, password: member.password });
    const change = { currentPassword: member.password, newPassword: 'one of my own' };
    expect((await paul.ask('PUT', '/api/session/password', { ...change, currentPassword: 'wrong' })).status).toBe(401);
    expect((await paul.ask('PUT', '/api/session/password', change)).status).toBe(200);
    expect((await paul.ask('GET', '/api/session')).status).toBe(200);
    expect((await elsewhere.ask('GET', '/api/session')).status).toBe(401);
    expect((await visitor.ask('POST', at('/members'), member)).body).toMatchObject({
      status: 409,
      code: 'user-exists',
    });
  });

  test('guessing a password is slowed down', async () => {
    const fresh = await startSite();
    await firstOwner(fresh);
    const guess = () => new Visitor(fresh).ask('POST', '/api/session', { email: owner.email, password: 'guess' });
    const answers = [];
    for (let turn = 0; turn < 12; turn++) answers.push((await guess()).body);
    expect(answers[0]).toMatchObject({ status: 401, code: 'wrong-credentials' });
    expect(answers.at(-1)).toMatchObject({ status: 429, code: 'too-many-attempts' });
    await fresh.stop();
  });
});

describe('the main job', () => {
  const csv = `N° facture;Client;N° client;Email;Date facture;Date échéance;Montant TTC
FAC-0117;Menuiserie Kerbrat;007;compta@kerbrat.example;10/10/2026;18/11/2026;4 310,00
FAC-0118;Boulangerie Le Goff;008;legoff@boulangerie.example;15/10/2026;32/11/2026;245,50
`;
  const form = (options: object): FormData => {
    const data = new FormData();
    data.append('options', JSON.stringify(options));
    data.append('size', String(csv.length));
    data.append('file', new Blob([csv], { type: 'text/csv' }), 'factures.csv');
    return data;
  };

  test('a file is seen, its good rows go in, its errors come back as a file', async () => {
    const preview = await visitor.ask('POST', at('/imports/invoices/preview'), form({}));
    expect(preview.body).toMatchObject({ state: 'read', counts: { rows: 2, created: 1, faulty: 1 } });
    expect(preview.body.recognised.mapping).toMatchObject({ number: 'N° facture', dueOn: 'Date échéance' });
    expect((await visitor.ask('GET', at('/invoices'))).body.rows).toEqual([]);
    const without = { mapping: { number: '' } };
    expect((await visitor.ask('POST', at('/imports/invoices/preview'), form(without))).body).toMatchObject({
      state: 'unsettled',
      missing: [['number']],
      code: 'columns-missing',
      recognised: { examples: [['FAC-0117', 'FAC-0118'], ...Array.from({ length: 6 }, () => expect.any(Array))] },
    });
    expect((await visitor.ask('POST', at('/imports/invoices'), form(without))).body.code).toBe('columns-missing');
    const refused = await visitor.ask('POST', at('/imports/invoices'), form({}));
    expect(refused.body.state).toBe('refused');
    const done = await visitor.ask('POST', at('/imports/invoices'), form({ skipBadRows: true }));
    expect(done.body).toMatchObject({ state: 'finished', errorCount: 1, counts: { created: 1 } });
    const errors = await visitor.ask('GET', at(`/imports/${done.body.importId}/errors.csv`));
    expect(errors.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(errors.text).toContain('32/11/2026');
    const imports = await visitor.ask('GET', at('/imports?limit=1'));
    expect(imports.body.rows).toMatchObject([{ state: 'finished', fileName: 'factures.csv' }]);
    expect(imports.body.nextCursor).not.toBeNull();
  });

  test('the preview tells what the run then does; the mail is there to be read; money ends it', async () => {
    const before = await visitor.ask('GET', at('/preview'));
    expect(before.body).toMatchObject({
      unwrittenCount: 1,
      reminders: [{ customerName: 'Menuiserie Kerbrat', level: 1, askedMinor: 431_000, written: false }],
    });
    expect((await visitor.ask('POST', at('/runs'))).body).toMatchObject({ ready: 1, toApprove: 0 });
    await expect
      .poll(async () => (await visitor.ask('GET', at('/reminders?state=left'))).body.rows.length, { timeout: 15_000 })
      .toBe(1);
    const [reminder] = (await visitor.ask('GET', at('/reminders?state=left'))).body.rows;
    expect(reminder).toMatchObject({
      to: ['compta@kerbrat.example'],
      practice: true,
      invoices: [{ number: 'FAC-0117' }],
    });

    const message = (await visitor.ask('GET', at(`/reminders/${reminder.id}/message`))).body;
    expect(message.left).toBe(true);
    expect(message.text).toContain('FAC-0117');
    expect(message.headers.map((header: { name: string }) => header.name)).toContain('Message-ID');
    const html = await visitor.ask('GET', at(`/reminders/${reminder.id}/message.html`));
    expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox.*frame-ancestors 'self'/);
    const eml = await visitor.ask('GET', at(`/reminders/${reminder.id}/message.eml`));
    expect(eml.headers.get('content-type')).toBe('message/rfc822');
    expect(eml.text).toMatch(/^[A-Z][\w-]+: /);

    const [invoice] = (await visitor.ask('GET', at('/invoices?search=0117'))).body.rows;
    const payment = {
      customerId: invoice.customerId,
      receivedOn: '2026-11-23',
      amountMinor: invoice.openMinor,
      to: [{ invoiceId: invoice.id }],
    };
    expect((await visitor.ask('POST', at('/payments'), payment)).body.unallocatedMinor).toBe(0);
    expect((await visitor.ask('GET', at(`/invoices/${invoice.id}`))).body).toMatchObject({ openMinor: 0, level: 1 });
    expect((await visitor.ask('GET', at('/preview?day=2027-03-01'))).body.reminderCount).toBe(0);
    expect((await visitor.ask('GET', at('/status'))).body).toMatchObject({
      openInvoices: 0,
      amounts: [{ currency: 'EUR', openMinor: 0, cameInMinor: 431_000 }],
    });
    const events = (await visitor.ask('GET', at(`/events?invoiceId=${invoice.id}`))).body.rows.map(
      (event: { type: string }) => event.type,
    );
    expect(events).toContain('payment.recorded');
    expect(events).toContain('reminder.captured');
  });

  test('a PDF is attached, asked for, and refused where it is none', async () => {
    const [invoice] = (await visitor.ask('GET', at('/invoices'))).body.rows;
    const upload = (content: string) => {
      const data = new FormData();
      data.append('file', new Blob([content]), 'Facture n° 117.pdf');
      return visitor.ask('PUT', at(`/invoices/${invoice.id}/pdf`), data);
    };
    expect((await upload('no PDF at all')).body).toMatchObject({ status: 422, code: 'file-unreadable' });
    expect((await upload('%PDF-1.7 bytes')).status).toBe(200);
    const pdf = await visitor.ask('GET', at(`/invoices/${invoice.id}/pdf`));
    expect(pdf.text).toBe('%PDF-1.7 bytes');
    expect(pdf.headers.get('content-disposition')).toContain("filename*=UTF-8''Facture%20n%C2%B0%20117.pdf");
  });

  test('lists are read page by page, each row once', async () => {
    for (let number = 0; number < 7; number++)
      await visitor.ask('POST', at('/customers'), { name: `Client ${number}` });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await visitor.ask('GET', at(`/customers?limit=3${cursor}`));
      seen.push(...body.rows.map((row: { id: string }) => row.id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(8);
  });

  test('the secret of the mail server is never given back', async () => {
    const server = {
      host: 'smtp.example.org',
      port: 465,
      security: 'tls',
      auth: 'password',
      username: 'me',
      secret: 'hunter2 hunter2',
    };
    expect((await visitor.ask('PUT', at('/mail-server'), server)).status).toBe(200);
    const { body, text } = await visitor.ask('GET', at('/mail-server'));
    expect(body.mailServer).toMatchObject({ host: 'smtp.example.org', hasSecret: true });
    expect(text).not.toContain('hunter2');
    expect((await visitor.ask('GET', at('/events'))).text).not.toContain('hunter2');
  });

  test('a template with an unknown tag is refused, with its name', async () => {
    const { body } = await visitor.ask('PUT', at('/templates/friendly/fr'), {
      subject: 'Bonjour',
      body: 'Cher {{ custommer_name }}',
    });
    expect(body).toMatchObject({ status: 422, code: 'tag-unknown' });
    expect(body.detail).toContain('custommer_name');
  });
});

test('every answer carries the headers that keep a browser safe', async () => {
  const { headers } = await visitor.ask('GET', '/api/session');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('nothing was met that the server could not explain', () => {
  expect(site.unexpected).toEqual([]);
});

describe('a step and what comes after the last, on the wire', () => {
  const step = { level: 1, name: 'R1', timing: { kind: 'month-end', days: 10 } };
  const full = {
    title: 'Fin de mois',
    steps: [
      { ...step, tone: 'firm', senderName: 'Direction', replyTo: 'direction@morvan.example', tellsInCharge: true },
      { level: 2, name: 'R2', timing: { kind: 'previous', days: 10 } },
    ],
    ending: { kind: 'repeat', days: 10, times: 2 },
  };
  const post = (body: object) => visitor.ask('POST', at('/sequences'), body);

  test('are answered as they were given, with each step’s place on the line', async () => {
    const { sequenceId } = (await post(full)).body;
    const { rows } = (await visitor.ask('GET', at('/sequences'))).body;
    const found = rows.find((row: { id: string }) => row.id === sequenceId);
    expect(found).toMatchObject(full);
    expect(found.steps.map((one: { offsetDays: number }) => one.offsetDays)).toEqual([25, 35]);
    // A program that knows nothing of an ending leaves it as it was.
    const { title, steps } = found;
    const again = await visitor.ask('PUT', at(`/sequences/${sequenceId}`), { title, steps });
    expect(again.status).toBe(200);
    const after = (await visitor.ask('GET', at('/sequences'))).body.rows;
    expect(after.find((row: { id: string }) => row.id === sequenceId)).toEqual(found);
  });

  test.each<[string, object]>([
    ['a sender’s name of two lines', { steps: [{ ...step, senderName: 'Eve\r\nBcc: x@example.org' }] }],
    ['an address for answers that is none', { steps: [{ ...step, replyTo: 'direction' }] }],
    ['two addresses for answers', { steps: [{ ...step, replyTo: 'a@example.org, b@example.org' }] }],
    ['a step without a day', { steps: [{ level: 1, name: 'R1' }] }],
    ['a repetition without end', { steps: [step], ending: { kind: 'repeat', days: 5, times: 1000 } }],
    ['a task that says nothing', { steps: [step], ending: { kind: 'task', days: 5, text: ' ' } }],
  ])('%s is refused', async (_, body) => {
    expect((await post({ title: 'Essai', ...body })).status).toBe(400);
  });
});
