// E10: a promise to pay. Nothing up to and including its day; kept when the money came by then; the day after, somebody is told and
// the step that is due leaves.
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { changeCompany, setClock } from '../../src/app/change-company.ts';
import { runImport } from '../../src/app/import-file.ts';
import { browsePromises, makePromise, type PromiseInput, withdrawPromise } from '../../src/app/keep-promises.ts';
import { browseTasks, createTask, setTaskDone } from '../../src/app/keep-tasks.ts';
import { openDispute, pauseDunning } from '../../src/app/pause-dunning.ts';
import { previewRun } from '../../src/app/preview-run.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { allocateCredit, recordPayment } from '../../src/app/record-payment.ts';
import { draftReminder } from '../../src/app/remind-invoice.ts';
import { startMailServer } from '../world/mail-server.ts';
import { makeWorld, type StepSketch, value, type World } from '../world/world.ts';

const steps = [{ at: 5 }, { at: 15 }, { at: 30 }];

const promise = async (world: World, input: PromiseInput): Promise<string> =>
  value(await makePromise(world.context, world.acting, input)).promiseId;

/** 'kept J+20', 'running J+30': what was promised for which day, the newest first. */
async function promises(world: World, which: 'all' | 'today' | 'overdue' = 'all'): Promise<string[]> {
  const { rows } = await browsePromises(world.context, world.acting, { which, limit: 50 });
  return rows.map(({ state, promisedOn }) => `${state} ${world.distance(promisedOn)}`);
}

const tasks = async (world: World): Promise<string[]> =>
  (await browseTasks(world.context, world.acting, { state: 'open', due: true, limit: 50 })).rows.map(({ text }) =>
    text.replaceAll(/[\u00a0\u202f]/g, ' '),
  );

/** An invoice of 100.00 that was reminded of at J+5, and the customer that promises. */
async function reminded(): Promise<{ world: World; customerId: string; invoiceId: string }> {
  const world = await makeWorld({ steps, due: '2026-05-04' });
  const customerId = await world.customer();
  const invoiceId = await world.invoice(customerId);
  await world.runDays(5, 8);
  return { world, customerId, invoiceId };
}

