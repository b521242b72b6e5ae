// A customer whose payer is another one (A1): messages about its invoices go there, say whose they are, and nothing leaves to anybody else.
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { browseCredits, browseInvoices, browseReminders, oneCustomer } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import { createCompany } from '../../src/app/create-company.ts';
import { approveReminders, editReminder, resolveReminder } from '../../src/app/decide-reminders.ts';
import { DeliveryLedger } from '../../src/app/delivery-ledger.ts';
import { exportCustomers } from '../../src/app/export-customers.ts';
import { type ImportDone, runImport } from '../../src/app/import-file.ts';
import { makePromise } from '../../src/app/keep-promises.ts';
import { mergeCustomers } from '../../src/app/merge-customers.ts';
import { prepareReminders } from '../../src/app/prepare-reminders.ts';
import { readMessageText } from '../../src/app/read-message.ts';
import { allocateCredit, recordPayment, returnPayment } from '../../src/app/record-payment.ts';
import { reportUndelivered, unblockAddress } from '../../src/app/report-undelivered.ts';
import { type CustomerInput, saveCustomer } from '../../src/app/save-customer.ts';
import type { Outcome } from '../../src/channels/sender.ts';
import { examineRows } from '../../src/db/examination.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

const save = (world: World, id: string, fields: Partial<CustomerInput>) =>
  saveCustomer(world.context, world.acting, { id, ...fields });

const change = async (world: World, id: string, fields: Partial<CustomerInput>): Promise<void> => {
  value(await save(world, id, fields));
};

/** What `relance doctor` would find. */
const findings = async (world: World) =>
  (await world.inside((tx) => examineRows(tx, world.acting.companyId))).filter(({ count }) => count > 0);

const waitingFor = async (world: World): Promise<string[]> =>
  (await world.waiting()).map(({ invoices, to }) => `${invoices.join(' ')}: ${to.join(' ')}`);

const told = async (world: World, customerId: string): Promise<string[]> =>
  (
    await world.inside((tx) =>
      tx
        .selectFrom('event as e')
        .innerJoin('event_payload as p', (join) =>
          join.onRef('p.company_id', '=', 'e.company_id').onRef('p.event_id', '=', 'e.id'),
        )
        .select(['e.type', 'p.payload'])
        .where('e.customer_id', '=', customerId)
        .where('e.type', 'like', 'customer.pa%')
        .orderBy('e.id')
        .execute(),
    )
  ).map(({ type, payload }) => `${type} ${(payload as { name: string }).name}`);

async function importFile(
  world: World,
  kind: 'customers' | 'payments' | 'invoices',
  text: string,
): Promise<ImportDone> {
  const bytes = Buffer.from(text);
  const source = { name: `${kind}.csv`, size: bytes.length, stream: Readable.from([bytes]) };
  return value(await runImport(world.context, world.acting, { kind, source }));
}

/** The group Kerbrat pays for Brun; both have an address, and an accountant in English at the group. */
async function paid(steps: StepSketch[] = [{ at: 5 }, { at: 20 }]) {
  const world = await makeWorld({ steps });
  const group = await world.customer('Groupe Kerbrat', {
    contacts: [{ email: 'groupe@kerbrat.example', language: 'en' }],
  });
  const brun = await world.customer('Atelier Brun');
  return { world, group, brun };
}

