// What must hold whatever the portfolio, the sequence, the calendar and the day: over the pure core some hundreds of times,
// and through the database for what the core alone cannot say.
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { addClosure } from '../../src/app/keep-closures.ts';
import { makePromise } from '../../src/app/keep-promises.ts';
import { closeDispute, openDispute, pauseDunning, resumeDunning } from '../../src/app/pause-dunning.ts';
import { setLevel } from '../../src/app/steer-cases.ts';
import {
  everyDay,
  isSendingDay,
  mondayOf,
  type SendingCalendar,
  sendingDayFrom,
  weekdaysOnly,
  withClosures,
} from '../../src/core/calendar.ts';
import { chargesNothing } from '../../src/core/charge.ts';
import type { Closure } from '../../src/core/closure.ts';
import { addDays, type Day, daysBetween, laterOf } from '../../src/core/day.ts';
import { daysOf, type Ending } from '../../src/core/ending.ts';
import type {
  Channel,
  CompanyFacts,
  CustomerFacts,
  PromiseFact,
  ReceivableFact,
  Sender,
  SendingLimits,
  StepFact,
} from '../../src/core/facts.ts';
import { rungsOf } from '../../src/core/ladder.ts';
import { planCustomer } from '../../src/core/plan.ts';
import { type ForeseenReminder, rollForward } from '../../src/core/roll-forward.ts';
import { nominalOffsets, spansOf, type Timing } from '../../src/core/timing.ts';
import { freshDatabase } from '../world/database.ts';
import { type Received, type StepSketch, value, World } from '../world/world.ts';

const start = '2026-01-05';

const days = (min: number, max: number) => fc.integer({ min, max }).map((n) => addDays(start, n));

const closures: fc.Arbitrary<Closure[]> = fc.array(
  fc
    .record({
      from: fc.integer({ min: -400, max: 200 }),
      length: fc.integer({ min: 0, max: 30 }),
      yearly: fc.boolean(),
    })
    .map(({ from, length, yearly }) => ({
      fromOn: addDays(start, from),
      untilOn: addDays(start, from + length),
      yearly,
    })),
  { maxLength: 4 },
);

const calendars = fc.oneof(
  fc
    .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }).map(weekdaysOnly), closures)
    .map(([weekdays, closed]) => withClosures(weekdays, closed)),
  fc.constant(everyDay),
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }).map(weekdaysOnly),
  fc
    .tuple(fc.constant([1, 2, 3, 4, 5]), fc.uniqueArray(days(0, 200), { maxLength: 30 }))
    .map(([weekdays, free]): SendingCalendar => {
      const holidays = new Set(free);
      return { weekdays, isHoliday: (day) => holidays.has(day), isClosed: () => false };
    }),
);

/** Days around the due date that rise, each from the one before it: some count from that step, or wait for the month's end. */
const timings: fc.Arbitrary<Timing[]> = fc
  .tuple(
    fc.integer({ min: -10, max: 20 }),
    fc.array(fc.tuple(fc.constantFrom('due', 'due', 'previous', 'month-end'), fc.integer({ min: 1, max: 12 })), {
      maxLength: 5,
    }),
  )
  .map(([first, rest]) => {
    const made: Timing[] = [{ kind: 'due', days: first }];
    for (const [kind, gap] of rest) {
      const latest = spansOf(made).at(-1)!.to;
      if (kind === 'previous') made.push({ kind, days: gap });
      else if (kind === 'due') made.push({ kind, days: latest + gap });
      else made.push({ kind: 'month-end', days: Math.max(latest + gap, 0) });
    }
    return made;
  });

/** What comes after the last step, sooner than most portfolios are through; a text that the company wrote. */
const endings: fc.Arbitrary<Ending> = fc.oneof(
  fc.constant<Ending>({ kind: 'nothing' }),
  fc.record({
    kind: fc.constant('repeat' as const),
    days: fc.integer({ min: 1, max: 12 }),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('task' as const),
    days: fc.integer({ min: 1, max: 12 }),
    text: fc.constant('Appeler'),
  }),
  fc.record({ kind: fc.constant('litigation' as const), days: fc.integer({ min: 1, max: 12 }) }),
);

const sender: Sender = { name: null, replyTo: null };

/** Steps in few words; the first is never formal, nor one on or before the due date; offsets rise. */
const sketches: fc.Arbitrary<StepSketch[]> = timings
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((timing, index) =>
        fc.record({
          at: fc.constant(nominalOffsets(chosen)[index]!),
          timing: fc.constant(timing),
          level: fc.constant(index),
          requiresApproval: fc.boolean(),
          formalNotice: index > 0 && spansOf(chosen)[index]!.from > 0 ? fc.boolean() : fc.constant(false),
          channels: fc.constantFrom<Channel[]>(['email'], ['email'], ['email', 'task'], ['task']),
          minimums: fc.option(fc.record({ EUR: fc.integer({ min: 0, max: 20_000 }) }), {
            nil: {} as Record<string, number>,
          }),
        }),
      ),
    ),
  )
  // A formal notice is written.
  .map((steps) => steps.map((step) => (step.formalNotice ? { ...step, channels: ['email'] as Channel[] } : step)));

