// Cases S3 to S5, S7 to S10 and rule 14, through a real mail server; and the mail itself, as the server received it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browseReminders } from '../../src/app/browse.ts';
import { changeCompany, goLive, saveMailServer, setClock, testMailServer } from '../../src/app/change-company.ts';
import { addCompanyFile } from '../../src/app/company-files.ts';
import { composeBatch } from '../../src/app/compose-batch.ts';
import {
  approveReminders,
  editReminder,
  postponeReminder,
  refuseReminder,
  resolveReminder,
} from '../../src/app/decide-reminders.ts';
import { deliverOutbox, makeWorker, type Worker } from '../../src/app/deliver-outbox.ts';
import { runImport } from '../../src/app/import-file.ts';
import { addClosure } from '../../src/app/keep-closures.ts';
import { pauseDunning } from '../../src/app/pause-dunning.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { recoverDeliveries } from '../../src/app/recover-deliveries.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { attachPdf } from '../../src/app/save-invoice.ts';
import { deleteSequence, saveSequence } from '../../src/app/save-sequence.ts';
import type { Sender } from '../../src/channels/sender.ts';
import { smtpSender, testMailServer as testSmtp } from '../../src/channels/smtp.ts';
import { insertAllocations } from '../../src/db/allocation.ts';
import { type LedgerTurn, turnLedger } from '../../src/db/delivery.ts';
import { storeDocuments } from '../../src/db/document.ts';
import { newId } from '../../src/db/id.ts';
import { refreshStatistics } from '../../src/db/statistics.ts';
import { holdWorkerLock } from '../../src/db/worker-lock.ts';
import { sha256 } from '../../src/formats/mail.ts';
import { localhostCertificate } from '../world/certificate.ts';
import { type MailServer, startMailServer } from '../world/mail-server.ts';
import { makeWorld, type StepSketch, value, World } from '../world/world.ts';

const ladder: StepSketch[] = [{ at: 5 }, { at: 20 }, { at: 40 }];

interface Live {
  world: World;
  server: MailServer;
  customer: string;
  invoice: string;
}

/** A live company, its mail server, and one invoice of 100.00 due on J (2026-03-02). */
async function live(steps: StepSketch[] = ladder, mailServer: Parameters<World['goLive']>[2] = {}): Promise<Live> {
  const server = await startMailServer();
  const world = await makeWorld({ steps, instant: '2026-03-01T11:00:00Z' });
  const customer = await world.customer();
  const invoice = await world.invoice(customer);
  await world.goLive(server.port, '2026-03-01T12:00:00Z', mailServer);
  return { world, server, customer, invoice };
}

/** The same, with step 1 approved on J+5 and not handed over yet. */
async function readyToLeave(steps: StepSketch[] = ladder): Promise<Live & { reminderId: string }> {
  const ready = await live(steps);
  const { world } = ready;
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds }));
  return { ...ready, reminderId: reminderIds[0]! };
}

async function problems(world: World): Promise<string[]> {
  const { rows } = await browseReminders(world.context, world.acting, { state: 'problems', limit: 100 });
  return rows.map(({ state, level }) => `${state} R${level}`);
}

async function attempts(world: World): Promise<string[]> {
  const rows = await world.inside((tx) => tx.selectFrom('attempt').select(['state', 'answer']).orderBy('id').execute());
  return rows.map(({ state }) => state);
}

function messageId({ raw }: { raw: Buffer }): string {
  return /^Message-ID: (.*)$/im.exec(raw.toString('latin1'))![1]!.trim();
}

describe('S3 the mail server refuses', () => {
  test('S3 for now (4xx): tried again with growing delays, and shown; then it leaves, once', async () => {
    const { world, server, invoice } = await readyToLeave();
    value(await changeCompany(world.context, world.acting, { sendingFrom: '00:00', sendingUntil: '23:59' }));
    server.always('450');
    let instant = Temporal.Instant.from('2026-03-07T06:00:00Z');
    world.at(instant.toString());
    expect(await world.deliver()).toMatchObject({ delayed: 1, sent: 0, failed: 0 });
    for (const minutes of [1, 5, 15, 60, 180, 360]) {
      instant = instant.add({ minutes });
      world.at(instant.subtract({ seconds: 1 }).toString());
      expect(await world.deliver()).toMatchObject({ delayed: 0 });
      world.at(instant.toString());
      expect(await world.deliver()).toMatchObject({ delayed: 1 });
    }
    expect((await world.history(invoice)).filter((line) => line === 'reminder.delayed')).toHaveLength(7);
    expect(await world.diary()).toEqual([]);
    expect(await attempts(world)).toEqual(Array(7).fill('refused_for_now'));
    server.always('accept');
    instant = instant.add({ hours: 24 });
    world.at(instant.toString());
    await world.deliver();
    await world.deliver();
    expect(await world.diary()).toEqual(['J+6 R1 F-1']);
    expect(server.accepted).toHaveLength(1);
    expect(new Set(server.seen.map(messageId)).size).toBe(1);
  });

  test('S3 for good (5xx): shown at once, not tried again, and the next steps are held back', async () => {
    for (const behaviour of ['550', 'rcpt 550'] as const) {
      const { world, server, invoice } = await readyToLeave();
      server.next(behaviour);
      expect(await world.deliver()).toMatchObject({ failed: 1, sent: 0 });
      expect(await problems(world)).toEqual(['failed R1']);
      expect((await world.history(invoice)).at(-1)).toBe('reminder.failed');
      await world.runDays(6, 25);
      expect(server.accepted).toEqual([]);
      expect(await world.reasonOf('F-1')).toBe('failed-before');
    }
  });

  test('S3 a person corrects the address and sends it again: it leaves, and the next step keeps its gap', async () => {
    const { world, server, customer, reminderId } = await readyToLeave();
    server.next('rcpt 550');
    await world.deliver();
    value(
      await saveCustomer(world.context, world.acting, { id: customer, contacts: [{ email: 'bonne@adresse.example' }] }),
    );
    await world.clock(world.J(8));
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.deliver();
    await world.runDays(9, 30);
    expect(await world.diary()).toEqual(['J+8 R1 F-1', 'J+23 R2 F-1']);
    expect(server.accepted.map(({ to }) => to)).toEqual([['bonne@adresse.example'], ['bonne@adresse.example']]);
  });

  test('S3 a person skips it: the sequence goes on', async () => {
    const { world, server, reminderId } = await readyToLeave();
    server.next('554');
    await world.deliver();
    value(await refuseReminder(world.context, world.acting, { reminderId, reason: 'adresse fermée' }));
    await world.runDays(6, 21);
    expect(await world.diary()).toEqual(['J+20 R2 F-1']);
  });

  test('S3 the line breaks before the message is begun, or there is no server: tried again', async () => {
    const { world, server } = await readyToLeave();
    server.next('hang up at mail');
    expect(await world.deliver()).toMatchObject({ delayed: 1, inDoubt: 0 });
    await server.stop();
    world.at('2026-03-07T11:05:00Z');
    expect(await world.deliver()).toMatchObject({ delayed: 1, inDoubt: 0 });
    expect(await attempts(world)).toEqual(['refused_for_now', 'refused_for_now']);
    expect(await problems(world)).toEqual([]);
  });

  test('S3 a server that is down is given up after a few refusals; nothing is lost, and all leaves when it is back', async () => {
    const { world, server, customer } = await live();
    for (let index = 0; index < 30; index++) await world.invoice(customer);
    await world.plan(world.J(5));
    server.always('421');
    await world.approveAll();
    expect(server.seen.length).toBeLessThan(25);
    server.always('accept');
    for (const minute of ['02', '04', '20']) {
      world.at(`2026-03-07T11:${minute}:00Z`);
      await world.deliver();
    }
    expect(await world.received()).toHaveLength(31);
    expect(new Set(server.accepted.map(messageId)).size).toBe(31);
    expect(server.accepted).toHaveLength(31);
  });
});

