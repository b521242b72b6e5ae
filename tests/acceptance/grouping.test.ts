// Rule 12: one message a day for each customer. Who is in it, what it asks for, what it lists for information, and what waits.
import { describe, expect, test } from 'vitest';
import { browseReminders } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { companyStatus } from '../../src/app/company-status.ts';
import { openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { readMessage, readMessageText } from '../../src/app/read-message.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

/** A company that writes once a day to each customer. */
async function grouped(steps: StepSketch[], options: Parameters<typeof makeWorld>[0] = {}): Promise<World> {
  const world = await makeWorld({ steps, ...options });
  value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
  return world;
}

/** The plain text of the message as it is, or would be. */
async function textOf(world: World, reminderId: string): Promise<string> {
  return value(await readMessage(world.context, world.acting, reminderId)).text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

const lastText = async (world: World): Promise<string> => textOf(world, (await world.received()).at(-1)!.reminderId);

test('M6 two overdue invoices of 100.00 and 300.00 with the same step due: one message, two lines, total 400.00', async () => {
  const world = await grouped([{ at: 5 }]);
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(customer, { totalMinor: 30_000 });
  await world.run(world.J(5));
  expect(await world.received()).toMatchObject([{ level: 1, invoices: ['F-1', 'F-2'], askedMinor: 40_000 }]);
  const text = await lastText(world);
  expect(text).toContain('Facture F-1');
  expect(text).toContain('Facture F-2');
  expect(text).toContain('Total : 400,00 €');
  expect(text).toContain('des factures suivantes, la plus ancienne échue le');
});

test('M7 only the last of two invoices is paid: the other is still dunned, alone', async () => {
  const world = await grouped([{ at: 5 }, { at: 20 }]);
  const customer = await world.customer();
  await world.invoice(customer);
  const last = await world.invoice(customer, { dueOn: world.J(0), totalMinor: 30_000 });
  await world.run(world.J(5));
  await world.pay(customer, 30_000, last);
  await world.runDays(6, 21);
  expect(await world.diary()).toEqual(['J+5 R1 F-1 F-2', 'J+20 R2 F-1']);
  expect(await lastText(world)).not.toContain('F-2');
});

test('M9 overdue in EUR and in USD: one message, a total for each currency, never a sum of both', async () => {
  const world = await grouped([{ at: 5, requiresApproval: true }]);
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(customer, { totalMinor: 20_000, currency: 'USD' });
  await world.invoice(customer, { totalMinor: 5_000 });
  await world.run(world.J(5));
  const { rows } = await browseReminders(world.context, world.acting, { state: 'to_approve', limit: 10 });
  expect(rows).toMatchObject([
    { currency: 'EUR', askedMinor: 15_000, askedOthers: [{ currency: 'USD', minor: 20_000 }] },
  ]);
  expect(await world.approveAll()).toBe(1);
  const text = await lastText(world);
  expect(text).toContain('Total : 150,00 €');
  expect(text).toContain('Total : 200,00 USD');
  expect(text).not.toContain('350,00');
  const [left] = (await browseReminders(world.context, world.acting, { state: 'left', limit: 10 })).rows;
  expect(left).toMatchObject({ askedMinor: 15_000, askedOthers: [{ currency: 'USD', minor: 20_000 }] });
});

describe('M10 one invoice at the formal notice (J+50), one at J+2', () => {
  const steps = [{ at: 5 }, { at: 50, formalNotice: true, templateKey: 'formal-notice' }];
  const both = async () => {
    const world = await grouped(steps);
    const customer = await world.customer();
    await world.invoice(customer, { number: 'OLD' });
    await world.run(world.J(5));
    await world.invoice(customer, { number: 'NEW', dueOn: world.J(48), totalMinor: 7_700 });
    return { world, customer };
  };

  test('M10 the notice demands the first alone, the second is listed apart, and its step 1 comes on its own day', async () => {
    const { world } = await both();
    await world.run(world.J(50));
    const [notice] = await world.waiting();
    expect(notice).toMatchObject({ level: 2, invoices: ['OLD'], askedMinor: 10_000 });
    const text = await textOf(world, notice!.reminderId);
    const [demanded, information] = text.split('Pour information');
    expect(demanded).toContain('OLD');
    expect(demanded).not.toContain('NEW');
    expect(information).toMatch(/NEW, échéance .*, 77,00 €/);
    expect(text).toContain('la somme de 100,00 €');
    await world.approveAll();
    await world.runDays(51, 53);
    expect(await world.diary()).toEqual(['J+5 R1 OLD', 'J+50 R2 OLD', 'J+53 R1 NEW']);
  });

  test('a lower step that is due on the very day of the notice is not used up: it comes on the next sending day', async () => {
    const world = await grouped(steps);
    const customer = await world.customer();
    await world.invoice(customer, { number: 'OLD' });
    await world.run(world.J(5));
    await world.invoice(customer, { number: 'NEW', dueOn: world.J(45) });
    await world.run(world.J(50));
    expect(await world.reasonOf('NEW')).toBe('another-message-today');
    expect(await world.next('NEW')).toBe('J+51 R1');
    // A second run of the day writes nothing more, approved or not.
    await world.run(world.J(50));
    await world.approveAll();
    await world.run(world.J(50));
    await world.run(world.J(51));
    expect(await world.diary()).toEqual(['J+5 R1 OLD', 'J+50 R2 OLD', 'J+51 R1 NEW']);
  });
});

test('the highest step gives level and text; each invoice takes its own step, and its gap counts from there', async () => {
  const world = await grouped([{ at: 5 }, { at: 15 }, { at: 30 }]);
  const customer = await world.customer();
  await world.invoice(customer, { number: 'OLD' });
  await world.invoice(customer, { number: 'NEW', dueOn: world.J(10) });
  await world.runDays(5, 40);
  expect(await world.diary()).toEqual(['J+5 R1 OLD', 'J+15 R2 NEW OLD', 'J+25 R2 NEW', 'J+30 R3 OLD', 'J+40 R3 NEW']);
});

test('E9 a disputed invoice is left out of the grouped message, and not listed; the others are in it', async () => {
  const world = await grouped([{ at: 5 }]);
  const customer = await world.customer();
  await world.invoice(customer);
  const disputed = await world.invoice(customer, { number: 'LITIGE' });
  await world.invoice(customer);
  value(await openDispute(world.context, world.acting, { invoiceId: disputed, reason: 'casse' }));
  await world.run(world.J(5));
  expect(await world.diary()).toEqual(['J+5 R1 F-1 F-3']);
  expect(await lastText(world)).not.toContain('LITIGE');
});

describe('Pour information', () => {
  test('other overdue invoices are listed and take no step; what is paused, outside or not due is not', async () => {
    const world = await grouped([{ at: 5 }, { at: 20 }]);
    const customer = await world.customer();
    await world.invoice(customer, { number: 'DUE' });
    await world.invoice(customer, { number: 'LATE', dueOn: world.J(3), totalMinor: 1_234 });
    await world.invoice(customer, { number: 'SOON', dueOn: world.J(15) });
    const paused = await world.invoice(customer, { number: 'PAUSED', dueOn: world.J(2) });
    value(await pauseDunning(world.context, world.acting, { invoiceId: paused, reason: 'accord' }));
    await world.invoice(customer, { number: 'OUTSIDE', dueOn: world.J(-60) });
    await world.run(world.J(5));
    const text = await lastText(world);
    expect(text).toContain('non comprises dans la somme demandée');
    expect(text).toMatch(/- LATE, échéance .*, 12,34 €/);
    for (const other of ['SOON', 'PAUSED', 'OUTSIDE']) expect(text).not.toContain(other);
    await world.run(world.J(8));
    expect(await world.diary()).toEqual(['J+5 R1 DUE', 'J+8 R1 LATE']);
  });

  test('with the setting, what is not due yet is listed too; never when each invoice has its own message', async () => {
    const world = await grouped([{ at: 5 }]);
    value(await changeCompany(world.context, world.acting, { listsNotDue: true }));
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { number: 'SOON', dueOn: world.J(15) });
    await world.run(world.J(5));
    expect(await lastText(world)).toContain('- SOON, échéance');
    value(await changeCompany(world.context, world.acting, { grouping: 'invoice' }));
    await world.run(world.J(20));
    expect(await lastText(world)).not.toContain('Pour information');
  });

  test('a name or a number is text, in the HTML too', async () => {
    const world = await grouped([{ at: 5 }]);
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { number: '<b>F</b>', dueOn: world.J(2) });
    await world.run(world.J(5));
    const { html } = await world.mail((await world.received())[0]!.reminderId);
    expect(html).toContain('&lt;b&gt;F&lt;/b&gt;');
  });
});