function toStepFacts(steps: readonly StepSketch[]): StepFact[] {
  return steps.map(
    ({ at, timing, channels = [], requiresApproval = false, formalNotice = false, minimums = {} }, index) => ({
      id: `step-${index}`,
      level: index,
      name: `R${index}`,
      timing: timing ?? { kind: 'due', days: at },
      offsetDays: at,
      channels,
      templateKey: 'friendly',
      taskText: null,
      rolesTo: ['main'],
      rolesCc: [],
      minimums,
      requiresApproval,
      approvalFrom: {},
      leavesAfterHours: null,
      fee: null,
      formalNotice,
      sender,
      addedOn: '2020-01-01',
    }),
  );
}

/** A formal notice, and what comes before the due date, is not repeated. */
function endingFor(steps: readonly StepSketch[], ending: Ending): Ending {
  const last = steps.at(-1)!;
  return ending.kind === 'repeat' && (last.formalNotice || last.at < 0) ? { kind: 'nothing' } : ending;
}

const receivables = fc.record({
  dueOn: fc.option(days(-40, 60), { nil: null, freq: 20 }),
  openMinor: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30_000 })),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  status: fc.constantFrom(
    'issued' as const,
    'issued' as const,
    'issued' as const,
    'draft' as const,
    'quote' as const,
    'cancelled' as const,
  ),
  directDebit: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  disputed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  pause: fc.option(fc.record({ from: days(0, 60), length: fc.integer({ min: 0, max: 40 }) }), { nil: null, freq: 3 }),
  metHow: fc.constantFrom('arrived' as const, 'enrolled' as const, 'included' as const),
});

function toReceivable(
  given: typeof receivables extends fc.Arbitrary<infer T> ? T : never,
  index: number,
): ReceivableFact {
  const { pause, dueOn, ...rest } = given;
  return {
    ...rest,
    id: `receivable-${index}`,
    invoiceId: `invoice-${index}`,
    invoiceNumber: `F-${index}`,
    type: 'standard',
    issuedOn: addDays(dueOn ?? start, -30),
    dueOn,
    position: 1,
    pauses: pause === null ? [] : [{ fromOn: pause.from, untilOn: addDays(pause.from, pause.length), reason: 'pause' }],
    recipients: null,
    pass: 1,
    metOn: start,
    entry: 'pending',
    levelByHand: null,
    levelSetOn: null,
    items: [],
    endedStepIds: [],
  };
}

const none: SendingLimits = { perWeek: null, apartDays: null };
const limits: fc.Arbitrary<SendingLimits> = fc.record({
  perWeek: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  apartDays: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null }),
});

interface Portfolio {
  company: CompanyFacts;
  customer: CustomerFacts;
}

const portfolios: fc.Arbitrary<Portfolio> = fc
  .record({
    calendar: calendars,
    steps: sketches,
    ending: endings,
    delaysDays: fc.option(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }), { nil: null }),
    receivables: fc.array(receivables, { minLength: 1, maxLength: 6 }),
    creditMinor: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
    anythingLeft: fc.boolean(),
  })
  .map(
    ({ calendar, steps, ending, delaysDays, receivables: given, creditMinor, anythingLeft }): Portfolio => ({
      company: {
        toleranceMinor: 100,
        lateEntryDays: 15,
        calendar,
        language: 'fr',
        grouping: 'invoice',
        listsNotDue: false,
        bank: null,
        approveEverything: false,
        limits: none,
        charging: chargesNothing,
      },
      customer: {
        id: 'customer',
        kind: 'business',
        contractRate: null,
        language: null,
        sequence: {
          id: 'sequence',
          deleted: false,
          steps: toStepFacts(steps),
          pauses: [],
          ending: endingFor(steps, ending),
          endingSetOn: '2020-01-01',
        },
        rule: null,
        pauses: [],
        promises: [],
        delaysDays,
        keyAccount: false,
        contacts: [{ role: 'main', email: 'client@example.fr', language: null }],
        forbiddenChannels: [],
        blockedAddresses: [],
        credits: creditMinor === 0 ? {} : { EUR: creditMinor },
        anythingLeft,
        messages: [],
        receivables: given.map(toReceivable),
      },
    }),
  );

/** The same with a cap, a floor, or both. */
const limited: fc.Arbitrary<Portfolio> = fc
  .tuple(portfolios, limits)
  .map(([{ company, customer }, chosen]) => ({ company: { ...company, limits: chosen }, customer }));