describe('S4 the customer pays between the approval and the sending', () => {
  test('S4 not sent, and the history says why; the payment is charged back: the step is free and leaves on the next run', async () => {
    const { world, server, customer, invoice } = await readyToLeave();
    const payment = await world.pay(customer, 10_000, invoice);
    await world.deliver();
    expect(server.seen).toEqual([]);
    expect(await world.history(invoice)).toContain('reminder.dropped: settled');
    await world.clock(world.J(9));
    await world.bounce(payment);
    await world.run();
    expect(await world.diary()).toEqual(['J+9 R1 F-1']);
    expect(server.accepted).toHaveLength(1);
  });

  test('S4 rule 6 the balance is read again in the transaction that commits to sending, whoever wrote the money', async () => {
    const { world, server, customer, invoice } = await readyToLeave();
    await world.inside(async (tx) => {
      const id = newId();
      const companyId = world.acting.companyId;
      await tx
        .insertInto('payment')
        .values({
          company_id: companyId,
          id,
          customer_id: customer,
          received_on: world.today,
          currency: 'EUR',
          amount_minor: 10_000,
        })
        .execute();
      const { id: receivableId } = await tx
        .selectFrom('receivable')
        .select('id')
        .where('invoice_id', '=', invoice)
        .executeTakeFirstOrThrow();
      await insertAllocations(tx, companyId, world.today, [
        { receivableId, chargeId: null, paymentId: id, creditNoteId: null, amountMinor: 10_000, undoesId: null },
      ]);
    });
    expect(await world.deliver()).toMatchObject({ dropped: 1, sent: 0 });
    expect(server.seen).toEqual([]);
    expect(await world.history(invoice)).toContain('reminder.dropped: settled');
  });

  test('S4 a pause that begins between the two: not sent; the step is free and leaves when it ends', async () => {
    const { world, server, customer } = await live();
    value(
      await pauseDunning(world.context, world.acting, {
        customerId: customer,
        reason: 'congés',
        fromOn: world.J(6),
        untilOn: world.J(8),
      }),
    );
    await world.plan(world.J(5));
    const [waiting] = await world.waiting();
    value(await approveReminders(world.context, world.acting, { reminderIds: [waiting!.reminderId] }));
    await world.runDays(6, 8);
    expect(server.seen).toEqual([]);
    await world.runDays(9, 10);
    expect(await world.diary()).toEqual(['J+9 R1 F-1']);
  });
});

describe('S5 the customer pays half between the approval and the sending', () => {
  test('S5 sent with the new balance', async () => {
    const { world, server, customer, invoice } = await readyToLeave();
    await world.pay(customer, 5_000, invoice);
    await world.deliver();
    const mail = await simpleParser(server.accepted[0]!.raw);
    expect(mail.text).toContain('50,00\u00a0€');
    expect(await world.received()).toMatchObject([{ askedMinor: 5_000 }]);
  });

  test('S5 also when a person had edited the text: figures stay tags', async () => {
    const { world, server, customer, invoice, reminderId } = await readyToLeave();
    value(
      await editReminder(world.context, world.acting, {
        reminderId,
        subject: 'Reste {{ amount_due }}',
        body: 'Cher client, il reste **{{ amount_due }}**.\n\n{{ invoice_table }}',
      }),
    );
    await world.pay(customer, 5_000, invoice);
    await world.deliver();
    const mail = await simpleParser(server.accepted[0]!.raw);
    expect(mail.subject).toBe('Reste 50,00\u00a0€');
    expect(mail.text).toContain('Cher client, il reste 50,00\u00a0€.');
    expect(String(mail.html)).toContain('<strong>50,00\u00a0€</strong>');
    expect(`${mail.text}${String(mail.html)}`).not.toContain('100,00\u00a0€</strong>');
  });

  test('S5 a tag that does not exist is refused when the text is edited', async () => {
    const { world, reminderId } = await readyToLeave();
    expect(
      await editReminder(world.context, world.acting, { reminderId, subject: 'Bonjour', body: '{{ amount_owed }}' }),
    ).toMatchObject({ ok: false, fault: { code: 'tag-unknown', with: { tag: 'amount_owed' } } });
  });
});

