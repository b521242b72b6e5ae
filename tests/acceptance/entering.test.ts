// Cases E1 to E4, E6 to E8, E11, E12, and the lines of rules 2 to 5, 7, 8, 10 and 11: who enters a sequence, what changes on
// the way, and what ends it.
import { describe, expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { approveReminders, postponeReminder, refuseReminder } from '../../src/app/decide-reminders.ts';
import { closeDispute, openDispute, pauseDunning, resumeDunning } from '../../src/app/pause-dunning.ts';
import { allocateCredit, undoAllocations } from '../../src/app/record-payment.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { enrolCustomers, saveSequence } from '../../src/app/save-sequence.ts';
import { includeOutside, markReminded, setLevel, startAnew } from '../../src/app/steer-cases.ts';
import { newId } from '../../src/db/id.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

/** What leaves, without its day: 'R1 J+5'. */
async function left(world: World): Promise<string[]> {
  return (await world.received()).map(({ level, invoices }) => `R${level} ${invoices.join(' ')}`).sort();
}

/** A customer with one invoice of 100.00 (F-1), due on J. */
async function oneInvoice(steps: StepSketch[], options: Parameters<typeof makeWorld>[0] = {}) {
  const world = await makeWorld({ steps, ...options });
  const customer = await world.customer();
  return { world, customer, invoice: await world.invoice(customer) };
}

async function leave(world: World, customer: string): Promise<void> {
  value(await enrolCustomers(world.context, world.acting, { customerIds: [customer], enrolment: 'none' }));
}

describe('E1 a sequence with a first step at J+5 is created today', () => {
  const ages = [3, 4, 5, 6, 7, 40];

  for (const [what, steps] of [
    [
      'invoices at J+6 or less enter, those at J+5 and J+6 leave today, those beyond are listed',
      [{ at: 5 }, { at: 20 }],
    ],
    ['a step at J−3 in the same sequence changes nothing to that', [{ at: -3 }, { at: 5 }, { at: 20 }]],
  ] as const) {
    test(`E1 ${what}`, async () => {
      const world = await makeWorld();
      await world.lateBy(await world.customer(), ...ages);
      await world.sequence('Nouvelle', [...steps], { makeDefault: true });
      await world.run();
      expect(await left(world)).toEqual(['R1 J+5', 'R1 J+6']);
      expect(await world.outside()).toEqual(['J+40', 'J+7']);
      expect(await world.reasonOf('J+7')).toBe('overdue-outside');
      expect(await world.reasonOf('J+4')).toBe('step-not-reached');
    });
  }

  test('E1 the same for a customer who had no sequence and is enrolled in it today', async () => {
    const world = await makeWorld();
    const customer = await world.customer();
    await leave(world, customer);
    await world.lateBy(customer, ...ages);
    const { sequenceId } = await world.sequence('Nouvelle', [{ at: 5 }]);
    await world.run();
    await world.expectNothing();
    await world.enrol([customer], sequenceId);
    await world.run();
    expect(await left(world)).toEqual(['R1 J+5', 'R1 J+6']);
    expect(await world.outside()).toEqual(['J+40', 'J+7']);
  });

  test('E1 those that entered but are younger take step 1 on their own day', async () => {
    const world = await makeWorld();
    await world.lateBy(await world.customer(), 3, 4);
    await world.sequence('Nouvelle', [{ at: 5 }], { makeDefault: true });
    for (const day of [0, 1, 2]) await world.run(Temporal.PlainDate.from('2026-02-10').add({ days: day }).toString());
    expect((await world.received()).map(({ day, invoices }) => `${day} ${invoices[0]}`)).toEqual([
      '2026-02-11 J+4',
      '2026-02-12 J+3',
    ]);
  });

  test('E1 what was listed stays listed on the following days: nothing of it leaves by itself', async () => {
    const world = await makeWorld();
    await world.lateBy(await world.customer(), 7, 40);
    await world.sequence('Nouvelle', [{ at: 5 }, { at: 20 }, { at: 45 }], { makeDefault: true });
    for (const day of ['2026-02-10', '2026-02-11', '2026-02-15', '2026-02-23', '2026-04-01']) await world.run(day);
    await world.expectNothing();
    expect(await world.outside()).toEqual(['J+40', 'J+7']);
  });
});

test('Rule 10 days that are not sending days do not count: on Monday, what was due on Friday enters, not what was due on Thursday', async () => {
  const world = await makeWorld({ weekdays: [1, 2, 3, 4, 5], today: '2026-03-16' });
  const customer = await world.customer();
  for (const [number, dueOn] of [
    ['Thursday', '2026-03-07'],
    ['Friday', '2026-03-08'],
    ['Saturday', '2026-03-09'],
    ['Sunday', '2026-03-10'],
  ]) {
    await world.invoice(customer, { number: number!, dueOn: dueOn! });
  }
  await world.sequence('Nouvelle', [{ at: 5 }], { makeDefault: true });
  await world.run();
  expect(await left(world)).toEqual(['R1 Friday', 'R1 Saturday', 'R1 Sunday']);
  expect(await world.outside()).toEqual(['Thursday']);
});

test('Rule 10 a notice whose day is past is dropped, and is not sent late', async () => {
  const { world } = await oneInvoice([{ at: -3 }, { at: 5 }], { today: '2026-02-28' });
  await world.runDays(-2, 6);
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
});

test('Rule 10 a notice leaves on its day, or late as long as the invoice is not overdue; never after', async () => {
  const { world, customer } = await oneInvoice([{ at: -3 }, { at: 5 }]);
  await world.run(world.J(-1));
  expect(await world.diary()).toEqual(['J-1 R0 F-1']);
  await world.invoice(customer, { dueOn: world.J(5) });
  await world.run(world.J(6));
  // The gap to step 1 is eight days, counted from the day the notice left.
  expect(await world.diary()).toEqual(['J-1 R0 F-1']);
  await world.run(world.J(7));
  expect(await world.diary()).toEqual(['J-1 R0 F-1', 'J+7 R1 F-1']);
});

test('Rule 10 a notice that still waits for approval after the due date does not leave any more, and does not hold step 1 back', async () => {
  const { world, invoice } = await oneInvoice([{ at: -3, requiresApproval: true }, { at: 5 }]);
  await world.run(world.J(-3));
  const [notice] = await world.waiting();
  await world.clock(world.J(1));
  expect(value(await approveReminders(world.context, world.acting, { reminderIds: [notice!.reminderId] }))).toEqual({
    approved: 0,
    already: 0,
    dropped: 1,
  });
  await world.runDays(1, 6);
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
  expect(await world.history(invoice)).toContain('reminder.dropped: notice-too-late');
});

describe('E2 what stands outside is included', () => {
  test('E2 the user first sees how many messages, to whom; each invoice then starts at step 1', async () => {
    const world = await makeWorld();
    const brun = await world.customer('Atelier Brun');
    const petit = await world.customer('Petit Fils');
    const { 'J+40': forty, 'J+7': seven } = await world.lateBy(brun, 7, 40);
    const sixty = (await world.lateBy(petit, 60))['J+60'];
    await world.sequence('Nouvelle', [{ at: 5 }, { at: 20 }], { makeDefault: true });
    await world.run();
    const include = [forty!, seven!, sixty!];
    const preview = await world.preview(world.today, include);
    const foreseen = preview.reminders.map(({ customerId, invoiceNumbers, level, leavesOn }) => [
      customerId,
      invoiceNumbers.join(),
      level,
      leavesOn,
    ]);
    expect(foreseen.sort()).toEqual(
      [
        [brun, 'J+40', 1, world.today],
        [brun, 'J+7', 1, world.today],
        [petit, 'J+60', 1, world.today],
      ].sort(),
    );
    await world.expectNothing();
    expect(await world.outside()).toHaveLength(3);

    expect(value(await includeOutside(world.context, world.acting, { invoiceIds: include }))).toEqual({ included: 3 });
    await world.run();
    expect(await left(world)).toEqual(['R1 J+40', 'R1 J+60', 'R1 J+7']);
    expect(await world.outside()).toEqual([]);
    await world.run('2026-02-24');
    expect(await left(world)).toHaveLength(3);
    await world.run('2026-02-25');
    expect(await left(world)).toEqual(['R1 J+40', 'R1 J+60', 'R1 J+7', 'R2 J+40', 'R2 J+60', 'R2 J+7']);
  });

  test('E2 what is not chosen stays outside; including twice changes nothing', async () => {
    const world = await makeWorld();
    const { 'J+40': forty } = await world.lateBy(await world.customer(), 30, 40);
    await world.sequence('Nouvelle', [{ at: 5 }], { makeDefault: true });
    await world.run();
    expect((await world.preview(world.today, [forty!])).reminders).toHaveLength(1);
    value(await includeOutside(world.context, world.acting, { invoiceIds: [forty!] }));
    expect(value(await includeOutside(world.context, world.acting, { invoiceIds: [forty!] }))).toEqual({ included: 0 });
    await world.run();
    await world.run();
    expect(await left(world)).toEqual(['R1 J+40']);
    expect(await world.outside()).toEqual(['J+30']);
  });
});

describe('E3 moved to another sequence: J+10, J+30, J+60 (formal)', () => {
  const other: StepSketch[] = [{ at: 10 }, { at: 30 }, { at: 60, formalNotice: true }];

  test('E3 at J+25 after J+5 and J+15 were sent: J+30 is next, then the formal notice', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 15 }, { at: 50 }]);
    const { sequenceId } = await world.sequence('Autre', other);
    await world.runDays(5, 25);
    await world.enrol([customer], sequenceId);
    expect(await world.next('F-1')).toBe('J+30 R2');
    await world.runDays(25, 70, { approve: true });
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+15 R2 F-1', 'J+30 R2 F-1', 'J+60 R3 F-1']);
  });

  test('E3 moved with nothing sent: J+10', async () => {
    const { world, customer } = await oneInvoice([{ at: 40 }, { at: 50 }]);
    const { sequenceId } = await world.sequence('Autre', other);
    await world.runDays(20, 25);
    await world.enrol([customer], sequenceId);
    await world.runDays(25, 46);
    expect(await world.diary()).toEqual(['J+25 R1 F-1', 'J+45 R2 F-1']);
  });

  test('E3 moved with nothing sent, and no run since it was enrolled: J+10 all the same', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 15 }]);
    const { sequenceId } = await world.sequence('Autre', other);
    await world.clock(world.J(25));
    await world.enrol([customer], sequenceId);
    await world.run();
    expect(await world.diary()).toEqual(['J+25 R1 F-1']);
  });

  test('Rule 11 the formal notice is not taken by an invoice for which nothing lower left: the last step below is, then the notice', async () => {
    const { world, customer, invoice } = await oneInvoice([{ at: 5 }]);
    await world.invoice(customer, { number: 'F-2' });
    value(
      await pauseDunning(world.context, world.acting, { invoiceId: invoice, reason: 'à voir', untilOn: world.J(44) }),
    );
    await world.runDays(5, 6);
    const { sequenceId } = await world.sequence('Autre', other);
    await world.clock(world.J(45));
    await world.enrol([customer], sequenceId);
    await world.runDays(45, 80, { approve: true });
    // F-2 had its reminder: the formal notice, which is not past, is its next step. F-1 had none: J+30 first.
    expect(await world.diary()).toEqual(['J+5 R1 F-2', 'J+45 R2 F-1', 'J+60 R3 F-2', 'J+75 R3 F-1']);
  });

  test('Rule 11 nothing left to take: it ends with that reason', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 15 }]);
    const { sequenceId } = await world.sequence('Autre', [{ at: 10 }, { at: 20 }]);
    await world.runDays(5, 15);
    await world.clock(world.J(21));
    await world.enrol([customer], sequenceId);
    await world.runDays(21, 60);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+15 R2 F-1']);
    expect(await world.explain('F-1')).toMatchObject({
      receivables: [{ verdict: 'end', reason: { code: 'nothing-left-to-take' } }],
    });
  });

  test('Rule 11 moved there and back: steps taken are history, and so are those missed in between', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 15 }, { at: 50 }]);
    const { sequenceId } = await world.sequence('Autre', [{ at: 30 }, { at: 90 }]);
    await world.run(world.J(5));
    await world.clock(world.J(10));
    await world.enrol([customer], sequenceId);
    await world.run(world.J(30));
    await world.clock(world.J(40));
    await world.enrol([customer], world.sequenceId);
    await world.runDays(40, 60);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+30 R1 F-1', 'J+50 R3 F-1']);
  });

  test('Rule 11 a message of the first sequence that still waits is not sent any more', async () => {
    const { world, customer, invoice } = await oneInvoice([{ at: 5, requiresApproval: true }, { at: 15 }]);
    const { sequenceId } = await world.sequence('Autre', other);
    await world.run(world.J(5));
    expect(await world.waiting()).toHaveLength(1);
    await world.enrol([customer], sequenceId);
    expect(await world.waiting()).toEqual([]);
    await world.runDays(5, 11);
    expect(await world.diary()).toEqual(['J+10 R1 F-1']);
    expect(await world.history(invoice)).toContain('reminder.dropped: customer-moved');
  });

  test('Rule 11 enrolled again in the sequence that it is in, a customer stays where it stands', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 15 }]);
    value(
      await pauseDunning(world.context, world.acting, { customerId: customer, reason: 'congés', untilOn: world.J(30) }),
    );
    await world.run(world.J(20));
    await world.enrol([customer], world.sequenceId);
    value(
      await saveSequence(world.context, world.acting, {
        id: world.sequenceId,
        title: 'Test',
        steps: [5, 15].map((offsetDays, index) => ({
          id: world.stepIds[index],
          level: index + 1,
          name: `R${index + 1}`,
          offsetDays,
        })),
        makeDefault: true,
      }),
    );
    await world.runDays(31, 45);
    expect(await world.diary()).toEqual(['J+31 R1 F-1', 'J+41 R2 F-1']);
  });

  test('Rule 11 moved on the day on which a message left: the other sequence waits for the next day', async () => {
    const { world, customer } = await oneInvoice([{ at: 25 }]);
    const { sequenceId } = await world.sequence('Autre', [{ at: 20 }, { at: 25 }, { at: 40 }]);
    await world.run(world.J(25));
    await world.enrol([customer], sequenceId);
    await world.runDays(25, 28);
    expect(await world.diary()).toEqual(['J+25 R1 F-1', 'J+26 R2 F-1']);
  });
});

