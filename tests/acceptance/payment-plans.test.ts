// A payment plan: a promise in several instalments. Kept, it holds reminders back; the day after one that is missing, somebody is told
// and the step that is due leaves.
import { describe, expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { browsePromises, makePromise, withdrawPromise } from '../../src/app/keep-promises.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const steps = [{ at: 5 }, { at: 15 }, { at: 30 }];

/** An invoice of 300.00 that was reminded of at J+5, and a plan of three instalments from J+20 on. */
async function planned(minors = [10_000, 10_000, 10_000], settings: Parameters<typeof changeCompany>[2] = {}) {
  const world = await makeWorld({ steps, due: '2026-05-04' });
  value(await changeCompany(world.context, world.acting, settings));
  const customerId = await world.customer();
  const invoiceId = await world.invoice(customerId, { totalMinor: 30_000 });
  await world.runDays(5, 8);
  const instalments = minors.map((minor, index) => ({ dueOn: world.J(20 + 20 * index), minor }));
  const made = await makePromise(world.context, world.acting, {
    customerId,
    invoiceId,
    plan: { currency: 'EUR', instalments },
  });
  return { world, customerId, invoiceId, made };
}

const plans = async (world: World) =>
  (await browsePromises(world.context, world.acting, { which: 'all', limit: 9 })).rows;

const tasks = async (world: World): Promise<string[]> =>
  (await browseTasks(world.context, world.acting, { state: 'open', due: true, limit: 50 })).rows.map(({ text }) =>
    text.replaceAll(/[\u00a0\u202f]/g, ' '),
  );

describe('A payment plan', () => {
  test('kept to its end: nothing leaves, whenever in time the money comes', async () => {
    const { world, customerId, invoiceId } = await planned();
    expect(await world.reasonOf('F-1')).toBe('payment-plan');
    await world.runDays(9, 20);
    await world.pay(customerId, 10_000, invoiceId);
    await world.runDays(21, 30);
    // Early, and more than the next one: it counts for those after it too.
    await world.pay(customerId, 15_000, invoiceId);
    await world.runDays(31, 59);
    expect((await world.explain('F-1')).receivables[0]!.reason).toEqual({
      code: 'payment-plan',
      with: { dueOn: world.J(60), amountMinor: 5_000, currency: 'EUR' },
    });
    expect((await plans(world))[0]!.instalments.map(({ paidMinor }) => paidMinor)).toEqual([10_000, 10_000, 5_000]);
    await world.clock(world.J(60));
    await world.pay(customerId, 5_000, invoiceId);
    await world.runDays(60, 90);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    expect([(await plans(world))[0]!.state, await tasks(world)]).toEqual(['kept', []]);
  });

  test('the day after an instalment that is missing in part, somebody is told how much, and the next step leaves', async () => {
    const { world, customerId, invoiceId } = await planned();
    await world.runDays(9, 19);
    await world.pay(customerId, 10_000, invoiceId);
    await world.runDays(20, 39);
    expect((await browsePromises(world.context, world.acting, { which: 'today', limit: 9 })).rows).toEqual([]);
    await world.run(world.J(40));
    expect((await browsePromises(world.context, world.acting, { which: 'today', limit: 9 })).rows).toHaveLength(1);
    await world.pay(customerId, 4_000, invoiceId);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    await world.run(world.J(41));
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+41 R2 F-1']);
    expect(await tasks(world)).toEqual(['Échéancier non tenu : il manque 60,00 € au 13 juin 2026']);
    const overdue = await browsePromises(world.context, world.acting, { which: 'overdue', limit: 9 });
    expect(overdue.rows.map(({ state, nextOn }) => `${state} ${world.distance(nextOn)}`)).toEqual(['broken J+40']);
    await world.runDays(42, 44);
    expect(await tasks(world)).toHaveLength(1);
  });

  test('a preview, which sees no payment, takes the next instalment as missed', async () => {
    const { world, customerId, invoiceId } = await planned();
    const steps = async () => {
      const { reminders } = await world.preview(world.J(60));
      return reminders.map(({ leavesOn }) => world.distance(leavesOn));
    };
    expect((await steps())[0]).toBe('J+21');
    await world.pay(customerId, 10_000, invoiceId);
    expect((await steps())[0]).toBe('J+41');
  });

  test('money that comes back breaks it; withdrawn, reminders go on; of a whole customer, whatever it pays counts', async () => {
    const { world, customerId, invoiceId } = await planned();
    await world.runDays(9, 19);
    const payment = await world.pay(customerId, 10_000, invoiceId);
    await world.runDays(20, 24);
    await world.bounce(payment);
    await world.run(world.J(25));
    expect((await world.diary()).at(-1)).toBe('J+25 R2 F-1');
    const again = await makePromise(world.context, world.acting, {
      customerId,
      plan: {
        currency: 'EUR',
        instalments: [
          { dueOn: world.J(50), minor: 10_000 },
          { dueOn: world.J(80), minor: 20_000 },
        ],
      },
    });
    value(
      await recordPayment(world.context, world.acting, { customerId, amountMinor: 10_000, receivedOn: world.today }),
    );
    await world.runDays(26, 60);
    expect((await world.diary()).at(-1)).toBe('J+25 R2 F-1');
    const { promiseId } = value(again);
    value(await withdrawPromise(world.context, world.acting, { promiseId, reason: 'accord rompu' }));
    await world.run(world.J(61));
    expect((await world.diary()).at(-1)).toBe('J+61 R3 F-1');
  });

  test('money that came by its day and is entered after it: the plan goes on, and its task is gone; late for good, it stays broken though all is paid', async () => {
    const { world, customerId, invoiceId } = await planned();
    await world.runDays(9, 21);
    expect([(await plans(world))[0]!.state, (await tasks(world)).length]).toEqual(['broken', 1]);
    const late = { customerId, amountMinor: 10_000, receivedOn: world.J(19), to: [{ invoiceId }] };
    value(await recordPayment(world.context, world.acting, late));
    expect([(await plans(world))[0]!.state, await tasks(world)]).toEqual(['running', []]);
    expect(await world.history(invoiceId)).toContain('promise.goes-on');
    await world.runDays(22, 41);
    expect((await plans(world))[0]!.state).toBe('broken');
    await world.pay(customerId, 20_000, invoiceId);
    expect((await plans(world))[0]!.state).toBe('broken');
  });

  test('a cent below the tolerance breaks none; what goes to charges first is paid all the same; what names another invoice is not', async () => {
    const settings = { settlesFirst: 'charges', indemnityFromLevel: 1 } as const;
    const { world, customerId, invoiceId } = await planned([10_000, 10_000, 10_000], settings);
    await world.runDays(9, 20);
    await world.pay(customerId, 9_999, invoiceId);
    await world.runDays(21, 22);
    expect((await plans(world))[0]!.state).toBe('running');
    const other = await world.invoice(customerId, { dueOn: world.J(30) });
    await world.clock(world.J(40));
    await world.pay(customerId, 10_000, other);
    await world.run(world.J(41));
    expect((await plans(world))[0]!.state).toBe('broken');
  });

  test('what makes no plan is refused: more than is owed, two on one day, a day that is past, one alone', async () => {
    const refused = async (minors: number[]) => {
      const { made } = await planned(minors);
      return made.ok ? 'taken' : made.fault.code;
    };
    expect(await refused([10_000, 10_001, 10_000])).toBe('amount-exceeds-open');
    expect(await refused([10_000])).toBe('invalid-input');
    const { world, customerId } = await planned();
    const plan = (...days: number[]) =>
      makePromise(world.context, world.acting, {
        customerId,
        plan: { currency: 'EUR', instalments: days.map((day) => ({ dueOn: world.J(day), minor: 1_000 })) },
      });
    expect(await plan(30, 30)).toMatchObject({ fault: { code: 'invalid-input' } });
    expect(await plan(2, 30)).toMatchObject({ fault: { code: 'day-past' } });
    expect((await plans(world)).map(({ state }) => state)).toEqual(['running']);
  });
});