describe('S7 the worker stops in the middle', () => {
  /** Three reminders in a worker's hands, one of them begun; then nothing more is heard of it. */
  async function stopped(how: 'before handing over' | 'after the server took it') {
    const { world, server, customer } = await live(ladder, { connections: 1 });
    for (let index = 0; index < 2; index++) await world.invoice(customer);
    await world.plan(world.J(5));
    const reminderIds = (await world.waiting()).map((one) => one.reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    const dead = newId();
    const begun = await new Promise<Buffer>((resolve) => {
      const openSender = (to: Parameters<typeof smtpSender>[0]): Sender => ({
        async send(mail) {
          if (how === 'after the server took it') {
            const line = smtpSender(to);
            expect(await line.send(mail)).toMatchObject({ kind: 'accepted' });
            await line.close();
          }
          await mail.mayLeave;
          resolve(mail.raw);
          return new Promise(() => {});
        },
        close: async () => {},
      });
      void deliverOutbox(world.context, world.acting.companyId, makeWorker(openSender, { id: dead }));
    });
    return { world, server, dead, begun: messageId({ raw: begun }).slice(1, 37) };
  }

  for (const how of ['before handing over', 'after the server took it'] as const) {
    test(`S7 ${how}: what was not begun is sent, what was begun is in doubt, shown, and never sent again by itself`, async () => {
      const { world, server, begun } = await stopped(how);
      await world.deliver();
      expect(await world.received()).toEqual([]);
      expect(await recoverDeliveries(world.context, world.acting.companyId)).toEqual({ givenBack: 2, inDoubt: 1 });
      await world.deliver();
      await world.runDays(6, 12);
      expect(await world.received()).toHaveLength(3);
      expect(await problems(world)).toEqual(['in_doubt R1']);
      const ids = server.accepted.map(messageId);
      expect(ids).toHaveLength(how === 'before handing over' ? 2 : 3);
      expect(new Set(ids).size).toBe(ids.length);
      // In doubt counts as left: its step 2 comes at its day, beside that of the others.
      await world.runDays(20, 20);
      expect((await world.received()).filter(({ level }) => level === 2)).toHaveLength(3);
      expect(await recoverDeliveries(world.context, world.acting.companyId)).toEqual({ givenBack: 0, inDoubt: 0 });

      value(await resolveReminder(world.context, world.acting, { reminderId: begun, outcome: 'left' }));
      expect(await problems(world)).toEqual([]);
    });
  }

  test('S7 a worker that lives keeps what it has in its hands', async () => {
    const { world, dead } = await stopped('before handing over');
    const release = await holdWorkerLock(world.database.connection, dead);
    expect(await recoverDeliveries(world.context, world.acting.companyId)).toEqual({ givenBack: 0, inDoubt: 0 });
    await release();
    expect(await recoverDeliveries(world.context, world.acting.companyId)).toEqual({ givenBack: 2, inDoubt: 1 });
  });

  test('S7 an outcome that could not be written down: in doubt as soon as somebody looks, though the worker lives', async () => {
    const { world, server } = await readyToLeave();
    const worker = makeWorker((to) => {
      const line = smtpSender(to);
      return {
        send: async (mail) => {
          const outcome = await line.send(mail);
          // As when the database goes away in that very moment.
          await sql`alter function mark_left rename to mark_left_gone`.execute(world.database.owner);
          return outcome;
        },
        close: () => line.close(),
      };
    });
    const release = await holdWorkerLock(world.database.connection, worker.id);
    await expect(deliverOutbox(world.context, world.acting.companyId, worker)).rejects.toThrow('mark_left');
    await sql`alter function mark_left_gone rename to mark_left`.execute(world.database.owner);
    expect(await recoverDeliveries(world.context, world.acting.companyId, worker)).toEqual({
      givenBack: 0,
      inDoubt: 1,
    });
    expect(await problems(world)).toEqual(['in_doubt R1']);
    await world.runDays(6, 12);
    expect(server.accepted).toHaveLength(1);
    await release();
  });

  test('S7 the line breaks after the data: in doubt, counts as left, never sent again by itself; a person sends it again', async () => {
    const { world, server, reminderId } = await readyToLeave();
    server.next('hang up after data');
    expect(await world.deliver()).toMatchObject({ inDoubt: 1, sent: 0 });
    await world.runDays(6, 19);
    expect(server.seen).toHaveLength(1);
    expect(await problems(world)).toEqual(['in_doubt R1']);
    value(await resolveReminder(world.context, world.acting, { reminderId, outcome: 'send-again' }));
    await world.deliver();
    await world.runDays(20, 40);
    expect(await world.diary()).toEqual(['J+19 R1 F-1', 'J+34 R2 F-1']);
    expect(server.accepted).toHaveLength(2);
  });
});

describe('S8 two workers on one database', () => {
  test('S8 each message leaves once, whoever takes it', async () => {
    const { world, server, customer } = await live();
    for (let index = 0; index < 39; index++) await world.invoice(customer);
    await world.plan(world.J(5));
    const reminderIds = (await world.waiting()).map((one) => one.reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    const workers = Array.from({ length: 4 }, () => makeWorker(smtpSender));
    const counts = await Promise.all(
      workers.map((worker) => deliverOutbox(world.context, world.acting.companyId, worker)),
    );
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(40);
    expect(server.accepted.map(messageId).sort()).toEqual(reminderIds.map((id) => `<${id}@kerbrat.example>`).sort());
    expect(await problems(world)).toEqual([]);
  });

  /** A worker whose connections wait, each message in hand, until the gate opens. */
  function hesitating(): { worker: Worker; inHand: Promise<void>; open(): void } {
    const gate = Promise.withResolvers<void>();
    const handed = Promise.withResolvers<void>();
    const worker = makeWorker((to) => {
      const line = smtpSender(to);
      return {
        send: async (mail) => {
          await mail.mayLeave;
          handed.resolve();
          await gate.promise;
          return line.send(mail);
        },
        close: () => line.close(),
      };
    });
    return { worker, inHand: handed.promise, open: () => gate.resolve() };
  }

  test('S8 one worker delivers twice at once: what a change gave back and the second took, the first leaves alone', async () => {
    const { world, server, customer } = await live(ladder, { connections: 1 });
    await world.invoice(customer);
    await world.plan(world.J(5));
    const reminderIds = (await world.waiting()).map((one) => one.reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    const one = hesitating();
    const first = deliverOutbox(world.context, world.acting.companyId, one.worker);
    await one.inHand;
    // One message is in the connection's hands; the other, claimed, is given back by a change of the customer.
    value(await saveCustomer(world.context, world.acting, { id: customer, name: 'Atelier Brun et fils' }));
    const other = hesitating();
    const second = deliverOutbox(world.context, world.acting.companyId, {
      ...one.worker,
      openSender: other.worker.openSender,
    });
    await other.inHand;
    one.open();
    expect(await first).toMatchObject({ sent: 1 });
    other.open();
    expect(await second).toMatchObject({ sent: 1 });
    expect(server.accepted.map(messageId).sort()).toEqual(reminderIds.map((id) => `<${id}@kerbrat.example>`).sort());
  });

  /** Two messages of another sequence than the default: one in a connection's hands, one claimed behind it. */
  async function oneInHandOneClaimed() {
    const { world, server, customer } = await live(ladder, { connections: 1 });
    await world.invoice(customer);
    const { sequenceId } = await world.sequence('Autre', [{ at: 5 }]);
    await world.enrol([customer], sequenceId);
    await world.plan(world.J(5));
    const reminderIds = (await world.waiting()).map((one) => one.reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    const { worker, inHand, open } = hesitating();
    const delivered = deliverOutbox(world.context, world.acting.companyId, worker);
    await inHand;
    const goOn = () => {
      open();
      return delivered;
    };
    return { world, server, sequenceId, goOn };
  }

  type Claimed = Awaited<ReturnType<typeof oneInHandOneClaimed>>;

  test.each<[string, (claimed: Claimed) => Promise<unknown>]>([
    [
      'a sequence is deleted',
      ({ world: { context, acting }, sequenceId }) => deleteSequence(context, acting, { sequenceId }),
    ],
    [
      'a sequence is paused',
      ({ world: { context, acting }, sequenceId }) =>
        pauseDunning(context, acting, { sequenceId, reason: 'inventaire' }),
    ],
    [
      'a payment is imported',
      ({ world: { context, acting } }) => {
        const bytes = Buffer.from('Facture;Date;Montant\nF-1, F-2;07/03/2026;200,00');
        const source = { name: 'paiements.csv', size: bytes.length, stream: Readable.from([bytes]) };
        return runImport(context, acting, { kind: 'payments', source });
      },
    ],
    [
      'today is closed',
      ({ world: { context, acting, today } }) =>
        addClosure(context, acting, { fromOn: today, untilOn: today, label: 'Inventaire', yearly: false }),
    ],
  ])('S8 %s during a delivery: what is claimed and not begun does not leave', async (_, change) => {
    const claimed = await oneInHandOneClaimed();
    expect(await change(claimed)).toMatchObject({ ok: true });
    expect(await claimed.goOn()).toMatchObject({ sent: 1 });
    expect(claimed.server.accepted).toHaveLength(1);
  });

  test('S8 the sender changes during a delivery: what is claimed and not begun leaves with the new one', async () => {
    const { world, server, goOn } = await oneInHandOneClaimed();
    value(await changeCompany(world.context, world.acting, { senderEmail: 'compta@kerbrat-nouveau.example' }));
    expect(await goOn()).toMatchObject({ sent: 2 });
    const from = (await Promise.all(server.accepted.map(({ raw }) => simpleParser(raw)))).map(
      (mail) => mail.from?.value,
    );
    expect(from.map((value) => value?.[0]?.address)).toEqual([
      'compta@kerbrat.example',
      'compta@kerbrat-nouveau.example',
    ]);
  });

  test('S8 what a delivery gives back at its end is not taken from another that has it in its hands', async () => {
    const { world, server } = await live(ladder, { connections: 1 });
    let last = '';
    for (let index = 0; index < 5; index++) {
      last = await world.customer();
      await world.invoice(last);
    }
    await world.plan(world.J(5));
    const reminderIds = (await world.waiting()).map((one) => one.reminderId);
    value(await approveReminders(world.context, world.acting, { reminderIds }));
    // Everything is refused for now: after five refusals this delivery gives up, and gives back what it has claimed.
    const gate = Promise.withResolvers<void>();
    const fifth = Promise.withResolvers<void>();
    let tries = 0;
    const down = makeWorker(() => ({
      send: async ({ mayLeave }) => {
        await mayLeave;
        tries += 1;
        if (tries === 5) fifth.resolve();
        if (tries === 5) await gate.promise;
        return { kind: 'refused-for-now', answer: '421 later' };
      },
      close: async () => {},
    }));
    const first = deliverOutbox(world.context, world.acting.companyId, down);
    await fifth.promise;
    value(await saveCustomer(world.context, world.acting, { id: last, name: 'Atelier Brun et fils' }));
    const other = hesitating();
    const second = deliverOutbox(world.context, world.acting.companyId, other.worker);
    await other.inHand;
    gate.resolve();
    expect(await first).toMatchObject({ sent: 0, delayed: 5 });
    expect(await deliverOutbox(world.context, world.acting.companyId, makeWorker(smtpSender))).toMatchObject({
      sent: 0,
    });
    other.open();
    expect(await second).toMatchObject({ sent: 1 });
    expect(server.accepted).toHaveLength(1);
  });

  test('S8 D5 fifty runs and deliveries of a live company at the same moment: each reminder once', async () => {
    const { world, server, customer } = await readyToLeave();
    await world.deliver();
    for (let index = 0; index < 9; index++) await world.invoice(customer, { dueOn: world.J(1) });
    await world.clock(world.J(6));
    const ran = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const report = await runDunning(world.context, world.acting, { bySchedule: true });
        await world.deliver();
        return report.ran;
      }),
    );
    expect(ran).toContain(true);
    expect(server.accepted).toHaveLength(10);
    expect(new Set(server.accepted.map(messageId)).size).toBe(10);
    const runs = await world.inside((tx) =>
      tx.selectFrom('run').select('id').where('by_schedule', '=', true).execute(),
    );
    expect(runs).toHaveLength(1);
  });
});

test('S9 step 2 refused by a person: step 3 comes at its day', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20, requiresApproval: true }, { at: 40 }] });
  await world.invoice(await world.customer());
  await world.runDays(5, 30);
  const [second] = await world.waiting();
  value(await refuseReminder(world.context, world.acting, { reminderId: second!.reminderId, reason: 'un geste' }));
  await world.runDays(30, 45);
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+40 R3 F-1']);
});

