// A worker lives for as long as it holds an advisory lock on its identifier: the server itself gives it up when the worker's
// connection ends, even by kill -9.
import { clientConfig, type DatabaseConnection, openClient } from './connection.ts';
import { workerLockSpace } from './delivery.ts';

export async function holdWorkerLock(connection: DatabaseConnection, workerId: string): Promise<() => Promise<void>> {
  const client = await openClient(clientConfig(connection, 'relance worker'));
  client.on('error', () => {
    // The lock is gone with the connection: others may take over what was not begun, and what was is in doubt.
  });
  await client.query('select pg_advisory_lock($1, hashtext($2))', [workerLockSpace, workerId]);
  return () => client.end();
}