describe('E10', () => {
  test('nothing up to and including the promised day; the day after, unpaid, somebody is told and the step that is due leaves', async () => {
    const { world, customerId, invoiceId } = await reminded();
    await promise(world, { customerId, invoiceId, promisedOn: world.J(20), said: 'au téléphone' });
    expect(await world.reasonOf('F-1')).toBe('promised');
    await world.runDays(9, 20);
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
    expect([await promises(world, 'today'), await tasks(world)]).toEqual([['running J+20'], []]);
    await world.run(world.J(21));
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+21 R2 F-1']);
    expect(await tasks(world)).toEqual(['Promesse non tenue : 100,00 € pour le 24 mai 2026']);
    expect(await promises(world, 'overdue')).toEqual(['broken J+20']);
    expect(await world.history(invoiceId)).toEqual(expect.arrayContaining(['promise.made', 'promise.broken']));
    // Once: the runs after it say nothing more, and whoever has done the task has dealt with it.
    await world.runDays(22, 24);
    expect(await tasks(world)).toHaveLength(1);
    const [task] = (await browseTasks(world.context, world.acting, { state: 'open', limit: 5 })).rows;
    value(await setTaskDone(world.context, world.acting, { taskId: task!.id, isDone: true }));
    expect(await promises(world, 'overdue')).toEqual([]);
  });

  test('promised for today: nothing today, whoever asks and how often; what is due leaves tomorrow', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const customerId = await world.customer();
    const invoiceId = await world.invoice(customerId);
    await world.clock(world.J(5));
    await promise(world, { customerId, invoiceId, promisedOn: world.J(5) });
    await world.run(world.J(5));
    await world.expectNothing();
    await world.run(world.J(6));
    expect(await world.diary()).toEqual(['J+6 R1 F-1']);
  });

  test('kept when the promised amount was received by then: the rest is not asked for before the day after', async () => {
    const { world, customerId, invoiceId } = await reminded();
    const amount = { currency: 'EUR', minor: 6_000 };
    await promise(world, { customerId, invoiceId, promisedOn: world.J(20), amount });
    await world.run(world.J(10));
    await world.pay(customerId, 6_000, invoiceId);
    expect(await promises(world)).toEqual(['kept J+20']);
    await world.runDays(11, 21);
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+21 R2 F-1']);
    expect(await tasks(world)).toEqual([]);
    expect(await world.history(invoiceId)).toContain('promise.kept');
  });

  test('a part of one invoice, paid without saying for which: it counts where it falls on this one, not on an older one', async () => {
    const { world, customerId, invoiceId } = await reminded();
    const newer = await world.invoice(customerId, { dueOn: world.J(1) });
    const part = { customerId, promisedOn: world.J(20), amount: { currency: 'EUR', minor: 6_000 } };
    await promise(world, { ...part, invoiceId });
    await promise(world, { ...part, invoiceId: newer });
    await world.clock(world.J(10));
    await world.pay(customerId, 6_000);
    expect(await promises(world)).toEqual(['running J+20', 'kept J+20']);
    await world.run(world.J(21));
    expect(await tasks(world)).toHaveLength(1);
  });

  test('a cent too little by then is a promise that was not kept', async () => {
    const { world, customerId, invoiceId } = await reminded();
    const amount = { currency: 'EUR', minor: 6_000 };
    await promise(world, { customerId, invoiceId, promisedOn: world.J(20), amount });
    await world.pay(customerId, 5_999, invoiceId);
    await world.run(world.J(21));
    expect(await promises(world)).toEqual(['broken J+20']);
    expect(await tasks(world)).toEqual(['Promesse non tenue : 60,00 € pour le 24 mai 2026']);
  });

  test('a second promise replaces the first, and a message that waits is taken out', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }, { at: 15 }] });
    const customerId = await world.customer();
    const invoiceId = await world.invoice(customerId);
    await world.run(world.J(5));
    await promise(world, { customerId, invoiceId, promisedOn: world.J(8) });
    expect(await world.waiting()).toEqual([]);
    expect(await world.history(invoiceId)).toContain('reminder.dropped: promised');
    await promise(world, { customerId, invoiceId, promisedOn: world.J(12) });
    expect(await promises(world)).toEqual(['running J+12', 'replaced J+8']);
    await world.runDays(6, 12);
    expect([await world.waiting(), await tasks(world)]).toEqual([[], []]);
    await world.run(world.J(13));
    expect((await world.waiting()).map(({ invoices }) => invoices)).toEqual([['F-1']]);
  });

  test('paid in full it is kept; the payment taken back does not revive it', async () => {
    const { world, customerId, invoiceId } = await reminded();
    await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
    await world.run(world.J(14));
    const paymentId = await world.pay(customerId, 10_000, invoiceId);
    expect(await promises(world)).toEqual(['kept J+20']);
    await world.run(world.J(16));
    await world.bounce(paymentId);
    await world.run(world.J(17));
    expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+17 R2 F-1']);
    expect(await promises(world)).toEqual(['kept J+20']);
    await world.run(world.J(21));
    expect(await tasks(world)).toEqual([]);
  });
});

test('the day after is told on that day, though the company does not work: in its language, to whoever is in charge', async () => {
  const world = await makeWorld({ due: '2026-03-02', language: 'en', steps: [{ at: 5 }], weekdays: [1, 2, 3, 4, 5] });
  const customerId = await world.customer();
  await world.invoice(customerId);
  await world.member('u1');
  await world.inside((tx) =>
    tx.updateTable('customer').set({ in_charge_user_id: 'u1' }).where('id', '=', customerId).execute(),
  );
  // Friday the 13th; the next sending day is Monday the 16th.
  await promise(world, { customerId, promisedOn: world.J(11) });
  await world.runDays(8, 14);
  const { rows } = await browseTasks(world.context, world.acting, { state: 'open', limit: 5 });
  expect(rows).toMatchObject([
    { dueOn: world.J(12), text: 'Promise broken: €100.00 by 13 March 2026', assignedTo: 'u1', invoiceNumber: null },
  ]);
  expect(await world.diary()).toEqual(['J+14 R1 F-1']);
});

