// The web server as a test runs it: a database of its own, a clock that the test sets, and a worker that delivers when an
// answer is given. It listens on a free port; requests go through fetch with a jar of cookies.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Context, noJobs } from '../../src/app/context.ts';
import { deliverOutbox, makeWorker } from '../../src/app/deliver-outbox.ts';
import { openSample } from '../../src/app/sample-company.ts';
import { workOperation } from '../../src/app/work-operations.ts';
import type { DomainNames } from '../../src/channels/domain-names.ts';
import { testMailServer } from '../../src/channels/smtp.ts';
import { secretBox } from '../../src/db/secret-box.ts';
import { createAuth } from '../../src/http/auth.ts';
import { buildServer } from '../../src/http/server.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

export interface Site {
  url: string;
  server: FastifyInstance;
  context: Context;
  database: TestDatabase;
  /** From now on it is that instant, '2026-11-23T09:30:00Z'. */
  setNow(instant: string): void;
  /** The clock goes on by so much, and what was to be delivered by then is. */
  pass(seconds: number): Promise<void>;
  /** Works the operations that were begun; without `operatesLate` it happens by itself after each answer. */
  operate(): Promise<void>;
  /** Everything that the server could not explain: a test that expects none looks here. */
  unexpected: unknown[];
  stop(): Promise<void>;
}

/** A Monday morning, a sending day in France. */
const monday = '2026-11-23T09:30:00Z';

/** Work for later, as the jobs hold it. */
interface Queue {
  toDeliver: { companyId: string; at: number }[];
  toOperate: { companyId: string; operationId: string }[];
}

interface SiteOptions {
  staticDir?: string;
  now?: string;
  operatesLate?: boolean;
  /** Who answers questions to the DNS; nobody by default. */
  domainNames?: DomainNames;
}

const nobodyAnswers: DomainNames = {
  txt: async () => ({ kind: 'no-answer' }),
  mx: async () => ({ kind: 'no-answer' }),
};

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const database = await freshDatabase();
  let now = Temporal.Instant.from(options.now ?? monday);
  const queue: Queue = { toDeliver: [], toOperate: [] };
  const asking = new AsyncLocalStorage<Queue>();
  const asked = new WeakMap<FastifyRequest, Queue>();
  const context: Context = {
    db: database.app,
    now: () => now,
    jobs: {
      deliver: async (_tx, companyId, afterSeconds = 0) => {
        (asking.getStore() ?? queue).toDeliver.push({ companyId, at: now.epochMilliseconds + afterSeconds * 1000 });
      },
      operate: async (_tx, companyId, operationId) => {
        (asking.getStore() ?? queue).toOperate.push({ companyId, operationId });
      },
    },
    secrets: secretBox(randomBytes(32)),
  };
  const { port, release } = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const unexpected: unknown[] = [];
  const worker = makeWorker(() => {
    throw new Error('in practice nothing is sent');
  });
  const server = await buildServer({
    context,
    auth: createAuth({ db: database.app, secret: randomBytes(32).toString('hex'), baseUrl: url }),
    staticDir: options.staticDir ?? import.meta.dirname,
    baseUrl: url,
    logger: false,
    tryMailServer: testMailServer,
    domainNames: options.domainNames ?? nobodyAnswers,
    writeBackup: async () => ({
      name: 'test.relance',
      stream: (await import('node:stream')).Readable.from(['backup']),
    }),
    openSample: (options) => openSample({ ...context, jobs: noJobs }, worker, options),
    onUnexpected: (error) => unexpected.push(error),
  });
  // One delivery after the other: who asks for what is due waits for what another took from the queue a moment before.
  let delivering = Promise.resolve();
  const deliverWhatIsDue = () => {
    const mine = delivering.then(async () => {
      const due = queue.toDeliver.filter(({ at }) => at <= now.epochMilliseconds);
      for (const one of due) queue.toDeliver.splice(queue.toDeliver.indexOf(one), 1);
      for (const companyId of new Set(due.map((one) => one.companyId))) await deliverOutbox(context, companyId, worker);
    });
    delivering = mine.catch(() => {});
    return mine;
  };
  const operate = async () => {
    for (const one of queue.toOperate.splice(0)) await workOperation(context, one.companyId, one.operationId);
  };
  // A job is there when the transaction that made it is committed, as in earnest: when its own request is about to be answered, not
  // when any is.
  server.addHook('onRequest', (request, _reply, done) => {
    const own: Queue = { toDeliver: [], toOperate: [] };
    asked.set(request, own);
    asking.run(own, done);
  });
  server.addHook('onSend', async (request) => {
    const own = asked.get(request);
    queue.toDeliver.push(...(own?.toDeliver.splice(0) ?? []));
    queue.toOperate.push(...(own?.toOperate.splice(0) ?? []));
  });
  server.addHook('onResponse', async () => {
    // What the worker makes to do is nobody's request. Its answer is out: what fails here would be told to nobody.
    await asking
      .exit(async () => {
        if (options.operatesLate !== true) await operate();
        await deliverWhatIsDue();
      })
      .catch((error: unknown) => {
        console.error('after an answer:', error);
        unexpected.push(error);
      });
  });
  await server.ready();
  await release();
  await server.listen({ port, host: '127.0.0.1' });
  return {
    url,
    server,
    context,
    database,
    setNow: (instant) => {
      now = Temporal.Instant.from(instant);
    },
    pass: (seconds) => {
      now = now.add({ seconds });
      return deliverWhatIsDue();
    },
    operate,
    unexpected,
    stop: async () => {
      await server.close();
      await database.drop();
    },
  };
}

/** A port that is kept until it is needed: the server must know its address before it listens, and meanwhile others look for ports. */
async function freePort(): Promise<{ port: number; release: () => Promise<unknown> }> {
  const keeper = createServer();
  await new Promise<void>((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  const { port } = keeper.address() as AddressInfo;
  return { port, release: () => new Promise((resolve) => keeper.close(resolve)) };
}

/** A visitor with a jar of cookies, or with an API key. */
export class Visitor {
  readonly #url: string;
  #cookie = '';
  readonly #key: string | null;
  language = 'en';

  constructor(site: Pick<Site, 'url'>, key: string | null = null) {
    this.#url = site.url;
    this.#key = key;
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const asIs = body instanceof FormData || body instanceof Uint8Array;
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        cookie: this.#cookie,
        'accept-language': this.language,
        ...(this.#key === null ? {} : { authorization: `Bearer ${this.#key}` }),
        ...(body === undefined || asIs ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: asIs ? (body as FormData) : JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) this.#cookie = set.split(';')[0]!;
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, bytes, body: isJson ? JSON.parse(text) : null };
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Without a byte order mark. */
  text: string;
  bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API says; the tests look at it
  body: any;
}

export const owner = { name: 'Claire Morvan', email: 'claire@example.org', password: 'une phrase courte' };
export const atelier = { name: 'Atelier Morvan', country: 'FR', timeZone: 'Europe/Paris', language: 'fr' as const };

/** The first visit done: the owner, signed in, and the company. */
export async function firstOwner(site: Site): Promise<{ visitor: Visitor; companyId: string }> {
  const visitor = new Visitor(site);
  const { body } = await visitor.ask('POST', '/api/first-visit', { account: owner, company: atelier });
  return { visitor, companyId: body.companyId };
}