test('S10 step 2 postponed by ten days: step 3 keeps its gap after it', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20, requiresApproval: true }, { at: 40 }] });
  await world.invoice(await world.customer());
  await world.runDays(5, 20);
  const [second] = await world.waiting();
  value(await postponeReminder(world.context, world.acting, { reminderId: second!.reminderId, until: world.J(30) }));
  // Approved before its new day, it waits for that day all the same.
  await world.runDays(20, 55, { approve: true });
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+30 R2 F-1', 'J+50 R3 F-1']);
});

describe('The mail', () => {
  const pdf = Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256)),
  ]);

  test('The mail says who it is from, to whom, where to answer; its Message-ID is that of the reminder; the PDF is attached', async () => {
    const { world, server, invoice, reminderId } = await readyToLeave();
    value(await changeCompany(world.context, world.acting, { replyTo: 'reglements@kerbrat.example' }));
    value(await attachPdf(world.context, world.acting, { invoiceId: invoice, name: 'F-1 été.pdf', bytes: pdf }));
    await world.deliver();
    const [received] = server.accepted;
    const mail = await simpleParser(received!.raw);
    expect(received!.from).toBe('compta@kerbrat.example');
    expect(received!.to).toEqual(['atelier.brun@example.fr']);
    expect(mail.from?.value).toEqual([{ name: 'Anne Kerbrat', address: 'compta@kerbrat.example' }]);
    expect(mail.replyTo?.value).toMatchObject([{ address: 'reglements@kerbrat.example' }]);
    expect(mail.messageId).toBe(`<${reminderId}@kerbrat.example>`);
    expect(mail.subject).toBe('Facture F-1 en attente de règlement');
    expect(mail.date?.toISOString()).toBe('2026-03-07T11:00:00.000Z');
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['F-1 été.pdf', 'application/pdf'],
    ]);
    expect(mail.attachments[0]!.content.equals(pdf)).toBe(true);
  });

  test('The mails of one customer make one thread', async () => {
    const { world, server, reminderId } = await readyToLeave();
    await world.deliver();
    await world.run(world.J(20));
    const [first, second] = await Promise.all(server.accepted.map(({ raw }) => simpleParser(raw)));
    const root = [first!.references].flat()[0];
    expect(second!.inReplyTo).toBe(`<${reminderId}@kerbrat.example>`);
    expect(second!.references).toEqual([root, `<${reminderId}@kerbrat.example>`]);
  });

  test('A copy goes to the sender where the company wants one', async () => {
    const { world, server } = await readyToLeave();
    value(await changeCompany(world.context, world.acting, { copyToSender: true }));
    await world.deliver();
    expect(server.accepted[0]!.to).toEqual(['atelier.brun@example.fr', 'compta@kerbrat.example']);
    expect(server.accepted[0]!.raw.toString()).not.toMatch(/^Bcc:/im);
  });

  test('What is kept is, byte for byte, what the server received: with a PDF, with lines that begin with a dot, after an edit', async () => {
    const { world, server, invoice, reminderId } = await readyToLeave();
    value(await attachPdf(world.context, world.acting, { invoiceId: invoice, name: 'F-1.pdf', bytes: pdf }));
    value(
      await editReminder(world.context, world.acting, {
        reminderId,
        subject: 'Été, ça reste dû',
        body: `.\n\n..\n\n{{ amount_due }} ${'une ligne très longue '.repeat(100)}`,
      }),
    );
    await world.deliver();
    await world.run(world.J(20));
    expect(server.accepted).toHaveLength(2);
    for (const received of server.accepted) {
      const kept = value(await readMessage(world.context, world.acting, messageId(received).slice(1, 37)));
      expect(kept.left).toBe(true);
      expect(kept.eml.equals(received.raw)).toBe(true);
    }
    // A later change of the invoice, of the template or of the balance changes nothing to what left.
    value(
      await attachPdf(world.context, world.acting, {
        invoiceId: invoice,
        name: 'F-1 bis.pdf',
        bytes: Buffer.from('%PDF-1.7 another'),
      }),
    );
    const kept = value(await readMessage(world.context, world.acting, reminderId));
    expect(kept.eml.equals(server.accepted[0]!.raw)).toBe(true);
  });
});