/** The same, one message for each invoice or one a day for each customer. */
const limitedOrGrouped: fc.Arbitrary<Portfolio> = fc
  .tuple(limited, fc.constantFrom('invoice' as const, 'customer' as const))
  .map(([{ company, customer }, grouping]) => ({ company: { ...company, grouping }, customer }));

const horizon = addDays(start, 150);
const runs = { numRuns: 300 };

/** The days after that due date of each step. */
const offsetsOf = (customer: CustomerFacts, dueOn: Day): Map<string, number> =>
  new Map(rungsOf(customer.sequence!, customer.delaysDays, dueOn).map((rung) => [rung.step.id, rung.offsetDays]));

/** What leaves for each receivable, in order. */
function byReceivable(reminders: readonly ForeseenReminder[]): Map<string, ForeseenReminder[]> {
  const messages = new Map<string, ForeseenReminder[]>();
  for (const one of reminders) {
    for (const { receivable } of one.reminder.items)
      messages.set(receivable.id, [...(messages.get(receivable.id) ?? []), one]);
  }
  return messages;
}

/** Without what people do, which counts for no limit. */
const messagesOf = (reminders: readonly ForeseenReminder[]): ForeseenReminder[] =>
  reminders.filter(({ reminder }) => reminder.channel !== 'task');

describe('Properties of the plan', () => {
  test('What is settled, not issued, without a due date, disputed, paused or below the tolerance is never sent', () => {
    fc.assert(
      fc.property(portfolios, days(0, 150), ({ company, customer }, today) => {
        for (const { receivable, verdict, askedMinor } of planCustomer(company, customer, today)) {
          const mayBeSent =
            receivable.openMinor >= 100 &&
            askedMinor >= 100 &&
            receivable.status === 'issued' &&
            receivable.dueOn !== null &&
            !receivable.disputed &&
            !receivable.directDebit &&
            receivable.issuedOn <= today &&
            !receivable.pauses.some((pause) => pause.fromOn <= today && pause.untilOn! >= today);
          if (!mayBeSent) expect(verdict.kind).not.toBe('send');
        }
      }),
      runs,
    );
  });

  test('E10: nothing about a promised invoice up to and including its day, whatever becomes of it by then', () => {
    const promised = fc.record({
      on: days(0, 120),
      ended: fc.constantFrom(null, null, 'kept' as const, 'broken' as const),
      amountMinor: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: null }),
      receivedMinor: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(
        portfolios,
        promised,
        fc.constantFrom('invoice' as const, 'customer' as const),
        (given, one, grouping) => {
          const { on, ended, amountMinor, receivedMinor } = one;
          const promise: PromiseFact = {
            id: 'promise',
            invoiceId: 'invoice-0',
            invoiceIds: ['invoice-0'],
            promisedOn: on,
            amount: amountMinor === null ? null : { currency: 'EUR', minor: amountMinor },
            // It is broken only once its day is past.
            ended: ended === 'broken' && start <= on ? null : ended,
            receivedMinor,
            unallocatedMinor: 0,
            lateMinor: {},
            instalments: [],
            lateCredits: {},
          };
          const isKept = amountMinor !== null && receivedMinor >= amountMinor;
          const customer = { ...given.customer, promises: [promise] };
          const { reminders } = rollForward({ ...given.company, grouping }, customer, start, horizon);
          for (const { leavesOn, reminder } of reminders) {
            const isAboutIt = reminder.items.some(({ receivable }) => receivable.invoiceId === 'invoice-0');
            // What kept it was taken back: it holds nothing any more.
            if (isAboutIt && (promise.ended === null || isKept)) expect(leavesOn > on).toBe(true);
          }
        },
      ),
      runs,
    );
  });

  test('What is sent is asked for on a sending day, not before its day, and reaches its minimum', () => {
    fc.assert(
      fc.property(portfolios, days(0, 150), ({ company, customer }, today) => {
        for (const { receivable, verdict, askedMinor } of planCustomer(company, customer, today)) {
          if (verdict.kind !== 'send') continue;
          const offsets = offsetsOf(customer, receivable.dueOn!);
          expect(isSendingDay(company.calendar, today)).toBe(true);
          expect(verdict.dueOn <= today).toBe(true);
          expect(addDays(receivable.dueOn!, offsets.get(verdict.step.id)!) <= today).toBe(true);
          expect(askedMinor).toBeGreaterThanOrEqual(verdict.step.minimums[receivable.currency] ?? 0);
          // Each has an address: the channel is the first of its step, and what a person does waits for nobody's approval.
          expect(verdict.channel).toBe(verdict.step.channels[0]);
          if (verdict.channel === 'task') expect(verdict.needsApproval).toBe(false);
        }
      }),
      runs,
    );
  });

  test('The plan changes nothing that it is given, and says the same when it is asked again', () => {
    fc.assert(
      fc.property(portfolios, days(0, 150), ({ company, customer }, today) => {
        const before = JSON.stringify(customer);
        const first = planCustomer(company, customer, today);
        expect(planCustomer(company, customer, today)).toEqual(first);
        expect(JSON.stringify(customer)).toBe(before);
      }),
      runs,
    );
  });

  test('A day rolled forward and run a second time adds nothing', () => {
    fc.assert(
      fc.property(limited, days(0, 60), ({ company, customer }, today) => {
        const once = rollForward(company, customer, today, today);
        const after: CustomerFacts = {
          ...customer,
          messages: messagesOf(once.reminders).map(() => ({
            reminderId: null,
            state: 'left',
            on: today,
            byHand: false,
          })),
          receivables: once.decisions.map(({ receivable, entry, skips, verdict }) =>
            afterDay(receivable, entry, skips, verdict, today),
          ),
        };
        expect(rollForward(company, after, today, today).reminders).toEqual([]);
      }),
      runs,
    );
  });

  test('Credits are shared out whole, the oldest first, in their own currency, whatever the order of the receivables', () => {
    fc.assert(
      fc.property(portfolios, fc.integer(), ({ company, customer }, seed) => {
        const asked = (facts: CustomerFacts) =>
          new Map(planCustomer(company, facts, start).map(({ receivable, askedMinor }) => [receivable.id, askedMinor]));
        const expected = asked(customer);
        const shuffled = [...customer.receivables].sort((a, b) => hash(a.id, seed) - hash(b.id, seed));
        expect(asked({ ...customer, receivables: shuffled })).toEqual(expected);
        const credit = customer.credits.EUR ?? 0;
        const owed = customer.receivables.filter(({ currency, status }) => currency === 'EUR' && status === 'issued');
        const covered = owed.reduce((sum, one) => sum + one.openMinor - expected.get(one.id)!, 0);
        expect(covered).toBe(
          Math.min(
            credit,
            owed.reduce((sum, one) => sum + one.openMinor, 0),
          ),
        );
        for (const one of customer.receivables.filter(({ currency }) => currency !== 'EUR'))
          expect(expected.get(one.id)).toBe(one.openMinor);
      }),
      runs,
    );
  });
});

