// Reading a CSV file of any size: a bounded sample shows encoding, separator and headings; then the rows stream.
import { createHash } from 'node:crypto';
import { done, failed, type Result } from '../core/fault.ts';
import { type Layout, layoutOf, type Separator } from './csv-dialect.ts';
import { type CsvRow, isBlank, rowsOf } from './csv-rows.ts';
import { decoded, type Encoding, encodingOf, otherFormatOf, withPlainLineEnds } from './csv-text.ts';

/** A file that is being received: its bytes are read once, in order. */
export interface ByteSource {
  name: string;
  /** Bytes in all, where it is known. */
  size?: number | undefined;
  stream: AsyncIterable<Uint8Array>;
}

/** What a person says of the file, where the recognition was wrong. */
export interface CsvHints {
  encoding?: Encoding | undefined;
  separator?: Separator | undefined;
  /** 0 for a file without headings. */
  headerRow?: number | undefined;
}

export interface CsvFile {
  name: string;
  encoding: Encoding;
  layout: Layout;
  /** The rows of data in the sample, blank ones left out. */
  sample: CsvRow[];
  /** The whole file is in the sample. */
  sampleIsAll: boolean;
  /** All rows of data, in batches, blank ones left out. Can be read once. */
  rows(): AsyncGenerator<CsvRow[]>;
  bytesRead(): number;
  bytesTotal: number | null;
  /** SHA-256 of the bytes, once all rows have been read. */
  sha256(): Buffer;
}

/** Enough to see some thousand rows. */
const sampleBytes = 256 * 1024;
const longestHeader = 1000;

/**
 * Opens a CSV file. Faults: 'file-empty', 'file-is-other-format' (with `format`: xlsx, xls, pdf, xml or binary),
 * 'file-unreadable' (a header with more than a thousand columns, or a source that breaks).
 */
export async function openCsv(
  source: ByteSource,
  isKnownHeading: (heading: string) => boolean,
  hints: CsvHints = {},
): Promise<Result<CsvFile>> {
  const hash = createHash('sha256');
  let read = 0;
  const reader = source.stream[Symbol.asyncIterator]();
  const next = async (): Promise<Buffer | null> => {
    const { value, done: ended } = await reader.next();
    if (ended === true) return null;
    const piece = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    hash.update(piece);
    read += piece.length;
    return piece;
  };

  const pieces: Buffer[] = [];
  let atEnd = false;
  while (!atEnd && read < sampleBytes) {
    const piece = await next();
    if (piece === null) atEnd = true;
    else pieces.push(piece);
  }
  const start = Buffer.concat(pieces);
  const found = encodingOf(start);
  const other = otherFormatOf(start, found);
  if (other !== null) return failed('file-is-other-format', { format: other, file: source.name });

  const encoding = hints.encoding ?? found;
  const text = withPlainLineEnds(new TextDecoder(encoding ?? 'utf-8').decode(start, { stream: !atEnd }));
  if (text.trim() === '') return failed('file-empty', { file: source.name });
  const layout = layoutOf(atEnd ? text : wholeLines(text), isKnownHeading, hints);
  if (layout.headings.length > longestHeader) return failed('file-unreadable', { file: source.name });

  const sample: CsvRow[] = [];
  const sampleText = atEnd ? text : wholeLines(text);
  for await (const batch of rowsOf(once(sampleText), layout.separator)) sample.push(...dataOf(batch, layout));

  async function* all(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    for (let piece = atEnd ? null : await next(); piece !== null; piece = await next()) yield piece;
  }
  async function* rows(): AsyncGenerator<CsvRow[]> {
    for await (const batch of rowsOf(decoded(all(), encoding), layout.separator)) yield dataOf(batch, layout);
  }
  return done({
    name: source.name,
    encoding: encoding ?? 'utf-8',
    layout,
    sample,
    sampleIsAll: atEnd,
    rows,
    bytesRead: () => read,
    bytesTotal: source.size ?? (atEnd ? read : null),
    sha256: () => hash.copy().digest(),
  });
}

function dataOf(batch: CsvRow[], layout: Layout): CsvRow[] {
  return batch.filter((row) => row.number >= layout.firstRow && !isBlank(row.cells));
}

/** The text up to its last line end: the sample may stop in the middle of a row. */
function wholeLines(text: string): string {
  const end = text.lastIndexOf('\n');
  return end === -1 ? text : text.slice(0, end + 1);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
