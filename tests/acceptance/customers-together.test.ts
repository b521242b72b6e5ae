// Where payers, merging, forbidden channels and thanks meet: who must not be written to is not, whichever way it came to be so.
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { browseInvoices, browseReminders } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { editReminder } from '../../src/app/decide-reminders.ts';
import { runImport } from '../../src/app/import-file.ts';
import { mergeCustomers, previewMerge } from '../../src/app/merge-customers.ts';
import { type CustomerInput, saveCustomer } from '../../src/app/save-customer.ts';
import { examineRows } from '../../src/db/examination.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const change = async (world: World, id: string, fields: Partial<CustomerInput>): Promise<void> => {
  value(await saveCustomer(world.context, world.acting, { id, ...fields }));
};

const findings = async (world: World) =>
  (await world.inside((tx) => examineRows(tx, world.acting.companyId))).filter(({ count }) => count > 0);

async function thanks(world: World): Promise<string[]> {
  const { rows } = await browseReminders(world.context, world.acting, { limit: 200 });
  return rows.filter(({ kind }) => kind === 'thanks').map(({ state, to }) => `${state} ${to.join(' ')}`);
}

const incomplete = async (world: World): Promise<string[]> => {
  const { rows } = await browseInvoices(world.context, world.acting, { state: 'incomplete', limit: 50 });
  return rows.map(({ number, missing }) => `${number} ${missing.join(' ')}`);
};

describe('E-mail is forbidden', () => {
  test('by the payer: what waits for those it pays for is taken out, and their invoices say why', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
    const payer = await world.customer('Groupe Kerbrat');
    const brun = await world.customer('Atelier Brun', { payerId: payer });
    await world.invoice(brun, { number: 'B-1' });
    await world.plan(world.J(5));
    expect(await world.waiting()).toHaveLength(1);
    await change(world, payer, { forbiddenChannels: ['email'] });
    expect(await world.waiting()).toEqual([]);
    await world.run(world.J(6));
    expect(await incomplete(world)).toEqual(['B-1 email-forbidden']);
    await change(world, payer, { forbiddenChannels: [] });
    await world.run(world.J(7));
    expect(await world.waiting()).toHaveLength(1);
  });

  test('by the customer itself: its payer gets nothing of its invoices either', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const payer = await world.customer('Groupe Kerbrat');
    const brun = await world.customer('Atelier Brun', { payerId: payer, forbiddenChannels: ['email'] });
    await world.invoice(brun, { number: 'B-1' });
    await world.runDays(5, 7);
    expect(await world.received()).toEqual([]);
    expect(await incomplete(world)).toEqual(['B-1 email-forbidden']);
  });

  test('by one that is merged: the other is not written to either', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const [from, into] = [
      await world.customer('Brun', { forbiddenChannels: ['email'] }),
      await world.customer('Atelier Brun'),
    ];
    await world.invoice(into, { number: 'B-1' });
    value(await mergeCustomers(world.context, world.acting, { fromId: from, intoId: into }));
    await world.runDays(5, 7);
    expect(await world.received()).toEqual([]);
    expect(await incomplete(world)).toEqual(['B-1 email-forbidden']);
  });

  for (const chosen of [false, true])
    test(`after thanks were prepared${chosen ? ', to whom a person chose' : ''}: they do not leave`, async () => {
      const { world, customer } = await paid();
      await world.plan(world.J(7));
      const to = chosen ? 'patron@brun.example' : 'atelier.brun@example.fr';
      if (chosen) await choose(world, to);
      expect(await thanks(world)).toEqual([`ready ${to}`]);
      await change(world, customer, { forbiddenChannels: ['email'] });
      expect(await thanks(world)).toEqual([`dropped ${to}`]);
      await world.runDays(8, 9);
      expect(await thanks(world)).toHaveLength(1);
    });
});

describe('Thanks', () => {
  test('go to the payer, whoever it is when they leave', async () => {
    const { world, customer } = await paid();
    await world.plan(world.J(7));
    const payer = await world.customer('Groupe Kerbrat');
    await change(world, customer, { payerId: payer });
    await world.deliver();
    expect(await thanks(world)).toEqual(['sent groupe.kerbrat@example.fr']);
    const { rows } = await browseReminders(world.context, world.acting, { limit: 1 });
    const mail = await world.mail(rows[0]!.id);
    expect(mail.subject).toMatch(/^Merci/);
    expect(mail.text).toContain('Atelier Brun');
  });

  test('that wait show at once to whom they would leave, where a file changes the payer', async () => {
    const { world, customer } = await paid();
    await world.customer('Groupe Kerbrat', { number: 'G' });
    await change(world, customer, { number: 'B', keyAccount: true });
    await world.plan(world.J(7));
    expect(await thanks(world)).toEqual(['to_approve atelier.brun@example.fr']);
    const bytes = Buffer.from('number;name;payer\nB;Atelier Brun;G\n');
    const source = { name: 'clients.csv', size: bytes.length, stream: Readable.from([bytes]) };
    value(await runImport(world.context, world.acting, { kind: 'customers', source }));
    expect(await thanks(world)).toEqual(['to_approve groupe.kerbrat@example.fr']);
  });

  test('for one that is merged come once, to the other', async () => {
    const { world, customer } = await paid();
    await world.plan(world.J(7));
    await choose(world, 'patron@brun.example');
    const into = await world.customer('Chez Paul');
    const merge = { fromId: customer, intoId: into };
    expect(value(await previewMerge(world.context, world.acting, merge))).toMatchObject({ waiting: 1 });
    value(await mergeCustomers(world.context, world.acting, merge));
    expect(await thanks(world)).toEqual(['dropped patron@brun.example']);
    await world.runDays(8, 10);
    expect(await thanks(world)).toEqual(['sent chez.paul@example.fr', 'dropped patron@brun.example']);
    expect(await findings(world)).toEqual([]);
  });

  test('do not go to a payer that is overdue itself, until it has paid', async () => {
    const world = await thankful();
    const payer = await world.customer('Groupe Kerbrat');
    const brun = await world.customer('Atelier Brun', { payerId: payer });
    const [theirs, own] = [await world.invoice(brun), await world.invoice(payer)];
    await world.runDays(5, 6);
    await world.pay(payer, 10_000, theirs);
    await world.runDays(7, 8);
    expect(await thanks(world)).toEqual([]);
    await world.pay(payer, 10_000, own);
    await world.runDays(9, 10);
    expect(await thanks(world)).toEqual(['sent groupe.kerbrat@example.fr', 'sent groupe.kerbrat@example.fr']);
  });
});

/** A person writes the thanks that wait to somebody else, which approves them. */
async function choose(world: World, to: string): Promise<void> {
  const { rows } = await browseReminders(world.context, world.acting, { limit: 1 });
  const changed = { subject: 'Merci', body: 'Merci', recipients: { to: [to], cc: [] } };
  value(await editReminder(world.context, world.acting, { reminderId: rows[0]!.id, ...changed }));
}

async function thankful(): Promise<World> {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  value(await changeCompany(world.context, world.acting, { thanksPayers: true }));
  return world;
}

/** An invoice of Atelier Brun, reminded of at J+5 and paid at J+6, in a company that thanks. */
async function paid(): Promise<{ world: World; customer: string }> {
  const world = await thankful();
  const customer = await world.customer('Atelier Brun');
  const invoice = await world.invoice(customer);
  await world.runDays(5, 6);
  await world.pay(customer, 10_000, invoice);
  return { world, customer };
}