function hash(text: string, seed: number): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + seed) % 1_000_003, 7);
}

/** A receivable after its day: what was sent has left, what was skipped counts from the day it was due. */
function afterDay(
  receivable: ReceivableFact,
  entry: ReceivableFact['entry'],
  skips: readonly { step: StepFact; occurrence: number; dueOn: Day }[],
  verdict: ReturnType<typeof planCustomer>[number]['verdict'],
  day: Day,
): ReceivableFact {
  const taken =
    verdict.kind === 'send'
      ? [
          {
            step: verdict.step,
            channel: verdict.channel,
            occurrence: verdict.occurrence,
            dueOn: verdict.dueOn,
            state: 'taken' as const,
            leftOn: day,
          },
        ]
      : [];
  const skipped = skips.map(({ step, occurrence, dueOn }) => ({
    step,
    occurrence,
    channel: null,
    dueOn,
    state: 'skipped' as const,
    leftOn: dueOn,
  }));
  const items = [...skipped, ...taken].map(({ step, ...rest }) => ({
    reminderId: null,
    sequenceId: 'sequence',
    stepId: step.id,
    level: step.level,
    offsetDays: step.offsetDays,
    formalNotice: step.formalNotice,
    sender: step.sender,
    reminderState: null,
    sendOn: null,
    byHand: false,
    ...rest,
  }));
  const ended = verdict.kind === 'task' ? [verdict.step.id] : [];
  return {
    ...receivable,
    entry,
    items: [...receivable.items, ...items],
    endedStepIds: [...receivable.endedStepIds, ...ended],
  };
}

