// Approving many messages in one operation: nothing of it leaves before all of it is approved and ten seconds have passed, it can be
// undone until then and as long as it has not left, nothing is approved twice, and what somebody else dealt with is in the report.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { approveMany } from '../../src/app/approve-many.ts';
import { approveReminders, refuseReminder, undoApproval } from '../../src/app/decide-reminders.ts';
import { holdBack } from '../../src/app/hold-back.ts';
import { remindMany } from '../../src/app/remind-many.ts';
import { undoOperation } from '../../src/app/undo-operation.ts';
import { browseParts, oneOperation, resumeOperations, workOperation } from '../../src/app/work-operations.ts';
import type { ChosenMessages } from '../../src/db/operation.ts';
import { startMailServer } from '../world/mail-server.ts';
import { importMany } from '../world/many.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const steps = [{ at: 5, requiresApproval: true }, { at: 15 }, { at: 30, formalNotice: true }];

/** So many customers, each with a message that waits; the newest message is the first. */
async function waitingWorld(count: number): Promise<{ world: World; reminderIds: string[] }> {
  const world = await makeWorld({ steps });
  await importMany(world.context, world.acting, count, { issuedOn: world.J(-30), dueOn: world.due });
  await world.run(world.J(5));
  return { world, reminderIds: await idsWaiting(world) };
}

const idsWaiting = async (world: World) => (await world.waiting()).map((one) => one.reminderId).sort();
const begin = async (world: World, chosen: ChosenMessages) =>
  value(await approveMany(world.context, world.acting, chosen)).operationId;
const work = (world: World, operationId: string) => workOperation(world.context, world.acting.companyId, operationId);
const told = async (world: World, operationId: string) =>
  value(await oneOperation(world.context, world.acting, operationId));
const undo = (world: World, operationId: string) => undoOperation(world.context, world.acting, { operationId });

async function tenSecondsLater(world: World): Promise<void> {
  const { today } = world;
  world.at(world.context.now().add({ seconds: 10 }).toString());
  // The company lives on its simulated day.
  world.today = today;
  await world.deliver();
}

/** How often each message was approved, by the history. */
const approvals = (world: World) =>
  world.inside(async (tx) => {
    const rows = await tx
      .selectFrom('event')
      .select(['reminder_id', (eb) => eb.fn.countAll<number>().as('count')])
      .where('type', '=', 'reminder.approved')
      .groupBy('reminder_id')
      .execute();
    return rows.map((row) => row.count);
  });

test('all that waits is approved but for what was taken out and what came since, and leaves ten seconds after the last', async () => {
  const { world, reminderIds } = await waitingWorld(120);
  const [first] = reminderIds;
  const newest = reminderIds.at(-1)!;
  const late = await world.customer('Trop tard');
  await world.invoice(late);
  await world.plan();
  const operationId = await begin(world, { upTo: newest, except: [first!] });
  expect(await told(world, operationId)).toMatchObject({ kind: 'approve', total: 119, done: 0, undoable: true });
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({
    state: 'finished',
    total: 119,
    done: 119,
    messages: 119,
    refused: 0,
    failed: 0,
    undoable: true,
  });
  expect(await approvals(world)).toEqual(Array(119).fill(1));
  await world.deliver();
  expect(await world.received()).toEqual([]);
  await tenSecondsLater(world);
  expect(await world.received()).toHaveLength(119);
  const stillThere = await idsWaiting(world);
  expect(stillThere).toHaveLength(2);
  expect(stillThere).toContain(first);
  expect((await told(world, operationId)).undoable).toBe(false);
  expect(await undo(world, operationId)).toMatchObject({ ok: false, fault: { code: 'nothing-to-undo' } });
});

