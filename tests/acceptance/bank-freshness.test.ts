// While nobody has looked at what came in for too long, reminders from a level on wait; what is known again lets them go.
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { confirmPayments } from '../../src/app/check-bank.ts';
import { companyStatus } from '../../src/app/company-status.ts';
import { runImport } from '../../src/app/import-file.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

/** Reminders from R2 on wait while payments were last known more than two sending days ago. */
async function careful(steps: StepSketch[] = [{ at: 5 }, { at: 15 }, { at: 30 }]): Promise<World> {
  const world = await makeWorld({ steps, weekdays: [1, 2, 3, 4, 5] });
  value(await changeCompany(world.context, world.acting, { bankFreshDays: 2, bankFreshLevel: 2 }));
  return world;
}

const confirm = async (world: World): Promise<void> => {
  value(await confirmPayments(world.context, world.acting));
};

const bankOf = async (world: World) => (await companyStatus(world.context, world.acting)).bank;

test('the first reminder leaves, the second waits and says so; confirmed, it leaves the same day and its gap counts from there', async () => {
  const world = await careful();
  await world.invoice(await world.customer());
  await world.runDays(5, 16);
  expect(await world.diary()).toEqual(['J+7 R1 F-1']);
  expect(await world.reasonOf('F-1')).toBe('step-not-reached');
  await world.runDays(17, 21);
  expect(await world.diary()).toEqual(['J+7 R1 F-1']);
  expect(await world.reasonOf('F-1')).toBe('bank-not-fresh');
  expect(await bankOf(world)).toEqual({ knownOn: null, stale: true, waiting: { receivables: 1, messages: 0 } });
  await confirm(world);
  await world.run();
  expect(await world.diary()).toEqual(['J+7 R1 F-1', 'J+21 R2 F-1']);
  expect(await bankOf(world)).toEqual({ knownOn: world.J(21), stale: false, waiting: { receivables: 0, messages: 0 } });
});

test('nobody is asked whether to go to litigation while what came in is not known; confirmed, the run asks', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 10 }], ending: { kind: 'litigation', days: 10 } });
  value(await changeCompany(world.context, world.acting, { bankFreshDays: 2, bankFreshLevel: 2 }));
  await world.invoice(await world.customer());
  await world.run(world.J(5));
  await confirm(world);
  await world.clock(world.J(10));
  await confirm(world);
  await world.runDays(10, 21);
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+10 R2 F-1']);
  const asked = async () => (await browseTasks(world.context, world.acting, { state: 'open', limit: 5 })).rows.length;
  expect([await asked(), await world.reasonOf('F-1')]).toEqual([0, 'bank-not-fresh']);
  await confirm(world);
  await world.run();
  expect([await asked(), await world.reasonOf('F-1')]).toEqual([1, 'litigation-proposed']);
});

test('the limit is inclusive and counts sending days: a week-end is none', async () => {
  // J is a Monday: J+15 is a Tuesday.
  const world = await careful([{ at: 1 }, { at: 15 }]);
  await world.invoice(await world.customer());
  await world.run(world.J(1));
  for (const [day, waits] of [
    [11, false],
    [10, true],
  ] as const) {
    await world.inside((tx) =>
      tx
        .updateTable('company')
        .set({ payments_known_on: world.J(day) })
        .execute(),
    );
    await world.clock(world.J(15));
    // Friday J+11: Monday and Tuesday have come since; Thursday J+10: three days.
    expect((await bankOf(world))!.stale).toBe(waits);
  }
});

test('an import of payments makes them known, that of invoices does not; what it settles is not reminded of', async () => {
  const world = await careful();
  const customer = await world.customer('Brun', { number: 'C1' });
  await world.invoice(customer);
  await world.invoice(customer);
  await world.runDays(7, 22);
  expect((await bankOf(world))!.waiting.receivables).toBe(2);
  const take = async (kind: 'payments' | 'customers', lines: string[]) =>
    value(
      await runImport(world.context, world.acting, {
        kind,
        source: { name: `${kind}.csv`, stream: Readable.from([Buffer.from(lines.join('\n'))]) },
      }),
    );
  await take('customers', ['number;name', 'C2;Morvan']);
  expect((await bankOf(world))!.stale).toBe(true);
  await take('payments', ['N° client;Facture;Date;Montant', 'C1;F-1;24/03/2026;100,00']);
  expect((await bankOf(world))!.stale).toBe(false);
  await world.run();
  expect((await world.diary()).slice(2)).toEqual(['J+22 R2 F-2']);
});

describe('What is ready already', () => {
  test('waits too, from the level on; the others leave', async () => {
    const world = await careful([{ at: 1 }, { at: 3 }]);
    const customer = await world.customer();
    await world.invoice(customer, { number: 'OLD' });
    await world.run(world.J(1));
    await confirm(world);
    await world.plan(world.J(3));
    await world.invoice(customer, { number: 'NEW', dueOn: world.J(8) });
    // A week goes by, and nothing was delivered.
    await world.plan(world.J(9));
    expect(await bankOf(world)).toMatchObject({ stale: true, waiting: { messages: 1 } });
    await world.deliver();
    expect(await world.diary()).toEqual(['J+1 R1 OLD', 'J+9 R1 NEW']);
    expect(await world.deliver()).toMatchObject({ held: 1, heldBecause: 'bank-not-fresh' });
    await confirm(world);
    await world.deliver();
    expect(await world.diary()).toEqual(['J+1 R1 OLD', 'J+9 R1 NEW', 'J+9 R2 OLD']);
  });

  test('what a person asks for by hand leaves: the person decided', async () => {
    const world = await careful([{ at: 1 }, { at: 3 }]);
    const invoice = await world.invoice(await world.customer());
    await world.runDays(1, 8);
    value(await prepareReminders(world.context, world.acting, { invoiceIds: [invoice] }));
    await world.approveAll();
    expect(await world.diary()).toEqual(['J+1 R1 F-1', 'J+8 R2 F-1']);
  });
});

test('a preview holds today what waits, and takes it that payments are imported on the days to come', async () => {
  const world = await careful();
  await world.invoice(await world.customer());
  await world.runDays(7, 17);
  const { reminders } = await world.preview(world.J(40));
  expect(reminders.map(({ leavesOn, level }) => `${leavesOn} R${level}`)).toEqual([
    `${world.J(18)} R2`,
    // J+33 is a Saturday, and the Monday after it is Easter Monday.
    `${world.J(36)} R3`,
  ]);
});

test('without the setting nothing ever waits for it', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  await world.invoice(await world.customer());
  await world.runDays(5, 15);
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+15 R2 F-1']);
  expect(await bankOf(world)).toBeNull();
});
