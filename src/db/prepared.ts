/**
 * Statements that come again are prepared: the server parses them, and puts row-level security into them, once for each connection
 * instead of each time, and keeps a plan where it costs no more than planning anew for the values given (docs/decisions/0021).
 */
import type { PoolClient } from 'pg';

/** A statement that came so often in this process has a name from then on. */
const timesUntilNamed = 3;

/** A statement with more values has rows written into its text, so many this time: every other number would be another statement. */
const mostValues = 20;

/** So many at most: each is kept by the server, for each connection. */
const mostNames = 400;

/** So many of those without a name are counted; then counting begins anew. */
const mostCounted = 2_000;

const names = new Map<string, string>();
const counted = new Map<string, number>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size === mostNames) return known;
  const times = (counted.get(text) ?? 0) + 1;
  if (times < timesUntilNamed) {
    if (counted.size === mostCounted) counted.clear();
    counted.set(text, times);
    return undefined;
  }
  counted.delete(text);
  const name = `relance_${names.size}`;
  names.set(text, name);
  return name;
}

/** For a pool's `connect` event: its new connection prepares what comes again. */
export function prepareWhatRepeats(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let isOutdated = false;
  let isBulk = false;
  const prepared = async (name: string, text: string, values: readonly unknown[]): Promise<unknown> => {
    try {
      return await query({ name, text, values });
    } catch (error) {
      // Another process has changed the table since. This connection goes on without names: those it has can't be given anew.
      if (isOfAnotherShape(error)) isOutdated = true;
      throw error;
    }
  };
  client.query = ((...given: unknown[]) => {
    const [text, values] = given;
    if (typeof text !== 'string' || !Array.isArray(values) || given.length !== 2) return query(...given);
    if (values.length === 0) {
      if (isBulkWork(text)) isBulk = true;
      else if (text === 'commit' || text === 'rollback') isBulk = false;
    }
    const mayRepeat = !isOutdated && !isBulk && values.length > 0 && values.length <= mostValues;
    const name = mayRepeat ? nameOf(text) : undefined;
    return name === undefined ? query(text, values) : prepared(name, text, values);
  }) as PoolClient['query'];
}

/**
 * A transaction with temporary tables is an import: each of its statements is planned for what these tables hold by then, in the way
 * that it asked for.
 */
const isBulkWork = (text: string): boolean => text.startsWith('create temporary table');

/** "cached plan must not change result type": a prepared `select *` of a table that has other columns now. */
function isOfAnotherShape(error: unknown): boolean {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}
