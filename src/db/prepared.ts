/**
 * Statements that come again are prepared: the server parses them, and puts row-level security into them, once for each connection
 * instead of each time, and keeps a plan where it costs no more than planning anew for the values given (docs/decisions/0021).
 */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

/** So many at most: each is kept by the server, for each connection. */
const mostNames = 200;

/** A statement that came so often in this process has a name from then on; once half of the names are given, what came very often. */
const timesUntilNamed = (): number => (names.size < mostNames / 2 ? 3 : 30);

/** So many of those without a name are counted; then counting begins anew. */
const mostCounted = 2_000;

/** A statement with more values has rows written into its text. */
const mostValues = 20;

/** A list that is longer is planned for by its length: a plan for any takes it for ten. */
const mostElements = 100;

/**
 * What is put together from what was given: lists of values one by one, rows, the columns that someone changed. Each time it may be
 * another text.
 */
const varies = /\bin \(\$\d+, |\), \(\$\d+|^update "/;

/** What a name's statement answers when the database is not any more what it was prepared for. */
const changedSince = new Set([
  '0A000', // "cached plan must not change result type": a `select *` of a table that has other columns now
  '26000', // there is no such prepared statement
  '42P05', // there is one already
  '42804', // a value is of another type than its column
  '42883', // there is no such operator for this type
]);

/** Names are given anew so often at most: beyond it something is wrong that new names don't put right. */
const mostGenerations = 20;

const names = new Map<string, string>();
const counted = new Map<string, number>();
let generation = 1;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size === mostNames || generation > mostGenerations) return known;
  if (varies.test(text)) return undefined;
  const times = (counted.get(text) ?? 0) + 1;
  if (times < timesUntilNamed()) {
    if (counted.size === mostCounted) counted.clear();
    counted.set(text, times);
    return undefined;
  }
  counted.delete(text);
  // Told apart by what it says, not by a number: should two processes ever share a connection, a name means the same to both.
  const name = `r${generation}_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
  names.set(text, name);
  return name;
}

/** Every connection prepares its statements anew, under other names. */
function giveNamesAnew(): void {
  generation += 1;
  names.clear();
  counted.clear();
}

/** For a pool's `connect` event: its new connection prepares what comes again. */
export function prepareWhatRepeats(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let isBroken = false;
  let isBulk = false;
  const prepared = async (name: string, text: string, values: readonly unknown[]): Promise<unknown> => {
    const of = generation;
    try {
      return await query({ name, text, values });
    } catch (error) {
      const { code } = error as { code?: string };
      // Not from the server: a value that can't be written leaves the name known here and unknown there.
      if (code === undefined) isBroken = true;
      else if (changedSince.has(code) && of === generation) giveNamesAnew();
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
    const mayRepeat = !isBroken && !isBulk && values.length > 0 && values.length <= mostValues && !values.some(isLong);
    const name = mayRepeat ? nameOf(text) : undefined;
    return name === undefined ? query(text, values) : prepared(name, text, values);
  }) as PoolClient['query'];
}

const isLong = (value: unknown): boolean => Array.isArray(value) && value.length > mostElements;

/**
 * A transaction with temporary tables is an import: each of its statements is planned for what these tables hold by then, in the way
 * that it asked for.
 */
const isBulkWork = (text: string): boolean => text.startsWith('create temporary table');