describe('Who is written to', () => {
  test('messages go to the payer’s contacts, in their language, and say whose invoices these are; two customers never share one', async () => {
    const { world, group, brun } = await paid();
    value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
    const odet = await world.customer('Odet');
    await change(world, brun, { payerId: group });
    await change(world, odet, { payerId: group });
    await world.invoice(brun, { number: 'B-1' });
    await world.invoice(brun, { number: 'B-2' });
    await world.invoice(odet, { number: 'O-1' });
    await world.invoice(group, { number: 'G-1' });
    await world.run(world.J(5));
    const left = await world.received();
    expect(left.map(({ invoices, to }) => `${invoices.join(' ')}: ${to.join(' ')}`).sort()).toEqual([
      'B-1 B-2: groupe@kerbrat.example',
      'G-1: groupe@kerbrat.example',
      'O-1: groupe@kerbrat.example',
    ]);
    const { number } = value(await oneCustomer(world.context, world.acting, brun));
    for (const { reminderId, invoices } of left) {
      const { text, html } = await world.mail(reminderId);
      const ofBrun = invoices.includes('B-1');
      expect(text?.includes(`Invoices made out to Atelier Brun (${number})`)).toBe(ofBrun);
      expect(String(html).includes(`Invoices made out to <strong>Atelier Brun (${number})</strong>`)).toBe(ofBrun);
      if (invoices.includes('G-1')) expect(text).not.toContain('made out to');
      for (const other of ['B-1', 'O-1', 'G-1'].filter((one) => !invoices.includes(one)))
        expect(text).not.toContain(other);
    }
    expect(await findings(world)).toEqual([]);
  });

  test('a new payer is not answered in the thread of whom was written to before; further messages are in its own', async () => {
    const { world, group, brun } = await paid([{ at: 5 }, { at: 15 }, { at: 25 }]);
    await world.invoice(brun, { number: 'B-1' });
    await world.run(world.J(5));
    await change(world, brun, { payerId: group });
    await world.run(world.J(15));
    await world.run(world.J(25));
    const [, second, third] = await Promise.all((await world.received()).map((one) => world.mail(one.reminderId)));
    // The root of the customer's thread, which was never sent, and no message of it.
    expect([second?.references].flat()).toEqual([expect.stringContaining(brun)]);
    expect(third?.inReplyTo).toBe(second?.messageId);
  });

  test('what is written on one invoice still comes first; an address of the payer that is blocked is passed by, and asked for once, of the payer', async () => {
    const { world, group, brun } = await paid();
    await change(world, group, {
      contacts: [{ email: 'groupe@kerbrat.example' }, { email: 'siege@kerbrat.example', role: 'management' }],
    });
    const odet = await world.customer('Odet', { payerId: group });
    await change(world, brun, { payerId: group });
    await world.invoice(brun, { number: 'B-1' });
    await world.invoice(brun, { number: 'B-2', recipients: { to: ['chantier@brun.example'], cc: [] } });
    await world.invoice(odet, { number: 'O-1' });
    await world.run(world.J(5));
    const left = await world.received();
    expect(left.map(({ invoices, to }) => `${invoices[0]}: ${to.join(' ')}`).sort()).toEqual([
      'B-1: groupe@kerbrat.example',
      'B-2: chantier@brun.example',
      'O-1: groupe@kerbrat.example',
    ]);
    const { reminderId } = left.find(({ invoices }) => invoices[0] === 'B-1')!;
    value(await reportUndelivered(world.context, world.acting, { reminderId, reason: 'inconnue', blocks: true }));
    await world.run(world.J(20));
    const tasks = await world.inside((tx) => tx.selectFrom('task').select(['customer_id', 'text']).execute());
    expect(tasks).toEqual([{ customer_id: group, text: 'Adresse refusée : groupe@kerbrat.example' }]);
    expect(await world.reasonOf('O-1')).toBe('address-blocked');
    const missing = async () =>
      (await browseInvoices(world.context, world.acting, { state: 'incomplete', limit: 20 })).rows.map(
        ({ number, missing: lacks }) => `${number} ${lacks.join()}`,
      );
    // Another contact of the payer has an address: nothing is to be completed.
    expect(await missing()).toEqual([]);
    value(await unblockAddress(world.context, world.acting, { address: 'groupe@kerbrat.example' }));
    await world.run();
    expect((await world.received()).at(-1)).toMatchObject({ invoices: ['O-1'], to: ['groupe@kerbrat.example'] });
    await change(world, group, { contacts: [] });
    expect((await missing()).sort()).toEqual(['B-1 no-address', 'O-1 no-address']);
    await change(world, odet, { payerId: null });
    expect(await missing()).toEqual(['B-1 no-address']);
    expect(await findings(world)).toEqual([]);
  });
});

