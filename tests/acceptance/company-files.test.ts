// Files of the company that go with a step's messages (B2): with each of them, byte for byte, and with no other company's.
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { browseCompanyHistory, browseSequences } from '../../src/app/browse.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import {
  addCompanyFile,
  browseCompanyFiles,
  openCompanyFile,
  removeCompanyFile,
  replaceCompanyFile,
} from '../../src/app/company-files.ts';
import { createCompany } from '../../src/app/create-company.ts';
import { approveReminders, resolveReminder } from '../../src/app/decide-reminders.ts';
import { DeliveryLedger } from '../../src/app/delivery-ledger.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { draftReminder, sendReminder } from '../../src/app/remind-invoice.ts';
import { reportUndelivered } from '../../src/app/report-undelivered.ts';
import { attachPdf } from '../../src/app/save-invoice.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import { sequenceShown } from '../../src/app/sequence-shown.ts';
import { simulateSequence } from '../../src/app/simulate-sequence.ts';
import { newId } from '../../src/db/id.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}`);
const photo = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(200, 7)]);

const add = async (world: World, name: string, bytes: Buffer): Promise<string> =>
  value(await addCompanyFile(world.context, world.acting, { name, bytes })).fileId;

/** The sequence of the world, saved anew with these files on each of its steps. */
async function attach(world: World, ...files: string[][]): Promise<void> {
  const rows = (await browseSequences(world.context, world.acting)).map(sequenceShown);
  const { steps, ...sequence } = rows.find(({ id }) => id === world.sequenceId)!;
  const withFiles = steps.map((step, place) => ({ ...step, fileIds: files[place] ?? [] }));
  value(await saveSequence(world.context, world.acting, { ...sequence, steps: withFiles }));
}

const attached = async (world: World, reminderId: string): Promise<(string | undefined)[]> =>
  (await world.mail(reminderId)).attachments.map(({ filename }) => filename);

test('they leave with each message of their step after its invoice, in their order, byte for byte', async () => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }], instant: '2026-03-01T11:00:00Z' });
  const terms = await add(world, 'Conditions générales.pdf', pdf('conditions'));
  const bank = await add(world, 'scan\\RIB.png', photo);
  await attach(world, [bank, terms], []);
  const [one, other] = [await world.customer('Brun'), await world.customer('Kerbrat')];
  const invoiceId = await world.invoice(one);
  value(await attachPdf(world.context, world.acting, { invoiceId, name: 'F-1.pdf', bytes: pdf('facture') }));
  await world.invoice(other);
  await world.goLive(server.port, '2026-03-01T12:00:00Z');
  await world.run(world.J(5));
  // What is read before it leaves has them too.
  const [waiting] = await world.waiting();
  const shown = value(await readMessage(world.context, world.acting, waiting!.reminderId));
  expect(shown.attachments.map(({ name }) => name)).toEqual(['F-1.pdf', 'RIB.png', 'Conditions générales.pdf']);
  await world.approveAll();
  const mails = await Promise.all(server.accepted.map(({ raw }) => simpleParser(raw)));
  const contents = mails.map(({ attachments }) => attachments.map(({ content }) => content));
  expect(contents).toHaveLength(2);
  expect(contents).toEqual(
    expect.arrayContaining([
      [pdf('facture'), photo, pdf('conditions')],
      [photo, pdf('conditions')],
    ]),
  );
  const left = value(await readMessage(world.context, world.acting, waiting!.reminderId));
  expect(server.accepted.some(({ raw }) => raw.equals(left.eml))).toBe(true);
  // The next step attaches none.
  await world.run(world.J(15));
  await world.approveAll();
  const [, , third] = await world.received();
  expect(await attached(world, third!.reminderId)).not.toContain('RIB.png');
});

test('replaced or removed, what has left keeps what it left with; what waits goes as it is now, and that is said first', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
  const fileId = await add(world, 'CGV 2025.pdf', pdf('2025'));
  await attach(world, [fileId]);
  for (const name of ['Brun', 'Kerbrat']) await world.invoice(await world.customer(name));
  await world.run(world.J(5));
  const [first, second] = await world.waiting();
  value(await approveReminders(world.context, world.acting, { reminderIds: [first!.reminderId] }));
  await world.deliver();
  expect(await browseCompanyFiles(world.context, world.acting)).toMatchObject([
    { name: 'CGV 2025.pdf', usedBy: [{ sequence: 'Test', step: expect.any(String) }], waiting: 1 },
  ]);
  value(await replaceCompanyFile(world.context, world.acting, { fileId, name: 'CGV 2026.pdf', bytes: pdf('2026') }));
  expect(await attached(world, first!.reminderId)).toEqual(['CGV 2025.pdf']);
  const waiting = value(await readMessage(world.context, world.acting, second!.reminderId));
  expect(waiting.attachments.map(({ name }) => name)).toEqual(['CGV 2026.pdf']);
  value(await removeCompanyFile(world.context, world.acting, { fileId }));
  await world.approveAll();
  expect(await attached(world, second!.reminderId)).toEqual([]);
  expect((await world.mail(first!.reminderId)).attachments.map(({ content }) => content)).toEqual([pdf('2025')]);
  const { rows } = await browseCompanyHistory(world.context, world.acting, { limit: 200 });
  expect(rows.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['company-file.added', 'company-file.replaced', 'company-file.removed']),
  );
});

