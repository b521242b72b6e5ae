// A company in which many messages wait for approval.
import { setClock } from '../../src/app/change-company.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import { importMany } from '../world/many.ts';
import { firstOwner, type Site, type Visitor } from '../world/site.ts';
import { value } from '../world/world.ts';

/** "Client 0001" to the last: each has one message that waits, the newest first in the list. */
export async function manyWaiting(site: Site, count: number): Promise<{ visitor: Visitor; companyId: string }> {
  const { visitor, companyId } = await firstOwner(site);
  const acting = { companyId, actor: 'test' };
  const { context } = site;
  const steps = [
    { level: 1, name: 'Relance courtoise', offsetDays: 5, requiresApproval: true },
    { level: 2, name: 'Relance ferme', offsetDays: 15 },
  ];
  value(await saveSequence(context, acting, { title: 'Validée', steps, makeDefault: true }));
  value(await setClock(context, acting, { on: '2026-10-20' }));
  await importMany(context, acting, count, { issuedOn: '2026-10-10', dueOn: '2026-11-11' });
  value(await setClock(context, acting, { on: '2026-11-16' }));
  await runDunning(context, acting);
  return { visitor, companyId };
}