describe('E4 a step is added before the one that an invoice waits for', () => {
  const added = [{ at: 5, was: 0 }, { at: 12 }, { at: 20, was: 1 }];

  test('E4 added before its day: it is taken', async () => {
    const { world } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.runDays(5, 10);
    await world.changeSteps(added);
    await world.runDays(10, 21);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+12 R2 F-1', 'J+20 R3 F-1']);
  });

  test('E4 added on its very day: it is not past, and is taken', async () => {
    const { world } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.runDays(5, 12);
    await world.changeSteps(added);
    await world.runDays(12, 21);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+12 R2 F-1', 'J+20 R3 F-1']);
  });

  test('E4 added when its day is past: it is not taken', async () => {
    const { world } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.runDays(5, 13);
    await world.changeSteps(added);
    await world.runDays(13, 36);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R3 F-1']);
  });
});

describe('E6 the customer has delays of its own', () => {
  test('E6 first after 10 days, then every 7: they replace the days of the steps', async () => {
    const world = await makeWorld({ steps: [{ at: -3 }, { at: 5 }, { at: 20 }, { at: 40 }] });
    await world.invoice(await world.customer('Atelier Brun', { delaysDays: [10, 7] }));
    await world.runDays(-3, 40);
    expect(await world.diary()).toEqual(['J-3 R0 F-1', 'J+10 R1 F-1', 'J+17 R2 F-1', 'J+24 R3 F-1']);
  });

  test('E6 each delay is counted from the day the one before left', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }, { at: 40 }] });
    await world.invoice(await world.customer('Atelier Brun', { delaysDays: [10, 7] }));
    await world.runDays(13, 40);
    expect(await world.diary()).toEqual(['J+13 R1 F-1', 'J+20 R2 F-1', 'J+27 R3 F-1']);
  });

  test('E6 given on the way, they move the next step', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.run(world.J(5));
    value(await saveCustomer(world.context, world.acting, { id: customer, delaysDays: [5, 3] }));
    await world.runDays(6, 8);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+8 R2 F-1']);
  });
});

