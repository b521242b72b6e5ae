// The series of kills, short in npm test and long in npm run test:long: many reminders towards an SMTP server of another
// process, a worker that is killed with SIGKILL at random moments and started again, and what must then be true.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { changeCompany, goLive, saveMailServer, testMailServer } from '../../src/app/change-company.ts';
import { approveReminders } from '../../src/app/decide-reminders.ts';
import { runImport } from '../../src/app/import-file.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { seeded } from '../../src/app/sample.ts';
import { testMailServer as tryServer } from '../../src/channels/smtp.ts';
import { addDays } from '../../src/core/day.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const connections = 3;

export interface SeriesFigures {
  reminders: number;
  kills: number;
  accepted: number;
  inDoubt: number;
}

/** Runs the series; throws where a message was accepted twice, lost, or more are in doubt than can be explained. */
export async function killSeries(options: { reminders: number; kills: number; seed: number }): Promise<SeriesFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-kills-'));
  const log = join(folder, 'accepted');
  writeFileSync(log, '');
  const server = spawn(process.execPath, [join(import.meta.dirname, '../world/smtp-process.ts'), log, '4'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = Number(await firstLine(server));
    const world = await makeWorld({ today: '2026-11-20', steps: [{ at: 5 }] });
    await readyToLeave(world, port, options.reminders);
    const random = seeded(options.seed);
    for (let kill = 0; kill < options.kills; kill++) await workUntilKilled(world, random() * 700);
    await workToTheEnd(world);
    return await settle(world, log, options);
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A live company with that many approved reminders in its outbox. */
async function readyToLeave(world: World, port: number, reminders: number): Promise<void> {
  const { context, acting } = world;
  value(
    await changeCompany(context, acting, {
      senderEmail: 'compta@kerbrat.example',
      sendingFrom: '00:00',
      sendingUntil: '23:59',
    }),
  );
  value(
    await saveMailServer(context, acting, { host: '127.0.0.1', port, security: 'none', auth: 'none', connections }),
  );
  value(await testMailServer(context, acting, tryServer));
  value(await goLive(context, acting));
  const today = '2026-11-22';
  const rows = Array.from({ length: reminders }, (_, index) => {
    const customer = String(Math.floor(index / 4)).padStart(4, '0');
    return `F-${index};C-${customer};Client ${customer};client${customer}@example.fr;${addDays(today, -35)};${addDays(today, -5)};100,00`;
  });
  const bytes = Buffer.from(
    `number;customer number;customer name;email;issue date;due date;amount\n${rows.join('\n')}`,
  );
  const imported = value(
    await runImport(context, acting, {
      kind: 'invoices',
      source: { name: 'f.csv', size: bytes.length, stream: Readable.from([bytes]) },
    }),
  );
  expect(imported.counts.created).toBe(reminders);
  await runDunning(context, acting);
  const waiting = await world.waiting();
  expect(waiting).toHaveLength(reminders);
  value(await approveReminders(context, acting, { reminderIds: waiting.map((one) => one.reminderId) }));
}

function startWorker(world: World): ChildProcess {
  const input = {
    connection: world.database.connection,
    companyId: world.acting.companyId,
    now: world.context.now().toString(),
  };
  return spawn(process.execPath, [join(import.meta.dirname, '../world/delivery-process.ts'), JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Kills the worker so many milliseconds after it is ready to deliver. */
async function workUntilKilled(world: World, afterMilliseconds: number): Promise<void> {
  const worker = startWorker(world);
  await firstLine(worker);
  const ended = once(worker, 'exit');
  setTimeout(() => worker.kill('SIGKILL'), afterMilliseconds);
  await ended;
}

async function workToTheEnd(world: World): Promise<void> {
  const worker = startWorker(world);
  worker.stdout?.resume();
  const [code] = await once(worker, 'exit');
  expect(code).toBe(0);
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return line;
}

async function settle(
  world: World,
  log: string,
  { reminders, kills }: { reminders: number; kills: number },
): Promise<SeriesFigures> {
  const accepted = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  expect(new Set(accepted).size, 'no message was accepted twice').toBe(accepted.length);
  const rows = await world.inside((tx) => tx.selectFrom('reminder').select(['message_id', 'state']).execute());
  expect(rows).toHaveLength(reminders);
  expect(
    rows.filter((row) => row.state !== 'sent' && row.state !== 'in_doubt'),
    'none is missing',
  ).toEqual([]);
  const known = new Set(rows.map((row) => row.message_id));
  expect(
    accepted.filter((id) => !known.has(id)),
    'the server has nothing that we do not know of',
  ).toEqual([]);
  const received = new Set(accepted);
  const sent = rows.filter((row) => row.state === 'sent');
  expect(
    sent.filter((row) => !received.has(row.message_id!)),
    'what is said to be sent was accepted',
  ).toEqual([]);
  const inDoubt = rows.length - sent.length;
  expect(inDoubt).toBeLessThanOrEqual(kills * connections);
  return { reminders, kills, accepted: accepted.length, inDoubt };
}
