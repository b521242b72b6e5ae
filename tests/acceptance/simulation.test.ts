// What a sequence would do before it is saved: told by the plan itself, so that saving it, and the days that follow, say the same.
import { describe, expect, test } from 'vitest';
import { enrolCustomers, saveSequence } from '../../src/app/save-sequence.ts';
import { type SimulationInput, simulateSequence } from '../../src/app/simulate-sequence.ts';
import { addDays } from '../../src/core/day.ts';
import type { Ending } from '../../src/core/ending.ts';
import { sequenceProblemCodes } from '../../src/core/sequence.ts';
import { sequenceSentence } from '../../src/core/sequence-words.ts';
import { makeWorld, type StepSketch, toSteps, value, type World } from '../world/world.ts';

const days = 60;

/** What the customers of a company have after some weeks: reminded once or twice, paid in part, late before they were known. */
async function someWeeks(): Promise<World> {
  const world = await makeWorld({
    steps: [{ at: -3 }, { at: 5 }, { at: 20, requiresApproval: true }],
    weekdays: [1, 2, 3, 4, 5],
  });
  const brun = await world.customer();
  const paid = await world.invoice(brun);
  await world.invoice(brun, { dueOn: world.J(9), totalMinor: 20_000 });
  const morvan = await world.customer('Garage Morvan', { delaysDays: [10, 7] });
  await world.invoice(morvan, { dueOn: world.J(-2), currency: 'USD' });
  await world.runDays(-5, 12);
  await world.pay(brun, 4_000, paid);
  await world.lateBy(morvan, 4, 40);
  await world.invoice(await world.customer('Sans adresse', { contacts: [] }), { dueOn: world.J(14) });
  return world;
}

type Draft = { steps: (StepSketch & { was?: number })[]; ending?: Ending; makeDefault?: boolean; isNew?: boolean };

function inputOf(world: World, { steps, ending, makeDefault, isNew }: Draft): SimulationInput {
  const named = toSteps(steps).map(({ was, ...step }: ReturnType<typeof toSteps>[number] & { was?: number }) => ({
    ...step,
    id: was === undefined ? undefined : world.stepIds[was],
  }));
  return {
    id: isNew ? undefined : world.sequenceId,
    title: 'Essai',
    steps: named,
    ending,
    makeDefault,
    days,
    who: 'enrolled',
  };
}

async function simulated(world: World, input: SimulationInput) {
  const found = value(await simulateSequence(world.context, world.acting, input));
  expect(found.problems).toEqual([]);
  return found.effect!;
}

/** 'day messages toApprove' */
const byDay = (leaving: readonly { leavesOn: string; needsApproval: boolean }[]): string[] =>
  [...Map.groupBy(leaving, (one) => one.leavesOn)].map(
    ([day, those]) => `${day} ${those.length} ${those.filter((one) => one.needsApproval).length}`,
  );

const drafts: Record<string, Draft> = {
  'as it is': {
    steps: [
      { at: -3, was: 0 },
      { at: 5, was: 1 },
      { at: 20, was: 2, requiresApproval: true },
    ],
  },
  'a step moved, one approved': {
    steps: [
      { at: -3, was: 0 },
      { at: 8, was: 1, requiresApproval: true },
      { at: 15, was: 2 },
    ],
  },
  'a step added, another taken out': { steps: [{ at: 5, was: 1 }, { at: 11 }, { at: 30, formalNotice: true }] },
  'a new one for those in the default': {
    steps: [{ at: 3 }, { at: 10, minimums: { EUR: 15_000 } }, { at: 25 }],
    makeDefault: true,
    isNew: true,
  },
  'days that count from the step before it and to the end of a month, and the last step again': {
    steps: [
      { at: 5, was: 1 },
      { at: 0, was: 2, timing: { kind: 'month-end', days: 8 } },
      { at: 0, timing: { kind: 'previous', days: 6 } },
    ],
    ending: { kind: 'repeat', days: 5, times: 2 },
  },
  'a task after the last step, which left before anybody asked for one': {
    steps: [{ at: 5, was: 1 }],
    ending: { kind: 'litigation', days: 6 },
  },
  'the first step later than what has left': {
    steps: [
      { at: 14, was: 1 },
      { at: 45, was: 2 },
    ],
  },
};

describe('A simulation says what saving does', () => {
  test.each(Object.entries(drafts))('%s: each day as the preview has it once it is saved', async (_, draft) => {
    const world = await someWeeks();
    const input = inputOf(world, draft);
    const effect = await simulated(world, input);
    value(await saveSequence(world.context, world.acting, input));
    const preview = await world.preview(addDays(world.today, days));
    expect(effect.days.map((one) => `${one.day} ${one.messages} ${one.toApprove}`)).toEqual(byDay(preview.reminders));
    expect(effect.messages).toBe(preview.reminders.length);
    expect(effect.asked).toBe(preview.tasks.length);
    await world.run();
    expect(effect.outside.receivables).toBe((await world.outside()).length);
  });

  test('nothing is written: the plan is what it was', async () => {
    const world = await someWeeks();
    const before = await world.preview(addDays(world.today, days));
    await simulated(world, inputOf(world, drafts['a step moved, one approved']!));
    expect(await world.preview(addDays(world.today, days))).toEqual(before);
  });
});