test('different recipients are different messages, and neither lists what is the other’s', async () => {
  const world = await grouped([{ at: 5 }]);
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(customer, { number: 'AUTRE', recipients: { to: ['siege@example.fr'], cc: [] } });
  await world.invoice(customer, {
    number: 'AUTRE-2',
    dueOn: world.J(2),
    recipients: { to: ['siege@example.fr'], cc: [] },
  });
  await world.run(world.J(5));
  const received = await world.received();
  expect(received.map(({ invoices, to }) => [invoices.join(), to.join()]).sort()).toEqual([
    ['AUTRE', 'siege@example.fr'],
    ['F-1', 'atelier.brun@example.fr'],
  ]);
  for (const { reminderId, invoices } of received) {
    const text = await textOf(world, reminderId);
    expect(text.includes('AUTRE-2')).toBe(invoices[0] === 'AUTRE');
  }
});

test('a notice before the due date is no part of a reminder: it comes the day after', async () => {
  const world = await grouped([{ at: -3 }, { at: 5 }]);
  const customer = await world.customer();
  await world.invoice(customer, { number: 'LATE' });
  await world.invoice(customer, { number: 'SOON', dueOn: world.J(8) });
  await world.runDays(-3, 6);
  expect(await world.diary()).toEqual(['J-3 R0 LATE', 'J+5 R1 LATE', 'J+6 R0 SOON']);
});

