// Cases M1 to M5, M8, M11 to M13: steps at J+30, J+40, J+50; what is owed decides what is asked for.
import { expect, test } from 'vitest';
import { settleInvoices } from '../../src/app/record-payment.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const steps = [{ at: 30 }, { at: 40 }, { at: 50 }];

interface TwoInvoices {
  world: World;
  customer: string;
  may: string;
  june: string;
}

/** 249.95 due on 2012-05-31 (F-1) and 249.95 due on 2012-06-30 (F-2). */
async function twoInvoices(): Promise<TwoInvoices> {
  const world = await makeWorld({ steps, due: '2012-05-31' });
  const customer = await world.customer();
  const may = await world.invoice(customer, { totalMinor: 24_995 });
  const june = await world.invoice(customer, { totalMinor: 24_995, dueOn: '2012-06-30' });
  return { world, customer, may, june };
}

async function runOn(world: World, ...days: string[]): Promise<void> {
  for (const day of days) await world.run(day);
}

/** What left, by calendar day: 'day step invoice amount'. */
async function sent(world: World): Promise<string[]> {
  return (await world.received()).map(
    ({ day, level, invoices, askedMinor }) => `${day} R${level} ${invoices.join(' ')} ${askedMinor}`,
  );
}

const firstLadder = ['2012-06-30 R1 F-1 24995', '2012-07-10 R2 F-1 24995', '2012-07-20 R3 F-1 24995'];

test('M1 nothing before 30 June; then the three steps of the first invoice; all paid: nothing afterwards', async () => {
  const { world, customer, may, june } = await twoInvoices();
  await runOn(world, '2012-06-08', '2012-06-16', '2012-06-24');
  await world.expectNothing();
  await runOn(world, '2012-06-30', '2012-07-10', '2012-07-20');
  expect(await sent(world)).toEqual(firstLadder);
  await world.pay(customer, 24_995, may);
  await world.pay(customer, 24_995, june);
  await runOn(world, '2012-07-21', '2012-07-30', '2012-08-09', '2012-08-19', '2013-01-01');
  expect(await sent(world)).toEqual(firstLadder);
  expect(await world.waiting()).toEqual([]);
});

test('M2 the first is paid on 5 July: the second has its own ladder, from 30 July', async () => {
  const { world, customer, may } = await twoInvoices();
  await runOn(world, '2012-06-30');
  await world.clock('2012-07-05');
  await world.pay(customer, 24_995, may);
  await runOn(world, '2012-07-10', '2012-07-20');
  expect(await sent(world)).toEqual(firstLadder.slice(0, 1));
  await runOn(world, '2012-07-30');
  expect(await sent(world)).toEqual([firstLadder[0], '2012-07-30 R1 F-2 24995']);
});

test('M3 the same with a credit note of 249.95 against the first instead of the payment', async () => {
  const { world, customer, may } = await twoInvoices();
  await runOn(world, '2012-06-30');
  await world.clock('2012-07-05');
  await world.creditNote(customer, 24_995, may);
  await runOn(world, '2012-07-10', '2012-07-20');
  expect(await sent(world)).toEqual(firstLadder.slice(0, 1));
  await runOn(world, '2012-07-30');
  expect(await sent(world)).toEqual([firstLadder[0], '2012-07-30 R1 F-2 24995']);
});

test('M4 a minimum of 100.00: balances of 0, 99.99, 100.00 and 200.00 give no, no, yes, yes', async () => {
  const world = await makeWorld({ steps: [{ at: 30, minimums: { EUR: 10_000 } }] });
  const customer = await world.customer();
  for (const balance of [0, 9_999, 10_000, 20_000]) {
    const invoice = await world.invoice(customer, { number: `B-${balance}`, totalMinor: 30_000 });
    await world.pay(customer, 30_000 - balance, invoice);
  }
  await world.run(world.J(30));
  expect((await world.diary()).sort()).toEqual(['J+30 R1 B-10000', 'J+30 R1 B-20000']);
  expect(await world.reasonOf('B-0')).toBe('settled');
});

test('M4 the minimum of another currency does not count, nor do two invoices add up to reach it', async () => {
  const world = await makeWorld({ steps: [{ at: 30, minimums: { EUR: 10_000 } }] });
  const customer = await world.customer();
  await world.invoice(customer, { number: 'USD', totalMinor: 5_000, currency: 'USD' });
  await world.invoice(customer, { number: 'EUR-1', totalMinor: 6_000 });
  await world.invoice(customer, { number: 'EUR-2', totalMinor: 6_000 });
  await world.run(world.J(30));
  expect(await world.diary()).toEqual(['J+30 R1 USD']);
});

