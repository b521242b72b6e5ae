// Who is in charge of customers (A1): said for one or many, filtered by, told in the history; what waits to be done goes along.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { browseCustomers, browseHistory } from '../../src/app/browse.ts';
import { browseAbsences, setAbsence } from '../../src/app/keep-absences.ts';
import { browseTasks, createTask } from '../../src/app/keep-tasks.ts';
import { changeRole, removeMember } from '../../src/app/members.ts';
import { putCustomersInCharge } from '../../src/app/put-in-charge.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { takeFollowed } from '../../src/db/followed.ts';
import { makeWorld, value, type World } from '../world/world.ts';

/** People who may enter the company, with their roles. */
async function people(world: World): Promise<void> {
  const { owner } = world.database;
  for (const [id, role] of [
    ['anne', 'agent'],
    ['paul', 'manager'],
    ['lea', 'reader'],
  ]) {
    await sql`insert into account."user" (id, name, email) values (${id}, ${id}, ${`${id}@example.org`})`.execute(
      owner,
    );
    await sql`insert into account.member (company_id, user_id, role) values (${world.acting.companyId}, ${id}, ${role})`.execute(
      owner,
    );
  }
}

const put = (world: World, customerIds: string[], userId: string | null) =>
  putCustomersInCharge(world.context, world.acting, { customerIds, userId });

const names = async (world: World, inCharge: string, actor = 'test') =>
  (await browseCustomers(world.context, { ...world.acting, actor }, { inCharge, limit: 50 })).rows.map(
    ({ name }) => name,
  );

test('the list is filtered by who is in charge; somebody who left, or may only read, is nobody', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  await people(world);
  const [brun, kerbrat, odet] = [
    await world.customer('Brun', { inChargeUserId: 'anne' }),
    await world.customer('Kerbrat'),
    await world.customer('Odet'),
  ];
  expect(value(await put(world, [brun, kerbrat], 'anne'))).toEqual({ changed: 1 });
  value(await put(world, [odet], 'paul'));
  expect(await names(world, 'me', 'anne')).toEqual(['Brun', 'Kerbrat']);
  expect(await names(world, 'paul')).toEqual(['Odet']);
  value(await saveCustomer(world.context, world.acting, { id: kerbrat, inChargeUserId: null }));
  expect(await names(world, 'none')).toEqual(['Kerbrat']);
  for (const refused of ['lea', 'nobody-here'])
    expect(await put(world, [brun], refused)).toMatchObject({ fault: { code: 'not-found' } });
  expect(await saveCustomer(world.context, world.acting, { id: brun, inChargeUserId: 'lea' })).toMatchObject({
    fault: { code: 'not-found' },
  });
  await sql`delete from account.member where user_id = 'paul'`.execute(world.database.owner);
  expect(await names(world, 'none')).toEqual(['Kerbrat', 'Odet']);
  const { rows } = await browseHistory(world.context, world.acting, { customerId: kerbrat, limit: 20 });
  expect(rows.filter(({ type }) => type === 'customer.in-charge').map(({ personName }) => personName)).toEqual([
    null,
    'anne',
  ]);
});

test('who stands in has the customers of the one who is away among theirs, on these days, and nobody further', async () => {
  const world = await makeWorld({ steps: [{ at: 5, channels: ['task'] }] });
  await people(world);
  await world.invoice(await world.customer('Brun', { inChargeUserId: 'anne' }));
  await world.customer('Odet', { inChargeUserId: 'paul' });
  const away = (userId: string, standInUserId: string, fromOn: string, untilOn: string) =>
    setAbsence(world.context, world.acting, { userId, standInUserId, fromOn, untilOn });
  for (const [who, standIn, until] of [
    ['anne', 'anne', world.J(9)],
    ['anne', 'lea', world.J(9)],
    ['anne', 'paul', world.J(3)],
    ['nobody-here', 'paul', world.J(9)],
  ] as const)
    expect(await away(who, standIn, world.J(4), until)).toMatchObject({ ok: false });
  value(await away('anne', 'paul', world.J(5), world.J(6)));
  await world.run(world.J(4));
  expect(await names(world, 'me', 'paul')).toEqual(['Odet']);
  await world.run(world.J(5));
  expect(await names(world, 'me', 'paul')).toEqual(['Brun', 'Odet']);
  expect(await names(world, 'me', 'anne')).toEqual(['Brun']);
  expect(await names(world, 'paul')).toEqual(['Odet']);
  const [task] = (await browseTasks(world.context, world.acting, { state: 'open', limit: 20 })).rows;
  expect(task).toMatchObject({ assignedTo: 'anne', standInName: 'paul' });
  // No chain: whoever stands in for the stand-in has the stand-in's own.
  await sql`update account.member set role = 'agent' where user_id = 'lea'`.execute(world.database.owner);
  value(await away('paul', 'lea', world.J(5), world.J(6)));
  expect(await names(world, 'me', 'lea')).toEqual(['Odet']);
  await world.run(world.J(6));
  expect(await names(world, 'me', 'paul')).toEqual(['Brun', 'Odet']);
  value(await changeRole(world.context, world.acting, 'lea', 'reader'));
  expect(await names(world, 'me', 'lea')).toEqual([]);
  await world.run(world.J(7));
  expect(await names(world, 'me', 'paul')).toEqual(['Odet']);
  // Let go and taken back, one is away no more, and stands in for nobody.
  value(await away('anne', 'paul', world.J(7), world.J(9)));
  value(await removeMember(world.context, world.acting, 'paul'));
  await sql`insert into account.member (company_id, user_id, role) values (${world.acting.companyId}, 'paul', 'agent')`.execute(
    world.database.owner,
  );
  expect(await browseAbsences(world.context, world.acting)).toEqual([]);
});

