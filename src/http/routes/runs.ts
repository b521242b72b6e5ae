// Running the day, and seeing a day before it comes.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseCustomers, browseReminders } from '../../app/browse.ts';
import type { Acting, Context } from '../../app/context.ts';
import { previewRun } from '../../app/preview-run.ts';
import { runDunning } from '../../app/run-dunning.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/plan.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['run'];
const params = companyParams;
const shown = 100;

/** What waits for a person or for the worker is shown by itself, not as held back. */
const shownElsewhere = new Set([
  'waits-for-approval',
  'waits-to-leave',
  'waits-to-be-done',
  'failed-before',
  'not-delivered',
]);

export const runRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.post(
    '/api/companies/:companyId/runs',
    {
      schema: {
        tags,
        summary: 'Runs today',
        description: 'Run twice, it writes each step once. Messages leave right after, by the worker.',
        params,
        response: { 200: wire.ran },
      },
    },
    async (request) => runDunning(context, actingOf(request)),
  );

  server.get(
    '/api/companies/:companyId/preview',
    {
      schema: {
        tags,
        summary: 'What would leave from today to a day, and why not the rest',
        params,
        querystring: wire.previewQuery,
        response: { 200: wire.preview },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { from, day, reminders, receivables } = orFault(await previewRun(context, acting, request.query));
      const waits = await waiting(context, acting);
      const marked = reminders.map((reminder) => ({
        ...reminder,
        written: reminder.leavesOn === from && waits(reminder),
      }));
      const unwritten = marked.filter((reminder) => !reminder.written);
      const held = receivables.filter(({ kind, reason }) => kind === 'hold' && !shownElsewhere.has(reason.code));
      const first = {
        reminders: [...unwritten, ...marked.filter((reminder) => reminder.written)].slice(0, shown),
        held: held.slice(0, shown),
      };
      const names = await customerNames(context, acting, [...first.reminders, ...first.held]);
      const named = <T extends { customerId: string }>(one: T) => ({
        ...one,
        customerName: names.get(one.customerId) ?? '',
      });
      return {
        from,
        day,
        reminders: first.reminders.map(named),
        reminderCount: reminders.length,
        unwrittenCount: unwritten.length,
        outsideCount: receivables.filter(({ kind }) => kind === 'outside').length,
        held: first.held.map(named),
        heldCount: held.length,
      };
    },
  );
};

/** Names of the customers that are shown, by identifier. */
async function customerNames(
  context: Context,
  acting: Acting,
  shown: readonly { customerId: string }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(shown.map((one) => one.customerId))];
  const pages = await Promise.all(ids.map((customerId) => browseCustomers(context, acting, { customerId, limit: 1 })));
  return new Map(pages.flatMap(({ rows }) => rows.map((row): [string, string] => [row.id, row.name])));
}

/** Tells of a foreseen message or task whether a run wrote it already and it only waits. */
async function waiting(
  context: Context,
  acting: Acting,
): Promise<(foreseen: { customerId: string; level: number; invoiceIds: string[] }) => boolean> {
  const states = ['to_approve', 'waiting', 'to_do'] as const;
  const pages = await Promise.all(states.map((state) => browseReminders(context, acting, { state, limit: 200 })));
  const written = pages.flatMap(({ rows }) => rows);
  return ({ customerId, level, invoiceIds }) =>
    written.some((one) => {
      const invoices = new Set(one.invoices.map((invoice) => invoice.id));
      return one.customerId === customerId && one.level === level && invoiceIds.every((id) => invoices.has(id));
    });
}