describe('Hours and days are respected', () => {
  test('Outside the hours of the company, or on a day that is none of its own, nothing leaves; the next morning it does', async () => {
    const { world, server } = await readyToLeave();
    for (const [instant, why] of [
      ['2026-03-07T07:59:59Z', 'outside-sending-hours'],
      ['2026-03-07T17:00:01Z', 'outside-sending-hours'],
      ['2026-03-07T23:30:00Z', 'outside-sending-hours'],
    ] as const) {
      world.at(instant);
      expect(await world.deliver()).toMatchObject({ held: 1, heldBecause: why });
    }
    value(await changeCompany(world.context, world.acting, { sendingWeekdays: [1, 2, 3, 4, 5] }));
    world.at('2026-03-08T10:00:00Z');
    expect(await world.deliver()).toMatchObject({ held: 1, heldBecause: 'not-a-sending-day' });
    expect(server.seen).toEqual([]);
    world.at('2026-03-09T08:00:00Z');
    expect(await world.deliver()).toMatchObject({ sent: 1, held: 0 });
    expect(await world.diary()).toEqual(['J+7 R1 F-1']);
  });
});

test('While one batch is composed the next is read, of other customers; each message leaves once, and none is left', async () => {
  const { world, server, customer } = await live();
  for (let index = 0; index < 39; index++) await world.invoice(customer);
  for (let index = 0; index < 30; index++) await world.invoice(await world.customer());
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds }));
  const batches: string[][] = [];
  const second = Promise.withResolvers<void>();
  const worker = makeWorker(smtpSender, {
    compose: async (batch) => {
      batches.push(batch.reminders.map(({ reminder }) => reminder.customerId));
      if (batches.length === 2) second.resolve();
      await second.promise;
      return composeBatch(batch);
    },
  });
  expect(await deliverOutbox(world.context, world.acting.companyId, worker)).toMatchObject({ sent: 70 });
  expect(server.accepted.map(messageId).sort()).toEqual(reminderIds.map((id) => `<${id}@kerbrat.example>`).sort());
  const [one, other] = batches;
  expect(new Set(one).intersection(new Set(other)).size).toBe(0);
  expect(one!.length * other!.length).toBeGreaterThan(0);
});

test('What a delivery writes between two messages is found by its keys, however many customers and messages there are', async () => {
  const { world, customer: customerId } = await live();
  await world.plan(world.J(5));
  const { rows } = await world.inside(async (tx) => {
    const turn = async (begins: LedgerTurn['begins'], sent: string[], ended: LedgerTurn['ended']) =>
      turnLedger(tx, world.acting.companyId, {
        workerId: newId(),
        today: world.J(5),
        at: new Date(),
        customerIds: [customerId],
        ended,
        begins,
        sent,
        doubtful: [],
        events: sent.map((reminderId) => ({ type: 'reminder.sent', customerId, reminderId })),
      });
    const [{ id: reminderId }] = (await tx.selectFrom('reminder').select('id').execute()) as [{ id: string }];
    const claimId = newId();
    await tx.updateTable('reminder').set({ state: 'sending', claim_id: claimId }).execute();
    await sql`insert into customer (company_id, id, number, name)
      select company_id, md5('c' || g)::uuid, 'X-' || g, 'X' from customer, generate_series(1, 3000) g`.execute(tx);
    await sql`insert into reminder (company_id, id, customer_id, level, channel, language, currency, state, practice, planned_on, send_on,
        recipients, left_on, left_at)
      select company_id, md5('r' || g)::uuid, md5('c' || g)::uuid, level, channel, language, currency, 'sent', practice, planned_on, send_on,
        recipients, send_on, now() from reminder, generate_series(1, 3000) g`.execute(tx);
    await refreshStatistics(tx, 3000, ['customer', 'reminder', 'attempt']);
    // The plans are made now, while there is no attempt yet, and kept.
    await turn(
      [{ reminderId: newId(), claimId, attemptId: newId() }],
      [newId()],
      [{ id: newId(), state: 'accepted', answer: '' }],
    );
    await sql`insert into attempt (company_id, id, reminder_id, worker_id, state)
      select company_id, md5('a' || id)::uuid, id, id, 'accepted' from reminder where left_on is not null`.execute(tx);
    const read = () =>
      sql<{ table: string; rows: number }>`select relname as table, seq_tup_read + idx_tup_fetch as rows
        from pg_stat_xact_user_tables where relname in ('customer', 'reminder', 'attempt', 'item', 'dunning_case') order by 1`.execute(
        tx,
      );
    const before = await read();
    const attemptId = newId();
    expect(await turn([{ reminderId, claimId, attemptId }], [], [])).toEqual(new Set([attemptId]));
    await turn([], [reminderId], [{ id: attemptId, state: 'accepted', answer: '250 ok' }]);
    const after = await read();
    return {
      rows: after.rows.map(({ table, rows: count }, index) => ({ table, count: count - before.rows[index]!.rows })),
    };
  });
  expect(rows.map(({ table }) => table)).toEqual(['attempt', 'customer', 'dunning_case', 'item', 'reminder']);
  expect(rows.filter(({ count }) => count >= 20)).toEqual([]);
});

