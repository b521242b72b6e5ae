// What comes after the last step: a task, the step again, a person asked about litigation, or nothing. Never without a person, never
// for what was not sent, never once the money is there.
import { describe, expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { refuseReminder } from '../../src/app/decide-reminders.ts';
import { browseTasks, createTask, deleteTask } from '../../src/app/keep-tasks.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import { startAnew } from '../../src/app/steer-cases.ts';
import type { Ending } from '../../src/core/ending.ts';
import { newId } from '../../src/db/id.ts';
import { makeWorld, type StepSketch, toSteps, value, type World } from '../world/world.ts';

const call: Ending = { kind: 'task', days: 10, text: 'Appeler le client' };
const twice: Ending = { kind: 'repeat', days: 7, times: 2 };
const litigation: Ending = { kind: 'litigation', days: 15 };

async function oneInvoice(ending: Ending, steps: StepSketch[] = [{ at: 5 }, { at: 20 }]) {
  const world = await makeWorld({ steps, ending });
  const customer = await world.customer();
  return { world, customer, invoice: await world.invoice(customer) };
}

const tasks = async (world: World) =>
  (await browseTasks(world.context, world.acting, { state: 'open', limit: 50 })).rows.map(
    ({ text, dueOn, invoiceNumber }) => `${dueOn} ${invoiceNumber} ${text}`,
  );

const end = (world: World, ending: Ending) =>
  saveSequence(world.context, world.acting, {
    id: world.sequenceId,
    title: 'Test',
    ending,
    steps: toSteps([{ at: 5 }, { at: 20 }]).map((step, index) => ({ ...step, id: world.stepIds[index] })),
  });

describe('a task', () => {
  test('of a finished sequence offers no next level; one that was noted before does', async () => {
    const { world, customer, invoice } = await oneInvoice(litigation);
    await world.runDays(5, 20);
    const noted = { customerId: customer, invoiceId: invoice, text: 'Rappeler', dueOn: world.today };
    value(await createTask(world.context, world.acting, noted));
    const offered = async () =>
      (await browseTasks(world.context, world.acting, { state: 'open', limit: 5 })).rows.map(
        ({ text, remindInvoiceIds }) => `${text} ${remindInvoiceIds.length}`,
      );
    expect(await offered()).toEqual(['Rappeler 1']);
    await world.runDays(21, 35);
    expect(await offered()).toEqual(['Rappeler 0', expect.stringMatching(/contentieux.* 0$/)]);
  });

  test('is made once, so many days after the last step has left, and told', async () => {
    const { world, invoice } = await oneInvoice(call);
    await world.runDays(5, 29);
    expect(await tasks(world)).toEqual([]);
    expect(await world.reasonOf('F-1')).toBe('task-to-come');
    await world.run(world.J(30));
    await world.run(world.J(30));
    await world.runDays(31, 40);
    expect(await tasks(world)).toEqual([`${world.J(30)} F-1 Appeler le client`]);
    expect(await world.reasonOf('F-1')).toBe('task-made');
    expect((await world.history(invoice)).filter((type) => type === 'task.created')).toHaveLength(1);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1']);
  });

  test('deleted by a person, it does not come back; started anew, it comes after the last step of that pass', async () => {
    const { world, invoice } = await oneInvoice(call);
    await world.runDays(5, 30);
    const [task] = (await browseTasks(world.context, world.acting, { state: 'open', limit: 5 })).rows;
    value(await deleteTask(world.context, world.acting, { taskId: task!.id }));
    await world.runDays(31, 35);
    expect(await tasks(world)).toEqual([]);
    value(await startAnew(world.context, world.acting, { invoiceIds: [invoice] }));
    await world.runDays(36, 62);
    expect(await tasks(world)).toEqual([`${world.J(61)} F-1 Appeler le client`]);
  });

  test('one for an invoice of two instalments; none for what is paid by then', async () => {
    const { world, customer } = await oneInvoice(call);
    const instalments = [
      { dueOn: world.J(0), amountMinor: 5_000 },
      { dueOn: world.J(0), amountMinor: 5_000 },
    ];
    await world.invoice(customer, { number: 'TWO', instalments });
    const paid = await world.invoice(customer, { number: 'PAID' });
    await world.runDays(5, 25);
    await world.pay(customer, 10_000, paid);
    await world.runDays(26, 32);
    expect(await tasks(world)).toEqual([
      `${world.J(30)} F-1 Appeler le client`,
      `${world.J(30)} TWO Appeler le client`,
    ]);
  });

  test('none after a last step that was refused: it was never sent', async () => {
    const { world } = await oneInvoice(call, [{ at: 5 }, { at: 20, requiresApproval: true }]);
    await world.runDays(5, 20);
    const [waiting] = await world.waiting();
    value(await refuseReminder(world.context, world.acting, { reminderId: waiting!.reminderId, reason: 'geste' }));
    await world.runDays(21, 60);
    expect(await tasks(world)).toEqual([]);
    expect(await world.reasonOf('F-1')).toBe('sequence-finished');
  });

  test('on a day on which the company works, in its language; whoever is in charge has it', async () => {
    const world = await makeWorld({
      due: '2026-03-02',
      language: 'en',
      steps: [{ at: 5 }],
      ending: litigation,
      weekdays: [1, 2, 3, 4, 5],
    });
    const customer = await world.customer();
    await world.invoice(customer);
    await world.member('u1');
    await world.inside((tx) =>
      tx.updateTable('customer').set({ in_charge_user_id: 'u1' }).where('id', '=', customer).execute(),
    );
    await world.runDays(5, 30);
    // Step 1 on Monday the 9th, fifteen days later Tuesday the 24th.
    const { rows } = await browseTasks(world.context, world.acting, { state: 'open', limit: 5 });
    expect(rows).toMatchObject([
      { dueOn: '2026-03-24', text: 'Hand over to litigation?', assignedTo: 'u1', invoiceNumber: 'F-1' },
    ]);
    expect(await world.reasonOf('F-1')).toBe('litigation-proposed');
  });
});

describe('the last step again', () => {
  test('every so many days, so many times, then nothing more', async () => {
    const { world } = await oneInvoice(twice);
    await world.runDays(5, 90);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1', 'J+27 R2 F-1', 'J+34 R2 F-1']);
    expect(await world.reasonOf('F-1')).toBe('sequence-finished');
  });

  test('it stops when the money comes, also while one waits for approval; the next counts from the day on which one left', async () => {
    const { world, customer, invoice } = await oneInvoice(twice, [{ at: 5 }, { at: 20, requiresApproval: true }]);
    await world.runDays(5, 20, { approve: true });
    await world.runDays(21, 30);
    expect(await world.waiting()).toMatchObject([{ level: 2 }]);
    expect((await world.explain('F-1')).receivables[0]!.reason.code).toBe('waits-for-approval');
    await world.approveAll();
    await world.runDays(31, 37);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1', 'J+30 R2 F-1']);
    expect(await world.waiting()).toHaveLength(1);
    await world.pay(customer, 10_000, invoice);
    expect(await world.waiting()).toEqual([]);
    await world.runDays(38, 60);
    expect(await world.diary()).toHaveLength(3);
  });

  test('what waits is dropped when the sequence does not repeat it any more', async () => {
    const { world } = await oneInvoice(twice, [{ at: 5 }, { at: 20, requiresApproval: true }]);
    await world.runDays(5, 20, { approve: true });
    await world.run(world.J(27));
    expect(await world.waiting()).toHaveLength(1);
    value(await end(world, { kind: 'nothing' }));
    await world.run(world.J(28));
    expect(await world.waiting()).toEqual([]);
    expect(await world.reasonOf('F-1')).toBe('sequence-finished');
  });

  test('the database itself refuses the same repetition a second time', async () => {
    const { world } = await oneInvoice(twice);
    await world.runDays(5, 27);
    const again = world.inside(async (tx) => {
      const item = await tx.selectFrom('item').selectAll().where('occurrence', '=', 1).executeTakeFirstOrThrow();
      await tx
        .insertInto('item')
        .values({ ...item, id: newId(), reason: null })
        .execute();
    });
    await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'item_once' });
  });

  test.each<[string, StepSketch[], Ending, string]>([
    ['a formal notice', [{ at: 5 }, { at: 30, formalNotice: true }], twice, 'formal-notice-repeated'],
    ['a notice before the due date', [{ at: -5 }], twice, 'notice-repeated'],
  ])('%s is never repeated: refused', async (_, steps, ending, problem) => {
    const world = await makeWorld();
    const saved = await saveSequence(world.context, world.acting, { title: 'Essai', steps: toSteps(steps), ending });
    expect(saved).toMatchObject({ ok: false, fault: { code: 'sequence-refused', with: { problem } } });
  });
});