describe('E7 what is not to be dunned', () => {
  test('E7 a draft, an invoice to process and a quote are never in a run, whatever their dates', async () => {
    const world = await makeWorld({ steps: [{ at: -3 }, { at: 5 }, { at: 20 }] });
    const customer = await world.customer();
    const reasons = { draft: 'draft', to_process: 'to-process', quote: 'quote' } as const;
    for (const status of ['draft', 'to_process', 'quote'] as const)
      await world.invoice(customer, { number: status, status });
    for (const days of [-3, 5, 20, 100]) await world.run(world.J(days));
    await world.expectNothing();
    for (const status of ['draft', 'to_process', 'quote'] as const)
      expect(await world.reasonOf(status)).toBe(reasons[status]);
  });

  test('E7 rule 10 a draft that is issued at J+12 arrives that day and enters; one issued at J+40 is listed', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const customer = await world.customer();
    const early = await world.invoice(customer, { status: 'draft' });
    const late = await world.invoice(customer, { status: 'draft' });
    await world.run(world.J(12));
    await world.change(early, { status: 'issued' });
    await world.run(world.J(13));
    expect(await world.diary()).toEqual(['J+13 R1 F-1']);
    await world.clock(world.J(40));
    await world.change(late, { status: 'issued' });
    await world.run(world.J(41));
    expect(await world.diary()).toEqual(['J+13 R1 F-1']);
    expect(await world.outside()).toEqual(['F-2']);
  });

  test('E7 an invoice collected by direct debit: not until the debit is returned', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    const debit = await world.invoice(customer, { number: 'P-1', directDebit: true });
    await world.runDays(0, 9);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    expect(await world.reasonOf('P-1')).toBe('direct-debit');
    await world.change(debit, { debitReturnedOn: world.J(9) });
    await world.runDays(9, 25);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+9 R1 P-1', 'J+20 R2 F-1', 'J+24 R2 P-1']);
  });
});

