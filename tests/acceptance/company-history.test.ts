// The history of a whole company: who reads it, what each filter lets through, that its pages hold every event once, and that every
// event has its sentence in both languages.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browseActors, browseCompanyHistory } from '../../src/app/browse.ts';
import { type EventType, eventTypes, recordEvents } from '../../src/db/event.ts';
import type { HistoryFilter } from '../../src/db/history.ts';
import { eventWords } from '../../src/words/events.ts';
import { firstOwner, type Site, startSite, Visitor } from '../world/site.ts';
import { makeWorld, type World } from '../world/world.ts';

const types = async (world: World, filter: HistoryFilter): Promise<string[]> =>
  (await browseCompanyHistory(world.context, world.acting, { ...filter, limit: 200 })).rows.map((row) => row.type);

test('every event that there is has its sentence, in both languages, and no other has', () => {
  for (const { sentences } of Object.values(eventWords))
    expect(Object.keys(sentences).sort()).toEqual([...eventTypes].sort());
});

test('it is filtered by day, kind, person and text, and the pages hold each event once', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  const brun = await world.customer('Brun');
  const odet = await world.customer('Odet');
  await world.invoice(brun, { number: 'F-1' });
  await world.invoice(odet, { number: 'F-2' });
  await world.run(world.J(5));
  await world.pay(odet, 4_000);
  await world.run(world.J(15));
  const tell = (actor: string, type: EventType, payload: Record<string, unknown>) =>
    world.inside((tx) =>
      recordEvents(tx, { companyId: world.acting.companyId, actor, practice: true, day: world.J(15) }, [
        { type, payload },
      ]),
    );
  await tell('somebody', 'sequence.created', { sequenceId: '01a2162f-2a1b-7c3d-8e4f-5a6b7c8d9e0f', title: 'Relances' });
  await tell('somebody', 'api-key.created', { name: '100% ERP' });
  await tell('cli', 'import.finished', { file: 'février.csv', kind: 'invoices', created: 2 });
  const all = (await browseCompanyHistory(world.context, world.acting, { limit: 200 })).rows;

  expect(all.slice(0, 2).map((row) => [row.type, row.kind, row.actor])).toEqual([
    ['import.finished', 'company', 'cli'],
    ['api-key.created', 'company', 'somebody'],
  ]);
  const first = all.find((row) => row.type === 'reminder.captured' && row.customerName === 'Brun');
  expect(first?.invoices.map(({ number }) => number)).toEqual(['F-1']);

  expect(await types(world, { from: world.J(6), until: world.J(14) })).toEqual([]);
  const onFifth = (
    await browseCompanyHistory(world.context, world.acting, { from: world.J(5), until: world.J(5), limit: 200 })
  ).rows;
  expect(onFifth).toEqual(all.filter((row) => row.day === world.J(5)));
  expect(onFifth.length).toBeGreaterThan(3);

  // Each event is of one kind, and of one person.
  for (const kind of ['messages', 'money', 'decisions', 'company'] as const)
    expect(await types(world, { kind })).toEqual(all.filter((row) => row.kind === kind).map((row) => row.type));
  expect(await types(world, { kind: 'money' })).toContain('payment.recorded');
  const actors = (await browseActors(world.context, world.acting)).map((one) => one.actor);
  expect(actors.sort()).toEqual(['cli', 'somebody', 'test']);
  for (const actor of [...actors, 'system'])
    expect(await types(world, { actor })).toEqual(all.filter((row) => row.actor === actor).map((row) => row.type));

  const found = async (search: string) =>
    new Set(
      (await browseCompanyHistory(world.context, world.acting, { search, limit: 200 })).rows.map(
        (row) => row.customerName ?? row.type,
      ),
    );
  expect(await found('BRU')).toEqual(new Set(['Brun']));
  expect(await found('F-2')).toEqual(new Set(['Odet']));
  expect(await found('FÉVRIER')).toEqual(new Set(['import.finished']));
  // What stands for anything in SQL stands for itself here.
  expect(await found('100% e')).toEqual(new Set(['api-key.created']));
  expect(await found('%')).toEqual(new Set(['api-key.created']));

  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await browseCompanyHistory(world.context, world.acting, { limit: 7, cursor });
    paged.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(paged).toEqual(all.map((row) => row.id));
  const { count } = await world.inside(
    async (tx) => (await sql<{ count: number }>`select count(*) from event`.execute(tx)).rows[0]!,
  );
  expect(paged).toHaveLength(count);
});

describe('over the wire', () => {
  let site: Site;
  let visitor: Visitor;
  let companyId: string;
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  beforeAll(async () => {
    site = await startSite();
    ({ visitor, companyId } = await firstOwner(site));
  });
  afterAll(() => site.stop());

  test('it is for managers and owners; what a reader gets of /events is of customers only', async () => {
    const password = 'a short sentence';
    const as = async (role: string): Promise<Visitor> => {
      const member = { name: `Mme ${role}`, email: `${role}@example.org`, password, role };
      expect((await visitor.ask('POST', at('/members'), member)).status).toBe(201);
      const one = new Visitor(site);
      expect((await one.ask('POST', '/api/session', { email: member.email, password })).status).toBe(200);
      return one;
    };
    await visitor.ask('POST', at('/customers'), { name: 'Kerbrat' });
    const [manager, agent, reader] = [await as('manager'), await as('agent'), await as('reader')];
    expect((await agent.ask('GET', at('/history'))).status).toBe(403);
    expect((await reader.ask('GET', at('/history/people'))).status).toBe(403);
    const shown = (await manager.ask('GET', at('/history?kind=company'))).body.rows;
    expect(shown.map((row: { type: string; personName: string | null }) => [row.type, row.personName])).toContainEqual([
      'member.added',
      'Mme reader',
    ]);
    const people = (await manager.ask('GET', at('/history/people'))).body.rows;
    expect(people.map((one: { name: string }) => one.name)).toEqual(['Claire Morvan']);
    for (const one of [agent, reader]) {
      const { rows } = (await one.ask('GET', at('/events'))).body;
      expect(rows.map((row: { type: string }) => row.type)).toEqual(['customer.created']);
    }
    expect((await manager.ask('GET', at('/events'))).body.rows.length).toBeGreaterThan(3);
  });

  test('a backup that is taken is told, with its name and who took it', async () => {
    await visitor.ask('GET', at('/backup'));
    const [row] = (await visitor.ask('GET', at('/history'))).body.rows;
    expect(row).toMatchObject({ type: 'backup.taken', actorName: 'Claire Morvan', payload: { file: 'test.relance' } });
  });

  test('a day that is none and a kind that is none are refused', async () => {
    expect((await visitor.ask('GET', at('/history?from=2026-02-30'))).status).toBe(400);
    expect((await visitor.ask('GET', at('/history?kind=gossip'))).status).toBe(400);
    expect(site.unexpected).toEqual([]);
  });
});
