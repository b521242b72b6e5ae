// Pausing and enrolling many in one operation: each as by the request for a few, nobody twice and nobody forgotten whatever stops the
// work, what changes nothing is left out and told, and a pause is undone without touching anybody else's.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { enrolMany } from '../../src/app/enrol-many.ts';
import { pauseDunning, resumeDunning } from '../../src/app/pause-dunning.ts';
import { pauseMany } from '../../src/app/pause-many.ts';
import { deleteSequence, enrolCustomers } from '../../src/app/save-sequence.ts';
import { undoOperation } from '../../src/app/undo-operation.ts';
import { browseParts, oneOperation, resumeOperations, workOperation } from '../../src/app/work-operations.ts';
import { importMany } from '../world/many.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const steps = [{ at: 5, requiresApproval: true }, { at: 15 }];

const work = (world: World, operationId: string) => workOperation(world.context, world.acting.companyId, operationId);
const told = async (world: World, operationId: string) =>
  value(await oneOperation(world.context, world.acting, operationId));
const undo = (world: World, operationId: string) => undoOperation(world.context, world.acting, { operationId });
type Pause = Parameters<typeof pauseMany>[2];
const beginPause = async (world: World, input: Pause) =>
  value(await pauseMany(world.context, world.acting, input)).operationId;
const beginEnrol = async (world: World, input: Parameters<typeof enrolMany>[2]) =>
  value(await enrolMany(world.context, world.acting, input)).operationId;

/** What was left out, a line each: whose, which invoice, why. */
async function leftOut(world: World, operationId: string): Promise<string[]> {
  const { rows } = await browseParts(world.context, world.acting, operationId, { limit: 100, leftOut: true });
  return rows.flatMap(({ customerName, reason, invoices }) => [
    ...(reason === null ? [] : [`${customerName}: ${reason.code}`]),
    ...invoices.flatMap((one) => (one.reason === null ? [] : [`${customerName} ${one.number}: ${one.reason.code}`])),
  ]);
}

/** Where each invoice stands, with the day on which it is looked at again. */
const standing = (world: World) =>
  world.inside(async (tx) => {
    const rows = await tx
      .selectFrom('dunning_case as k')
      .innerJoin('receivable as r', 'r.id', 'k.receivable_id')
      .innerJoin('invoice as i', 'i.id', 'r.invoice_id')
      .select(['i.number', 'k.state', 'k.entry', 'k.look_on', 'k.next_on', 'k.reason', 'k.met_on', 'k.met_how'])
      .execute();
    return new Map(rows.map(({ number, ...row }) => [number, row]));
  });

/** How often each was paused by a pause that stands. */
const pausesOf = (world: World) =>
  world.inside(async (tx) => {
    const rows = await tx
      .selectFrom('pause')
      .select((eb) => [eb.fn.coalesce('invoice_id', 'customer_id').as('target'), eb.fn.countAll<number>().as('count')])
      .where('lifted_on', 'is', null)
      .groupBy(['invoice_id', 'customer_id'])
      .execute();
    return rows.map((row) => row.count);
  });

const eventsOf = (world: World, type: 'invoice.paused' | 'invoice.resumed' | 'customer.enrolled' | 'customer.paused') =>
  world.inside(async (tx) => (await tx.selectFrom('event').select('id').where('type', '=', type).execute()).length);

async function manyInvoices(count: number): Promise<{ world: World; invoiceIds: string[]; customerIds: string[] }> {
  const world = await makeWorld({ steps });
  await importMany(world.context, world.acting, count, { issuedOn: world.J(-30), dueOn: world.due });
  const rows = await world.inside((tx) =>
    tx.selectFrom('invoice').select(['id', 'customer_id']).orderBy('number').execute(),
  );
  return { world, invoiceIds: rows.map(({ id }) => id), customerIds: rows.map((row) => row.customer_id) };
}

/** The clock is read once in each transaction: the process ends as it is read for the third time. */
function dying(world: World): World['context'] {
  let reads = 0;
  return {
    ...world.context,
    now: () => {
      reads += 1;
      if (reads >= 3) throw new Error('killed');
      return world.context.now();
    },
  };
}