test('who is told of messages waits for whoever changes their customers, and never holds a message that they want', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true, tellsInCharge: true }] });
  await world.invoice(await world.customer('Brun'));
  await world.run(world.J(5));
  await sql`update reminder set practice = false`.execute(world.database.owner);
  const take = () => world.inside((tx) => takeFollowed(tx, world.acting.companyId, world.today));
  const telling = await world.inside(async (tx) => {
    await sql`select from customer order by id for no key update`.execute(tx);
    const told = take();
    const waits = async (): Promise<boolean> => {
      const found = await sql<{ waits: boolean }>`select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waits`.execute(world.database.owner);
      return found.rows[0]!.waits;
    };
    let first = 'told';
    await Promise.race([
      told,
      expect
        .poll(waits)
        .toBe(true)
        .then(() => {
          first = 'waits';
        }),
    ]);
    expect(first).toBe('waits');
    await sql`update reminder set state = 'ready'`.execute(tx);
    return { told };
  });
  // Approved meanwhile: it is told of no more as one that waits.
  expect(await telling.told).toEqual([]);
  await sql`update reminder set state = 'to_approve'`.execute(world.database.owner);
  expect(await take()).toMatchObject([{ customerName: 'Brun', state: 'to_approve' }]);
  expect(await take()).toEqual([]);
});

test('what the dunning asked goes to whoever is in charge now; what a person noted stays with theirs', async () => {
  const world = await makeWorld({ steps: [{ at: 5, channels: ['task'] }] });
  await people(world);
  const brun = await world.customer('Brun', { inChargeUserId: 'anne' });
  await world.invoice(brun);
  await world.run(world.J(5));
  const asked = { customerId: brun, text: 'Passer voir', dueOn: world.today, assignedTo: 'anne' };
  value(await createTask(world.context, world.acting, asked));
  const whose = async () =>
    (await browseTasks(world.context, world.acting, { state: 'open', limit: 20 })).rows.map(({ assignedTo, text }) =>
      text === 'Passer voir' ? `noted: ${assignedTo}` : `asked: ${assignedTo}`,
    );
  expect((await whose()).sort()).toEqual(['asked: anne', 'noted: anne']);
  value(await put(world, [brun], 'paul'));
  expect((await whose()).sort()).toEqual(['asked: paul', 'noted: anne']);
});

test('whoever may only read from now on, or has left, has no task any more, and gets none', async () => {
  const world = await makeWorld({ steps: [5, 6, 7].map((at) => ({ at, channels: ['task'] })) });
  await people(world);
  await world.invoice(await world.customer('Brun', { inChargeUserId: 'anne' }));
  await world.invoice(await world.customer('Odet', { inChargeUserId: 'paul' }));
  await world.run(world.J(5));
  const whose = async () =>
    (await browseTasks(world.context, world.acting, { state: 'open', limit: 20 })).rows.map(
      ({ customerName, assignedTo }) => `${customerName}: ${assignedTo}`,
    );
  expect(await whose()).toEqual(['Brun: anne', 'Odet: paul']);
  value(await changeRole(world.context, world.acting, 'anne', 'reader'));
  expect(await whose()).toEqual(['Brun: null', 'Odet: paul']);
  value(await removeMember(world.context, world.acting, 'paul'));
  expect(await whose()).toEqual(['Brun: null', 'Odet: null']);
  await world.doTasks();
  await world.run(world.J(6));
  expect(await whose()).toEqual(['Brun: null', 'Odet: null']);
});
