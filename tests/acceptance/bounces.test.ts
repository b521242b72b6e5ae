// Case S2, and S1 where an address is lost: a real mail server refuses recipients, a report is handed in, a person says what came back.
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browseInvoices, browseReminders, oneCustomer } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import { approveReminders, editReminder, refuseReminder, resolveReminder } from '../../src/app/decide-reminders.ts';
import { DeliveryLedger } from '../../src/app/delivery-ledger.ts';
import { runImport } from '../../src/app/import-file.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { sendReminder } from '../../src/app/remind-invoice.ts';
import { reportUndelivered, unblockAddress } from '../../src/app/report-undelivered.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { changeInvoice } from '../../src/app/save-invoice.ts';
import { takeReport } from '../../src/app/take-report.ts';
import { examineRows } from '../../src/db/examination.ts';
import { type MailServer, startMailServer } from '../world/mail-server.ts';
import { exchangeReport, gmailReport, postfixReport, vacationAnswer } from '../world/reports.ts';
import { firstOwner, startSite } from '../world/site.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

const ladder: StepSketch[] = [{ at: 5 }, { at: 20 }, { at: 40 }];
const unknown =
  '550 5.1.1 <atelier.brun@example.fr>: Recipient address rejected: User unknown in virtual mailbox table';

interface Live {
  world: World;
  server: MailServer;
  customer: string;
  invoice: string;
}

/** A live company whose first sending is approved already, and one invoice of 100.00 due on J (2026-03-02). */
async function live(steps: StepSketch[] = ladder, fields: Parameters<World['customer']>[1] = {}): Promise<Live> {
  const server = await startMailServer();
  const world = await makeWorld({ steps, instant: '2026-03-01T11:00:00Z' });
  const customer = await world.customer('Atelier Brun', fields);
  const invoice = await world.invoice(customer);
  await world.goLive(server.port, '2026-03-01T12:00:00Z');
  await world.inside((tx) =>
    tx
      .updateTable('company')
      .set({ first_sending_approved_at: new Date(0) })
      .execute(),
  );
  return { world, server, customer, invoice };
}

async function messages(world: World, state: 'all' | 'left' | 'problems' = 'all'): Promise<string[]> {
  const { rows } = await browseReminders(world.context, world.acting, { state, limit: 100 });
  return rows.map(({ state: is, level, to }) => `${is} R${level} ${to.join(' ')}`).reverse();
}

async function tasks(world: World): Promise<string[]> {
  const { rows } = await browseTasks(world.context, world.acting, { state: 'open', limit: 100 });
  return rows.map(({ customerName, text }) => `${customerName}: ${text}`);
}

/** The one address of a customer, from a file. */
async function importAddress(world: World, customerId: string, email: string): Promise<void> {
  const { number, name } = value(await oneCustomer(world.context, world.acting, customerId));
  const bytes = Buffer.from(`number;name;email\n${number};${name};${email}`);
  const source = { name: 'clients.csv', size: bytes.length, stream: Readable.from([bytes]) };
  value(await runImport(world.context, world.acting, { kind: 'customers', source }));
}

const incomplete = async (world: World) =>
  (await browseInvoices(world.context, world.acting, { state: 'incomplete', limit: 100 })).rows.map(
    ({ number, missing }) => `${number} ${missing.join(' ')}`,
  );

/** What `relance doctor` would find. */
const findings = async (world: World) =>
  (await world.inside((tx) => examineRows(tx, world.acting.companyId))).filter(({ count }) => count > 0);

const mailed = (server: MailServer): string[] => server.accepted.map(({ to }) => to.join(' '));