test('two instalments of one invoice: one line each', async () => {
  const world = await grouped([{ at: 5 }]);
  const customer = await world.customer();
  await world.invoice(customer, {
    instalments: [
      { dueOn: world.J(0), amountMinor: 4_000 },
      { dueOn: world.J(0), amountMinor: 6_000 },
    ],
  });
  await world.run(world.J(5));
  const text = await lastText(world);
  expect(text).toContain('Reste dû : 40,00 €');
  expect(text).toContain('Reste dû : 60,00 €');
  expect(text).toContain('de la facture suivante');
});

test('paid while it waits: what is left has the step, the text and the amount that are its own', async () => {
  const world = await grouped([{ at: 5 }, { at: 15, templateKey: 'firm', requiresApproval: true }]);
  const customer = await world.customer();
  const old = await world.invoice(customer, { number: 'OLD' });
  await world.invoice(customer, { number: 'NEW', dueOn: world.J(10), totalMinor: 2_500 });
  await world.runDays(5, 15);
  expect(await world.waiting()).toMatchObject([{ level: 2, invoices: ['NEW', 'OLD'] }]);
  await world.pay(customer, 10_000, old);
  const [left] = await world.waiting();
  expect(left).toMatchObject({ level: 1, invoices: ['NEW'], askedMinor: 2_500 });
  expect(await textOf(world, left!.reminderId)).toContain(
    'nous n’avons pas encore reçu le règlement de la facture suivante',
  );
});

test('what is listed of a message that waits is what it asks for now: paid in part, paid whole, two currencies never added', async () => {
  const world = await grouped([{ at: 5, requiresApproval: true }]);
  const customer = await world.customer();
  const part = await world.invoice(customer, { number: 'PART' });
  const whole = await world.invoice(customer, { number: 'WHOLE', totalMinor: 5_000 });
  await world.invoice(customer, { number: 'USD', totalMinor: 2_500, currency: 'USD' });
  await world.run(world.J(5));
  const listed = async () => {
    const { rows } = await browseReminders(world.context, world.acting, { state: 'to_approve', limit: 10 });
    const { approval } = await companyStatus(world.context, world.acting);
    return rows.map(({ currency, askedMinor, askedOthers, invoices }) => ({
      amounts: [{ currency, minor: askedMinor }, ...askedOthers],
      invoices: invoices.map(({ number }) => number).sort(),
      figures: approval.amounts.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    }));
  };
  await world.pay(customer, 4_000, part);
  const usd = { currency: 'USD', minor: 2_500 };
  let amounts = [{ currency: 'EUR', minor: 11_000 }, usd];
  expect(await listed()).toEqual([{ amounts, invoices: ['PART', 'USD', 'WHOLE'], figures: amounts }]);
  await world.pay(customer, 5_000, whole);
  amounts = [{ currency: 'EUR', minor: 6_000 }, usd];
  expect(await listed()).toEqual([{ amounts, invoices: ['PART', 'USD'], figures: amounts }]);
  await world.pay(customer, 6_000, part);
  expect(await listed()).toEqual([{ amounts: [usd], invoices: ['USD'], figures: [usd] }]);
});

