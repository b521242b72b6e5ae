// What "Aujourd'hui" rests on: what is ready can be held back until a connection has begun it, when it leaves is said, what waits
// too long is signalled, and tasks come up on their day.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addFile } from '../../src/app/add-file.ts';
import { browseReminders } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { companyStatus } from '../../src/app/company-status.ts';
import { approveReminders, postponeReminder } from '../../src/app/decide-reminders.ts';
import { holdBack } from '../../src/app/hold-back.ts';
import { browseTasks, changeTask, createTask, deleteTask, setTaskDone } from '../../src/app/keep-tasks.ts';
import { sendReminder } from '../../src/app/remind-invoice.ts';
import { remindMany } from '../../src/app/remind-many.ts';
import { throwAwaySample } from '../../src/app/sample-company.ts';
import { workOperation } from '../../src/app/work-operations.ts';
import { sendingDaysSince, waitingTooLongFrom, weekdaysOnly } from '../../src/core/calendar.ts';
import { digestMessage } from '../../src/core/digest.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const hold = async (world: World, reminderIds?: string[]) =>
  value(await holdBack(world.context, world.acting, { reminderIds }));

test('what is held back does not leave until it is approved again; then it leaves once', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const [first, second] = [await world.customer('Brun'), await world.customer('Kerbrat')];
  const invoice = await world.invoice(first);
  await world.invoice(second);
  await world.plan(world.J(5));
  const [one, other] = await world.ready();
  expect(await hold(world, [one!.reminderId])).toEqual({ held: [one!.reminderId], gone: 0 });
  await world.deliver();
  expect(await world.diary()).toEqual(['J+5 R1 F-2']);
  await world.runDays(6, 7);
  expect((await world.waiting()).map((row) => row.reminderId)).toEqual([one!.reminderId]);
  // What has left, and what waits already, is not held back.
  expect(await hold(world, [one!.reminderId, other!.reminderId])).toEqual({ held: [], gone: 2 });
  value(await approveReminders(world.context, world.acting, { reminderIds: [one!.reminderId] }));
  await world.deliver();
  expect(await world.diary()).toEqual(['J+5 R1 F-2', 'J+7 R1 F-1']);
  expect(await world.history(invoice)).toContain('reminder.held-back');
});

test('all that is about to leave is held back at once, but for what is postponed', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  for (const name of ['Brun', 'Kerbrat', 'Odet']) await world.invoice(await world.customer(name));
  await world.plan(world.J(5));
  const [postponed] = await world.ready();
  value(await postponeReminder(world.context, world.acting, { reminderId: postponed!.reminderId, until: world.J(9) }));
  expect((await hold(world)).held).toHaveLength(2);
  expect(await world.ready()).toHaveLength(1);
  expect(await hold(world)).toEqual({ held: [], gone: 0 });
});

test('a message in a connection’s hands leaves; one that is only claimed is held back, and is not begun any more', async () => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: [{ at: 5 }], instant: '2026-03-01T11:00:00Z' });
  for (const name of ['Brun', 'Kerbrat']) await world.invoice(await world.customer(name));
  await world.goLive(server.port, '2026-03-01T12:00:00Z', { connections: 1 });
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds }));
  const sent: string[] = [];
  let answer: Awaited<ReturnType<typeof hold>> | null = null;
  world.worker.openSender = () => ({
    send: async ({ to, mayLeave }) => {
      if (!(await mayLeave)) return { kind: 'refused-for-now', answer: 'it may not leave' };
      answer ??= await hold(world);
      sent.push(...to);
      return { kind: 'accepted', answer: '250 ok' };
    },
    close: async () => {},
  });
  await world.deliver();
  expect(answer).toMatchObject({ held: [expect.any(String)], gone: 1 });
  expect(sent).toHaveLength(1);
  expect(await world.received()).toHaveLength(1);
  expect((await world.waiting()).map((one) => one.reminderId)).toEqual(answer!.held);
});