test('M5 160.00 invoiced, 100.00 paid, minimum 150.00: not sent', async () => {
  const world = await makeWorld({ steps: [{ at: 30, minimums: { EUR: 15_000 } }] });
  const customer = await world.customer();
  const invoice = await world.invoice(customer, { totalMinor: 16_000 });
  await world.pay(customer, 10_000, invoice);
  await world.run(world.J(30));
  await world.run(world.J(31));
  await world.expectNothing();
  expect(await world.history(invoice)).toContain('step.skipped: below-minimum');
});

test('M8 24,530.36 USD for a company that keeps its books in EUR: the message says 24 530,36 USD', async () => {
  const world = await makeWorld({ steps });
  await world.invoice(await world.customer(), { totalMinor: 2_453_036, currency: 'USD' });
  await world.run(world.J(30));
  const [reminder] = await world.received();
  const mail = await world.mail(reminder!.reminderId);
  for (const part of [mail.text, String(mail.html)]) {
    expect(part!.replace(/[\u00a0\u202f]/g, ' ')).toContain('24 530,36 USD');
    expect(part).not.toContain('€');
    expect(part).not.toContain('EUR');
  }
  // The spaces inside the amount do not break: it stays on one line.
  expect(mail.text).toMatch(/24[\u00a0\u202f]530,36[\u00a0\u202f]USD/);
});

test('M11 a payment method noted on the invoice, no payment: still dunned', async () => {
  const world = await makeWorld({ steps });
  await world.invoice(await world.customer(), { paymentMethod: 'virement' });
  await world.run(world.J(30));
  expect(await world.diary()).toEqual(['J+30 R1 F-1']);
});

test('M12 a rest of 0.02 is not dunned, and is proposed for write-off', async () => {
  const world = await makeWorld({ steps });
  const customer = await world.customer();
  const invoice = await world.invoice(customer);
  await world.pay(customer, 9_998, invoice);
  await world.run(world.J(30));
  await world.run(world.J(60));
  await world.expectNothing();
  const { receivables } = await world.explain('F-1');
  expect(receivables).toMatchObject([
    { openMinor: 2, verdict: 'hold', reason: { code: 'below-tolerance', with: { openMinor: 2, currency: 'EUR' } } },
  ]);
  value(await settleInvoices(world.context, world.acting, { invoiceIds: [invoice], reason: 'écart de règlement' }));
  expect(await world.reasonOf('F-1')).toBe('settled');
});

test('M12 the tolerance is 1.00: a rest of 0.99 is let go, one of 1.00 is dunned', async () => {
  const world = await makeWorld({ steps });
  const customer = await world.customer();
  await world.invoice(customer, { number: 'B-99', totalMinor: 99 });
  await world.invoice(customer, { number: 'B-100', totalMinor: 100 });
  await world.run(world.J(30));
  expect(await world.diary()).toEqual(['J+30 R1 B-100']);
});

test('M13 an unallocated credit of 50.00, invoices of 100.00 and 80.00: 50.00 and 80.00 are asked for', async () => {
  const world = await makeWorld({ steps, due: '2026-03-02' });
  const customer = await world.customer();
  await world.invoice(customer, { dueOn: world.J(0), totalMinor: 10_000 });
  await world.invoice(customer, { dueOn: world.J(1), totalMinor: 8_000 });
  await world.pay(customer, 5_000);
  await world.run(world.J(30));
  await world.run(world.J(31));
  const received = await world.received();
  expect(received.map(({ invoices, askedMinor }) => [invoices, askedMinor])).toEqual([
    [['F-1'], 5_000],
    [['F-2'], 8_000],
  ]);
  const [first, second] = await Promise.all(received.map(({ reminderId }) => world.mail(reminderId)));
  expect(first!.text).toContain('50,00\u00a0€');
  expect(second!.text).toContain('80,00\u00a0€');
});

test('M13 an unallocated credit note counts as a credit does', async () => {
  const world = await makeWorld({ steps });
  const customer = await world.customer();
  await world.invoice(customer, { totalMinor: 10_000 });
  await world.creditNote(customer, 5_000);
  await world.run(world.J(30));
  expect(await world.received()).toMatchObject([{ askedMinor: 5_000 }]);
});
