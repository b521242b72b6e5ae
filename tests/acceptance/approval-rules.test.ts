// Who reads a message before it leaves: by amount, for a key account, or nobody, after some hours in which it can be held back.
import { describe, expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { holdBack } from '../../src/app/hold-back.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, toSteps, value } from '../world/world.ts';

describe('From an amount on', () => {
  test('the bound is inclusive, in its own currency, and counts for the step that has it', async () => {
    const world = await makeWorld({ steps: [{ at: 5, approvalFrom: { EUR: 10_000 } }, { at: 20 }] });
    const customer = await world.customer();
    await world.invoice(customer, { number: 'BELOW', totalMinor: 9_999 });
    await world.invoice(customer, { number: 'AT', totalMinor: 10_000 });
    await world.invoice(customer, { number: 'USD', totalMinor: 90_000, currency: 'USD' });
    await world.run(world.J(5));
    expect((await world.waiting()).map(({ invoices }) => invoices.join())).toEqual(['AT']);
    expect((await world.received()).map(({ invoices }) => invoices.join()).sort()).toEqual(['BELOW', 'USD']);
    await world.approveAll();
    await world.run(world.J(20));
    expect(await world.waiting()).toEqual([]);
  });

  test('of a message for several invoices its whole amount counts', async () => {
    const world = await makeWorld({ steps: [{ at: 5, approvalFrom: { EUR: 10_000 } }] });
    value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
    const customer = await world.customer();
    await world.invoice(customer, { totalMinor: 6_000 });
    await world.invoice(customer, { totalMinor: 4_000 });
    await world.run(world.J(5));
    expect(await world.waiting()).toMatchObject([{ invoices: ['F-1', 'F-2'] }]);
  });
});

test('A key account: each of its messages is approved, those of others are not', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
  const key = await world.customer('Grand Compte', { keyAccount: true });
  await world.invoice(key, { number: 'KEY' });
  await world.invoice(await world.customer(), { number: 'OTHER' });
  await world.run(world.J(5));
  expect((await world.waiting()).map(({ invoices }) => invoices.join())).toEqual(['KEY']);
  expect(await world.diary()).toEqual(['J+5 R1 OTHER']);
  await world.approveAll();
  value(await saveCustomer(world.context, world.acting, { id: key, keyAccount: false }));
  await world.run(world.J(20));
  expect(await world.waiting()).toEqual([]);
});

describe('Left by itself, after some hours', () => {
  const live = async () => {
    const server = await startMailServer();
    const world = await makeWorld({
      due: '2026-03-02',
      instant: '2026-03-02T08:00:00Z',
      steps: [{ at: 5, leavesAfterHours: 3 }, { at: 8 }],
    });
    await world.goLive(server.port, '2026-03-07T08:00:00Z');
    await world.customer();
    return { world, server };
  };

  test('it can be held back until its hour, then it leaves', async () => {
    const { world, server } = await live();
    const customer = await world.customer('Garage Morvan');
    await world.invoice(customer, { number: 'HELD' });
    await world.invoice(customer, { number: 'FREE' });
    // The first real sending is approved as a whole: this company has had its own.
    await world.inside((tx) =>
      tx
        .updateTable('company')
        .set({ first_sending_approved_at: new Date('2026-03-06') })
        .execute(),
    );
    await world.tick('2026-03-07T08:30:00Z');
    expect(server.accepted.filter(({ to }) => to[0] === 'garage.morvan@example.fr')).toEqual([]);
    const [held] = (await world.ready()).filter(({ invoices }) => invoices[0] === 'HELD');
    value(await holdBack(world.context, world.acting, { reminderIds: [held!.reminderId] }));
    await world.tick('2026-03-07T11:29:00Z');
    expect(await world.diary()).toEqual([]);
    await world.tick('2026-03-07T11:31:00Z');
    expect(await world.diary()).toEqual(['J+5 R1 FREE']);
    expect((await world.waiting()).map(({ invoices }) => invoices.join())).toEqual(['HELD']);
  });

  test('in practice the day is what the person says it is: nothing waits for an hour', async () => {
    const world = await makeWorld({ steps: [{ at: 5, leavesAfterHours: 3 }] });
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
  });
});

test('What is not said of a step when it is saved again stays as it is', async () => {
  const world = await makeWorld({
    steps: [{ at: 5, approvalFrom: { EUR: 5_000 }, leavesAfterHours: 4, templateKey: 'firm' }],
  });
  const save = (steps: Parameters<typeof toSteps>[0]) =>
    saveSequence(world.context, world.acting, {
      id: world.sequenceId,
      title: 'S',
      steps: toSteps(steps).map((step) => ({ ...step, id: world.stepIds[0] })),
    });
  const stored = () =>
    world.inside((tx) =>
      tx
        .selectFrom('step')
        .select(['approval_from', 'leaves_after_hours', 'template_key'])
        .where('id', '=', world.stepIds[0]!)
        .executeTakeFirstOrThrow(),
    );
  value(await save([{ at: 6 }]));
  expect(await stored()).toEqual({ approval_from: { EUR: 5_000 }, leaves_after_hours: 4, template_key: 'firm' });
  value(await save([{ at: 6, approvalFrom: {}, leavesAfterHours: null }]));
  expect(await stored()).toEqual({ approval_from: {}, leaves_after_hours: null, template_key: 'firm' });
});
