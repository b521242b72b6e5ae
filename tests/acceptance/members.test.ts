// Who may enter a company: added, given another role, let go, given another password; there is always an owner.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { atelier, firstOwner, type Site, startSite, Visitor } from '../world/site.ts';

let site: Site;
let owner: Visitor;
let companyId: string;
let ownerId: string;
let count = 0;
const at = (path: string): string => `/api/companies/${companyId}${path}`;
const password = 'une phrase provisoire';

beforeAll(async () => {
  site = await startSite();
  owner = (await firstOwner(site)).visitor;
  ownerId = (await owner.ask('GET', '/api/session')).body.user.userId;
});
// A company for each test: who is in it is what they are about. Tries at signing in are counted by the minute: each test has its own.
beforeEach(async () => {
  await sql`delete from account.rate_limit`.execute(site.database.owner);
  companyId = (await owner.ask('POST', '/api/companies', { ...atelier, name: 'Autre' })).body.companyId;
});
afterAll(async () => {
  expect(site.unexpected).toEqual([]);
  await site.stop();
});

/** How many connections wait for a row that another holds. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(site.database.owner);
  return rows[0]!.count;
}

/** A new user with this role, signed in. */
async function add(role: string, where = companyId): Promise<{ userId: string; email: string; visitor: Visitor }> {
  count += 1;
  const email = `member${count}@example.org`;
  const { body, status } = await owner.ask('POST', `/api/companies/${where}/members`, {
    name: `Member ${count}`,
    email,
    password,
    role,
  });
  expect(status).toBe(201);
  const visitor = new Visitor(site);
  await signIn(visitor, email);
  return { userId: body.userId, email, visitor };
}

async function signIn(visitor: Visitor, email: string, withPassword = password): Promise<number> {
  return (await visitor.ask('POST', '/api/session', { email, password: withPassword })).status;
}

const rolesNow = async () =>
  Object.fromEntries(
    (await owner.ask('GET', at('/members'))).body.rows.map((row: { userId: string; role: string }) => [
      row.userId,
      row.role,
    ]),
  );
const eventsOf = async (type: string) =>
  (await owner.ask('GET', at('/events?limit=50'))).body.rows.filter((row: { type: string }) => row.type === type);

test('a role is changed from the next request on, in both directions, and history tells from what to what', async () => {
  const { userId, visitor } = await add('reader');
  expect((await visitor.ask('POST', at('/customers'), { name: 'Brun' })).status).toBe(403);
  expect((await owner.ask('PATCH', at(`/members/${userId}`), { role: 'agent' })).status).toBe(200);
  expect((await visitor.ask('POST', at('/customers'), { name: 'Brun' })).status).toBe(201);
  await owner.ask('PATCH', at(`/members/${userId}`), { role: 'reader' });
  expect((await visitor.ask('POST', at('/customers'), { name: 'Brun' })).status).toBe(403);
  expect((await eventsOf('member.role-changed')).map((event: { payload: object }) => event.payload)).toEqual([
    { userId, from: 'agent', to: 'reader' },
    { userId, from: 'reader', to: 'agent' },
  ]);
});

test('whoever is let go does not see the company any more, may come back with the same account, and stays named in history', async () => {
  const { userId, email, visitor } = await add('agent');
  const { body } = await visitor.ask('POST', at('/customers'), { name: 'Kerbrat' });
  expect((await owner.ask('DELETE', at(`/members/${userId}`))).body).toEqual({ revokedKeys: 0 });
  expect((await visitor.ask('GET', at(''))).status).toBe(404);
  expect((await visitor.ask('GET', '/api/session')).body.companies).toEqual([]);
  expect(Object.keys(await rolesNow())).toEqual([ownerId]);
  const { rows } = (await owner.ask('GET', at(`/events?customerId=${body.customerId}`))).body;
  expect(rows[0].actorName).toMatch(/^Member/);

  const back = { name: 'Somebody else', email: email.toUpperCase(), password: 'another password', role: 'reader' };
  const again = await owner.ask('POST', at('/members'), back);
  expect(again.body).toEqual({ userId, hadAccount: true });
  // The account keeps its name and its password: nobody takes it over by adding it.
  expect((await visitor.ask('GET', '/api/session')).body.user.name).toMatch(/^Member/);
  expect(await signIn(new Visitor(site), email, back.password)).toBe(401);
  expect((await owner.ask('POST', at('/members'), back)).body).toMatchObject({ status: 409, code: 'user-exists' });
});