test('E8 an invoice without a due date is never in a run, and is shown as one to complete; with its date it is dunned', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const invoice = await world.invoice(await world.customer(), { dueOn: null, issuedOn: world.J(-30) });
  for (const days of [0, 5, 60]) await world.run(world.J(days));
  await world.expectNothing();
  expect(await world.explain('F-1')).toMatchObject({
    receivables: [{ dueOn: null, verdict: 'hold', reason: { code: 'no-due-date' } }],
  });
  await world.change(invoice, { dueOn: world.J(60) });
  await world.runDays(60, 65);
  expect(await world.diary()).toEqual(['J+65 R1 F-1']);
});

describe('E11 an invoice that arrives late in a running sequence (first step J+5)', () => {
  test('E11 at J+12: step 1 on the next run; at J+40: listed, not sent', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    await world.run();
    await world.lateBy(await world.customer(), 12, 40);
    await world.run();
    expect(await left(world)).toEqual(['R1 J+12']);
    expect(await world.outside()).toEqual(['J+40']);
  });

  test('E11 at most 15 days past the first step: J+20 enters, J+21 does not', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 30 }] });
    await world.lateBy(await world.customer(), 20, 21);
    await world.run();
    expect(await left(world)).toEqual(['R1 J+20']);
    expect(await world.outside()).toEqual(['J+21']);
  });

  test('E11 the fifteen days are a setting', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    value(await changeCompany(world.context, world.acting, { lateEntryDays: 2 }));
    await world.lateBy(await world.customer(), 7, 8);
    await world.run();
    expect(await left(world)).toEqual(['R1 J+7']);
    expect(await world.outside()).toEqual(['J+8']);
  });
});