test.each([
  ['replaced', ['CGV 2026.pdf']],
  ['removed', []],
  ['taken out of its step', []],
])('%s while a delivery has claimed the message, the file does not leave as it was', async (how, left) => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: [{ at: 5 }], instant: '2026-03-01T11:00:00Z' });
  const { context, acting } = world;
  const fileId = await add(world, 'CGV 2025.pdf', pdf('2025'));
  await attach(world, [fileId]);
  await world.invoice(await world.customer('Brun'));
  await world.goLive(server.port, '2026-03-01T12:00:00Z');
  await world.plan(world.J(5));
  const [waiting] = await world.waiting();
  value(await approveReminders(context, acting, { reminderIds: [waiting!.reminderId] }));
  const { mails } = await claimBatch(context, acting.companyId, world.worker, 10, 'hand-over');
  if (how === 'replaced')
    value(await replaceCompanyFile(context, acting, { fileId, name: 'CGV 2026.pdf', bytes: pdf('2026') }));
  else if (how === 'removed') value(await removeCompanyFile(context, acting, { fileId }));
  else await attach(world, []);
  const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
  expect(await new DeliveryLedger(context, company, world.worker).begin(mails[0]!)).toBe(null);
  await world.deliver();
  expect(await attached(world, waiting!.reminderId)).toEqual(left);
});

test('by hand a person leaves them out, or adds another of the company’s', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  const [terms, bank] = [await add(world, 'CGV.pdf', pdf('cgv')), await add(world, 'RIB.pdf', pdf('rib'))];
  await attach(world, [terms], []);
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(2));
  const { message } = value(await draftReminder(world.context, world.acting, { invoiceId }));
  expect(message).toMatchObject({ companyFileIds: [terms], read: { attachments: [{ name: 'CGV.pdf' }] } });
  const given = { invoiceId, level: 1, undoSeconds: 0, companyFileIds: [bank] };
  const { reminderId } = value(await sendReminder(world.context, world.acting, given));
  await world.deliver();
  expect(await attached(world, reminderId)).toEqual(['RIB.pdf']);
});

test('a file is never another company’s: no step, no message and no reader of theirs has it, whatever a row says', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const theirs = value(
    await createCompany(world.context, {
      name: 'Autre',
      country: 'FR',
      timeZone: 'Europe/Paris',
      language: 'fr',
      actor: 'test',
    }),
  );
  const acting = { companyId: theirs.companyId, actor: 'test' };
  const { fileId } = value(await addCompanyFile(world.context, acting, { name: 'Leur RIB.pdf', bytes: pdf('leur') }));
  const steps = [{ level: 1, name: 'R1', offsetDays: 5, fileIds: [fileId] }];
  expect(await saveSequence(world.context, world.acting, { title: 'Essai', steps })).toMatchObject({
    fault: { code: 'sequence-refused', with: { problem: 'unknown-file' } },
  });
  expect(await openCompanyFile(world.context, world.acting, { fileId })).toMatchObject({
    fault: { code: 'not-found' },
  });
  for (const change of [removeCompanyFile, replaceCompanyFile])
    expect(await change(world.context, world.acting, { fileId, name: 'x.pdf', bytes: pdf('x') })).toMatchObject({
      fault: { code: 'not-found' },
    });
  // The database itself refuses to let a step of one name a file of the other.
  const stepId = world.stepIds[0]!;
  await expect(
    world.inside((tx) =>
      tx
        .insertInto('step_file')
        .values({ company_id: world.acting.companyId, step_id: stepId, file_id: fileId, position: 0 })
        .execute(),
    ),
  ).rejects.toThrow(/foreign key/);
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(2));
  const asked = { invoiceId, level: 1, undoSeconds: 0, companyFileIds: [fileId] };
  expect(await sendReminder(world.context, world.acting, asked)).toMatchObject({ fault: { code: 'not-found' } });
  // Were a reminder to name it all the same, it would still not go with it.
  await world.plan(world.J(5));
  const [ready] = await world.ready();
  await world.inside((tx) =>
    tx
      .updateTable('reminder')
      .set({ company_file_ids: [fileId] })
      .execute(),
  );
  await world.deliver();
  expect(await attached(world, ready!.reminderId)).toEqual([]);
  expect(await browseCompanyFiles(world.context, world.acting)).toEqual([]);
});

