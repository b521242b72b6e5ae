// Interest, the fixed indemnity and fees: what a message asks for beside the principal, and what becomes of it.
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { browseReminders, oneCustomer } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import { resolveReminder } from '../../src/app/decide-reminders.ts';
import { examine } from '../../src/app/examine.ts';
import { runImport } from '../../src/app/import-file.ts';
import { chargesOfInvoice, restoreCharge, sayRate, takeBackRate, waiveCharge } from '../../src/app/keep-charges.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { startAnew } from '../../src/app/steer-cases.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const charges = async (world: World, invoiceId: string) =>
  value(await chargesOfInvoice(world.context, world.acting, invoiceId));

/** 'interest 0.41 (open 0.41)', the earliest first. */
async function claimed(world: World, invoiceId: string): Promise<string[]> {
  const { charges: rows } = await charges(world, invoiceId);
  return rows
    .map(({ kind, amountMinor, openMinor, waived }) => `${kind} ${amountMinor}, open ${waived ? 'no more' : openMinor}`)
    .reverse();
}

const textOf = async (world: World, reminderId: string): Promise<string> =>
  value(await readMessage(world.context, world.acting, reminderId)).text.replace(/\s/g, ' ');

/** The text of what left last. */
const lastMessage = async (world: World): Promise<string> => textOf(world, (await world.received()).at(-1)!.reminderId);

/** What a message asks for in all: the last amount of its table. */
const totalOf = (text: string): string => [...text.matchAll(/(?:Reste dû|Total) : ([\d ]+,\d\d €)/g)].at(-1)![1]!;

const asked = async (world: World): Promise<string> => totalOf(await lastMessage(world));

const claims = (world: World, change: Parameters<typeof changeCompany>[2]) =>
  changeCompany(world.context, world.acting, change).then(value);

async function openOf(world: World, invoiceId: string): Promise<number> {
  const { open_minor } = await world.inside((tx) =>
    tx.selectFrom('receivable').select('open_minor').where('invoice_id', '=', invoiceId).executeTakeFirstOrThrow(),
  );
  return open_minor;
}

/** Nothing in the rows contradicts what it is derived from. */
async function isSound(world: World): Promise<void> {
  const findings = await examine(world.context, world.acting);
  expect(findings.filter(({ count }) => count > 0)).toEqual([]);
}