describe('Properties of the days that follow', () => {
  test('At most one message for a receivable and a day; steps in order; each at most once, but for the last where it is repeated', () => {
    fc.assert(
      fc.property(limited, ({ company, customer }) => {
        const order = customer.sequence!.steps.map((step) => step.id);
        for (const messages of byReceivable(rollForward(company, customer, start, horizon).reminders).values()) {
          const left = messages.map(({ leavesOn }) => leavesOn);
          expect(left).toEqual([...new Set(left)].sort());
          const steps = messages.map(({ reminder }) => order.indexOf(reminder.stepId));
          const once = [...new Set(steps)].sort((a, b) => a - b);
          const { ending } = customer.sequence!;
          const again = steps.length - once.length;
          expect(steps).toEqual([...once, ...Array.from({ length: again }, () => order.length - 1)]);
          expect(again).toBeLessThanOrEqual(ending.kind === 'repeat' ? ending.times : 0);
        }
      }),
      runs,
    );
  });

  test('The first message of a receivable is never the formal notice, and no notice leaves after the due date', () => {
    fc.assert(
      fc.property(limited, ({ company, customer }) => {
        const steps = new Map(customer.sequence!.steps.map((step) => [step.id, step]));
        for (const [id, messages] of byReceivable(rollForward(company, customer, start, horizon).reminders)) {
          const { dueOn } = customer.receivables.find((one) => one.id === id)!;
          let reminders = 0;
          for (const { leavesOn, reminder } of messages) {
            const step = steps.get(reminder.stepId)!;
            if (step.offsetDays < 0) expect(leavesOn <= dueOn!).toBe(true);
            if (step.formalNotice && step.offsetDays >= 0) expect(reminders).toBeGreaterThan(0);
            if (step.offsetDays >= 0) reminders += 1;
          }
        }
      }),
      runs,
    );
  });

  test('The planned gap is kept, and nothing is late without a cause: each step leaves on the day that rule 1 says', () => {
    const freely = portfolios.map(({ company, customer }) => ({
      company,
      customer: {
        ...customer,
        credits: {},
        receivables: customer.receivables.map((one) => ({
          ...one,
          pauses: [],
          disputed: false,
          directDebit: false,
          metHow: 'included' as const,
          entry: 'entered' as const,
        })),
        sequence: {
          ...customer.sequence!,
          steps: customer.sequence!.steps.map((step) => ({ ...step, minimums: {}, formalNotice: false })),
        },
      },
    }));
    fc.assert(
      fc.property(freely, ({ company, customer }) => {
        const { ending } = customer.sequence!;
        for (const [id, messages] of byReceivable(rollForward(company, customer, start, horizon).reminders)) {
          const { dueOn } = customer.receivables.find((one) => one.id === id)!;
          const offsets = offsetsOf(customer, dueOn!);
          messages.forEach(({ leavesOn, reminder }, index) => {
            const offset = offsets.get(reminder.stepId)!;
            const before = messages[index - 1];
            const gap =
              before === undefined
                ? 0
                : before.reminder.stepId === reminder.stepId
                  ? daysOf(ending)!
                  : offset - offsets.get(before.reminder.stepId)!;
            const gapEnds = before === undefined ? start : addDays(before.leavesOn, gap);
            if (before !== undefined) expect(daysBetween(before.leavesOn, leavesOn)).toBeGreaterThanOrEqual(gap);
            const expected = sendingDayFrom(
              company.calendar,
              laterOf(laterOf(addDays(dueOn!, offset), gapEnds), start),
            );
            expect(leavesOn).toBe(expected);
          });
        }
      }),
      runs,
    );
  });

  test('A preview of a far day is that of the days between, put end to end', () => {
    fc.assert(
      fc.property(limitedOrGrouped, days(0, 60), ({ company, customer }, middle) => {
        const whole = rollForward(company, customer, start, addDays(middle, 60)).reminders.map(
          ({ leavesOn, reminder }) => `${leavesOn} ${reminder.stepId} ${reminder.invoiceId}`,
        );
        const sooner = rollForward(company, customer, start, middle).reminders.map(
          ({ leavesOn, reminder }) => `${leavesOn} ${reminder.stepId} ${reminder.invoiceId}`,
        );
        expect(whole.filter((one) => one.slice(0, 10) <= middle).sort()).toEqual(sooner.sort());
      }),
      runs,
    );
  });
});

describe('Properties of one message a day for each customer', () => {
  const grouped = portfolios.map(({ company, customer }) => ({
    company: { ...company, grouping: 'customer' as const },
    customer,
  }));

  test('At most one message and one task a day; a formal notice asks for nothing but what is at its step; no invoice twice in one', () => {
    fc.assert(
      fc.property(grouped, ({ company, customer }) => {
        const formal = new Set(customer.sequence!.steps.filter((step) => step.formalNotice).map((step) => step.id));
        const { reminders } = rollForward(company, customer, start, horizon);
        const on = reminders.map(({ leavesOn, reminder }) => `${leavesOn} ${reminder.channel}`);
        expect(on).toEqual([...new Set(on)]);
        // How often each was asked for before: a formal notice is never an instalment's first reminder.
        const asked = new Map<string, number>();
        for (const { reminder } of reminders) {
          const ids = reminder.items.map(({ receivable }) => receivable.id);
          expect(ids).toEqual([...new Set(ids)]);
          if (formal.has(reminder.stepId)) for (const id of ids) expect(asked.get(id) ?? 0).toBeGreaterThan(0);
          for (const id of ids) asked.set(id, (asked.get(id) ?? 0) + 1);
        }
      }),
      runs,
    );
  });

  test('Nothing is lost: each instalment is asked for as often as when each invoice has its own message; only notices may be too late', () => {
    fc.assert(
      fc.property(grouped, ({ company, customer }) => {
        const steps = customer.sequence!.steps.filter((step) => step.offsetDays >= 0);
        const afterDue = { ...customer, sequence: { ...customer.sequence!, steps } };
        const often = (grouping: CompanyFacts['grouping']) => {
          const { reminders } = rollForward({ ...company, grouping }, afterDue, start, addDays(start, 900));
          return Object.fromEntries([...byReceivable(reminders)].map(([id, messages]) => [id, messages.length]));
        };
        expect(often('customer')).toEqual(often('invoice'));
      }),
      runs,
    );
  });
});