describe('What waits when the payer changes', () => {
  test('set, changed, taken away, or its contacts changed: whoever is to approve sees the new address at once', async () => {
    const { world, group, brun } = await paid([{ at: 5, requiresApproval: true }]);
    const other = await world.customer('Autre payeur', { contacts: [{ email: 'autre@payeur.example' }] });
    await world.invoice(brun, { number: 'B-1' });
    await world.run(world.J(5));
    expect(await waitingFor(world)).toEqual(['B-1: atelier.brun@example.fr']);
    const [{ reminderId } = { reminderId: '' }] = await world.waiting();
    const language = async () => {
      const row = await world.inside((tx) =>
        tx.selectFrom('reminder').select('language').where('id', '=', reminderId).executeTakeFirstOrThrow(),
      );
      return row.language;
    };
    const seen = async (payerId: string | null) => {
      await change(world, brun, { payerId });
      expect(value(await readMessageText(world.context, world.acting, reminderId)).to).toEqual(
        (await world.waiting())[0]!.to,
      );
      return `${(await waitingFor(world)).join()} ${await language()}`;
    };
    expect(await seen(group)).toBe('B-1: groupe@kerbrat.example en');
    expect(await seen(other)).toBe('B-1: autre@payeur.example fr');
    await change(world, other, { contacts: [{ email: 'nouvelle@payeur.example' }] });
    expect(await waitingFor(world)).toEqual(['B-1: nouvelle@payeur.example']);
    expect(await seen(null)).toBe('B-1: atelier.brun@example.fr fr');
    await change(world, brun, { payerId: group });
    await world.approveAll();
    expect((await world.received()).map(({ to }) => to)).toEqual([['groupe@kerbrat.example']]);
    expect(await told(world, brun)).toEqual([
      'customer.paid-by Groupe Kerbrat',
      'customer.paid-by Autre payeur',
      'customer.pays-itself ',
      'customer.paid-by Groupe Kerbrat',
    ]);
    expect(await told(world, group)).toEqual([
      'customer.pays-for Atelier Brun',
      'customer.pays-no-more Atelier Brun',
      'customer.pays-for Atelier Brun',
    ]);
  });

  test('prepared by hand for a step that was taken out of its sequence since, it goes to the new payer too', async () => {
    const { world, group, brun } = await paid([{ at: 5 }, { at: 15 }]);
    await change(world, brun, { payerId: group });
    const invoiceId = await world.invoice(brun, { number: 'B-1' });
    await world.clock(world.J(6));
    value(await prepareReminders(world.context, world.acting, { invoiceIds: [invoiceId], level: 1 }));
    await world.changeSteps([{ at: 15, was: 2 }]);
    await change(world, group, { contacts: [{ email: 'siege@kerbrat.example' }] });
    expect(await waitingFor(world)).toEqual(['B-1: siege@kerbrat.example']);
    await change(world, brun, { payerId: null });
    expect(await waitingFor(world)).toEqual(['B-1: atelier.brun@example.fr']);
    await world.approveAll();
    expect((await world.received()).map(({ to }) => to.join())).toEqual(['atelier.brun@example.fr']);
  });

  test('recipients that a person chose were chosen for the former payer: they are forgotten, and the message waits for approval again', async () => {
    const { world, group, brun } = await paid([{ at: 5, requiresApproval: true }]);
    await world.invoice(brun, { number: 'B-1' });
    await change(world, brun, { payerId: group });
    await world.run(world.J(5));
    const [{ reminderId } = { reminderId: '' }] = await world.waiting();
    value(
      await editReminder(world.context, world.acting, {
        reminderId,
        subject: 'Facture',
        body: '{{ invoice_table }}',
        recipients: { to: ['direction@kerbrat.example'], cc: [] },
      }),
    );
    value(await approveReminders(world.context, world.acting, { reminderIds: [reminderId], undoSeconds: 10 }));
    await change(world, brun, { payerId: null });
    await world.deliver();
    expect(await world.received()).toEqual([]);
    expect(await waitingFor(world)).toEqual(['B-1: atelier.brun@example.fr']);
  });

  test('claimed and not begun, a message does not leave to the former addressee: payer set, its contacts changed by hand or by a file, taken away', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 5 }], instant: '2026-03-01T11:00:00Z' });
    const group = await world.customer('Groupe Kerbrat', {
      number: 'G',
      contacts: [{ email: 'groupe@kerbrat.example' }],
    });
    const brun = await world.customer('Atelier Brun', { number: 'B' });
    await world.invoice(brun, { number: 'B-1' });
    await world.goLive(server.port, '2026-03-01T12:00:00Z');
    await world.inside((tx) =>
      tx
        .updateTable('company')
        .set({ first_sending_approved_at: new Date(0) })
        .execute(),
    );
    await world.plan(world.J(5));
    const claim = async () => {
      const batch = await claimBatch(world.context, world.acting.companyId, world.worker, 10, 'hand-over');
      return batch.mails;
    };
    const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
    const ledger = new DeliveryLedger(world.context, company, world.worker);
    const changes: [string, () => Promise<unknown>][] = [
      ['atelier.brun@example.fr', () => change(world, brun, { payerId: group })],
      ['groupe@kerbrat.example', () => change(world, group, { contacts: [{ email: 'siege@kerbrat.example' }] })],
      [
        'siege@kerbrat.example',
        () => importFile(world, 'customers', 'number;name;email\nG;Groupe Kerbrat;fichier@kerbrat.example'),
      ],
      ['fichier@kerbrat.example', () => change(world, brun, { payerId: null })],
      ['atelier.brun@example.fr', () => importFile(world, 'customers', 'number;name;payer\nB;Atelier Brun;G')],
    ];
    for (const [to, doIt] of changes) {
      const [mail] = await claim();
      expect(mail?.envelope.to).toEqual([to]);
      await doIt();
      expect(await ledger.begin(mail!)).toBeNull();
    }
    // Nor where a person had chosen somebody: it waits for approval again, with the new payer's address.
    const [{ reminderId } = { reminderId: '' }] = await world.ready();
    const edited = { reminderId, subject: 'Facture', body: '{{ invoice_table }}' };
    const recipients = { to: ['direction@kerbrat.example'], cc: [] };
    value(await editReminder(world.context, world.acting, { ...edited, recipients }));
    const [chosen] = await claim();
    expect(chosen?.envelope.to).toEqual(['direction@kerbrat.example']);
    await change(world, brun, { payerId: null });
    expect(await ledger.begin(chosen!)).toBeNull();
    await world.deliver();
    expect(server.accepted).toEqual([]);
    expect(await waitingFor(world)).toEqual(['B-1: atelier.brun@example.fr']);
    await change(world, brun, { payerId: group });
    await world.approveAll();
    expect(server.accepted.map(({ to }) => to.join())).toEqual(['fichier@kerbrat.example']);
    expect(await findings(world)).toEqual([]);
  });
});

