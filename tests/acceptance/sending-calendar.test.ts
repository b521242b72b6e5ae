// The company's own closures, and how many messages one customer gets: what is kept back leaves on the first day that allows it, once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { browseCompanyHistory, browseReminders } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { companyStatus } from '../../src/app/company-status.ts';
import { approveReminders, postponeReminder, refuseReminder, resolveReminder } from '../../src/app/decide-reminders.ts';
import { addClosure, browseClosures, changeClosure, removeClosure } from '../../src/app/keep-closures.ts';
import { pauseTogether } from '../../src/app/pause-together.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { previewRun } from '../../src/app/preview-run.ts';
import { sendReminder } from '../../src/app/remind-invoice.ts';
import { markReminded } from '../../src/app/steer-cases.ts';
import { mondayOf, silentFrom, weekdaysOnly, withClosures } from '../../src/core/calendar.ts';
import { closedOn } from '../../src/core/closure.ts';
import { addDays, type Day, daysBetween } from '../../src/core/day.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const mondayToFriday = [1, 2, 3, 4, 5];

/** Closes from a day to a day, both included. */
const close = async (world: World, fromOn: Day, untilOn: Day, { label = 'Congés', yearly = false } = {}) =>
  value(await addClosure(world.context, world.acting, { fromOn, untilOn, label, yearly })).closureId;

const limit = async (world: World, messagesPerWeek: number | null, daysBetweenMessages: number | null = null) =>
  value(await changeCompany(world.context, world.acting, { messagesPerWeek, daysBetweenMessages }));