test('undone before it leaves, everything waits again, whether it had ended or somebody stopped it in its middle', async () => {
  const { world, reminderIds } = await waitingWorld(120);
  const whole = await begin(world, { reminderIds });
  await work(world, whole);
  value(await undo(world, whole));
  await tenSecondsLater(world);
  expect(await world.received()).toEqual([]);
  expect(await told(world, whole)).toMatchObject({ state: 'undoing', done: 0, undoable: false });
  await work(world, whole);
  expect(await told(world, whole)).toMatchObject({ state: 'undone', total: 120, done: 120, messages: 0, refused: 0 });
  expect(await idsWaiting(world)).toEqual(reminderIds);

  // The clock is read once in each transaction: the process ends as it is read for the third time, with one batch approved.
  const half = await begin(world, { reminderIds });
  let reads = 0;
  const dying = {
    ...world.context,
    now: () => {
      reads += 1;
      if (reads >= 3) throw new Error('killed');
      return world.context.now();
    },
  };
  await expect(workOperation(dying, world.acting.companyId, half)).rejects.toThrow('killed');
  expect(await told(world, half)).toMatchObject({ state: 'running', done: 50, messages: 50 });
  await tenSecondsLater(world);
  // What is approved waits for the rest.
  expect(await world.received()).toEqual([]);
  value(await undo(world, half));
  // Undone twice is undone once.
  value(await undo(world, half));
  await resumeOperations(world.context, world.acting.companyId);
  expect(await told(world, half)).toMatchObject({ state: 'undone', messages: 0 });
  await tenSecondsLater(world);
  expect(await world.received()).toEqual([]);
  expect(await idsWaiting(world)).toEqual(reminderIds);
});

test('killed in its middle it goes on where it stood, worked by three at once: each message approved once', async () => {
  const { world, reminderIds } = await waitingWorld(130);
  const operationId = await begin(world, { reminderIds });
  const { owner } = world.database;
  await sql`create sequence breaks`.execute(owner);
  await sql`grant usage on sequence breaks to relance_app`.execute(owner);
  await sql`create function break_off() returns trigger language plpgsql as $$
    begin
      if new.state = 'ready' and nextval('breaks') = 60 then raise exception 'broken off'; end if;
      return new;
    end $$`.execute(owner);
  await sql`create trigger break_off before update on reminder for each row execute function break_off()`.execute(
    owner,
  );
  await Promise.all([
    work(world, operationId),
    work(world, operationId),
    resumeOperations(world.context, world.acting.companyId),
  ]);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 130, messages: 130, failed: 0 });
  await work(world, operationId);
  expect(await approvals(world)).toEqual(Array(130).fill(1));
  await tenSecondsLater(world);
  expect(await world.received()).toHaveLength(130);
});

test('what somebody else dealt with in the meantime is told, invoice by invoice, and is not touched', async () => {
  const { world, reminderIds } = await waitingWorld(4);
  const byInvoice = new Map((await world.waiting()).map((one) => [one.invoices[0]!, one.reminderId]));
  const operationId = await begin(world, { reminderIds });
  const other = { ...world.acting, actor: 'somebody else' };
  value(await approveReminders(world.context, other, { reminderIds: [byInvoice.get('F-0001')!] }));
  value(await refuseReminder(world.context, other, { reminderId: byInvoice.get('F-0002')!, reason: 'appel prévu' }));
  const customerId = await world.inside(async (tx) => {
    const found = await tx
      .selectFrom('invoice')
      .select('customer_id')
      .where('number', '=', 'F-0003')
      .executeTakeFirstOrThrow();
    return found.customer_id;
  });
  await world.pay(customerId, 10_000);
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', total: 4, messages: 1, refused: 3 });
  const { rows } = await browseParts(world.context, world.acting, operationId, { limit: 10, leftOut: true });
  expect(rows.map(({ invoices }) => invoices.map(({ number, reason }) => `${number} ${reason?.code}`).join())).toEqual([
    'F-0001 approved-already',
    'F-0002 refused-by-person',
    'F-0003 covered-by-credits',
  ]);
  // Undone, what somebody else approved stays approved.
  value(await undo(world, operationId));
  await work(world, operationId);
  await tenSecondsLater(world);
  expect(await world.diary()).toEqual(['J+5 R1 F-0001']);
  expect(await idsWaiting(world)).toEqual([byInvoice.get('F-0004')]);
});