test('received in time and entered late: the promise is found kept, and its task is gone', async () => {
  const { world, customerId, invoiceId } = await reminded();
  await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
  await world.run(world.J(21));
  expect(await promises(world)).toEqual(['broken J+20']);
  await world.clock(world.J(22));
  const payment = { customerId, amountMinor: 10_000, to: [{ invoiceId }] };
  value(await recordPayment(world.context, world.acting, { ...payment, receivedOn: world.J(20) }));
  expect([await promises(world), await tasks(world)]).toEqual([['kept J+20'], []]);
});

test('received the day after, before the run: not kept, but there is nobody to call', async () => {
  const { world, customerId, invoiceId } = await reminded();
  await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
  await world.clock(world.J(21));
  await world.pay(customerId, 10_000, invoiceId);
  await world.run(world.J(21));
  expect([await promises(world), await tasks(world)]).toEqual([['broken J+20'], []]);
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
});

test('what was paid before the promise was made, even that day, is no part of it', async () => {
  const { world, customerId, invoiceId } = await reminded();
  await world.pay(customerId, 4_000, invoiceId);
  await promise(world, {
    customerId,
    invoiceId,
    promisedOn: world.J(20),
    amount: { currency: 'EUR', minor: 3_000 },
  });
  await world.run(world.J(21));
  expect(await promises(world)).toEqual(['broken J+20']);
});

test('about all that a customer owes: later invoices are not promised; one of them may be promised for another day', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const customerId = await world.customer();
  await world.invoice(customerId);
  const second = await world.invoice(customerId);
  await promise(world, { customerId, promisedOn: world.J(10) });
  await world.invoice(customerId, { number: 'F-9' });
  await promise(world, { customerId, invoiceId: second, promisedOn: world.J(12) });
  expect(await promises(world)).toEqual(['running J+12', 'running J+10']);
  await world.runDays(5, 13);
  expect(await world.diary()).toEqual(['J+5 R1 F-9', 'J+11 R1 F-1', 'J+13 R1 F-2']);
  expect(await tasks(world)).toHaveLength(2);
});

test('grouped, it is left out of the message and not listed for information, like a disputed one', async () => {
  const world = await makeWorld({ steps });
  value(await changeCompany(world.context, world.acting, { grouping: 'customer' }));
  const customerId = await world.customer();
  const invoiceId = await world.invoice(customerId, { number: 'PROMISE' });
  await world.invoice(customerId, { number: 'AUTRE' });
  await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
  await world.run(world.J(5));
  expect(await world.diary()).toEqual(['J+5 R1 AUTRE']);
  const { reminderId } = (await world.received()).at(-1)!;
  const { text } = value(await readMessage(world.context, world.acting, reminderId));
  expect(text).toContain('AUTRE');
  expect(text).not.toContain('PROMISE');
});

test('a preview takes it as broken, and a person who reminds by hand is told of it', async () => {
  const { world, customerId, invoiceId } = await reminded();
  await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
  const foreseen = await world.preview(world.J(25));
  expect(foreseen.reminders.map(({ leavesOn }) => world.distance(leavesOn))).toEqual(['J+21']);
  const draft = value(await draftReminder(world.context, world.acting, { invoiceId }));
  expect(draft.refused).toMatchObject({ code: 'promised', with: { promisedOn: world.J(20) } });
});

