// A sequence replayed against what has happened says what it would have done: with the very sequence that was in use, what it did.
import { describe, expect, test } from 'vitest';
import { type ReplayInput, replaySequence } from '../../src/app/replay-sequence.ts';
import { addDays } from '../../src/core/day.ts';
import { makeWorld, type StepSketch, toSteps, value, type World } from '../world/world.ts';

async function replayed(world: World, steps: StepSketch[], days: Partial<Pick<ReplayInput, 'from' | 'to'>> = {}) {
  const input = { title: 'Essai', steps: toSteps(steps), from: world.J(-60), to: world.J(60), ...days };
  const found = value(await replaySequence(world.context, world.acting, input));
  expect(found.problems).toEqual([]);
  return found.effect!;
}

const inShort = (messages: readonly { leavesOn: string; level: number; invoiceNumbers: string[] }[]): string[] =>
  messages.map((one) => `${one.leavesOn} R${one.level} ${one.invoiceNumbers.join()}`).sort();

describe('The sequence that was in use', () => {
  test('replayed, says what left: paid in part, paid late, taken back, never paid, one with two instalments', async () => {
    const steps = [{ at: -3 }, { at: 5 }, { at: 15 }, { at: 30 }];
    const world = await makeWorld({ steps, weekdays: [1, 2, 3, 4, 5], country: 'FR' });
    const customer = await world.customer();
    const late = await world.invoice(customer, { number: 'LATE' });
    const inTime = await world.invoice(customer, { number: 'TIME', dueOn: world.J(4) });
    const bounced = await world.invoice(customer, { number: 'BOUNCED', dueOn: world.J(2) });
    await world.invoice(customer, { number: 'NEVER', dueOn: world.J(9), currency: 'USD' });
    const two = await world.invoice(customer, {
      number: 'TWO',
      instalments: [
        { dueOn: world.J(0), amountMinor: 4_000 },
        { dueOn: world.J(20), amountMinor: 6_000 },
      ],
    });
    let payment = '';
    for (let day = -10; day <= 60; day++) {
      await world.clock(world.J(day));
      if (day === 3) await world.pay(customer, 10_000, inTime);
      if (day === 10) await world.pay(customer, 4_000, late);
      if (day === 16) payment = await world.pay(customer, 10_000, bounced);
      if (day === 20) await world.pay(customer, 4_000, two);
      if (day === 22) await world.bounce(payment);
      if (day === 25) await world.pay(customer, 6_000, late);
      await world.run();
    }
    const left = (await world.received()).map((one) => `${one.day} R${one.level} ${one.invoices.join()}`).sort();
    const effect = await replayed(world, steps);
    expect(inShort(effect.shown)).toEqual(left);
    expect(effect.messages).toBe(left.length);
    expect(effect.steps.reduce((sum, step) => sum + step.messages, 0)).toBe(left.length);
  });
});

test('needless is what was paid within two days: on the third it was not; a month and a step have their own', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const customer = await world.customer();
  const soon = await world.invoice(customer, { number: 'SOON' });
  const later = await world.invoice(customer, { number: 'LATER' });
  await world.invoice(customer, { number: 'NEVER', dueOn: world.J(40) });
  await world.clock(world.J(7));
  await world.pay(customer, 10_000, soon);
  await world.clock(world.J(8));
  await world.pay(customer, 10_000, later);
  await world.clock(world.J(90));
  const effect = await replayed(world, [{ at: 5 }, { at: 30, formalNotice: true }]);
  expect(effect.shown.map((one) => [one.invoiceNumbers.join(), one.level, one.paidAfterDays, one.needless])).toEqual([
    ['LATER', 1, 3, false],
    ['SOON', 1, 2, true],
    ['NEVER', 1, null, false],
    ['NEVER', 2, null, false],
  ]);
  expect(effect).toMatchObject({ customers: 1, receivables: 3, messages: 4, toApprove: 1, needless: 1 });
  expect(effect.steps).toMatchObject([
    { messages: 3, needless: 1, amounts: [{ currency: 'EUR', minor: 30_000 }] },
    { messages: 1, needless: 0 },
  ]);
  expect(effect.months.map(({ month, messages }) => `${month} ${messages}`)).toEqual([
    '2026-03 2',
    '2026-04 1',
    '2026-05 1',
  ]);
  expect(effect.shown[0]!.customerName).toBe('Atelier Brun');
});

test('money counts from the day it was received, though it was entered later; nothing is replayed beyond today', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const customer = await world.customer();
  await world.invoice(customer);
  await world.clock(world.J(9));
  expect((await replayed(world, [{ at: 5 }, { at: 20 }])).messages).toBe(1);
  expect((await replayed(world, [{ at: 12 }])).messages).toBe(0);
  const outside = { from: addDays(world.J(-60), -100), to: addDays(world.J(-60), -50) };
  expect(await replayed(world, [{ at: 5 }], outside)).toMatchObject({ customers: 0, messages: 0 });
});

test('a last step that comes again is replayed as often as it comes, however long that takes', async () => {
  const world = await makeWorld();
  await world.invoice(await world.customer());
  await world.clock(world.J(400));
  const ending = { kind: 'repeat', days: 30, times: 12 } as const;
  const input = { title: 'S', steps: toSteps([{ at: 5 }]), ending, from: world.J(-60), to: world.J(0) };
  expect(value(await replaySequence(world.context, world.acting, input)).effect!.messages).toBe(13);
});

test('what can’t be saved is not replayed; a span that makes no sense is refused', async () => {
  const world = await makeWorld();
  const input = { title: 'S', steps: toSteps([{ at: 5 }, { at: 5 }]), from: world.J(0), to: world.J(10) };
  const found = value(await replaySequence(world.context, world.acting, input));
  expect(found).toMatchObject({ effect: null, problems: [{ code: 'two-steps-on-one-day' }] });
  expect(await replaySequence(world.context, world.acting, { ...input, to: world.J(-1) })).toMatchObject({ ok: false });
});
