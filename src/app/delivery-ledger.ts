// What the connections of one delivery write, gathered: all that they ask for while a commit is under way goes into the next
// one, so the number of commits does not grow with the number of connections.
import type { Outcome } from '../channels/sender.ts';
import { saysAddressIsBad, shortAnswer } from '../core/bounce.ts';
import { because } from '../core/reason.ts';
import { forgetRefusals } from '../db/bounce.ts';
import { type EndedAttempt, endAttempts, type LedgerTurn, markFailed, putOff, turnLedger } from '../db/delivery.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { endClaims } from '../db/reminder.ts';
import type { Row } from '../db/tables.ts';
import { type ClaimedMail, leftEvent } from './claim-reminders.ts';
import { type CompanyWork, type Context, forCompany, todayOf } from './context.ts';
import type { Worker } from './deliver-outbox.ts';
import { noLongerCounted } from './keep-to-limits.ts';
import { type Bounce, noteBounces } from './note-bounces.ts';
import { customersChanged } from './plan-customers.ts';
import { readdressWaiting } from './readdress-waiting.ts';

export interface Ended {
  mail: ClaimedMail;
  attemptId: string;
  outcome: Outcome;
}

interface Entry {
  ended: Ended | null;
  begins: ClaimedMail | null;
  resolve(attemptId: string | null): void;
  reject(error: unknown): void;
}

/** Minutes until the next try after the first, second … refusal; the last one repeats. */
const delaysMinutes = [1, 5, 15, 60, 180, 360];

export class DeliveryLedger {
  readonly #context: Context;
  readonly #company: Row<'company'>;
  readonly #worker: Worker;
  #waiting: Entry[] = [];
  #writing = false;

  constructor(context: Context, company: Row<'company'>, worker: Worker) {
    this.#context = context;
    this.#company = company;
    this.#worker = worker;
  }

  /** The attempt, committed; null where the reminder is not this claim's any more. */
  begin(mail: ClaimedMail): Promise<string | null> {
    return this.#enter(null, mail);
  }

  async end(ended: Ended): Promise<void> {
    await this.#enter(ended, null);
  }

  endAndBegin(ended: Ended, next: ClaimedMail): Promise<string | null> {
    return this.#enter(ended, next);
  }

  /** Claimed, and not to be handed over now: back to the outbox, but for what another delivery has claimed since. */
  async giveBack(mails: readonly ClaimedMail[]): Promise<void> {
    if (mails.length === 0) return;
    await forCompany(this.#context, { companyId: this.#company.id, actor: 'system' }, ({ tx, company }) =>
      endClaims(tx, company.id, mails),
    );
  }

  #enter(ended: Ended | null, begins: ClaimedMail | null): Promise<string | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ended, begins, resolve, reject });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const entries = this.#waiting;
      this.#waiting = [];
      const begins = entries.flatMap(({ begins: mail }) =>
        mail === null ? [] : [{ reminderId: mail.reminderId, claimId: mail.claimId, attemptId: newId() }],
      );
      for (const { attemptId } of begins) this.#worker.inHand.add(attemptId);
      let begun = new Set<string>();
      try {
        begun = await this.#turn(entries, begins);
        const attempts = new Map(begins.map(({ reminderId, attemptId }) => [reminderId, attemptId]));
        for (const { begins: mail, resolve } of entries) {
          const attemptId = mail === null ? undefined : attempts.get(mail.reminderId);
          resolve(attemptId !== undefined && begun.has(attemptId) ? attemptId : null);
        }
      } catch (error) {
        for (const entry of entries) entry.reject(error);
      }
      // What was not begun is in nobody's hands; what could not be written is found by the next recovery, which calls it in doubt.
      for (const { attemptId } of begins) if (!begun.has(attemptId)) this.#worker.inHand.delete(attemptId);
      for (const { ended } of entries) if (ended !== null) this.#worker.inHand.delete(ended.attemptId);
    }
    this.#writing = false;
  }

  /** Answers the attempts that were begun. */
  async #turn(entries: readonly Entry[], begins: LedgerTurn['begins']): Promise<Set<string>> {
    const now = this.#context.now();
    const ended = entries.flatMap((entry) => entry.ended ?? []);
    const accepted = ended.filter((one) => one.outcome.kind === 'accepted');
    const takenAtLast = accepted.filter(({ mail }) => mail.attemptsBefore > 0);
    const notTaken = ended.filter((one) => wasRefused(one) || (one.outcome.notTo ?? []).length > 0);
    if (takenAtLast.length > 0) await this.#forgetRefusals(takenAtLast);
    if (notTaken.length > 0) await this.#readdress(await this.#noteRefusals(notTaken));
    const unknown = ended.filter((one) => one.outcome.kind === 'unknown');
    const mails = [...ended.map(({ mail }) => mail), ...entries.flatMap((entry) => entry.begins ?? [])];
    return turnLedger(this.#context.db, this.#company.id, {
      workerId: this.#worker.id,
      today: todayOf(this.#company, now),
      at: new Date(now.epochMilliseconds),
      customerIds: [...new Set(mails.map(({ customerId }) => customerId))],
      ended: [...accepted, ...unknown].map(asEnded),
      begins,
      sent: accepted.map((one) => one.mail.reminderId),
      doubtful: unknown.map((one) => one.mail.reminderId),
      events: [
        ...accepted.map((one) => leftEvent('reminder.sent', one.mail)),
        ...accepted.flatMap(partlyDelivered),
        ...unknown.map((one) => leftEvent('reminder.in-doubt', one.mail)),
      ],
    });
  }

  /** What was refused before, and is taken now; who refuses it now is noted after that. */
  #forgetRefusals(takenAtLast: readonly Ended[]): Promise<void> {
    return forCompany(this.#context, { companyId: this.#company.id, actor: 'system' }, async ({ tx, company }) => {
      const customerIds = takenAtLast.map(({ mail }) => mail.customerId);
      await lockCustomers(tx, company.id, [...new Set(customerIds)]);
      await forgetRefusals(tx, company.id, takenAtLast.flatMap(addressesTried));
    });
  }

  /**
   * Refusals are rare: they are written apart, before anything else of the turn, and so is what was refused to some recipients only.
   * Answers whose messages wait for approval again.
   */
  #noteRefusals(notTaken: readonly Ended[]): Promise<string[]> {
    return forCompany(this.#context, { companyId: this.#company.id, actor: 'system' }, async (work) => {
      const { tx, company, scope } = work;
      const at = this.#context.now().epochMilliseconds;
      const noted = await noteBounces(work, 'server', notTaken.flatMap(bouncesIn));
      const refused = notTaken.filter(wasRefused);
      await endAttempts(tx, company.id, refused.map(asEnded));
      const events: NewEvent[] = [];
      for (const one of refused)
        events.push(...(one.outcome.kind === 'refused' ? [await giveUp(work, one)] : await tryLater(work, one, at)));
      await recordEvents(tx, scope, events);
      await noLongerCounted(
        work,
        refused.filter(({ outcome }) => outcome.kind === 'refused').map(({ mail }) => mail.customerId),
      );
      if (noted.blocked.length > 0) await customersChanged(work, noted.customerIds);
      return events.flatMap(({ type, customerId }) => (type === 'reminder.held-back' ? [customerId!] : []));
    });
  }

  /** Whoever is to approve them sees to whom they would leave now. Apart: customers are locked before their messages. */
  async #readdress(customerIds: readonly string[]): Promise<void> {
    if (customerIds.length === 0) return;
    await forCompany(this.#context, { companyId: this.#company.id, actor: 'system' }, async (work) => {
      await lockCustomers(work.tx, work.company.id, customerIds);
      await readdressWaiting(work, customerIds);
    });
  }
}