describe('E12 the level is set by hand', () => {
  test('E12 level 2 set at J+6: step 3 is next, on its day', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }, { at: 40 }]);
    await world.runDays(5, 6);
    value(await setLevel(world.context, world.acting, { invoiceIds: [invoice], level: 2 }));
    expect(await world.next('F-1')).toBe('J+40 R3');
    await world.runDays(6, 41);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+40 R3 F-1']);
  });

  test('E12 not before today plus the gap between 2 and 3: set at J+30, step 3 is due at J+50', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }, { at: 40 }]);
    await world.clock(world.J(30));
    value(await setLevel(world.context, world.acting, { invoiceIds: [invoice], level: 2 }));
    await world.runDays(30, 51);
    expect(await world.diary()).toEqual(['J+50 R3 F-1']);
  });

  test('E12 back to R0: nothing is sent again', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.runDays(5, 20);
    for (const level of [2, 0]) value(await setLevel(world.context, world.acting, { invoiceIds: [invoice], level }));
    await world.runDays(20, 60);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1']);
  });

  test('E12 back to R0 from a level that was only said: what left is not sent again, what never left is next', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.runDays(5, 6);
    for (const level of [2, 0]) value(await setLevel(world.context, world.acting, { invoiceIds: [invoice], level }));
    await world.runDays(6, 21);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1']);
  });

  test('E12 step 1 waits for approval when level 2 is set: it is not sent any more, step 3 is next', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5, requiresApproval: true }, { at: 20 }, { at: 40 }]);
    await world.runDays(5, 6);
    expect(await world.waiting()).toHaveLength(1);
    value(await setLevel(world.context, world.acting, { invoiceIds: [invoice], level: 2 }));
    expect(await world.waiting()).toEqual([]);
    await world.runDays(6, 41);
    expect(await world.diary()).toEqual(['J+40 R3 F-1']);
  });

  test('E12 a reminder made elsewhere counts as its step, from its day', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.clock(world.J(2));
    value(
      await markReminded(world.context, world.acting, {
        invoiceId: invoice,
        stepId: world.stepIds[0]!,
        note: 'par téléphone',
      }),
    );
    await world.runDays(2, 20);
    expect(await world.diary()).toEqual(['J+2 R1 F-1', 'J+20 R2 F-1']);
  });
});