describe('there is always an owner', () => {
  test('the last one neither leaves nor steps down; with a second one both may', async () => {
    const last = { status: 409, code: 'last-owner' };
    expect((await owner.ask('DELETE', at(`/members/${ownerId}`))).body).toMatchObject(last);
    expect((await owner.ask('PATCH', at(`/members/${ownerId}`), { role: 'manager' })).body).toMatchObject(last);
    expect((await owner.ask('PATCH', at(`/members/${ownerId}`), { role: 'owner' })).status).toBe(200);
    const { userId, visitor } = await add('agent');
    await owner.ask('PATCH', at(`/members/${userId}`), { role: 'owner' });
    expect((await visitor.ask('PATCH', at(`/members/${ownerId}`), { role: 'reader' })).status).toBe(200);
    expect((await visitor.ask('DELETE', at(`/members/${userId}`))).body).toMatchObject(last);
    expect((await owner.ask('PATCH', at(`/members/${userId}`), { role: 'reader' })).status).toBe(403);
  });

  test('two owners who let each other go at the same moment leave one', async () => {
    const { userId, visitor } = await add('agent');
    await owner.ask('PATCH', at(`/members/${userId}`), { role: 'owner' });
    // Somebody else holds the rows until both are on their way: so they really meet.
    const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = site.database.owner.transaction().execute(async (tx) => {
      await sql`select from account.member where company_id = ${companyId} for update`.execute(tx);
      held.resolve();
      await released.promise;
    });
    await held.promise;
    const both = Promise.all([
      owner.ask('DELETE', at(`/members/${userId}`)),
      visitor.ask('DELETE', at(`/members/${ownerId}`)),
    ]);
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
    released.resolve();
    await holding;
    const answers = await both;
    const left = (await site.context.db
      .selectFrom('account.member')
      .select('role')
      .where('company_id', '=', companyId)
      .execute()) as { role: string }[];
    expect(left).toEqual([{ role: 'owner' }]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('the keys that a member made', () => {
  const make = async (visitor: Visitor, role: string) => {
    const { body } = await visitor.ask('POST', at('/api-keys'), { name: 'ERP', role });
    return new Visitor(site, body.key);
  };

  test('may never more than their maker may today', async () => {
    const { userId, visitor } = await add('manager');
    const key = await make(visitor, 'manager');
    expect((await key.ask('GET', at('/members'))).status).toBe(200);
    await owner.ask('PATCH', at(`/members/${userId}`), { role: 'reader' });
    expect((await key.ask('GET', at('/members'))).status).toBe(403);
    expect((await key.ask('POST', at('/customers'), { name: 'Brun' })).status).toBe(403);
    expect((await key.ask('GET', at('/customers'))).status).toBe(200);
    expect((await owner.ask('GET', at('/api-keys'))).body.rows[0]).toMatchObject({ role: 'reader', state: 'valid' });
    // An owner's key is no more than it was made as.
    await owner.ask('PATCH', at(`/members/${userId}`), { role: 'owner' });
    expect((await key.ask('POST', at('/go-live'), { confirmed: true })).status).toBe(403);
  });

  test('are revoked with the membership, counted beforehand, and do not come back with the member', async () => {
    const { userId, email, visitor } = await add('manager');
    const key = await make(visitor, 'agent');
    await make(visitor, 'reader');
    const others = await make(owner, 'reader');
    const shown = (await owner.ask('GET', at('/members'))).body.rows.find(
      (row: { userId: string }) => row.userId === userId,
    );
    expect(shown.validKeys).toBe(2);
    expect((await owner.ask('DELETE', at(`/members/${userId}`))).body).toEqual({ revokedKeys: 2 });
    expect((await key.ask('GET', at(''))).body.code).toBe('key-refused');
    await owner.ask('POST', at('/members'), { name: 'x', email, password, role: 'manager' });
    expect((await key.ask('GET', at(''))).body.code).toBe('key-refused');
    expect((await others.ask('GET', at(''))).status).toBe(200);
    expect(await eventsOf('api-key.revoked')).toHaveLength(2);
  });
});

describe('a temporary password', () => {
  test('ends the member’s sessions and replaces the lost one', async () => {
    const { userId, email, visitor } = await add('agent');
    const reset = await owner.ask('PUT', at(`/members/${userId}/password`), { password: 'tout à fait nouveau' });
    expect(reset.status).toBe(200);
    expect((await visitor.ask('GET', '/api/session')).status).toBe(401);
    expect(await signIn(new Visitor(site), email)).toBe(401);
    expect(await signIn(new Visitor(site), email, 'tout à fait nouveau')).toBe(200);
    expect(await eventsOf('member.password-reset')).toMatchObject([{ payload: { userId } }]);
    const short = await owner.ask('PUT', at(`/members/${userId}/password`), { password: 'court' });
    expect(short.status).toBe(400);
  });

  test('is not given to whoever also enters a company that is not the caller’s own, nor to oneself, nor to a stranger', async () => {
    const { userId, email, visitor } = await add('agent');
    const theirs = (await visitor.ask('POST', '/api/companies', { ...atelier, name: 'À eux' })).body.companyId;
    const set = (id: string) => owner.ask('PUT', at(`/members/${id}/password`), { password: 'prise de contrôle' });
    expect((await set(userId)).body).toMatchObject({ status: 422, code: 'password-elsewhere' });
    expect(await signIn(new Visitor(site), email)).toBe(200);
    expect((await set(ownerId)).body.code).toBe('own-password');
    expect((await set('nobody')).status).toBe(404);
    const unknownHere = await owner.ask('PUT', `/api/companies/${theirs}/members/${userId}/password`, { password });
    expect(unknownHere.status).toBe(404);
  });
});
