// Approving with a moment to think again: until it is over nothing leaves, and the approval can be taken back. Then the lists
// of invoices and of what is to be reminded next.
import { expect, test } from 'vitest';
import {
  browseCustomers,
  browseCustomersDue,
  browseInvoices,
  browseLevelsDue,
  sumInvoices,
} from '../../src/app/browse.ts';
import { approveReminders, undoApproval } from '../../src/app/decide-reminders.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { makeWorld, value } from '../world/world.ts';

async function oneWaiting() {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }], instant: '2026-03-09T08:00:00Z' });
  const customerId = await world.customer('Brun');
  await world.invoice(customerId);
  await world.plan();
  const [waiting] = await world.waiting();
  return { world, customerId, reminderIds: [waiting!.reminderId] };
}

test('approved with ten seconds to undo: it leaves after them, not before', async () => {
  const { world, reminderIds } = await oneWaiting();
  value(await approveReminders(world.context, world.acting, { reminderIds, undoSeconds: 10 }));
  world.at('2026-03-09T08:00:09Z');
  await world.deliver();
  expect(await world.received()).toEqual([]);
  world.at('2026-03-09T08:00:10Z');
  await world.deliver();
  expect(await world.received()).toHaveLength(1);
});

test('an approval that is undone in time waits again, and says so in the history', async () => {
  const { world, reminderIds } = await oneWaiting();
  value(await approveReminders(world.context, world.acting, { reminderIds, undoSeconds: 10 }));
  expect(value(await undoApproval(world.context, world.acting, { reminderIds }))).toEqual({ undone: 1, gone: 0 });
  world.at('2026-03-09T08:01:00Z');
  await world.deliver();
  expect(await world.received()).toEqual([]);
  expect(await world.waiting()).toHaveLength(1);
});

test('an approval whose message has left is not undone', async () => {
  const { world, reminderIds } = await oneWaiting();
  value(await approveReminders(world.context, world.acting, { reminderIds, undoSeconds: 10 }));
  world.at('2026-03-09T08:00:10Z');
  await world.deliver();
  expect(value(await undoApproval(world.context, world.acting, { reminderIds }))).toEqual({ undone: 0, gone: 1 });
  expect(await world.received()).toHaveLength(1);
});

test('what comes next is listed by level, by customer, with what holds it', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 15 }] });
  const brun = await world.customer('Brun');
  await world.invoice(brun, { number: 'F-1', totalMinor: 10_000 });
  await world.invoice(brun, { number: 'F-2', totalMinor: 2_500 });
  await world.invoice(await world.customer('Ar Mor', { contacts: [] }), { number: 'F-3', totalMinor: 700 });
  await world.run(world.J(0));
  await world.run(world.J(5));
  expect(await browseLevelsDue(world.context, world.acting)).toMatchObject([
    { level: 1, customers: 1, invoices: 1, amounts: [{ currency: 'EUR', minor: 700 }] },
    { level: 2, customers: 1, invoices: 2, amounts: [{ currency: 'EUR', minor: 12_500 }] },
  ]);
  const second = await browseCustomersDue(world.context, world.acting, { level: 2, limit: 50 });
  expect(second.rows).toMatchObject([{ customerName: 'Brun', nextOn: world.J(15), open: [{ minor: 12_500 }] }]);
  expect(second.rows[0]!.invoices.map(({ number, level, remindedOn }) => [number, level, remindedOn])).toEqual([
    ['F-1', 1, world.J(5)],
    ['F-2', 1, world.J(5)],
  ]);
  const first = await browseCustomersDue(world.context, world.acting, { level: 1, limit: 50 });
  expect(first.rows).toMatchObject([{ customerName: 'Ar Mor', nextOn: null, open: [{ minor: 700 }] }]);
  expect(first.rows[0]!.invoices).toMatchObject([{ number: 'F-3', state: 'held', reason: { code: 'no-address' } }]);
  const held = await browseInvoices(world.context, world.acting, { state: 'held', limit: 50 });
  expect(held.rows.map(({ number, dunning }) => [number, dunning?.reason?.code, dunning?.nextLevel])).toEqual([
    ['F-3', 'no-address', 1],
  ]);
  expect(await sumInvoices(world.context, world.acting, { state: 'open', search: 'brun' })).toEqual({
    invoices: 2,
    open: [{ currency: 'EUR', minor: 12_500 }],
  });
});

test('customers are listed with what they owe in each currency; what is not issued counts for nothing', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const brun = await world.customer('Brun');
  await world.invoice(brun, { number: 'F-1', totalMinor: 10_000, dueOn: world.J(-3) });
  await world.invoice(brun, { number: 'F-2', totalMinor: 700, currency: 'USD', dueOn: world.J(9) });
  await world.invoice(brun, { number: 'F-3', totalMinor: 50, currency: 'USD', dueOn: world.J(-1) });
  for (const status of ['draft', 'quote', 'to_process', 'cancelled', 'written_off'] as const)
    await world.invoice(brun, { number: status, status, totalMinor: 900_000, dueOn: world.J(-3) });
  const paid = await world.customer('Ar Mor');
  await world.pay(paid, 300, await world.invoice(paid, { totalMinor: 300 }));
  await world.customer('Celtic');
  await world.clock(world.J(0));
  const read = (cursor?: string) => browseCustomers(world.context, world.acting, { limit: 2, cursor });
  const first = await read();
  expect(first.rows).toMatchObject([
    { name: 'Ar Mor', openInvoices: 0, open: [], overdue: [] },
    {
      name: 'Brun',
      openInvoices: 3,
      open: [
        { currency: 'EUR', minor: 10_000 },
        { currency: 'USD', minor: 750 },
      ],
      overdue: [
        { currency: 'EUR', minor: 10_000 },
        { currency: 'USD', minor: 50 },
      ],
    },
  ]);
  const second = await read(first.nextCursor!);
  expect(second.rows.map(({ name, openInvoices }) => [name, openInvoices])).toEqual([['Celtic', 0]]);
  expect(second.nextCursor).toBeNull();
});

test('invoices are listed with the longest due first, page after page, those without a due date last', async () => {
  const world = await makeWorld({ steps: [{ at: 5 }] });
  const brun = await world.customer('Brun');
  for (const [number, dueOn] of [
    ['F-1', world.J(4)],
    ['F-2', world.J(-9)],
    ['F-3', null],
    ['F-4', world.J(4)],
    ['F-5', world.J(0)],
  ] as const)
    await world.invoice(brun, { number, dueOn });
  const numbers: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await browseInvoices(world.context, world.acting, { order: 'due', limit: 2, cursor });
    numbers.push(...page.rows.map((row) => row.number));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(numbers).toEqual(['F-2', 'F-5', 'F-1', 'F-4', 'F-3']);
});

test('C7 who waits for approval stays among those to be reminded, however often the customer is looked at again', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }, { at: 15 }] });
  const customer = await world.customer('Brun');
  await world.invoice(customer);
  const due = async () =>
    (await browseLevelsDue(world.context, world.acting)).map(({ level, customers }) => `R${level} ${customers}`);
  await world.run(world.J(5));
  expect(await due()).toEqual(['R1 1']);
  value(await saveCustomer(world.context, world.acting, { id: customer, notes: 'Rappeler.' }));
  await world.run();
  expect(await due()).toEqual(['R1 1']);
});
