// "Relancer" from an invoice (C5): looked at without a trace, changed, sent in one act with exactly what was shown.
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { addFile } from '../../src/app/add-file.ts';
import { undoApproval } from '../../src/app/decide-reminders.ts';
import { openDispute } from '../../src/app/pause-dunning.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { draftReminder, sendReminder } from '../../src/app/remind-invoice.ts';
import { attachPdf } from '../../src/app/save-invoice.ts';
import { newId } from '../../src/db/id.ts';
import { fileType } from '../../src/formats/file-type.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const three = [{ at: 5 }, { at: 15 }, { at: 30, formalNotice: true }];
const pdf = Buffer.from('%PDF-1.7\nfacture');
const delivery = Buffer.from('%PDF-1.7\nbon de livraison');
const photo = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(200, 7)]);

const draft = async (world: World, invoiceId: string, changes: object = {}) =>
  value(await draftReminder(world.context, world.acting, { invoiceId, ...changes }));
const send = (world: World, invoiceId: string, changes: object = {}) =>
  sendReminder(world.context, world.acting, { invoiceId, level: 1, undoSeconds: 0, ...changes });
const add = async (world: World, invoiceId: string, name: string, bytes: Buffer) =>
  value(await addFile(world.context, world.acting, { invoiceId, name, bytes })).fileId;

/** Everything that a draft could have left behind. */
const rowsOf = (world: World) =>
  world.inside(async (tx) => ({
    reminders: await tx.selectFrom('reminder').selectAll().orderBy('id').execute(),
    items: await tx.selectFrom('item').selectAll().orderBy('id').execute(),
    cases: await tx.selectFrom('dunning_case').selectAll().orderBy('receivable_id').execute(),
    files: await tx.selectFrom('reminder_file').selectAll().orderBy('id').execute(),
    events: (await tx.selectFrom('event').select('id').execute()).length,
  }));

test('looking at it writes nothing, even where a message that waits would be replaced', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }, { at: 15 }] });
  const invoiceId = await world.invoice(await world.customer('Brun'));
  value(await attachPdf(world.context, world.acting, { invoiceId, name: 'F-1.pdf', bytes: pdf }));
  await world.run(world.J(5));
  const fileId = await add(world, invoiceId, 'bon.pdf', delivery);
  const before = await rowsOf(world);
  const shown = await draft(world, invoiceId, { fileIds: [fileId] });
  expect(await rowsOf(world)).toEqual(before);
  expect(shown).toMatchObject({ proposedLevel: 1, refused: null });
  const { message } = shown;
  expect(message).toMatchObject({
    level: 1,
    to: ['brun@example.fr'],
    cc: [],
    invoiceFiles: ['F-1.pdf'],
    askedMinor: 10_000,
  });
  expect(message!.text.body).toContain('{{');
  expect(message!.read.text).toContain('F-1');
  expect(message!.read.attachments.map(({ name }) => name)).toEqual(['F-1.pdf', 'bon.pdf']);
});

test('it leaves as it was changed: text with tags, recipients, a file added and the invoice left out, byte for byte', async () => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: three, instant: '2026-03-01T11:00:00Z' });
  const customer = await world.customer('Brun');
  const invoiceId = await world.invoice(customer);
  value(await attachPdf(world.context, world.acting, { invoiceId, name: 'F-1.pdf', bytes: pdf }));
  await world.goLive(server.port, '2026-03-01T12:00:00Z');
  await world.clock('2026-03-09');
  const fileIds = [
    await add(world, invoiceId, 'bon de livraison.pdf', delivery),
    await add(world, invoiceId, 'quai.png', photo),
  ];
  const changes = {
    text: { subject: 'Votre facture {{ invoice_number }}', body: 'Reste dû : **{{ amount_due }}**.' },
    recipients: { to: ['y.brun@example.fr'], cc: ['direction@example.fr'] },
    attachesInvoice: false,
    fileIds,
  };
  const { message } = await draft(world, invoiceId, changes);
  const { reminderId } = value(await send(world, invoiceId, changes));
  // Half is paid between the two: the figures are those of the sending.
  await world.pay(customer, 4_000, invoiceId);
  await world.deliver();
  expect(await world.diary()).toEqual(['J+7 R1 F-1']);
  const left = value(await readMessage(world.context, world.acting, reminderId));
  expect(left.eml.equals(server.accepted[0]!.raw)).toBe(true);
  const mail = await simpleParser(server.accepted[0]!.raw);
  expect(mail.subject).toBe(message!.read.subject);
  expect(mail.text).toMatch(/Reste dû : 60,00\s€/);
  expect(server.accepted[0]!.to).toEqual(['y.brun@example.fr', 'direction@example.fr']);
  expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    ['bon de livraison.pdf', 'application/pdf'],
    ['quai.png', 'image/png'],
  ]);
  expect(mail.attachments.map(({ content }) => content)).toEqual([delivery, photo]);
  expect(await world.history(invoiceId)).toEqual(
    expect.arrayContaining(['reminder.planned: by-hand', 'reminder.edited', 'reminder.approved', 'reminder.sent']),
  );
});

