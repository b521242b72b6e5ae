// What is agreed with a customer (A1): payment terms that date its invoices, channels that it does not want, a salesperson; by hand and
// from a file.
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { browseCustomers, browseInvoices, browseSalespeople, oneCustomer, oneInvoice } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { approveReminders } from '../../src/app/decide-reminders.ts';
import { type ImportRequest, previewImport, runImport } from '../../src/app/import-file.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { changeRole } from '../../src/app/members.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { proposeDueDate } from '../../src/app/propose-due-date.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const agree = async (world: World, id: string, agreed: Parameters<typeof saveCustomer>[2]) =>
  value(await saveCustomer(world.context, world.acting, { ...agreed, id }));

const dueOf = async (world: World, invoiceId: string) =>
  value(await oneInvoice(world.context, world.acting, invoiceId)).dueOn;

test('an invoice without a due date gets it by the terms of its customer, else of the company; with none, it has none (E8)', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const [brun, odet] = [await world.customer('Brun'), await world.customer('Odet')];
  const issued = { issuedOn: '2026-01-15', dueOn: null };
  const before = await world.invoice(brun, { ...issued, number: 'F-0' });
  expect(await dueOf(world, before)).toBeNull();
  value(await changeCompany(world.context, world.acting, { paymentTerms: '30 jours' }));
  await agree(world, brun, { paymentTerms: '30 jours fin de mois' });
  expect(await dueOf(world, await world.invoice(brun, { ...issued, number: 'F-1' }))).toBe('2026-02-28');
  expect(await dueOf(world, await world.invoice(odet, { ...issued, number: 'F-2' }))).toBe('2026-02-14');
  expect(await dueOf(world, await world.invoice(brun, { ...issued, number: 'F-3', dueOn: '2026-01-20' }))).toBe(
    '2026-01-20',
  );
  const parts = [4_000, 6_000].map((amountMinor) => ({ dueOn: null, amountMinor }));
  const inParts = await world.invoice(brun, { issuedOn: '2026-01-15', number: 'F-4', instalments: parts });
  expect(await dueOf(world, inParts)).toBeNull();
  // Other terms from now on: what is there stays as it is.
  await agree(world, brun, { paymentTerms: { days: 60, endOfMonth: null, dayOfMonth: null } });
  const { rows } = await browseInvoices(world.context, world.acting, { customerId: brun, limit: 20 });
  expect(rows.map(({ number, dueOn }) => `${number} ${dueOn}`).sort()).toEqual([
    'F-0 null',
    'F-1 2026-02-28',
    'F-3 2026-01-20',
    'F-4 null',
  ]);
  const asked = { customerId: brun, issuedOn: '2026-01-15' };
  expect(await proposeDueDate(world.context, world.acting, asked)).toMatchObject({
    value: { dueOn: '2026-03-16', of: 'customer' },
  });
  // Reminded of by the dates that were worked out; F-0 and F-4 are not.
  await world.run('2026-03-05');
  expect((await world.received()).map(({ invoices }) => invoices)).toEqual([['F-1'], ['F-2']]);
});

test('terms that are not understood are refused, those beyond the law are kept and said to be', async () => {
  const world = await makeWorld();
  const brun = await world.customer('Brun');
  for (const terms of ['30/60/90', 'R30'])
    expect(await saveCustomer(world.context, world.acting, { id: brun, paymentTerms: terms })).toMatchObject({
      fault: { code: 'terms-unknown', with: { value: terms } },
    });
  expect(await changeCompany(world.context, world.acting, { paymentTerms: 'bientôt' })).toMatchObject({ ok: false });
  const beyond = async () => value(await oneCustomer(world.context, world.acting, brun)).termsMayExceedLaw;
  await agree(world, brun, { paymentTerms: '90 jours' });
  expect(await beyond()).toBe(true);
  await agree(world, brun, { kind: 'consumer' });
  expect(await beyond()).toBe(false);
});

