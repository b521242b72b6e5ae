// A year with one difficult customer, told as a diary: what happened on a day, and each message that had come since the
// entry before it. The days were worked out by hand from ACCEPTANCE.md's rules, with a calendar of 2026 at hand.
import { expect, test } from 'vitest';
import { changeCompany } from '../../src/app/change-company.ts';
import { addClosure } from '../../src/app/keep-closures.ts';
import { makePromise } from '../../src/app/keep-promises.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { closeDispute, openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { allocateCredit } from '../../src/app/record-payment.ts';
import { setLevel } from '../../src/app/steer-cases.ts';
import { addDays, type Day } from '../../src/core/day.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const standard = [
  { at: -3 },
  { at: 5 },
  { at: 15 },
  { at: 30, formalNotice: true, requiresApproval: true, templateKey: 'formal-notice' },
];

/** A diary whose days go by: every sending day has its run, unless the machine was off. */
function diaryOf(world: World) {
  let told = 0;
  const run = async (until: Day): Promise<void> => {
    while (world.today < until) await world.run(addDays(world.today, 1));
  };
  return {
    /** The day, after its run; the messages since the entry before, each as 'day level invoices amount'. */
    on: async (day: Day, ...messages: string[]): Promise<void> => {
      await run(day);
      const received = await world.received();
      const since = received
        .slice(told)
        .map((one) => `${one.day} R${one.level} ${one.invoices.join(' ')} ${(one.askedMinor / 100).toFixed(2)}`);
      told = received.length;
      expect({ day, messages: since }).toEqual({ day, messages });
    },
    /** The machine is off: that day is there, and no run was. */
    off: (until: Day): Promise<void> => world.clock(until),
  };
}

