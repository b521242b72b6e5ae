// The second channel: a task, which a person does. It is never handed to a mail server; done, its step is left on that day.

import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { addReadyMadeSequence } from '../../src/app/add-ready-made.ts';
import { browseReminders } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { approveReminders, refuseReminder } from '../../src/app/decide-reminders.ts';
import { runImport } from '../../src/app/import-file.ts';
import { browseTasks, changeTask, deleteTask, setTaskDone } from '../../src/app/keep-tasks.ts';
import { openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { saidInFiles } from '../../src/app/said-in-files.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { enrolCustomers, saveSequence } from '../../src/app/save-sequence.ts';
import { simulateSequence } from '../../src/app/simulate-sequence.ts';
import { examineRows } from '../../src/db/examination.ts';
import type { TaskListRow } from '../../src/db/task.ts';
import { reasonWords, sayReason } from '../../src/words/reasons.ts';
import { messageStates, stateShown } from '../../src/words/values.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

const call: Partial<StepSketch> = { channels: ['task'] };
const mailElseCall: Partial<StepSketch> = { channels: ['email', 'task'] };

/** The tasks of steps that are to do, or were done. */
async function tasks(world: World, state: 'open' | 'done' = 'open'): Promise<TaskListRow[]> {
  const { rows } = await browseTasks(world.context, world.acting, { state, limit: 200 });
  return rows.filter(({ reminder }) => reminder !== null);
}

/** 'R1 F-1 100.00', as it stands in the list of tasks. */
const inShort = (rows: readonly TaskListRow[]): string[] =>
  rows.map(
    ({ reminder }) =>
      `R${reminder!.level} ${reminder!.invoices.map(({ number }) => number).join(' ')} ${(reminder!.askedMinor! / 100).toFixed(2)}`,
  );

const done = (world: World, taskId: string, note?: string) =>
  setTaskDone(world.context, world.acting, { taskId, isDone: true, note });
const undone = (world: World, taskId: string) => setTaskDone(world.context, world.acting, { taskId, isDone: false });

const channels = (world: World): Promise<string[]> =>
  browseReminders(world.context, world.acting, { limit: 200 }).then(({ rows }) =>
    rows.reverse().map(({ channel, level, state }) => `${channel} R${level} ${state}`),
  );

describe('A step that is a task', () => {
  test('waits to be done, holds back the next steps, and is left on the day it is done', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call, taskText: 'Appeler M. Brun' }, { at: 15 }] });
    const invoiceId = await world.invoice(await world.customer('Brun'));
    await world.runDays(4, 25);
    expect(await tasks(world)).toMatchObject([{ text: 'Appeler M. Brun', dueOn: world.J(5), assignedTo: null }]);
    expect(inShort(await tasks(world))).toEqual(['R1 F-1 100.00']);
    expect(await world.diary()).toEqual([]);
    expect(await world.reasonOf('F-1')).toBe('waits-to-be-done');
    value(await done(world, (await tasks(world))[0]!.id, 'Paie vendredi'));
    // The gap of ten days counts from then.
    await world.runDays(25, 34);
    expect(await world.diary()).toEqual(['J+25 R1 F-1']);
    await world.run(world.J(35));
    expect(await world.diary()).toEqual(['J+25 R1 F-1', 'J+35 R2 F-1']);
    expect(await world.history(invoiceId)).toContain('reminder.done');
    const { rows } = await browseReminders(world.context, world.acting, { state: 'left', limit: 10 });
    expect(rows.map(({ channel, task }) => ({ channel, task }))).toEqual([
      { channel: 'email', task: null },
      {
        channel: 'task',
        task: { text: 'Appeler M. Brun', note: 'Paie vendredi', doneBy: { actor: 'test', actorName: null } },
      },
    ]);
  });

  test('says what there is to do in general words where the step does not, in the language of the company', async () => {
    for (const [language, text] of [
      ['fr', 'Relancer par téléphone'],
      ['en', 'Remind by telephone'],
    ] as const) {
      const world = await makeWorld({ language, steps: [{ at: 5, ...call }] });
      await world.invoice(await world.customer('Brun', { language: 'de' }));
      await world.run(world.J(5));
      expect((await tasks(world)).map((task) => task.text)).toEqual([text]);
    }
  });

  test('is for whoever is in charge of the customer, with the number to call', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call, rolesTo: ['accounts_payable', 'main'] }] });
    const contacts = [
      { name: 'Yann', role: 'main' as const, phone: '01 11 11 11 11' },
      { name: 'Lise', role: 'accounts_payable' as const, phone: '02 22 22 22 22' },
    ];
    const customerId = await world.customer('Brun', { contacts });
    await world.member('lise');
    await sql`update customer set in_charge_user_id = 'lise'`.execute(world.database.owner);
    await world.invoice(customerId);
    await world.invoice(await world.customer('Morvan', { contacts: [], phone: '03 33 33 33 33' }));
    await world.run(world.J(5));
    const shown = (await tasks(world)).map(({ assignedTo, reminder }) => [assignedTo, reminder!.phone]);
    expect(shown).toContainEqual(['lise', { name: 'Lise', number: '02 22 22 22 22' }]);
    expect(shown).toContainEqual([null, { name: null, number: '03 33 33 33 33' }]);
  });

  test('waits for nobody’s approval: who does it decides', async () => {
    const world = await makeWorld({
      steps: [{ at: 5, ...call, requiresApproval: true, approvalFrom: { EUR: 1 } }],
    });
    await world.invoice(await world.customer('Brun', { keyAccount: true }));
    await world.run(world.J(5));
    expect(await channels(world)).toEqual(['task R1 to_do']);
  });

  test('is refused with a reason: the step is skipped, and the next comes on its day', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }, { at: 15 }] });
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    const [task] = await tasks(world);
    await world.clock(world.J(8));
    const input = { reminderId: task!.reminder!.id, reason: 'vu au salon' };
    value(await refuseReminder(world.context, world.acting, input));
    // A task is not sent, and not "not sent" either.
    const { rows } = await browseReminders(world.context, world.acting, { limit: 5 });
    expect(rows.map((row) => messageStates.fr[stateShown(row)])).toEqual(['non faite']);
    expect(sayReason(rows[0]!.reason, reasonWords.fr, saidInFiles('fr').writing)).toContain('de ne pas la faire');
    expect(await tasks(world)).toEqual([]);
    await world.runDays(8, 15);
    expect(await world.diary()).toEqual(['J+15 R2 F-1']);
    expect(await done(world, task!.id)).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  });

  test('is not deleted like a task that somebody noted, but can be put off and reworded', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }] });
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    const taskId = (await tasks(world))[0]!.id;
    expect(await deleteTask(world.context, world.acting, { taskId })).toMatchObject({
      ok: false,
      fault: { code: 'task-of-step' },
    });
    value(await changeTask(world.context, world.acting, { taskId, dueOn: world.J(9), text: 'Passer les voir' }));
    expect(await tasks(world)).toMatchObject([{ text: 'Passer les voir', dueOn: world.J(9) }]);
    // A preview takes it that it is done on that day.
    expect((await world.preview(world.J(30))).reminders).toMatchObject([{ leavesOn: world.J(9), channel: 'task' }]);
  });

  test('done by two at once is done once; not done after all, its step is given back', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }, { at: 15 }] });
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    const taskId = (await tasks(world))[0]!.id;
    for (const result of await Promise.all([done(world, taskId), done(world, taskId)])) value(result);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    value(await undone(world, taskId));
    expect(await world.diary()).toEqual([]);
    expect(inShort(await tasks(world))).toEqual(['R1 F-1 100.00']);
    await world.run(world.J(15));
    expect(await world.diary()).toEqual([]);
    value(await done(world, taskId));
    await world.run(world.J(25));
    expect(await world.diary()).toEqual(['J+15 R1 F-1', 'J+25 R2 F-1']);
    // A later step has left: nothing gives the first back.
    expect(await undone(world, taskId)).toMatchObject({ ok: false, fault: { code: 'dunning-went-on' } });
  });

  test('before the due date comes too late after it: it is taken out, and the first reminder has its turn', async () => {
    const world = await makeWorld({ steps: [{ at: -3, ...call }, { at: 0 }, { at: 5 }] });
    await world.invoice(await world.customer());
    await world.runDays(-3, 0);
    expect(inShort(await tasks(world))).toEqual(['R0 F-1 100.00']);
    await world.run(world.J(1));
    expect(await tasks(world)).toEqual([]);
    expect(await world.diary()).toEqual(['J+1 R1 F-1']);
  });
});

