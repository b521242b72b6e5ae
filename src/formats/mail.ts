// E-mail as bytes (RFC 5322, MIME): composed once, kept without the attachments that are stored anyway, rebuilt byte for byte.
import { createHash } from 'node:crypto';
import { type AddressObject, simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';

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
 * bodies are never run through the composer: a mark stands in for each, so a large file costs nothing here.
 */
export async function composeMail(mail: MailToCompose): Promise<Skeleton> {
  const marks = mail.attachments.map((_, index) => Buffer.from(`relance:${mail.messageId}:${index}`));
  const node = new MailComposer({
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
    newline: '\r\n',
    attachments: mail.attachments.map(({ name, type }, index) => ({
      filename: headerText(name),
      contentType: type,
      content: marks[index]!,
      encoding: 'base64',
    })),
    disableUrlAccess: true,
    disableFileAccess: true,
  }).compile();
  const raw = await node.build();
  return takeOut(raw, marks, mail.attachments);
}

/** One line without control characters: what a header may hold. */
function headerText(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function takeOut(raw: Buffer, marks: readonly Buffer[], attachments: readonly Attachment[]): Skeleton {
  const holes: Skeleton['holes'] = [];
  const kept: Buffer[] = [];
  let from = 0;
  let length = 0;
  marks.forEach((mark, index) => {
    const body = wrappedBase64(mark);
    const at = raw.indexOf(body, from);
    if (at < 0) throw new Error('The composer did not write the attachment where it was asked to.');
    kept.push(raw.subarray(from, at));
    length += at - from;
    holes.push({ at: length, attachment: attachments[index]!.sha256 });
    from = at + body.length;
  });
  kept.push(raw.subarray(from));
  return { bytes: Buffer.concat(kept), holes };
}

/** The mail as it left. `attachment` gives the bytes for a SHA-256 in hexadecimal. */
export function putTogether(skeleton: Skeleton, attachment: (sha256: string) => Buffer): Buffer {
  if (skeleton.holes.length === 0) return skeleton.bytes;
  const parts: Buffer[] = [];
  let from = 0;
  for (const hole of skeleton.holes) {
    parts.push(skeleton.bytes.subarray(from, hole.at), wrappedBase64(attachment(hole.attachment)));
    from = hole.at;
  }
  parts.push(skeleton.bytes.subarray(from));
  return Buffer.concat(parts);
}

/** Base64 in lines of 76 characters, 57 bytes each (RFC 2045 §6.8). */
function wrappedBase64(bytes: Buffer): Buffer {
  const base64 = bytes.toString('base64');
  const lines: string[] = [];
  for (let from = 0; from < base64.length; from += 76) lines.push(base64.slice(from, from + 76));
  return Buffer.from(lines.join('\r\n'), 'latin1');
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

function addressesOf(header: AddressObject | AddressObject[] | undefined): string[] {
  return [header ?? []].flat().flatMap((one) => one.value.flatMap((address) => address.address ?? []));
}