describe('S2 a hard bounce: the mail server refuses the recipient', () => {
  test('S2 the address is blocked, the reminder not delivered, a task made, once; the next run does not write to it', async () => {
    const { world, server, customer, invoice } = await live();
    server.refuse('atelier.brun@example.fr', unknown);
    expect(await world.run(world.J(5))).toMatchObject({ ready: 1 });
    expect(await messages(world, 'problems')).toEqual(['undelivered R1 atelier.brun@example.fr']);
    expect(await messages(world, 'left')).toEqual(['undelivered R1 atelier.brun@example.fr']);
    expect((await oneCustomer(world.context, world.acting, customer)) as unknown).toMatchObject({
      value: { blockedAddresses: [{ address: 'atelier.brun@example.fr', blockedOn: world.J(5), reason: unknown }] },
    });
    expect(await tasks(world)).toEqual(['Atelier Brun: Adresse refusée : atelier.brun@example.fr']);
    expect(await incomplete(world)).toEqual(['F-1 address-blocked']);
    expect(await world.reasonOf('F-1')).toBe('not-delivered');
    const history = await world.history(invoice);
    expect(history).toContain('reminder.undelivered');
    expect(history).not.toContain('reminder.failed');

    // Another invoice of the same customer: it waits, and says for what.
    await world.invoice(customer, { number: 'F-B' });
    await world.runDays(6, 8);
    await world.run(world.J(21));
    expect(await world.reasonOf('F-B')).toBe('address-blocked');
    expect(server.seen).toEqual([]);
    expect(await tasks(world)).toHaveLength(1);
    expect(await world.diary()).toEqual([]);
    expect(await findings(world)).toEqual([]);
  });

  test('S2 a corrected address is a new one: what waited leaves, a person sends the other again, and it keeps its gap', async () => {
    const { world, server, customer } = await live();
    server.refuse('atelier.brun@example.fr', unknown);
    await world.run(world.J(5));
    const [undelivered] = (await browseReminders(world.context, world.acting, { state: 'problems', limit: 10 })).rows;
    const again = () =>
      resolveReminder(world.context, world.acting, { reminderId: undelivered!.id, outcome: 'send-again' });
    expect(await again()).toMatchObject({ ok: false, fault: { code: 'nobody-to-write-to' } });
    await world.invoice(customer, { number: 'F-B' });
    await world.run(world.J(6));
    value(
      await saveCustomer(world.context, world.acting, { id: customer, contacts: [{ email: 'compta@brun.example' }] }),
    );
    await world.run(world.J(8));
    expect(mailed(server)).toEqual(['compta@brun.example']);
    const { reminderId } = value(await again());
    expect(reminderId).not.toBe(undelivered!.id);
    await world.deliver();
    await world.runDays(22, 24);
    expect(mailed(server)).toEqual(Array(4).fill('compta@brun.example'));
    expect(await world.diary()).toEqual(['J+8 R1 F-1', 'J+8 R1 F-B', 'J+23 R2 F-1', 'J+23 R2 F-B']);
    // What was refused is still there, with what it asked for, and is nobody's problem any more.
    expect(await messages(world, 'problems')).toEqual([]);
    expect((await messages(world))[0]).toBe('undelivered R1 atelier.brun@example.fr');
    expect(value(await readMessage(world.context, world.acting, undelivered!.id)).to).toEqual([
      'atelier.brun@example.fr',
    ]);
    expect(await again()).toMatchObject({ ok: false, fault: { code: 'not-in-doubt' } });
    expect(await findings(world)).toEqual([]);
  });

  test('S2 a person skips it: the sequence goes on, to the next who has the role', async () => {
    const { world, server } = await live(
      [
        { at: 5, rolesTo: ['accounts_payable', 'main'] },
        { at: 20, rolesTo: ['accounts_payable', 'main'] },
      ],
      {
        contacts: [
          { email: 'compta@brun.example', role: 'accounts_payable' },
          { email: 'brun@brun.example', role: 'main' },
        ],
      },
    );
    server.refuse('compta@brun.example', '550 5.1.1 no such user');
    await world.run(world.J(5));
    const [undelivered] = (await browseReminders(world.context, world.acting, { state: 'problems', limit: 10 })).rows;
    await world.runDays(6, 7);
    expect(server.seen).toEqual([]);
    expect(await incomplete(world)).toEqual([]);
    value(
      await refuseReminder(world.context, world.acting, { reminderId: undelivered!.id, reason: 'vu par téléphone' }),
    );
    expect(await messages(world, 'problems')).toEqual([]);
    await world.runDays(19, 20);
    expect(mailed(server)).toEqual(['brun@brun.example']);
    expect(await messages(world)).toEqual(['undelivered R1 compta@brun.example', 'sent R2 brun@brun.example']);
  });

  test('S1 no address is left for the step: its next channel, a task', async () => {
    const { world, server, customer } = await live([{ at: 5 }, { at: 6, channels: ['email', 'task'] }]);
    server.refuse('atelier.brun@example.fr', unknown);
    await world.run(world.J(5));
    const [undelivered] = (await browseReminders(world.context, world.acting, { state: 'problems', limit: 10 })).rows;
    value(await refuseReminder(world.context, world.acting, { reminderId: undelivered!.id, reason: '' }));
    await world.run(world.J(6));
    expect((await world.toDo()).map(({ level, invoices }) => [level, ...invoices])).toEqual([[2, 'F-1']]);
    // In other letters it is the same address, whoever types it.
    value(
      await saveCustomer(world.context, world.acting, {
        id: customer,
        contacts: [{ email: 'Atelier.Brun@Example.fr' }],
      }),
    );
    await world.invoice(customer, { number: 'F-B', dueOn: world.J(2) });
    await world.run(world.J(7));
    expect(await world.reasonOf('F-B')).toBe('address-blocked');
  });

  test('S2 of two recipients only the refused one is blocked: the other has it, nothing is held back', async () => {
    const { world, server, invoice } = await live(ladder, {
      contacts: [{ email: 'a@brun.example' }, { email: 'b@brun.example' }],
    });
    server.refuse('b@brun.example', '550 5.1.1 no such user here');
    await world.run(world.J(5));
    await world.run(world.J(20));
    expect(mailed(server)).toEqual(['a@brun.example', 'a@brun.example']);
    expect(await messages(world)).toEqual(['sent R1 a@brun.example b@brun.example', 'sent R2 a@brun.example']);
    expect(await world.history(invoice)).toContain('reminder.partly-delivered');
    expect(await tasks(world)).toEqual(['Atelier Brun: Adresse refusée : b@brun.example']);
  });

  test('S2 that the company’s own copy was accepted is no delivery', async () => {
    const { world, server } = await live();
    value(await changeCompany(world.context, world.acting, { copyToSender: true }));
    server.refuse('atelier.brun@example.fr', unknown);
    await world.run(world.J(5));
    expect(await messages(world, 'problems')).toEqual(['undelivered R1 atelier.brun@example.fr']);
    expect(await tasks(world)).toHaveLength(1);
  });

  test('S3 a refusal that is no fault of the address blocks none: policy, a full mailbox, for now', async () => {
    const { world, server } = await live();
    for (const [name, answer] of [
      ['Policy', '550 5.7.1 Message rejected as spam by policy'],
      ['Full', '552 5.2.2 Mailbox full'],
      ['Silent', '550 refused'],
      ['Later', '450 4.1.1 User unknown for now'],
    ] as const) {
      server.refuse(`${name.toLowerCase()}@example.fr`, answer);
      await world.invoice(await world.customer(name), { number: `F-${name}` });
    }
    await world.run(world.J(5));
    expect((await messages(world)).sort()).toEqual([
      'failed R1 full@example.fr',
      'failed R1 policy@example.fr',
      'failed R1 silent@example.fr',
      'ready R1 later@example.fr',
      'sent R1 atelier.brun@example.fr',
    ]);
    expect(await tasks(world)).toEqual([]);
    expect(await incomplete(world)).toEqual([]);
  });

  test('S2 an address that two customers have is blocked for both; the invoice’s own addresses as well', async () => {
    const { world, server, customer } = await live();
    const shared = [{ email: 'cabinet@compta.example' }];
    value(await saveCustomer(world.context, world.acting, { id: customer, contacts: shared }));
    const owing = await world.customer('Petit');
    const own = await world.invoice(owing, { number: 'F-B', dueOn: world.J(3) });
    value(
      await changeInvoice(world.context, world.acting, {
        invoiceId: own,
        recipients: { to: ['Cabinet@Compta.example'], cc: [] },
      }),
    );
    await world.customer('Quentel', { contacts: shared });
    server.refuse('cabinet@compta.example', '550 5.1.1 no such user');
    await world.runDays(5, 8);
    // Who owes nothing is not asked about.
    expect((await tasks(world)).sort()).toEqual([
      'Atelier Brun: Adresse refusée : cabinet@compta.example',
      'Petit: Adresse refusée : cabinet@compta.example',
    ]);
    expect(await world.reasonOf('F-B')).toBe('address-blocked');
    expect(await incomplete(world)).toEqual(['F-B recipient-blocked', 'F-1 address-blocked']);
    expect(server.seen).toEqual([]);
  });

  test('S2 what was approved for it before fails without being handed over, and names the address', async () => {
    const { world, server, customer } = await live([{ at: 5, requiresApproval: true }]);
    await world.invoice(customer, { number: 'F-B' });
    server.refuse('atelier.brun@example.fr', unknown);
    await world.plan(world.J(5));
    for (const { reminderId } of await world.waiting()) {
      value(await approveReminders(world.context, world.acting, { reminderIds: [reminderId] }));
      await world.deliver();
    }
    const { rows } = await browseReminders(world.context, world.acting, { state: 'problems', limit: 10 });
    expect(rows.map(({ state, reason }) => `${state} ${reason?.code}`)).toEqual([
      'failed address-blocked',
      'undelivered not-delivered',
    ]);
    expect(server.seen).toEqual([]);
  });
});