test('an e-mail is forbidden: the step takes its next channel, else it waits and says why; by hand it is refused', async () => {
  const world = await makeWorld({ steps: [{ at: 5, channels: ['email', 'task'] }, { at: 15 }] });
  const brun = await world.customer('Brun');
  await agree(world, brun, { forbiddenChannels: ['email'] });
  const invoiceId = await world.invoice(brun, { number: 'F-1' });
  await world.run(world.J(5));
  expect((await world.toDo()).map(({ invoices }) => invoices)).toEqual([['F-1']]);
  expect(await prepareReminders(world.context, world.acting, { invoiceIds: [invoiceId] })).toMatchObject({
    value: { reminderIds: [], refused: [{ reason: { code: 'email-forbidden' } }] },
  });
  await world.doTasks();
  await world.run(world.J(15));
  expect(await world.reasonOf('F-1')).toBe('email-forbidden');
  const incomplete = await browseInvoices(world.context, world.acting, { state: 'incomplete', limit: 20 });
  expect(incomplete.rows.map(({ number, missing }) => [number, missing])).toEqual([['F-1', ['email-forbidden']]]);
  await agree(world, brun, { forbiddenChannels: [] });
  await world.run(world.J(16));
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+16 R2 F-1']);
});

test('forbidden after it was approved, and even where a person chose its recipients, a message does not leave', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
  const brun = await world.customer('Brun');
  await world.invoice(brun, { number: 'F-1' });
  await world.plan(world.J(5));
  const waiting = (await world.waiting()).map(({ reminderId }) => reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds: waiting }));
  await world.inside((tx) =>
    tx
      .updateTable('reminder')
      .set({ recipients_chosen: true, recipients: JSON.stringify({ to: ['chef@brun.example'], cc: [] }) })
      .execute(),
  );
  // As an import does it: nothing is looked at again before the delivery itself.
  await world.inside((tx) =>
    tx
      .updateTable('customer')
      .set({ forbidden_channels: ['email'] })
      .execute(),
  );
  await world.deliver();
  expect(await world.received()).toEqual([]);
  expect(await world.ready()).toEqual([]);
  await world.run(world.J(6));
  expect(await world.reasonOf('F-1')).toBe('email-forbidden');
});

const file = (kind: ImportRequest['kind'], lines: string[]): ImportRequest => ({
  kind,
  source: { name: 'essai.csv', stream: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]) },
});
const read = async (world: World, kind: ImportRequest['kind'], lines: string[]) =>
  value(await previewImport(world.context, world.acting, file(kind, lines)));
const take = async (world: World, kind: ImportRequest['kind'], lines: string[]) =>
  value(await runImport(world.context, world.acting, file(kind, lines)));

test('a file of customers says terms, who is in charge, the salesperson and whether it may be written to; the same file twice is nothing', async () => {
  const world = await makeWorld({ steps: [{ at: 5, channels: ['task'] }] });
  for (const name of ['anne', 'paul', 'lea']) await world.member(name);
  value(await changeRole(world.context, world.acting, 'lea', 'reader'));
  const heading = 'N° client;Nom;Conditions de règlement;Suivi par;Commercial;E-mail commercial;E-mail autorisé';
  const lines = [
    heading,
    'C1;Brun;30J FDM;anne@kerbrat.example;Inès Morel;ines@morvan.example;non',
    'C2;Odet;comptant;Paul;;;oui',
  ];
  expect(await take(world, 'customers', lines)).toMatchObject({ state: 'finished', counts: { created: 2 } });
  const { rows } = await browseCustomers(world.context, world.acting, { limit: 20, salesperson: 'Inès Morel' });
  const [brun] = rows;
  expect(rows).toMatchObject([
    { number: 'C1', inChargeUserId: 'anne', paymentTerms: { days: 30, endOfMonth: 'after', dayOfMonth: null } },
  ]);
  expect(value(await oneCustomer(world.context, world.acting, brun!.id)).row).toMatchObject({
    salesperson_email: 'ines@morvan.example',
    forbidden_channels: ['email'],
  });
  expect(await browseSalespeople(world.context, world.acting)).toEqual([{ name: 'Inès Morel', customers: 1 }]);
  expect(await take(world, 'customers', lines)).toMatchObject({ counts: { unchanged: 2, changed: 0 } });
  // What was asked of the one before goes along, as it does on screen.
  await world.invoice(brun!.id);
  await world.run(world.J(5));
  const changed = [heading, 'C1;Brun;60 jours;paul@kerbrat.example;;;', 'C2;;;;;;'];
  const { differences } = (await read(world, 'customers', changed)) as { differences: unknown };
  expect(differences).toEqual([
    {
      row: 2,
      number: 'C1',
      changes: [
        { field: 'inCharge', from: 'anne', to: 'paul' },
        { field: 'paymentTerms', from: '30 jours fin de mois', to: '60 jours' },
      ],
    },
  ]);
  await take(world, 'customers', changed);
  const tasks = await browseTasks(world.context, world.acting, { state: 'open', limit: 20 });
  expect(tasks.rows.map(({ customerName, assignedTo }) => `${customerName}: ${assignedTo}`)).toEqual(['Brun: paul']);
  const wrong = await take(world, 'customers', [
    heading,
    'C3;Ker;30/60;lea@kerbrat.example;;;',
    'C4;Le Goff;;personne;;;',
  ]);
  expect(wrong.errors.map(({ row, code }) => `${row} ${code}`)).toEqual(['2 terms-unknown', '3 member-unknown']);
  // Codes of another software are left aside and said, unless a person says that the column holds terms.
  const codes = ['N° client;Nom;Conditions de règlement', 'C5;Abgrall;R30', 'C6;Cariou;Z1'];
  const aside = await read(world, 'customers', codes);
  expect(aside.recognised.notes).toContainEqual({
    code: 'column-not-understood',
    with: { column: 'Conditions de règlement', example: 'R30' },
  });
  expect(aside).toMatchObject({ counts: { created: 2, faulty: 0 } });
});

