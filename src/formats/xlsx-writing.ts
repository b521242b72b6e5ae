// A list as XLSX: real dates, real amounts with the decimals of their currency, everything else as text; a bold first row that
// stays in sight. Made in a thread of its own, one file after the other: each holds all of its rows in memory.
import { Worker } from 'node:worker_threads';
import type { FileCell, FileHead } from './file-cell.ts';
import type { ToXlsxThread } from './xlsx-thread.ts';

let turn: Promise<unknown> = Promise.resolve();

/** The file; null where there are more rows than `most`: no more than those are read. */
export function xlsxFile(head: FileHead, pages: AsyncIterable<FileCell[][]>, most: number): Promise<Uint8Array | null> {
  const mine = turn.then(() => make(head, pages, most));
  turn = mine.catch(() => undefined);
  return mine;
}

async function make(head: FileHead, pages: AsyncIterable<FileCell[][]>, most: number): Promise<Uint8Array | null> {
  const thread = new Worker(new URL('./xlsx-thread.ts', import.meta.url), { workerData: head });
  const made = new Promise<Uint8Array>((resolve, reject) => {
    thread.on('message', resolve);
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`The thread that makes an XLSX file ended with code ${code}.`)));
  });
  // What goes wrong in it while rows are still read is told when the file is waited for.
  made.catch(() => undefined);
  const tell = (rows: ToXlsxThread): void => thread.postMessage(rows);
  try {
    let count = 0;
    for await (const rows of pages) {
      count += rows.length;
      if (count > most) return null;
      tell(rows);
    }
    tell(null);
    return await made;
  } finally {
    await thread.terminate();
  }
}
