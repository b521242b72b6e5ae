// When a step comes: around the due date, after the step before it, at the end of a month. Rule 1 holds for all three.
import { describe, expect, test } from 'vitest';
import { pauseDunning, resumeDunning } from '../../src/app/pause-dunning.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import { addDays } from '../../src/core/day.ts';
import { whatIsWrong } from '../../src/core/sequence.ts';
import { inLadderOrder, nominalOffsets, offsetsFor, spansOf, type Timing } from '../../src/core/timing.ts';
import { makeWorld, type StepSketch, toSteps, value } from '../world/world.ts';

const due = (days: number): Timing => ({ kind: 'due', days });
const previous = (days: number): Timing => ({ kind: 'previous', days });
const monthEnd = (days: number): Timing => ({ kind: 'month-end', days });

describe('the day of a step', () => {
  // Due date, timings, and the day of each.
  test.each<[string, Timing[], string]>([
    ['2026-02-10', [monthEnd(0)], '2026-02-28'],
    ['2028-02-10', [monthEnd(0)], '2028-02-29'],
    ['2026-01-31', [monthEnd(0)], '2026-01-31'],
    ['2026-01-31', [monthEnd(1)], '2026-02-28'],
    ['2026-01-30', [monthEnd(30)], '2026-03-31'],
    ['2026-12-15', [monthEnd(20)], '2027-01-31'],
    ['2026-02-10', [due(-3), previous(8), previous(10)], '2026-02-07 2026-02-15 2026-02-25'],
    ['2026-02-10', [due(5), monthEnd(10), previous(15)], '2026-02-15 2026-02-28 2026-03-15'],
    ['2026-02-20', [due(5), monthEnd(10), previous(15)], '2026-02-25 2026-03-31 2026-04-15'],
  ])('%s %j: %s', (dueOn, timings, expected) => {
    const days = offsetsFor(dueOn, timings).map((offset) => addDays(dueOn, offset));
    expect(days.join(' ')).toBe(expected);
  });

  test('the order is by day, and a step that counts from another stays behind it', () => {
    const steps = [due(20), previous(10), due(5), monthEnd(60)].map((timing) => ({ timing }));
    const ladder = inLadderOrder(steps).map(({ timing }) => timing);
    expect(ladder).toEqual([due(5), due(20), previous(10), monthEnd(60)]);
    expect(nominalOffsets(ladder)).toEqual([5, 20, 30, 75]);
    expect(spansOf(ladder).at(-1)).toEqual({ from: 60, to: 90 });
  });
});

test('rule 1 a step at the end of the month: over February, and on the next sending day', async () => {
  const world = await makeWorld({
    due: '2026-02-10',
    steps: [{ at: 5 }, { at: 0, timing: monthEnd(10) }, { at: 40, timing: previous(15) }],
    weekdays: [1, 2, 3, 4, 5],
    country: 'FR',
  });
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(customer, { number: 'LATER', dueOn: '2026-02-20' });
  await world.runDays(-1, 70);
  const days = (await world.received()).map(({ day, level, invoices }) => `${day} R${level} ${invoices}`);
  // The 15th and the 28th of February are Saturday or Sunday; of the later one ten days after the due date it is March already.
  expect(days).toEqual([
    '2026-02-16 R1 F-1',
    '2026-02-25 R1 LATER',
    '2026-03-02 R2 F-1',
    '2026-03-17 R3 F-1',
    '2026-03-31 R2 LATER',
    '2026-04-15 R3 LATER',
  ]);
});

test('after the step before it: counted from the day on which that one left, when it left late', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 0, timing: previous(10) }] });
  const customer = await world.customer();
  await world.invoice(customer);
  value(await pauseDunning(world.context, world.acting, { customerId: customer, reason: 'congés' }));
  await world.runDays(4, 11);
  value(await resumeDunning(world.context, world.acting, { customerId: customer }));
  await world.runDays(12, 30);
  expect(await world.diary()).toEqual(['J+12 R1 F-1', 'J+22 R2 F-1']);
});

