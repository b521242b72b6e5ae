// The keys with which programs call the API: told once, of one company and role, ended by a day, a person, or their maker's leaving.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atelier, firstOwner, type Site, startSite, Visitor } from '../world/site.ts';

let site: Site;
let owner: Visitor;
let companyId: string;
const at = (path: string): string => `/api/companies/${companyId}${path}`;

beforeAll(async () => {
  site = await startSite();
  ({ visitor: owner, companyId } = await firstOwner(site));
});
afterAll(async () => {
  expect(site.unexpected).toEqual([]);
  await site.stop();
});

async function make(fields: object = {}, by: Visitor = owner): Promise<{ id: string; key: string; program: Visitor }> {
  const { status, body } = await by.ask('POST', at('/api-keys'), { name: 'ERP', role: 'agent', ...fields });
  expect(status).toBe(201);
  return { ...body, program: new Visitor(site, body.key) };
}

const listed = async (id: string) =>
  (await owner.ask('GET', at('/api-keys'))).body.rows.find((row: { id: string }) => row.id === id);

const lastEvents = async (type: string) =>
  (await owner.ask('GET', at('/events?limit=20'))).body.rows.filter((row: { type: string }) => row.type === type);

describe('a key', () => {
  test('is told once: kept are a hash and its first characters, and no list or history tells it', async () => {
    const { id, key } = await make();
    expect(key).toMatch(/^relance_[A-Za-z0-9_-]{72}$/);
    const { rows } = await sql<{ text: string }>`select to_jsonb(k)::text as text from api_key k`.execute(
      site.database.owner,
    );
    const prefix = key.slice(0, 16);
    for (const { text } of [
      ...rows,
      await owner.ask('GET', at('/api-keys')),
      await owner.ask('GET', at('/events?limit=50')),
    ]) {
      expect(text).not.toContain(key.slice(16, 30));
    }
    expect(await listed(id)).toMatchObject({ name: 'ERP', role: 'agent', prefix, state: 'valid', lastUsedOn: null });
  });

  test('two keys have no secret in common', async () => {
    const [one, other] = [(await make()).key, (await make()).key];
    expect(one.slice(8, 58)).not.toBe(other.slice(8, 58));
    // What they share is the company that they are of.
    expect(one.slice(60)).toBe(other.slice(60));
  });

  test('says who asks and for which company, and acts in history under its own name', async () => {
    const { id, program } = await make({ name: 'Logiciel de facturation' });
    expect((await program.ask('GET', '/api/session')).body).toEqual({
      user: null,
      apiKey: { id, name: 'Logiciel de facturation' },
      companies: [{ companyId, role: 'agent' }],
    });
    const { body } = await program.ask('POST', at('/customers'), { name: 'Kerbrat' });
    const { rows } = (await owner.ask('GET', at(`/events?customerId=${body.customerId}`))).body;
    expect(rows[0]).toMatchObject({
      type: 'customer.created',
      actor: `key:${id}`,
      actorName: 'Logiciel de facturation',
    });
  });

  test('needs no origin and no cookie; a session beside it changes nothing', async () => {
    const { key, program } = await make({ role: 'reader' });
    const elsewhere = { origin: 'https://erp.example', 'sec-fetch-site': 'cross-site' };
    const writer = await make();
    expect((await writer.program.ask('POST', at('/customers'), { name: 'Brun' }, elsewhere)).status).toBe(201);
    expect((await program.ask('POST', at('/customers'), { name: 'Brun' })).status).toBe(403);
    // The owner's cookie does not lend the reader's key what it may not.
    const both = { authorization: `Bearer ${key}` };
    expect((await owner.ask('POST', at('/customers'), { name: 'Brun' }, both)).status).toBe(403);
    // And a cookie alone is still refused from elsewhere.
    expect((await owner.ask('POST', at('/customers'), { name: 'Brun' }, elsewhere)).body.code).toBe('origin-refused');
  });

  test('the password of a proxy is none of ours', async () => {
    const basic = { authorization: 'Basic dXNlcjpwYXNzd29yZA==' };
    expect((await owner.ask('GET', at(''), undefined, basic)).status).toBe(200);
    expect((await new Visitor(site).ask('GET', at(''), undefined, basic)).body.code).toBe('not-signed-in');
  });

  test('opens nothing when one character of it is another', async () => {
    const { key } = await make();
    for (const place of [8, 15, 20, 40, 59, 70, 79]) {
      const other = key[place] === 'A' ? 'B' : 'A';
      const changed = key.slice(0, place) + other + key.slice(place + 1);
      const { body } = await new Visitor(site, changed).ask('GET', at(''));
      expect(body, `place ${place}`).toMatchObject({ status: 401, code: 'key-refused' });
    }
  });

  test('of another company does not see this one, nor the other way round', async () => {
    const { body } = await owner.ask('POST', '/api/companies', { ...atelier, name: 'Autre' });
    const other = `/api/companies/${body.companyId}`;
    const theirs = await owner.ask('POST', `${other}/api-keys`, { name: 'ERP', role: 'manager' });
    const program = new Visitor(site, theirs.body.key);
    expect((await program.ask('GET', other)).body.name).toBe('Autre');
    const refused = await program.ask('GET', at(''));
    expect(refused.status).toBe(404);
    expect(refused.text).not.toContain('Atelier');
    const mine = await make();
    const { body: customer } = await mine.program.ask('POST', at('/customers'), { name: 'Ici' });
    expect((await program.ask('GET', `${other}/customers/${customer.customerId}`)).status).toBe(404);
    expect((await owner.ask('DELETE', `${other}/api-keys/${mine.id}`)).status).toBe(404);
    expect((await mine.program.ask('GET', at(''))).status).toBe(200);
  });
});

