// Case S2, and S1 where an address is lost: through a real mail server that refuses recipients.
import { describe, expect, test } from 'vitest';
import { browseInvoices, browseReminders, oneCustomer } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { approveReminders, refuseReminder, resolveReminder } from '../../src/app/decide-reminders.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { changeInvoice } from '../../src/app/save-invoice.ts';
import { examineRows } from '../../src/db/examination.ts';
import { type MailServer, startMailServer } from '../world/mail-server.ts';
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
    expect(await incomplete(world)).toEqual(['F-B address-blocked', 'F-1 address-blocked']);
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