test('when what is ready leaves: at once within the hours, at their beginning before them, on the next sending day after', async () => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: [{ at: 5 }], instant: '2026-03-01T11:00:00Z', weekdays: [1, 2, 3, 4, 5] });
  await world.invoice(await world.customer('Brun'));
  await world.goLive(server.port, '2026-03-01T12:00:00Z');
  const leaving = async (instant: string) => {
    world.at(instant);
    const { messages: _, amounts: __, ...when } = (await companyStatus(world.context, world.acting)).leaving;
    return when;
  };
  // Paris is an hour ahead of UTC until 29 March; the hours are 9 to 18.
  expect(await leaving('2026-03-06T07:18:00Z')).toEqual({
    on: '2026-03-06',
    at: '09:00',
    inMinutes: 42,
    heldBecause: null,
  });
  expect(await leaving('2026-03-06T08:00:00Z')).toEqual({ on: null, at: null, inMinutes: null, heldBecause: null });
  expect(await leaving('2026-03-06T18:00:00Z')).toMatchObject({ on: '2026-03-09', at: '09:00' });
  expect(await leaving('2026-03-07T11:00:00Z')).toMatchObject({ on: '2026-03-09', at: '09:00' });
  // Over the change to summer time it is nine o'clock on the wall all the same.
  expect(await leaving('2026-03-28T23:00:00Z')).toMatchObject({ on: '2026-03-30', inMinutes: 32 * 60 });
  await world.inside((tx) => tx.deleteFrom('mail_server').execute());
  expect(await leaving('2026-03-06T08:00:00Z')).toMatchObject({ heldBecause: 'mail-server-missing' });
});

test('sending days are counted, and only after more than so many has something waited too long', () => {
  const weekdays = weekdaysOnly([1, 2, 3, 4, 5]);
  // Thursday 5 March 2026 to Wednesday 11: Friday, Monday, Tuesday, Wednesday.
  expect(sendingDaysSince(weekdays, '2026-03-05', '2026-03-11')).toBe(4);
  expect(sendingDaysSince(weekdays, '2026-03-06', '2026-03-08')).toBe(0);
  expect(sendingDaysSince(weekdays, '2026-03-11', '2026-03-11')).toBe(0);
  for (const today of ['2026-03-08', '2026-03-09', '2026-03-11', '2026-03-13']) {
    for (const days of [1, 3, 5]) {
      const from = waitingTooLongFrom(weekdays, today, days);
      expect(sendingDaysSince(weekdays, from, today)).toBeGreaterThan(days);
      expect(sendingDaysSince(weekdays, Temporal.PlainDate.from(from).add({ days: 1 }).toString(), today)).toBe(days);
    }
  }
});

test('what waits for approval for more than three sending days is marked and counted; postponed, it begins anew', async () => {
  const world = await makeWorld({ steps: [{ at: 2, requiresApproval: true }], weekdays: [1, 2, 3, 4, 5] });
  await world.invoice(await world.customer('Brun'));
  // Wednesday 4 March; the fourth sending day after it is Tuesday 10.
  await world.run(world.J(2));
  const seen = async () => {
    const [row] = (await browseReminders(world.context, world.acting, { state: 'to_approve', limit: 10 })).rows;
    const { approval } = await companyStatus(world.context, world.acting);
    return [row!.waitsDays, row!.waitsTooLong, approval.tooLong];
  };
  expect(await seen()).toEqual([0, false, 0]);
  await world.run('2026-03-09');
  expect(await seen()).toEqual([3, false, 0]);
  await world.run('2026-03-10');
  expect(await seen()).toEqual([4, true, 1]);
  value(await changeCompany(world.context, world.acting, { approvalWaitDays: 5 }));
  expect(await seen()).toEqual([4, false, 0]);
  value(await changeCompany(world.context, world.acting, { approvalWaitDays: 3 }));
  const [waiting] = await world.waiting();
  value(await postponeReminder(world.context, world.acting, { reminderId: waiting!.reminderId, until: '2026-03-12' }));
  // Until its day it is not among what waits for a person, in no list and in no figure.
  const waits = async (state: 'to_approve' | 'postponed') =>
    (await browseReminders(world.context, world.acting, { state, limit: 10 })).rows.map((row) => row.id);
  expect(await waits('to_approve')).toEqual([]);
  expect(await waits('postponed')).toEqual([waiting!.reminderId]);
  expect(await companyStatus(world.context, world.acting)).toMatchObject({
    toApprove: 0,
    postponed: 1,
    approval: { amounts: [], tooLong: 0 },
  });
  await world.run('2026-03-12');
  expect(await waits('postponed')).toEqual([]);
  expect(await seen()).toEqual([0, false, 0]);
});

