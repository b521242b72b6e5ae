// `npm run demo`: the main job in one command. A practice company with sample receivables lives through a hundred days of
// dunning in a data folder of its own, then today's run is made and told, and the page opens on it.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allRows, browseReminders } from '../app/browse.ts';
import type { Acting, Context } from '../app/context.ts';
import { deliverOutbox, type Worker } from '../app/deliver-outbox.ts';
import { runDunning } from '../app/run-dunning.ts';
import { makeSampleCompany } from '../app/sample-company.ts';
import { table } from '../cli/command.ts';
import { type Day, daysBetween } from '../core/day.ts';
import type { Result } from '../core/fault.ts';
import { formatAmount, formatDay } from '../core/format.ts';
import { createAuth } from '../http/auth.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { sayAndExit } from './exit.ts';
import { openInstallation } from './installation.ts';
import { serve, stopOnSignal } from './serve.ts';
import { holdWorker } from './worker.ts';

const account = { name: 'Camille Martin', email: 'camille@demo.example', password: 'demonstration-2026' };

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
  const { worker, release } = await holdWorker(installation);
  const context = installation.context();
  const auth = createAuth({
    db: installation.database.app,
    secret: installation.sessionSecret,
    baseUrl: environment.baseUrl,
  });
  const user = must(await auth.createUser(account));
  const { acting, today } = await makeSampleCompany(context, worker, {
    userId: user.userId,
    userName: account.name,
    language: 'fr',
    onDay: (day) => {
      if (process.stdout.isTTY) process.stdout.write(`\r  ${formatDay(day, 'fr')}   `);
    },
  });
  await tellToday(context, acting, worker, today, environment.baseUrl);
  await release();
  await installation.close();
  const running = await serve(environment);
  stopOnSignal(running);
  console.log(
    `\n  Lire les messages : ${running.address}\n  Compte d’exemple  : ${account.email}   mot de passe : ${account.password}\n\n  Ctrl-C pour arrêter.\n`,
  );
}

/** Today's run, told: what left to whom, at which level and why; what waits for a person. */
async function tellToday(context: Context, acting: Acting, worker: Worker, today: Day, baseUrl: string): Promise<void> {
  await runDunning(context, acting);
  await deliverOutbox(context, acting.companyId, worker);
  const reminders = await allRows((cursor) => browseReminders(context, acting, { limit: 200, cursor }));
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