test('a pause of many is that of one: the same case, the same day to look again, the message that waits taken out', async () => {
  const world = await makeWorld({ steps });
  const [brun, kerbrat] = [await world.customer('Brun'), await world.customer('Kerbrat')];
  const one = await world.invoice(brun, { number: 'F-ONE' });
  const many = [await world.invoice(kerbrat, { number: 'F-MANY' }), await world.invoice(kerbrat, { number: 'F-ALSO' })];
  await world.invoice(brun, { number: 'F-FREE' });
  await world.run(world.J(5));
  expect(await world.waiting()).toHaveLength(4);
  const asked = { reason: 'accord', untilOn: world.J(9) };
  value(await pauseDunning(world.context, world.acting, { invoiceId: one, ...asked }));
  const operationId = await beginPause(world, { invoiceIds: many, ...asked });
  expect(await told(world, operationId)).toMatchObject({ kind: 'pause', counted: 'invoices', total: 2, done: 0 });
  await work(world, operationId);
  const cases = await standing(world);
  expect(cases.get('F-MANY')).toEqual(cases.get('F-ONE'));
  expect(cases.get('F-ALSO')).toEqual(cases.get('F-ONE'));
  expect(await told(world, operationId)).toMatchObject({
    state: 'finished',
    reason: 'accord',
    untilOn: world.J(9),
    total: 2,
    done: 2,
    changed: 2,
    refused: 0,
    failed: 0,
    messages: 0,
    undoable: true,
  });
  await world.run();
  expect((await world.waiting()).flatMap(({ invoices }) => invoices)).toEqual(['F-FREE']);
  // The day after the last one they are asked for again.
  await world.run(world.J(10));
  expect((await world.waiting()).flatMap(({ invoices }) => invoices).sort()).toEqual([
    'F-ALSO',
    'F-FREE',
    'F-MANY',
    'F-ONE',
  ]);
});

test('what a pause would change nothing for is left out and says why; a longer one is made', async () => {
  const world = await makeWorld({ steps });
  const [brun, odet] = [await world.customer('Brun'), await world.customer('Odet')];
  const [paid, shorter, endless, free] = [
    await world.invoice(brun, { number: 'F-1' }),
    await world.invoice(brun, { number: 'F-2' }),
    await world.invoice(odet, { number: 'F-3' }),
    await world.invoice(odet, { number: 'F-4' }),
  ];
  value(await pauseDunning(world.context, world.acting, { invoiceId: shorter, reason: 'a', untilOn: world.J(1) }));
  value(await pauseDunning(world.context, world.acting, { invoiceId: endless, reason: 'b' }));
  const untilOn = world.J(8);
  const operationId = await beginPause(world, {
    invoiceIds: [paid, shorter, endless, free, free],
    reason: 'c',
    untilOn,
  });
  // Paid between the choice and its turn.
  await world.pay(brun, 10_000, paid);
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ total: 4, done: 4, changed: 2, refused: 2 });
  expect(await leftOut(world, operationId)).toEqual(['Brun F-1: settled', 'Odet F-3: paused']);

  // The same of customers: what is told is the customer.
  const first = await beginPause(world, { customerIds: [brun], reason: 'd' });
  await work(world, first);
  const both = await beginPause(world, { customerIds: [brun, odet], reason: 'd' });
  await work(world, both);
  expect(await told(world, both)).toMatchObject({ counted: 'customers', total: 2, changed: 1, refused: 1 });
  expect(await leftOut(world, both)).toEqual(['Brun: paused']);
  expect(await eventsOf(world, 'customer.paused')).toBe(2);
});

test('killed in its middle it goes on: each is paused once; undone, each goes on, but for what somebody else paused or resumed', async () => {
  const { world, invoiceIds } = await manyInvoices(130);
  const [theirs, resumed] = invoiceIds;
  value(await pauseDunning(world.context, world.acting, { invoiceId: theirs!, reason: 'déjà', untilOn: world.J(40) }));
  const operationId = await beginPause(world, { invoiceIds, reason: 'congés' });
  await expect(workOperation(dying(world), world.acting.companyId, operationId)).rejects.toThrow('killed');
  const half = await told(world, operationId);
  expect([half.state, half.done]).toEqual(['running', 50]);
  await Promise.all([
    work(world, operationId),
    work(world, operationId),
    resumeOperations(world.context, world.acting.companyId),
  ]);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 130, changed: 130, failed: 0 });
  expect((await pausesOf(world)).sort()).toEqual([...Array(129).fill(1), 2]);
  await world.run(world.J(5));
  expect(await world.waiting()).toEqual([]);

  value(await resumeDunning(world.context, world.acting, { invoiceId: resumed! }));
  value(await undo(world, operationId));
  expect(await told(world, operationId)).toMatchObject({ state: 'undoing', done: 0, undoable: false });
  await expect(workOperation(dying(world), world.acting.companyId, operationId)).rejects.toThrow('killed');
  await resumeOperations(world.context, world.acting.companyId);
  expect(await told(world, operationId)).toMatchObject({ state: 'undone', done: 130, changed: 0, undoable: false });
  expect(await pausesOf(world)).toEqual([1]);
  // One was resumed by somebody, one is paused by somebody: 128 by undoing, and the one that was paused twice.
  expect(await eventsOf(world, 'invoice.resumed')).toBe(130);
  await world.run(world.J(6));
  expect(await world.waiting()).toHaveLength(129);
  expect(await undo(world, operationId)).toEqual({ ok: true, value: { operationId } });
}, 60_000);

