/** A process that starts the database in the folder given, says so, and stays until it is told to stop or killed. */
import { startEmbedded } from '../../src/db/embedded.ts';
import { lockInstallation } from '../../src/db/installation-lock.ts';

const server = await startEmbedded({ dataDir: process.argv[2]!, durable: false });
const release = await lockInstallation(server.connection, { holder: `npm start, process ${process.pid}` });
process.send!({ pid: server.pid, locked: release !== null });
process.once('message', async () => {
  await release?.();
  await server.stop();
  process.disconnect?.();
});
