// Who may call what: every route that the server has is in the table, each role is let through or refused as it says, and
// nothing of one company is ever given to another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access, type Least } from '../../src/http/access.ts';
import { forPeopleOnly } from '../../src/http/bearer.ts';
import { atelier, firstOwner, type Site, startSite, Visitor } from '../world/site.ts';

const roles = ['owner', 'manager', 'agent', 'reader'] as const;
type Who = (typeof roles)[number] | 'stranger' | 'nobody';
/** Programs, each with a key of that role; the last one's is another company's. */
const keyRoles = ['manager', 'agent', 'reader'] as const;
type KeyOf = (typeof keyRoles)[number] | 'stranger';

/** What each may, from most to least. A stranger is signed in, and a member of another company only. */
const mayAs: Record<Least, readonly Who[]> = {
  anyone: [...roles, 'stranger', 'nobody'],
  'signed-in': [...roles, 'stranger'],
  reader: ['owner', 'manager', 'agent', 'reader'],
  agent: ['owner', 'manager', 'agent'],
  manager: ['owner', 'manager'],
  owner: ['owner'],
};

const someId = '01900000-0000-7000-8000-00000000abcd';
const password = 'a short sentence';

describe('access', () => {
  let site: Site;
  let companyId: string;
  let visitors: Record<Who, Visitor>;
  let programs: Record<KeyOf, Visitor>;

  beforeAll(async () => {
    site = await startSite();
    const first = await firstOwner(site);
    companyId = first.companyId;
    visitors = { owner: first.visitor, nobody: new Visitor(site) } as Record<Who, Visitor>;
    for (const role of ['manager', 'agent', 'reader'] as const) {
      const member = { name: role, email: `${role}@example.org`, password, role };
      expect((await first.visitor.ask('POST', `/api/companies/${companyId}/members`, member)).status).toBe(201);
      visitors[role] = new Visitor(site);
      expect((await visitors[role].ask('POST', '/api/session', { email: member.email, password })).status).toBe(200);
    }
    visitors.stranger = await stranger();
    programs = {} as Record<KeyOf, Visitor>;
    for (const role of keyRoles) programs[role] = await program(companyId, role);
    const elsewhere = await visitors.owner.ask('POST', '/api/companies', { ...atelier, name: 'Plus loin' });
    programs.stranger = await program(elsewhere.body.companyId, 'manager');
  });
  afterAll(() => site.stop());

  async function program(ofCompany: string, role: string): Promise<Visitor> {
    const made = await visitors.owner.ask('POST', `/api/companies/${ofCompany}/api-keys`, { name: role, role });
    return new Visitor(site, made.body.key);
  }

  const pathOf = (pattern: string): string =>
    pattern
      .replace(':companyId', companyId)
      .replace(':kind', 'invoices')
      .replace(':language', 'fr')
      .replace('*', 'none')
      .replace(/:\w+/g, someId);
  const bodyFor = (method: string) => (method === 'GET' || method === 'DELETE' ? undefined : {});

  /** A user of the same installation whose only company is another one. */
  async function stranger(): Promise<Visitor> {
    const { body } = await visitors.owner.ask('POST', '/api/companies', { ...atelier, name: 'Ailleurs' });
    const member = { name: 'Stranger', email: 'stranger@example.org', password, role: 'manager' };
    await visitors.owner.ask('POST', `/api/companies/${body.companyId}/members`, member);
    const visitor = new Visitor(site);
    await visitor.ask('POST', '/api/session', { email: member.email, password });
    return visitor;
  }

  test('every route of the server is in the table, and every line of the table is a route', async () => {
    expect([...site.server.routesKnown].sort()).toEqual(Object.keys(access).sort());
  });

  test('a route that is missing in the table stops the server from starting', async () => {
    const { installAccess } = await import('../../src/http/access.ts');
    const { default: Fastify } = await import('fastify');
    const server = Fastify();
    installAccess(server, site.context, {} as never);
    expect(() => server.get('/api/forgotten', () => '')).toThrow(/No role is given for GET \/api\/forgotten/);
  });

  describe('each role is refused or let through as the table says', () => {
    // Signing out or changing the password would end the visitor's session amid the walk: they have tests of their own.
    const walked = Object.entries(access).filter(
      ([route]) => !/(DELETE|PUT) \/api\/session|POST \/api\/(session|first-visit)/.test(route),
    );
    for (const [route, least] of walked) {
      test(route, async () => {
        const [method, pattern] = route.split(' ') as [string, string];
        for (const who of [...roles, 'stranger', 'nobody'] as const) {
          const { status } = await visitors[who].ask(method, pathOf(pattern), bodyFor(method));
          expect(outcome(status), `${who} gets ${status}`).toBe(expected(who, least));
        }
      });
    }
  });

  describe('a key is refused or let through as its role, and never does what is a person’s', () => {
    for (const [route, least] of Object.entries(access).filter(([, one]) => one !== 'anyone')) {
      test(route, async () => {
        const [method, pattern] = route.split(' ') as [string, string];
        for (const who of [...keyRoles, 'stranger'] as const) {
          const { status, body } = await programs[who].ask(method, pathOf(pattern), bodyFor(method));
          const isHere = !pattern.includes(':companyId') || who !== 'stranger';
          if (!isHere) expect(status, `a key of another company gets ${status}`).toBe(404);
          else if (forPeopleOnly.has(route)) expect(body, who).toMatchObject({ status: 403, code: 'not-for-keys' });
          else {
            const role = who === 'stranger' ? 'manager' : who;
            expect(outcome(status), `a key of ${who} gets ${status}`).toBe(expected(role, least));
          }
        }
      });
    }

    test('a text that is no key is refused on every route, also beside a session', async () => {
      const headers = { authorization: `Bearer relance_${'A'.repeat(72)}` };
      for (const [route, least] of Object.entries(access)) {
        if (least === 'anyone') continue;
        const [method, pattern] = route.split(' ') as [string, string];
        const answer = await visitors.owner.ask(method, pathOf(pattern), bodyFor(method), headers);
        expect(answer.body, route).toMatchObject({ status: 401, code: 'key-refused' });
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      }
    });

    test('every line of what is for people only is a route', () => {
      expect([...forPeopleOnly].filter((route) => access[route] === undefined)).toEqual([]);
    });
  });

  /** A stranger is not told that the company exists. */
  function expected(who: Who, least: Least): string {
    if (mayAs[least].includes(who)) return 'let through';
    if (who === 'nobody') return 'not signed in';
    return who === 'stranger' ? 'let through' : 'refused';
  }

  /** 404 of what is not there is what a let-through call with an invented identifier gets, and what a stranger gets always. */
  function outcome(status: number): string {
    if (status === 401) return 'not signed in';
    return status === 403 ? 'refused' : 'let through';
  }

  test('a stranger gets 404 of every company that is not theirs, and nothing of it', async () => {
    for (const [route, least] of Object.entries(access)) {
      const [method, pattern] = route.split(' ') as [string, string];
      if (!pattern.includes(':companyId') || least === 'anyone') continue;
      const { status, text } = await visitors.stranger.ask(method, pathOf(pattern), bodyFor(method));
      expect(status, route).toBe(404);
      expect(text).not.toContain('Atelier');
    }
  });

  describe('identifiers of another company are not there', () => {
    let other: string;
    let theirs: { customerId: string; invoiceId: string; paymentId: string };

    beforeAll(async () => {
      const { body } = await visitors.owner.ask('POST', '/api/companies', { ...atelier, name: 'Autre' });
      other = body.companyId;
      const at = (path: string) => `/api/companies/${companyId}${path}`;
      const customer = await visitors.owner.ask('POST', at('/customers'), {
        name: 'Kerbrat',
        contacts: [{ email: 'k@example.org' }],
      });
      const { customerId } = customer.body;
      const invoice = { customerId, number: 'F-1', issuedOn: '2026-10-01', dueOn: '2026-11-01', totalMinor: 10_000 };
      const { invoiceId } = (await visitors.owner.ask('POST', at('/invoices'), invoice)).body;
      const payment = { customerId, receivedOn: '2026-11-20', amountMinor: 2_000 };
      const { paymentId } = (await visitors.owner.ask('POST', at('/payments'), payment)).body;
      theirs = { customerId, invoiceId, paymentId };
    });

    const calls: [string, string, (ids: typeof theirs) => [string, unknown?]][] = [
      ['the customer', 'GET', ({ customerId }) => [`/customers/${customerId}`]],
      ['changing the customer', 'PATCH', ({ customerId }) => [`/customers/${customerId}`, { name: 'Mine' }]],
      ['the invoice', 'GET', ({ invoiceId }) => [`/invoices/${invoiceId}`]],
      ['changing the invoice', 'PATCH', ({ invoiceId }) => [`/invoices/${invoiceId}`, { status: 'cancelled' }]],
      ['explaining the invoice', 'GET', ({ invoiceId }) => [`/invoices/${invoiceId}/explanation`]],
      ['its PDF', 'GET', ({ invoiceId }) => [`/invoices/${invoiceId}/pdf`]],
      ['disputing it', 'POST', ({ invoiceId }) => [`/invoices/${invoiceId}/dispute`, { reason: '' }]],
      ['settling it', 'POST', ({ invoiceId }) => ['/invoices/settle', { invoiceIds: [invoiceId], reason: 'mine' }]],
      ['including it', 'POST', ({ invoiceId }) => ['/invoices/include', { invoiceIds: [invoiceId] }]],
      ['its level', 'POST', ({ invoiceId }) => ['/invoices/level', { invoiceIds: [invoiceId], level: 2 }]],
      ['starting anew', 'POST', ({ invoiceId }) => ['/invoices/start-anew', { invoiceIds: [invoiceId] }]],
      [
        'an invoice for the customer',
        'POST',
        ({ customerId }) => ['/invoices', { customerId, number: 'F-2', issuedOn: '2026-10-01', totalMinor: 1 }],
      ],
      [
        'a payment of the customer',
        'POST',
        ({ customerId }) => ['/payments', { customerId, receivedOn: '2026-11-01', amountMinor: 1 }],
      ],
      ['returning the payment', 'POST', ({ paymentId }) => [`/payments/${paymentId}/return`, {}]],
      [
        'allocating the payment',
        'POST',
        ({ paymentId, invoiceId }) => ['/allocations', { paymentId, to: [{ invoiceId }] }],
      ],
      ['undoing its allocations', 'POST', ({ paymentId }) => ['/allocations/undo', { paymentId }]],
      ['pausing the customer', 'POST', ({ customerId }) => ['/pauses', { customerId }]],
      ['pausing the invoice', 'POST', ({ invoiceId }) => ['/pauses', { invoiceId }]],
      ['resuming the invoice', 'POST', ({ invoiceId }) => ['/pauses/resume', { invoiceId }]],
      [
        'a promise of the customer',
        'POST',
        ({ customerId }) => ['/promises', { customerId, promisedOn: '2030-01-01' }],
      ],
      [
        'enrolling the customer',
        'POST',
        ({ customerId }) => ['/enrolments', { customerIds: [customerId], enrolment: 'none' }],
      ],
    ];
    for (const [what, method, call] of calls) {
      test(what, async () => {
        const [path, body] = call(theirs);
        const { status } = await visitors.owner.ask(method, `/api/companies/${other}${path}`, body);
        expect(status).toBe(404);
      });
    }

    test('and the lists of the other company are empty', async () => {
      for (const list of ['customers', 'invoices', 'payments', 'reminders']) {
        const { body } = await visitors.owner.ask('GET', `/api/companies/${other}/${list}`);
        expect(body.rows, list).toEqual([]);
      }
      const history = await visitors.owner.ask('GET', `/api/companies/${other}/events`);
      expect(history.body.rows.every((event: { customerId: unknown }) => event.customerId === null)).toBe(true);
    });
  });

  test('a backup holds every company, so the owner of only some is refused', async () => {
    expect((await visitors.owner.ask('GET', `/api/companies/${companyId}/backup`)).status).toBe(200);
    const { body } = await visitors.stranger.ask('POST', '/api/companies', { ...atelier, name: 'À moi' });
    expect((await visitors.stranger.ask('GET', `/api/companies/${body.companyId}/backup`)).status).toBe(403);
  });

  test('nothing was met that the server could not explain', () => {
    expect(site.unexpected).toEqual([]);
  });
});
