// The interface of everything that goes out: one attempt to hand over one message, and what is known of it afterwards.

export interface OutgoingMail {
  from: string;
  to: string[];
  /** The exact bytes, as they are kept. */
  raw: Buffer;
  /**
   * Nothing of the message is handed over before this is true: the server may be told meanwhile who writes to whom. False, or an
   * error: the message is not handed over, and what `send` answers means nothing.
   */
  mayLeave?: Promise<boolean>;
}

/** One of the recipients, to whom the server does not deliver it. */
export interface RefusedRecipient {
  address: string;
  answer: string;
  /** 4yz: it may be accepted later. */
  forNow: boolean;
}

/** `notTo`: those whom the server refused one by one, whatever became of the message for the others. */
export type Outcome = { notTo?: readonly RefusedRecipient[] } & MessageOutcome;

type MessageOutcome =
  /** The server took it over. */
  | { kind: 'accepted'; answer: string }
  /** Refused for now (4xx, no connection): nothing was taken over, it is tried again. */
  | { kind: 'refused-for-now'; answer: string }
  /** Refused for good (5xx): a person must look at it. */
  | { kind: 'refused'; answer: string }
  /** The line broke after the message was begun: perhaps it was taken over. Never sent again by itself. */
  | { kind: 'unknown'; answer: string };

/** One connection, used for one message at a time. */
export interface Sender {
  send(mail: OutgoingMail): Promise<Outcome>;
  close(): Promise<void>;
}

/** Where and how mail is handed over; the secret in clear, in memory only. */
export interface MailServer {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  auth: 'none' | 'password' | 'oauth2';
  username: string | null;
  /** Password, or the OAuth2 refresh token. */
  secret: string | null;
  oauthClientId: string | null;
  oauthClientSecret: string | null;
  oauthTokenUrl: string | null;
  connections: number;
}
