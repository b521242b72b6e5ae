// Delivery: what is ready leaves. Reminders are claimed in batches (looked at once more, rendered, their bytes stored), then
// each connection hands over one at a time: marked begun and committed, sent, its outcome noted. In practice they are captured.
import type { MailServer, Outcome, Sender } from '../channels/sender.ts';
import { isSendingDay, type SendingCalendar } from '../core/calendar.ts';
import { reminderBacklog } from '../db/delivery.ts';
import { readCalendar } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import type { Row } from '../db/tables.ts';
import { openMailServer } from './change-company.ts';
import { type ClaimedMail, claimBatch, leavableToday } from './claim-reminders.ts';
import { type Composer, composeBatch } from './compose-batch.ts';
import { type Context, forCompany } from './context.ts';
import { DeliveryLedger, type Ended } from './delivery-ledger.ts';
import { planEveryone } from './run-dunning.ts';

/** A worker: its identifier is locked in the database for as long as it lives. */
export interface Worker {
  id: string;
  openSender(server: MailServer): Sender;
  /** Renders and composes messages: here, or in a thread of its own. */
  compose: Composer;
  /** The attempts that its connections have begun and whose outcome is not noted yet. */
  readonly inHand: Set<string>;
}

export function makeWorker(
  openSender: Worker['openSender'],
  { id = newId(), compose = composeBatch }: { id?: string; compose?: Composer } = {},
): Worker {
  return { id, openSender, compose, inHand: new Set() };
}

export interface DeliveryCounts {
  sent: number;
  captured: number;
  delayed: number;
  failed: number;
  inDoubt: number;
  dropped: number;
  /** Ready, but not leaving now, for the reason in `heldBecause`. */
  held: number;
  heldBecause: 'mail-server-missing' | 'not-a-sending-day' | 'outside-sending-hours' | 'bank-not-fresh' | null;
}

const batchSize = 200;

/** The first batch is small: the connections wait for it. */
const firstBatchSize = 30;

/** The queue is refilled when it falls below this, so that no connection waits for a claim. */
const lowWater = 200;

/** One is composed while the next is read. */
const claimsAtOnce = 2;

/** Messages with big files are few to a batch: so many bytes that wait keep the connections busy, and no more is claimed beside them. */
const lowWaterBytes = 25_000_000;

/** After so many refusals in a row the server is taken to be down: the rest waits for the next delivery. */
const refusalsUntilGivingUp = 5;

export const noneYet = (): DeliveryCounts => ({
  sent: 0,
  captured: 0,
  delayed: 0,
  failed: 0,
  inDoubt: 0,
  dropped: 0,
  held: 0,
  heldBecause: null,
});

export async function deliverOutbox(context: Context, companyId: string, worker: Worker): Promise<DeliveryCounts> {
  const counts = noneYet();
  const begun = await emptyOutbox(context, companyId, worker, counts);
  // What has left moves its case on: the next step and its day are known at once, not at the next run.
  if (begun) await planEveryone(context, { companyId, actor: 'system' });
  return counts;
}

/** What is ready leaves, and is counted as it does; false where nothing is, or may leave now. */
export async function emptyOutbox(
  context: Context,
  companyId: string,
  worker: Worker,
  counts: DeliveryCounts,
): Promise<boolean> {
  const acting = { companyId, actor: 'system' };
  const way = await forCompany(context, acting, async ({ tx, company, today }) => {
    const backlog = await reminderBacklog(tx, companyId, today);
    if (backlog === 0) return null;
    const server = await tx
      .selectFrom('mail_server')
      .selectAll()
      .where('company_id', '=', companyId)
      .executeTakeFirst();
    const calendar = await readCalendar(tx, company);
    const leavable = await leavableToday({ tx, company, today });
    const isAllHeld = leavable.belowLevel !== null && (await reminderBacklog(tx, companyId, today, leavable)) === 0;
    const holding = whatHolds(company, calendar, server, context.now(), today) ?? (isAllHeld ? 'bank-not-fresh' : null);
    if (holding !== null) Object.assign(counts, { held: backlog, heldBecause: holding });
    return holding === null ? { company, server: company.mode === 'live' ? server! : null } : null;
  });
  if (way === null) return false;
  if (way.server === null) await captureAll(context, companyId, worker, counts);
  else await handOverAll(context, way.company, worker, openMailServer(context, way.server), counts);
  return true;
}