test('E6 the customer’s own delays take the place of every timing', async () => {
  const world = await makeWorld({
    steps: [{ at: 5 }, { at: 0, timing: monthEnd(10) }, { at: 0, timing: previous(15) }],
  });
  await world.invoice(await world.customer('Atelier Brun', { delaysDays: [10, 7] }));
  await world.runDays(5, 40);
  expect(await world.diary()).toEqual(['J+10 R1 F-1', 'J+17 R2 F-1', 'J+24 R3 F-1']);
});

test('a message that waits is dropped when its step moves to a later end of the month, and comes then', async () => {
  const world = await makeWorld({ due: '2026-02-10', steps: [{ at: 5, requiresApproval: true }] });
  await world.invoice(await world.customer());
  await world.run(world.J(5));
  expect(await world.waiting()).toHaveLength(1);
  await world.changeSteps([{ at: 0, timing: monthEnd(0), requiresApproval: true, was: 0 }]);
  await world.run(world.J(6));
  expect(await world.waiting()).toEqual([]);
  expect(await world.next('F-1')).toBe('J+18 R1');
  await world.runDays(17, 18, { approve: true });
  expect(await world.diary()).toEqual(['J+18 R1 F-1']);
});

test('named in any order the steps are taken by their days, and are answered in the order in which they were named', async () => {
  const world = await makeWorld();
  const sketches = [{ at: 20 }, { at: 0, timing: previous(10) }, { at: 5 }];
  const steps = toSteps(sketches).map((step, index) => ({ ...step, level: [2, 3, 1][index]! }));
  const { stepIds, sequenceId } = value(await saveSequence(world.context, world.acting, { title: 'Essai', steps }));
  const rows = await world.inside((tx) =>
    tx.selectFrom('step').select(['id', 'offset_days']).where('sequence_id', '=', sequenceId).execute(),
  );
  expect(stepIds.map((id) => rows.find((row) => row.id === id)!.offset_days)).toEqual([20, 30, 5]);
});

describe('what can’t be', () => {
  const problemsOf = (timings: Timing[]): string[] =>
    whatIsWrong(
      {
        title: 'Essai',
        steps: timings.map((timing, index) => ({
          level: index + 1,
          name: `R${index + 1}`,
          timing,
          channels: ['email'],
          requiresApproval: false,
          formalNotice: false,
          templateKey: 'friendly',
          fileIds: [],
        })),
      },
      { templateKeys: new Set(['friendly']), fileSizes: new Map() },
    ).map(({ code, with: given }) => [code, ...Object.values(given)].join(' '));

  test.each<[string, Timing[], string[]]>([
    ['the first step counts from none', [previous(5), previous(5)], ['no-step-before']],
    ['the month may end before the step before it', [due(5), monthEnd(5)], ['steps-cross 6']],
    ['a day more, and it can’t', [due(5), monthEnd(6)], []],
    ['a day that a month’s end may pass', [monthEnd(6), due(36)], ['steps-cross 37']],
    ['a day later', [monthEnd(6), due(37)], []],
    ['the end of two months, one after the other', [monthEnd(0), monthEnd(31)], []],
    ['after the month’s end by counting from it', [due(5), monthEnd(10), previous(15)], []],
    ['one day twice', [due(5), due(5)], ['two-steps-on-one-day 5']],
    ['the same day by counting from the step before', [due(5), previous(10), due(15)], ['two-steps-on-one-day 15']],
  ])('%s', (_, timings, expected) => {
    expect(problemsOf(timings)).toEqual(expected);
  });

  test('it is refused when it is saved', async () => {
    const world = await makeWorld();
    const steps = toSteps([{ at: 5 }, { at: 0, timing: monthEnd(0) }] satisfies StepSketch[]);
    expect(await saveSequence(world.context, world.acting, { title: 'Essai', steps })).toMatchObject({
      ok: false,
      fault: { code: 'sequence-refused', with: { problem: 'steps-cross' } },
    });
  });
});
