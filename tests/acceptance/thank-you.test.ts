// A thank-you: whoever has paid what it was reminded of is thanked, once, on the next sending day, if the company wants it so. It goes to
// somebody who owes nothing any more: whatever speaks against it keeps it back.
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { approveMany } from '../../src/app/approve-many.ts';
import { browseHistory, browseReminders } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import {
  approveReminders,
  editReminder,
  leaveInvoiceOut,
  refuseReminder,
  resolveReminder,
} from '../../src/app/decide-reminders.ts';
import { examine } from '../../src/app/examine.ts';
import { exportReminders } from '../../src/app/export-reminders.ts';
import { chargesOfInvoice, waiveCharge } from '../../src/app/keep-charges.ts';
import { openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { previewTemplate } from '../../src/app/preview-template.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { recordPayment, settleInvoices, undoAllocations } from '../../src/app/record-payment.ts';
import { reportUndelivered } from '../../src/app/report-undelivered.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { enrolCustomers, saveSequence } from '../../src/app/save-sequence.ts';
import { saveTemplate } from '../../src/app/save-template.ts';
import { markReminded } from '../../src/app/steer-cases.ts';
import { browseParts, workOperation } from '../../src/app/work-operations.ts';
import { digestMessage } from '../../src/core/digest.ts';
import { eventWords, sayEvent } from '../../src/words/events.ts';
import { reasonWords } from '../../src/words/reasons.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, World, type WorldOptions } from '../world/world.ts';

const due = '2026-05-04';
const writing = { day: (day: string) => day, amount: (minor: number) => String(minor) };

/** A company that thanks, with reminders at J+5 and J+15. */
async function thankful(options: WorldOptions = {}): Promise<World> {
  const world = await makeWorld({ steps: [{ at: -3 }, { at: 5 }, { at: 15 }], due, ...options });
  value(await changeCompany(world.context, world.acting, { thanksPayers: true }));
  return world;
}

/** Messages of thanks, the oldest first: 'J+7 sent F-1 F-2'. */
async function thanks(world: World): Promise<string[]> {
  return (await thanked(world)).map(
    ({ state, leftOn, sendOn, invoices }) =>
      `${world.distance(leftOn ?? sendOn)} ${state} ${invoices.map(({ number }) => number).join(' ')}`,
  );
}

async function thanked(world: World) {
  const { rows } = await browseReminders(world.context, world.acting, { limit: 200 });
  return rows.filter(({ kind }) => kind === 'thanks').reverse();
}

describe('A thank-you', () => {
  test('one message lists what was paid, asks for nothing, and is never sent twice', async () => {
    const world = await thankful();
    const customer = await world.customer('Atelier Brun', {
      contacts: [
        { role: 'main', email: 'brun@example.fr' },
        { role: 'accounts_payable', email: 'compta@example.fr' },
      ],
    });
    const first = await world.invoice(customer);
    const second = await world.invoice(customer, { totalMinor: 25_000 });
    const other = await world.invoice(await world.customer('Chez Paul'));
    await world.runDays(5, 6);
    await world.pay(customer, 35_000, first, second);
    // What is entered today may be taken back today.
    expect(await world.run(world.J(6))).toMatchObject({ thanks: 0 });
    expect((await world.preview(world.J(7))).reminders.filter(({ kind }) => kind === 'thanks')).toMatchObject([
      { leavesOn: world.J(7), invoiceNumbers: ['F-1', 'F-2'], askedMinor: 0, dueOn: world.J(6), needsApproval: false },
    ]);
    expect(await world.plan(world.J(7))).toMatchObject({ thanks: 1, ready: 1, toApprove: 0 });
    expect((await world.preview(world.J(7))).reminders.filter(({ kind }) => kind === 'thanks')).toHaveLength(1);
    await world.deliver();
    expect(await world.run()).toMatchObject({ thanks: 0, ready: 0 });
    await world.runDays(8, 16);
    expect(await thanks(world)).toEqual(['J+7 sent F-1 F-2']);
    const [message] = await thanked(world);
    expect(message).toMatchObject({
      level: 0,
      stepName: null,
      askedMinor: 0,
      to: ['compta@example.fr'],
      reason: { code: 'paid' },
    });
    const mail = await world.mail(message!.id);
    expect(mail.subject).toBe('Merci pour votre règlement, factures F-1, F-2');
    const said = mail.text!.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');
    expect(said).toContain('Facture F-1\n  Date : 04/04/2026\n  Réglée le : 10/05/2026\n  Montant TTC : 100,00 €');
    expect(said).toContain('Facture F-2');
    expect(said).not.toMatch(/F-3|Reste dû|Total|0,00 €\n.*0,00 €/);
    // It takes no step: the level of the invoices is that of their reminders.
    expect((await world.diary()).filter((line) => line.includes('F-1'))).toEqual(['J+5 R1 F-1']);
    for (const invoiceId of [first, second])
      expect((await world.history(invoiceId)).slice(-2)).toEqual(['reminder.planned: paid', 'reminder.captured']);
    expect(
      (await browseHistory(world.context, world.acting, { invoiceId: other, limit: 50 })).rows.every(
        ({ payload }) => payload?.thanks !== true,
      ),
    ).toBe(true);
    const wanted = {
      format: 'csv' as const,
      columns: ['level' as const, 'invoices' as const],
      language: 'fr' as const,
    };
    const file = value(await exportReminders(world.context, world.acting, { ...wanted, search: 'F-2' }));
    expect(await text(file.body as Readable)).toContain('"Remerciement";"F-1, F-2"');
    expect((await examine(world.context, world.acting)).filter(({ count }) => count > 0)).toEqual([]);
  });

  test('only money in full thanks, for what a reminder had asked for', async () => {
    const world = await thankful();
    const make = async (name: string) => {
      const customer = await world.customer(name);
      return { customer, invoice: await world.invoice(customer, { number: name }) };
    };
    const names = ['en-partie', 'avoir', 'marquee', 'avant', 'ailleurs', 'solde-marque', 'avoir-et-argent'];
    const [partly, credited, marked, early, elsewhere, half, both] = await Promise.all(names.map(make));
    await world.runDays(1, 1);
    value(
      await markReminded(world.context, world.acting, {
        invoiceId: elsewhere!.invoice,
        stepId: world.stepIds[1]!,
        note: 'par courrier',
      }),
    );
    await world.pay(early!.customer, 10_000, early!.invoice);
    await world.runDays(5, 6);
    await world.pay(partly!.customer, 4_000, partly!.invoice);
    await world.creditNote(credited!.customer, 10_000, credited!.invoice);
    value(await settleInvoices(world.context, world.acting, { invoiceIds: [marked!.invoice], reason: 'vu' }));
    await world.pay(elsewhere!.customer, 10_000, elsewhere!.invoice);
    await world.pay(half!.customer, 9_000, half!.invoice);
    value(await settleInvoices(world.context, world.acting, { invoiceIds: [half!.invoice], reason: 'geste' }));
    await world.creditNote(both!.customer, 2_000, both!.invoice);
    await world.pay(both!.customer, 8_000, both!.invoice);
    await world.runDays(7, 9);
    expect(await thanks(world)).toEqual(['J+7 sent avoir-et-argent']);
  });

  test('none for a customer that owes something overdue; once it owes nothing, for all of it', async () => {
    const world = await thankful();
    const customer = await world.customer();
    const [first, second, later] = [
      await world.invoice(customer),
      await world.invoice(customer),
      await world.invoice(customer, { dueOn: world.J(8) }),
    ];
    await world.runDays(5, 6);
    await world.pay(customer, 10_000, first);
    await world.runDays(7, 7);
    expect(await thanks(world)).toEqual([]);
    await world.pay(customer, 10_000, second);
    await world.plan(world.J(8));
    expect(await thanks(world)).toEqual(['J+8 ready F-1 F-2']);
    // Held up until the next day, when another invoice is overdue: it would be out of place.
    await world.clock(world.J(9));
    await world.deliver();
    expect(await thanks(world)).toEqual(['J+8 dropped F-1 F-2']);
    expect((await world.history(first)).at(-1)).toBe('reminder.dropped: still-owes');
    await world.pay(customer, 10_000, later);
    await world.runDays(10, 11);
    expect((await thanks(world)).slice(1)).toEqual(['J+10 sent F-1 F-2']);
  });

  test('the payment is taken back between the run and the sending: nothing leaves, and the next payment is thanked for', async () => {
    const world = await thankful();
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.runDays(5, 6);
    const payment = await world.pay(customer, 10_000, invoice);
    await world.plan(world.J(7));
    expect(await thanks(world)).toEqual(['J+7 ready F-1']);
    await world.bounce(payment);
    expect(await world.deliver()).toMatchObject({ captured: 0 });
    expect(await thanks(world)).toEqual(['J+7 dropped F-1']);
    expect(await world.history(invoice)).toContain('reminder.dropped: not-paid-any-more');
    const again = await world.pay(customer, 10_000, invoice);
    await world.runDays(8, 8);
    // Thanked for in this pass: not again, whatever becomes of the money.
    value(await undoAllocations(world.context, world.acting, { paymentId: again }));
    await world.runDays(9, 9);
    await world.bounce(again);
    await world.pay(customer, 10_000, invoice);
    await world.runDays(10, 12);
    expect(await thanks(world)).toEqual(['J+7 dropped F-1', 'J+8 sent F-1']);
  });

  test('two runs at once thank once, and the database refuses a second', async () => {
    const world = await thankful();
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.runDays(5, 6);
    await world.pay(customer, 10_000, invoice);
    await world.clock(world.J(7));
    await Promise.all([world.plan(), world.plan()]);
    await Promise.all([world.deliver(), world.deliver()]);
    expect(await thanks(world)).toEqual(['J+7 sent F-1']);
    const copied = world.inside(async (tx) => {
      const row = await tx.selectFrom('thanked').selectAll().executeTakeFirstOrThrow();
      const other = await tx
        .selectFrom('reminder')
        .select('id')
        .where('kind', '=', 'reminder')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('thanked')
        .values({ ...row, reason: null, reminder_id: other.id })
        .execute();
    });
    await expect(copied).rejects.toThrow('thanked_once');
    const asking = world.inside((tx) =>
      tx.updateTable('reminder').set({ asked_minor: 1 }).where('kind', '=', 'thanks').execute(),
    );
    await expect(asking).rejects.toThrow('reminder_thanks_asks_nothing');
  });

  test('off until somebody wants it; what was paid before, or long ago, is not thanked for; off again, what waits is dropped', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }], due });
    const customer = await world.customer();
    const invoices = [await world.invoice(customer), await world.invoice(customer), await world.invoice(customer)];
    const forgotten = await world.customer('Chez Paul');
    const old = await world.invoice(forgotten);
    await world.runDays(5, 6);
    await world.pay(customer, 10_000, invoices[0]!);
    await world.runDays(7, 8);
    value(await changeCompany(world.context, world.acting, { thanksPayers: true }));
    await world.pay(customer, 10_000, invoices[1]!);
    await world.pay(customer, 10_000, invoices[2]!);
    // Found on an account a month later.
    const to = [{ invoiceId: old }];
    const late = { customerId: forgotten, amountMinor: 10_000, receivedOn: world.J(-23), to };
    value(await recordPayment(world.context, world.acting, late));
    await world.plan(world.J(9));
    expect(await thanks(world)).toEqual(['J+9 ready F-2 F-3']);
    value(await changeCompany(world.context, world.acting, { thanksPayers: false }));
    await world.run(world.J(9));
    expect(await thanks(world)).toEqual(['J+9 dropped F-2 F-3']);
    value(await changeCompany(world.context, world.acting, { thanksPayers: true }));
    await world.runDays(10, 11);
    expect(await thanks(world)).toHaveLength(1);
  });

  test('sending days, limits, pauses, disputes, no sequence: it waits or does not come', async () => {
    const world = await thankful({ weekdays: [1, 2, 3, 4] });
    value(await changeCompany(world.context, world.acting, { daysBetweenMessages: 5 }));
    const make = async (name: string) => {
      const customer = await world.customer(name);
      return { customer, invoice: await world.invoice(customer, { number: name }) };
    };
    const [plain, paused, disputed, left] = [await make('P'), await make('Q'), await make('R'), await make('S')];
    // J+5 is a Saturday: reminders leave on Monday, J+7.
    await world.runDays(5, 9);
    for (const { customer, invoice } of [plain, paused, disputed, left]) await world.pay(customer, 10_000, invoice);
    value(
      await pauseDunning(world.context, world.acting, {
        customerId: paused.customer,
        reason: 'congés',
        untilOn: world.J(16),
      }),
    );
    value(await openDispute(world.context, world.acting, { invoiceId: disputed.invoice, reason: 'double' }));
    value(await enrolCustomers(world.context, world.acting, { customerIds: [left.customer], enrolment: 'none' }));
    await world.runDays(10, 20);
    // J+10 is a Thursday, three days after the reminder; J+11 to J+13 are no sending days.
    expect(await thanks(world)).toEqual(['J+14 sent P', 'J+17 sent Q']);
  });

  test('what waits for approval can be read, changed within bounds, cut down, refused', async () => {
    const world = await thankful();
    const customer = await world.customer('Grand compte', { keyAccount: true });
    const [first, second] = [await world.invoice(customer), await world.invoice(customer)];
    await world.runDays(5, 5, { approve: true });
    await world.pay(customer, 20_000, first, second);
    expect(await world.run(world.J(6))).toMatchObject({ thanks: 1, toApprove: 1, ready: 0 });
    const [waiting] = await thanked(world);
    const reminderId = waiting!.id;
    expect(waiting!.state).toBe('to_approve');
    expect(value(await readMessage(world.context, world.acting, reminderId)).text).toContain('F-2');
    const edit = (body: string) => editReminder(world.context, world.acting, { reminderId, subject: 'Merci', body });
    expect(await edit('Il reste {{ amount_due }}.')).toMatchObject({ fault: { code: 'tag-asks', with: { line: 1 } } });
    value(await edit('Merci pour {{ invoice_number }}.'));
    expect(value(await leaveInvoiceOut(world.context, world.acting, { reminderId, invoiceId: first }))).toEqual({
      left: 1,
    });
    expect(value(await readMessage(world.context, world.acting, reminderId)).text).toContain('Merci pour F-2.');
    value(await refuseReminder(world.context, world.acting, { reminderId, reason: 'au téléphone' }));
    await world.runDays(7, 9);
    // Neither what was left out nor what was refused comes again.
    expect((await thanked(world)).map(({ state }) => state)).toEqual(['refused']);
  });

  test('it goes to whom the last reminder would go now: corrected, apart where recipients differ, nowhere where nobody is left', async () => {
    const world = await thankful();
    const customer = await world.customer();
    const [first, second] = [await world.invoice(customer), await world.invoice(customer)];
    const own = await world.invoice(customer, { recipients: { to: ['chantier@example.fr'], cc: [] } });
    await world.runDays(5, 6);
    await world.pay(customer, 30_000, first, second, own);
    await world.plan(world.J(7));
    expect((await thanks(world)).sort()).toEqual(['J+7 ready F-1 F-2', 'J+7 ready F-3']);
    await world.change(second, { recipients: { to: ['autre@example.fr'], cc: [] } });
    value(
      await saveCustomer(world.context, world.acting, {
        id: customer,
        name: 'Atelier Brun',
        contacts: [{ email: 'neuf@example.fr' }],
      }),
    );
    await world.deliver();
    const sent = (await thanked(world)).filter(({ state }) => state === 'sent');
    expect(sent.map(({ to, invoices }) => `${to} ${invoices.map(({ number }) => number)}`).sort()).toEqual([
      'chantier@example.fr F-3',
      'neuf@example.fr F-1',
    ]);
    await world.runDays(8, 8);
    expect((await thanked(world)).at(-1)).toMatchObject({ to: ['autre@example.fr'], state: 'sent' });
  });

  test('not to an address of the invoice that is blocked', async () => {
    const world = await thankful();
    const customer = await world.customer();
    const invoice = await world.invoice(customer, { recipients: { to: ['chantier@example.fr'], cc: [] } });
    await world.runDays(5, 15);
    const { rows } = await browseReminders(world.context, world.acting, { limit: 1 });
    const report = { reminderId: rows[0]!.id, reason: '550 5.1.1', blocks: true };
    value(await reportUndelivered(world.context, world.acting, report));
    await world.pay(customer, 10_000, invoice);
    await world.runDays(16, 17);
    expect(await thanks(world)).toEqual([]);
  });

  test('turned off, thanks that wait for approval wait no longer; the morning’s mail had said no amount for them', async () => {
    const { world } = await waitingOne();
    const row = { customerName: 'Grand', level: 0, stepName: 'Remerciement', amounts: [{ currency: 'EUR', minor: 0 }] };
    const digest = {
      language: 'fr' as const,
      companyName: 'Kerbrat',
      count: 1,
      includesThanks: true,
      leavingByThemselves: 0,
    };
    const told = digestMessage({
      ...digest,
      amounts: row.amounts,
      tooLong: { count: 0, days: 5 },
      rows: [row],
      link: 'https://relance.example',
    });
    expect(told.text).toContain('1 message ne partira qu’après votre accord.');
    expect(told.text).toContain('- Grand · Remerciement\n');
    value(await changeCompany(world.context, world.acting, { thanksPayers: false }));
    await world.run(world.J(7));
    expect(await thanks(world)).toEqual(['J+6 dropped F-1']);
  });

  test('a text that a person wrote stays in its language, whoever reads it', async () => {
    const { world, customer } = await waitingOne();
    const [message] = await thanked(world);
    const changed = { subject: 'Merci', body: 'Merci.\n\n{{ invoice_table }}' };
    value(await editReminder(world.context, world.acting, { reminderId: message!.id, ...changed }));
    const contacts = [{ email: 'new@example.com' }];
    value(await saveCustomer(world.context, world.acting, { id: customer, language: 'en', contacts }));
    value(await approveReminders(world.context, world.acting, { reminderIds: [message!.id] }));
    await world.deliver();
    expect((await world.mail(message!.id)).text).toMatch(/Réglée le/);
  });

  test('what was claimed beside the invoice is owed too: no thanks until it is waived', async () => {
    const world = await thankful();
    value(await changeCompany(world.context, world.acting, { indemnityFromLevel: 1 }));
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.runDays(5, 6);
    await world.pay(customer, 10_000, invoice);
    await world.runDays(7, 8);
    expect(await thanks(world)).toEqual([]);
    const { charges } = value(await chargesOfInvoice(world.context, world.acting, invoice));
    for (const { id: chargeId } of charges)
      value(await waiveCharge(world.context, world.acting, { chargeId, reason: 'geste' }));
    await world.runDays(9, 9);
    expect(await thanks(world)).toEqual(['J+9 sent F-1']);
  });

  test('claimed for a connection and taken back: it can’t be begun; approved with others and taken back: it is told why', async () => {
    const world = await thankful();
    const [customer, key] = [await world.customer(), await world.customer('Grand compte', { keyAccount: true })];
    const [first, second] = [await world.invoice(customer), await world.invoice(customer)];
    const third = await world.invoice(key);
    await world.runDays(5, 6, { approve: true });
    const payments = [await world.pay(customer, 10_000, first), await world.pay(key, 10_000, third)];
    await world.pay(customer, 10_000, second);
    await world.plan(world.J(7));
    const { mails } = await claimBatch(world.context, world.acting.companyId, world.worker, 10, 'hand-over');
    expect(mails.map(({ kind, askedMinor, invoiceIds }) => [kind, askedMinor, invoiceIds.length])).toEqual([
      ['thanks', 0, 2],
    ]);
    for (const payment of payments) await world.bounce(payment);
    // What is left of it is made anew, without the invoice that is owed again; by now that one is overdue, so nothing leaves.
    expect((await thanks(world)).map((line) => line.slice(4))).toEqual(['dropped F-1 F-2', 'dropped F-3']);
    const reminderIds = (await thanked(world)).map(({ id }) => id);
    const { operationId } = value(await approveMany(world.context, world.acting, { reminderIds }));
    await workOperation(world.context, world.acting.companyId, operationId);
    const { rows } = await browseParts(world.context, world.acting, operationId, { limit: 9 });
    const told = rows.flatMap(({ invoices }) => invoices.map(({ number, reason }) => `${number} ${reason?.code}`));
    expect(told.sort()).toEqual(['F-1 not-paid-any-more', 'F-2 not-paid-any-more', 'F-3 not-paid-any-more']);
  });

  test('undelivered, it is shown as such, waits for nobody and is not sent anew', async () => {
    const world = await thankful();
    const customer = await world.customer();
    const invoice = await world.invoice(customer);
    await world.runDays(5, 6);
    await world.pay(customer, 10_000, invoice);
    await world.runDays(7, 7);
    const reminderId = (await thanked(world))[0]!.id;
    const came = await reportUndelivered(world.context, world.acting, {
      reminderId,
      reason: '550 5.1.1',
      blocks: true,
    });
    expect(value(came)).toMatchObject({ undelivered: true, waits: false });
    expect((await browseReminders(world.context, world.acting, { state: 'problems', limit: 9 })).rows).toEqual([]);
    const again = { reminderId, outcome: 'send-again' as const };
    expect(await resolveReminder(world.context, world.acting, again)).toMatchObject({ ok: false });
    await world.runDays(8, 9);
    expect(await thanks(world)).toEqual(['J+7 undelivered F-1']);
    const { rows } = await browseHistory(world.context, world.acting, { customerId: customer, limit: 50 });
    const telling = { words: eventWords.fr, reasons: reasonWords.fr, writing, locale: 'fr-FR', currency: 'EUR' };
    expect(
      rows
        .filter(({ payload }) => payload?.thanks)
        .map((row) => sayEvent(row, telling))
        .reverse(),
    ).toEqual([
      'Remerciement préparé : Facture relancée, réglée le 2026-05-10.',
      'Remerciement capturé, pour atelier.brun@example.fr.',
      'Remerciement non remis à atelier.brun@example.fr : 550 5.1.1',
    ]);
  });

  test('two companies: one thanks its customers, the other, whose customers have the same names, does not', async () => {
    const world = await thankful();
    const other = await World.over(world.database, { steps: [{ at: 5 }], due });
    for (const one of [world, other]) {
      const customer = await one.customer();
      const invoice = await one.invoice(customer);
      await one.runDays(5, 6);
      await one.pay(customer, 10_000, invoice);
      await one.runDays(7, 8);
    }
    expect([await thanks(world), await thanks(other)]).toEqual([['J+7 sent F-1'], []]);
  });

  test('a template of thanks speaks of no debt, and no step sends it', async () => {
    const world = await thankful();
    const own = { key: 'thank-you', language: 'fr', subject: 'Merci', body: '{{ invoice_table }}' };
    expect(await saveTemplate(world.context, world.acting, { ...own, body: 'a\n{{ payment_details }}' })).toMatchObject(
      {
        fault: { code: 'tag-asks', with: { tag: 'payment_details', field: 'body', line: 2 } },
      },
    );
    const loop = '{% for invoice in invoices %}{{ invoice.amount_due }}{% endfor %}';
    expect(await saveTemplate(world.context, world.acting, { ...own, body: loop })).toMatchObject({ ok: false });
    value(await saveTemplate(world.context, world.acting, own));
    expect(value(await previewTemplate(world.context, world.acting, own)).text).toContain('Réglée le');
    const asStep = { title: 'X', steps: [{ level: 1, name: 'R1', offsetDays: 5, templateKey: 'thank-you' }] };
    expect(await saveSequence(world.context, world.acting, asStep)).toMatchObject({
      fault: { code: 'sequence-refused', with: { problem: 'thanks-as-step' } },
    });
  });

  test('practice counts for nothing live; what is in doubt is sent again by a person alone', async () => {
    const world = await thankful({ due: '2026-03-02' });
    const customer = await world.customer();
    const practised = await world.invoice(customer, { dueOn: world.J(-10) });
    await world.run(world.J(-5));
    await world.pay(customer, 10_000, practised);
    const server = await startMailServer();
    await world.goLive(server.port, '2026-03-01T12:00:00Z');
    await world.run(world.J(0));
    expect(await thanks(world)).toEqual([]);
    const invoice = await world.invoice(customer);
    await world.run(world.J(5));
    expect(await world.approveAll()).toBe(1);
    await world.pay(customer, 10_000, invoice);
    server.next('hang up after data');
    await world.run(world.J(6));
    expect(await thanks(world)).toEqual(['J+6 in_doubt F-2']);
    await world.runDays(7, 8);
    expect([server.seen.length, server.accepted.length]).toEqual([2, 1]);
    const [message] = await thanked(world);
    value(await resolveReminder(world.context, world.acting, { reminderId: message!.id, outcome: 'send-again' }));
    await world.deliver();
    await world.runDays(9, 10);
    expect(await thanks(world)).toEqual(['J+8 sent F-2']);
    expect(server.accepted.map(({ to }) => to)).toEqual([['atelier.brun@example.fr'], ['atelier.brun@example.fr']]);
    expect(message!.practice).toBe(false);
  });
});

/** Thanks to a key account that wait for approval at J+6. */
async function waitingOne(): Promise<{ world: World; customer: string }> {
  const world = await thankful();
  const customer = await world.customer('Grand', { keyAccount: true });
  const invoice = await world.invoice(customer);
  await world.runDays(5, 5, { approve: true });
  await world.pay(customer, 10_000, invoice);
  await world.plan(world.J(6));
  return { world, customer };
}