test('What a delivery writes is its own company’s, whatever it is told', async () => {
  const { world, customer } = await live();
  await world.plan(world.J(5));
  const other = await World.over(world.database, {});
  const state = () => world.inside((tx) => tx.selectFrom('reminder').select(['id', 'state']).execute());
  const [reminder] = await state();
  const none = { customerIds: [customer], ended: [], begins: [], doubtful: [], events: [] };
  const turn = { ...none, workerId: newId(), today: world.J(5), at: new Date(), sent: [reminder!.id] };
  await other.inside((tx) => turnLedger(tx, other.acting.companyId, turn));
  await expect(other.inside((tx) => turnLedger(tx, world.acting.companyId, turn))).rejects.toThrow('another company');
  expect(await state()).toEqual([reminder]);
});

test('The first documents of a month are stored by several at once', async () => {
  const world = await makeWorld();
  for (const month of ['2031-01', '2031-02', '2031-03', '2031-04']) {
    const stored = Array.from({ length: 6 }, (_, index) => {
      const bytes = Buffer.from(`${month} ${index}`);
      return world.inside((tx) =>
        storeDocuments(tx, world.acting.companyId, `${month}-15`, [{ sha256: sha256(bytes), kind: 'mail', bytes }]),
      );
    });
    await Promise.all(stored);
  }
  const kept = await world.inside((tx) => tx.selectFrom('document').select('sha256').execute());
  expect(kept).toHaveLength(24);
});

test('Big files: never more of them in memory at once than so much, and every message leaves', async () => {
  const { world, server } = await live();
  // Six customers with a PDF of 9 MB each; what the first of `live` owes has none.
  for (let index = 0; index < 6; index++) {
    const invoiceId = await world.invoice(await world.customer());
    const bytes = Buffer.alloc(9_000_000, index);
    bytes.write('%PDF-1.7\n');
    value(await attachPdf(world.context, world.acting, { invoiceId, name: 'plan.pdf', bytes }));
  }
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds }));
  const together: number[] = [];
  const worker = makeWorker(smtpSender, {
    compose: (batch) => {
      together.push([...batch.files.values()].reduce((sum, file) => sum + file.byteLength, 0));
      return composeBatch(batch);
    },
  });
  expect(await deliverOutbox(world.context, world.acting.companyId, worker)).toMatchObject({ sent: 7 });
  expect(server.accepted.map(messageId).sort()).toEqual(reminderIds.map((id) => `<${id}@kerbrat.example>`).sort());
  // Two batches at once, 50 MB of files in both, are some 68 MB in base64.
  expect(2 * Math.max(...together)).toBeLessThan(70_000_000);
  expect(Math.max(...together)).toBeGreaterThan(9_000_000);
});

test('Big files on one slow line: composed ahead of it are two batches at most', async () => {
  const { world, server } = await live(ladder, { connections: 1 });
  const steps = world.stepIds.map((id, place) => ({
    id,
    level: place + 1,
    name: `R${place + 1}`,
    offsetDays: 5 + 15 * place,
  }));
  const bytes = Buffer.alloc(9_000_000);
  bytes.write('%PDF-1.7\n');
  const { fileId } = value(await addCompanyFile(world.context, world.acting, { name: 'plan.pdf', bytes }));
  const withFile = steps.map((step) => ({ ...step, fileIds: [fileId] }));
  value(await saveSequence(world.context, world.acting, { id: world.sequenceId, title: 'Test', steps: withFile }));
  for (let index = 0; index < 11; index++) await world.invoice(await world.customer());
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds }));
  let [ahead, most] = [0, 0];
  const slow = (to: Parameters<typeof smtpSender>[0]): Sender => {
    const line = smtpSender(to);
    const send: Sender['send'] = async (mail) => {
      const outcome = await line.send(mail);
      // Slow beside the claims: they have time for a batch or two.
      for (let index = 0; index < 200; index++) await world.inside((tx) => sql`select 1`.execute(tx));
      ahead -= 1;
      return outcome;
    };
    return { send, close: () => line.close() };
  };
  const worker = makeWorker(slow, {
    compose: (batch) => {
      ahead += batch.reminders.length;
      most = Math.max(most, ahead);
      return composeBatch(batch);
    },
  });
  expect(await deliverOutbox(world.context, world.acting.companyId, worker)).toMatchObject({ sent: 12 });
  expect(server.accepted).toHaveLength(12);
  // Two files each, which are 25 MB in base64; one message is in hand.
  expect(most).toBeLessThanOrEqual(5);
});

/** A beginning that fails. Whoever makes one also hears of it, as the delivery does. */
function failing(): Promise<boolean> {
  const failed = Promise.reject(new Error('the database is gone'));
  failed.catch(() => {});
  return failed;
}

const plainly = ({ port }: { port: number }) =>
  ({
    host: '127.0.0.1',
    port,
    security: 'none',
    auth: 'none',
    username: null,
    secret: null,
    oauthClientId: null,
    oauthClientSecret: null,
    oauthTokenUrl: null,
    connections: 1,
  }) as const;

