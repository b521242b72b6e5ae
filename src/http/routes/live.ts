// What others do, and the worker: a request that is answered when something new has happened in the company, or when someone
// opens or leaves a message; after twenty seconds in any case. A plain request passes every proxy; the page asks again at once.
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { latestNews } from '../../app/browse.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/live.ts';
import { readersKey } from '../../contract/readers-key.ts';
import { actingOf } from '../access.ts';
import type { RouteOptions } from './options.ts';

const longestWaitMs = 20_000;
const lookEveryMs = 1_000;

export const liveRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  const readers = new Readers();
  const closing = new AbortController();
  server.addHook('preClose', async () => closing.abort());

  server.get(
    '/api/companies/:companyId/live',
    {
      schema: {
        tags: ['history'],
        summary: 'Waits until something new happens',
        description: 'Without `after` it answers at once. Who else reads which message is known to this server only.',
        params: companyParams,
        querystring: wire.liveQuery,
        response: { 200: wire.live },
      },
    },
    async (request) => {
      const { companyId } = request.params;
      const { after, reading, others } = request.query;
      const { userId, name } = request.signedIn!;
      readers.note(companyId, { userId, name, reminderId: reading ?? null });
      const gone = new AbortController();
      request.raw.once('close', () => gone.abort());
      const signal = AbortSignal.any([closing.signal, gone.signal]);
      const until = performance.now() + longestWaitMs;
      for (;;) {
        const latest = await latestNews(context, actingOf(request));
        const now = { latest, readers: readers.others(companyId, userId) };
        const isNew = after === undefined || after !== (latest ?? '') || others !== readersKey(now.readers);
        if (isNew || performance.now() > until || signal.aborted) return now;
        await wait(lookEveryMs, undefined, { signal }).catch(() => {});
      }
    },
  );
};

interface Reader {
  userId: string;
  name: string;
  reminderId: string | null;
}

/** Who has which message open, as told by their pages; whoever is not heard of any more has left. */
class Readers {
  readonly #companies = new Map<string, Map<string, Reader & { until: number }>>();

  note(companyId: string, reader: Reader): void {
    const company = this.#companies.get(companyId) ?? new Map();
    this.#companies.set(companyId, company);
    company.set(reader.userId, { ...reader, until: performance.now() + longestWaitMs + 10_000 });
  }

  others(companyId: string, userId: string): { name: string; reminderId: string }[] {
    const now = performance.now();
    const shown: { name: string; reminderId: string }[] = [];
    for (const [id, { name, reminderId, until }] of this.#companies.get(companyId) ?? []) {
      if (until < now) this.#companies.get(companyId)!.delete(id);
      else if (id !== userId && reminderId !== null) shown.push({ name, reminderId });
    }
    return shown;
  }
}
