// A backup leaves with every row of the installation: who took it is in the history.
import { recordEvents } from '../db/event.ts';
import { type Acting, type Context, forCompany } from './context.ts';

export function noteBackup(context: Context, acting: Acting, name: string): Promise<void> {
  return forCompany(context, acting, ({ tx, scope }) =>
    recordEvents(tx, scope, [{ type: 'backup.taken', payload: { file: name } }]),
  );
}
