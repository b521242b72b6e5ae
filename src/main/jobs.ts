// Background work on pg-boss, in the schema `job`: jobs are enqueued in the transaction that makes them needed and carry
// identifiers only. The tick comes every minute; a delivery as soon as something is ready.
import { sql } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Jobs } from '../app/context.ts';
import { deliverOutbox, type Worker } from '../app/deliver-outbox.ts';
import { tick } from '../app/tick.ts';
import { workOperation } from '../app/work-operations.ts';
import type { Installation } from './installation.ts';

const deliverQueue = 'deliver';
const tickQueue = 'tick';
const operateQueue = 'operate';

/** So many companies are delivered for at once: a mail server that is slow to answer holds up its own company only. */
const deliveriesAtOnce = 4;

export interface JobServer {
  jobs: Jobs;
  /** Takes jobs, until stop. */
  work(worker: Worker, onError: (error: unknown) => void): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A worker says every half of this that it still works at its job. One that was killed says nothing more: its job is given up, and
 * the next one for the same company, or the next tick, may begin. Without it they would wait for the hour in which a job expires.
 */
const silentSeconds = 30;

/**
 * `working`: this process takes jobs and looks after the schedule; otherwise it only enqueues. `givenUpAfter`: seconds of silence
 * after which a job is taken from a worker (10 at least).
 */
export async function startJobs(
  installation: Installation,
  working: boolean,
  givenUpAfter = silentSeconds,
): Promise<JobServer> {
  const boss = new PgBoss({
    ...installation.database.connection,
    schema: 'job',
    max: 4,
    application_name: 'relance jobs',
    supervise: working,
    schedule: working,
    superviseIntervalSeconds: Math.ceil(givenUpAfter / 3),
    monitorIntervalSeconds: Math.ceil(givenUpAfter / 3),
  });
  boss.on('error', () => {
    // Told again by the call that fails; unheard, the event would end the process.
  });
  await boss.start();
  // At most one job waits and one is active for each company: a second wake-up adds nothing.
  const patience = { retryLimit: 0, expireInSeconds: 3_600, heartbeatSeconds: givenUpAfter };
  for (const queue of [deliverQueue, operateQueue, tickQueue]) {
    await boss.createQueue(queue, { policy: 'stately', ...patience });
    // A queue that an earlier version made keeps what that one said.
    await boss.updateQueue(queue, patience);
  }
  await letTheApplicationEnqueue(installation);
  const jobs: Jobs = {
    deliver: async (tx, companyId, afterSeconds = 0) => {
      // What waits a moment has a key of its own: it must not stand in the way of what is to leave at once.
      const when =
        afterSeconds > 0
          ? { singletonKey: `${companyId} later`, startAfter: afterSeconds }
          : { singletonKey: companyId };
      await boss.send(deliverQueue, { companyId }, { ...when, db: fromKysely(tx) });
    },
    operate: async (tx, companyId, operationId) => {
      await boss.send(operateQueue, { companyId, operationId }, { singletonKey: operationId, db: fromKysely(tx) });
    },
  };
  return {
    jobs,
    work: async (worker, onError) => {
      const context = installation.context(jobs);
      const guard = (task: () => Promise<unknown>) => async (): Promise<void> => {
        await task().catch(onError);
      };
      await boss.work<{ companyId: string }>(
        deliverQueue,
        { pollingIntervalSeconds: 1, localConcurrency: deliveriesAtOnce },
        async (found) => {
          for (const { data } of found) await guard(() => deliverOutbox(context, data.companyId, worker))();
        },
      );
      await boss.work<{ companyId: string; operationId: string }>(
        operateQueue,
        { pollingIntervalSeconds: 1 },
        async (found) => {
          for (const { data } of found) await guard(() => workOperation(context, data.companyId, data.operationId))();
        },
      );
      await boss.work(
        tickQueue,
        { pollingIntervalSeconds: 5 },
        guard(() => tick(context, worker, installation.environment.baseUrl)),
      );
      await boss.schedule(tickQueue, '* * * * *');
      await boss.send(tickQueue, {}, {});
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  };
}

/** Jobs are enqueued in the application's own transactions, so its role may use the schema. */
async function letTheApplicationEnqueue({ database }: Installation): Promise<void> {
  const { owner } = database;
  await sql`grant usage on schema job to relance_app`.execute(owner);
  await sql`grant select, insert, update, delete on all tables in schema job to relance_app`.execute(owner);
  await sql`grant execute on all functions in schema job to relance_app`.execute(owner);
}