test('within the seconds it is taken back and waits in the inbox, with its files', async () => {
  const world = await makeWorld({ steps: three });
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(2));
  const fileIds = [await add(world, invoiceId, 'bon.pdf', delivery)];
  const { reminderId } = value(await send(world, invoiceId, { undoSeconds: 10, fileIds }));
  await world.deliver();
  expect(await world.diary()).toEqual([]);
  value(await undoApproval(world.context, world.acting, { reminderIds: [reminderId] }));
  expect((await world.waiting()).map((one) => one.reminderId)).toEqual([reminderId]);
  await world.approveAll();
  expect((await world.mail(reminderId)).attachments.map(({ filename }) => filename)).toEqual(['bon.pdf']);
});

test('a file goes with the one reminder for which it was added, never with another customer’s', async () => {
  const world = await makeWorld({ steps: three });
  const [brun, kerbrat] = [await world.customer('Brun'), await world.customer('Kerbrat')];
  const [one, other] = [await world.invoice(brun), await world.invoice(kerbrat)];
  await world.run(world.J(2));
  const fileIds = [await add(world, one, 'bon.pdf', delivery)];
  expect(await send(world, other, { fileIds })).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  // Refused whole: nothing was prepared for it either.
  expect(await world.ready()).toEqual([]);
  value(await send(world, one, { fileIds }));
  await world.deliver();
  // It has left with that one; it can't go with a second.
  expect(await send(world, one, { level: 2, fileIds })).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  const [left] = await world.received();
  // Were a row to name another customer's reminder, it would still not go with it.
  const { reminderId } = value(await send(world, other));
  await world.inside((tx) => tx.updateTable('reminder_file').set({ reminder_id: reminderId }).execute());
  await world.deliver();
  expect((await world.mail(reminderId)).attachments).toEqual([]);
  expect((await world.mail(left!.reminderId)).attachments).toHaveLength(1);
});

test('what may not be reminded of says why, and is refused when it is sent all the same', async () => {
  const world = await makeWorld({ steps: three });
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(2));
  expect(await draft(world, invoiceId, { level: 3 })).toMatchObject({
    proposedLevel: 1,
    message: null,
    refused: { code: 'formal-notice-first' },
  });
  expect(await send(world, invoiceId, { level: 3 })).toMatchObject({ ok: false, fault: { code: 'not-to-remind' } });
  value(await openDispute(world.context, world.acting, { invoiceId, reason: 'qualité' }));
  expect(await draft(world, invoiceId)).toMatchObject({ proposedLevel: null, refused: { code: 'disputed' } });
  expect(await send(world, invoiceId)).toMatchObject({ ok: false, fault: { code: 'not-to-remind' } });
  const broken = { text: { subject: 'x', body: '{{ rien }}' } };
  expect(await send(world, invoiceId, broken)).toMatchObject({ ok: false, fault: { code: 'tag-unknown' } });
  expect(await world.ready()).toEqual([]);
});

test('one message that a person sends does not open the first real sending, which is looked at as a whole', async () => {
  const server = await startMailServer();
  const world = await makeWorld({ steps: three, instant: '2026-03-01T11:00:00Z' });
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.invoice(await world.customer('Kerbrat'));
  await world.goLive(server.port, '2026-03-01T12:00:00Z');
  await world.clock('2026-03-06');
  value(await send(world, invoiceId));
  await world.run('2026-03-07');
  expect(server.accepted).toHaveLength(1);
  expect((await world.waiting()).map((one) => one.invoices)).toEqual([['F-2']]);
});

test('files are known by their bytes', () => {
  expect(fileType('facture.txt', pdf)).toBe('application/pdf');
  expect(fileType('photo.exe', photo)).toBe('image/png');
  expect(fileType('notes.txt', Buffer.from('Bonjour'))).toBe('text/plain');
  expect(fileType('notes.txt', Buffer.from([0x4d, 0x5a, 0]))).toBeNull();
  expect(fileType('page.html', Buffer.from('<script>'))).toBeNull();
  const zip = Buffer.from('PK\u0003\u0004rest', 'latin1');
  expect(fileType('devis.docx', zip)).toMatch(/wordprocessingml/);
  expect(fileType('archive.zip', zip)).toBeNull();
  expect(fileType('vide.txt', Buffer.alloc(0))).toBeNull();
});

test('a sending that is refused leaves nothing half done: the message that waits still waits', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }, { at: 15 }] });
  const invoiceId = await world.invoice(await world.customer('Brun'));
  await world.run(world.J(5));
  const before = await rowsOf(world);
  expect(await send(world, invoiceId, { fileIds: [newId()] })).toMatchObject({
    ok: false,
    fault: { code: 'not-found' },
  });
  expect(await rowsOf(world)).toEqual(before);
});

test('a file that is promised and gone fails its own message, and keeps no other back', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  const one = await world.invoice(await world.customer('Brun'));
  const other = await world.invoice(await world.customer('Petit'));
  await world.clock(world.J(5));
  value(await send(world, one, { fileIds: [await add(world, one, 'bon.pdf', delivery)] }));
  value(await send(world, other));
  await sql`delete from document where kind = 'attachment'`.execute(world.database.owner);
  expect(await world.deliver()).toMatchObject({ captured: 1, failed: 1 });
  expect(await world.diary()).toEqual(['J+5 R1 F-2']);
  expect(await world.reasonOf('F-1')).toBe('failed-before');
});