describe('S2 a hard bounce: a report is handed in', () => {
  /** R1 left on J+5 to one address or several, as the mail server took it. */
  async function sent(to: string[] = ['a@brun.example'], steps = ladder) {
    const made = await live(steps, { contacts: to.map((email) => ({ email })) });
    await made.world.run(made.world.J(5));
    const { rows } = await browseReminders(made.world.context, made.world.acting, { state: 'left', limit: 1 });
    const reminderId = rows[0]!.id;
    const messageId = /^Message-ID: (\S+)/im.exec(made.server.accepted[0]!.raw.toString('latin1'))![1]!;
    const take = (eml: Buffer) => takeReport(made.world.context, made.world.acting, eml);
    return { ...made, reminderId, messageId, take };
  }

  test('S2 the address is blocked, the reminder not delivered, a task made; the next run does not write to it; once', async () => {
    const { world, server, invoice, reminderId, messageId, take } = await sent();
    await world.clock(world.J(7));
    // The company's own copy came back: that says nothing of the customer.
    expect(await take(postfixReport({ messageId, address: 'compta@kerbrat.example' }))).toMatchObject({
      ok: false,
      fault: { code: 'report-elsewhere' },
    });
    const eml = postfixReport({ messageId, address: 'A@brun.example' });
    expect(value(await take(eml))).toMatchObject({
      reminderId,
      customerName: 'Atelier Brun',
      outcome: 'undelivered',
      blocked: ['a@brun.example'],
      others: [],
    });
    expect(await messages(world, 'problems')).toEqual(['undelivered R1 a@brun.example']);
    expect(await tasks(world)).toEqual(['Atelier Brun: Adresse refusée : a@brun.example']);
    expect(await world.reasonOf('F-1')).toBe('not-delivered');
    const told = await world.history(invoice);
    expect(told.filter((line) => line === 'reminder.undelivered')).toHaveLength(1);
    // It did leave, and what left is what is shown.
    const message = value(await readMessage(world.context, world.acting, reminderId));
    expect(message).toMatchObject({
      left: true,
      state: 'undelivered',
      bounces: [{ source: 'report', kind: 'failed' }],
    });
    expect(message.eml.equals(server.accepted[0]!.raw)).toBe(true);

    expect(value(await take(eml))).toMatchObject({ outcome: 'known', blocked: [] });
    expect(await world.history(invoice)).toEqual(told);
    await world.runDays(20, 21);
    expect(server.accepted).toHaveLength(1);
    expect(await tasks(world)).toHaveLength(1);
    expect(await findings(world)).toEqual([]);
  });

  test('S2 sent again to a corrected address it is another message; a late report about the first is about the first', async () => {
    const { world, server, customer, reminderId, messageId, take } = await sent();
    value(await take(exchangeReport({ messageId, address: 'a@brun.example' })));
    value(await saveCustomer(world.context, world.acting, { id: customer, contacts: [{ email: 'b@brun.example' }] }));
    expect(await tasks(world)).toEqual([]);
    await world.clock(world.J(6));
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.deliver();
    expect(value(await take(gmailReport({ messageId, address: 'a@brun.example' }))).outcome).toBe('known');
    await world.run(world.J(21));
    expect(mailed(server)).toEqual(['a@brun.example', 'b@brun.example', 'b@brun.example']);
    expect(await world.diary()).toEqual(['J+6 R1 F-1', 'J+21 R2 F-1']);
  });

  test('S2 the address was corrected before the report came: nobody is asked for another', async () => {
    const { world, customer, messageId, take } = await sent();
    value(await saveCustomer(world.context, world.acting, { id: customer, contacts: [{ email: 'b@brun.example' }] }));
    expect(value(await take(gmailReport({ messageId, address: 'a@brun.example' }))).outcome).toBe('undelivered');
    expect(await tasks(world)).toEqual([]);
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toEqual([]);
  });

  test('S2 corrected by an import, or on the invoice that alone has it: nobody is asked for another any more', async () => {
    const { world, customer, invoice, messageId, take } = await sent();
    value(await take(postfixReport({ messageId, address: 'a@brun.example' })));
    value(
      await changeInvoice(world.context, world.acting, {
        invoiceId: invoice,
        recipients: { to: ['a@brun.example'], cc: [] },
      }),
    );
    await importAddress(world, customer, 'b@brun.example');
    expect(await tasks(world)).toEqual(['Atelier Brun: Adresse refusée : a@brun.example']);
    value(
      await changeInvoice(world.context, world.acting, {
        invoiceId: invoice,
        recipients: { to: ['c@brun.example'], cc: [] },
      }),
    );
    expect(await tasks(world)).toEqual([]);

    const other = await sent();
    value(await other.take(postfixReport({ messageId: other.messageId, address: 'a@brun.example' })));
    expect(await tasks(other.world)).toHaveLength(1);
    await importAddress(other.world, other.customer, 'b@brun.example');
    expect(await tasks(other.world)).toEqual([]);
  });

  test('S2 delayed changes nothing but the history; given up without a bad address it is not delivered, and blocks none', async () => {
    const { world, customer, invoice, messageId, take } = await sent();
    const late = { messageId, address: 'a@brun.example', status: '4.4.1', said: 'connection timed out' };
    // The mailbox forwards: the address that was written to alone is the one meant.
    const forwarded = { ...late, address: 'perso@elsewhere.example', action: 'delayed' as const };
    expect(value(await take(exchangeReport(forwarded)))).toMatchObject({
      outcome: 'delayed',
      addresses: ['a@brun.example'],
    });
    expect(await messages(world)).toEqual(['sent R1 a@brun.example']);
    expect((await world.history(invoice)).at(-1)).toBe('reminder.delivery-delayed');
    expect(value(await take(postfixReport(late)))).toMatchObject({ outcome: 'undelivered', blocked: [] });
    expect(await messages(world)).toEqual(['undelivered R1 a@brun.example']);
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toEqual([]);
    expect(await tasks(world)).toEqual([]);
  });

  test('S2 two addresses: the first report blocks one and holds nothing back, the second the other', async () => {
    const { world, messageId, take } = await sent(['a@brun.example', 'b@brun.example']);
    expect(value(await take(postfixReport({ messageId, address: 'b@brun.example' })))).toMatchObject({
      outcome: 'partly',
      others: ['a@brun.example'],
      blocked: ['b@brun.example'],
    });
    expect(await messages(world)).toEqual(['sent R1 a@brun.example b@brun.example']);
    expect(value(await take(postfixReport({ messageId, address: 'a@brun.example' }))).outcome).toBe('undelivered');
    expect(await tasks(world)).toHaveLength(2);
  });

  test('of two addresses in one report those are named that the outcome is about', async () => {
    const { messageId, take } = await sent(['a@brun.example', 'b@brun.example']);
    const last = 'Final-Recipient: rfc822; a@brun.example';
    const eml = postfixReport({ messageId, address: 'a@brun.example' })
      .toString()
      .replace(last, `Final-Recipient: rfc822; b@brun.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n${last}`);
    expect(value(await take(Buffer.from(eml)))).toMatchObject({
      outcome: 'partly',
      addresses: ['a@brun.example'],
      others: ['b@brun.example'],
    });
  });

  test('what is no report, or about no message of ours, or about another address, changes nothing', async () => {
    const { world, invoice, messageId, take } = await sent(['a@brun.example', 'b@brun.example']);
    const before = await world.history(invoice);
    const other = messageId.replace(/^<\w/, (start) => (start === '<0' ? '<1' : '<0'));
    for (const [eml, code] of [
      [vacationAnswer({ messageId, address: 'a@brun.example' }), 'report-auto-reply'],
      [Buffer.from('bonjour'), 'report-none'],
      [postfixReport({ messageId: '<somebody@else.example>', address: 'a@brun.example' }), 'report-unknown'],
      [postfixReport({ messageId: other, address: 'a@brun.example' }), 'report-unknown'],
      [postfixReport({ messageId, address: 'victim@other.example' }), 'report-elsewhere'],
    ] as const)
      expect(await take(eml)).toMatchObject({ ok: false, fault: { code } });
    expect(
      value(await take(postfixReport({ messageId, address: 'a@brun.example', action: 'delivered' }))).outcome,
    ).toBe('delivered');
    expect(await world.history(invoice)).toEqual(before);
    // Nor does another company take a report about this one's message.
    const strangers = await makeWorld({ steps: ladder });
    expect(
      await takeReport(strangers.context, strangers.acting, postfixReport({ messageId, address: 'a@brun.example' })),
    ).toMatchObject({ ok: false, fault: { code: 'report-unknown' } });
  });

  test('a report about another message of the thread is none about ours', async () => {
    const { world, messageId, take } = await sent();
    const answer = '<CAF123@outlook.kerbrat.example>';
    const eml = postfixReport({ messageId: answer, address: 'comptable@autre.example' })
      .toString()
      .replace(
        'MIME-Version: 1.0',
        `In-Reply-To: ${answer}\r\nReferences: ${messageId} ${answer}\r\nMIME-Version: 1.0`,
      );
    expect(await take(Buffer.from(eml))).toMatchObject({ ok: false, fault: { code: 'report-unknown' } });
    expect(await messages(world)).toEqual(['sent R1 a@brun.example']);
  });

  test('the copy went to the sender of that day, whatever the sender is today', async () => {
    const { world, take } = await sent();
    value(await changeCompany(world.context, world.acting, { copyToSender: true }));
    await world.run(world.J(20));
    value(await changeCompany(world.context, world.acting, { senderEmail: 'compta@kerbrat-nouveau.example' }));
    const { rows } = await browseReminders(world.context, world.acting, { state: 'left', limit: 1 });
    const messageId = `<${rows[0]!.id}@kerbrat.example>`;
    expect(await take(postfixReport({ messageId, address: 'compta@kerbrat.example' }))).toMatchObject({
      ok: false,
      fault: { code: 'report-elsewhere' },
    });
    expect(await messages(world, 'problems')).toEqual([]);
  });

  test('an address that the message was passed on to: nothing is blocked or held back, and a person is asked, once', async () => {
    const { world, server, customer, invoice, reminderId, messageId, take } = await sent();
    const passedOn = (address: string) => {
      const eml = postfixReport({ messageId, address }).toString();
      return Buffer.from(eml.replace(/(Original-Recipient: rfc822;).*(?=\r)/, '$1a@brun.example'));
    };
    expect(value(await take(passedOn('perso@elsewhere.example')))).toMatchObject({
      outcome: 'unclear',
      addresses: ['perso@elsewhere.example'],
      blocked: [],
    });
    expect(value(await take(exchangeReport({ messageId, address: 'liste@elsewhere.example' }))).outcome).toBe(
      'unclear',
    );
    expect(value(await take(passedOn('perso@elsewhere.example'))).outcome).toBe('known');
    expect(await tasks(world)).toEqual([
      'Atelier Brun: Message peut-être non remis, refusé par perso@elsewhere.example',
    ]);
    expect(await messages(world)).toEqual(['sent R1 a@brun.example']);
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toEqual([]);
    expect((await world.history(invoice)).filter((line) => line === 'reminder.delivery-unclear')).toHaveLength(2);
    expect(value(await readMessage(world.context, world.acting, reminderId)).bounces).toMatchObject([
      { address: 'liste@elsewhere.example', kind: 'unclear' },
      { address: 'perso@elsewhere.example', kind: 'unclear' },
    ]);
    await world.run(world.J(20));
    expect(server.accepted).toHaveLength(2);
  });

  test('of a message that was handed over twice nobody knows which of the two came back: a person is asked', async () => {
    const { world, server } = await live(ladder, { contacts: [{ email: 'a@brun.example' }] });
    server.next('hang up after data');
    await world.run(world.J(5));
    const [doubtful] = (await browseReminders(world.context, world.acting, { state: 'problems', limit: 1 })).rows;
    const messageId = `<${doubtful!.id}@kerbrat.example>`;
    const take = (said: string) =>
      takeReport(
        world.context,
        world.acting,
        postfixReport({ messageId, address: 'a@brun.example', status: '4.4.7', said }),
      );
    value(await resolveReminder(world.context, world.acting, { reminderId: doubtful!.id, outcome: 'send-again' }));
    await world.deliver();
    expect(value(await take('451 timed out')).outcome).toBe('unclear');
    expect(await messages(world)).toEqual(['sent R1 a@brun.example']);
    expect(await tasks(world)).toEqual(['Atelier Brun: Message peut-être non remis, refusé par a@brun.example']);
    expect(await findings(world)).toEqual([]);
  });

  test('it comes late: what has left since is not undone, and nothing comes twice; what waits behind comes in its turn', async () => {
    const { world, server, messageId, take } = await sent(['a@brun.example'], [{ at: 5 }, { at: 20 }, { at: 40 }]);
    await world.run(world.J(20));
    value(await take(postfixReport({ messageId, address: 'a@brun.example' })));
    expect(await messages(world)).toEqual(['undelivered R1 a@brun.example', 'sent R2 a@brun.example']);
    expect(await messages(world, 'problems')).toEqual([]);
    await world.run(world.J(41));
    expect(await world.reasonOf('F-1')).toBe('address-blocked');
    expect(server.accepted).toHaveLength(2);

    const behind = await sent(['a@brun.example'], [{ at: 5 }, { at: 20, requiresApproval: true }]);
    await behind.world.run(behind.world.J(20));
    value(await behind.take(postfixReport({ messageId: behind.messageId, address: 'a@brun.example' })));
    expect(await behind.world.waiting()).toEqual([]);
    expect(await messages(behind.world, 'problems')).toEqual(['undelivered R1 a@brun.example']);
    expect(await findings(behind.world)).toEqual([]);
  });

  test('the customer pays, or a person skips it: it waits for nobody any more, and still says that it was not delivered', async () => {
    const { world, customer, invoice, reminderId, messageId, take } = await sent();
    value(await take(postfixReport({ messageId, address: 'a@brun.example' })));
    await world.pay(customer, 10_000, invoice);
    expect(await messages(world, 'problems')).toEqual([]);
    expect(await messages(world)).toEqual(['undelivered R1 a@brun.example']);
    expect(await refuseReminder(world.context, world.acting, { reminderId, reason: '' })).toMatchObject({ ok: false });
    expect(await findings(world)).toEqual([]);
  });

  /** The addresses of R1, each refused at first as it says; then a server takes all, and has its Message-ID. */
  async function takenAtLast(answers: Record<string, string>) {
    const to = Object.keys(answers);
    const { world, server } = await live(ladder, { contacts: to.map((email) => ({ email })) });
    for (const address of to) server.refuse(address, answers[address]!);
    await world.run(world.J(5));
    const second = await startMailServer();
    await world.mailServer(second.port);
    const [reminder] = (await browseReminders(world.context, world.acting, { state: 'all', limit: 1 })).rows;
    const reminderId = reminder!.id;
    if (reminder!.state === 'failed')
      value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.run(world.J(6));
    expect(second.accepted.map((mail) => mail.to)).toEqual([to]);
    expect(value(await readMessage(world.context, world.acting, reminderId)).bounces).toEqual([]);
    const messageId = `<${reminderId}@kerbrat.example>`;
    const take = async (address: string) =>
      value(await takeReport(world.context, world.acting, postfixReport({ messageId, address })));
    return { world, take };
  }

  test('what was refused at first and taken later was taken: a report about it is news', async () => {
    const { world, take } = await takenAtLast({ 'a@brun.example': '552 5.2.2 Mailbox full' });
    expect(await messages(world)).toEqual(['sent R1 a@brun.example']);
    expect(await take('a@brun.example')).toMatchObject({ outcome: 'undelivered', blocked: ['a@brun.example'] });
    expect(await messages(world, 'problems')).toEqual(['undelivered R1 a@brun.example']);

    const both = await takenAtLast({ 'a@brun.example': '550 5.7.1 policy', 'b@brun.example': '450 4.2.1 later' });
    expect(await both.take('b@brun.example')).toMatchObject({ outcome: 'partly', others: ['a@brun.example'] });
    expect(await messages(both.world, 'problems')).toEqual([]);
  });

  test('a report that comes while the message is handed over: handed in again, or said by a person, it counts', async () => {
    const { world } = await live(ladder, { contacts: [{ email: 'a@brun.example' }] });
    await world.plan(world.J(5));
    const { mails } = await claimBatch(world.context, world.acting.companyId, world.worker, 10, 'hand-over');
    const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
    const ledger = new DeliveryLedger(world.context, company, world.worker);
    const attemptId = (await ledger.begin(mails[0]!))!;
    const eml = postfixReport({ messageId: `<${mails[0]!.reminderId}@kerbrat.example>`, address: 'a@brun.example' });
    expect(value(await takeReport(world.context, world.acting, eml)).outcome).toBe('noted');
    await ledger.end({ mail: mails[0]!, attemptId, outcome: { kind: 'accepted', answer: '250' } });
    expect(value(await takeReport(world.context, world.acting, eml)).outcome).toBe('undelivered');
    expect(await messages(world, 'problems')).toEqual(['undelivered R1 a@brun.example']);
    expect(await findings(world)).toEqual([]);
  });
});