function whatHolds(
  company: Row<'company'>,
  calendar: SendingCalendar,
  server: Row<'mail_server'> | undefined,
  now: Temporal.Instant,
  today: string,
): DeliveryCounts['heldBecause'] {
  if (!isSendingDay(calendar, today)) return 'not-a-sending-day';
  if (company.mode === 'practice') return null;
  if (server === undefined || company.sender_email === null) return 'mail-server-missing';
  const time = now.toZonedDateTimeISO(company.time_zone).toPlainTime().toString({ smallestUnit: 'second' });
  return time < company.sending_from || time > company.sending_until ? 'outside-sending-hours' : null;
}

async function captureAll(context: Context, companyId: string, worker: Worker, counts: DeliveryCounts): Promise<void> {
  for (;;) {
    const batch = await claimBatch(context, companyId, worker, batchSize, 'capture');
    counts.dropped += batch.dropped;
    counts.failed += batch.failed;
    counts.captured += batch.mails.length;
    if (batch.candidates === 0) return;
  }
}

async function handOverAll(
  context: Context,
  company: Row<'company'>,
  worker: Worker,
  server: MailServer,
  counts: DeliveryCounts,
): Promise<void> {
  const queue = new ClaimQueue(context, company.id, worker, counts);
  const ledger = new DeliveryLedger(context, company, worker);
  const lanes = Array.from({ length: server.connections }, () =>
    runLane(worker.openSender(server), queue, ledger, counts),
  );
  const results = await Promise.allSettled(lanes);
  await queue.giveBackRest(ledger);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** One connection, until the queue is empty or the server seems to be down. */
async function runLane(
  sender: Sender,
  queue: ClaimQueue,
  ledger: DeliveryLedger,
  counts: DeliveryCounts,
): Promise<void> {
  let refusals = 0;
  try {
    let mail = await queue.next();
    let beginning = mail === null ? null : ledger.begin(mail);
    while (mail !== null && beginning !== null) {
      const outcome = await handOver(sender, mail, beginning);
      const attemptId = await beginning;
      let ended: Ended | null = null;
      if (attemptId !== null) {
        count(outcome, counts);
        refusals = outcome.kind === 'refused-for-now' ? refusals + 1 : 0;
        if (refusals >= refusalsUntilGivingUp) queue.stop();
        ended = { mail, attemptId, outcome };
      } else {
        queue.lookAgain();
      }
      const following = queue.takeAtOnce();
      if (ended !== null && following !== null) {
        // The outcome of one and the beginning of the next are one commit.
        mail = following;
        beginning = ledger.endAndBegin(ended, following);
      } else {
        if (ended !== null) await ledger.end(ended);
        mail = following ?? (await queue.next());
        beginning = mail === null ? null : ledger.begin(mail);
      }
    }
  } finally {
    await sender.close();
  }
}

/**
 * While its beginning is being committed, the server is already told who writes to whom; the message itself waits for the commit.
 * A sender that fails instead of answering has perhaps handed the message over.
 */
async function handOver(sender: Sender, mail: ClaimedMail, beginning: Promise<string | null>): Promise<Outcome> {
  const { envelope, raw } = mail;
  try {
    const mayLeave = beginning.then((attemptId) => attemptId !== null);
    // Whoever waits for the beginning is told of its failure; the sender may never ask.
    mayLeave.catch(() => {});
    return forTheCustomer(mail, await sender.send({ from: envelope.from, to: envelope.to, raw, mayLeave }));
  } catch (error) {
    return { kind: 'unknown', answer: error instanceof Error ? error.message : String(error) };
  }
}

/** That the company's own copy was taken over is no delivery: where all of the customer's addresses were refused, the message was. */
function forTheCustomer({ addressees }: ClaimedMail, outcome: Outcome): Outcome {
  const notTo = (outcome.notTo ?? []).filter(({ address }) => addressees.includes(address));
  const [first] = notTo;
  if (outcome.kind !== 'accepted' || first === undefined || notTo.length < addressees.length)
    return { ...outcome, notTo };
  const kind = notTo.some(({ forNow }) => forNow) ? 'refused-for-now' : 'refused';
  return { kind, answer: first.answer, notTo };
}

function count(outcome: Outcome, counts: DeliveryCounts): void {
  if (outcome.kind === 'accepted') counts.sent += 1;
  else if (outcome.kind === 'refused-for-now') counts.delayed += 1;
  else if (outcome.kind === 'refused') counts.failed += 1;
  else counts.inDoubt += 1;
}

/**
 * Claimed mails, filled ahead of the connections that take them: while one batch is being composed, the next is read already, of other
 * customers.
 */
class ClaimQueue {
  readonly #context: Context;
  readonly #companyId: string;
  readonly #worker: Worker;
  readonly #counts: DeliveryCounts;
  readonly #mails: ClaimedMail[] = [];
  /** Of #mails, and of the last batch: that many are expected of each claim under way. */
  #bytes = 0;
  #batchBytes = 0;
  readonly #rest: ClaimedMail[] = [];
  readonly #claims = new Set<Promise<void>>();
  /** Whose messages are being claimed. */
  readonly #customers = new Set<string>();
  /** Resolved once it is known whose messages the last claim takes: the next one leaves them to it. */
  #picked: Promise<void> = Promise.resolve();
  #size = firstBatchSize;
  /** All that is left to claim belongs to customers of claims under way. */
  #othersHaveTheRest = false;
  #exhausted = false;
  #stopped = false;

  constructor(context: Context, companyId: string, worker: Worker, counts: DeliveryCounts) {
    this.#context = context;
    this.#companyId = companyId;
    this.#worker = worker;
    this.#counts = counts;
  }

  takeAtOnce(): ClaimedMail | null {
    if (this.#mails.length <= lowWater) this.#fill();
    const mail = this.#mails.shift() ?? null;
    this.#bytes -= mail?.raw.length ?? 0;
    return mail;
  }

  /** Throws what a claim that it waited for threw. */
  async next(): Promise<ClaimedMail | null> {
    for (;;) {
      const mail = this.takeAtOnce();
      if (mail !== null) return mail;
      if (this.#claims.size === 0) return null;
      await Promise.race(this.#claims);
    }
  }

  /** What could not be begun is in the outbox again. */
  lookAgain(): void {
    this.#exhausted = this.#stopped;
  }

  /** No more claims; the connections finish what they hold. */
  stop(): void {
    this.#stopped = true;
    this.#exhausted = true;
    this.#rest.push(...this.#mails.splice(0));
    this.#bytes = 0;
  }

  async giveBackRest(ledger: DeliveryLedger): Promise<void> {
    await Promise.allSettled(this.#claims);
    await ledger.giveBack([...this.#rest, ...this.#mails]);
  }

  #fill(): void {
    while (this.#mayClaim()) {
      const claim = this.#claim().finally(() => this.#claims.delete(claim));
      // Whoever waits for it is told of its failure; nobody may be waiting.
      claim.catch(() => {});
      this.#claims.add(claim);
    }
  }

  #mayClaim(): boolean {
    if (this.#exhausted || this.#claims.size >= claimsAtOnce) return false;
    if (this.#bytes + this.#claims.size * this.#batchBytes >= lowWaterBytes) return false;
    return this.#claims.size === 0 || !this.#othersHaveTheRest;
  }

  #push(mails: readonly ClaimedMail[]): void {
    this.#mails.push(...mails);
    const bytes = mails.reduce((sum, { raw }) => sum + raw.length, 0);
    this.#bytes += bytes;
    if (mails.length > 0) this.#batchBytes = bytes;
  }

  async #claim(): Promise<void> {
    const before = this.#picked;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#picked = promise;
    let own: readonly string[] = [];
    try {
      await before;
      const isAlone = this.#customers.size === 0;
      const batch = await claimBatch(this.#context, this.#companyId, this.#worker, this.#size, 'hand-over', {
        customersElsewhere: this.#customers,
        picked: (customerIds) => {
          own = customerIds;
          for (const id of own) this.#customers.add(id);
          resolve();
        },
      });
      this.#size = Math.min(this.#size * 2, batchSize);
      this.#counts.dropped += batch.dropped;
      this.#counts.failed += batch.failed;
      // What another claim leaves of its customers' messages is looked for once it has ended.
      this.#othersHaveTheRest = batch.candidates === 0;
      if (batch.candidates === 0 && isAlone) this.#exhausted = true;
      if (this.#stopped) this.#rest.push(...batch.mails);
      else this.#push(batch.mails);
    } finally {
      for (const id of own) this.#customers.delete(id);
      resolve();
    }
  }
}
