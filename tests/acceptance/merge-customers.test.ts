// "Fusionner avec" (A1): a customer that is there twice becomes one. What it moves is said before; nothing is lost, nothing counts twice.
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { browseCustomers, browseHistory, browseReminders, oneCustomer, oneInvoice } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import { editReminder } from '../../src/app/decide-reminders.ts';
import { DeliveryLedger } from '../../src/app/delivery-ledger.ts';
import { findAllNamed } from '../../src/app/find-named.ts';
import { importErrors, previewImport, runImport } from '../../src/app/import-file.ts';
import { makePromise } from '../../src/app/keep-promises.ts';
import { createTask } from '../../src/app/keep-tasks.ts';
import { mergeCustomers, previewMerge } from '../../src/app/merge-customers.ts';
import { noteContact } from '../../src/app/note-contact.ts';
import { openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { pauseMany } from '../../src/app/pause-many.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { proposeDueDate } from '../../src/app/propose-due-date.ts';
import { allocateCredit, recordPayment } from '../../src/app/record-payment.ts';
import { remindMany } from '../../src/app/remind-many.ts';
import { reportUndelivered } from '../../src/app/report-undelivered.ts';
import { type CustomerInput, saveCustomer } from '../../src/app/save-customer.ts';
import { changeInvoice, createInvoice } from '../../src/app/save-invoice.ts';
import { enrolCustomers } from '../../src/app/save-sequence.ts';
import { undoOperation } from '../../src/app/undo-operation.ts';
import { oneOperation, workOperation } from '../../src/app/work-operations.ts';
import { examineRows } from '../../src/db/examination.ts';
import { companyFigures } from '../../src/db/lists.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const merge = (world: World, fromId: string, intoId: string) =>
  mergeCustomers(world.context, world.acting, { fromId, intoId });

/** What `relance doctor` would find. */
const findings = async (world: World) =>
  (await world.inside((tx) => examineRows(tx, world.acting.companyId))).filter(({ count }) => count > 0);

const shown = async (world: World, id: string) => value(await oneCustomer(world.context, world.acting, id));

const change = async (world: World, id: string, fields: Partial<CustomerInput>): Promise<void> => {
  value(await saveCustomer(world.context, world.acting, { id, ...fields }));
};

const file = (text: string) => {
  const bytes = Buffer.from(text);
  return { name: 'fichier.csv', size: bytes.length, stream: Readable.from([bytes]) };
};

const importFile = async (world: World, kind: 'customers' | 'invoices' | 'payments', text: string) =>
  value(await runImport(world.context, world.acting, { kind, source: file(text) }));

/** What the company's screens add up. */
const figures = (world: World) =>
  world.inside(async (tx) => {
    const { amounts, openInvoices, overdueInvoices } = await companyFigures(tx, world.acting.companyId, world.today);
    const { rows } = await sql<{ credits: number; charges: number; allocated: number }>`
      select (select coalesce(sum(unallocated_minor), 0) from payment where returned_on is null) as credits,
        (select coalesce(sum(open_minor), 0) from charge) as charges,
        (select coalesce(sum(amount_minor), 0) from allocation) as allocated`.execute(tx);
    return { amounts, openInvoices, overdueInvoices, ...rows[0] };
  });

const contactsOf = async (world: World, id: string): Promise<string[]> =>
  (await shown(world, id)).contacts.map(({ email, role }) => `${role} ${email}`).sort();

describe('What a merge moves', () => {
  test('all that the one owes, paid, was sent and promised is the other’s; the preview says it before, and changes nothing', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    const from = await world.customer('Brun SARL', {
      contacts: [
        { email: 'brun@brun.example', name: 'Anne' },
        { email: 'COMPTA@brun.example', role: 'accounts_payable' },
        { name: 'Standard', phone: '01 23' },
      ],
      delaysDays: [10],
      notes: 'Appeler le matin',
    });
    const into = await world.customer('Atelier Brun', { contacts: [{ email: 'compta@brun.example' }], language: 'en' });
    const first = await world.invoice(from, { number: 'F-1' });
    const paused = await world.invoice(from, { number: 'F-2' });
    await world.invoice(into, { number: 'G-1', dueOn: world.J(10) });
    await change(world, from, { delaysDays: null });
    await world.run(world.J(5));
    await change(world, from, { delaysDays: [10] });
    await world.pay(from, 4_000, first);
    await world.pay(from, 700);
    value(await createTask(world.context, world.acting, { customerId: from, text: 'Passer', dueOn: world.today }));
    const promised = { customerId: from, invoiceId: paused, promisedOn: world.J(12) };
    value(await makePromise(world.context, world.acting, promised));
    value(await pauseDunning(world.context, world.acting, { customerId: from, reason: 'congés' }));
    const before = await figures(world);
    const preview = value(await previewMerge(world.context, world.acting, { fromId: from, intoId: into }));
    expect(preview).toMatchObject({
      invoices: 2,
      openInvoices: 2,
      open: [{ currency: 'EUR', minor: 16_000 }],
      payments: 2,
      credits: [{ currency: 'EUR', minor: 700 }],
      tasks: 1,
      promises: 1,
      paused: 2,
      waiting: 0,
      passage: null,
      differs: ['language'],
      notTaken: ['delays', 'notes'],
    });
    expect((await shown(world, from)).mergedInto).toBeNull();
    expect(value(await merge(world, from, into))).toEqual(preview);
    expect(await figures(world)).toEqual(before);
    expect(await contactsOf(world, into)).toEqual([
      'main compta@brun.example',
      'management brun@brun.example',
      'management null',
    ]);
    // Its invoices stay paused, those of the other are not, and each keeps its steps.
    expect(await world.reasonOf('F-1')).toBe('paused');
    expect(await world.next('G-1')).toBe('J+15 R1');
    await world.run(world.J(40));
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+5 R1 F-2', 'J+40 R1 G-1']);
    expect((await world.received()).at(-1)!.to).toEqual(['compta@brun.example']);
    // The thread of mails is that of whoever is written to.
    const [, , last] = await world.received();
    expect((await world.mail(last!.reminderId)).references).toBe(`<customer-${into}@practice.invalid>`);
    const gone = await shown(world, from);
    expect(gone.mergedInto).toMatchObject({ id: into, name: 'Atelier Brun', on: world.J(5) });
    expect(gone).toMatchObject({ open: [], row: { notes: 'Appeler le matin' } });
    expect((await shown(world, into)).mergedFrom).toMatchObject([{ id: from, name: 'Brun SARL' }]);
    const history = async (customerId: string) =>
      (await browseHistory(world.context, world.acting, { customerId, limit: 50 })).rows.map(({ type }) => type);
    expect(await history(from)).toContain('payment.recorded');
    expect((await history(from))[0]).toBe('customer.merged');
    expect(await history(into)).toContain('customer.merged-in');
    expect(await findings(world)).toEqual([]);
  });

  test('it is in no list, no sequence and no run any more; its number reaches the other, by hand, in files and through the API', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const from = await world.customer('Brun SARL', { number: 'A' });
    const into = await world.customer('Atelier Brun', { number: 'B' });
    const known = await world.invoice(from, { number: 'F-1' });
    value(await merge(world, from, into));
    const { context, acting } = world;
    expect((await browseCustomers(context, acting, { limit: 10 })).rows.map(({ number }) => number)).toEqual(['B']);
    expect(value(await findAllNamed(context, acting, 'customer', ['A']))).toEqual([into]);
    expect(value(await findAllNamed(context, acting, 'customer', ['brun sarl']))).toEqual([into]);
    // Whoever looks for it by its old number finds the other.
    expect((await browseCustomers(context, acting, { limit: 10, search: 'SARL' })).rows.map(({ id }) => id)).toEqual([
      into,
    ]);
    await world.invoice(from, { number: 'F-2' });
    value(await recordPayment(context, acting, { customerId: from, amountMinor: 300, receivedOn: world.today }));
    const invoices = 'number;customer number;customer name;due date;amount';
    const wholeFile = `${invoices}\nF-1;A;Brun SARL;2026-03-02;100,00\nF-3;A;Brun SARL;2026-03-02;50,00\n`;
    expect((await importFile(world, 'invoices', wholeFile)).counts).toMatchObject({
      created: 1,
      unchanged: 1,
      faulty: 0,
    });
    const byName = 'number;customer name;due date;amount\nF-4;Brun SARL;2026-03-02;20,00';
    expect((await importFile(world, 'invoices', byName)).counts).toMatchObject({ created: 1, faulty: 0 });
    const payments = 'number;customer number;invoice;date;amount\nP-1;A;F-3;2026-03-01;50,00';
    expect((await importFile(world, 'payments', payments)).counts).toMatchObject({ created: 1, faulty: 0 });
    expect((await shown(world, into)).open).toEqual([{ currency: 'EUR', minor: 22_000 }]);
    // What a file of customers says of it is left alone, with a word.
    const customers = 'number;name;email\nA;Brun SARL;vieille@brun.example\nB;Atelier Brun;';
    const preview = value(await previewImport(context, acting, { kind: 'customers', source: file(customers) }));
    const note = { code: 'customers-merged', with: { customers: 'A → Atelier Brun' } };
    expect(preview).toMatchObject({ counts: { created: 0, changed: 0, unchanged: 2, faulty: 0 } });
    expect(preview.recognised.notes).toContainEqual(note);
    const done = await importFile(world, 'customers', customers);
    expect(done.recognised.notes).toContainEqual(note);
    expect(value(await importErrors(context, acting, done.importId))).toEqual([]);
    expect(await contactsOf(world, into)).toEqual(['main atelier.brun@example.fr', 'management brun.sarl@example.fr']);
    // What would be hung on it is refused, and says why.
    const merged = { fault: { code: 'customer-merged', with: { name: 'Brun SARL' } } };
    expect(await saveCustomer(context, acting, { id: from, name: 'Brun' })).toMatchObject(merged);
    expect(await noteContact(context, acting, { customerId: from, how: 'call', note: 'x' })).toMatchObject(merged);
    expect(await createTask(context, acting, { customerId: from, text: 'x', dueOn: world.today })).toMatchObject(
      merged,
    );
    expect(await saveCustomer(context, acting, { id: into, payerId: from })).toMatchObject(merged);
    const enrolment = { customerIds: [from], enrolment: 'default' as const };
    expect(await enrolCustomers(context, acting, enrolment)).toMatchObject({ fault: { code: 'not-found' } });
    expect(await merge(world, from, into)).toMatchObject(merged);
    expect(await merge(world, into, from)).toMatchObject(merged);
    expect(await merge(world, into, into)).toMatchObject({ fault: { code: 'merge-into-itself' } });
    await world.run(world.J(5));
    expect(new Set((await world.received()).flatMap(({ to }) => to))).toEqual(new Set(['atelier.brun@example.fr']));
    expect(await world.history(known)).toContain('reminder.captured');
    expect(await findings(world)).toEqual([]);
  });
});

