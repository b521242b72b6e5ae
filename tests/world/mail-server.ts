// A real SMTP server on this machine, which does to each message what the test says, and remembers what it received.
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** 'accept', a refusal ('450' at the end of the data, 'rcpt 550' at the recipient), or a line that breaks in the middle. */
export type Behaviour =
  | 'accept'
  | `${4 | 5}${number}`
  | `rcpt ${4 | 5}${number}`
  | 'hang up at mail'
  | 'hang up after data';

export interface ReceivedMail {
  from: string;
  to: string[];
  raw: Buffer;
}

export interface MailServer {
  port: number;
  /** What was accepted. */
  accepted: ReceivedMail[];
  /** What was handed over whole, accepted or not. */
  seen: ReceivedMail[];
  /** What happens to the next messages, one after the other; then everything is accepted. */
  next(...behaviours: Behaviour[]): void;
  /** What happens to all messages from now on. */
  always(behaviour: Behaviour): void;
  /** The server's answer to that recipient from now on: '550 5.1.1 User unknown'. */
  refuse(address: string, answer: string): void;
  stop(): Promise<void>;
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  let queue: Behaviour[] = [];
  let otherwise: Behaviour = 'accept';
  const accepted: ReceivedMail[] = [];
  const seen: ReceivedMail[] = [];
  const current = (): Behaviour => queue[0] ?? otherwise;
  const refusals = new Map<string, string>();
  const used = (): void => {
    queue = queue.slice(1);
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom(_address, session, callback) {
      if (current() !== 'hang up at mail') return callback();
      used();
      hangUp(server, session.id);
    },
    onRcptTo({ address }, _session, callback) {
      const answer = refusals.get(address);
      if (answer !== undefined)
        return callback(Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) }));
      const behaviour = current();
      if (!behaviour.startsWith('rcpt ')) return callback();
      used();
      callback(refusal(behaviour.slice(5)));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const behaviour = current();
        used();
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((one) => one.address),
          raw: Buffer.concat(chunks),
        };
        seen.push(mail);
        if (behaviour === 'hang up after data') return hangUp(server, session.id);
        if (behaviour !== 'accept') return callback(refusal(behaviour));
        accepted.push(mail);
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => {
    // Clients that hang up, or that do not trust the certificate.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port.');

  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(stop);
  return {
    port: address.port,
    accepted,
    seen,
    next: (...behaviours) => {
      queue = behaviours;
    },
    always: (behaviour) => {
      otherwise = behaviour;
    },
    refuse: (address, answer) => {
      refusals.set(address, answer);
    },
    stop,
  };
}

function refusal(code: string): Error {
  return Object.assign(new Error(`refused with ${code}`), { responseCode: Number(code) });
}

/** As when a cable is pulled: the line is gone, without a word. */
function hangUp(server: SMTPServer, sessionId: string): void {
  for (const connection of server.connections as unknown as Set<{ id: string; _socket: { destroy(): void } }>) {
    if (connection.id === sessionId) connection._socket.destroy();
  }
}