describe('A closure of the company', () => {
  test('a step of the summer holidays leaves on the first day after them, once; the next is counted from there', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }], due: '2026-07-30', today: '2026-07-20' });
    await close(world, '2026-08-03', '2026-08-21', { label: 'Congés d’été' });
    await world.invoice(await world.customer());
    expect(await world.next('F-1')).toBe('J+23 R1');
    await world.runDays(-5, 45);
    expect(await world.diary()).toEqual(['J+23 R1 F-1', 'J+38 R2 F-1']);
  });

  test('it ends before a weekend: the step leaves on Monday', async () => {
    const world = await makeWorld({
      steps: [{ at: 5 }],
      weekdays: mondayToFriday,
      due: '2026-06-04',
      today: '2026-06-01',
    });
    await close(world, '2026-06-09', '2026-06-12', { label: 'Inventaire' });
    await world.invoice(await world.customer());
    await world.runDays(0, 20);
    expect((await world.received()).map(({ day }) => day)).toEqual(['2026-06-15']);
  });

  test('over the year’s end, each year: closed in this one and the next, not in the one before', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }], due: '2027-12-24', today: '2027-12-01' });
    await close(world, '2026-12-22', '2027-01-03', { yearly: true });
    await world.invoice(await world.customer());
    await world.runDays(-10, 20);
    expect((await world.received()).map(({ day }) => day)).toEqual(['2028-01-04']);
    const closed = closedOn([{ fromOn: '2026-12-22', untilOn: '2027-01-03', yearly: true }]);
    expect(['2025-12-25', '2026-01-02', '2026-12-21'].filter(closed)).toEqual([]);
    expect(['2026-12-22', '2027-01-03', '2031-12-31', '2032-01-03'].every(closed)).toBe(true);
    expect(closed('2028-01-04')).toBe(false);
  });

  test('29 February: closed in leap years; in the others the rest of the period is, and of the day alone nothing', () => {
    const closedDays = (fromOn: Day, untilOn: Day, year: number): Day[] => {
      const closed = closedOn([{ fromOn, untilOn, yearly: true }]);
      return Array.from({ length: 365 }, (_, index) => addDays(`${year}-01-01`, index)).filter(closed);
    };
    expect(closedDays('2028-02-28', '2028-02-29', 2029)).toEqual(['2029-02-28']);
    expect(closedDays('2028-02-29', '2028-03-02', 2029)).toEqual(['2029-03-01', '2029-03-02']);
    expect(closedDays('2028-02-29', '2028-02-29', 2030)).toEqual([]);
    expect(closedDays('2028-02-29', '2028-02-29', 2032)).toEqual(['2032-02-29']);
    expect(closedDays('2027-02-28', '2027-03-01', 2028)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  });

  test('what is approved and has not left when a closure begins keeps its text and its approval, and leaves after it', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }], today: '2026-03-05' });
    await world.invoice(await world.customer());
    await world.plan(world.J(5));
    const [message] = await world.waiting();
    value(await approveReminders(world.context, world.acting, { reminderIds: [message!.reminderId] }));
    await close(world, world.J(5), world.J(8));
    expect(await world.deliver()).toMatchObject({ held: 1, heldBecause: 'not-a-sending-day' });
    expect((await companyStatus(world.context, world.acting)).leaving).toMatchObject({ messages: 1, on: world.J(9) });
    for (let days = 5; days <= 10; days++) await world.run(world.J(days));
    expect((await world.received()).map(({ day, reminderId }) => [day, reminderId])).toEqual([
      [world.J(9), message!.reminderId],
    ]);
  });

  test('its days do not count for what has waited too long for approval', async () => {
    const world = await makeWorld({ steps: [{ at: 2, requiresApproval: true }], weekdays: mondayToFriday });
    await world.invoice(await world.customer());
    await world.run(world.J(2));
    await close(world, '2026-03-05', '2026-03-13');
    await world.run('2026-03-18');
    const [row] = (await browseReminders(world.context, world.acting, { state: 'to_approve', limit: 10 })).rows;
    expect([row!.waitsDays, row!.waitsTooLong]).toEqual([3, false]);
  });

  test('removed, or shortened, what waited for its end is looked at again at once', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const closureId = await close(world, world.J(3), world.J(20));
    await world.invoice(await world.customer());
    await world.runDays(3, 8);
    expect(await world.next('F-1')).toBe('J+21 R1');
    value(await changeClosure(world.context, world.acting, { closureId, untilOn: world.J(9) }));
    await world.run(world.J(9));
    expect(await world.diary()).toEqual([]);
    value(await removeClosure(world.context, world.acting, { closureId }));
    await world.run();
    expect(await world.diary()).toEqual(['J+9 R1 F-1']);
  });

  test('past ones stay listed; each change is in the history of the company', async () => {
    const world = await makeWorld();
    const { context, acting } = world;
    const summer = await close(world, '2027-08-01', '2027-08-21', { label: ' Congés d’été ' });
    await close(world, '2024-12-24', '2025-01-01', { label: 'Noël', yearly: true });
    value(await changeClosure(context, acting, { closureId: summer, yearly: true }));
    expect(await browseClosures(context, acting)).toMatchObject([
      { label: 'Noël', fromOn: '2024-12-24', untilOn: '2025-01-01', yearly: true },
      { id: summer, label: 'Congés d’été', yearly: true },
    ]);
    value(await removeClosure(context, acting, { closureId: summer }));
    const { rows } = await browseCompanyHistory(context, acting, { kind: 'company', limit: 4 });
    expect(rows.map(({ type }) => type)).toEqual([
      'closure.removed',
      'closure.changed',
      'closure.added',
      'closure.added',
    ]);
    expect(rows[0]!.payload).toEqual({
      name: 'Congés d’été',
      fromOn: '2027-08-01',
      untilOn: '2027-08-21',
      yearly: true,
    });
  });

  test('refused: backwards, longer than a year, without a name, and whatever would leave no sending day for a year', async () => {
    const world = await makeWorld({ weekdays: mondayToFriday });
    const { context, acting } = world;
    const refused = async (fromOn: Day, untilOn: Day, yearly = false, label = 'Congés') => {
      const answer = await addClosure(context, acting, { fromOn, untilOn, label, yearly });
      return answer.ok ? null : answer.fault.code;
    };
    expect(await refused('2026-08-21', '2026-08-03')).toBe('closure-backwards');
    expect(await refused('2026-08-03', '2062-08-21')).toBe('closure-too-long');
    expect(await refused('2026-08-03', '2026-08-21', false, '  ')).toBe('invalid-input');
    expect(await refused('2026-01-01', '2026-12-31', true)).toBe('no-sending-day');
    expect(await refused('2026-01-01', '2026-06-30', true)).toBe(null);
    expect(await refused('2026-07-01', '2026-12-31', true)).toBe('no-sending-day');
    expect(await refused('2026-07-01', '2026-12-24', true)).toBe(null);
    // A week at the end of each year is left: with five days there is always one in it, with Mondays alone a year may pass.
    expect(await changeCompany(context, acting, { sendingWeekdays: [1] })).toMatchObject({
      ok: false,
      fault: { code: 'no-sending-day' },
    });
    expect(await changeCompany(context, acting, { sendingWeekdays: [1, 4] })).toMatchObject({ ok: true });
    expect(silentFrom(weekdaysOnly([7]), '2026-01-01', '2026-01-01')).toBe(null);
    const allButChristmas = withClosures(weekdaysOnly([7]), [
      { fromOn: '2026-12-26', untilOn: '2027-12-24', yearly: true },
    ]);
    expect(silentFrom(allButChristmas, '2026-01-01', '2026-01-01')).not.toBe(null);
  });
});

