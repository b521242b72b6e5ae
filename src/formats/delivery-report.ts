// Reports of mail servers about messages that were not delivered, or not yet (RFC 3464, in a multipart/report of RFC 6522): which
// message, which recipients, what became of it there. Anything else is told apart, and nothing is guessed from prose.
import { type ParsedMail, simpleParser } from 'mailparser';

export interface ReportedRecipient {
  /** Where the server wanted to deliver it; after a forwarding it is not the one that was written to. */
  address: string;
  /** The one that was written to, where the server says it. */
  originalAddress: string | null;
  /** RFC 3464 §2.3.3: only `failed` says that the server has given up. */
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463: '5.1.1'. */
  status: string | null;
  /** The server's own words, or the status where it says none. */
  reason: string;
}

export type DeliveryReport =
  | {
      kind: 'report';
      /** Of the message that it is about, with their angle brackets: of what it returns, or, where that has none, what it answers. */
      messageIds: string[];
      recipients: ReportedRecipient[];
    }
  /** An absence, a receipt: it says nothing about an address (RFC 3834, RFC 8098). */
  | { kind: 'auto-reply' }
  | { kind: 'none' };

/**
 * A report carries whole messages with their attachments; what counts stands before them. So much of it is read, in bytes: a report of
 * any size takes no longer than that.
 */
const readBytes = 256 * 1024;

/** Never throws: what can't be read is no report. */
export async function readDeliveryReport(eml: Buffer): Promise<DeliveryReport> {
  const mail = await parsed(eml.subarray(0, readBytes));
  if (mail === null) return { kind: 'none' };
  const status = mail.attachments.find(({ contentType }) => statusTypes.has(contentType));
  const recipients = status === undefined ? [] : recipientsIn(status.content.toString('utf8'));
  if (recipients.length > 0) return { kind: 'report', messageIds: messageIdsIn(mail), recipients };
  return { kind: isAutomatic(mail) ? 'auto-reply' : 'none' };
}

/** RFC 3464, and RFC 6533 for addresses that are not ASCII. */
const statusTypes = new Set(['message/delivery-status', 'message/global-delivery-status']);

const returnedTypes = new Set(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']);

async function parsed(eml: Buffer): Promise<ParsedMail | null> {
  try {
    return await simpleParser(eml, {
      keepDeliveryStatus: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
    });
  } catch {
    return null;
  }
}

/** RFC 3464 §2.1: groups of fields with a blank line between them; the first is about the report, the others each about a recipient. */
function recipientsIn(text: string): ReportedRecipient[] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsIn)
    .flatMap((fields) => recipientIn(fields) ?? []);
}

function fieldsIn(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  // A line that begins with a blank goes on with the one before (RFC 5322 §2.2.3).
  for (const line of group.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

function recipientIn(fields: ReadonlyMap<string, string>): ReportedRecipient | null {
  const original = addressIn(fields.get('original-recipient'));
  const address = addressIn(fields.get('final-recipient')) ?? original;
  const action = /^[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0];
  if (address === null || !isAction(action)) return null;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null;
  const said = withoutType(fields.get('diagnostic-code') ?? '');
  return { address, originalAddress: original, action, status, reason: said === '' ? (status ?? action) : said };
}

const isAction = (text: string | undefined): text is ReportedRecipient['action'] =>
  text !== undefined && ['failed', 'delayed', 'delivered', 'relayed', 'expanded'].includes(text);

/** 'rfc822; <a@b.fr>': the address, without its type, brackets, or what xtext made of it (RFC 3461 §4). */
function addressIn(field: string | undefined): string | null {
  const text = withoutType(field ?? '').replace(/\+([0-9A-F]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return /[^\s<>;,"]+@[^\s<>;,"]+/.exec(text)?.[0] ?? null;
}

/** 'smtp; 550 5.1.1 …': without the type before it. */
function withoutType(field: string): string {
  const semicolon = field.indexOf(';');
  return (/^[\w.-]+\s*$/.test(field.slice(0, Math.max(semicolon, 0))) ? field.slice(semicolon + 1) : field).trim();
}

function messageIdsIn(mail: ParsedMail): string[] {
  const returned = mail.attachments.filter(({ contentType }) => returnedTypes.has(contentType));
  const headers = returned.map(({ content }) => content.toString('latin1').split(/\r?\n\r?\n/, 1)[0]!);
  const ofReturned = headers.flatMap((text) => /^message-id:\s*(<[^<>\s]+>)/im.exec(text)?.[1] ?? []);
  if (ofReturned.length > 0) return [...new Set(ofReturned)];
  // What it returns may be left out. The rest of a thread is no message that came back: a person's own answer in it may be.
  return [mail.inReplyTo ?? [mail.references ?? []].flat().at(-1) ?? []].flat();
}

/** RFC 3834 §5, and what older servers write instead. */
function isAutomatic(mail: ParsedMail): boolean {
  const submitted = mail.headers.get('auto-submitted');
  if (typeof submitted === 'string' && !/^no\b/i.test(submitted.trim())) return true;
  const type = mail.headerLines.find(({ key }) => key === 'content-type')?.line ?? '';
  return (
    /report-type="?disposition-notification/i.test(type) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => mail.headers.has(name)) ||
    /^auto.?reply\b/i.test(String(mail.headers.get('precedence') ?? ''))
  );
}