test('a file of invoices without due dates gets them by the terms, says so before, and changes nothing the second time', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  value(await changeCompany(world.context, world.acting, { paymentTerms: '30 jours' }));
  await take(world, 'customers', ['N° client;Nom', 'C1;Brun']);
  // It is there already, to be completed: a file that changes it and still has no date for it gives it none.
  value(await changeCompany(world.context, world.acting, { paymentTerms: null }));
  const undated = (amount: string) => ['N° facture;N° client;Date facture;Montant TTC', `F-0;C1;15/01/2026;${amount}`];
  await take(world, 'invoices', undated('100,00'));
  value(await changeCompany(world.context, world.acting, { paymentTerms: '30 jours' }));
  expect(await take(world, 'invoices', undated('120,00'))).toMatchObject({ counts: { unchanged: 0, changed: 1 } });
  const [brun] = (await browseCustomers(world.context, world.acting, { limit: 20 })).rows;
  await agree(world, brun!.id, { paymentTerms: '30 jours fin de mois le 15' });
  const lines = [
    'N° facture;N° client;Date facture;Date échéance;Montant TTC;Type',
    'F-1;C1;15/01/2026;;100,00;facture',
    'F-2;C1;15/01/2026;01/02/2026;100,00;facture',
    'F-3;C9;15/01/2026;;100,00;facture',
    'A-1;C1;15/01/2026;;50,00;avoir',
  ];
  const seen = await read(world, 'invoices', lines);
  if (seen.state !== 'read') throw new Error('not read');
  expect(seen.rows.map(({ record }) => (record as { dueOn: unknown }).dueOn)).toEqual([
    '2026-03-15',
    '2026-02-01',
    '2026-02-14',
    null,
  ]);
  expect(seen.recognised.notes.filter(({ code }) => code === 'due-dates-from-terms')).toMatchObject([
    { with: { count: 1 } },
    { with: { count: 1 } },
  ]);
  await take(world, 'invoices', lines);
  await agree(world, brun!.id, { paymentTerms: 'à réception' });
  expect(await take(world, 'invoices', lines)).toMatchObject({ counts: { created: 0, changed: 0, unchanged: 4 } });
  const { rows } = await browseInvoices(world.context, world.acting, { limit: 20 });
  expect(rows.map(({ number, dueOn }) => `${number} ${dueOn}`).sort()).toEqual([
    'A-1 null',
    'F-0 null',
    'F-1 2026-03-15',
    'F-2 2026-02-01',
    'F-3 2026-02-14',
  ]);
});