/** Three invoices of one customer whose steps all fall on Monday 9 March 2026: level 2 of F-1, level 1 of F-2 and F-3. */
async function threeAtOnce(options: { requiresApproval?: boolean } = {}): Promise<{ world: World; ids: string[] }> {
  const world = await makeWorld({
    steps: [
      { at: 7, ...options },
      { at: 21, ...options },
    ],
    today: '2026-02-20',
  });
  const customer = await world.customer();
  const ids = [await world.invoice(customer, { dueOn: '2026-02-16' })];
  await world.run('2026-02-23');
  if (options.requiresApproval === true) await world.approveAll();
  ids.push(await world.invoice(customer, { dueOn: '2026-03-02' }));
  ids.push(await world.invoice(customer, { dueOn: '2026-03-02' }));
  return { world, ids };
}

/** The messages after 1 March: 'J+7 R2 F-1', counted from 2 March. */
const diary = async (world: World) => (await world.diary()).filter((line) => !line.startsWith('J-'));

describe('At most so many messages for a customer and a week', () => {
  test('without a limit all three leave on their day', async () => {
    const { world } = await threeAtOnce();
    await world.runDays(5, 20);
    expect(await diary(world)).toEqual(['J+7 R1 F-2', 'J+7 R1 F-3', 'J+7 R2 F-1']);
  });

  test('one a week: the highest level first, then by number; the others on the Mondays after, the reason and its day said', async () => {
    const { world } = await threeAtOnce();
    await limit(world, 1);
    await world.run(world.J(7));
    expect((await world.explain('F-2')).receivables[0]).toMatchObject({
      verdict: 'wait',
      reason: { code: 'customer-week-full', with: { level: 1, until: '2026-03-16', perWeek: 1 } },
      nextStep: { level: 1, on: '2026-03-16' },
    });
    expect(await world.next('F-3')).toBe('J+21 R1');
    await world.runDays(8, 40);
    // F-2 left a week late: its second step keeps the gap of fourteen days.
    expect(await diary(world)).toEqual(['J+7 R2 F-1', 'J+14 R1 F-2', 'J+21 R1 F-3', 'J+28 R2 F-2', 'J+35 R2 F-3']);
  });

  test('two a week: a week is from Monday to Sunday, and another customer’s messages are nothing to this one', async () => {
    const { world } = await threeAtOnce();
    await limit(world, 2);
    await world.invoice(await world.customer('Brun'), { dueOn: '2026-03-02' });
    await world.runDays(5, 20);
    expect(await diary(world)).toEqual(['J+7 R1 F-2', 'J+7 R1 F-4', 'J+7 R2 F-1', 'J+14 R1 F-3']);
  });

  test('a message of two instalments, or of two invoices, counts once', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    await limit(world, 1);
    const customer = await world.customer();
    const half = { dueOn: world.due, amountMinor: 5_000 };
    await world.invoice(customer, { instalments: [half, half] });
    await world.runDays(4, 6);
    expect(await world.diary()).toEqual(['J+5 R1 F-1 F-1']);
    const both = [await world.invoice(customer), await world.invoice(customer)];
    value(await prepareReminders(world.context, world.acting, { invoiceIds: both }));
    await world.approveAll();
    expect(await world.diary()).toEqual(['J+5 R1 F-1 F-1', 'J+6 R1 F-2 F-3']);
  });

  test('closed on Monday: the rest waits for the Tuesday', async () => {
    const { world } = await threeAtOnce();
    await limit(world, 2);
    await close(world, '2026-03-16', '2026-03-16');
    await world.runDays(5, 20);
    expect((await diary(world)).at(-1)).toBe('J+15 R1 F-3');
  });
});

