// Cases D1 to D6: sending days, holidays, time zones, missed days, and the scheduler.
import { describe, expect, test } from 'vitest';
import { changeCompany, setClock } from '../../src/app/change-company.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { addDays } from '../../src/core/day.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const mondayToFriday = [1, 2, 3, 4, 5];

describe('D1 sending days Monday to Friday, Europe/Paris, 2026', () => {
  test('D1 a step of Saturday 2 May and one of Friday 1 May, a holiday, both leave on Monday 4 May; once', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 60 }], weekdays: mondayToFriday, today: '2026-04-20' });
    const customer = await world.customer();
    await world.invoice(customer, { number: 'holiday', dueOn: '2026-04-26' });
    await world.invoice(customer, { number: 'saturday', dueOn: '2026-04-27' });
    for (let day = '2026-04-28'; day <= '2026-05-12'; day = addDays(day, 1)) await world.run(day);
    expect((await world.received()).map(({ day, invoices }) => [day, invoices[0]])).toEqual([
      ['2026-05-04', 'holiday'],
      ['2026-05-04', 'saturday'],
    ]);
  });

  test('D1 never run before Saturday, then run that day: it waits for Monday', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }], weekdays: mondayToFriday, today: '2026-04-20' });
    await world.invoice(await world.customer(), { dueOn: '2026-04-20' });
    await world.run('2026-05-02');
    await world.expectNothing();
    expect(await world.explain('F-1')).toMatchObject({
      receivables: [{ verdict: 'wait', nextStep: { on: '2026-05-04' } }],
    });
    await world.run('2026-05-04');
    expect((await world.received()).map(({ day }) => day)).toEqual(['2026-05-04']);
  });

  test('D1 approved on a Saturday, it leaves on Monday', async () => {
    const world = await makeWorld({
      steps: [{ at: 5, requiresApproval: true }],
      weekdays: mondayToFriday,
      today: '2026-04-20',
    });
    await world.invoice(await world.customer(), { dueOn: '2026-04-19' });
    await world.run('2026-04-24');
    await world.clock('2026-04-25');
    await world.approveAll();
    await world.run('2026-04-26');
    expect(await world.received()).toEqual([]);
    await world.run('2026-04-27');
    expect((await world.received()).map(({ day }) => day)).toEqual(['2026-04-27']);
  });

  test('D1 the gap is planned from the day on which the step before left: Monday 4 plus 15 days', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }], weekdays: mondayToFriday, today: '2026-04-20' });
    await world.invoice(await world.customer(), { dueOn: '2026-04-27' });
    for (let day = '2026-05-01'; day <= '2026-05-25'; day = addDays(day, 1)) await world.run(day);
    expect((await world.received()).map(({ day, level }) => [day, level])).toEqual([
      ['2026-05-04', 1],
      ['2026-05-19', 2],
    ]);
  });
});

/** A company of Paris without a simulated date, its invoice due on 2026-03-02, at an instant of the real clock. */
async function realTime(instant: string, steps = [{ at: 5 }]): Promise<World> {
  return makeWorld({ steps, instant });
}

describe('D2 the day is that of the company', () => {
  test('D2 the run at 23:30 UTC on 30 June is, in Paris, that of 1 July', async () => {
    const world = await realTime('2026-06-20T10:00:00Z');
    await world.invoice(await world.customer(), { dueOn: '2026-06-26' });
    world.at('2026-06-30T21:59:59Z');
    await world.run();
    await world.expectNothing();
    world.at('2026-06-30T23:30:00Z');
    await world.run();
    expect((await world.received()).map(({ day }) => day)).toEqual(['2026-07-01']);
    const runs = await world.inside((tx) => tx.selectFrom('run').select('day').orderBy('id').execute());
    expect(runs.map(({ day }) => day)).toEqual(['2026-06-30', '2026-07-01']);
  });

  test('D2 the scheduler runs the company of Paris on its own day, from its own nine o’clock', async () => {
    const world = await realTime('2026-06-29T10:00:00Z');
    expect(await world.tick('2026-06-30T06:59:59Z')).toBe(false);
    expect(await world.tick('2026-06-30T07:00:00Z')).toBe(true);
    expect(await world.tick('2026-06-30T23:30:00Z')).toBe(false);
    expect(await world.tick('2026-07-01T07:00:00Z')).toBe(true);
  });
});

