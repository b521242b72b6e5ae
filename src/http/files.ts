// Files that come in by multipart and go out by name.
import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ListFile } from '../app/list-file.ts';
import { fault } from './faults.ts';

export interface UploadedFile {
  name: string;
  /** Bytes as they come in; fails with 'too-large' beyond the limit. */
  stream: NodeJS.ReadableStream & AsyncIterable<Uint8Array>;
  /** The form's text fields that came before the file. */
  fields: Record<string, string>;
  toBuffer(): Promise<Buffer>;
}

/** The one file of a multipart request. Fields that matter are sent before it. Faults: 'invalid-input', 'too-large'. */
export async function fileOf(request: FastifyRequest, limit: number): Promise<UploadedFile> {
  if (!request.isMultipart()) throw fault('invalid-input', { fields: 'file' });
  const part = await request.file({ limits: { fileSize: Number.MAX_SAFE_INTEGER }, throwFileSizeLimit: false });
  if (part === undefined) throw fault('invalid-input', { fields: 'file' });
  const counted = new Limited(limit);
  part.file.on('error', (error) => counted.destroy(error));
  part.file.pipe(counted);
  return {
    name: part.filename,
    stream: counted,
    fields: textFields(part.fields),
    toBuffer: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of counted) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
  };
}

/** One text field of a multipart form without files; null where it is not there. */
export async function fieldOf(request: FastifyRequest, name: string, limit: number): Promise<string | null> {
  if (!request.isMultipart()) return null;
  let found: string | null = null;
  for await (const part of request.parts({ limits: { fieldSize: limit, files: 0 } })) {
    if (part.type === 'field' && part.fieldname === name && !part.valueTruncated) found = String(part.value);
  }
  return found;
}

class Limited extends Transform {
  #left: number;

  constructor(limit: number) {
    super();
    this.#left = limit;
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#left -= chunk.length;
    if (this.#left < 0) done(fault('too-large'));
    else done(null, chunk);
  }
}

function textFields(fields: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const one = (Array.isArray(field) ? field[0] : field) as { type?: string; value?: unknown } | undefined;
    if (one?.type === 'field' && typeof one.value === 'string') texts[name] = one.value;
  }
  return texts;
}

/** Content-Disposition for saving under that name (RFC 6266, RFC 8187 for what is not ASCII). */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`;
}

/** What the routes of such files have in common in the description of the API. */
export const listFileSchema = {
  description:
    'Its titles are in the language of Accept-Language. French CSV has semicolons and decimal commas. Text that a spreadsheet would take for a formula is made text.',
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
};

export function sendListFile(reply: FastifyReply, { name, type, body }: ListFile): FastifyReply {
  return reply.type(type).header('content-disposition', attachment(name)).send(body);
}