function addressesTried({ mail: { reminderId, addressees } }: Ended): { reminderId: string; address: string }[] {
  return addressees.map((address) => ({ reminderId, address }));
}

const wasRefused = ({ outcome: { kind } }: Ended): boolean => kind === 'refused-for-now' || kind === 'refused';

async function giveUp({ tx, company }: CompanyWork, ended: Ended): Promise<NewEvent> {
  const { mail, outcome } = ended;
  if (!noAddressExists(ended)) {
    const { answer } = outcome;
    await markFailed(tx, company.id, mail.reminderId, because('failed-before', { answer }));
    return refusedEvent('reminder.failed', mail, { answer });
  }
  const answer = shortAnswer(outcome.notTo![0]!.answer);
  const reason = because('not-delivered', { level: mail.level, answer });
  await markFailed(tx, company.id, mail.reminderId, reason, 'undelivered');
  return refusedEvent('reminder.undelivered', mail, { to: mail.addressees, answer });
}

/** `at`: now, in milliseconds. Where its customer has another payer since, a person looks at it again before. */
async function tryLater({ tx, company }: CompanyWork, { mail, outcome }: Ended, at: number): Promise<NewEvent[]> {
  const delayMinutes = delaysMinutes[Math.min(mail.attemptsBefore, delaysMinutes.length - 1)]!;
  const waits = await putOff(tx, company.id, mail, new Date(at + delayMinutes * 60_000));
  const delayed = refusedEvent('reminder.delayed', mail, { answer: outcome.answer, delayMinutes });
  return waits ? [delayed, refusedEvent('reminder.held-back', mail, {})] : [delayed];
}

/** What the server said of single addresses. One that is refused for now is tried again with its message, unless others took it. */
function bouncesIn({ mail, outcome: { kind, notTo = [] } }: Ended): Bounce[] {
  return notTo.flatMap(({ address, answer, forNow }) => {
    if (forNow && kind !== 'accepted') return [];
    const blocks = !forNow && saysAddressIsBad(answer);
    const { reminderId, customerId } = mail;
    return [{ reminderId, customerId, address, kind: 'failed', reason: answer, blocks }];
  });
}

/** Each of its addresses was refused because there is none such. */
function noAddressExists({ mail, outcome: { notTo = [] } }: Ended): boolean {
  const bad = notTo.filter(({ answer, forNow }) => !forNow && saysAddressIsBad(answer));
  return mail.addressees.every((address) => bad.some((one) => one.address === address));
}

function partlyDelivered({ mail, outcome: { notTo = [] } }: Ended): NewEvent[] {
  if (notTo.length === 0) return [];
  const to = notTo.map(({ address }) => address);
  const others = mail.addressees.filter((address) => !to.includes(address));
  return [refusedEvent('reminder.partly-delivered', mail, { to, others, answer: shortAnswer(notTo[0]!.answer) })];
}

function asEnded({ attemptId, outcome }: Ended): EndedAttempt {
  return { id: attemptId, state: attemptStates[outcome.kind], answer: outcome.answer };
}

const attemptStates = {
  accepted: 'accepted',
  'refused-for-now': 'refused_for_now',
  refused: 'refused',
  unknown: 'in_doubt',
} as const;

function refusedEvent(
  type:
    | 'reminder.delayed'
    | 'reminder.held-back'
    | 'reminder.failed'
    | 'reminder.undelivered'
    | 'reminder.partly-delivered',
  mail: ClaimedMail,
  payload: Record<string, string | number | readonly string[]>,
): NewEvent {
  return {
    type,
    customerId: mail.customerId,
    invoiceId: mail.invoiceIds[0],
    reminderId: mail.reminderId,
    payload: { ...(mail.kind === 'thanks' ? { thanks: true } : { level: mail.level }), ...payload },
  };
}
