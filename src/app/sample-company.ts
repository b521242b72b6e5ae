// A company to look around in, made and thrown away at will: customers, invoices and payments of the sample, a hundred days of
// dunning behind it, nothing ever sent. `npm run demo` and the page make the same one.
import { Readable } from 'node:stream';
import { sendingDayFrom } from '../core/calendar.ts';
import { addDays, type Day, dayAt } from '../core/day.ts';
import type { Result } from '../core/fault.ts';
import { toDecimal } from '../core/money.ts';
import { addMember, membershipsOf } from '../db/account.ts';
import { throwAway } from '../db/company.ts';
import { readCalendar } from '../db/facts.ts';
import { allRows, browseCustomers, browseInvoices, browseReminders } from './browse.ts';
import { changeCompany, setClock } from './change-company.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { createCompany } from './create-company.ts';
import { approveReminders } from './decide-reminders.ts';
import { deliverOutbox, type Worker } from './deliver-outbox.ts';
import { runImport } from './import-file.ts';
import { browseTasks, setTaskDone } from './keep-tasks.ts';
import { recordPayment } from './record-payment.ts';
import { runDunning } from './run-dunning.ts';
import { makeSample, type Sample } from './sample.ts';

/** Days of dunning that the sample company has behind it. */
const daysBehind = 100;

export interface SampleOptions {
  userId: string;
  /** The user's name: who the messages come from. */
  userName: string;
  language: 'fr' | 'en';
  /** Called after each day that was lived through. */
  onDay?: (day: Day) => void;
}

/** The user's sample company where there is one already, else a new one, of which the user is the owner. */
export async function openSample(
  context: Context,
  worker: Worker,
  options: SampleOptions,
): Promise<{ companyId: string }> {
  for (const { companyId } of await membershipsOf(context.db, options.userId)) {
    const acting = { companyId, actor: options.userId };
    if (await forCompany(context, acting, async ({ company }) => company.sample)) return { companyId };
  }
  const { acting } = await makeSampleCompany(context, worker, options);
  return { companyId: acting.companyId };
}

/** Makes the sample company and lives through its past; answers who acts and its today, a sending day. */
export async function makeSampleCompany(
  context: Context,
  worker: Worker,
  { userId, userName, language, onDay }: SampleOptions,
): Promise<{ acting: Acting; today: Day }> {
  const { companyId } = must(
    await createCompany(context, {
      name: 'Armor Fournitures',
      country: 'FR',
      timeZone: 'Europe/Paris',
      language,
      sample: true,
      actor: userId,
    }),
  );
  const acting = { companyId, actor: userId };
  try {
    must(
      await changeCompany(context, acting, {
        senderName: userName,
        senderEmail: 'compta@armor-fournitures.example',
        paymentDetails: 'Règlement par virement : IBAN FR76 3000 4000 0300 0000 0000 143, BIC BNPAFRPP',
      }),
    );
    const today = await live(context, acting, worker, onDay);
    // Last: until it is whole, nobody sees it.
    await addMember(context.db, companyId, userId, 'owner');
    return { acting, today };
  } catch (error) {
    await throwAwaySample(context, acting);
    throw error;
  }
}

/** Deletes a sample company with everything in it; false where the company is not a sample. */
export function throwAwaySample(context: Context, acting: Acting): Promise<boolean> {
  return forCompany(context, acting, ({ tx, company }) => throwAway(tx, company.id));
}

/** The sample company's hundred days: invoices imported, payments as they came, every day's run. Answers its today. */
async function live(
  context: Context,
  acting: Acting,
  worker: Worker,
  onDay: ((day: Day) => void) | undefined,
): Promise<Day> {
  const real = await forCompany(context, acting, async ({ tx, company }) => {
    const day = dayAt(context.now(), company.time_zone);
    return { day, sendingDay: sendingDayFrom(await readCalendar(tx, company), day) };
  });
  // On a Sunday nothing may leave: the demonstration then lives on the Monday, as a simulated date.
  const today = real.sendingDay;
  const sample = makeSample(today);
  const start = addDays(today, -daysBehind);
  must(await setClock(context, acting, { on: start }));
  await importSample(context, acting, sample);
  const ids = await identifiers(context, acting);
  for (let day = start; day < today; day = addDays(day, 1)) {
    must(await setClock(context, acting, { on: day }));
    await enterPayments(context, acting, sample, ids, day, day === start);
    await runDunning(context, acting);
    await approveAll(context, acting);
    await deliverOutbox(context, acting.companyId, worker);
    await answerTasks(context, acting, day);
    onDay?.(day);
  }
  must(await setClock(context, acting, { on: real.day === today ? null : today }));
  await enterPayments(context, acting, sample, ids, today, false);
  return today;
}

