// Bytes as they are: `pg` reads what a query answers as text, a byte as two letters, and files would be copied about in the collected
// memory. COPY answers in a binary format of its own (PostgreSQL's documentation, "COPY", "Binary Format").
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** The signature (11 bytes), the flags (4), and the length of what else the header holds (4), which is nothing. */
const headerBytes = 19;

/** For a pool's `connect` event: a query that begins with `copy (` answers its rows, each a list of Buffers, null where a column is. */
export function answerCopies(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...given: unknown[]) => {
    const [text] = given;
    return typeof text === 'string' && text.startsWith('copy (') ? answered(query, text) : query(...given);
  }) as PoolClient['query'];
}

interface Answered {
  command: 'COPY';
  rowCount: number;
  rows: (Buffer | null)[][];
}

async function answered(query: (copy: unknown) => unknown, text: string): Promise<Answered> {
  const copy = copyTo(text);
  query(copy);
  const pieces: Buffer[] = [];
  for await (const piece of copy) pieces.push(piece as Buffer);
  const rows = rowsIn(joined(pieces));
  return { command: 'COPY', rowCount: rows.length, rows };
}

/** In memory of its own, which may be handed to another thread. */
function joined(pieces: readonly Buffer[]): Buffer {
  const whole = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) at += piece.copy(whole, at);
  return whole;
}

function rowsIn(bytes: Buffer): (Buffer | null)[][] {
  const rows: (Buffer | null)[][] = [];
  let at = headerBytes;
  for (;;) {
    const columns = bytes.readInt16BE(at);
    at += 2;
    // In the place of a number of columns: the end.
    if (columns === -1) return rows;
    const row: (Buffer | null)[] = [];
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length === -1 ? null : bytes.subarray(at, at + length));
      at += Math.max(length, 0);
    }
    rows.push(row);
  }
}