describe('What a connection has in hand when the payer changes', () => {
  /** To whom a person chose, and handed over; nothing is known of it yet. */
  async function inHand() {
    const server = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }], instant: '2026-03-01T11:00:00Z' });
    const group = await world.customer('Groupe Kerbrat');
    const other = await world.customer('Autre payeur');
    const brun = await world.customer('Atelier Brun', { payerId: group });
    await world.invoice(brun, { number: 'B-1' });
    await world.goLive(server.port, '2026-03-01T12:00:00Z');
    await world.inside((tx) =>
      tx
        .updateTable('company')
        .set({ first_sending_approved_at: new Date(0) })
        .execute(),
    );
    await world.plan(world.J(5));
    const [{ reminderId } = { reminderId: '' }] = await world.waiting();
    const edited = { reminderId, subject: 'Facture', body: '{{ invoice_table }}' };
    const recipients = { to: ['direction@kerbrat.example'], cc: [] };
    value(await editReminder(world.context, world.acting, { ...edited, recipients }));
    value(await approveReminders(world.context, world.acting, { reminderIds: [reminderId], undoSeconds: 0 }));
    const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
    const ledger = new DeliveryLedger(world.context, company, world.worker);
    const { mails } = await claimBatch(world.context, world.acting.companyId, world.worker, 10, 'hand-over');
    const [mail] = mails;
    expect(mail?.envelope.to).toEqual(['direction@kerbrat.example']);
    const attemptId = await ledger.begin(mail!);
    const end = (outcome: Outcome) => ledger.end({ mail: mail!, attemptId: attemptId!, outcome });
    return { server, world, group, other, brun, reminderId, end };
  }
  const putOff: Outcome = { kind: 'refused-for-now', answer: '451 later' };

  test.each<[string, (its: Awaited<ReturnType<typeof inHand>>) => Promise<unknown>]>([
    ['by hand', ({ world, brun, other }) => change(world, brun, { payerId: other })],
    [
      'by a merge',
      async ({ world, group, other }) =>
        value(await mergeCustomers(world.context, world.acting, { fromId: group, intoId: other })),
    ],
  ])('%s: refused for now, it waits for approval again, with the new payer’s address', async (_, changePayer) => {
    const its = await inHand();
    const { server, world } = its;
    await changePayer(its);
    await its.end(putOff);
    expect(await waitingFor(world)).toEqual(['B-1: autre.payeur@example.fr']);
    world.at('2026-03-09T12:00:00Z');
    await world.deliver();
    expect(server.accepted).toEqual([]);
    await world.approveAll();
    expect(server.accepted.map(({ to }) => to.join())).toEqual(['autre.payeur@example.fr']);
    expect(await findings(world)).toEqual([]);
  });

  test('in doubt, or sent and come back later: sent again, it goes to the new payer', async () => {
    const doubtful = await inHand();
    await change(doubtful.world, doubtful.brun, { payerId: doubtful.other });
    await doubtful.end({ kind: 'unknown', answer: 'gone' });
    const returned = await inHand();
    await returned.end({ kind: 'accepted', answer: '250 ok' });
    await change(returned.world, returned.brun, { payerId: returned.other });
    const { world: its, reminderId: came } = returned;
    value(await reportUndelivered(its.context, its.acting, { reminderId: came, reason: 'inconnue', blocks: false }));
    for (const { world, server, reminderId } of [doubtful, returned]) {
      value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
      await world.deliver();
      expect(server.accepted.map(({ to }) => to.join())).toEqual(['autre.payeur@example.fr']);
    }
  });

  test('nobody else pays: refused for now, it is tried again by itself', async () => {
    const { world, server, end } = await inHand();
    await end(putOff);
    world.at('2026-03-09T12:00:00Z');
    await world.deliver();
    expect(server.accepted.map(({ to }) => to.join())).toEqual(['direction@kerbrat.example']);
  });
});