test('the morning’s mail says how many have waited too long, and nothing where none has', () => {
  const digest = {
    companyName: 'Kerbrat',
    count: 3,
    amounts: [{ currency: 'EUR', minor: 30_000 }],
    includesThanks: false,
    leavingByThemselves: 0,
    rows: [],
    link: 'https://relance.example/approve',
  };
  const fr = digestMessage({ ...digest, language: 'fr', tooLong: { count: 2, days: 3 } });
  expect(fr.text).toContain('2 attendent depuis plus de 3 jours d’envoi.');
  expect(fr.html).toContain('2 attendent depuis plus de 3 jours d’envoi.');
  const en = digestMessage({ ...digest, language: 'en', tooLong: { count: 1, days: 1 } });
  expect(en.text).toContain('1 has waited for more than 1 sending day.');
  expect(digestMessage({ ...digest, language: 'fr', tooLong: { count: 0, days: 3 } }).text).not.toContain('depuis');
});

test('a task comes up on its day, is done and not done after all, changed, deleted; each stands in the history', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const customerId = await world.customer('Brun');
  const invoiceId = await world.invoice(customerId);
  const due = async () =>
    (await browseTasks(world.context, world.acting, { state: 'open', due: true, limit: 10 })).rows.map(
      (row) => `${row.text} ${row.customerName} ${row.invoiceNumber} ${row.remindInvoiceIds.length}`,
    );
  await world.clock(world.J(5));
  const { taskId } = value(
    await createTask(world.context, world.acting, { customerId, invoiceId, text: ' Rappeler ', dueOn: world.J(12) }),
  );
  expect(await due()).toEqual([]);
  await world.clock(world.J(12));
  expect(await due()).toEqual(['Rappeler Brun F-1 1']);
  value(await changeTask(world.context, world.acting, { taskId, dueOn: world.J(13) }));
  expect(await due()).toEqual([]);
  await world.clock(world.J(20));
  for (const isDone of [true, true]) value(await setTaskDone(world.context, world.acting, { taskId, isDone }));
  expect(await due()).toEqual([]);
  const { rows } = await browseTasks(world.context, world.acting, { state: 'done', invoiceId, limit: 10 });
  expect(rows).toMatchObject([{ id: taskId, doneOn: world.J(20) }]);
  value(await setTaskDone(world.context, world.acting, { taskId, isDone: false }));
  await world.pay(customerId, 10_000, invoiceId);
  // Nothing is owed any more: there is nothing to remind of.
  expect(await due()).toEqual(['Rappeler Brun F-1 0']);
  value(await deleteTask(world.context, world.acting, { taskId }));
  expect((await world.history(invoiceId)).filter((line) => line.startsWith('task.'))).toEqual([
    'task.created',
    'task.changed',
    'task.done',
    'task.undone',
    'task.deleted',
  ]);
});

test('a task is about a customer and its own invoice, for somebody of the company', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const [brun, kerbrat] = [await world.customer('Brun'), await world.customer('Kerbrat')];
  const invoiceId = await world.invoice(kerbrat);
  const make = (input: Partial<Parameters<typeof createTask>[2]>) =>
    createTask(world.context, world.acting, { customerId: brun, text: 'Rappeler', dueOn: world.J(1), ...input });
  expect(await make({ invoiceId })).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  expect(await make({ assignedTo: 'nobody' })).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  expect(await make({ text: '  ' })).toMatchObject({ ok: false, fault: { code: 'invalid-input' } });
  value(await make({}));
});

test('a sample company goes whole, with its tasks, its operations and the files added to its messages', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const customerId = await world.customer('Brun');
  const invoiceId = await world.invoice(customerId);
  await world.run(world.J(2));
  value(await createTask(world.context, world.acting, { customerId, invoiceId, text: 'Rappeler', dueOn: world.J(9) }));
  const { operationId } = value(await remindMany(world.context, world.acting, { invoiceIds: [invoiceId] }));
  await workOperation(world.context, world.acting.companyId, operationId);
  const bytes = Buffer.from('%PDF-1.7');
  const { fileId } = value(await addFile(world.context, world.acting, { invoiceId, name: 'bon.pdf', bytes }));
  value(await sendReminder(world.context, world.acting, { invoiceId, level: 1, fileIds: [fileId], undoSeconds: 0 }));
  await sql`update company set sample = true`.execute(world.database.owner);
  expect(await throwAwaySample(world.context, world.acting)).toBe(true);
  for (const table of ['task', 'operation', 'operation_part', 'reminder_file', 'company'])
    expect((await sql`select from ${sql.table(table)}`.execute(world.database.owner)).rows, table).toEqual([]);
});
