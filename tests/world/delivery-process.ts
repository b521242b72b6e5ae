// A worker in a process of its own, to be killed: recovers what a dead one left, then delivers until nothing is left. The
// connection, the company and the instant come as JSON in the first argument.
import { flushCompileCache } from 'node:module';
import type { Context } from '../../src/app/context.ts';
import { noJobs } from '../../src/app/context.ts';
import { deliverOutbox, makeWorker } from '../../src/app/deliver-outbox.ts';
import { recoverDeliveries } from '../../src/app/recover-deliveries.ts';
import { smtpSender } from '../../src/channels/smtp.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { secretBox } from '../../src/db/secret-box.ts';
import { holdWorkerLock } from '../../src/db/worker-lock.ts';
import { startComposer } from '../../src/main/composer.ts';

const { connection, companyId, now } = JSON.parse(process.argv[2]!);
const database = await openDatabase({ connection });
const context: Context = {
  db: database.app,
  now: () => Temporal.Instant.from(now),
  jobs: noJobs,
  secrets: secretBox(Buffer.alloc(32, 7)),
};
const composer = startComposer();
const worker = makeWorker(smtpSender, { compose: composer.compose });
const release = await holdWorkerLock(connection, worker.id);
// Killed, it would leave nothing compiled to the next one.
flushCompileCache();
process.stdout.write('ready\n');
await recoverDeliveries(context, companyId);
await deliverOutbox(context, companyId, worker);
await release();
await composer.stop();
await database.close();
