// `npm start`: the web application and the worker in one process. With RELANCE_PARTS=web only the first; `npm run work` is
// the second alone.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { buildWeb } from '../../scripts/build-web.ts';
import { openSample } from '../app/sample-company.ts';
import { domainNames } from '../channels/dns.ts';
import { testMailServer } from '../channels/smtp.ts';
import { backupDatabase } from '../db/backup.ts';
import { alreadyRunning, lockInstallation } from '../db/installation-lock.ts';
import { createAuth } from '../http/auth.ts';
import { buildServer } from '../http/server.ts';
import { readEnvironment } from './environment.ts';
import { sayAndExit } from './exit.ts';
import { type Installation, openInstallation } from './installation.ts';
import { type JobServer, startJobs } from './jobs.ts';
import { holdWorker, startWorker } from './worker.ts';

export interface Running {
  address: string;
  stop(): Promise<void>;
}

/** Starts everything and answers its address. Throws in plain words where it can't. */
export async function serve(
  environment = readEnvironment(),
  webOnly = process.env.RELANCE_PARTS === 'web',
): Promise<Running> {
  const logger = pino({ level: environment.logLevel });
  const staticDir = await buildWeb();
  const installation = await openInstallation(environment);
  const { connection } = installation.database;
  const release = webOnly
    ? async () => {}
    : await lockInstallation(connection, { holder: `npm start, process ${process.pid}` });
  if (release === null) {
    const sentence = await alreadyRunning(connection);
    await installation.close();
    throw new Error(sentence);
  }
  const onError = (error: unknown): void => logger.error(error);
  const working = webOnly ? null : await startWorker(installation, onError);
  const jobServer: JobServer = working?.jobServer ?? (await startJobs(installation, false));
  const auth = createAuth({
    db: installation.database.app,
    secret: installation.sessionSecret,
    baseUrl: environment.baseUrl,
  });
  const server = await buildServer({
    context: installation.context(jobServer.jobs),
    auth,
    staticDir,
    baseUrl: environment.baseUrl,
    logger,
    tryMailServer: testMailServer,
    domainNames: domainNames(),
    writeBackup: () => writeBackup(installation),
    openSample: async (options) => {
      // Its days are lived one after the other here: nobody else is asked to deliver them.
      const { worker, release: done } = await holdWorker(installation);
      return openSample(installation.context(), worker, options).finally(done);
    },
  });
  await server.listen({ host: environment.host, port: environment.port });
  return {
    address: environment.baseUrl,
    stop: async () => {
      await server.close();
      await (working ?? jobServer).stop();
      await release();
      await installation.close();
    },
  };
}

/** A backup to download: written whole into the data folder first, so that a broken download can't be taken for one. */
async function writeBackup({
  environment,
  database,
}: Installation): Promise<{ name: string; stream: NodeJS.ReadableStream }> {
  const name = `relance-${new Date().toISOString().slice(0, 10)}.relance`;
  const file = join(environment.dataDir, `.${randomUUID()}.download`);
  await backupDatabase(database.connection, file);
  const stream = createReadStream(file);
  stream.once('close', () => void rm(file, { force: true }));
  return { name, stream };
}

/** Stops in order on Ctrl-C and on SIGTERM; a second Ctrl-C ends at once. */
export function stopOnSignal(running: Running): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void running.stop().then(
        () => process.exit(0),
        (error: unknown) => sayAndExit(error),
      );
    });
  }
}

if (import.meta.main) {
  try {
    const running = await serve();
    stopOnSignal(running);
    console.log(
      `\n  Relance : ${running.address}\n\n  Ctrl-C pour arrêter. Vos données sont dans ${readEnvironment().dataDir}\n`,
    );
  } catch (error) {
    sayAndExit(error);
  }
}