test('Rule 5 started anew, a step is free for a reminder made elsewhere, though it left in the pass before', async () => {
  const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }]);
  await world.run(world.J(5));
  value(await startAnew(world.context, world.acting, { invoiceIds: [invoice] }));
  const input = { invoiceId: invoice, stepId: world.stepIds[0]!, note: 'par téléphone' };
  value(await markReminded(world.context, world.acting, input));
  expect(await markReminded(world.context, world.acting, input)).toMatchObject({ fault: { code: 'conflict' } });
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+5 R1 F-1']);
});

describe('Rule 2 bounds are inclusive', () => {
  test('Rule 2 a pause until D includes D; on D+1 the step that is due leaves', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }]);
    value(
      await pauseDunning(world.context, world.acting, {
        invoiceId: invoice,
        reason: 'vérification',
        untilOn: world.J(9),
      }),
    );
    await world.runDays(5, 9);
    await world.expectNothing();
    expect(await world.reasonOf('F-1')).toBe('paused');
    await world.run(world.J(10));
    expect(await world.diary()).toEqual(['J+10 R1 F-1']);
  });

  test('Rule 2 a pause of the whole sequence holds everyone, and what waited leaves when it is lifted', async () => {
    const { world } = await oneInvoice([{ at: 5 }]);
    value(await pauseDunning(world.context, world.acting, { sequenceId: world.sequenceId, reason: 'août' }));
    await world.runDays(5, 8);
    await world.expectNothing();
    value(await resumeDunning(world.context, world.acting, { sequenceId: world.sequenceId }));
    await world.run(world.J(9));
    expect(await world.diary()).toEqual(['J+9 R1 F-1']);
  });

  test('Rule 2 a pause that begins later leaves alone what is due before it', async () => {
    const { world, customer } = await oneInvoice([{ at: 5 }, { at: 10 }, { at: 15 }]);
    value(
      await pauseDunning(world.context, world.acting, {
        customerId: customer,
        reason: 'congés',
        fromOn: world.J(8),
        untilOn: world.J(12),
      }),
    );
    await world.runDays(5, 30);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+13 R2 F-1', 'J+18 R3 F-1']);
  });
});

describe('Rule 3 age is that of what is still unpaid', () => {
  test('Rule 3 moving a due date keeps the steps taken and moves the next ones', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }, { at: 40 }]);
    await world.runDays(5, 10);
    await world.change(invoice, { dueOn: world.J(15) });
    await world.runDays(10, 56);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+35 R2 F-1', 'J+55 R3 F-1']);
  });

  test('Rule 3 moved earlier, the next step keeps its gap from the one that left', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.runDays(5, 6);
    await world.change(invoice, { dueOn: world.J(-30) });
    await world.runDays(6, 21);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1']);
  });

  test('Rule 3 the due date moves while step 1 waits for approval: it waits for its new day', async () => {
    const { world, invoice } = await oneInvoice([
      { at: 5, requiresApproval: true },
      { at: 20, requiresApproval: true },
    ]);
    await world.run(world.J(5));
    await world.change(invoice, { dueOn: world.J(30) });
    expect(await world.waiting()).toEqual([]);
    await world.runDays(5, 34, { approve: true });
    await world.expectNothing();
    await world.runDays(35, 36, { approve: true });
    expect(await world.diary()).toEqual(['J+35 R1 F-1']);
  });

  test('Rule 3 an invoice that stood outside for its age enters when its due date is moved to the future', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const invoice = await world.invoice(await world.customer(), { dueOn: world.J(-90) });
    await world.run();
    expect(await world.outside()).toEqual(['F-1']);
    await world.change(invoice, { dueOn: world.J(0) });
    expect(await world.outside()).toEqual([]);
    await world.runDays(0, 5);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
  });

  test('Rule 3 a payment entered on an invoice goes to its earliest instalment first; the other keeps its own ladder', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    const customer = await world.customer();
    const instalments = [
      { dueOn: world.J(30), amountMinor: 6_000 },
      { dueOn: world.J(0), amountMinor: 4_000 },
    ];
    const invoice = await world.invoice(customer, { totalMinor: 10_000, instalments });
    await world.run(world.J(5));
    expect(await world.received()).toMatchObject([{ level: 1, askedMinor: 4_000 }]);
    await world.pay(customer, 5_000, invoice);
    const { receivables } = await world.explain('F-1');
    expect(receivables.map(({ dueOn, openMinor }) => [dueOn, openMinor]).sort()).toEqual([
      [world.J(0), 0],
      [world.J(30), 5_000],
    ]);
    await world.runDays(6, 50);
    expect((await world.received()).map(({ day, level, askedMinor }) => [day, level, askedMinor])).toEqual([
      [world.J(5), 1, 4_000],
      [world.J(35), 1, 5_000],
      [world.J(50), 2, 5_000],
    ]);
  });
});