describe('Fees and interest', () => {
  test('F1 100.00, 20 days late, no fee, no interest: asks for 100.00', async () => {
    const world = await makeWorld({ steps: [{ at: 20 }] });
    const invoice = await world.invoice(await world.customer());
    await world.run(world.J(20));
    expect(await asked(world)).toBe('100,00 €');
    expect(await claimed(world, invoice)).toEqual([]);
  });

  test('F2 100.00, 15 days late, 10 % a year, fee of 10.00: interest 0.41, asks for 110.41', async () => {
    const world = await makeWorld({ steps: [{ at: 15, fee: { fixed: { EUR: 1_000 } } }] });
    await claims(world, { interestFromLevel: 1, contractRate: 1_000 });
    const invoice = await world.invoice(await world.customer());
    await world.run(world.J(15));
    expect(await asked(world)).toBe('110,41 €');
    const { rows } = await browseReminders(world.context, world.acting, { state: 'left', limit: 5 });
    expect(rows[0]!.askedMinor).toBe(10_000);
    expect(rows[0]!.askedCharges).toEqual([
      { kind: 'interest', currency: 'EUR', minor: 41 },
      { kind: 'fee', currency: 'EUR', minor: 1_000 },
    ]);
    expect(await lastMessage(world)).toContain('Pénalités de retard au 17/03/2026 : 0,41 €');
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 41', 'fee 1000, open 1000']);
  });

  test('F3 a fee of 10.00 at step 1, then 15 % of the principal at step 2: 110.00, then 125.00', async () => {
    const steps = [
      { at: 5, fee: { fixed: { EUR: 1_000 } } },
      { at: 20, fee: { share: 1_500 } },
    ];
    const world = await makeWorld({ steps });
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    expect(await asked(world)).toBe('110,00 €');
    await world.run(world.J(20));
    expect(await asked(world)).toBe('125,00 €');
  });

  test('F4 France, between businesses, no agreed rate: by half-year, rounded once, and 40.00 once for each invoice', async () => {
    const world = await makeWorld({ today: '2025-12-16' });
    const customer = await world.customer();
    const borne = async (totalMinor: number, dueOn: string, paidOn: string) => {
      const invoice = await world.invoice(customer, { totalMinor, dueOn });
      await world.clock(paidOn > world.today ? paidOn : world.today);
      const paid = world.today;
      world.today = paidOn;
      await world.pay(customer, totalMinor, invoice);
      world.today = paid;
      const { accrued, indemnityMinor } = await charges(world, invoice);
      return [accrued.minor, indemnityMinor];
    };
    expect(await borne(1_200_000, '2024-12-01', '2025-02-15')).toEqual([33_942, 4_000]);
    expect(await borne(120_000, '2025-10-31', '2025-12-15')).toEqual([1_798, 4_000]);
    expect(await borne(500_000, '2023-11-15', '2024-03-10')).toEqual([22_726, 4_000]);
  });

  test('F4 40.00 is claimed once for each invoice, by the first message that claims it, however many follow', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 10 }, { at: 15 }] });
    await claims(world, { indemnityFromLevel: 2 });
    const invoice = await world.invoice(await world.customer());
    await world.runDays(4, 16);
    expect(await claimed(world, invoice)).toEqual(['indemnity 4000, open 4000']);
    expect(await asked(world)).toBe('140,00 €');
  });

  test('F5 a consumer: no fee, no 40.00, no interest before the formal notice; then at the legal rate', async () => {
    const notice = { at: 30, formalNotice: true, templateKey: 'formal-notice' };
    const steps = [{ at: 5, fee: { fixed: { EUR: 1_000 } } }, notice, { at: 60 }];
    const world = await makeWorld({ steps });
    await claims(world, { interestFromLevel: 1, indemnityFromLevel: 1, contractRate: 1_500 });
    const invoice = await world.invoice(await world.customer('Lea Petit', { kind: 'consumer' }), {
      totalMinor: 100_000,
    });
    await world.run(world.J(5));
    expect(await asked(world)).toBe('1 000,00 €');
    await world.run(world.J(30));
    await world.approveAll();
    expect(await asked(world)).toBe('1 000,00 €');
    expect(await claimed(world, invoice)).toEqual([]);
    await world.run(world.J(60));
    // 30 days at 2.62 %, from the day after the notice.
    expect(await claimed(world, invoice)).toEqual(['interest 215, open 215']);
    expect(await lastMessage(world)).toContain('Intérêts au taux légal');
  });

  test('F6 the principal alone is paid: interest and fee stay, or a person waives them and takes that back', async () => {
    const world = await makeWorld({ steps: [{ at: 15, fee: { fixed: { EUR: 1_000 } } }, { at: 20 }] });
    await claims(world, { interestFromLevel: 1, contractRate: 1_000 });
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.run(world.J(15));
    await world.pay(customer, 10_000, invoice);
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 41', 'fee 1000, open 1000']);
    await world.runDays(16, 40);
    expect(await world.received()).toHaveLength(1);
    const [fee, interest] = (await charges(world, invoice)).charges;
    const waive = { chargeId: fee!.id, reason: 'geste commercial' };
    value(await waiveCharge(world.context, world.acting, waive));
    expect(await waiveCharge(world.context, world.acting, waive)).toMatchObject({ fault: { code: 'already-undone' } });
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 41', 'fee 1000, open no more']);
    value(await restoreCharge(world.context, world.acting, { chargeId: fee!.id }));
    await world.pay(customer, 1_041, invoice);
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 0', 'fee 1000, open 0']);
    expect(await waiveCharge(world.context, world.acting, { chargeId: interest!.id, reason: 'x' })).toMatchObject({
      fault: { code: 'already-settled' },
    });
    await isSound(world);
  });

  test('F6 110.41 paid on 100.00 with 10.41 claimed: the principal first, then the charges, nothing becomes a credit; returned, all is owed again', async () => {
    const world = await makeWorld({ steps: [{ at: 15, fee: { fixed: { EUR: 1_000 } } }] });
    await claims(world, { interestFromLevel: 1, contractRate: 1_000 });
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.run(world.J(15));
    const payment = await world.pay(customer, 11_041, invoice);
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 0', 'fee 1000, open 0']);
    expect(await openOf(world, invoice)).toBe(0);
    await isSound(world);
    await world.bounce(payment);
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 41', 'fee 1000, open 1000']);
    expect(await openOf(world, invoice)).toBe(10_000);
    // A part of it: the principal first; and where the company says so, the charges first (C. civ. 1343-1).
    await world.bounce(await world.pay(customer, 5_000, invoice));
    await claims(world, { settlesFirst: 'charges' });
    await world.pay(customer, 5_000, invoice);
    expect(await claimed(world, invoice)).toEqual(['interest 41, open 0', 'fee 1000, open 0']);
    expect(await openOf(world, invoice)).toBe(6_041);
    await isSound(world);
  });

  test('F7 a rate that is to check: what shows interest waits for it, what shows none leaves; confirmed by a person, it goes on', async () => {
    const world = await makeWorld({ due: '2026-06-20', steps: [{ at: 5 }, { at: 15 }, { at: 25 }] });
    await claims(world, { interestFromLevel: 2 });
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    await world.runDays(14, 16);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    expect(await world.reasonOf('F-1')).toBe('rate-not-known');
    expect((await charges(world, invoice)).accrued).toMatchObject({ minor: null, missing: ['2026-H2'] });
    // By hand no more than by itself.
    const byHand = value(await prepareReminders(world.context, world.acting, { invoiceIds: [invoice] }));
    expect(byHand.refused[0]?.reason).toEqual({
      code: 'rate-not-known',
      with: { level: 2, year: '2026', semester: '2' },
    });
    const rate = { kind: 'late_payment', half: '2026-H2' } as const;
    value(await sayRate(world.context, world.acting, { ...rate, rate: 1_240 }));
    await world.run(world.J(17));
    // 10 days at 12.15 %, 7 at 12.40 %.
    expect(await claimed(world, invoice)).toEqual(['interest 57, open 57']);
    // Taken back, the next message waits again, also one that is ready.
    await world.plan(world.J(27));
    expect(await world.ready()).toHaveLength(1);
    value(await takeBackRate(world.context, world.acting, rate));
    await world.deliver();
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+17 R2 F-1']);
    expect(await world.ready()).toEqual([]);
    await world.run(world.J(28));
    expect(await world.reasonOf('F-1')).toBe('rate-not-known');
    value(await sayRate(world.context, world.acting, { ...rate, rate: 1_240 }));
    await world.run(world.J(28));
    expect((await world.diary()).at(-1)).toBe('J+28 R3 F-1');
  });

  test('What was claimed up to a day is not claimed again; a part paid between makes the rest bear less; an agreed rate of the customer comes first', async () => {
    const world = await makeWorld({ steps: [{ at: 10 }, { at: 40 }] });
    await claims(world, { interestFromLevel: 1, contractRate: 1_000 });
    const customer = await world.customer('Atelier Brun', { contractRate: 3_650 });
    const invoice = await world.invoice(customer);
    await world.run(world.J(10));
    // 100.00 at 36.5 %: 0.10 a day.
    expect(await claimed(world, invoice)).toEqual(['interest 100, open 100']);
    await world.clock(world.J(20));
    await world.pay(customer, 5_000, invoice);
    await world.run(world.J(40));
    // 20 days on 100.00, 20 on 50.00: 3.00 in all, 1.00 of it claimed before.
    expect(await claimed(world, invoice)).toEqual(['interest 100, open 100', 'interest 200, open 200']);
    expect(await asked(world)).toBe('53,00 €');
    value(await saveCustomer(world.context, world.acting, { id: customer, contractRate: null }));
    expect((await charges(world, invoice)).accrued.minor).toBe(82);
  });

  test('Grouped: one line for each kind; an invoice below the level bears nothing in that message; credits of the customer bear none', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 30 }] });
    await claims(world, { grouping: 'customer', interestFromLevel: 2, indemnityFromLevel: 2, contractRate: 3_650 });
    const customer = await world.customer();
    const old = await world.invoice(customer);
    await world.run(world.J(5));
    const young = await world.invoice(customer, { dueOn: world.J(25) });
    await world.creditNote(customer, 4_000);
    await world.run(world.J(30));
    // 60.00 of the old one is asked for: 30 days of 0.06.
    expect(await claimed(world, old)).toEqual(['interest 180, open 180', 'indemnity 4000, open 4000']);
    expect(await claimed(world, young)).toEqual([]);
    expect((await world.received()).at(-1)!.invoices).toEqual(['F-1', 'F-2']);
    expect(await asked(world)).toBe('201,80 €');
  });

  test('A message that is not sent claims nothing; in doubt and sent again, it claims once', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }, { at: 15 }] });
    await claims(world, { indemnityFromLevel: 1 });
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    await world.pay(customer, 10_000, invoice);
    await world.approveAll();
    expect(await claimed(world, invoice)).toEqual([]);
    const other = await world.invoice(customer);
    await world.run(world.J(6));
    await world.approveAll();
    expect(await claimed(world, other)).toEqual(['indemnity 4000, open 4000']);
    const { reminderId } = (await world.received()).at(-1)!;
    await world.inside((tx) =>
      tx.updateTable('reminder').set({ state: 'in_doubt' }).where('id', '=', reminderId).execute(),
    );
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    expect(await claimed(world, other)).toEqual([]);
    await world.deliver();
    expect(await claimed(world, other)).toEqual(['indemnity 4000, open 4000']);
  });

  test('Going live: what practice claimed is owed by nobody; what was paid of it is a credit', async () => {
    const mail = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 5 }] });
    await claims(world, { indemnityFromLevel: 1 });
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    await world.pay(customer, 12_000, invoice);
    expect(await claimed(world, invoice)).toEqual(['indemnity 4000, open 2000']);
    await world.goLive(mail.port, '2026-03-20T09:00:00Z');
    expect(await claimed(world, invoice)).toEqual([]);
    const { credits, charges: open } = value(await oneCustomer(world.context, world.acting, customer));
    expect({ credits, open }).toEqual({ credits: [{ currency: 'EUR', minor: 2_000 }], open: [] });
    await isSound(world);
  });

  test('F6 by a file of payments: what is left of the money that names the invoice goes to its charges', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    await claims(world, { indemnityFromLevel: 1 });
    const customer = await world.customer('Atelier Brun', { number: 'C1' });
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    const lines = ['N° client;Facture;Date;Montant', 'C1;F-1;20/03/2026;150,00', 'C1;F-1;21/03/2026;20,00'];
    const source = { name: 'banque.csv', stream: Readable.from([Buffer.from(lines.join('\n'))]) };
    value(await runImport(world.context, world.acting, { kind: 'payments', source }));
    expect(await claimed(world, invoice)).toEqual(['indemnity 4000, open 0']);
    expect(value(await oneCustomer(world.context, world.acting, customer)).credits).toEqual([
      { currency: 'EUR', minor: 3_000 },
    ]);
    await isSound(world);
  });
});