async function importSample(context: Context, acting: Acting, sample: Sample): Promise<void> {
  const customers = sample.customers.map((one) => [
    one.number,
    one.name,
    one.kind,
    one.language,
    one.contactName,
    one.email,
    one.postcode,
    one.city,
  ]);
  await importCsv(context, acting, 'customers', [
    ['number', 'name', 'kind', 'language', 'contact name', 'email', 'postcode', 'city'],
    ...customers,
  ]);
  const invoices = sample.customers.flatMap((customer) =>
    customer.invoices.map((one) => [
      one.number,
      customer.number,
      one.issuedOn,
      one.dueOn,
      toDecimal(one.totalMinor, sample.currency),
    ]),
  );
  await importCsv(context, acting, 'invoices', [
    ['number', 'customer number', 'issue date', 'due date', 'amount'],
    ...invoices,
  ]);
}

async function importCsv(
  context: Context,
  acting: Acting,
  kind: 'customers' | 'invoices',
  rows: readonly (readonly string[])[],
): Promise<void> {
  const bytes = Buffer.from(
    rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n'),
  );
  const done = must(
    await runImport(context, acting, {
      kind,
      source: { name: `${kind}.csv`, size: bytes.length, stream: Readable.from([bytes]) },
    }),
  );
  if (done.state !== 'finished')
    throw new Error(`The sample's ${kind} were refused: ${JSON.stringify(done.errors[0])}`);
}

interface Identifiers {
  customers: Map<string, string>;
  invoices: Map<string, string>;
}

async function identifiers(context: Context, acting: Acting): Promise<Identifiers> {
  const customers = await allRows((cursor) => browseCustomers(context, acting, { limit: 200, cursor }));
  const invoices = await allRows((cursor) => browseInvoices(context, acting, { limit: 200, cursor }));
  return {
    customers: new Map(customers.map((one) => [one.number, one.id])),
    invoices: new Map(invoices.map((one) => [one.number, one.id])),
  };
}

async function enterPayments(
  context: Context,
  acting: Acting,
  sample: Sample,
  ids: Identifiers,
  day: Day,
  withEarlier: boolean,
): Promise<void> {
  for (const customer of sample.customers) {
    for (const invoice of customer.invoices) {
      const { paidOn, paidMinor } = invoice;
      if (paidOn === null || (withEarlier ? paidOn > day : paidOn !== day)) continue;
      const customerId = ids.customers.get(customer.number)!;
      const to = [{ invoiceId: ids.invoices.get(invoice.number)! }];
      must(await recordPayment(context, acting, { customerId, receivedOn: paidOn, amountMinor: paidMinor, to }));
    }
  }
}

async function approveAll(context: Context, acting: Acting): Promise<void> {
  const { rows } = await browseReminders(context, acting, { state: 'to_approve', limit: 200 });
  if (rows.length > 0) must(await approveReminders(context, acting, { reminderIds: rows.map((one) => one.id) }));
}

/** What the dunning asks of a person is answered within this: whoever looks at the sample finds the tasks of its last days. */
const answeredWithinDays = 7;

async function answerTasks(context: Context, acting: Acting, day: Day): Promise<void> {
  const { rows } = await browseTasks(context, acting, { state: 'open', limit: 200 });
  const answered = rows.filter(({ dueOn }) => dueOn <= addDays(day, -answeredWithinDays));
  for (const { id: taskId } of answered) must(await setTaskDone(context, acting, { taskId, isDone: true }));
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${JSON.stringify(result.fault.with)}`);
  return result.value;
}
