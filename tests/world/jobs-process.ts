// A worker that takes jobs, in a process of its own, to be killed. The database's connection comes as JSON in the first argument.
import { type Jobs, noJobs } from '../../src/app/context.ts';
import { makeWorker } from '../../src/app/deliver-outbox.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { secretBox } from '../../src/db/secret-box.ts';
import { readEnvironment } from '../../src/main/environment.ts';
import { startJobs } from '../../src/main/jobs.ts';

const database = await openDatabase({ connection: JSON.parse(process.argv[2]!) });
const secrets = secretBox(Buffer.alloc(32, 7));
const installation = {
  environment: readEnvironment({}),
  database,
  secrets,
  sessionSecret: '',
  context: (jobs: Jobs = noJobs) => ({ db: database.app, now: () => Temporal.Now.instant(), jobs, secrets }),
  close: () => database.close(),
};
const worker = makeWorker(() => {
  throw new Error('in practice nothing is sent');
});
// Ten seconds is the shortest silence that the job library notices.
const server = await startJobs(installation, true, 10);
await server.work(worker, (error) => console.error(error));
