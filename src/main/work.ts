// `npm run work`: a worker alone, beside a web application started elsewhere (RELANCE_PARTS=web). Any number may run.
import pino from 'pino';
import { readEnvironment } from './environment.ts';
import { sayAndExit } from './exit.ts';
import { openInstallation } from './installation.ts';
import { stopOnSignal } from './serve.ts';
import { startWorker } from './worker.ts';

try {
  const environment = readEnvironment();
  const logger = pino({ level: environment.logLevel });
  const installation = await openInstallation(environment);
  const worker = await startWorker(installation, (error) => logger.error(error));
  stopOnSignal({
    address: '',
    stop: async () => {
      await worker.stop();
      await installation.close();
    },
  });
  console.log('Relance worker: taking jobs. Ctrl-C to stop.');
} catch (error) {
  sayAndExit(error);
}