describe('Rule 4 a step is taken once', () => {
  test('Rule 4 refused by a person: skipped, the sequence goes on', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5, requiresApproval: true }, { at: 20 }]);
    await world.run(world.J(10));
    const [waiting] = await world.waiting();
    value(await refuseReminder(world.context, world.acting, { reminderId: waiting!.reminderId, reason: 'bon client' }));
    await world.runDays(10, 25);
    expect(await world.diary()).toEqual(['J+20 R2 F-1']);
    expect(await world.history(invoice)).toContain('reminder.refused');
  });

  test('Rule 4 below its minimum on the day: skipped, the sequence goes on at its day', async () => {
    const { world } = await oneInvoice([{ at: 5, minimums: { EUR: 10_001 } }, { at: 20 }, { at: 40 }]);
    await world.runDays(5, 41);
    expect(await world.diary()).toEqual(['J+20 R2 F-1', 'J+40 R3 F-1']);
  });

  test('Rule 4 postponed: the same item on a new day, and it leaves by itself where no approval is asked', async () => {
    const { world } = await oneInvoice([{ at: 5 }, { at: 20 }]);
    await world.plan(world.J(5));
    const [ready] = await world.ready();
    value(await postponeReminder(world.context, world.acting, { reminderId: ready!.reminderId, until: world.J(12) }));
    await world.runDays(5, 30);
    expect(await world.diary()).toEqual(['J+12 R1 F-1', 'J+27 R2 F-1']);
    expect((await world.received())[0]!.reminderId).toBe(ready!.reminderId);
  });

  test('Rule 4 waiting for approval holds back the next steps', async () => {
    const { world } = await oneInvoice([{ at: 5, requiresApproval: true }, { at: 20 }]);
    await world.runDays(5, 45);
    expect(await world.diary()).toEqual([]);
    expect(await world.waiting()).toHaveLength(1);
    expect(await world.reasonOf('F-1')).toBe('waits-for-approval');
  });

  test('Rule 4 the database itself refuses a second item of the same step and pass', async () => {
    const { world } = await oneInvoice([{ at: 5 }]);
    await world.run(world.J(5));
    const again = (state: 'open' | 'dropped') =>
      world.inside(async (tx) => {
        const item = await tx.selectFrom('item').selectAll().executeTakeFirstOrThrow();
        await tx
          .insertInto('item')
          .values({ ...item, id: newId(), state, left_on: null, reason: null })
          .execute();
      });
    await expect(again('open')).rejects.toMatchObject({ code: '23505', constraint: 'item_once' });
    await again('dropped');
  });

  test('Rule 4 a dispute while it waits: dropped, free again, and it leaves once the dispute is closed', async () => {
    const { world, invoice } = await oneInvoice([{ at: 5, requiresApproval: true }]);
    await world.run(world.J(5));
    value(await openDispute(world.context, world.acting, { invoiceId: invoice, reason: 'quantité' }));
    expect(await world.waiting()).toEqual([]);
    await world.runDays(5, 9, { approve: true });
    await world.expectNothing();
    value(await closeDispute(world.context, world.acting, { invoiceId: invoice }));
    await world.runDays(10, 12, { approve: true });
    expect(await world.diary()).toEqual(['J+10 R1 F-1']);
  });
});