describe('At least so many days between two messages to a customer', () => {
  test('three days: one, three days, another, three days; across sequences', async () => {
    const { world } = await threeAtOnce();
    await limit(world, null, 3);
    await world.run(world.J(7));
    expect((await world.explain('F-3')).receivables[0]).toMatchObject({
      reason: { code: 'too-soon-after-another', with: { level: 1, until: '2026-03-15', apartDays: 3 } },
    });
    await world.runDays(8, 20);
    expect(await diary(world)).toEqual(['J+7 R2 F-1', 'J+10 R1 F-2', 'J+13 R1 F-3']);
  });

  test('one day: never two on one day; over a weekend the next sending day', async () => {
    const { world } = await threeAtOnce();
    value(await changeCompany(world.context, world.acting, { sendingWeekdays: [1, 5], daysBetweenMessages: 1 }));
    await world.runDays(5, 20);
    expect(await diary(world)).toEqual(['J+7 R2 F-1', 'J+11 R1 F-2', 'J+14 R1 F-3']);
  });

  test('both limits: the first day that both allow', async () => {
    const { world } = await threeAtOnce();
    await limit(world, 2, 5);
    await world.runDays(5, 30);
    // Monday 9 and Saturday 14; the third is five days after that, Thursday 19.
    expect(await diary(world)).toEqual(['J+7 R2 F-1', 'J+12 R1 F-2', 'J+17 R1 F-3', 'J+26 R2 F-2']);
  });

  test('a notice that the limits keep back beyond the due date is dropped; the first reminder keeps its day', async () => {
    const world = await makeWorld({ steps: [{ at: -2 }, { at: 1 }] });
    const customer = await world.customer();
    await world.invoice(customer, { dueOn: world.J(-3) });
    await limit(world, null, 5);
    await world.invoice(customer, { dueOn: world.J(0) });
    await world.runDays(-6, 0);
    // Five days after the message of today the notice would be too late: on the day after the due date it is dropped.
    expect(await world.next('F-2')).toBe('J+1 R0');
    await world.runDays(1, 10);
    expect(await world.diary()).toEqual(['J-5 R0 F-1', 'J+0 R1 F-1', 'J+5 R1 F-2']);
  });
});

