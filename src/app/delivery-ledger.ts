// What the connections of one delivery write, gathered: all that they ask for while a commit is under way goes into the next
// one, so the number of commits does not grow with the number of connections.
import type { Outcome } from '../channels/sender.ts';
import { because } from '../core/reason.ts';
import { beginAttempts, endAttempts, markFailed, markLeft, putOff } from '../db/delivery.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { giveBack } from '../db/reminder.ts';
import { type ClaimedMail, leftEvent } from './claim-reminders.ts';
import { type CompanyWork, type Context, forCompany } from './context.ts';

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
  readonly #companyId: string;
  readonly #workerId: string;
  #waiting: Entry[] = [];
  #writing = false;

  constructor(context: Context, companyId: string, workerId: string) {
    this.#context = context;
    this.#companyId = companyId;
    this.#workerId = workerId;
  }

  /** The attempt, committed; null where the reminder is not this worker's any more. */
  begin(mail: ClaimedMail): Promise<string | null> {
    return this.#enter(null, mail);
  }

  async end(ended: Ended): Promise<void> {
    await this.#enter(ended, null);
  }

  endAndBegin(ended: Ended, next: ClaimedMail): Promise<string | null> {
    return this.#enter(ended, next);
  }

  async giveBack(reminderIds: readonly string[]): Promise<void> {
    if (reminderIds.length === 0) return;
    await forCompany(this.#context, { companyId: this.#companyId, actor: 'system' }, ({ tx }) => giveBack(tx, this.#companyId, reminderIds));
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
      try {
        const attempts = await forCompany(this.#context, { companyId: this.#companyId, actor: 'system' }, (work) => this.#commit(work, entries));
        for (const entry of entries) entry.resolve(entry.begins === null ? null : (attempts.get(entry.begins.reminderId) ?? null));
      } catch (error) {
        for (const entry of entries) entry.reject(error);
      }
    }
    this.#writing = false;
  }

  async #commit(work: CompanyWork, entries: readonly Entry[]): Promise<Map<string, string>> {
    const { tx, company, today, scope } = work;
    const at = new Date(this.#context.now().epochMilliseconds);
    const ended = entries.flatMap((entry) => entry.ended ?? []);
    const accepted = ended.filter((one) => one.outcome.kind === 'accepted');
    const unknown = ended.filter((one) => one.outcome.kind === 'unknown');
    await endAttempts(tx, company.id, ended.map(({ attemptId, outcome }) => ({ id: attemptId, state: attemptStates[outcome.kind], answer: outcome.answer })));
    await markLeft(tx, company.id, accepted.map((one) => one.mail.reminderId), 'sent', today, at);
    await markLeft(tx, company.id, unknown.map((one) => one.mail.reminderId), 'in_doubt', today, at);
    const events: NewEvent[] = [
      ...accepted.map((one) => leftEvent('reminder.sent', one.mail)),
      ...unknown.map((one) => leftEvent('reminder.in-doubt', one.mail)),
    ];
    for (const { mail, outcome } of ended) {
      if (outcome.kind === 'refused-for-now') {
        const delayMinutes = delaysMinutes[Math.min(mail.attemptsBefore, delaysMinutes.length - 1)]!;
        await putOff(tx, company.id, mail.reminderId, new Date(at.getTime() + delayMinutes * 60_000));
        events.push(refusedEvent('reminder.delayed', mail, { answer: outcome.answer, delayMinutes }));
      } else if (outcome.kind === 'refused') {
        await markFailed(tx, company.id, mail.reminderId, JSON.stringify(because('failed-before', { answer: outcome.answer })));
        events.push(refusedEvent('reminder.failed', mail, { answer: outcome.answer }));
      }
    }
    await recordEvents(tx, scope, events);
    return beginAttempts(tx, company.id, this.#workerId, entries.flatMap((entry) => entry.begins?.reminderId ?? []));
  }
}

const attemptStates = { accepted: 'accepted', 'refused-for-now': 'refused_for_now', refused: 'refused', unknown: 'in_doubt' } as const;

function refusedEvent(type: 'reminder.delayed' | 'reminder.failed', mail: ClaimedMail, payload: Record<string, string | number>): NewEvent {
  return { type, customerId: mail.customerId, invoiceId: mail.invoiceIds[0], reminderId: mail.reminderId, payload: { level: mail.level, ...payload } };
}
