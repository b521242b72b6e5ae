// A list as a file: its own rows in its own order, read a page after the other as the screen reads them.
import { Readable } from 'node:stream';
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import type { ListPage, PageRequest } from '../db/paging.ts';
import { csvPieces } from '../formats/csv-writing.ts';
import type { FileCell, FileHead } from '../formats/file-cell.ts';
import { xlsxFile } from '../formats/xlsx-writing.ts';

/** What every list is asked with when a file is made of it. */
export interface FileWanted<Column extends string> {
  format: 'csv' | 'xlsx';
  columns: readonly Column[];
  language: 'fr' | 'en';
}

export interface ListFile {
  name: string;
  /** Media type. */
  type: string;
  body: Readable | Buffer;
}

interface ListToWrite<Row, Column extends string> {
  /** `file` begins the name. */
  words: { file: string; columns: Record<Column, string> };
  cells: Record<Column, (row: Row) => FileCell>;
  today: Day;
  read(page: PageRequest): Promise<ListPage<Row>>;
}

/** More at once than a screen shows, since some lists gather all of their rows for each page; and no more than a moment's work. */
const rowsOfPage = 2_000;
/** An XLSX file is made in memory. */
const mostOfXlsx = 100_000;

/**
 * The file. Each page is a transaction of its own: however slowly somebody takes the file, no connection waits for it. What
 * changes meanwhile shows in the pages that follow; by key, no row stands twice. Fault: 'too-many-rows'.
 */
export async function makeListFile<Row, Column extends string>(
  { format, columns, language }: FileWanted<Column>,
  { words, cells, today, read }: ListToWrite<Row, Column>,
): Promise<Result<ListFile>> {
  const titles = columns.map((column) => words.columns[column]);
  const head: FileHead = { name: words.file, titles, language };
  const name = `${words.file}-${today}.${format}`;
  // Before the answer begins: whatever keeps the list from being read is then told as a fault, and not by a file that breaks off.
  const first = await read({ limit: rowsOfPage });
  const pages = pagesFrom(first, read, (row) => columns.map((column) => cells[column](row)));
  if (format === 'csv')
    return done({
      name,
      type: 'text/csv; charset=utf-8',
      body: Readable.from(csvPieces(head, pages), { objectMode: false }),
    });
  const bytes = await xlsxFile(head, pages, mostOfXlsx);
  if (bytes === null) return failed('too-many-rows');
  return done({ name, type: xlsxType, body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) });
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function* pagesFrom<Row>(
  first: ListPage<Row>,
  read: (page: PageRequest) => Promise<ListPage<Row>>,
  cellsOf: (row: Row) => FileCell[],
): AsyncGenerator<FileCell[][]> {
  for (let page = first; ; page = await read({ limit: rowsOfPage, cursor: page.nextCursor })) {
    yield page.rows.map(cellsOf);
    if (page.nextCursor === null) return;
  }
}