describe('What counts', () => {
  test('what waits for approval counts as a message of today, for as long as it waits', async () => {
    const { world } = await threeAtOnce({ requiresApproval: true });
    await limit(world, null, 3);
    await world.runDays(7, 12);
    expect((await world.waiting()).map(({ level, invoices }) => `R${level} ${invoices}`)).toEqual(['R2 F-1']);
    await world.approveAll();
    await world.runDays(13, 20, { approve: true });
    expect(await diary(world)).toEqual(['J+12 R2 F-1', 'J+15 R1 F-2', 'J+18 R1 F-3']);
  });

  test('refused, it counts no more: the next leaves on the same day', async () => {
    const { world } = await threeAtOnce({ requiresApproval: true });
    await limit(world, 1);
    await world.run(world.J(7));
    const [message] = await world.waiting();
    value(await refuseReminder(world.context, world.acting, { reminderId: message!.reminderId, reason: 'accord' }));
    await world.run();
    await world.approveAll();
    expect(await diary(world)).toEqual(['J+7 R1 F-2']);
  });

  test('postponed to next week, it counts there, and what waited behind it leaves today', async () => {
    const { world } = await threeAtOnce({ requiresApproval: true });
    await limit(world, 1);
    await world.run(world.J(7));
    const [message] = await world.waiting();
    value(await postponeReminder(world.context, world.acting, { reminderId: message!.reminderId, until: world.J(16) }));
    await world.run();
    await world.approveAll();
    await world.runDays(8, 22, { approve: true });
    expect(await diary(world)).toEqual(['J+7 R1 F-2', 'J+16 R2 F-1', 'J+21 R2 F-2']);
  });

  test('by hand nothing is kept back, but it counts: the others wait longer', async () => {
    const { world, ids } = await threeAtOnce();
    await limit(world, 1, 3);
    await world.run(world.J(7));
    await world.run(world.J(8));
    const input = { invoiceId: ids[1]!, level: 1, undoSeconds: 0 };
    value(await sendReminder(world.context, world.acting, input));
    await world.deliver();
    await world.runDays(9, 30);
    expect(await diary(world)).toEqual(['J+7 R2 F-1', 'J+8 R1 F-2', 'J+14 R1 F-3', 'J+22 R2 F-2', 'J+28 R2 F-3']);
  });

  test('marked as reminded elsewhere, it counts on the day it was made', async () => {
    const { world, ids } = await threeAtOnce();
    await limit(world, null, 4);
    await world.clock(world.J(6));
    const made = { invoiceId: ids[1]!, stepId: world.stepIds[0]!, on: world.J(5), note: 'appel' };
    value(await markReminded(world.context, world.acting, made));
    await world.runDays(6, 15);
    expect(await diary(world)).toEqual(['J+5 R1 F-2', 'J+9 R2 F-1', 'J+13 R1 F-3']);
  });

  test('the most pressing is in pause: the next goes in its place; after the pause it is the most pressing again', async () => {
    const { world, ids } = await threeAtOnce();
    await limit(world, 1);
    const pause = { invoiceIds: [ids[0]!], reason: 'accord', untilOn: world.J(10) };
    value(await pauseTogether(world.context, world.acting, pause));
    await world.runDays(7, 50);
    expect(await diary(world)).toEqual(['J+7 R1 F-2', 'J+14 R2 F-1', 'J+21 R2 F-2', 'J+28 R1 F-3', 'J+42 R2 F-3']);
  });

  test('prepared before there was a limit, all approved at once: they leave one after the other, and history says why', async () => {
    const { world, ids } = await threeAtOnce({ requiresApproval: true });
    await world.run(world.J(7));
    expect(await world.waiting()).toHaveLength(3);
    await limit(world, null, 2);
    const expected = (await world.preview(world.J(15))).reminders.map(
      ({ leavesOn, level, invoiceNumbers }) => `${leavesOn} R${level} ${invoiceNumbers}`,
    );
    expect(await world.approveAll()).toBe(3);
    await world.runDays(8, 15);
    expect(await diary(world)).toEqual(['J+7 R2 F-1', 'J+9 R1 F-2', 'J+11 R1 F-3']);
    expect(expected).toEqual(['2026-03-09 R2 F-1', '2026-03-11 R1 F-2', '2026-03-13 R1 F-3']);
    expect(await world.history(ids[1]!)).toContain('reminder.postponed: too-soon-after-another');
  });

  test('what was captured in practice counts for nothing once the company is live', async () => {
    const server = await startMailServer();
    const { world } = await threeAtOnce();
    await limit(world, 1);
    await world.clock(world.J(8));
    await world.run();
    expect(await diary(world)).toEqual(['J+8 R2 F-1']);
    await world.mailServer(server.port);
    world.at('2026-03-10T10:00:00Z');
    const live = value(await previewRun(world.context, world.acting, { goingLive: true, day: '2026-03-10' }));
    expect(live.reminders).toHaveLength(1);
    await world.goLive(server.port, '2026-03-10T10:00:00Z');
    await world.run();
    expect(await world.waiting()).toHaveLength(1);
    await server.stop();
  });

  test('failed for good it counts for nothing, and what waited behind it leaves that day; in doubt it counts as left', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 7 }] });
    const customer = await world.customer();
    for (let count = 0; count < 3; count++) await world.invoice(customer);
    await world.goLive(server.port, '2026-03-08T10:00:00Z');
    await limit(world, 1);
    await world.run(world.J(7));
    server.next('550', 'hang up after data');
    expect(await world.approveAll()).toBe(1);
    await world.deliver();
    expect(await diary(world)).toEqual(['J+7 R1 F-2']);
    const [doubt] = (await browseReminders(world.context, world.acting, { state: 'problems', limit: 10 })).rows.filter(
      (row) => row.state === 'in_doubt',
    );
    await world.runDays(8, 13);
    expect(await diary(world)).toEqual(['J+7 R1 F-2']);
    value(await resolveReminder(world.context, world.acting, { reminderId: doubt!.id, outcome: 'left' }));
    await world.runDays(13, 15);
    expect(await diary(world)).toEqual(['J+7 R1 F-2', 'J+14 R1 F-3']);
  });
});