describe('What changes a customer takes the task back', () => {
  const openings = {
    paid: async (world: World, customerId: string, invoiceId: string) => {
      await world.pay(customerId, 10_000, invoiceId);
    },
    credited: async (world: World, customerId: string, invoiceId: string) => {
      await world.creditNote(customerId, 10_000, invoiceId);
    },
    disputed: async (world: World, _: string, invoiceId: string) => {
      value(await openDispute(world.context, world.acting, { invoiceId, reason: 'cassé' }));
    },
    paused: async (world: World, customerId: string) => {
      value(await pauseDunning(world.context, world.acting, { customerId, reason: 'congés' }));
    },
    'in no sequence any more': async (world: World, customerId: string) => {
      const input = { customerIds: [customerId], enrolment: 'none' as const };
      value(await enrolCustomers(world.context, world.acting, input));
    },
    'paid by a file of the bank': async (world: World, customerId: string) => {
      value(await saveCustomer(world.context, world.acting, { id: customerId, name: 'Atelier Brun', number: 'C-1' }));
      const rows = `number;customer number;date;amount;invoice number\nV-1;C-1;${world.today};100.00;F-1`;
      const source = { name: 'banque.csv', size: rows.length, stream: Readable.from([Buffer.from(rows)]) };
      const { state } = value(await runImport(world.context, world.acting, { kind: 'payments', source }));
      expect(state).toBe('finished');
    },
    'in a sequence that is paused': async (world: World) => {
      const { sequenceId } = world;
      value(await pauseDunning(world.context, world.acting, { sequenceId, reason: 'inventaire' }));
    },
    'due later': async (world: World, _: string, invoiceId: string) => {
      await world.change(invoiceId, { dueOn: world.J(40) });
    },
  };

  test.each(Object.entries(openings))('%s: it is gone at once, and history says why', async (_, happens) => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }] });
    const customerId = await world.customer();
    const invoiceId = await world.invoice(customerId);
    await world.run(world.J(5));
    expect(await tasks(world)).toHaveLength(1);
    await happens(world, customerId, invoiceId);
    expect(await tasks(world)).toEqual([]);
    expect(await channels(world)).toEqual(['task R1 dropped']);
    expect((await world.history(invoiceId)).some((line) => line.startsWith('reminder.dropped: '))).toBe(true);
  });

  test('paid, then charged back: the step is free, and there is a task again', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }] });
    const customerId = await world.customer();
    const invoiceId = await world.invoice(customerId);
    await world.run(world.J(5));
    const paymentId = await world.pay(customerId, 10_000, invoiceId);
    await world.bounce(paymentId);
    await world.run(world.J(6));
    expect(inShort(await tasks(world))).toEqual(['R1 F-1 100.00']);
  });

  test('paid in part: what stands beside the task is what is owed now', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }] });
    const customerId = await world.customer();
    const invoiceId = await world.invoice(customerId);
    await world.run(world.J(5));
    await world.pay(customerId, 4_000, invoiceId);
    expect(inShort(await tasks(world))).toEqual(['R1 F-1 60.00']);
  });

  test('a message by hand about the same invoice is written, and takes the place of the task', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }] });
    const invoiceId = await world.invoice(await world.customer());
    await world.run(world.J(5));
    value(await prepareReminders(world.context, world.acting, { invoiceIds: [invoiceId], level: 1 }));
    expect(await tasks(world)).toEqual([]);
    expect(await channels(world)).toEqual(['task R1 dropped', 'email R1 to_approve']);
  });
});

