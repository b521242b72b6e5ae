// Pages of a list, by key: the cursor is the key of the last row of the page before.

export interface PageRequest {
  /** nextCursor of the page before. */
  cursor?: string | undefined;
  /** Rows of a page, 200 at most. */
  limit: number;
}

export interface ListPage<T> {
  rows: T[];
  nextCursor: string | null;
}

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