describe('A preview is what the runs then do', () => {
  const lines = (messages: readonly { day: Day; level: number; invoices: readonly string[] }[]): string[] =>
    messages.map(({ day, level, invoices }) => `${day} R${level} ${[...new Set(invoices)]}`).sort();

  test('with a cap, a floor, a closure, a pause, and messages that wait', async () => {
    const { world, ids } = await threeAtOnce({ requiresApproval: true });
    await world.run(world.J(7));
    await limit(world, 2, 3);
    await close(world, world.J(10), world.J(12));
    value(
      await pauseTogether(world.context, world.acting, {
        invoiceIds: [ids[2]!],
        reason: 'accord',
        untilOn: world.J(14),
      }),
    );
    const before = await world.received();
    const { reminders } = await world.preview(world.J(60));
    await world.approveAll();
    await world.runDays(7, 60, { approve: true });
    expect(lines((await world.received()).slice(before.length))).toEqual(
      lines(
        reminders.map(({ leavesOn, level, invoiceNumbers }) => ({ day: leavesOn, level, invoices: invoiceNumbers })),
      ),
    );
  });

  test('with a message by hand that waits, ahead of its day: it leaves today, and the others after it', async () => {
    const { world, ids } = await threeAtOnce();
    await limit(world, null, 3);
    await world.run(world.J(6));
    value(await prepareReminders(world.context, world.acting, { invoiceIds: [ids[1]!, ids[2]!] }));
    const { reminders } = await world.preview(world.J(12));
    await world.approveAll();
    await world.runDays(6, 12);
    expect(await diary(world)).toEqual(['J+6 R1 F-2 F-3', 'J+9 R2 F-1']);
    expect(lines((await world.received()).slice(1))).toEqual(
      lines(
        reminders.map(({ leavesOn, level, invoiceNumbers }) => ({ day: leavesOn, level, invoices: invoiceNumbers })),
      ),
    );
  });

  const plan = fc.record({
    perWeek: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    apartDays: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
    approves: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
    steps: fc
      .uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3 })
      .map((days) => days.sort((a, b) => a - b)),
    dues: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 5 }),
    byHand: fc.array(fc.record({ day: fc.integer({ min: 0, max: 30 }), which: fc.nat() }), { maxLength: 2 }),
    closed: fc.option(fc.record({ from: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 0, max: 9 }) }), {
      nil: null,
    }),
  });

  test('Approved whenever, messages by hand between: what leaves by itself keeps to both limits, and nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ perWeek, apartDays, approves, steps, dues, byHand, closed }) => {
        const world = await makeWorld({ steps: steps.map((at, index) => ({ at, requiresApproval: index % 2 === 0 })) });
        await limit(world, perWeek, apartDays);
        if (closed !== null) await close(world, world.J(closed.from), world.J(closed.from + closed.length));
        const customer = await world.customer();
        const ids: string[] = [];
        for (const due of dues) ids.push(await world.invoice(customer, { dueOn: world.J(due) }));
        const chosen = new Set<string>();
        const last = 200;
        for (let days = 0; days <= last; days++) {
          await world.plan(world.J(days));
          for (const { which } of byHand.filter((one) => one.day === days)) {
            const invoiceIds = [ids[which % ids.length]!];
            for (const id of value(await prepareReminders(world.context, world.acting, { invoiceIds })).reminderIds)
              chosen.add(id);
          }
          await world.deliver();
          if (days >= approves.length || approves[days] === true) await world.approveAll();
          // Days on which nothing more can happen are passed over.
          if (days >= approves.length && (await world.preview(world.J(last))).reminders.length === 0) break;
        }
        const received = await world.received();
        const closedDay = (day: Day) =>
          closed !== null && day >= world.J(closed.from) && day <= world.J(closed.from + closed.length);
        expect(received.filter(({ day }) => closedDay(day))).toEqual([]);
        received.forEach(({ day, reminderId }, index) => {
          if (chosen.has(reminderId)) return;
          // A message by hand of the same day may have come after it: what left before it is what it had to mind.
          const others = received.filter((one, at) => at !== index && (one.day < day || !chosen.has(one.reminderId)));
          const week = others.filter((one) => mondayOf(one.day) === mondayOf(day) && one.day <= day);
          if (perWeek !== null) expect(week.length).toBeLessThan(perWeek);
          if (apartDays !== null)
            for (const other of others.filter((one) => one.day <= day))
              expect(daysBetween(other.day, day)).toBeGreaterThanOrEqual(apartDays);
        });
        const taken = received.flatMap(({ level, invoices }) => invoices.map((number) => `${number} R${level}`)).sort();
        const all = dues.flatMap((_, index) => steps.map((_, level) => `F-${index + 1} R${level + 1}`)).sort();
        expect(taken).toEqual(all);
      }),
      { numRuns: 10 },
    );
  }, 240_000);
});
