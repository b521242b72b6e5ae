/**
 * The backup file: gzip over a sequence of records that says nothing about the PostgreSQL it came from.
 *
 *     {"type":"header", …}\n                  what is in the file, see BackupHeader
 *     {"type":"table","schema":…,"name":…}\n  begins a table, in the header's order
 *     {"type":"data","bytes":N}\n             followed by N bytes: the next part of the table's rows, in the text form
 *                                             of COPY (tab-separated, \N for null), cut anywhere
 *     {"type":"table-end","rows":N}\n
 *     {"type":"end","sequences":[…],"sha256":…}\n   over every byte before this line
 *
 * Lines are JSON in UTF-8. A file without its end, or with another checksum, is damaged and is not used.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DatabaseProblem } from './problem.ts';

export const FORMAT_VERSION = 1;

export interface TableName {
  schema: string;
  name: string;
}

export interface BackupHeader {
  type: 'header';
  format: 'relance-backup';
  version: number;
  /** An instant in UTC, ISO 8601. */
  createdAt: string;
  /** The migrations that the database had had. */
  migrations: string[];
  /** Columns in the order of the rows' fields; generated ones are left out. */
  tables: (TableName & { columns: string[] })[];
  /** Partitions to be made again: `bound` is the SQL that follows "partition of parent". */
  partitions: (TableName & { parent: TableName; bound: string })[];
}

export interface SequenceState extends TableName {
  /** Text, since it may be beyond what a number holds exactly. */
  lastValue: string;
  isCalled: boolean;
}

export type BackupRecord =
  | BackupHeader
  | ({ type: 'table' } & TableName)
  | { type: 'data'; content: Buffer }
  | { type: 'table-end'; rows: number }
  | { type: 'end'; sequences: SequenceState[] };

/** Longer lines than this are not ours: the file is something else. */
const LINE_MAX_BYTES = 16_000_000;
const NEWLINE = 10;

/** Turns records into the bytes under the gzip; the end record, the last, gets the checksum. */
export async function* encodeRecords(records: AsyncIterable<BackupRecord>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const record of records) {
    if (record.type === 'end') {
      yield line({ ...record, sha256: hash.digest('hex') });
      return;
    }
    const bytes = record.type === 'data' ? encodeData(record.content) : line(record);
    hash.update(bytes);
    yield bytes;
  }
}

const encodeData = (content: Buffer): Buffer => Buffer.concat([line({ type: 'data', bytes: content.length }), content]);

const line = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/**
 * Reads the records of a file, in flat memory. Throws DatabaseProblem if it is no backup, or is damaged or cut short;
 * since that may show only at the very end, read the file to its end before acting on it.
 */
export async function* readBackup(filePath: string): AsyncGenerator<BackupRecord> {
  // A failure of either stream comes out of the iteration below.
  const content = pipeline(createReadStream(filePath), createGunzip(), () => {});
  try {
    yield* decodeRecords(new LineReader(content, filePath), filePath);
  } catch (error) {
    throw error instanceof DatabaseProblem ? error : unreadable(filePath, error as NodeJS.ErrnoException);
  } finally {
    content.destroy();
  }
}

async function* decodeRecords(reader: LineReader, filePath: string): AsyncGenerator<BackupRecord> {
  yield checkHeader(JSON.parse(await reader.line()), filePath);
  for (;;) {
    const sumSoFar = reader.sum();
    const record = JSON.parse(await reader.line()) as WireRecord;
    if (record.type === 'end') {
      if (record.sha256 !== sumSoFar || !(await reader.isAtEnd())) throw damaged(filePath, 'its checksum is wrong');
      yield { type: 'end', sequences: record.sequences };
      return;
    }
    yield record.type === 'data' ? { type: 'data', content: await reader.bytes(record.bytes) } : record;
  }
}

/** Records as they stand in the file, where data is a length and the end carries the checksum. */
type WireRecord =
  | Extract<BackupRecord, { type: 'table' | 'table-end' }>
  | { type: 'data'; bytes: number }
  | { type: 'end'; sequences: SequenceState[]; sha256: string };

function checkHeader(header: BackupHeader, filePath: string): BackupHeader {
  if (header.format !== 'relance-backup') throw damaged(filePath, 'it is not a backup of Relance');
  if (header.version <= FORMAT_VERSION) return header;
  throw new DatabaseProblem(
    'bad-backup',
    `${filePath} was made by a newer Relance (backup format ${header.version}, this one reads up to ` +
      `${FORMAT_VERSION}). Nothing was changed. Update Relance and restore again.`,
  );
}

/** Hands out lines and byte counts from a stream, and knows the checksum of all it has handed out. */
class LineReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #filePath: string;
  readonly #hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>, filePath: string) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#filePath = filePath;
  }

  async line(): Promise<string> {
    let end = this.#rest.indexOf(NEWLINE);
    while (end < 0) {
      if (this.#rest.length > LINE_MAX_BYTES) throw damaged(this.#filePath, 'it is not a backup of Relance');
      if (!(await this.#more())) throw damaged(this.#filePath, 'it is cut short');
      end = this.#rest.indexOf(NEWLINE);
    }
    return this.#take(end + 1).toString('utf8', 0, end);
  }

  async bytes(count: number): Promise<Buffer> {
    while (this.#rest.length < count) {
      if (!(await this.#more())) throw damaged(this.#filePath, 'it is cut short');
    }
    return this.#take(count);
  }

  async isAtEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#more());
  }

  sum(): string {
    return this.#hash.copy().digest('hex');
  }

  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.#hash.update(taken);
    return taken;
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }
}

function unreadable(filePath: string, error: NodeJS.ErrnoException): DatabaseProblem {
  if (error.syscall) return new DatabaseProblem('bad-backup', `${filePath} can't be read: ${error.message}`);
  // What zlib says of a file that ends too early.
  const cut = error.code === 'Z_BUF_ERROR';
  return damaged(filePath, cut ? 'it is cut short' : 'its content can not be read');
}

const damaged = (filePath: string, why: string): DatabaseProblem =>
  new DatabaseProblem('bad-backup', `${filePath} can't be restored: ${why}. Nothing was changed. Use another backup.`);
