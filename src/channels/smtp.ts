// E-mail through SMTP: one kept connection for each sender, TLS, password or OAuth2 (Microsoft 365, Google). The message is a
// stream that is first read when the server has asked for the data: so it is known whether an error came before or after.
import { Readable, type Transform } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { MailServer, Outcome, OutgoingMail, RefusedRecipient, Sender } from './sender.ts';

/** How long a server may stay silent before the line is given up, in milliseconds (RFC 5321 §4.5.3.2 allows minutes). */
const patience = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 300_000, dnsTimeout: 30_000 };

/** A connection is made anew after so many messages: some servers refuse to go on for ever. */
const messagesPerConnection = 500;

export function smtpSender(server: MailServer): Sender {
  let connection: SMTPConnection | null = null;
  let sent = 0;

  const hangUp = (): void => {
    connection?.close();
    connection = null;
  };

  return {
    async send(mail) {
      if (connection !== null && sent >= messagesPerConnection) {
        connection.quit();
        connection = null;
      }
      if (connection === null) {
        const opened = await open(server);
        if ('kind' in opened) return opened;
        connection = opened.connection;
        connection.once('end', () => {
          connection = null;
        });
        sent = 0;
      }
      sent += 1;
      const outcome = await handOver(connection, mail);
      if (outcome.kind !== 'accepted') hangUp();
      return outcome;
    },
    async close() {
      connection?.quit();
      connection = null;
    },
  };
}

/** Connects and signs in, and hands a message over where there is one. */
export async function testMailServer(server: MailServer, mail?: OutgoingMail): Promise<Outcome> {
  const opened = await open(server);
  if ('kind' in opened) return opened;
  if (mail !== undefined) {
    const outcome = await handOver(opened.connection, mail);
    opened.connection.quit();
    return outcome;
  }
  opened.connection.quit();
  return { kind: 'accepted', answer: 'connected' };
}

async function open(server: MailServer): Promise<{ connection: SMTPConnection } | Outcome> {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...patience,
  });
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      connection.close();
      resolve(refusal(error));
    };
    // Kept for the life of the connection: an error on an idle line must not end the process.
    connection.on('error', fail);
    connection.connect(() => {
      if (server.auth === 'none') return resolve({ connection });
      connection.login(credentials(server), (error) => (error ? fail(error) : resolve({ connection })));
    });
  });
}

function credentials(server: MailServer): Parameters<SMTPConnection['login']>[0] {
  const user = server.username ?? '';
  if (server.auth === 'password') return { user, pass: server.secret ?? '' };
  const oauth2 = new XOAuth2({
    user,
    clientId: server.oauthClientId ?? undefined,
    clientSecret: server.oauthClientSecret ?? undefined,
    refreshToken: server.secret ?? undefined,
    accessUrl: server.oauthTokenUrl ?? undefined,
  });
  return { user, oauth2 };
}

/**
 * A message on its way to the server. Nodemailer pipes it into a stream that looks at each byte, in JavaScript, for lines that
 * begin with a dot: for a PDF that took longer than all else of its sending. Our mails have nothing but CR LF at the end of their
 * lines, and of the last one too, so the bytes are put behind that look, with their dots doubled (RFC 5321 §4.5.2) by a search that
 * is native. The stream, ended without having seen a byte, adds the last CR LF and the final dot.
 */
class Message extends Readable {
  readonly #mail: OutgoingMail;
  /** Bytes of it were handed over, or may have been. */
  begun = false;

  constructor(mail: OutgoingMail) {
    super({ read: () => {} });
    this.#mail = mail;
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    void this.#handOver(destination as unknown as Transform).catch((error: Error) => this.destroy(error));
    return destination;
  }

  async #handOver(data: Transform): Promise<void> {
    if (this.#mail.mayLeave !== undefined && !(await this.#mail.mayLeave)) throw new Error('the message may not leave');
    // The line was cut while the message waited.
    if (this.destroyed) return;
    this.begun = true;
    const bytes = withDoubledDots(this.#mail.raw);
    data.push(bytes.subarray(-2).equals(lineEnd) ? bytes.subarray(0, -2) : bytes);
    data.end();
  }
}

/** RFC 5321 §4.5.2: a dot at the beginning of a line is doubled. */
function withDoubledDots(raw: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  if (raw[0] === 0x2e) pieces.push(dot);
  for (let at = raw.indexOf(lineWithDot); at !== -1; at = raw.indexOf(lineWithDot, at + 2)) {
    pieces.push(raw.subarray(from, at + 2), dot);
    from = at + 2;
  }
  return pieces.length === 0 ? raw : Buffer.concat([...pieces, raw.subarray(from)]);
}

const dot = Buffer.from('.');
const lineEnd = Buffer.from('\r\n');
const lineWithDot = Buffer.from('\r\n.');

function handOver(connection: SMTPConnection, mail: OutgoingMail): Promise<Outcome> {
  const message = new Message(mail);
  return new Promise((resolve) => {
    let settled = false;
    const settle = (outcome: Outcome): void => {
      if (settled) return;
      settled = true;
      connection.off('end', onEnd);
      resolve(outcome);
    };
    const onEnd = (): void =>
      settle(
        message.begun
          ? { kind: 'unknown', answer: 'the connection was closed' }
          : { kind: 'refused-for-now', answer: 'the connection was closed' },
      );
    connection.once('end', onEnd);
    connection.send({ from: mail.from, to: mail.to }, message, (error, info) => {
      if (!error)
        return settle({ kind: 'accepted', answer: info?.response ?? '', notTo: refusedOnes(info?.rejectedErrors) });
      const refused = { ...refusal(error), notTo: refusedBy(error, mail) };
      const answered = codeOf(error) !== null;
      settle(message.begun && !answered ? { kind: 'unknown', answer: error.message } : refused);
    });
  });
}

/** RFC 5321 §4.2.1: 4yz for now, 5yz for good. Without an answer (no connection) it is for now. */
function refusal(error: Error): Outcome {
  const code = codeOf(error);
  return { kind: code !== null && code >= 500 ? 'refused' : 'refused-for-now', answer: error.message };
}

/** Those refused one by one; what a message to one recipient is answered after its data is about that one. */
function refusedBy(error: Error, { to }: OutgoingMail): RefusedRecipient[] {
  if ('rejectedErrors' in error && Array.isArray(error.rejectedErrors)) return refusedOnes(error.rejectedErrors);
  return to.length === 1 && 'command' in error && error.command === 'DATA' ? refusedOnes([error], to[0]) : [];
}

function refusedOnes(errors: readonly Error[] = [], only = ''): RefusedRecipient[] {
  return errors.map((error) => {
    const address = 'recipient' in error && typeof error.recipient === 'string' ? error.recipient : only;
    return { address, answer: answerIn(error), forNow: (codeOf(error) ?? 0) < 500 };
  });
}

/** In the server's own words. */
function answerIn(error: Error): string {
  return 'response' in error && typeof error.response === 'string' ? error.response : error.message;
}

function codeOf(error: Error): number | null {
  return 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
}