describe('S1: channels in order of preference', () => {
  test('S1 a message where there is an address, else a task, which says why; without either it waits', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...mailElseCall }] });
    await world.invoice(await world.customer('Brun'), { number: 'F-MAIL' });
    await world.invoice(await world.customer('Morvan', { contacts: [] }), { number: 'F-CALL' });
    await world.invoice(await world.customer('Petit'), { number: 'F-BLOCKED' });
    await sql`insert into blocked_address (company_id, address, reason, practice, blocked_on, blocked_by)
      select company_id, email, 'bounced', true, '2026-03-01', 'test' from contact where email like 'petit%'`.execute(
      world.database.owner,
    );
    await world.run(world.J(5));
    expect((await world.received()).map(({ invoices }) => invoices)).toEqual([['F-MAIL']]);
    const fallen = await tasks(world);
    expect(inShort(fallen).sort()).toEqual(['R1 F-BLOCKED 100.00', 'R1 F-CALL 100.00']);
    expect(fallen.map(({ reminder }) => reminder!.reason!.code)).toEqual(['step-due-by-task', 'step-due-by-task']);

    const mailOnly = await makeWorld({ steps: [{ at: 5 }] });
    await mailOnly.invoice(await mailOnly.customer('Morvan', { contacts: [] }));
    await mailOnly.run(mailOnly.J(5));
    expect(await mailOnly.reasonOf('F-1')).toBe('no-address');
    expect(await tasks(mailOnly)).toEqual([]);
  });

  test('S1 the address is lost between approval and sending: the message does not leave, and becomes a task', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...mailElseCall, requiresApproval: true }] });
    const customerId = await world.customer('Brun');
    await world.invoice(customerId);
    await world.run(world.J(5));
    const reminderIds = (await world.waiting()).map(({ reminderId }) => reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    value(await saveCustomer(world.context, world.acting, { id: customerId, name: 'Brun', contacts: [] }));
    await world.deliver();
    expect(await channels(world)).toEqual(['email R1 dropped', 'task R1 to_do']);
  });
});