test('an invoice that comes in for the merged one without a due date is due by the terms of the other, as its form proposes', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const from = await world.customer('Brun SARL', { number: 'A', paymentTerms: '10 jours' });
  const into = await world.customer('Atelier Brun', { number: 'B', paymentTerms: '60 jours' });
  value(await merge(world, from, into));
  const issuedOn = '2026-02-01';
  const dueOn = '2026-04-02';
  const due = async (invoiceId: string) => value(await oneInvoice(world.context, world.acting, invoiceId)).dueOn;
  const proposed = value(await proposeDueDate(world.context, world.acting, { customerId: from, issuedOn }));
  expect(proposed).toMatchObject({ dueOn });
  const made = { customerId: from, number: 'F-1', issuedOn, totalMinor: 5_000 };
  const { invoiceId } = value(await createInvoice(world.context, world.acting, made));
  expect(await due(invoiceId)).toBe(dueOn);
  const rows = `number;customer number;customer name;issue date;amount\nF-2;A;Brun SARL;${issuedOn};50,00\n`;
  await importFile(world, 'invoices', rows);
  expect(await due(value(await findAllNamed(world.context, world.acting, 'invoice', ['F-2']))[0]!)).toBe(dueOn);
});

describe('What goes on', () => {
  test('its invoices go on in the other’s sequence (rule 11): no step twice, no formal notice first; what that leaves is said', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
    const { sequenceId } = await world.sequence('Lente', [{ at: 10 }, { at: 30 }, { at: 60, formalNotice: true }]);
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Atelier Brun');
    await world.enrol([into], sequenceId);
    await world.invoice(from, { number: 'F-1' });
    await world.runDays(5, 15);
    await world.clock(world.J(25));
    const { passage } = value(await merge(world, from, into));
    expect(passage).toEqual({ from: world.sequenceId, to: sequenceId });
    expect(await world.next('F-1')).toBe('J+30 R2');
    const none = await world.customer('Aucune relance');
    value(await enrolCustomers(world.context, world.acting, { customerIds: [none], enrolment: 'none' }));
    expect(value(await merge(world, into, none)).passage).toEqual({ from: sequenceId, to: null });
    await world.runDays(26, 70);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+15 R2 F-1']);
    // The first one went along: a chain has no middle.
    expect((await shown(world, from)).mergedInto).toMatchObject({ id: none });
    expect(await findings(world)).toEqual([]);
  });

  test('what waits is taken out with its reason and planned anew for the other; by hand it is not; what came back waits on', async () => {
    const world = await makeWorld({
      steps: [
        { at: 5, requiresApproval: true },
        { at: 20, channels: ['task'] },
      ],
    });
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Atelier Brun');
    const other = await world.invoice(from, { number: 'F-0', dueOn: world.J(-15) });
    const invoice = await world.invoice(from, { number: 'F-1' });
    await world.run(world.J(5));
    const [sent] = await world.waiting();
    await world.approveAll();
    expect(sent!.invoices).toBeDefined();
    const back = (await world.received()).find(({ invoices }) => invoices[0] === 'F-0')!;
    value(
      await reportUndelivered(world.context, world.acting, { reminderId: back.reminderId, reason: 'x', blocks: false }),
    );
    await world.invoice(from, { number: 'F-2', dueOn: world.J(4) });
    await world.run(world.J(20));
    expect((await world.toDo()).map(({ invoices }) => invoices[0])).toEqual(['F-1']);
    expect((await world.waiting()).map(({ invoices }) => invoices[0])).toEqual(['F-2']);
    const byHand = await world.invoice(from, { number: 'F-3', dueOn: world.J(19) });
    value(await prepareReminders(world.context, world.acting, { invoiceIds: [byHand], level: 1 }));
    expect(value(await merge(world, from, into))).toMatchObject({ waiting: 3, waitingByHand: 1 });
    expect(await world.waiting()).toEqual([]);
    expect(await world.toDo()).toEqual([]);
    expect(await world.history(invoice)).toContain('reminder.dropped: customer-merged');
    await world.run();
    expect((await world.waiting()).map(({ invoices, to }) => `${invoices[0]} ${to}`)).toEqual([
      'F-2 atelier.brun@example.fr',
    ]);
    expect((await world.toDo()).map(({ invoices }) => invoices[0])).toEqual(['F-1']);
    expect(await world.reasonOf('F-0')).toBe('not-delivered');
    expect(await world.history(other)).toContain('reminder.undelivered');
    expect(await findings(world)).toEqual([]);
  });

  test('claimed and not begun, its message does not leave; begun, the merge waits for it, and so it does for an action for many', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 5 }], instant: '2026-03-01T11:00:00Z' });
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Atelier Brun');
    const invoice = await world.invoice(from, { number: 'F-1' });
    await world.goLive(server.port, '2026-03-01T12:00:00Z');
    await world.inside((tx) =>
      tx
        .updateTable('company')
        .set({ first_sending_approved_at: new Date(0) })
        .execute(),
    );
    await world.plan(world.J(5));
    const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
    const ledger = new DeliveryLedger(world.context, company, world.worker);
    const claim = () => claimBatch(world.context, company.id, world.worker, 10, 'hand-over');
    const third = await world.customer('Brun bis');
    const begunInvoice = await world.invoice(third, { number: 'T-1' });
    const [mail] = (await claim()).mails;
    expect(mail!.customerId).toBe(from);
    value(await merge(world, from, into));
    expect(await ledger.begin(mail!)).toBeNull();
    await world.plan();
    const { mails } = await claim();
    const ofThird = mails.find(({ customerId }) => customerId === third)!;
    const attemptId = (await ledger.begin(ofThird))!;
    expect(await merge(world, third, into)).toMatchObject({ fault: { code: 'merge-message-leaves' } });
    await ledger.end({ mail: ofThird, attemptId, outcome: { kind: 'accepted', answer: '250 ok' } });
    const operation = { invoiceIds: [begunInvoice], level: 1 };
    value(await remindMany(world.context, world.acting, operation));
    expect(await merge(world, third, into)).toMatchObject({ fault: { code: 'merge-operation-runs' } });
    await world.inside((tx) => tx.updateTable('operation').set({ state: 'finished' }).execute());
    value(await merge(world, third, into));
    await world.deliver();
    expect(server.accepted.map(({ to }) => to.join())).toEqual(['atelier.brun@example.fr']);
    expect(await world.history(invoice)).toContain('reminder.sent');
    expect(await findings(world)).toEqual([]);
  });

  test('what its pause held back stays held back, though it was settled: no thanks, and no reminder of money that is taken back', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
    value(await changeCompany(world.context, world.acting, { thanksPayers: true }));
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Atelier Brun');
    const thanked = await world.invoice(from, { number: 'F-1' });
    const bounced = await world.invoice(from, { number: 'F-2' });
    await world.invoice(into, { number: 'G-1', dueOn: world.J(5) });
    await world.run(world.J(5));
    await world.clock(world.J(6));
    value(await pauseDunning(world.context, world.acting, { customerId: from, reason: 'procès' }));
    await world.pay(from, 10_000, thanked);
    const paymentId = await world.pay(from, 10_000, bounced);
    expect(value(await merge(world, from, into)).paused).toBe(0);
    await world.runDays(7, 8);
    await world.bounce(paymentId);
    await world.runDays(9, 20);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+5 R1 F-2', 'J+10 R1 G-1', 'J+20 R2 G-1']);
    const { rows } = await browseReminders(world.context, world.acting, { limit: 50 });
    expect(rows.filter(({ kind }) => kind === 'thanks')).toEqual([]);
    expect(await world.reasonOf('F-2')).toBe('paused');
    expect(await findings(world)).toEqual([]);
  });

  test('a pause of many that is undone gives back what was merged since, and counts its customers as before', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const { context, acting } = world;
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Atelier Brun');
    const third = await world.customer('Odet');
    await world.invoice(from, { number: 'F-1' });
    await world.invoice(from, { number: 'F-2' });
    await world.invoice(third, { number: 'O-1' });
    await world.clock(world.J(1));
    const pause = { customerIds: [from, third], reason: 'erreur' };
    const { operationId } = value(await pauseMany(context, acting, pause));
    await workOperation(context, acting.companyId, operationId);
    value(await merge(world, from, into));
    value(await merge(world, into, third));
    expect(await Promise.all(['F-1', 'F-2', 'O-1'].map((number) => world.reasonOf(number)))).toEqual([
      'paused',
      'paused',
      'paused',
    ]);
    const operation = async () => value(await oneOperation(context, acting, operationId));
    expect(await operation()).toMatchObject({ total: 2, changed: 2, undoable: true });
    value(await undoOperation(context, acting, { operationId }));
    await workOperation(context, acting.companyId, operationId);
    expect(await operation()).toMatchObject({ state: 'undone', undoable: false });
    await world.run(world.J(5));
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+5 R1 F-2', 'J+5 R1 O-1']);
    expect(await findings(world)).toEqual([]);
  });

  test('whoever waits for a customer that is merged meanwhile does nothing to the empty one, and is told', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const { context, acting } = world;
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Atelier Brun');
    const invoiceId = await world.invoice(from, { number: 'F-1' });
    await world.clock(world.J(5));
    const waiting = async (): Promise<number> => {
      const found = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(world.database.owner);
      return found.rows[0]!.count;
    };
    const acts = [
      () => pauseDunning(context, acting, { invoiceId, reason: 'x' }),
      () => pauseDunning(context, acting, { customerId: from, reason: 'x' }),
      () => openDispute(context, acting, { invoiceId, reason: 'x' }),
      () => changeInvoice(context, acting, { invoiceId, dueOn: world.J(3) }),
      () => prepareReminders(context, acting, { invoiceIds: [invoiceId], level: 1 }),
    ];
    const { merging, asked } = await world.inside(async (tx) => {
      await sql`select from customer where id = ${from} for no key update`.execute(tx);
      const merging = merge(world, from, into);
      await expect.poll(waiting).toBe(1);
      const asked = acts.map((act) => act());
      await expect.poll(waiting).toBe(1 + acts.length);
      return { merging, asked };
    });
    value(await merging);
    const conflict = { fault: { code: 'conflict', with: { what: 'customer' } } };
    expect(await Promise.all(asked)).toMatchObject(acts.map(() => conflict));
    await world.run();
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    expect(await findings(world)).toEqual([]);
  });

  test('who pays by it pays by the other, and is written to there at once; what would make a chain is refused', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
    const from = await world.customer('Groupe');
    const into = await world.customer('Holding');
    const odet = await world.customer('Odet', { payerId: from });
    await world.invoice(odet, { number: 'O-1' });
    await world.run(world.J(5));
    // Chosen for who paid before.
    const [{ reminderId } = { reminderId: '' }] = await world.waiting();
    const edited = { reminderId, subject: 'Facture', body: '{{ invoice_table }}' };
    const recipients = { to: ['direction@groupe.example'], cc: [] };
    value(await editReminder(world.context, world.acting, { ...edited, recipients }));
    const payer = await world.customer('Payeur');
    await change(world, into, { payerId: payer });
    expect(await merge(world, from, into)).toMatchObject({
      fault: { code: 'merge-makes-chain', with: { name: 'Groupe', other: 'Holding' } },
    });
    // Paid for by the very one: it pays for itself then.
    await change(world, into, { payerId: from });
    expect(value(await merge(world, from, into))).toMatchObject({ paysFor: 2 });
    expect((await world.waiting()).map(({ to }) => to)).toEqual([['holding@example.fr']]);
    expect((await shown(world, into)).payer).toBeNull();
    expect((await shown(world, into)).paysFor.first.map(({ name }) => name)).toEqual(['Odet']);
    expect(await findings(world)).toEqual([]);
  });

  test('a business that becomes a consumer owes nothing that was claimed of it as a business', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    value(await changeCompany(world.context, world.acting, { indemnityFromLevel: 1 }));
    const from = await world.customer('Brun SARL');
    const into = await world.customer('Anne Brun', { kind: 'consumer' });
    await world.invoice(from, { number: 'F-1' });
    await world.run(world.J(5));
    expect((await shown(world, from)).charges).toEqual([{ currency: 'EUR', minor: 4_000 }]);
    expect(value(await merge(world, from, into)).differs).toEqual(['kind']);
    expect((await shown(world, into)).charges).toEqual([]);
    const charge = await world.inside((tx) => tx.selectFrom('charge').selectAll().executeTakeFirstOrThrow());
    expect(charge).toMatchObject({ customer_id: into, waived_reason: 'Client particulier' });
    expect(await findings(world)).toEqual([]);
  });
});