describe('A payer pays for itself', () => {
  test('not itself, none that has a payer, none that pays for others, none of another company; said in words from both sides', async () => {
    const { world, group, brun } = await paid();
    const odet = await world.customer('Odet');
    await change(world, brun, { payerId: group });
    const refused = async (id: string, payerId: string) => {
      const saved = await save(world, id, { payerId });
      return saved.ok ? 'saved' : [saved.fault.code, ...Object.values(saved.fault.with)].join(' ');
    };
    expect(await refused(brun, brun)).toBe('payer-is-itself');
    expect(await refused(odet, brun)).toBe('payer-has-payer Atelier Brun');
    expect(await refused(group, odet)).toBe('pays-for-others Groupe Kerbrat Atelier Brun');
    expect(await saveCustomer(world.context, world.acting, { name: 'Neuf', payerId: brun })).toMatchObject({
      fault: { code: 'payer-has-payer' },
    });
    // What the use case refuses, the database refuses too.
    await expect(
      world.inside((tx) => tx.updateTable('customer').set({ payer_id: brun }).where('id', '=', odet).execute()),
    ).rejects.toThrow('a payer has no payer');
    const { companyId } = value(
      await createCompany(world.context, {
        name: 'Une autre',
        country: 'FR',
        timeZone: 'Europe/Paris',
        language: 'fr',
        actor: 'test',
      }),
    );
    const elsewhere = value(
      await saveCustomer(world.context, { companyId, actor: 'test' }, { name: 'Ailleurs' }),
    ).customerId;
    expect(await refused(odet, elsewhere)).toMatch(/^not-found/);
    expect(value(await oneCustomer(world.context, world.acting, brun)).payer).toMatchObject({ name: 'Groupe Kerbrat' });
    expect(value(await oneCustomer(world.context, world.acting, group)).paysFor).toMatchObject({
      first: [{ name: 'Atelier Brun' }],
      count: 1,
    });
  });

  test('in a file: the payer’s number, also of one that comes with it; chains and strangers are errors of their rows; the list says it back', async () => {
    const { world } = await paid();
    const head = 'number;name;payer';
    const wrong = await importFile(
      world,
      'customers',
      `${head}\nA;Alpha;A\nB;Beta;C\nC;Gamma;D\nD;Delta;\nE;Epsilon;Z`,
    );
    expect(wrong.errors.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 payer-is-itself',
      '3 payer-has-payer',
      '6 payer-unknown',
    ]);
    const good = `${head}\nB;Beta;D\nC;Gamma;D\nD;Delta;\n`;
    expect((await importFile(world, 'customers', good)).counts).toMatchObject({ created: 3, faulty: 0 });
    expect((await importFile(world, 'customers', good)).counts).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
    // An empty cell says nothing.
    expect((await importFile(world, 'customers', `${head}\nB;Beta;`)).counts).toMatchObject({ unchanged: 1 });
    expect((await importFile(world, 'customers', `${head}\nD;Delta;B`)).errors.map(({ code }) => code)).toEqual([
      'payer-has-payer',
    ]);
    const columns = ['name', 'payer'] as const;
    const list = value(
      await exportCustomers(world.context, world.acting, {
        format: 'csv',
        columns: [...columns],
        language: 'fr',
        search: 'eta',
      }),
    );
    const text = Buffer.concat(await Array.fromAsync(list.body as AsyncIterable<Uint8Array>)).toString('utf8');
    expect(text).toContain('"Beta";"Delta"');
    expect(await findings(world)).toEqual([]);
  });
});