describe('A task among messages', () => {
  test('rule 12: one message and one task a day for a customer, each with its own invoices', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15, ...call }, { at: 30, formalNotice: true }] });
    value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
    await world.clock(world.J(20));
    const customerId = await world.customer();
    const numbered = await world.lateBy(customerId, 5, 6);
    await world.run(world.J(20));
    expect((await world.received()).map(({ invoices }) => invoices)).toEqual([['J+5', 'J+6']]);
    await world.invoice(customerId, { dueOn: world.J(25) });
    await world.run(world.J(30));
    expect(inShort(await tasks(world))).toEqual(['R2 J+6 J+5 200.00']);
    expect((await channels(world)).sort()).toEqual(['email R1 sent', 'email R1 sent', 'task R2 to_do']);
    expect((await world.received()).map(({ invoices }) => invoices)).toEqual([['J+5', 'J+6'], ['F-3']]);
    // One of the two is paid: the task is about the other alone.
    await world.pay(customerId, 10_000, numbered['J+6']!);
    expect(inShort(await tasks(world))).toEqual(['R2 J+5 100.00']);
  });

  test('a cap and a floor count messages, not tasks', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }, { at: 6 }, { at: 7, ...call }, { at: 8 }] });
    value(await changeCompany(world.context, world.acting, { messagesPerWeek: 1 }));
    const customerId = await world.customer();
    await world.invoice(customerId);
    // J+5 is a Saturday: two tasks and one message in that week and the next.
    for (let days = 5; days <= 16; days++) {
      await world.run(world.J(days));
      await world.doTasks();
    }
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+6 R2 F-1', 'J+7 R3 F-1', 'J+8 R4 F-1']);
  });

  test('payments that are not known well enough hold back a call as they do a message', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }] });
    value(await changeCompany(world.context, world.acting, { bankFreshDays: 3, bankFreshLevel: 1 }));
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    expect(await tasks(world)).toEqual([]);
    expect(await world.reasonOf('F-1')).toBe('bank-not-fresh');
  });

  test('a preview and a simulation tell tasks from messages, and are what the days bring', async () => {
    const world = await makeWorld({
      steps: [
        { at: 5, ...call },
        { at: 15, ...mailElseCall },
        { at: 25, ...call },
      ],
    });
    await world.invoice(await world.customer());
    await world.invoice(await world.customer('Morvan', { contacts: [] }));
    await world.clock(world.J(0));
    const foreseen = (await world.preview(world.J(40))).reminders.map(
      ({ leavesOn, channel, level, invoiceNumbers }) => `${leavesOn} ${channel} R${level} ${invoiceNumbers}`,
    );
    const steps = world.stepIds.map((id, index) => ({
      id,
      level: index + 1,
      name: `R${index + 1}`,
      offsetDays: 5 + 10 * index,
    }));
    const { effect } = value(
      await simulateSequence(world.context, world.acting, {
        id: world.sequenceId,
        title: 'Test',
        steps,
        days: 40,
        who: 'enrolled',
      }),
    );
    expect(effect).toMatchObject({ messages: 1, tasks: 5, toApprove: 0, withoutAddress: 0 });
    expect(effect!.days.map(({ day, messages, tasks }) => [day, messages, tasks])).toEqual([
      [world.J(5), 0, 2],
      [world.J(15), 1, 1],
      [world.J(25), 0, 2],
    ]);
    for (let days = 0; days <= 40; days++) {
      await world.run(world.J(days));
      await world.doTasks();
    }
    const { rows } = await browseReminders(world.context, world.acting, { limit: 50 });
    expect(
      rows
        .map(({ leftOn, channel, level, invoices }) => `${leftOn} ${channel} R${level} ${invoices[0]!.number}`)
        .sort(),
    ).toEqual(foreseen.sort());
  });

  test('that waits on a day on which no message leaves is foreseen for that day, on which a person can do it', async () => {
    // Due on a Tuesday: the fifth day after it is a Sunday, the task comes on the Monday; the seventh of February is a Saturday.
    const steps = [{ at: 5, ...call }, { at: 15 }];
    const world = await makeWorld({ steps, weekdays: [1, 2, 3, 4, 5], due: '2026-01-27', today: '2026-01-27' });
    await world.invoice(await world.customer('Brun'));
    await world.run('2026-02-02');
    await world.clock('2026-02-07');
    const foreseen = (await world.preview('2026-02-28')).reminders.map(
      ({ leavesOn, level, channel }) => `${leavesOn} R${level} ${channel}`,
    );
    expect(foreseen).toEqual(['2026-02-07 R1 task', '2026-02-17 R2 email']);
    value(await done(world, (await tasks(world))[0]!.id));
    for (let day = 7; day <= 28; day++) await world.run(`2026-02-${String(day).padStart(2, '0')}`);
    expect((await world.received()).map(({ day, level }) => `${day} R${level}`)).toEqual([
      '2026-02-07 R1',
      '2026-02-17 R2',
    ]);
  });
});