test('held back and approved by somebody else since, a message is theirs and is not taken back', async () => {
  const { world, reminderIds } = await waitingWorld(2);
  const operationId = await begin(world, { reminderIds });
  await work(world, operationId);
  const [first, second] = reminderIds;
  const other = { ...world.acting, actor: 'somebody else' };
  value(await holdBack(world.context, other, { reminderIds: [first!] }));
  value(await approveReminders(world.context, other, { reminderIds: [first!] }));
  value(await undo(world, operationId));
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'undone', messages: 1 });
  expect(await idsWaiting(world)).toEqual([second]);
});

test('of what has partly left, the rest is taken back, and the report says how much had left', async () => {
  const { world, reminderIds } = await waitingWorld(3);
  const operationId = await begin(world, { reminderIds });
  await work(world, operationId);
  // One of them alone is put off, as a server that refuses for now would.
  await world.inside((tx) =>
    sql`update reminder set next_attempt_at = now() + interval '1 day' where id = ${reminderIds[1]}`.execute(tx),
  );
  await tenSecondsLater(world);
  expect(await world.received()).toHaveLength(2);
  expect((await told(world, operationId)).undoable).toBe(true);
  value(await undo(world, operationId));
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'undone', total: 3, messages: 2 });
  expect(await idsWaiting(world)).toEqual([reminderIds[1]]);
});

test('what fails for one customer, whatever it is, is told and keeps no other message from its approval', async () => {
  const { world, reminderIds } = await waitingWorld(5);
  const { owner } = world.database;
  await sql`create function refuse() returns trigger language plpgsql as $$
    begin
      if new.state = 'ready' and new.recipients ->> 'to' like '%c0002@client.example%' then raise exception 'whatever'; end if;
      return new;
    end $$`.execute(owner);
  await sql`create trigger refuse before update on reminder for each row execute function refuse()`.execute(owner);
  const operationId = await begin(world, { reminderIds });
  await work(world, operationId);
  expect(await told(world, operationId)).toMatchObject({ state: 'finished', done: 5, messages: 4, failed: 1 });
  const { rows } = await browseParts(world.context, world.acting, operationId, { limit: 10, leftOut: true });
  expect(rows).toMatchObject([{ customerName: 'Client 0002', state: 'failed', reminderIds: [] }]);
  expect(await world.waiting()).toHaveLength(1);
});

test('the approval of the first real sending in one operation, undone, leaves the first sending to be approved (rule 14)', async () => {
  const mail = await startMailServer();
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }], instant: '2026-03-01T10:00:00Z', due: '2026-03-04' });
  for (let index = 1; index <= 3; index++)
    await world.invoice(await world.customer(`Client ${index}`, { contacts: [{ email: `c${index}@x.example` }] }));
  await world.goLive(mail.port, '2026-03-02T10:00:00Z');
  await world.run(world.J(5));
  const reminderIds = await idsWaiting(world);
  expect(reminderIds).toHaveLength(3);
  const first = () =>
    world.inside(async (tx) => {
      const company = await tx.selectFrom('company').select('first_sending_approved_at').executeTakeFirstOrThrow();
      return company.first_sending_approved_at !== null;
    });
  const operationId = await begin(world, { reminderIds });
  await work(world, operationId);
  expect(await first()).toBe(true);
  value(await undo(world, operationId));
  await work(world, operationId);
  expect(await first()).toBe(false);
  // One by one it is the same.
  value(await approveReminders(world.context, world.acting, { reminderIds, undoSeconds: 10 }));
  value(await undoApproval(world.context, world.acting, { reminderIds }));
  expect(await first()).toBe(false);
  await mail.stop();
});

test('a message of nobody is refused before anything begins, and an operation that prepares is not undone', async () => {
  const { world, reminderIds } = await waitingWorld(1);
  const nobody = '01900000-0000-7000-8000-00000000abcd';
  expect(await approveMany(world.context, world.acting, { reminderIds: [reminderIds[0]!, nobody] })).toMatchObject({
    ok: false,
    fault: { code: 'not-found' },
  });
  const [invoice] = await world.inside((tx) => tx.selectFrom('invoice').select('id').execute());
  const { operationId } = value(await remindMany(world.context, world.acting, { invoiceIds: [invoice!.id] }));
  expect(await undo(world, operationId)).toMatchObject({ ok: false, fault: { code: 'not-found' } });
});