test('whatever is merged into whatever, the sums of the company stay: open, overdue, credits, charges, allocations', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  value(await changeCompany(world.context, world.acting, { indemnityFromLevel: 1 }));
  const customers = [
    await world.customer('Un'),
    await world.customer('Deux', { kind: 'public' }),
    await world.customer('Trois'),
    await world.customer('Quatre'),
    await world.customer('Cinq'),
  ];
  for (const [index, customerId] of customers.entries()) {
    const late = await world.invoice(customerId, { dueOn: world.J(-index) });
    const usd = await world.invoice(customerId, { dueOn: world.J(40 + index), currency: 'USD', totalMinor: 5_000 });
    await world.pay(customerId, 1_000 * (index + 1), late);
    await world.pay(customerId, 300);
    const creditNoteId = await world.creditNote(customerId, 900 + index);
    value(
      await allocateCredit(world.context, world.acting, { creditNoteId, to: [{ invoiceId: late, amountMinor: 500 }] }),
    );
    value(await makePromise(world.context, world.acting, { customerId, invoiceId: usd, promisedOn: world.J(60) }));
  }
  await change(world, customers[2]!, { payerId: customers[3]! });
  await world.run(world.J(6));
  const before = await figures(world);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 4 }), async (pairs) => {
      for (const [a, b] of pairs) {
        const preview = await previewMerge(world.context, world.acting, {
          fromId: customers[a]!,
          intoId: customers[b]!,
        });
        const done = await merge(world, customers[a]!, customers[b]!);
        expect(done).toEqual(preview);
        expect(await figures(world)).toEqual(before);
      }
      expect(await findings(world)).toEqual([]);
    }),
    { numRuns: 3 },
  );
});
