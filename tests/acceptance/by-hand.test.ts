// "Relancer…": a person has messages made for invoices of his choice; they are read and approved like the others.
import { expect, test } from 'vitest';
import { editReminder, refuseReminder } from '../../src/app/decide-reminders.ts';
import { openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const prepare = async (world: World, invoiceIds: string[], level?: number) =>
  value(await prepareReminders(world.context, world.acting, { invoiceIds, level }));

const three = [{ at: 5 }, { at: 15 }, { at: 30, formalNotice: true }];

test('two invoices of one customer leave in one message, ahead of their day; the next step keeps the planned gap', async () => {
  const world = await makeWorld({ steps: three });
  const brun = await world.customer('Brun');
  const ids = [await world.invoice(brun, { number: 'F-1' }), await world.invoice(brun, { number: 'F-2' })];
  await world.run(world.J(2));
  expect(await prepare(world, ids)).toMatchObject({ reminderIds: [expect.any(String)], refused: [] });
  await world.approveAll();
  expect(await world.diary()).toEqual(['J+2 R1 F-1 F-2']);
  await world.runDays(3, 20, { approve: true });
  // Ten days are planned between R1 and R2, counted from the day that R1 left, but never before its own day.
  expect((await world.diary()).slice(1)).toEqual(['J+15 R2 F-1', 'J+15 R2 F-2']);
});

test('a customer in pause is reminded when a person wants it; a disputed or paid invoice is not, and why is said', async () => {
  const world = await makeWorld({ steps: three });
  const [brun, kerbrat] = [await world.customer('Brun'), await world.customer('Kerbrat')];
  const paused = await world.invoice(brun, { number: 'F-1' });
  const disputed = await world.invoice(kerbrat, { number: 'F-2' });
  const paid = await world.invoice(kerbrat, { number: 'F-3', totalMinor: 5_000 });
  await world.run(world.J(6));
  value(await pauseDunning(world.context, world.acting, { customerId: brun, reason: 'vacances' }));
  value(await openDispute(world.context, world.acting, { invoiceId: disputed, reason: 'qualité' }));
  await world.pay(kerbrat, 5_000, paid);
  const { reminderIds, refused } = await prepare(world, [paused, disputed, paid]);
  expect(reminderIds).toHaveLength(1);
  expect(refused.map(({ invoiceNumber, reason }) => `${invoiceNumber} ${reason.code}`).sort()).toEqual([
    'F-2 disputed',
    'F-3 settled',
  ]);
  await world.approveAll();
  expect((await world.diary()).at(-1)).toBe('J+6 R2 F-1');
});

test('no formal notice as the first message, no step twice', async () => {
  const world = await makeWorld({ steps: three });
  const invoice = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(4));
  expect((await prepare(world, [invoice], 3)).refused).toMatchObject([{ reason: { code: 'formal-notice-first' } }]);
  await world.run(world.J(5));
  expect((await prepare(world, [invoice], 1)).refused).toMatchObject([{ reason: { code: 'nothing-left-to-take' } }]);
  expect((await prepare(world, [invoice], 3)).refused).toEqual([]);
  await world.approveAll();
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+5 R3 F-1']);
});

test('what waits for the same invoice is replaced; refused, the sequence goes on as if nothing had been prepared', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }, { at: 15 }] });
  const invoice = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(5));
  const { reminderIds } = await prepare(world, [invoice]);
  expect((await world.waiting()).map((one) => one.reminderId)).toEqual(reminderIds);
  value(await refuseReminder(world.context, world.acting, { reminderId: reminderIds[0]!, reason: '' }));
  await world.run(world.J(6));
  await world.approveAll();
  expect(await world.diary()).toEqual(['J+6 R1 F-1']);
});

test('addresses that a person chose for one message are those it leaves to', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
  await world.invoice(await world.customer('Brun'));
  await world.run(world.J(5));
  const [waiting] = await world.waiting();
  const recipients = { to: ['direction@brun.example'], cc: ['avocat@brun.example'] };
  value(
    await editReminder(world.context, world.acting, {
      reminderId: waiting!.reminderId,
      subject: 'Votre facture',
      body: 'Merci de régler {{ amount_due }}.',
      recipients,
    }),
  );
  await world.approveAll();
  const mail = await world.mail(waiting!.reminderId);
  expect([mail.to, mail.cc].flat().flatMap((header) => header?.value.map((one) => one.address))).toEqual([
    'direction@brun.example',
    'avocat@brun.example',
  ]);
});