describe('A person says what came back', () => {
  const practice = async () => {
    const world = await makeWorld({ steps: ladder });
    const customer = await world.customer('Brun', {
      contacts: [{ email: 'a@brun.example' }, { email: 'b@brun.example' }],
    });
    await world.invoice(customer);
    await world.run(world.J(5));
    const { reminderId } = (await world.received())[0]!;
    const report = (input: Partial<Parameters<typeof reportUndelivered>[2]> = {}) =>
      reportUndelivered(world.context, world.acting, {
        reminderId,
        reason: 'vu dans la boîte',
        blocks: true,
        ...input,
      });
    return { world, customer, reminderId, report };
  };

  test('of one address or of all, blocked or not; unblocked it is written to again, and nobody is asked for another', async () => {
    const { world, report } = await practice();
    expect(await report({ addresses: ['x@brun.example'] })).toMatchObject({ fault: { code: 'invalid-input' } });
    expect(value(await report({ addresses: ['B@brun.example'] }))).toEqual({
      undelivered: false,
      waits: false,
      others: ['a@brun.example'],
      blocked: ['b@brun.example'],
    });
    expect(value(await report({ blocks: false }))).toMatchObject({ undelivered: true, blocked: [] });
    expect(await tasks(world)).toEqual(['Brun: Adresse refusée : b@brun.example']);
    const unblock = () => unblockAddress(world.context, world.acting, { address: 'b@Brun.example' });
    expect(value(await unblock())).toEqual({ address: 'b@brun.example', customers: 1 });
    expect(await tasks(world)).toEqual([]);
    expect(await unblock()).toMatchObject({ ok: false, fault: { code: 'not-blocked' } });
    const [waiting] = (await browseReminders(world.context, world.acting, { state: 'problems', limit: 1 })).rows;
    value(await resolveReminder(world.context, world.acting, { reminderId: waiting!.id, outcome: 'send-again' }));
    await world.deliver();
    expect((await world.received()).map(({ to }) => to)).toEqual([['a@brun.example', 'b@brun.example']]);
  });

  test('an address is blocked later too, and again after a person unblocked it; the same report again does not block it', async () => {
    const { world, server, customer } = await live(ladder, { contacts: [{ email: 'a@brun.example' }] });
    await world.run(world.J(5));
    const [left] = (await browseReminders(world.context, world.acting, { state: 'left', limit: 1 })).rows;
    const messageId = /^Message-ID: (\S+)/im.exec(server.accepted[0]!.raw.toString('latin1'))![1]!;
    const take = async (more: { status?: string; said?: string }) =>
      value(
        await takeReport(world.context, world.acting, postfixReport({ messageId, address: 'a@brun.example', ...more })),
      );
    const report = async () =>
      value(
        await reportUndelivered(world.context, world.acting, {
          reminderId: left!.id,
          reason: 'inconnue',
          blocks: true,
        }),
      );
    const unblock = async () => value(await unblockAddress(world.context, world.acting, { address: 'a@brun.example' }));
    expect(await take({ status: '5.4.4', said: 'unreachable' })).toMatchObject({ outcome: 'undelivered', blocked: [] });
    expect(await take({})).toMatchObject({ outcome: 'undelivered', blocked: ['a@brun.example'] });
    await unblock();
    expect(await take({})).toMatchObject({ outcome: 'known', blocked: [] });
    expect(await report()).toMatchObject({ undelivered: false, blocked: ['a@brun.example'] });
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toHaveLength(1);
    expect(await tasks(world)).toEqual(['Atelier Brun: Adresse refusée : a@brun.example']);
  });

  test('all that a person typed is blocked: it is listed, and the message goes to whom its step writes', async () => {
    const { world, server, customer, invoice } = await live();
    await world.clock(world.J(3));
    const recipients = { to: ['typed@brun.example'], cc: [] };
    const { reminderId } = value(
      await sendReminder(world.context, world.acting, { invoiceId: invoice, level: 1, undoSeconds: 0, recipients }),
    );
    await world.deliver();
    value(await reportUndelivered(world.context, world.acting, { reminderId, reason: 'inconnue', blocks: true }));
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toMatchObject([
      { address: 'typed@brun.example', reminderId },
    ]);
    value(
      await saveCustomer(world.context, world.acting, { id: customer, contacts: [{ email: 'good@brun.example' }] }),
    );
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.deliver();
    expect(mailed(server)).toEqual(['typed@brun.example', 'good@brun.example']);
  });

  test('where something has left since, it is said to wait for nothing', async () => {
    const { world, reminderId, report } = await practice();
    await world.run(world.J(20));
    expect(value(await report({ blocks: false }))).toMatchObject({ undelivered: true, waits: false });
    expect(await messages(world, 'problems')).toEqual([]);
    const [second] = (await world.received()).filter((one) => one.reminderId !== reminderId);
    expect(value(await report({ reminderId: second!.reminderId, blocks: false }))).toMatchObject({ waits: true });
    expect(await messages(world, 'problems')).toHaveLength(1);
  });

  test('what it claimed beside the invoices is not owed until it is sent again, and then once', async () => {
    const world = await makeWorld({ steps: ladder });
    value(await changeCompany(world.context, world.acting, { indemnityFromLevel: 1 }));
    const customer = await world.customer('Brun', { contacts: [{ email: 'a@brun.example' }] });
    await world.invoice(customer);
    await world.run(world.J(5));
    const charges = async () => value(await oneCustomer(world.context, world.acting, customer)).charges;
    expect(await charges()).toEqual([{ currency: 'EUR', minor: 4_000 }]);
    const { reminderId } = (await world.received())[0]!;
    value(await reportUndelivered(world.context, world.acting, { reminderId, reason: 'pleine', blocks: false }));
    expect(await charges()).toEqual([]);
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.deliver();
    expect(await charges()).toEqual([{ currency: 'EUR', minor: 4_000 }]);
  });

  test('sent again after its highest invoice is paid, it is the reminder of what is left', async () => {
    const { world, server, customer, invoice } = await live([
      { at: 5, templateKey: 'friendly' },
      { at: 20, templateKey: 'firm' },
    ]);
    value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
    await world.invoice(customer, { number: 'F-B', dueOn: world.J(15) });
    await world.runDays(5, 20);
    const [left] = (await browseReminders(world.context, world.acting, { state: 'left', limit: 1 })).rows;
    expect(left!.level).toBe(2);
    const reminderId = left!.id;
    value(await reportUndelivered(world.context, world.acting, { reminderId, reason: 'pleine', blocks: false }));
    await world.pay(customer, 10_000, invoice);
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.deliver();
    expect((await messages(world)).slice(-2)).toEqual([
      'undelivered R2 atelier.brun@example.fr',
      'sent R1 atelier.brun@example.fr',
    ]);
    expect(server.accepted).toHaveLength(3);
  });

  test('what is claimed and not begun has not left: it is taken out, and comes again in its turn', async () => {
    const { world, server } = await live([{ at: 5 }, { at: 20, formalNotice: true }]);
    await world.run(world.J(5));
    const [left] = (await browseReminders(world.context, world.acting, { state: 'left', limit: 1 })).rows;
    await world.plan(world.J(20));
    const reminderIds = (await world.waiting()).map(({ reminderId }) => reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    const { mails } = await claimBatch(world.context, world.acting.companyId, world.worker, 10, 'hand-over');
    expect(mails.map((mail) => mail.reminderId)).toEqual(reminderIds);
    const came = { reminderId: left!.id, reason: 'pleine', blocks: false };
    expect(value(await reportUndelivered(world.context, world.acting, came)).undelivered).toBe(true);
    const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
    expect(await new DeliveryLedger(world.context, company, world.worker).begin(mails[0]!)).toBe(null);
    expect(await messages(world, 'problems')).toEqual(['undelivered R1 atelier.brun@example.fr']);
    await world.deliver();
    expect(server.accepted).toHaveLength(1);
    expect(await findings(world)).toEqual([]);
  });

  test('no formal notice follows where no reminder arrived', async () => {
    const { world } = await live([{ at: 5 }, { at: 20 }, { at: 30, formalNotice: true, requiresApproval: false }]);
    await world.run(world.J(5));
    await world.run(world.J(20));
    const { rows } = await browseReminders(world.context, world.acting, { state: 'left', limit: 2 });
    for (const { id } of rows)
      value(await reportUndelivered(world.context, world.acting, { reminderId: id, reason: 'pleine', blocks: false }));
    value(await refuseReminder(world.context, world.acting, { reminderId: rows[0]!.id, reason: '' }));
    await world.run(world.J(35));
    expect(await world.reasonOf('F-1')).toBe('formal-notice-first');
  });

  test('a message that waits can’t have come back; a blocked address can’t be typed into one', async () => {
    const { world, customer, report } = await practice();
    value(await report());
    value(await saveCustomer(world.context, world.acting, { id: customer, contacts: [{ email: 'c@brun.example' }] }));
    const invoiceId = await world.invoice(customer, { number: 'F-2' });
    const { reminderIds } = value(
      await prepareReminders(world.context, world.acting, { invoiceIds: [invoiceId], level: 1 }),
    );
    expect(await report({ reminderId: reminderIds[0]! })).toMatchObject({ fault: { code: 'not-sent-yet' } });
    const edit = (to: string) =>
      editReminder(world.context, world.acting, {
        reminderId: reminderIds[0]!,
        subject: 'Bonjour',
        body: '{{ invoice_table }}',
        recipients: { to: [to], cc: [] },
      });
    expect(await edit('A@brun.example')).toMatchObject({ fault: { code: 'address-blocked' } });
    value(await edit('d@brun.example'));
  });

  test('going live: what practice blocked is written to, and nothing of it waits', async () => {
    const { world, customer, report } = await practice();
    value(await report());
    const server = await startMailServer();
    await world.goLive(server.port, `${world.J(6)}T11:00:00Z`);
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toEqual([]);
    expect(await messages(world, 'problems')).toEqual([]);
    expect(await tasks(world)).toEqual([]);
    await world.plan();
    expect((await world.waiting()).map(({ to }) => to)).toEqual([['a@brun.example', 'b@brun.example']]);
  });

  test('live, what practice captured can’t have come back: no address is blocked for it', async () => {
    const { world, customer, reminderId, report } = await practice();
    const server = await startMailServer();
    await world.goLive(server.port, `${world.J(6)}T11:00:00Z`);
    expect(await report()).toMatchObject({ ok: false, fault: { code: 'not-sent-yet' } });
    const row = await world.inside((tx) =>
      tx.selectFrom('reminder').select('message_id').where('id', '=', reminderId).executeTakeFirstOrThrow(),
    );
    const eml = postfixReport({ messageId: row.message_id!, address: 'a@brun.example' });
    expect(await takeReport(world.context, world.acting, eml)).toMatchObject({ fault: { code: 'report-unknown' } });
    expect(value(await oneCustomer(world.context, world.acting, customer)).blockedAddresses).toEqual([]);
  });

  test('over the API: the raw report, or a form; what is none is said in words', async () => {
    const site = await startSite();
    onTestFinished(() => site.stop());
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string) => `/api/companies/${companyId}${path}`;
    const contacts = [{ email: 'a@brun.example' }];
    const customerId = (await visitor.ask('POST', at('/customers'), { name: 'Brun', contacts })).body.customerId;
    await visitor.ask('POST', at('/invoices'), {
      customerId,
      number: 'F-1',
      issuedOn: '2026-10-18',
      totalMinor: 10_000,
      dueOn: '2026-11-18',
    });
    await visitor.ask('POST', at('/runs'));
    const gone = async () => (await visitor.ask('GET', at('/reminders?state=left'))).body.rows;
    await expect.poll(async () => (await gone()).length, { timeout: 15_000 }).toBe(1);
    const [left] = await gone();
    const { body: message } = await visitor.ask('GET', at(`/reminders/${left.id}/message`));
    const messageId = message.headers.find(({ name }: { name: string }) => name === 'Message-ID').value;
    const send = (eml: Buffer) => visitor.ask('POST', at('/bounces'), eml, { 'content-type': 'message/rfc822' });
    const none = await send(Buffer.from('Subject: bonjour\r\n\r\nbonjour'));
    expect([none.status, none.body.code]).toEqual([422, 'report-none']);
    const eml = postfixReport({ messageId, address: 'a@brun.example' });
    expect((await send(eml)).body).toMatchObject({ outcome: 'undelivered', customerId, reminderId: left.id });
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(eml)]), 'avis.eml');
    expect((await visitor.ask('POST', at('/bounces'), form)).body.outcome).toBe('known');
    expect((await visitor.ask('GET', at(`/customers/${customerId}`))).body.blockedAddresses).toMatchObject([
      { address: 'a@brun.example', reminderId: left.id },
    ]);
    const again = await visitor.ask('POST', at(`/reminders/${left.id}/resolve`), { outcome: 'send-again' });
    expect([again.status, again.body.code]).toEqual([409, 'nobody-to-write-to']);
    expect((await visitor.ask('POST', at('/blocked-addresses/unblock'), { address: 'A@brun.example' })).body).toEqual({
      address: 'a@brun.example',
      customers: 1,
    });
    expect(site.unexpected).toEqual([]);
  });
});