describe('Money of the payer', () => {
  test('is allocated to invoices of those it pays for, by hand and by a file, and taken back from them; its credit covers nothing by itself', async () => {
    const { world, group, brun } = await paid();
    const odet = await world.customer('Odet');
    await change(world, brun, { payerId: group });
    const invoice = await world.invoice(brun, { number: 'B-1' });
    const strange = await world.invoice(odet, { number: 'O-1' });
    await world.clock(world.J(1));
    const pay = (customerId: string, amountMinor: number, to: { invoiceId: string }[]) =>
      recordPayment(world.context, world.acting, { customerId, amountMinor, receivedOn: world.today, to });
    expect(await pay(group, 100, [{ invoiceId: strange }])).toMatchObject({ fault: { code: 'not-found' } });
    // The customer pays for nobody: not for its payer either.
    const own = await world.invoice(group, { number: 'G-1' });
    expect(await pay(brun, 100, [{ invoiceId: own }])).toMatchObject({ fault: { code: 'not-found' } });
    // A part of another invoice is promised; whoever pays it, it is kept.
    const parts = await world.invoice(brun, { number: 'B-0', dueOn: world.J(60) });
    const promised = { customerId: brun, invoiceId: parts, promisedOn: world.J(10) };
    value(await makePromise(world.context, world.acting, { ...promised, amount: { currency: 'EUR', minor: 4_000 } }));
    value(await pay(group, 4_000, [{ invoiceId: parts }]));
    const { paymentId, unallocatedMinor } = value(await pay(group, 12_000, [{ invoiceId: invoice }]));
    expect(unallocatedMinor).toBe(2_000);
    const promise = () => world.inside((tx) => tx.selectFrom('promise').select('ended_how').executeTakeFirstOrThrow());
    expect((await promise()).ended_how).toBe('kept');
    await world.run(world.J(5));
    expect(await world.diary()).toEqual(['J+5 R1 G-1', 'J+5 R1 O-1']);
    value(await returnPayment(world.context, world.acting, { paymentId, reason: 'rejet' }));
    await world.run(world.J(11));
    expect((await world.diary()).at(-1)).toBe('J+11 R1 B-1');
    // Unallocated money of the payer covers its own invoices (rule 7), not those of others.
    const credit = value(await pay(group, 50_000, []));
    await world.invoice(brun, { number: 'B-2', dueOn: world.J(3) });
    await world.run(world.J(12));
    expect((await world.received()).map(({ invoices, askedMinor }) => `${invoices[0]} ${askedMinor}`)).toContain(
      'B-2 10000',
    );
    value(
      await allocateCredit(world.context, world.acting, { paymentId: credit.paymentId, to: [{ invoiceId: invoice }] }),
    );
    const creditNoteId = await world.creditNote(group, 500);
    expect(
      await allocateCredit(world.context, world.acting, { creditNoteId, to: [{ invoiceId: strange }] }),
    ).toMatchObject({ fault: { code: 'not-found' } });
    expect((await browseCredits(world.context, world.acting, group)).map(({ leftMinor }) => leftMinor)).toEqual([
      500, 40_000,
    ]);
    const { counts } = await importFile(
      world,
      'payments',
      'number;customer number;invoice;date;amount\nP-9;' +
        `${value(await oneCustomer(world.context, world.acting, group)).number};B-2;2026-03-14;100,00`,
    );
    expect(counts).toMatchObject({ created: 1, faulty: 0 });
    const { rows } = await browseInvoices(world.context, world.acting, { customerId: brun, state: 'open', limit: 10 });
    expect(rows.map(({ number }) => number)).toEqual(['B-0']);
    expect((await browseReminders(world.context, world.acting, { state: 'problems', limit: 10 })).rows).toEqual([]);
    expect(await findings(world)).toEqual([]);
  });
});