describe('Rule 5 a pass is raised only by a person', () => {
  const steps = [{ at: 5 }, { at: 20 }];

  test('Rule 5 a payment that the bank takes back: the receivable goes on where it stood', async () => {
    const { world, customer, invoice } = await oneInvoice(steps);
    await world.run(world.J(5));
    const payment = await world.pay(customer, 10_000, invoice);
    await world.run(world.J(20));
    await world.clock(world.J(25));
    await world.bounce(payment);
    await world.runDays(25, 60);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+25 R2 F-1']);
  });

  test('Rule 5 a payment unmatched: its money is a credit, and the receivable goes on where it stood', async () => {
    const { world, customer, invoice } = await oneInvoice(steps);
    await world.run(world.J(5));
    const paymentId = await world.pay(customer, 4_000, invoice);
    value(await undoAllocations(world.context, world.acting, { paymentId }));
    await world.runDays(6, 30);
    expect((await world.received()).map(({ day, level, askedMinor }) => [day, level, askedMinor])).toEqual([
      [world.J(5), 1, 10_000],
      [world.J(20), 2, 6_000],
    ]);
  });

  test('Rule 5 a pause and an edit of the invoice keep the pass', async () => {
    const { world, invoice } = await oneInvoice(steps);
    await world.run(world.J(5));
    value(await pauseDunning(world.context, world.acting, { invoiceId: invoice, reason: 'à voir' }));
    await world.run(world.J(22));
    value(await resumeDunning(world.context, world.acting, { invoiceId: invoice }));
    await world.change(invoice, { paymentMethod: 'chèque', type: 'final' });
    await world.runDays(23, 50);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+23 R2 F-1']);
  });

  test('Rule 5 taken out of its sequence and put back: the receivable goes on where it stood', async () => {
    const { world, customer } = await oneInvoice(steps);
    await world.run(world.J(5));
    await leave(world, customer);
    await world.runDays(6, 30);
    expect(await world.reasonOf('F-1')).toBe('no-sequence');
    value(await enrolCustomers(world.context, world.acting, { customerIds: [customer], enrolment: 'default' }));
    await world.runDays(30, 60);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+30 R2 F-1']);
  });

  test('Rule 5 started anew by a person: every step once more, from the first', async () => {
    const { world, invoice } = await oneInvoice(steps);
    await world.runDays(5, 25);
    value(await startAnew(world.context, world.acting, { invoiceIds: [invoice] }));
    await world.runDays(25, 60);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1', 'J+25 R1 F-1', 'J+40 R2 F-1']);
  });
});

describe('Rule 7 credits that are not allocated', () => {
  test('Rule 7 they are set against the oldest receivables of their currency, and stored nowhere', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const customer = await world.customer();
    await world.invoice(customer, { number: 'USD', dueOn: world.J(-2), currency: 'USD' });
    await world.invoice(customer, { number: 'OLD', dueOn: world.J(-1) });
    await world.invoice(customer, { number: 'NEW', dueOn: world.J(0) });
    await world.pay(customer, 14_000);
    await world.runDays(3, 5);
    expect((await world.received()).map(({ invoices, askedMinor }) => [invoices[0], askedMinor])).toEqual([
      ['USD', 10_000],
      ['NEW', 6_000],
    ]);
    expect(await world.reasonOf('OLD')).toBe('covered-by-credits');
    expect((await world.explain('OLD')).receivables).toMatchObject([{ openMinor: 10_000, askedMinor: 0 }]);
  });

  test('Rule 7 where they cover everything nothing is sent, the person in charge is told once, and one act allocates', async () => {
    const { world, customer, invoice } = await oneInvoice([{ at: 5 }]);
    const paymentId = await world.pay(customer, 12_000);
    await world.runDays(5, 8);
    await world.expectNothing();
    expect((await world.history(invoice)).filter((line) => line.startsWith('credit.covers-everything'))).toHaveLength(
      1,
    );
    expect(
      value(await allocateCredit(world.context, world.acting, { paymentId, to: [{ invoiceId: invoice }] })),
    ).toEqual({ leftMinor: 2_000 });
    expect(await world.reasonOf('F-1')).toBe('settled');
  });

  test('Rule 7 a minimum is compared with what is asked for', async () => {
    const { world, customer } = await oneInvoice([{ at: 5, minimums: { EUR: 9_000 } }]);
    await world.pay(customer, 1_001);
    await world.run(world.J(5));
    await world.expectNothing();
  });
});

test('Rule 8 the minimum is looked at once more when a waiting message is approved: below it now, the step is skipped', async () => {
  const { world, customer, invoice } = await oneInvoice([
    { at: 5, minimums: { EUR: 5_000 }, requiresApproval: true },
    { at: 20 },
  ]);
  await world.run(world.J(5));
  await world.pay(customer, 5_001, invoice);
  await world.runDays(5, 20, { approve: true });
  expect(await world.diary()).toEqual(['J+20 R2 F-1']);
});

test('Rule 1 nobody’s first message is the formal notice: where the steps below were skipped, it is held and says why', async () => {
  const { world } = await oneInvoice([
    { at: 5, minimums: { EUR: 20_000 } },
    { at: 30, formalNotice: true },
  ]);
  await world.runDays(5, 40, { approve: true });
  await world.expectNothing();
  expect(await world.explain('F-1')).toMatchObject({
    receivables: [{ verdict: 'hold', reason: { code: 'formal-notice-first' } }],
  });
});
