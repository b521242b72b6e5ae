// E-mail as bytes (RFC 5322, MIME): composed once, kept without the attachments that are stored anyway, rebuilt byte for byte.
import { hash } from 'node:crypto';
import { type AddressObject, simpleParser } from 'mailparser';
import { wrap as wrapBase64 } from 'nodemailer/lib/base64';
import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as encodeQuotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

export interface Attachment {
  name: string;
  type: string;
  /** In hexadecimal. */
  sha256: string;
}

export interface MailToCompose {
  from: { name: string; address: string };
  to: readonly string[];
  cc: readonly string[];
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Message-IDs of the thread, oldest first. */
  references: readonly string[];
  date: Date;
  attachments: readonly Attachment[];
}

export interface Skeleton {
  /** The mail without its attachments' bodies. */
  bytes: Buffer;
  /** Offsets into the skeleton, ascending, and the SHA-256 (hexadecimal) of what stood there in base64. */
  holes: { at: number; attachment: string }[];
}

/**
 * Composes a mail as its skeleton: CRLF line ends, UTF-8, headers that names and subjects cannot break. The attachments'
 * bodies are never looked at, so a large file costs nothing here.
 */
export function composeMail(mail: MailToCompose): Skeleton {
  const root = new MailComposer({
    from: { name: headerText(mail.from.name), address: mail.from.address },
    to: mail.to.map((address) => ({ name: '', address })),
    cc: mail.cc.map((address) => ({ name: '', address })),
    replyTo: mail.replyTo ?? undefined,
    subject: headerText(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    inReplyTo: mail.references.at(-1),
    references: mail.references.length > 0 ? [...mail.references] : undefined,
    date: mail.date,
    // The library would draw it by lot. So the same mail has the same bytes whenever it is composed.
    baseBoundary: sha256(Buffer.from(mail.messageId)).toString('hex', 0, 8),
    attachments: mail.attachments.map(({ name, type, sha256 }) => ({
      filename: headerText(name),
      contentType: type,
      // Stands for the file in the tree of parts; what is written in its place is decided below.
      content: Buffer.from(sha256),
      encoding: 'base64',
    })),
    disableUrlAccess: true,
    disableFileAccess: true,
  }).compile();
  const written = new Writing();
  writePart(root, written);
  return written.skeleton();
}

/** A mail as it is written: text so far, and where attachments go. */
class Writing {
  readonly #parts: Buffer[] = [];
  readonly #holes: Skeleton['holes'] = [];
  #length = 0;

  text(text: string): void {
    const bytes = Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'));
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  attachment(sha256: string): void {
    this.#holes.push({ at: this.#length, attachment: sha256 });
  }

  skeleton(): Skeleton {
    return { bytes: Buffer.concat(this.#parts, this.#length), holes: this.#holes };
  }
}

/**
 * A part of the tree and those in it (RFC 2046 §5.1.1), headers and encodings as the library decides them. Its own way of writing
 * gives the same bytes through a dozen streams for each part, which took two thirds of the time that a mail takes to be composed.
 */
function writePart(part: MimeNode, written: Writing): void {
  written.text(`${part.buildHeaders()}\r\n\r\n`);
  if (part.multipart) {
    part.childNodes.forEach((child, index) => {
      written.text(`${index === 0 ? '' : '\r\n'}--${part.boundary}\r\n`);
      writePart(child, written);
    });
    written.text(`\r\n--${part.boundary}--\r\n`);
  } else if (part.content instanceof Buffer) {
    written.attachment(part.content.toString());
  } else {
    written.text(encoded(String(part.content ?? ''), part.getTransferEncoding()));
  }
}

function encoded(text: string, encoding: string | false): string {
  if (encoding === 'quoted-printable') return wrapQuotedPrintable(encodeQuotedPrintable(text));
  return encoding === 'base64' ? wrapBase64(Buffer.from(text).toString('base64')) : text;
}

/** One line without control characters: what a header may hold. */
function headerText(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

export function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** Files in base64 as a mail carries them, by whatever names them. */
export function bodiesOf(files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  return new Map([...files].map(([name, file]) => [name, bodyOf(file)]));
}

/** Lines of 76 characters with CR LF between them (RFC 2045 §6.8), as bytes from the beginning: as text it took half as long again. */
function bodyOf(file: Buffer): Buffer {
  const text = Buffer.from(file.toString('base64'), 'latin1');
  const lines = Math.ceil(text.length / lineLength);
  const written = Buffer.allocUnsafeSlow(text.length + Math.max(0, lines - 1) * lineEnd.length);
  let at = 0;
  for (let from = 0; from < text.length; from += lineLength) {
    if (from > 0) at += lineEnd.copy(written, at);
    at += text.copy(written, at, from, from + lineLength);
  }
  return written;
}

const lineLength = 76;
const lineEnd = Buffer.from('\r\n');

/** The mail as it left. `attachment` gives, for a SHA-256 in hexadecimal, the file in base64 as a mail carries it. */
export function putTogether(skeleton: Skeleton, attachment: (sha256: string) => Buffer): Buffer {
  if (skeleton.holes.length === 0) return skeleton.bytes;
  const parts: Buffer[] = [];
  let from = 0;
  for (const hole of skeleton.holes) {
    parts.push(skeleton.bytes.subarray(from, hole.at), attachment(hole.attachment));
    from = hole.at;
  }
  parts.push(skeleton.bytes.subarray(from));
  return Buffer.concat(parts);
}

/** A mail as it is shown. */
export interface ReadMail {
  subject: string;
  from: string;
  to: string[];
  cc: string[];
  text: string;
  html: string;
  attachments: { name: string; size: number }[];
}

export async function readMail(bytes: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  return {
    subject: mail.subject ?? '',
    from: mail.from?.text ?? '',
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    text: mail.text ?? '',
    html: mail.html || '',
    attachments: mail.attachments.map((one) => ({ name: one.filename ?? '', size: one.size })),
  };
}

/** The address in its From, of a mail or of its head alone. */
export async function senderIn(bytes: Buffer): Promise<string | null> {
  const end = bytes.indexOf('\r\n\r\n');
  const { from } = await simpleParser(end === -1 ? bytes : bytes.subarray(0, end + 4));
  return addressesOf(from)[0] ?? null;
}

function addressesOf(header: AddressObject | AddressObject[] | undefined): string[] {
  return [header ?? []].flat().flatMap((one) => one.value.flatMap((address) => address.address ?? []));
}
