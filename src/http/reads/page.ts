// One page of a list by cursor: the last row's sort key, opaque to whoever gives it back.
import { type RawBuilder, sql } from 'kysely';
import { fault } from '../faults.ts';

export interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

export interface Page<T> {
  rows: T[];
  nextCursor: string | null;
}

/** Rows come one more than asked for: that one says that there is a next page. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly string[]): Page<T> {
  const shown = rows.slice(0, limit);
  const more = rows.length > limit;
  return { rows: shown, nextCursor: more ? encode(keyOf(shown.at(-1)!)) : null };
}

const encode = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key in a cursor, of that many parts; a broken one is the caller's mistake. */
export function keyIn(cursor: string, parts: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string')) return key;
  } catch {
    // told below
  }
  throw fault('invalid-input', { fields: 'cursor' });
}

/** `and (a, b) < (x, y)` after the cursor; nothing on the first page. Columns are written by us, never by a caller. */
export function after(
  cursor: string | undefined,
  direction: 'ascending' | 'descending',
  columns: readonly { name: string; type: string }[],
): RawBuilder<unknown> {
  if (cursor === undefined) return sql``;
  const key = keyIn(cursor, columns.length);
  const names = sql.join(columns.map((column) => sql.raw(column.name)));
  const values = sql.join(columns.map(({ type }, index) => sql`${key[index]}::${sql.raw(type)}`));
  return direction === 'ascending' ? sql`and (${names}) > (${values})` : sql`and (${names}) < (${values})`;
}

/** For `ilike`: the text anywhere, its own wildcards taken as they are written. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