describe('What a task never does', () => {
  test('no delivery picks it, whatever is ready beside it; it has no message to read', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 5, ...call }, { at: 15 }], instant: '2026-03-01T11:00:00Z' });
    await world.goLive(server.port, '2026-03-02T11:00:00Z');
    await world.invoice(await world.customer('Brun'), { dueOn: '2026-03-02' });
    await world.invoice(await world.customer('Morvan'), { dueOn: '2026-03-01' });
    await world.run('2026-03-07');
    await world.deliver();
    expect(server.seen).toEqual([]);
    const toDo = await world.toDo();
    expect(toDo.map(({ invoices }) => invoices)).toEqual([['F-1'], ['F-2']]);
    expect(await readMessage(world.context, world.acting, toDo[0]!.reminderId)).toMatchObject({
      ok: false,
      fault: { code: 'not-found' },
    });
    const reminderIds = toDo.map((one) => one.reminderId);
    expect(value(await approveReminders(world.context, world.acting, { reminderIds })).approved).toBe(0);
    await world.deliver();
    expect(server.seen).toEqual([]);
    expect((await world.toDo()).map(({ reminderId }) => reminderId)).toEqual(reminderIds);
  });

  test('the database itself refuses that it is made ready, claimed or in doubt, and that a message is to be done', async () => {
    const world = await makeWorld({ steps: [{ at: 5, ...call }, { at: 15 }] });
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    for (const state of ['to_approve', 'ready', 'sending', 'failed'])
      await expect(sql`update reminder set state = ${state}`.execute(world.database.owner)).rejects.toThrow(
        /reminder_task_never_mailed/,
      );
    await expect(sql`update reminder set channel = 'email'`.execute(world.database.owner)).rejects.toThrow(
      /reminder_task_never_mailed/,
    );
    expect(
      (await world.inside((tx) => examineRows(tx, world.acting.companyId))).filter(({ count }) => count > 0),
    ).toEqual([]);
  });

  test('a formal notice is written: a task for it is refused, also where the step is one already', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15, ...mailElseCall }] });
    const save = (step: Partial<StepSketch>) =>
      saveSequence(world.context, world.acting, {
        id: world.sequenceId,
        title: 'Test',
        steps: [
          { id: world.stepIds[0], level: 1, name: 'R1', offsetDays: 5 },
          { id: world.stepIds[1], level: 2, name: 'R2', offsetDays: 15, ...step },
        ],
      });
    for (const step of [{}, { channels: ['task' as const] }])
      expect(await save({ ...step, formalNotice: true })).toMatchObject({
        ok: false,
        fault: { code: 'sequence-refused', with: { problem: 'formal-notice-as-task' } },
      });
    value(await save({ formalNotice: true, channels: ['email'] }));
  });

  test('a task of practice is marked, goes when the company goes live, and counts for nothing then', async () => {
    const server = await startMailServer();
    const world = await makeWorld({
      steps: [
        { at: 5, ...call },
        { at: 15, ...call },
      ],
      due: '2026-11-15',
      today: '2026-11-01',
    });
    await world.invoice(await world.customer('Brun'));
    await world.invoice(await world.customer('Morvan'));
    await world.run('2026-11-20');
    const [first] = await tasks(world);
    expect(first!.reminder!.practice).toBe(true);
    value(await done(world, first!.id));
    await world.goLive(server.port, '2026-11-20T11:00:00Z');
    expect(await tasks(world)).toEqual([]);
    expect(await undone(world, first!.id)).toMatchObject({ ok: false, fault: { code: 'dunning-went-on' } });
    await world.run('2026-11-20');
    expect(inShort(await tasks(world)).sort()).toEqual(['R1 F-1 100.00', 'R1 F-2 100.00']);
    expect((await tasks(world)).map(({ reminder }) => reminder!.practice)).toEqual([false, false]);
  });
});