describe('A message that may not leave yet, or not at all', () => {
  async function line(behaviour: { dataAsked?(): void } = {}) {
    const server = await startMailServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo(_address, _session, callback) {
        behaviour.dataAsked?.();
        callback();
      },
    });
    const sender = smtpSender(plainly(server));
    onTestFinished(() => sender.close());
    const mail = {
      from: 'compta@kerbrat.example',
      to: ['a@client.example'],
      raw: Buffer.from('Subject: x\r\n\r\nx\r\n'),
    };
    return { server, sender, mail };
  }

  test('is not handed over before it may, though the server knows by then who writes to whom', async () => {
    const addressed = Promise.withResolvers<void>();
    const { server, sender, mail } = await line({ dataAsked: addressed.resolve });
    const may = Promise.withResolvers<boolean>();
    const outcome = sender.send({ ...mail, mayLeave: may.promise });
    await addressed.promise;
    // A second connection, opened and answered in the meantime: the first had all the time it needs.
    const other = smtpSender(plainly(server));
    expect(await other.send(mail)).toMatchObject({ kind: 'accepted' });
    await other.close();
    expect(server.seen).toHaveLength(1);
    may.resolve(true);
    expect(await outcome).toMatchObject({ kind: 'accepted' });
    expect(server.seen).toHaveLength(2);
  });

  for (const [why, mayLeave] of [
    ['its claim is lost', () => Promise.resolve(false)],
    ['its beginning could not be written down', failing],
  ] as const) {
    test(`is never handed over where ${why}; the next one is`, async () => {
      const { server, sender, mail } = await line();
      await sender.send({ ...mail, mayLeave: mayLeave() });
      expect(await sender.send({ ...mail, to: ['b@client.example'] })).toMatchObject({ kind: 'accepted' });
      expect(server.seen.map(({ to }) => to)).toEqual([['b@client.example']]);
    });
  }
});