test('withdrawn, with why: what is due leaves again; what has ended is not withdrawn', async () => {
  const { world, customerId, invoiceId } = await reminded();
  const promiseId = await promise(world, { customerId, invoiceId, promisedOn: world.J(30) });
  await world.run(world.J(16));
  value(await withdrawPromise(world.context, world.acting, { promiseId, reason: 'erreur de client' }));
  await world.run(world.J(17));
  expect(await world.diary()).toEqual(['J+5 R1 F-1', 'J+17 R2 F-1']);
  expect(await withdrawPromise(world.context, world.acting, { promiseId, reason: 'encore' })).toMatchObject({
    fault: { code: 'promise-ended', with: { on: world.J(16) } },
  });
});

test('a broken promise is told of even where something else holds the invoice', async () => {
  const { world, customerId, invoiceId } = await reminded();
  await promise(world, { customerId, invoiceId, promisedOn: world.J(10) });
  value(await openDispute(world.context, world.acting, { invoiceId, reason: 'casse' }));
  value(await pauseDunning(world.context, world.acting, { customerId, reason: 'congés' }));
  await world.runDays(9, 11);
  expect([await promises(world), await tasks(world)]).toEqual([['broken J+10'], [expect.stringContaining('Promesse')]]);
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
});

test('cancelled, there is no promise any more, neither kept nor broken', async () => {
  const { world, customerId, invoiceId } = await reminded();
  await promise(world, { customerId, invoiceId, promisedOn: world.J(10) });
  await world.change(invoiceId, { status: 'cancelled' });
  await world.run(world.J(11));
  expect([await promises(world), await tasks(world)]).toEqual([['withdrawn J+10'], []]);
});

describe('practice (rule 14)', () => {
  test('its promises count for nothing once live, and what the runs asked of people is gone; what a person noted stays', async () => {
    const server = await startMailServer();
    const ending = { kind: 'task' as const, days: 1, text: 'Que faire ?' };
    const world = await makeWorld({ steps: [{ at: 5 }], due: '2026-11-01', today: '2026-11-01', ending });
    const customerId = await world.customer();
    const ids: string[] = [];
    for (const number of ['ROMPUE', 'TENUE', 'FIN']) ids.push(await world.invoice(customerId, { number }));
    // Soon overdue: once live, its step comes on the 14th.
    ids.push(await world.invoice(customerId, { number: 'COURT', dueOn: world.J(8) }));
    const [broken, kept, , running] = ids;
    const amount = { currency: 'EUR', minor: 4_000 };
    await promise(world, { customerId, invoiceId: broken, promisedOn: world.J(6) });
    await promise(world, { customerId, invoiceId: kept, promisedOn: world.J(40), amount });
    await promise(world, { customerId, invoiceId: running, promisedOn: world.J(40) });
    await world.pay(customerId, 4_000, kept!);
    await world.runDays(5, 9);
    value(await createTask(world.context, world.acting, { customerId, text: 'Rappeler', dueOn: world.J(5) }));
    expect([(await promises(world)).sort(), (await tasks(world)).length]).toEqual([
      ['broken J+6', 'kept J+40', 'running J+40'],
      4,
    ]);

    await world.mailServer(server.port);
    world.at('2026-11-10T11:00:00Z');
    const preview = { goingLive: true, day: '2026-11-20' };
    const foreseen = value(await previewRun(world.context, world.acting, preview));
    expect(foreseen.reminders.map(({ invoiceNumbers, leavesOn }) => [invoiceNumbers, leavesOn])).toEqual([
      [['COURT'], '2026-11-14'],
    ]);
    await world.goLive(server.port, '2026-11-10T11:00:00Z');
    expect(await promises(world)).toEqual(['withdrawn J+40', 'withdrawn J+40', 'withdrawn J+6']);
    expect(await tasks(world)).toEqual(['Rappeler']);
    await world.run('2026-11-14');
    expect((await world.waiting()).map(({ invoices }) => invoices)).toEqual([['COURT']]);
  });

  test('the simulated date does not go back behind a promise', async () => {
    const { world, customerId, invoiceId } = await reminded();
    await world.clock(world.J(12));
    await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
    expect(await setClock(world.context, world.acting, { on: world.J(10) })).toMatchObject({
      fault: { code: 'clock-backwards' },
    });
  });
});