test('who edits one message reads no condition of the template', async () => {
  const world = await grouped([{ at: 5, requiresApproval: true }]);
  const customer = await world.customer();
  await world.invoice(customer);
  await world.invoice(customer);
  await world.run(world.J(5));
  const { reminderId } = (await world.waiting())[0]!;
  const { subject, body } = value(await readMessageText(world.context, world.acting, reminderId));
  expect(subject).toBe('Factures {{ invoice_number }} en attente de règlement');
  expect(body).not.toContain('{%');
});

test('a preview says what the runs then do, day by day', async () => {
  const world = await grouped([{ at: -3 }, { at: 5 }, { at: 15 }, { at: 30, formalNotice: true }]);
  const customer = await world.customer();
  for (const [index, due] of [0, 3, 10, 10, 25].entries())
    await world.invoice(customer, { number: `F${index}`, dueOn: world.J(due), totalMinor: 1_000 * (index + 1) });
  await world.clock(world.J(-4));
  const { reminders } = await world.preview(world.J(60));
  await world.runDays(-4, 60, { approve: true });
  const received = await world.received();
  const said = (day: string, level: number, numbers: string[]): string =>
    `${day} R${level} ${[...numbers].sort().join(' ')}`;
  expect(received.map((one) => said(one.day, one.level, one.invoices)).sort()).toEqual(
    reminders.map((one) => said(one.leavesOn, one.level, one.invoiceNumbers)).sort(),
  );
  expect(new Set(received.map(({ day }) => day)).size).toBe(received.length);
});

describe('senders of their own', () => {
  const steps: StepSketch[] = [
    { at: 5 },
    { at: 15, senderName: 'Direction Kerbrat', replyTo: 'direction@kerbrat.example' },
  ];

  test('separate messages on one day, each in its own name, its answers to its own address; together again where one writes', async () => {
    const world = await grouped(steps);
    value(
      await changeCompany(world.context, world.acting, { senderName: 'Compta', replyTo: 'compta@kerbrat.example' }),
    );
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { number: 'TOO' });
    await world.invoice(customer, { number: 'NEW', dueOn: world.J(10) });
    await world.runDays(5, 15);
    // A second run of the day adds nothing.
    await world.run(world.J(15));
    expect(await world.diary()).toEqual(['J+5 R1 F-1 TOO', 'J+15 R1 NEW', 'J+15 R2 F-1 TOO']);
    const [, first, second] = await world.received();
    const [own, named] = [await world.mail(first!.reminderId), await world.mail(second!.reminderId)];
    expect([own.from!.text, own.replyTo!.text]).toEqual([
      '"Compta" <relance@practice.invalid>',
      'compta@kerbrat.example',
    ]);
    expect([named.from!.text, named.replyTo!.text]).toEqual([
      '"Direction Kerbrat" <relance@practice.invalid>',
      'direction@kerbrat.example',
    ]);
    // It is signed by whoever writes it.
    expect(named.text).toContain('Direction Kerbrat');
    expect(own.text).not.toContain('Direction Kerbrat');
  });

  test('a preview says the same', async () => {
    const world = await grouped(steps);
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { number: 'NEW', dueOn: world.J(10) });
    const { reminders } = await world.preview(world.J(30));
    await world.runDays(0, 30);
    expect(reminders.map(({ leavesOn, level }) => `${leavesOn} R${level}`).sort()).toEqual(
      (await world.received()).map(({ day, level }) => `${day} R${level}`).sort(),
    );
    expect(reminders).toHaveLength(4);
  });

  test('a name that would end its header stands in one line', async () => {
    const world = await grouped([{ at: 5, senderName: 'Eve\r\nBcc: all@example.org' }]);
    await world.invoice(await world.customer());
    await world.run(world.J(5));
    const [sent] = await world.received();
    const mail = await world.mail(sent!.reminderId);
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.has('bcc')).toBe(false);
  });
});
