// Cases L1 to L11: steps at J+5, J+20, J+40, with approval; an invoice of 100.00.
import { expect, test } from 'vitest';
import { approveReminders } from '../../src/app/decide-reminders.ts';
import { pauseDunning } from '../../src/app/pause-dunning.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const ladder = [
  { at: 5, requiresApproval: true },
  { at: 20, requiresApproval: true },
  { at: 40, requiresApproval: true },
];

async function ladderWorld(): Promise<{ world: World; customer: string; invoice: string }> {
  const world = await makeWorld({ steps: ladder });
  const customer = await world.customer();
  return { world, customer, invoice: await world.invoice(customer) };
}

test('L1 L2 nothing on J+4; on J+5 step 1 waits for approval', async () => {
  const { world } = await ladderWorld();
  await world.run(world.J(4));
  await world.expectNothing();
  await world.run(world.J(5));
  expect(await world.waiting()).toMatchObject([{ level: 1, invoices: ['F-1'] }]);
  expect(await world.diary()).toEqual([]);
});

test('L3 L4 step 1 still waits on J+30; approved then, a pause keeps step 2 back on J+45', async () => {
  const { world, customer } = await ladderWorld();
  await world.runDays(5, 30);
  expect(await world.waiting()).toMatchObject([{ level: 1 }]);
  expect(await world.approveAll()).toBe(1);
  value(await pauseDunning(world.context, world.acting, { customerId: customer, reason: 'négociation' }));
  await world.run(world.J(45));
  expect(await world.diary()).toEqual(['J+30 R1 F-1']);
  expect(await world.waiting()).toEqual([]);
});

test('L5 without the pause: nothing until J+44, step 2 on J+45', async () => {
  const { world } = await ladderWorld();
  await world.run(world.J(30));
  await world.approveAll();
  await world.runDays(30, 44);
  expect(await world.waiting()).toEqual([]);
  await world.run(world.J(45));
  expect(await world.waiting()).toMatchObject([{ level: 2 }]);
});

test('L6 never run before J+50: J+50, J+65, J+85', async () => {
  const { world } = await ladderWorld();
  await world.runDays(50, 95, { approve: true });
  expect(await world.diary()).toEqual(['J+50 R1 F-1', 'J+65 R2 F-1', 'J+85 R3 F-1']);
});

test('L7 L8 paid before the run: nothing, ever', async () => {
  const { world, customer, invoice } = await ladderWorld();
  const second = await world.invoice(customer);
  await world.clock(world.J(-1));
  await world.pay(customer, 10_000, second);
  await world.clock(world.J(49));
  await world.pay(customer, 10_000, invoice);
  await world.run(world.J(50));
  await world.run(world.J(120));
  await world.expectNothing();
});

test('L9 one step at J+0: sent on J, nothing more on J+1, the sequence is finished', async () => {
  const world = await makeWorld({ steps: [{ at: 0, requiresApproval: true }] });
  await world.invoice(await world.customer());
  await world.run(world.J(0));
  await world.approveAll();
  await world.run(world.J(1));
  expect(await world.diary()).toEqual(['J+0 R1 F-1']);
  expect(await world.reasonOf('F-1')).toBe('sequence-finished');
});

test('L10 approved twice, and from two browsers at once: sent once', async () => {
  const { world } = await ladderWorld();
  await world.run(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  const approvals = await Promise.all(
    [1, 2, 3].map(() => approveReminders(world.context, world.acting, { reminderIds })),
  );
  expect(approvals.map((one) => value(one).approved).sort()).toEqual([0, 0, 1]);
  await Promise.all([world.deliver(), world.deliver()]);
  expect(value(await approveReminders(world.context, world.acting, { reminderIds }))).toMatchObject({
    approved: 0,
    already: 1,
  });
  await world.deliver();
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
});

test('L11 due today is not overdue: a step at J+1 does not fire on J', async () => {
  const world = await makeWorld({ steps: [{ at: 1 }] });
  await world.invoice(await world.customer());
  await world.run(world.J(0));
  await world.expectNothing();
  await world.run(world.J(1));
  expect(await world.diary()).toEqual(['J+1 R1 F-1']);
});

test('Steps that are named by another sequence’s are new ones of this: none is lost, and the other keeps its own', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
  const copied = await world.sequence('Copie', [
    { at: 5, id: world.stepIds[0] },
    { at: 30, id: world.stepIds[1] },
  ]);
  expect(copied.stepIds.filter((id) => world.stepIds.includes(id))).toEqual([]);
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(await world.customer('Odet'));
  await world.enrol([customer], copied.sequenceId);
  await world.runDays(4, 31);
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+5 R1 F-2', 'J+20 R2 F-2', 'J+30 R2 F-1']);
});