describe('The line to the mail server', () => {
  /** A server with a self-signed certificate; trusted for the time of the test where asked. */
  async function withCertificate({ trusted }: { trusted: boolean }, secure: boolean) {
    const { key, cert } = localhostCertificate();
    if (trusted) {
      const before = tls.getCACertificates('default');
      tls.setDefaultCACertificates([...before, cert]);
      onTestFinished(() => tls.setDefaultCACertificates(before));
    }
    return startMailServer({
      key,
      cert,
      secure,
      disabledCommands: [],
      authOptional: false,
      onAuth(auth, session, callback) {
        const right = session.secure && auth.username === 'compta' && auth.password === 'sésame';
        callback(right ? null : new Error('Invalid username or password'), right ? { user: auth.username } : undefined);
      },
    });
  }

  const password = { auth: 'password', username: 'compta', secret: 'sésame' } as const;

  for (const security of ['tls', 'starttls'] as const) {
    test(`The line is ${security}, with a password: the mail leaves`, async () => {
      const server = await withCertificate({ trusted: true }, security === 'tls');
      const world = await makeWorld({ steps: ladder, instant: '2026-03-01T11:00:00Z' });
      await world.invoice(await world.customer());
      await world.goLive(server.port, '2026-03-01T12:00:00Z', { security, ...password });
      await world.run(world.J(5));
      await world.approveAll();
      expect(server.accepted).toHaveLength(1);
      expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    });

    test(`The line is ${security}: a certificate that nobody vouches for is refused when the server is tested`, async () => {
      const server = await withCertificate({ trusted: false }, security === 'tls');
      const world = await makeWorld({ steps: ladder });
      await expect(world.mailServer(server.port, { security, ...password })).rejects.toThrow('mail-server-refused');
    });
  }

  /** A provider's address for tokens (RFC 6749 §6), and a mail server that lets in who has one of its tokens. */
  async function withOAuth2() {
    const asked: Record<string, string>[] = [];
    const provider = createServer(async (request, response) => {
      const given = Object.fromEntries(new URLSearchParams(await text(request)));
      asked.push(given);
      const right = given.grant_type === 'refresh_token' && given.refresh_token === 'renouvelle-moi';
      response.writeHead(right ? 200 : 400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          right
            ? { access_token: 'jeton-1', token_type: 'Bearer', expires_in: 3600 }
            : { error: 'invalid_grant', error_description: 'The refresh token was revoked' },
        ),
      );
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void provider.close());
    const server = await startMailServer({
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      authMethods: ['XOAUTH2'],
      onAuth(auth, _session, callback) {
        const right = auth.username === 'compta@kerbrat.example' && auth.accessToken === 'jeton-1';
        callback(right ? null : new Error('Invalid token'), right ? { user: auth.username } : undefined);
      },
    });
    const account = {
      auth: 'oauth2',
      username: 'compta@kerbrat.example',
      secret: 'renouvelle-moi',
      oauthClientId: 'relance',
      oauthClientSecret: 'chut',
      oauthTokenUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/token`,
    } as const;
    return { asked, server, account };
  }

  test('OAuth2: the refresh token is turned into a token at the provider, and the mail leaves with it', async () => {
    const { asked, server, account } = await withOAuth2();
    const world = await makeWorld({ steps: ladder, instant: '2026-03-01T11:00:00Z' });
    await world.invoice(await world.customer());
    await world.goLive(server.port, '2026-03-01T12:00:00Z', account);
    await world.run(world.J(5));
    await world.approveAll();
    expect(server.accepted).toHaveLength(1);
    expect(asked[0]).toEqual({
      client_id: 'relance',
      client_secret: 'chut',
      refresh_token: 'renouvelle-moi',
      grant_type: 'refresh_token',
    });
  });

  test('OAuth2: what the provider refuses is told when the server is tested', async () => {
    const { server, account } = await withOAuth2();
    const world = await makeWorld({ steps: ladder });
    await expect(world.mailServer(server.port, { ...account, secret: 'revoked' })).rejects.toThrow(
      'The refresh token was revoked',
    );
  });

  test('A wrong password is told when the server is tested', async () => {
    const server = await withCertificate({ trusted: true }, true);
    const world = await makeWorld({ steps: ladder });
    await expect(world.mailServer(server.port, { security: 'tls', ...password, secret: 'faux' })).rejects.toThrow(
      'mail-server-refused',
    );
  });

  test('A server that does not offer STARTTLS gets neither the password nor the mail', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: ladder });
    await expect(world.mailServer(server.port, { security: 'starttls' })).rejects.toThrow('mail-server-refused');
  });

  test('The password is not in the database in clear', async () => {
    const server = await withCertificate({ trusted: true }, true);
    const world = await makeWorld({ steps: ladder });
    await world.mailServer(server.port, { security: 'tls', ...password });
    const { secret } = await world.inside((tx) =>
      tx.selectFrom('mail_server').select('secret').executeTakeFirstOrThrow(),
    );
    expect(secret!.toString('latin1')).not.toContain(Buffer.from('sésame').toString('latin1'));
  });
});

describe('Rule 14 practice and going live', () => {
  test('Rule 14 a company is born in practice: mail is captured, counts as sent, and nothing is handed over', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: ladder });
    await world.invoice(await world.customer());
    await world.mailServer(server.port);
    await world.runDays(5, 20);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+20 R2 F-1']);
    expect(await attempts(world)).toEqual(['captured', 'captured']);
    expect(server.seen).toEqual([]);
  });

  test('Rule 14 going live is refused without a mail server, and without a tested one', async () => {
    const server = await startMailServer();
    const world = await makeWorld({ steps: ladder });
    const live = () => goLive(world.context, world.acting);
    expect(await live()).toMatchObject({ ok: false, fault: { code: 'mail-server-missing' } });
    value(await changeCompany(world.context, world.acting, { senderEmail: 'compta@kerbrat.example' }));
    value(
      await saveMailServer(world.context, world.acting, {
        host: 'localhost',
        port: server.port,
        security: 'none',
        auth: 'none',
      }),
    );
    expect(await live()).toMatchObject({ ok: false, fault: { code: 'mail-server-untested' } });
    value(await testMailServer(world.context, world.acting, testSmtp));
    value(
      await saveMailServer(world.context, world.acting, {
        host: 'localhost',
        port: server.port,
        security: 'none',
        auth: 'none',
      }),
    );
    expect(await live()).toMatchObject({ ok: false, fault: { code: 'mail-server-untested' } });
    value(await testMailServer(world.context, world.acting, testSmtp));
    expect(await live()).toMatchObject({ ok: true });
    expect(await live()).toMatchObject({ ok: false, fault: { code: 'already-live' } });
  });

  test('Rule 14 the simulated date ends for good', async () => {
    const { world } = await live();
    expect(await setClock(world.context, world.acting, { on: '2026-06-01' })).toMatchObject({
      ok: false,
      fault: { code: 'not-practice' },
    });
    const { simulated_on } = await world.inside((tx) =>
      tx.selectFrom('company').select('simulated_on').executeTakeFirstOrThrow(),
    );
    expect(simulated_on).toBeNull();
  });

  /** In practice, F-1 had steps 1 and 2 and F-2 waits for its approval; live on J+24 of F-1. */
  async function practised() {
    const server = await startMailServer();
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20, requiresApproval: true }, { at: 40 }] });
    const customer = await world.customer();
    await world.invoice(customer);
    await world.runDays(5, 20, { approve: true });
    await world.invoice(customer, { number: 'young', dueOn: world.J(20) });
    await world.invoice(customer, { number: 'waits', dueOn: world.J(0) });
    await world.runDays(20, 35);
    expect(await world.waiting()).toMatchObject([{ level: 2, invoices: ['waits'] }]);
    return { server, world, customer };
  }

  test('Rule 14 practice reminders and events stay, marked, and count for nothing; what waits is dropped; a new pass by rule 10', async () => {
    const { server, world } = await practised();
    const before = (await world.received()).length;
    await world.goLive(server.port, '2026-03-26T11:00:00Z');
    expect(await world.waiting()).toEqual([]);
    expect(await world.received()).toHaveLength(before);
    const reminders = await world.inside((tx) => tx.selectFrom('reminder').select('practice').execute());
    expect(reminders.every(({ practice }) => practice)).toBe(true);
    await world.run();
    // Step 1 of what is 24 days late was due long before yesterday: listed. What is 4 days late enters.
    expect(await world.outside()).toEqual(['F-1', 'waits']);
    expect(await world.waiting()).toEqual([]);
    await world.run(world.J(25));
    expect(await world.waiting()).toMatchObject([{ level: 1, invoices: ['young'] }]);
    expect(server.seen).toEqual([]);
  });

  test('Rule 14 practice counts for nothing either for what was paid by then and whose money is taken back later', async () => {
    const { server, world, customer } = await practised();
    const late = await world.invoice(customer, { number: 'paid', dueOn: world.J(20) });
    await world.run(world.J(35));
    await world.run(world.J(36));
    expect((await world.received()).at(-1)).toMatchObject({ level: 1, invoices: ['paid'] });
    const paymentId = await world.pay(customer, 10_000, late);
    // J+25 of it is to come when the company is live: it takes its first step again, as all that is open does.
    await world.goLive(server.port, `${world.J(24)}T11:00:00Z`);
    await world.bounce(paymentId);
    await world.run();
    await world.run(world.J(25));
    const levels = (await world.waiting()).map(({ level, invoices }) => `R${level} ${invoices.join(' ')}`).sort();
    expect(levels).toEqual(['R1 paid', 'R1 young']);
  });

  test('Rule 14 the preview of the new pass says what would leave', async () => {
    const { server, world } = await practised();
    await world.goLive(server.port, '2026-03-26T11:00:00Z');
    const { reminders } = await world.preview(world.J(45));
    expect(reminders.map(({ leavesOn, level, invoiceNumbers }) => [leavesOn, level, invoiceNumbers[0]])).toEqual([
      [world.J(25), 1, 'young'],
      [world.J(40), 2, 'young'],
    ]);
  });

  test('Rule 14 the first real sending is approved as a whole; then steps without approval leave by themselves', async () => {
    const { world, server, customer } = await live();
    await world.invoice(customer);
    await world.run(world.J(5));
    expect(server.seen).toEqual([]);
    expect(await world.waiting()).toHaveLength(2);
    expect(await world.approveAll()).toBe(2);
    expect(server.accepted).toHaveLength(2);
    await world.run(world.J(20));
    expect(await world.waiting()).toEqual([]);
    expect(server.accepted).toHaveLength(4);
  });

  test('Rule 14 a live company whose mail server is missing holds its reminders; it does not capture them', async () => {
    const { world, server } = await readyToLeave();
    const stored = await world.inside((tx) => tx.deleteFrom('mail_server').returningAll().executeTakeFirstOrThrow());
    expect(await world.deliver()).toMatchObject({ held: 1, heldBecause: 'mail-server-missing', captured: 0, sent: 0 });
    await world.runDays(6, 8);
    expect(await world.received()).toEqual([]);
    expect(await attempts(world)).toEqual([]);
    await world.inside((tx) => tx.insertInto('mail_server').values(stored).execute());
    await world.deliver();
    expect(await world.diary()).toEqual(['J+8 R1 F-1']);
    expect(server.accepted).toHaveLength(1);
  });
});