describe('What would change', () => {
  test('an unchanged sequence changes nothing; a later step is later, an earlier one sooner, the last one taken out stops', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { dueOn: world.J(10), totalMinor: 30_000 });
    await world.run(world.J(6));
    const compared = async (steps: Draft['steps']) => (await simulated(world, inputOf(world, { steps }))).compared;
    const none = { sooner: 0, later: 0, begins: 0, stops: 0, same: 0 };
    expect(
      await compared([
        { at: 5, was: 0 },
        { at: 20, was: 1 },
      ]),
    ).toEqual({ ...none, same: 2 });
    expect(
      await compared([
        { at: 5, was: 0 },
        { at: 25, was: 1 },
      ]),
    ).toEqual({ ...none, later: 1, same: 1 });
    expect(
      await compared([
        { at: 3, was: 0 },
        { at: 15, was: 1 },
      ]),
    ).toEqual({ ...none, sooner: 2 });
    expect(await compared([{ at: 5, was: 0 }])).toEqual({ ...none, stops: 1, same: 1 });
  });

  test('amounts: each instalment once, in its own currency; each step has its messages', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20, requiresApproval: true }] });
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { totalMinor: 2_453_036, currency: 'USD' });
    const effect = await simulated(
      world,
      inputOf(world, {
        steps: [
          { at: 5, was: 0 },
          { at: 20, was: 1, requiresApproval: true },
        ],
      }),
    );
    expect(effect.amounts).toEqual([
      { currency: 'EUR', minor: 10_000 },
      { currency: 'USD', minor: 2_453_036 },
    ]);
    expect(effect.steps.map(({ messages, toApprove }) => [messages, toApprove])).toEqual([
      [2, 0],
      [2, 2],
    ]);
  });

  test('everyone: customers of another sequence are moved, those without any are left alone', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    const other = await world.sequence('Autre', [{ at: 2 }, { at: 9 }]);
    const morvan = await world.customer('Garage Morvan');
    await world.enrol([morvan], other.sequenceId);
    await world.invoice(morvan);
    const never = await world.customer('Jamais');
    value(await enrolCustomers(world.context, world.acting, { customerIds: [never], enrolment: 'none' }));
    await world.invoice(never);
    const input = inputOf(world, { steps: [{ at: 7 }], isNew: true });
    expect((await simulated(world, input)).customers).toBe(0);
    const effect = await simulated(world, { ...input, who: 'everyone' });
    expect(effect.customers).toBe(1);
    expect(effect.days).toMatchObject([{ day: world.J(7), messages: 1 }]);
  });
});

describe('What makes no sense', () => {
  const check = async (steps: StepSketch[], title = 'Essai') => {
    const world = await makeWorld();
    const input = { ...inputOf(world, { steps, isNew: true }), title };
    const found = value(await simulateSequence(world.context, world.acting, input));
    return { world, input, found };
  };

  test.each<[string, StepSketch[], string]>([
    ['two steps on one day', [{ at: 5 }, { at: 5 }], 'two-steps-on-one-day'],
    ['a formal notice first', [{ at: 30, formalNotice: true }], 'formal-notice-first'],
    ['a formal notice before the due date', [{ at: -3 }, { at: 0, formalNotice: true }], 'formal-notice-before-due'],
    [
      'levels that fall',
      [
        { at: 5, level: 2 },
        { at: 15, level: 1 },
      ],
      'levels-not-rising',
    ],
    ['a template that is not there', [{ at: 5, templateKey: 'nowhere' }], 'unknown-template'],
    ['no step', [], 'no-steps'],
  ])('%s is refused in words, and not saved', async (_, steps, code) => {
    const { world, input, found } = await check(steps);
    expect(found.problems[0]).toMatchObject({ code });
    expect(found.effect).toBeNull();
    expect(await saveSequence(world.context, world.acting, input)).toMatchObject({
      ok: false,
      fault: { code: 'sequence-refused', with: { problem: code } },
    });
  });

  test.each<[string, StepSketch[], string[]]>([
    [
      'by mail alone, and unread',
      [{ at: 5 }, { at: 30, formalNotice: true, requiresApproval: false }],
      ['formal-notice-without-approval', 'formal-notice-by-mail-alone'],
    ],
    [
      'after a notice only',
      [{ at: -3 }, { at: 30, formalNotice: true }],
      ['formal-notice-without-reminder', 'formal-notice-by-mail-alone'],
    ],
    ['steps two days apart', [{ at: 5 }, { at: 7 }], ['steps-close-together']],
    ['nothing after the due date', [{ at: -3 }], ['nothing-after-due-date']],
    ['a first reminder after six weeks', [{ at: 42 }], ['late-first-reminder']],
    ['the usual ladder', [{ at: -3 }, { at: 5 }, { at: 15 }], []],
  ])('%s: saved, and warned about', async (_, steps, codes) => {
    const { world, input, found } = await check(steps);
    expect(found.warnings.map(({ code }) => code)).toEqual(codes);
    expect((await saveSequence(world.context, world.acting, input)).ok).toBe(true);
  });

  test('each has its sentence in both languages, with nothing left to fill in', () => {
    for (const code of sequenceProblemCodes)
      for (const language of ['fr', 'en'] as const) {
        const sentence = sequenceSentence(
          { code, step: 0, with: { level: 2, days: 1, key: 'firm', offsetDays: 5, megabytes: 25 } },
          language,
        );
        expect(sentence, code).toMatch(/^[A-Z\d].*[.]$/);
        expect(sentence, code).not.toMatch(/[{}…]|\(s\)/);
      }
  });
});
