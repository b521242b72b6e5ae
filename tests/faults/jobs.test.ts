// Jobs outlive the worker that had them in hand.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { approveReminders } from '../../src/app/decide-reminders.ts';
import { makeWorld, value, type World } from '../world/world.ts';

function startWorker(world: World): ChildProcess {
  const connection = JSON.stringify(world.database.connection);
  const worker = spawn(process.execPath, [join(import.meta.dirname, '../world/jobs-process.ts'), connection], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  onTestFinished(() => void worker.kill('SIGKILL'));
  return worker;
}

/** The states of the ticks so far; none before the queue is there. */
async function ticks(world: World): Promise<string[]> {
  const there = await sql<{ there: boolean }>`select to_regclass('job.job') is not null as there`.execute(
    world.database.owner,
  );
  if (!there.rows[0]!.there) return [];
  const found = await sql<{ state: string }>`select state from job.job where name = 'tick' order by created_on`.execute(
    world.database.owner,
  );
  return found.rows.map((row) => row.state);
}

test('a worker killed in the middle of its tick: the next one goes on within seconds, and what is ready leaves', async () => {
  const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
  await world.invoice(await world.customer());
  await world.plan(world.J(5));
  const reminderIds = (await world.waiting()).map((one) => one.reminderId);
  value(await approveReminders(world.context, world.acting, { reminderIds }));

  // While nobody can read the companies, the tick is in the worker's hands.
  const first = await world.database.owner.transaction().execute(async (tx) => {
    await sql`lock table company in access exclusive mode`.execute(tx);
    const worker = startWorker(world);
    await expect.poll(() => ticks(world), { timeout: 30_000 }).toEqual(['active']);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    return worker;
  });
  expect(first.signalCode).toBe('SIGKILL');
  expect(await world.received()).toEqual([]);

  const second = startWorker(world);
  await expect.poll(() => world.received(), { timeout: 45_000, interval: 250 }).toHaveLength(1);
  expect((await ticks(world))[0]).toBe('failed');
  second.kill('SIGTERM');
}, 90_000);