describe('its end', () => {
  test('is its last day, in the company’s time zone, that day included', async () => {
    const { id, program } = await make({ endsOn: '2026-11-25' });
    site.setNow('2026-11-25T22:59:00Z');
    expect((await program.ask('GET', at(''))).status).toBe(200);
    expect(await listed(id)).toMatchObject({ state: 'valid', endsOn: '2026-11-25', lastUsedOn: '2026-11-25' });
    site.setNow('2026-11-25T23:01:00Z');
    expect((await program.ask('GET', at(''))).body).toMatchObject({ status: 401, code: 'key-refused' });
    expect(await listed(id)).toMatchObject({ state: 'ended' });
    const late = await owner.ask('POST', at('/api-keys'), { name: 'Trop tard', role: 'reader', endsOn: '2026-11-25' });
    expect(late.body).toMatchObject({ status: 422, code: 'day-past' });
    site.setNow('2026-11-23T09:30:00Z');
  });

  test('comes at once when it is revoked, once, and stays in the list with who did it', async () => {
    const { id, program } = await make({ name: 'Ancien ERP' });
    expect((await program.ask('GET', at(''))).status).toBe(200);
    expect((await owner.ask('DELETE', at(`/api-keys/${id}`))).status).toBe(200);
    expect((await program.ask('GET', at(''))).body.code).toBe('key-refused');
    expect((await owner.ask('DELETE', at(`/api-keys/${id}`))).status).toBe(404);
    expect(await listed(id)).toMatchObject({ state: 'revoked', revokerName: 'Claire Morvan' });
    const [revoked] = await lastEvents('api-key.revoked');
    expect(revoked).toMatchObject({ actorName: 'Claire Morvan', payload: { keyId: id, name: 'Ancien ERP' } });
    expect((await lastEvents('api-key.created'))[0].payload).toMatchObject({ keyId: id, role: 'agent' });
  });
});

test('the day of its last use is written once a day, not at each call', async () => {
  const { id, program } = await make();
  const writes = async () => {
    const found = await sql<{ version: string }>`select xmin::text as version from api_key where id = ${id}`.execute(
      site.database.owner,
    );
    return found.rows[0]!.version;
  };
  await program.ask('GET', at(''));
  expect((await listed(id)).lastUsedOn).toBe('2026-11-23');
  const first = await writes();
  await program.ask('GET', at(''));
  expect(await writes()).toBe(first);
  site.setNow('2026-11-24T09:30:00Z');
  await program.ask('GET', at(''));
  expect((await listed(id)).lastUsedOn).toBe('2026-11-24');
  site.setNow('2026-11-23T09:30:00Z');
});

test('the application itself can give a key neither another secret, nor a role, nor a longer life', async () => {
  const { id } = await make();
  for (const change of ["role = 'manager'", 'ends_on = null', "hash = sha256('mine')", "name = 'x'"]) {
    const changed = site.context.db.transaction().execute(async (tx) => {
      await sql`select set_config('relance.company_ids', ${companyId}, true)`.execute(tx);
      await sql`update api_key set ${sql.raw(change)} where id = ${id}`.execute(tx);
    });
    await expect(changed, change).rejects.toThrow(/permission denied/);
  }
});

test('no key is an owner’s', async () => {
  const { status } = await owner.ask('POST', at('/api-keys'), { name: 'Tout', role: 'owner' });
  expect(status).toBe(400);
});

test('the description says how a key is sent, and which calls take none', async () => {
  const { body } = await owner.ask('GET', '/api/openapi.json');
  expect(body.components.securitySchemes.apiKey).toMatchObject({ type: 'http', scheme: 'bearer' });
  expect(body.security).toEqual([{ session: [] }, { apiKey: [] }]);
  expect(body.paths['/api/companies/{companyId}/api-keys'].post.security).toEqual([{ session: [] }]);
  expect(body.paths['/api/first-visit'].get.security).toEqual([]);
  expect(body.paths['/api/companies/{companyId}/customers'].get.security).toBeUndefined();
});