/** As many days as the messages of the largest portfolio need, one a week, or as far apart as they can be. */
const longEnough = addDays(start, 900);

describe('Properties of the limits for one customer', () => {
  const left = ({ company, customer }: Portfolio, to: Day) => rollForward(company, customer, start, to).reminders;

  test('At most so many messages in a week from Monday to Sunday, never closer than so many days, on sending days only', () => {
    fc.assert(
      fc.property(limitedOrGrouped, (portfolio) => {
        const { limits: chosen, calendar } = portfolio.company;
        const on = messagesOf(left(portfolio, horizon)).map(({ leavesOn }) => leavesOn);
        expect(on.every((day) => isSendingDay(calendar, day))).toBe(true);
        if (chosen.perWeek !== null)
          for (const week of Map.groupBy(on, mondayOf).values())
            expect(week.length).toBeLessThanOrEqual(chosen.perWeek);
        if (chosen.apartDays !== null)
          on.forEach((day, index) => {
            if (index > 0) expect(daysBetween(on[index - 1]!, day)).toBeGreaterThanOrEqual(chosen.apartDays!);
          });
      }),
      runs,
    );
  });

  test('Nothing is lost: with days enough, every reminder that would leave without limits leaves; only notices may be too late', () => {
    const stepsLeft = (portfolio: Portfolio): string[] =>
      left(portfolio, longEnough)
        .flatMap(({ reminder }) => reminder.items.map(({ receivable }) => `${receivable.id} ${reminder.stepId}`))
        .sort();
    fc.assert(
      fc.property(limited, (portfolio) => {
        const notices = new Set(
          portfolio.customer.sequence!.steps.filter((step) => step.offsetDays < 0).map((step) => step.id),
        );
        const isReminder = (line: string): boolean => !notices.has(line.split(' ')[1]!);
        const free = stepsLeft({ ...portfolio, company: { ...portfolio.company, limits: none } });
        const kept = stepsLeft(portfolio);
        expect(kept.filter(isReminder)).toEqual(free.filter(isReminder));
        expect(kept.filter((line) => !free.includes(line))).toEqual([]);
      }),
      runs,
    );
  });

  test('The gap between two steps is kept, counted from the day on which the first of them left', () => {
    fc.assert(
      fc.property(limited, ({ company, customer }) => {
        for (const [id, messages] of byReceivable(rollForward(company, customer, start, horizon).reminders)) {
          const offsets = offsetsOf(customer, customer.receivables.find((one) => one.id === id)!.dueOn!);
          messages.forEach(({ leavesOn, reminder }, index) => {
            const before = messages[index - 1];
            if (before === undefined) return;
            const gap =
              before.reminder.stepId === reminder.stepId
                ? daysOf(customer.sequence!.ending)!
                : offsets.get(reminder.stepId)! - offsets.get(before.reminder.stepId)!;
            expect(daysBetween(before.leavesOn, leavesOn)).toBeGreaterThanOrEqual(gap);
          });
        }
      }),
      runs,
    );
  });

  test('Of what would leave on a day, what leaves is not less pressing than what waits', () => {
    fc.assert(
      fc.property(limited, days(0, 60), ({ company, customer }, today) => {
        const decisions = planCustomer(company, customer, today);
        const sent = decisions.flatMap(({ verdict }) =>
          verdict.kind === 'send' && verdict.channel === 'email' ? verdict.step.level : [],
        );
        const waits = decisions.flatMap(({ verdict }) =>
          verdict.kind === 'wait' && /customer-week-full|too-soon/.test(verdict.reason.code) ? verdict.step!.level : [],
        );
        expect(Math.max(-1, ...waits)).toBeLessThanOrEqual(Math.min(...sent));
      }),
      runs,
    );
  });
});

