// `npm run demo`: the main job in one command. A practice company with sample receivables lives through a hundred days of
// dunning in a data folder of its own, then today's run is made and told, and the page opens on it.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { browseCustomers, browseInvoices, browseReminders } from '../app/browse.ts';
import { changeCompany, setClock } from '../app/change-company.ts';
import { type Acting, type Context, forCompany } from '../app/context.ts';
import { createCompany } from '../app/create-company.ts';
import { approveReminders } from '../app/decide-reminders.ts';
import { deliverOutbox, type Worker } from '../app/deliver-outbox.ts';
import { runImport } from '../app/import-file.ts';
import { recordPayment } from '../app/record-payment.ts';
import { runDunning } from '../app/run-dunning.ts';
import { table } from '../cli/command.ts';
import { sendingDayFrom } from '../core/calendar.ts';
import { addDays, type Day, dayAt, daysBetween } from '../core/day.ts';
import type { Result } from '../core/fault.ts';
import { formatAmount, formatDay } from '../core/format.ts';
import { toDecimal } from '../core/money.ts';
import { addMember } from '../db/account.ts';
import { calendarOf } from '../db/facts.ts';
import { createAuth } from '../http/auth.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { sayAndExit } from './exit.ts';
import { openInstallation } from './installation.ts';
import { makeSample, type Sample } from './practice.ts';
import { serve, stopOnSignal } from './serve.ts';
import { makeWorker } from './worker.ts';

const account = { name: 'Camille Martin', email: 'camille@demo.example', password: 'demonstration-2026' };

/** Days of dunning that the sample company has behind it. */
const daysBehind = 100;

/** The demonstration's own folder, thrown away at each start; a folder that is not ours is never touched. */
function demoEnvironment(): Environment {
  const environment = readEnvironment();
  const dataDir = resolve(process.env.RELANCE_DEMO_DATA ?? 'data-demo');
  const mark = join(dataDir, 'demonstration.txt');
  if (existsSync(dataDir) && !existsSync(mark)) {
    throw new Error(
      `${dataDir} exists and was not made by the demonstration. Choose another folder: RELANCE_DEMO_DATA=/tmp/demo npm run demo`,
    );
  }
  return { ...environment, dataDir, databaseUrl: null };
}

async function demo(): Promise<void> {
  const environment = demoEnvironment();
  console.log('\n  Relance, démonstration : une entreprise d’exemple, aucun e-mail n’est envoyé.\n');
  rmSync(environment.dataDir, { recursive: true, force: true });
  mkdirSync(environment.dataDir, { recursive: true });
  writeFileSync(join(environment.dataDir, 'demonstration.txt'), 'Data of npm run demo, thrown away at each start.\n');
  const installation = await openInstallation(environment);
  const { worker, release } = await makeWorker(installation);
  const context = installation.context();
  const auth = createAuth({
    db: installation.database.app,
    secret: installation.sessionSecret,
    baseUrl: environment.baseUrl,
  });
  const user = must(await auth.createUser(account));
  const { companyId } = must(
    await createCompany(context, {
      name: 'Armor Fournitures',
      country: 'FR',
      timeZone: 'Europe/Paris',
      language: 'fr',
      sample: true,
      actor: user.userId,
    }),
  );
  await addMember(context.db, companyId, user.userId, 'owner');
  const acting = { companyId, actor: user.userId };
  must(
    await changeCompany(context, acting, {
      senderName: 'Camille Martin',
      senderEmail: 'compta@armor-fournitures.example',
      paymentDetails: 'Règlement par virement : IBAN FR76 3000 4000 0300 0000 0000 143, BIC BNPAFRPP',
    }),
  );
  const today = await live(context, acting, worker);
  await tellToday(context, acting, worker, today, environment.baseUrl);
  await release();
  await installation.close();
  const running = await serve(environment);
  stopOnSignal(running);
  console.log(
    `\n  Lire les messages : ${running.address}\n  Compte d’exemple  : ${account.email}   mot de passe : ${account.password}\n\n  Ctrl-C pour arrêter.\n`,
  );
}

/** The sample company's hundred days: invoices imported, payments as they came, every day's run. Answers its today. */
async function live(context: Context, acting: Acting, worker: Worker): Promise<Day> {
  const real = await forCompany(context, acting, async ({ company }) => {
    const day = dayAt(context.now(), company.time_zone);
    return { day, sendingDay: sendingDayFrom(calendarOf(company), day) };
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
    if (process.stdout.isTTY) process.stdout.write(`\r  ${formatDay(day, 'fr')}   `);
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
  const customers = await all((cursor) => browseCustomers(context, acting, { limit: 200, cursor }));
  const invoices = await all((cursor) => browseInvoices(context, acting, { limit: 200, cursor }));
  return {
    customers: new Map(customers.map((one) => [one.number, one.id])),
    invoices: new Map(invoices.map((one) => [one.number, one.id])),
  };
}

async function all<T>(
  read: (cursor: string | undefined) => Promise<{ rows: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    rows.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
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

/** Today's run, told: what left to whom, at which level and why; what waits for a person. */
async function tellToday(context: Context, acting: Acting, worker: Worker, today: Day, baseUrl: string): Promise<void> {
  await runDunning(context, acting);
  await deliverOutbox(context, acting.companyId, worker);
  const reminders = await all((cursor) => browseReminders(context, acting, { limit: 200, cursor }));
  const left = reminders.filter((one) => one.leftOn === today);
  const waiting = reminders.filter((one) => one.state === 'to_approve');
  console.log(`\r  ${formatDay(today, 'fr')} : ${left.length} relances parties, ${waiting.length} à valider.\n`);
  const rows = [...left, ...waiting].map((one) => [
    one.state === 'to_approve' ? 'à valider' : 'partie',
    one.customerName,
    one.to.join(', '),
    `R${one.level} ${one.stepName ?? ''}`,
    one.invoices.map((invoice) => invoice.number).join(', '),
    formatAmount(one.askedMinor ?? 0, one.currency, 'fr'),
    whyToday(one.invoices[0]?.dueOn ?? today, today),
    `${baseUrl}/?message=${one.id}`,
  ]);
  for (const line of table(rows, [5])) console.log(`  ${line}`);
}

/** 'échue le 18 novembre 2026, J+5' */
function whyToday(dueOn: Day, today: Day): string {
  const days = daysBetween(dueOn, today);
  return days < 0
    ? `échéance le ${formatDay(dueOn, 'fr')}, J−${-days}`
    : `échue le ${formatDay(dueOn, 'fr')}, J+${days}`;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${JSON.stringify(result.fault.with)}`);
  return result.value;
}

try {
  await demo();
} catch (error) {
  sayAndExit(error);
}
