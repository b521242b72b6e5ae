// Pages of a list, by key: the cursor is the key of the last row of the page before.
import { type RawBuilder, sql } from 'kysely';

export interface PageRequest {
  /** nextCursor of the page before. */
  cursor?: string | undefined;
  /** Rows of a page: 200 at most of what is shown, more where a file is written. */
  limit: number;
}

/** Rows that were chosen one by one; left out: all that the filters let through. */
export interface ChosenRows {
  ids?: readonly string[] | undefined;
}

/** Whether the row is among those that were chosen. */
export const isChosen = (column: string, { ids }: ChosenRows): RawBuilder<boolean> =>
  ids === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = any(${ids}::uuid[])`;

export interface ListPage<T> {
  rows: T[];
  nextCursor: string | null;
}

/** Lists are read in pages of one of these lengths, and cut to what was asked for: few texts, so few plans. */
const lengths = [10, 50, 200];

/**
 * The limit of a list, with one row too many: whether there are more is known then. It stands in the text: a plan that is kept for any
 * limit (docs/decisions/0021) is one for a tenth of all rows.
 */
export const oneMoreThan = ({ limit }: PageRequest): RawBuilder<number> =>
  sql.lit((lengths.find((length) => length >= limit) ?? limit) + 1);

/** What comes after this identifier; null: all. Two texts, since a plan that is kept could use no index for "none given, or after it". */
export const isAfter = (column: string, id: string | null): RawBuilder<boolean> =>
  id === null ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} > ${id}::uuid`;

/** Cuts a list that was asked for with one row too many. */
export function page<T>(rows: T[], limit: number, key: (row: T) => string[]): ListPage<T> {
  if (rows.length <= limit) return { rows, nextCursor: null };
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: Buffer.from(JSON.stringify(key(shown.at(-1)!))).toString('base64url') };
}

/** The key in a cursor; null for the first page, and for a cursor that is none of ours. */
export function keyOf(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string') ? key : null;
  } catch {
    return null;
  }
}
