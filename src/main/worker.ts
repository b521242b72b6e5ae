// The worker: holds a lock on its identifier for as long as it lives, picks up what a dead one left, then takes jobs.

import { makeWorker, type Worker } from '../app/deliver-outbox.ts';
import { recoverDeliveries } from '../app/recover-deliveries.ts';
import { smtpSender } from '../channels/smtp.ts';
import { everyCompanyId } from '../db/company.ts';
import { holdWorkerLock } from '../db/worker-lock.ts';
import { startComposer } from './composer.ts';
import type { Installation } from './installation.ts';
import { type JobServer, startJobs } from './jobs.ts';

export interface RunningWorker {
  jobServer: JobServer;
  stop(): Promise<void>;
}

export async function startWorker(
  installation: Installation,
  onError: (error: unknown) => void,
): Promise<RunningWorker> {
  const { worker, release } = await holdWorker(installation);
  await recoverEverywhere(installation);
  const jobServer = await startJobs(installation, true);
  await jobServer.work(worker, onError);
  return {
    jobServer,
    stop: async () => {
      await jobServer.stop();
      await release();
    },
  };
}

/** A worker's identity, locked until released or until the process ends, however it ends. */
export async function holdWorker(installation: Installation): Promise<{ worker: Worker; release(): Promise<void> }> {
  const composer = startComposer();
  const worker = makeWorker(smtpSender, { compose: composer.compose });
  const release = await holdWorkerLock(installation.database.connection, worker.id);
  return { worker, release: async () => void (await Promise.all([release(), composer.stop()])) };
}

/** What workers that died had in their hands goes back to the outbox, or is shown as in doubt. */
export async function recoverEverywhere(installation: Installation): Promise<void> {
  const context = installation.context();
  for (const companyId of await everyCompanyId(context.db)) await recoverDeliveries(context, companyId);
}