describe('D3 over the change of time', () => {
  for (const [season, first, last, expected] of [
    [
      'summer',
      '2026-03-27T00:00:00Z',
      '2026-03-31T00:00:00Z',
      [
        '2026-03-27T09:00:00+01:00',
        '2026-03-28T09:00:00+01:00',
        '2026-03-29T09:00:00+02:00',
        '2026-03-30T09:00:00+02:00',
      ],
    ],
    [
      'winter',
      '2026-10-23T00:00:00Z',
      '2026-10-27T00:00:00Z',
      [
        '2026-10-23T09:00:00+02:00',
        '2026-10-24T09:00:00+02:00',
        '2026-10-25T09:00:00+01:00',
        '2026-10-26T09:00:00+01:00',
      ],
    ],
  ] as const) {
    test(`D3 over the change to ${season} time a run happens exactly once a day, at the same local hour`, async () => {
      const world = await realTime(first);
      const ran: string[] = [];
      let instant = Temporal.Instant.from(first);
      while (Temporal.Instant.compare(instant, Temporal.Instant.from(last)) < 0) {
        if (await world.tick(instant.toString()))
          ran.push(
            instant.toZonedDateTimeISO('Europe/Paris').toString({ timeZoneName: 'never', smallestUnit: 'second' }),
          );
        instant = instant.add({ minutes: 20 });
      }
      expect(ran).toEqual(expected);
      const runs = await world.inside((tx) => tx.selectFrom('run').select('day').execute());
      expect(runs).toHaveLength(4);
    });
  }

  test('D3 a company that begins at half past two runs on the day without half past two, and once on the day that has two', async () => {
    const world = await realTime('2026-03-28T12:00:00Z');
    value(await changeCompany(world.context, world.acting, { sendingFrom: '02:30' }));
    const ran: string[] = [];
    for (const day of ['2026-03-29', '2026-10-25']) {
      for (let minutes = 0; minutes < 180; minutes += 15) {
        const instant = Temporal.Instant.from(`${day}T00:00:00Z`).add({ minutes }).toString();
        if (await world.tick(instant)) ran.push(instant);
      }
    }
    expect(ran).toEqual(['2026-03-29T01:00:00Z', '2026-10-25T00:30:00Z']);
  });
});

describe('D4 the machine was off for three days', () => {
  test('D4 the run catches up on all that is due, once', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    const customer = await world.customer();
    for (const [index, days] of [0, 1, 2, 3, 4].entries())
      await world.invoice(customer, { number: `F-${index}`, dueOn: world.J(days) });
    await world.run(world.J(5));
    await world.run(world.J(9));
    await world.run(world.J(9));
    await world.run(world.J(10));
    expect(await world.diary()).toEqual(['J+5 R1 F-0', 'J+9 R1 F-1', 'J+9 R1 F-2', 'J+9 R1 F-3', 'J+9 R1 F-4']);
  });

  test('D4 the scheduler too: one run when it is back, not one for each day missed', async () => {
    const world = await realTime('2026-03-01T12:00:00Z');
    await world.invoice(await world.customer());
    expect(await world.tick('2026-03-06T12:00:00Z')).toBe(true);
    expect(await world.tick('2026-03-10T12:00:00Z')).toBe(true);
    expect(await world.tick('2026-03-10T12:01:00Z')).toBe(false);
    expect(await world.diary()).toEqual(['J+8 R1 F-1']);
  });
});

describe('D5 the scheduler fires fifty times in an hour', () => {
  /** Ten invoices whose step 1 is due on 2026-03-09. */
  async function tenDue(): Promise<World> {
    const world = await realTime('2026-03-01T12:00:00Z', [{ at: 7 }]);
    const customer = await world.customer();
    for (let index = 1; index <= 10; index++) await world.invoice(customer);
    return world;
  }

  const each = Array.from({ length: 10 }, (_, index) => `F-${index + 1}`).sort();

  test('D5 each reminder goes out once, one tick after the other', async () => {
    const world = await tenDue();
    const ran: boolean[] = [];
    for (let minute = 0; minute < 50; minute++)
      ran.push(await world.tick(`2026-03-09T10:${String(minute).padStart(2, '0')}:00Z`));
    expect(ran.filter(Boolean)).toHaveLength(1);
    expect((await world.received()).flatMap(({ invoices }) => invoices).sort()).toEqual(each);
  });

  test('D5 each reminder goes out once, fifty runs and deliveries at the same moment', async () => {
    const world = await tenDue();
    world.at('2026-03-09T10:00:00Z');
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        await runDunning(world.context, world.acting, { bySchedule: true });
        await world.deliver();
      }),
    );
    expect((await world.received()).flatMap(({ invoices }) => invoices).sort()).toEqual(each);
    const items = await world.inside((tx) => tx.selectFrom('item').select('id').execute());
    expect(items).toHaveLength(10);
  });

  test('D5 a company that lives in a simulated date is left to its person', async () => {
    const world = await tenDue();
    value(await setClock(world.context, world.acting, { on: '2026-03-05' }));
    expect(await world.tick('2026-03-09T10:00:00Z')).toBe(false);
    await world.expectNothing();
  });
});

test('D6 due 2024-02-29, step at J+366: 2025-03-01', async () => {
  const world = await makeWorld({ steps: [{ at: 366 }], due: '2024-02-29' });
  await world.invoice(await world.customer());
  await world.run('2025-02-28');
  await world.expectNothing();
  await world.run('2025-03-01');
  expect((await world.received()).map(({ day }) => day)).toEqual(['2025-03-01']);
});