test('told by its content; too much in all is warned about, what is gone is refused', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const { context, acting } = world;
  const refused = async (name: string, bytes: Buffer) => {
    const answer = await addCompanyFile(context, acting, { name, bytes });
    return answer.ok ? 'taken' : answer.fault.code;
  };
  expect(await refused('facture.pdf', Buffer.from('<script>'))).toBe('company-file-kind');
  expect(await refused('note.txt', Buffer.from('Bonjour'))).toBe('company-file-kind');
  expect(await refused('vide.pdf', Buffer.alloc(0))).toBe('file-empty');
  const heavy = await Promise.all(
    ['a', 'b'].map((name) => add(world, `${name}.pdf`, Buffer.concat([pdf(name), Buffer.alloc(4_000_000)]))),
  );
  const said = async (fileIds: string[]) => {
    const steps = [{ level: 1, name: 'R1', offsetDays: 5, fileIds }];
    const { problems, warnings } = value(
      await simulateSequence(context, acting, { title: 'Essai', steps, days: 1, who: 'enrolled' }),
    );
    return [...problems, ...warnings].map(({ code, step, with: given }) => ({ code, step, ...given }));
  };
  expect(await said(heavy.slice(0, 1))).toEqual([]);
  expect(await said(heavy)).toEqual([{ code: 'files-too-large', step: 0, megabytes: 9 }]);
  expect(await said([newId()])).toEqual([{ code: 'unknown-file', step: 0 }]);
});

test('what is no PDF from its start is none; each is called what it is, and no name shows otherwise than it is', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const page = Buffer.from('<html><!-- %PDF-1.7 --><script>alert(1)</script></html>');
  expect(await addCompanyFile(world.context, world.acting, { name: 'CGV.html', bytes: page })).toMatchObject({
    fault: { code: 'company-file-kind' },
  });
  for (const name of ['facture\u202Efdp.exe', 'CGV 1.2', 'RIB.PDF', `${'x'.repeat(10)}😀${'y'.repeat(115)}.pdf`])
    await add(world, name, pdf(name));
  await add(world, 'plan.jpg', photo);
  const names = (await browseCompanyFiles(world.context, world.acting)).map(({ name }) => name);
  expect(names).toEqual([`😀${'y'.repeat(115)}.pdf`, 'CGV 1.2.pdf', 'facturefdp.pdf', 'plan.png', 'RIB.PDF']);
});

test('named twice for a step, a file goes once', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const [terms, bank] = [await add(world, 'CGV.pdf', pdf('cgv')), await add(world, 'RIB.pdf', pdf('rib'))];
  await attach(world, [bank, terms, bank]);
  await world.invoice(await world.customer('Brun'));
  await world.run(world.J(5));
  const [left] = await world.received();
  expect(await attached(world, left!.reminderId)).toEqual(['RIB.pdf', 'CGV.pdf']);
});

test('a batch is cut by them: files of 25 MB in memory at most', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  await attach(world, [await add(world, 'plan.pdf', Buffer.concat([pdf('plan'), Buffer.alloc(9_000_000)]))]);
  for (let index = 0; index < 4; index++) await world.invoice(await world.customer(`Client ${'abcd'[index]}`));
  await world.plan(world.J(5));
  const composed: number[] = [];
  const { compose } = world.worker;
  world.worker.compose = (batch) => {
    composed.push(batch.reminders.length);
    return compose(batch);
  };
  await world.deliver();
  expect(composed.filter((count) => count > 0)).toEqual([2, 2]);
  expect(await world.received()).toHaveLength(4);
});

test('sent anew after it came back, a message keeps the files that a person chose, and every other choice', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  const [terms, bank] = [await add(world, 'CGV.pdf', pdf('cgv')), await add(world, 'RIB.pdf', pdf('rib'))];
  await attach(world, [terms], []);
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(2));
  const { reminderId } = value(
    await sendReminder(world.context, world.acting, {
      invoiceId,
      level: 1,
      undoSeconds: 0,
      text: { subject: 'Votre facture', body: '{{ invoice_table }}' },
      recipients: { to: ['compta@brun.example'], cc: ['copie@brun.example'] },
      attachesInvoice: false,
      companyFileIds: [bank],
    }),
  );
  await world.deliver();
  value(await reportUndelivered(world.context, world.acting, { reminderId, reason: 'pleine', blocks: false }));
  const again = value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
  const row = async (id: string): Promise<Record<string, unknown>> => ({
    ...(await world.inside((tx) =>
      tx.selectFrom('reminder').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )),
  });
  const [before, after] = [await row(reminderId), await row(again.reminderId)];
  // Of its own: where it stands, and what is made when it leaves. A new column is one of these, or is taken over.
  const own = [
    'id',
    'state',
    'reason',
    'planned_on',
    'send_on',
    'approved_by',
    'approved_at',
    'claimed_by',
    'claim_id',
    'attempts',
  ];
  own.push(
    'next_attempt_at',
    'in_charge_told',
    'left_on',
    'left_at',
    'message_id',
    'mail_sha256',
    'mail_kept',
    'created_at',
  );
  own.push('claims', 'asked_charges');
  for (const name of Object.keys(before))
    if (!own.includes(name)) expect([name, after[name]]).toEqual([name, before[name]]);
  await world.deliver();
  expect(await attached(world, again.reminderId)).toEqual(['RIB.pdf']);
});