describe('what comes late', () => {
  /** Broken at J+21, with everything still owed. */
  async function broken(steps: StepSketch[] = [{ at: 5 }, { at: 15 }, { at: 30 }]) {
    const world = await makeWorld({ steps, due: '2026-05-04' });
    const customerId = await world.customer('Brun', { number: 'C-1' });
    const invoiceId = await world.invoice(customerId);
    await world.runDays(5, 8);
    await promise(world, { customerId, invoiceId, promisedOn: world.J(20) });
    await world.runDays(9, 21);
    expect(await promises(world)).toEqual(['broken J+20']);
    return { world, customerId, invoiceId };
  }

  test.each(['allocated', 'not allocated'])('a credit note of a later day, %s, keeps no promise', async (how) => {
    const { world, customerId, invoiceId } = await broken();
    await world.clock(world.J(25));
    const credit = { type: 'credit_note' as const, totalMinor: 10_000, issuedOn: world.J(25), dueOn: null };
    const creditNoteId = await world.invoice(customerId, credit);
    if (how === 'allocated')
      value(await allocateCredit(world.context, world.acting, { creditNoteId, to: [{ invoiceId }] }));
    await world.run(world.J(26));
    expect(await promises(world)).toEqual(['broken J+20']);
  });

  test('nor does money of a later day that says for nothing what it is; what was there in time does', async () => {
    const { world, customerId } = await broken();
    await world.clock(world.J(25));
    await world.pay(customerId, 10_000);
    await world.run(world.J(26));
    expect(await promises(world)).toEqual(['broken J+20']);
    const early = { customerId, amountMinor: 10_000, receivedOn: world.J(19), to: [] };
    value(await recordPayment(world.context, world.acting, early));
    expect(await promises(world)).toEqual(['kept J+20']);
  });

  test('the bank’s file finds it kept at once, also where the sequence is finished and no run looks any more', async () => {
    const { world } = await broken([{ at: 5 }]);
    expect(await world.reasonOf('F-1')).toBe('sequence-finished');
    expect(await tasks(world)).toHaveLength(1);
    const bytes = Buffer.from(`numéro client;date;montant;facture\nC-1;${world.J(20)};100,00;F-1\n`);
    const source = { name: 'banque.csv', size: bytes.length, stream: Readable.from([bytes]) };
    expect(value(await runImport(world.context, world.acting, { kind: 'payments', source }))).toMatchObject({
      state: 'finished',
      counts: { created: 1 },
    });
    expect([await promises(world), await tasks(world)]).toEqual([['kept J+20'], []]);
  });
});

test('what makes no sense is refused: a day that is past or years away, more than is due, another currency, nothing due', async () => {
  const { world, customerId, invoiceId } = await reminded();
  const code = async (input: Partial<PromiseInput>): Promise<string> => {
    const given = { customerId, invoiceId, promisedOn: world.J(20), ...input };
    const made = await makePromise(world.context, world.acting, given);
    return made.ok ? 'made' : made.fault.code;
  };
  expect(await code({ promisedOn: world.J(7) })).toBe('day-past');
  expect(await code({ promisedOn: '2062-05-20' })).toBe('invalid-input');
  expect(await code({ amount: { currency: 'EUR', minor: 10_001 } })).toBe('amount-exceeds-open');
  expect(await code({ amount: { currency: 'USD', minor: 1 } })).toBe('currency-differs');
  await world.pay(customerId, 10_000, invoiceId);
  expect(await code({})).toBe('nothing-to-promise');
  expect(await code({ invoiceId: undefined })).toBe('nothing-to-promise');
});