describe('Properties through the database', () => {
  const small = fc.record({
    steps: sketches,
    ending: endings,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 7 }),
    delaysDays: fc.option(fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 3 }), { nil: null }),
    invoices: fc.array(
      fc.record({
        due: fc.integer({ min: -30, max: 30 }),
        second: fc.option(fc.integer({ min: -30, max: 40 }), { nil: null }),
        amount: fc.integer({ min: 50, max: 30_000 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    creditMinor: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
    limits: fc.oneof(fc.constant(none), limits),
    grouping: fc.constantFrom('invoice' as const, 'customer' as const),
    hasAddress: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    closures: fc.array(fc.record({ from: fc.integer({ min: 0, max: 50 }), length: fc.integer({ min: 0, max: 12 }) }), {
      maxLength: 2,
    }),
  });

  type Small = typeof small extends fc.Arbitrary<infer T> ? T : never;

  /** A company with one customer and these invoices, on the first day, in a database of its own that goes with the test. */
  async function worldOf({
    steps,
    ending,
    weekdays,
    delaysDays,
    invoices,
    creditMinor,
    limits: { perWeek, apartDays },
    grouping,
    hasAddress,
    closures: closed,
  }: Small): Promise<{ world: World; customer: string; ids: string[] }> {
    const database = await freshDatabase();
    onTestFinished(() => database.drop());
    const after = endingFor(steps, ending);
    const world = await World.over(database, { steps, ending: after, weekdays, today: start, due: start });
    const { context, acting } = world;
    value(await changeCompany(context, acting, { messagesPerWeek: perWeek, daysBetweenMessages: apartDays, grouping }));
    for (const { from, length } of closed) {
      const [fromOn, untilOn] = [addDays(start, from), addDays(start, from + length)];
      value(await addClosure(context, acting, { fromOn, untilOn, label: 'Fermeture', yearly: false }));
    }
    const customer = await world.customer('Atelier Brun', { delaysDays, ...(hasAddress ? {} : { contacts: [] }) });
    const ids: string[] = [];
    for (const { due, second, amount } of invoices) {
      const dueOn = addDays(start, due);
      const instalments =
        second === null
          ? undefined
          : [
              { dueOn, amountMinor: amount - Math.floor(amount / 2) },
              { dueOn: addDays(start, second), amountMinor: Math.floor(amount / 2) },
            ];
      ids.push(
        await world.invoice(customer, {
          dueOn,
          totalMinor: amount,
          ...(instalments === undefined ? {} : { instalments }),
        }),
      );
    }
    if (creditMinor > 0) await world.pay(customer, creditMinor);
    return { world, customer, ids };
  }

  const lines = (received: readonly Received[]): string[] =>
    received
      .map(
        ({ day, level, invoices, askedMinor }) =>
          `${day} R${level} ${[...new Set(invoices)].sort().join()} ${askedMinor}`,
      )
      .sort();

  test('A preview equals the runs that follow it, with approvals and tasks the same day; a day run twice adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.integer({ min: 0, max: 3 }), async (given, already) => {
        const { world } = await worldOf(given);
        for (let day = 0; day < already; day++) {
          await world.run(addDays(start, day));
          if (day % 2 === 0) await world.approveAll();
          if (day % 2 === 0) await world.doTasks();
        }
        const from = addDays(start, already);
        const last = addDays(start, 60);
        await world.clock(from);
        const seen = new Set((await world.received()).map(({ reminderId }) => reminderId));
        const { reminders, tasks } = await world.preview(last);
        for (let day = from; day <= last; day = addDays(day, 1)) {
          await world.run(day);
          await world.approveAll();
          await world.doTasks();
          if (day === from) {
            const before = await world.received();
            await world.run(day);
            expect(await world.received()).toEqual(before);
          }
        }
        const sent = lines((await world.received()).filter(({ reminderId }) => !seen.has(reminderId)));
        const foreseen = reminders
          .map(
            ({ leavesOn, level, invoiceNumbers, askedMinor }) =>
              `${leavesOn} R${level} ${[...invoiceNumbers].sort().join()} ${askedMinor}`,
          )
          .sort();
        expect(sent).toEqual(foreseen);
        // What was asked before the preview is none of what it foresees.
        const asked = (await world.asked()).filter((line) => line >= from);
        expect(asked).toEqual(tasks.map(({ on, invoiceNumber }) => `${on} ${invoiceNumber}`).sort());
        expect([...(await world.waiting()), ...(await world.toDo())]).toEqual([]);
      }),
      // A smaller example would be looked for through sixty days of a database, each time.
      { numRuns: 12, endOnFailure: true },
    );
  }, 240_000);

  /** What a person does about the customer or one of its invoices, in the middle of everything. */
  const acts = fc.oneof(
    fc.record({ what: fc.constant('pay' as const), which: fc.nat(), amount: fc.integer({ min: 1, max: 20_000 }) }),
    fc.record({ what: fc.constant('pause' as const), which: fc.nat(), days: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ what: fc.constant('promise' as const), which: fc.nat(), days: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ what: fc.constantFrom('dispute' as const, 'settle' as const), which: fc.nat() }),
    fc.record({ what: fc.constant('level' as const), which: fc.nat(), level: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ what: fc.constantFrom('move' as const, 'back' as const, 'resume' as const, 'edit' as const) }),
  );
  type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;

  /** Does it; what is refused (nothing is left to promise, no dispute to close) changes nothing, and that is tried too. */
  async function actOn(world: World, customer: string, ids: string[], other: string, { steps }: Small, act: Act) {
    const { context, acting, today } = world;
    const invoiceId = 'which' in act ? ids[act.which % ids.length]! : '';
    switch (act.what) {
      case 'pay':
        return world.pay(customer, act.amount, invoiceId);
      case 'pause':
        return pauseDunning(context, acting, { invoiceId, reason: 'vu', untilOn: addDays(today, act.days) });
      case 'resume':
        return resumeDunning(context, acting, { invoiceId: ids[0]! });
      case 'promise':
        return makePromise(context, acting, { customerId: customer, invoiceId, promisedOn: addDays(today, act.days) });
      case 'dispute':
        return openDispute(context, acting, { invoiceId, reason: 'casse' });
      case 'settle':
        return closeDispute(context, acting, { invoiceId });
      case 'level':
        return setLevel(context, acting, { invoiceIds: [invoiceId], level: act.level });
      case 'move':
        return world.enrol([customer], other);
      case 'back':
        return world.enrol([customer], world.sequenceId);
      case 'edit': {
        // A formal notice that would then be the last is not repeated (refused): that sequence stays as it is.
        const kept = steps.slice(0, -1);
        if (kept.at(-1)?.formalNotice !== false) return;
        return world.changeSteps(kept.map((step, was) => ({ ...step, was })));
      }
    }
  }

  test('Whatever is done in the middle, each day brings what was foreseen that morning, and nothing is said to be due that did not come', async () => {
    await fc.assert(
      fc.asyncProperty(
        small,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.option(acts, { nil: null })), {
          minLength: 8,
          maxLength: 12,
        }),
        async (given, story) => {
          const { world, customer, ids } = await worldOf(given);
          const other = await world.sequence('Autre', [{ at: 8 }, { at: 20, requiresApproval: true }, { at: 31 }]);
          let told = 0;
          for (const [days, act] of story) {
            await world.clock(addDays(world.today, days));
            if (act !== null) await actOn(world, customer, ids, other.sequenceId, given, act);
            const { today } = world;
            const { reminders } = await world.preview(today);
            const foreseen = reminders
              .map(
                ({ level, invoiceNumbers, askedMinor }) =>
                  `${today} R${level} ${[...invoiceNumbers].sort().join()} ${askedMinor}`,
              )
              .sort();
            await world.run();
            await world.approveAll();
            await world.doTasks();
            const received = await world.received();
            expect(lines(received.filter(({ day }) => day === today)), `${today}, ${JSON.stringify(act)}`).toEqual(
              foreseen,
            );
            expect(received.length).toBe(told + foreseen.length);
            told = received.length;
            for (let number = 1; number <= ids.length; number++) {
              const { receivables } = await world.explain(`F-${number}`);
              for (const { nextStep, verdict } of receivables) {
                expect(verdict).not.toBe('send');
                if (nextStep !== null && nextStep.on !== null) expect(nextStep.on > today).toBe(true);
              }
            }
          }
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  }, 240_000);

  test('The order in which payments arrive does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(
        small,
        fc.array(fc.record({ which: fc.nat(), amount: fc.integer({ min: 1, max: 20_000 }) }), {
          minLength: 2,
          maxLength: 4,
        }),
        async (given, payments) => {
          const diaries: string[][] = [];
          for (const order of [payments, [...payments].reverse()]) {
            const { world, customer, ids } = await worldOf(given);
            await world.run();
            await world.clock(addDays(start, 2));
            for (const { which, amount } of order) await world.pay(customer, amount, ids[which % ids.length]!);
            for (const day of [3, 8, 20, 21, 40, 60]) {
              await world.run(addDays(start, day));
              await world.approveAll();
              await world.doTasks();
            }
            diaries.push(lines(await world.received()));
          }
          expect(diaries[1]).toEqual(diaries[0]);
        },
      ),
      { numRuns: 8 },
    );
  }, 240_000);

  test('What is settled gets nothing more, whatever the day it is settled on', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.integer({ min: 0, max: 40 }), async (given, settledAfter) => {
        const { world, customer, ids } = await worldOf({ ...given, creditMinor: 0 });
        const settledOn = addDays(start, settledAfter);
        for (const day of [0, 5, 11, 18, 26, 35].map((n) => addDays(start, n)).filter((day) => day < settledOn))
          await world.run(day);
        await world.clock(settledOn);
        for (const [index, id] of ids.entries()) await world.pay(customer, given.invoices[index]!.amount, id);
        expect([...(await world.waiting()), ...(await world.toDo())]).toEqual([]);
        for (const day of [0, 10, 50]) {
          await world.run(addDays(settledOn, day));
          await world.approveAll();
          await world.doTasks();
        }
        expect((await world.received()).filter(({ day }) => day >= settledOn)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  }, 240_000);
});