test('rule 12 grouped: a repetition stands in the customer’s one message of the day, beside another invoice’s step', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }], ending: { kind: 'repeat', days: 10, times: 1 } });
  value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(customer, { dueOn: world.J(10) });
  await world.runDays(5, 40);
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+15 R1 F-1 F-2', 'J+25 R1 F-2']);
});

test('nothing by surprise: what was finished before is left alone, what comes up later is not', async () => {
  const { world, customer } = await oneInvoice({ kind: 'nothing' });
  await world.invoice(customer, { number: 'YOUNGER', dueOn: world.J(20) });
  await world.runDays(5, 45);
  value(await end(world, { kind: 'repeat', days: 10, times: 1 }));
  await world.runDays(46, 70);
  // F-1 would have been repeated on J+30, long before anybody asked for it.
  expect((await world.diary()).slice(-2)).toEqual(['J+40 R2 YOUNGER', 'J+50 R2 YOUNGER']);
});

test('a preview names whom a person would be asked about, and the days are those of the run', async () => {
  const { world } = await oneInvoice(litigation);
  await world.run(world.J(5));
  const { tasks: foreseen } = await world.preview(world.J(60));
  expect(foreseen).toMatchObject([{ on: world.J(35), invoiceNumber: 'F-1', kind: 'litigation' }]);
  await world.runDays(6, 60);
  expect(await world.asked()).toEqual([`${world.J(35)} F-1`]);
});