describe('What was claimed and is not owed', () => {
  const fee = { fixed: { EUR: 1_000 } };

  test('a business that turns out to be a consumer is asked for nothing that only businesses owe, and pays none of it', async () => {
    const world = await makeWorld({ steps: [{ at: 5, fee }, { at: 30 }] });
    await claims(world, { interestFromLevel: 1, indemnityFromLevel: 1 });
    const customer = await world.customer('Lea Petit');
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    value(await saveCustomer(world.context, world.acting, { id: customer, kind: 'consumer' }));
    expect(new Set((await claimed(world, invoice)).map((one) => one.split(', ')[1]))).toEqual(
      new Set(['open no more']),
    );
    await world.run(world.J(30));
    expect(await asked(world)).toBe('100,00 €');
    await world.pay(customer, 14_000, invoice);
    expect(value(await oneCustomer(world.context, world.acting, customer)).credits).toMatchObject([{ minor: 4_000 }]);
  });

  test('a fee is added once for an invoice and a step: of two instalments, and when it is started anew', async () => {
    const world = await makeWorld({ steps: [{ at: 5, fee }] });
    const invoice = await world.invoice(await world.customer(), {
      instalments: [
        { dueOn: world.J(0), amountMinor: 5_000 },
        { dueOn: world.J(10), amountMinor: 5_000 },
      ],
    });
    await world.runDays(5, 15);
    expect(await asked(world)).toBe('60,00 €');
    await world.clock(world.J(16));
    value(await startAnew(world.context, world.acting, { invoiceIds: [invoice] }));
    await world.runDays(16, 22);
    expect(await claimed(world, invoice)).toEqual(['fee 1000, open 1000']);
  });

  test('two messages of one day about instalments of one invoice: what was claimed before stands in one of them', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
    await claims(world, { indemnityFromLevel: 1 });
    await world.invoice(await world.customer(), {
      instalments: [
        { dueOn: world.J(0), amountMinor: 5_000 },
        { dueOn: world.J(10), amountMinor: 5_000 },
      ],
    });
    await world.runDays(5, 15);
    const left = (await world.received()).filter(({ day }) => day === world.J(15));
    const totals = await Promise.all(left.map(async ({ reminderId }) => totalOf(await textOf(world, reminderId))));
    expect(totals.sort()).toEqual(['50,00 €', '90,00 €']);
  });

  test('sent again, a message claims nothing that was paid or waived meanwhile, and takes nothing back that a later one asked for', async () => {
    const world = await makeWorld({ steps: [{ at: 5, fee }, { at: 15 }] });
    await claims(world, { settlesFirst: 'charges', indemnityFromLevel: 1 });
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    const { reminderId } = (await world.received()).at(-1)!;
    const doubt = () =>
      world.inside((tx) =>
        tx.updateTable('reminder').set({ state: 'in_doubt' }).where('id', '=', reminderId).execute(),
      );
    const sendAgain = async (): Promise<void> => {
      value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
      await world.deliver();
    };
    await doubt();
    await world.pay(customer, 1_000, invoice);
    const indemnity = (await charges(world, invoice)).charges.find(({ kind }) => kind === 'indemnity')!;
    const payment = await world.inside((tx) => tx.selectFrom('payment').select('id').executeTakeFirstOrThrow());
    const before = await claimed(world, invoice);
    value(await waiveCharge(world.context, world.acting, { chargeId: indemnity.id, reason: 'geste' }));
    await sendAgain();
    expect((await claimed(world, invoice)).map((one) => one.split(',')[0])).toEqual(
      before.map((one) => one.split(',')[0]),
    );
    expect(await lastMessage(world)).not.toContain('Indemnité');
    // Returned, it is owed again, once.
    await world.bounce(payment.id);
    await world.run(world.J(15));
    expect(await asked(world)).toBe('110,00 €');
    await doubt();
    await sendAgain();
    expect(await claimed(world, invoice)).toHaveLength(2);
    await isSound(world);
  });

  test('a credit note pays no charge; money that names several invoices pays their principal before any charge', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
    await claims(world, { indemnityFromLevel: 1 });
    const customer = await world.customer();
    const [one, two] = [await world.invoice(customer), await world.invoice(customer, { dueOn: world.J(5) })];
    await world.run(world.J(5));
    await world.pay(customer, 20_000, one, two);
    expect([await openOf(world, two), await claimed(world, one)]).toEqual([0, ['indemnity 4000, open 4000']]);
    const third = await world.invoice(customer);
    await world.run(world.J(6));
    await claims(world, { settlesFirst: 'charges' });
    await world.creditNote(customer, 14_000, third);
    expect([await openOf(world, third), await claimed(world, third)]).toEqual([0, ['indemnity 4000, open 4000']]);
  });

  test('interest is never asked beyond what accrued: a payment entered late; nor anew for days that were claimed: a rate agreed since', async () => {
    const world = await makeWorld({ steps: [{ at: 30 }, { at: 40 }] });
    await claims(world, { interestFromLevel: 1, contractRate: 3_650 });
    const customer = await world.customer();
    const [late, dear] = [
      await world.invoice(customer, { totalMinor: 100_000 }),
      await world.invoice(customer, { totalMinor: 100_000 }),
    ];
    await world.run(world.J(30));
    await world.clock(world.J(31));
    const to = [{ invoiceId: late }];
    const money = { customerId: customer, amountMinor: 95_000, receivedOn: world.J(1), to };
    value(await recordPayment(world.context, world.acting, money));
    await claims(world, { contractRate: 7_300 });
    await world.run(world.J(40));
    // 30.00 for 30 days, then 2.00 a day instead of 1.00.
    expect(await claimed(world, dear)).toEqual(['interest 3000, open 3000', 'interest 2000, open 2000']);
    const messages = await Promise.all((await world.received()).map(({ reminderId }) => textOf(world, reminderId)));
    const last = messages.filter((text) => text.includes('F-1')).at(-1)!;
    // A day at 2.00 on 1 000.00 (the day of payment counts), 39 at 0.10 on 50.00.
    expect(last).toContain('Pénalités de retard au 11/04/2026 : 5,90 €');
  });

  test('waived while a worker holds the message, not begun: it is given back, and leaves without it', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
    await claims(world, { indemnityFromLevel: 1 });
    const invoice = await world.invoice(await world.customer());
    await world.run(world.J(5));
    await world.plan(world.J(15));
    await claimBatch(world.context, world.acting.companyId, world.worker, 10, 'hand-over');
    const [charge] = (await charges(world, invoice)).charges;
    value(await waiveCharge(world.context, world.acting, { chargeId: charge!.id, reason: 'geste' }));
    await world.deliver();
    expect(await asked(world)).toBe('100,00 €');
  });

  test('a step that becomes a formal notice after it left was none: a consumer owes no interest from it', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }, { at: 60 }] });
    await claims(world, { interestFromLevel: 1 });
    const customer = await world.customer('Lea Petit', { kind: 'consumer' });
    const invoice = await world.invoice(customer, { totalMinor: 100_000 });
    await world.runDays(5, 15);
    await world.changeSteps([
      { at: 5, was: 0 },
      { at: 15, was: 1, formalNotice: true, templateKey: 'formal-notice' },
      { at: 60, was: 2 },
    ]);
    await world.run(world.J(60));
    expect(await claimed(world, invoice)).toEqual([]);
  });

  test('F7 a rate that comes with a new version of Relance: what waits for it goes on by itself', async () => {
    const world = await makeWorld({ due: '2026-06-20', steps: [{ at: 15 }] });
    await claims(world, { interestFromLevel: 1 });
    await world.invoice(await world.customer());
    await world.run(world.J(15));
    expect(await world.reasonOf('F-1')).toBe('rate-not-known');
    // As if it were published: nobody says it, and nothing is woken for it.
    const rate = { kind: 'late_payment', half_year: '2026-H2', rate: 1_240 } as const;
    const said = { company_id: world.acting.companyId, ...rate, confirmed_on: world.today, confirmed_by: 'test' };
    await world.inside((tx) => tx.insertInto('interest_rate').values(said).execute());
    await world.run(world.J(16));
    expect(await world.diary()).toEqual(['J+16 R1 F-1']);
  });
});
