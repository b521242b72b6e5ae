// What others or the worker do appears by itself: the page waits for news of the company and then asks for what it shows again.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Live } from '../../src/contract/live.ts';
import { readersKey } from '../../src/contract/readers-key.ts';
import { call } from '../api.ts';
import { at, queryOf, useBeforehand } from '../queries.ts';

/** Milliseconds before asking again when the server could not be reached. */
const patienceMs = 5_000;

/** `reading` tells the others which message is open here; answers what the others have open. */
export function useLive(companyId: string, reading: string | null): Live['readers'] {
  const client = useQueryClient();
  const [readers, setReaders] = useState<Live['readers']>([]);
  const { data: beforehand } = useBeforehand(companyId);
  // What was last heard of the company, also by a request that was given up for another message: what happened between the two
  // is news.
  const heard = useRef(beforehand === undefined ? null : { companyId, latest: beforehand.latest });
  useEffect(() => {
    // A request that waits holds one of the few connections that a browser keeps: it is given up with the screen.
    const left = new AbortController();
    let known: Live | null = null;
    let wasGone = false;
    const listen = async (): Promise<void> => {
      while (!left.signal.aborted) {
        const query = queryOf({
          after: known?.latest ?? undefined,
          others: known === null ? undefined : readersKey(known.readers),
          reading: reading ?? undefined,
        });
        // An empty value says "nothing happened yet"; queryOf leaves empty ones out.
        const asked =
          known === null
            ? query
            : `${query}${known.latest === null ? '&after=' : ''}${known.readers.length === 0 ? '&others=' : ''}`;
        const news = await call<Live>('GET', at(companyId, `/live?${asked}`), undefined, left.signal).catch(() => null);
        if (left.signal.aborted) return;
        if (news === null) {
          wasGone = true;
          await new Promise((resolve) => setTimeout(resolve, patienceMs));
          continue;
        }
        // What could not be had meanwhile comes by itself; what is shown stays as it is, unless there is news of it.
        if (wasGone)
          void client.refetchQueries({
            queryKey: ['company', companyId],
            type: 'active',
            predicate: ({ state }) => state.status === 'error',
          });
        wasGone = false;
        setReaders(news.readers);
        if (heard.current?.companyId === companyId && heard.current.latest !== news.latest)
          void askAgain(client, ['company', companyId]);
        heard.current = { companyId, latest: news.latest };
        known = news;
      }
    };
    void listen();
    return () => {
      left.abort();
    };
  }, [companyId, reading, client]);
  return readers;
}

/**
 * All of it is asked for again. What is being asked for the first time is not begun anew by that, and its answer, from before the news,
 * would stay: it is asked for once more when it is there. What could not be had is said as before, with a way to try again.
 */
async function askAgain(client: QueryClient, queryKey: readonly string[]): Promise<void> {
  const first = client
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  void client.invalidateQueries({ queryKey });
  await Promise.allSettled(first.map(({ promise }) => promise));
  void client.invalidateQueries({
    queryKey,
    predicate: (query) => first.includes(query) && query.state.data !== undefined,
  });
}