describe('steps changed after the last has left', () => {
  const all = [{ at: 5 }, { at: 20 }, { at: 30 }];
  const save = (world: World, steps: (StepSketch & { was: number })[], ending?: Ending) =>
    saveSequence(world.context, world.acting, {
      id: world.sequenceId,
      title: 'Test',
      steps: toSteps(steps).map((step, index) => ({ ...step, id: world.stepIds[steps[index]!.was] })),
      ...(ending === undefined ? {} : { ending }),
    });
  const left = ['J+5 R1 F-1', 'J+20 R2 F-1', 'J+30 R3 F-1'];

  test('the formal notice is taken out and a repetition asked for in one save: nothing of what had finished leaves', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }, { at: 30, formalNotice: true }] });
    await world.invoice(await world.customer());
    await world.runDays(5, 32, { approve: true });
    value(
      await save(
        world,
        [
          { at: 5, was: 0 },
          { at: 20, was: 1 },
        ],
        { kind: 'repeat', days: 7, times: 5 },
      ),
    );
    await world.runDays(33, 60);
    expect(await world.diary()).toEqual(left);
  });

  test('the last is taken out, or another becomes the last: what was repeated already is not repeated again', async () => {
    for (const steps of [
      [
        { at: 5, was: 0 },
        { at: 20, was: 1 },
      ],
      [
        { at: 5, was: 0 },
        { at: 30, was: 2, level: 2 },
        { at: 40, was: 1, level: 3 },
      ],
    ]) {
      const world = await makeWorld({ steps: all, ending: twice });
      await world.invoice(await world.customer());
      await world.runDays(5, 60);
      const repeated = [...left, 'J+37 R3 F-1', 'J+44 R3 F-1'];
      expect(await world.diary()).toEqual(repeated);
      value(await save(world, steps));
      await world.runDays(61, 80);
      expect((await world.diary()).length).toBe(repeated.length);
    }
  });

  test('moved to another sequence and back: the repetition keeps its days after whatever left last', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }], ending: twice });
    const customer = await world.customer();
    await world.invoice(customer);
    await world.runDays(5, 21);
    const other = await world.sequence('Autre', [{ at: 10 }, { at: 24 }]);
    await world.enrol([customer], other.sequenceId);
    await world.runDays(22, 25);
    await world.enrol([customer], world.sequenceId);
    await world.runDays(26, 50);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1', 'J+24 R2 F-1', 'J+31 R2 F-1', 'J+38 R2 F-1']);
  });
});

test('paid, whoever was asked is asked no more; what a person noted stays', async () => {
  const { world, customer, invoice } = await oneInvoice(litigation);
  await world.runDays(5, 35);
  expect(await tasks(world)).toHaveLength(1);
  value(
    await createTask(world.context, world.acting, {
      customerId: customer,
      invoiceId: invoice,
      text: 'Remercier',
      dueOn: world.today,
    }),
  );
  await world.pay(customer, 4_000, invoice);
  expect(await tasks(world)).toHaveLength(2);
  await world.pay(customer, 6_000, invoice);
  expect((await tasks(world)).map((line) => line.split(' ').at(-1))).toEqual(['Remercier']);
  expect(await world.history(invoice)).toContain('task.deleted');
});
