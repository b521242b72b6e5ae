// `relance run`: the daily run, or its preview on any day.
import { browseCustomers } from '../app/browse.ts';
import { deliverOutbox } from '../app/deliver-outbox.ts';
import { type PreviewedReminder, previewRun } from '../app/preview-run.ts';
import { runDunning } from '../app/run-dunning.ts';
import { parseDay } from '../core/day.ts';
import { formatAmount, formatShortDay } from '../core/format.ts';
import { levelNames } from '../words/values.ts';
import { type Command, exitCodes, orThrow, table, UsageError } from './command.ts';

export const runCommand: Command = {
  name: 'run',
  summary: 'Run the dunning of today, or see what a day would send.',
  help: `relance run [--preview] [--on DAY]

Plans what is due today, writes the reminders, and delivers those that need no approval (in practice they are
captured). Run twice, it does nothing the second time.

  --preview   what would leave from today to the day, in order; nothing is written
  --on DAY    the day of the preview, YYYY-MM-DD; today by default

Examples
  relance run
  relance run --preview --on 2026-12-24
  relance run --json`,
  options: { preview: { type: 'boolean' }, on: { type: 'string' } },
  async run({ options, context, acting, worker, language }) {
    const on = options.on as string | undefined;
    if (on !== undefined && parseDay(on) === null) throw new UsageError(`--on takes a day, YYYY-MM-DD, not "${on}".`);
    if (on !== undefined && options.preview !== true)
      throw new UsageError('--on goes with --preview. To move the day of a practice company: relance clock set DAY');
    if (options.preview === true) {
      const preview = orThrow(await previewRun(context, acting, { day: on }));
      const names = await customerNames(context, acting);
      const rows = preview.reminders.map((one) => [
        formatShortDay(one.leavesOn),
        one.kind === 'thanks' ? levelNames[language](0, null, 'thanks') : `R${one.level}`,
        names.get(one.customerId) ?? one.customerId,
        one.invoiceNumbers.join(', '),
        formatAmount(one.askedMinor, one.currency, language),
        whatItWaitsFor(one, language),
      ]);
      const lines = rows.length === 0 ? [`Nothing would leave until ${preview.day}.`] : table(rows, [4]);
      return { exitCode: exitCodes.done, json: preview, lines };
    }
    const run = await runDunning(context, acting);
    const delivery = await deliverOutbox(context, acting.companyId, await worker());
    const lines = [
      `${run.customers} customers looked at: ${run.ready} messages to send, ${run.toApprove} to approve${run.thanks === 0 ? '' : ` (of them ${run.thanks} thanks)`}, ${run.tasks} tasks, ${run.skipped} steps skipped, ${run.dropped} dropped`,
      `delivered: ${delivery.sent} sent, ${delivery.captured} captured, ${delivery.delayed} put off, ${delivery.failed} failed, ${delivery.inDoubt} in doubt${delivery.heldBecause === null ? '' : `, ${delivery.held} held (${delivery.heldBecause})`}`,
    ];
    return { exitCode: exitCodes.done, json: { run, delivery }, lines };
  },
};

function whatItWaitsFor({ channel, needsApproval }: PreviewedReminder, language: 'fr' | 'en'): string {
  if (channel === 'task') return language === 'fr' ? 'tâche' : 'task';
  if (!needsApproval) return '';
  return language === 'fr' ? 'à valider' : 'to approve';
}

async function customerNames(...[context, acting]: Parameters<typeof runDunning>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await browseCustomers(context, acting, { limit: 200, cursor });
    for (const row of page.rows) names.set(row.id, row.name);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}