test('The diary of Garage Le Goff', { timeout: 240_000 }, async () => {
  const world = await makeWorld({ steps: standard, weekdays: [1, 2, 3, 4, 5], today: '2026-01-08', due: '2026-02-07' });
  const { context, acting } = world;
  const { on, off } = diaryOf(world);
  const customer = await world.customer('Garage Le Goff');

  // Winter: a first invoice, half of it paid, and a dispute about the rest.
  await on('2026-01-08');
  const a1 = await world.invoice(customer, { number: 'A-1', dueOn: '2026-02-07', totalMinor: 120_000 });
  await on('2026-02-03');
  await on('2026-02-04', '2026-02-04 R0 A-1 1200.00');
  await on('2026-02-10');
  await world.pay(customer, 60_000, a1);
  await on('2026-02-12', '2026-02-12 R1 A-1 600.00');
  await on('2026-02-16');
  const a2 = await world.invoice(customer, { number: 'A-2', dueOn: '2026-03-18', totalMinor: 80_000 });
  await on('2026-02-20');
  value(await openDispute(context, acting, { invoiceId: a1, reason: 'Plaquettes de frein non conformes' }));
  // The second reminder was due on Sunday 22.
  await on('2026-02-23');
  expect(await world.reasonOf('A-1')).toBe('disputed');
  await on('2026-03-02');
  value(await closeDispute(context, acting, { invoiceId: a1 }));
  await on('2026-03-03', '2026-03-03 R2 A-1 600.00');

  // Spring: the notice of A-2 falls on a Sunday; the formal notice of A-1 waits fifteen days after a reminder that came late.
  await on('2026-03-16', '2026-03-16 R0 A-2 800.00');
  await on('2026-03-17');
  expect(await world.waiting()).toEqual([]);
  await on('2026-03-18');
  expect(await world.waiting()).toMatchObject([{ level: 3, invoices: ['A-1'], askedMinor: 60_000 }]);
  // Before anybody approves it, the garage promises to pay A-1 on Friday 27: what waits is taken out.
  await on('2026-03-20');
  value(
    await makePromise(context, acting, {
      customerId: customer,
      invoiceId: a1,
      promisedOn: '2026-03-27',
      said: 'M. Le Goff',
    }),
  );
  expect(await world.waiting()).toEqual([]);
  // The notice of A-2 left a day after its own, so the first reminder keeps its eight days after it.
  await on('2026-03-23');
  await on('2026-03-24', '2026-03-24 R1 A-2 800.00');
  await on('2026-03-27');
  expect(await world.reasonOf('A-1')).toBe('promised');
  // Nothing came. The day after is a Saturday: on Monday somebody is told, and the formal notice waits again.
  await on('2026-03-30');
  const { rows: tasks } = await browseTasks(context, acting, { state: 'open', limit: 5 });
  expect(tasks).toMatchObject([{ invoiceNumber: 'A-1', reminder: null }]);
  expect(await world.waiting()).toMatchObject([{ level: 3, invoices: ['A-1'] }]);
  await world.approveAll();
  await on('2026-04-02', '2026-03-30 R3 A-1 600.00');
  // A cheque settles A-1, and comes back after Easter: the last step was taken, nothing more is asked for it.
  await on('2026-04-03', '2026-04-03 R2 A-2 800.00');
  const cheque = await world.pay(customer, 60_000, a1);
  await on('2026-04-08');
  await world.bounce(cheque);
  await on('2026-04-10');
  expect(await world.reasonOf('A-1')).toBe('sequence-finished');

  // It is moved to a sequence of longer breath: of it A-1 takes the first step that is not past, and A-2 too.
  const patient = await world.sequence('Longue haleine', [{ at: 10 }, { at: 45 }, { at: 75 }]);
  await world.enrol([customer], patient.sequenceId);
  expect([await world.next('A-1'), await world.next('A-2')]).toEqual(['J+75 R3', 'J+86 R2']);
  await on('2026-04-23', '2026-04-23 R3 A-1 600.00');
  await on('2026-04-27');
  await world.pay(customer, 30_000, a2);
  // J+45 of A-2 is the Saturday after Labour Day.
  await on('2026-05-04', '2026-05-04 R2 A-2 500.00');
  // A credit note that nobody allocated is set against what is oldest.
  await on('2026-05-05');
  const credit = await world.creditNote(customer, 10_000);
  await on('2026-05-06');
  await world.pay(customer, 50_000, a1);
  await on('2026-05-07');
  expect(await world.reasonOf('A-1')).toBe('covered-by-credits');
  // Its third step is at J+75, Monday 1 June, but thirty days after the second.
  await on('2026-06-01');
  await on('2026-06-03', '2026-06-03 R3 A-2 500.00');
  await on('2026-06-04');
  value(await allocateCredit(context, acting, { creditNoteId: credit, to: [{ invoiceId: a1 }] }));
  await world.pay(customer, 50_000, a2);

  // Summer: the company is closed when the first reminder of A-3 is due.
  await on('2026-06-15');
  const a3 = await world.invoice(customer, { number: 'A-3', dueOn: '2026-07-15', totalMinor: 200_000 });
  value(
    await addClosure(context, acting, {
      fromOn: '2026-07-27',
      untilOn: '2026-08-21',
      label: 'Congés d’été',
      yearly: false,
    }),
  );
  await on('2026-07-27');
  await on('2026-08-24', '2026-08-24 R1 A-3 2000.00');

  // Autumn: the machine is off when the second is due; it leaves on the first run after that, once.
  await on('2026-09-24');
  await off('2026-10-01');
  await on('2026-10-02', '2026-10-02 R2 A-3 2000.00');
  await on('2026-10-12');
  const a4 = await world.invoice(customer, { number: 'A-4', dueOn: '2026-11-11', totalMinor: 40_050 });
  // The third would be due on 2 November; a pause holds it until the 10th, and the 11th is Armistice Day.
  await on('2026-10-15');
  value(await pauseDunning(context, acting, { customerId: customer, reason: 'Hospitalisé', untilOn: '2026-11-10' }));
  await on('2026-11-10');
  await on('2026-11-12', '2026-11-12 R3 A-3 2000.00');
  // A call counts as the first reminder of A-4; the second comes no sooner than 35 days after it.
  await on('2026-11-13');
  value(await setLevel(context, acting, { invoiceIds: [a4], level: 1 }));
  await on('2026-11-24');
  await world.change(a4, { recipients: { to: ['direction@legoff.example'], cc: [] } });
  await world.pay(customer, 200_000, a3);

  // Winter again: one message a day, from now on, with whatever else is owed; Boxing week.
  value(await changeCompany(context, acting, { grouping: 'customer' }));
  await on('2026-12-25');
  await on('2026-12-28', '2026-12-28 R2 A-4 400.50');
  expect((await world.received()).at(-1)?.to).toEqual(['direction@legoff.example']);
  // It pays, but for fifty cents.
  await on('2026-12-30');
  await world.pay(customer, 40_000, a4);
  await on('2027-03-31');
  expect(await world.reasonOf('A-4')).toBe('below-tolerance');
});