test('a pause that nothing stands of can’t be undone; one that is over before its turn pauses nobody', async () => {
  const { world, invoiceIds, customerIds } = await manyInvoices(3);
  const past = await pauseMany(world.context, world.acting, { invoiceIds, reason: '', untilOn: world.J(-21) });
  expect(past).toMatchObject({ ok: false, fault: { code: 'invalid-input' } });
  const nobody = '01900000-0000-7000-8000-00000000abcd';
  expect(
    await pauseMany(world.context, world.acting, { customerIds: [...customerIds, nobody], reason: '' }),
  ).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  const late = await beginPause(world, { invoiceIds, reason: '', untilOn: world.J(-20) });
  const lateToo = await beginPause(world, { customerIds, reason: '', untilOn: world.J(-20) });
  const brief = await beginPause(world, { invoiceIds, reason: '', untilOn: world.J(-18) });
  await world.clock(world.J(-19));
  for (const operationId of [late, lateToo, brief]) await work(world, operationId);
  for (const operationId of [late, lateToo]) {
    expect(await told(world, operationId)).toMatchObject({
      state: 'finished',
      changed: 0,
      refused: 3,
      undoable: false,
    });
    expect((await leftOut(world, operationId)).every((line) => line.endsWith(': pause-over'))).toBe(true);
    expect(await undo(world, operationId)).toMatchObject({ ok: false, fault: { code: 'nothing-to-undo' } });
  }
  expect((await told(world, brief)).undoable).toBe(true);
  await world.clock(world.J(-17));
  expect((await told(world, brief)).undoable).toBe(false);
});

test('an enrolment of many is that of a few, killed in its middle too; those who followed these reminders already are told', async () => {
  const { world, customerIds } = await manyInvoices(120);
  const { sequenceId: other } = await world.sequence('Autre', [{ at: 10 }, { at: 20 }]);
  const twin = await world.customer('Jumeau');
  await world.invoice(twin, { number: 'F-TWIN' });
  await world.run(world.J(5));
  await world.approveAll();
  const [already] = customerIds;
  const input = { enrolment: 'chosen' as const, sequenceId: other };
  value(await enrolCustomers(world.context, world.acting, { customerIds: [already!, twin], ...input }));
  const before = await eventsOf(world, 'customer.enrolled');
  const operationId = await beginEnrol(world, { customerIds, ...input });
  await expect(workOperation(dying(world), world.acting.companyId, operationId)).rejects.toThrow('killed');
  await resumeOperations(world.context, world.acting.companyId);
  expect(await told(world, operationId)).toMatchObject({
    kind: 'enrol',
    enrolment: 'chosen',
    sequenceTitle: 'Autre',
    state: 'finished',
    counted: 'customers',
    total: 120,
    done: 120,
    changed: 119,
    refused: 1,
    undoable: false,
  });
  expect(await leftOut(world, operationId)).toEqual(['Client 0001: enrolled-already']);
  expect((await eventsOf(world, 'customer.enrolled')) - before).toBe(119);
  expect(await undo(world, operationId)).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  const cases = await standing(world);
  for (const number of ['F-0002', 'F-0120']) expect(cases.get(number)).toEqual(cases.get('F-TWIN'));
  // Out of all reminders, and back.
  const none = await beginEnrol(world, { customerIds, enrolment: 'none' });
  await work(world, none);
  expect(await told(world, none)).toMatchObject({ changed: 120, sequenceTitle: null });
  await world.run(world.J(20));
  expect((await world.diary()).filter((line) => line.includes('J+20'))).toHaveLength(1);
}, 60_000);

test('a sequence that is deleted before the turn of its customers is told; one that is not there begins nothing', async () => {
  const { world, customerIds } = await manyInvoices(2);
  const { sequenceId: other } = await world.sequence('Autre', [{ at: 10 }]);
  const chosen = { enrolment: 'chosen' as const, sequenceId: other };
  const operationId = await beginEnrol(world, { customerIds, ...chosen });
  value(await deleteSequence(world.context, world.acting, { sequenceId: other }));
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', changed: 0, refused: 2 });
  expect(await leftOut(world, operationId)).toEqual(['Client 0001: sequence-deleted', 'Client 0002: sequence-deleted']);
  expect(await enrolMany(world.context, world.acting, { customerIds, ...chosen })).toMatchObject({
    ok: false,
    fault: { code: 'not-found' },
  });
});

test('what fails for one customer, whatever it is, is told and keeps no other from its pause', async () => {
  const { world, invoiceIds } = await manyInvoices(4);
  const { owner } = world.database;
  await sql`create function refuse() returns trigger language plpgsql as $$
    begin
      if (select number from invoice where id = new.invoice_id) = 'F-0002' then raise exception 'whatever'; end if;
      return new;
    end $$`.execute(owner);
  await sql`create trigger refuse before insert on pause for each row execute function refuse()`.execute(owner);
  const operationId = await beginPause(world, { invoiceIds, reason: '' });
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 4, changed: 3, failed: 1 });
  value(await undo(world, operationId));
  await work(world, operationId);
  expect(await pausesOf(world)).toEqual([]);
});