test('“Calls only”: four tasks and not one message, each when the one before it was done', async () => {
  const world = await makeWorld();
  const { sequenceId } = value(await addReadyMadeSequence(world.context, world.acting, { code: 'calls-only' }));
  const customerId = await world.customer();
  await world.enrol([customerId], sequenceId);
  await world.invoice(customerId);
  for (let days = 0; days <= 60; days++) {
    await world.run(world.J(days));
    await world.doTasks();
  }
  expect(await world.diary()).toEqual(['J+3 R1 F-1', 'J+10 R2 F-1', 'J+20 R3 F-1', 'J+35 R4 F-1']);
  expect(new Set((await channels(world)).map((line) => line.split(' ')[0]))).toEqual(new Set(['task']));
  expect((await tasks(world, 'done'))[0]).toMatchObject({
    text: expect.stringMatching(/^Dernier appel/),
    doneOn: world.J(35),
  });
});

test('A step that becomes a letter while its call is to do: the call goes, and never stands for the letter', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20, ...call }] });
  await world.invoice(await world.customer());
  await world.run(world.J(5));
  await world.run(world.J(20));
  expect(inShort(await tasks(world))).toEqual(['R2 F-1 100.00']);
  await world.changeSteps([
    { at: 5, was: 0 },
    { at: 20, was: 1, channels: ['email'], formalNotice: true },
  ]);
  expect(await tasks(world)).toEqual([]);
  await world.run(world.J(21));
  expect(await world.waiting()).toMatchObject([{ level: 2, invoices: ['F-1'] }]);
});
