// History: append-only events, coded and with parameters. The row keeps a salted hash of its payload, which is a row of its
// own so that an erasure can empty it and the chain still proves what stands.
import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { leastIdBefore, newId } from './id.ts';
import type { Tables } from './tables.ts';

export const eventTypes = [
  'company.created',
  'company.went-live',
  'company.clock-set',
  'company.changed',
  'closure.added',
  'closure.changed',
  'closure.removed',
  'mail-server.changed',
  'mail-server.tested',
  'letterhead.changed',
  'api-key.created',
  'api-key.revoked',
  'member.added',
  'member.role-changed',
  'member.removed',
  'member.password-reset',
  'member.away',
  'member.back',
  'customer.created',
  'customer.changed',
  'customer.enrolled',
  'customer.placed',
  'customer.in-charge',
  'customer.paid-by',
  'customer.pays-itself',
  'customer.pays-for',
  'customer.pays-no-more',
  'customer.merged',
  'customer.merged-in',
  'customer.paused',
  'customer.resumed',
  'customer.contacted',
  'contact.changed',
  'address.blocked',
  'address.unblocked',
  'invoice.created',
  'invoice.changed',
  'invoice.paused',
  'invoice.resumed',
  'invoice.level-set',
  'invoice.included',
  'invoice.started-anew',
  'invoice.settled-by-person',
  'dispute.opened',
  'dispute.closed',
  'charge.waived',
  'charge.restored',
  'rate.said',
  'rate.taken-back',
  'promise.made',
  'promise.kept',
  'promise.broken',
  'promise.goes-on',
  'promise.replaced',
  'promise.withdrawn',
  'payment.recorded',
  'payment.returned',
  'payment.changed',
  'payment.confirmed',
  'allocation.made',
  'allocation.undone',
  'credit.covers-everything',
  'sequence.created',
  'sequence.changed',
  'sequence.deleted',
  'enrolment-rule.added',
  'enrolment-rule.changed',
  'enrolment-rule.removed',
  'enrolment-rules.reordered',
  'company.default-sequence-changed',
  'company-file.added',
  'company-file.replaced',
  'company-file.removed',
  'template.created',
  'template.changed',
  'template.restored',
  'template.tested',
  'template.deleted',
  'reminder.planned',
  'reminder.approved',
  'reminder.approval-undone',
  'reminder.held-back',
  'reminder.edited',
  'reminder.postponed',
  'reminder.refused',
  'reminder.dropped',
  'reminder.sent',
  'reminder.captured',
  'reminder.delayed',
  'reminder.failed',
  'reminder.undelivered',
  'reminder.partly-delivered',
  'reminder.delivery-delayed',
  'reminder.delivery-unclear',
  'reminder.in-doubt',
  'reminder.resolved',
  'reminder.done',
  'reminder.undone',
  'step.skipped',
  'task.created',
  'task.changed',
  'task.done',
  'task.undone',
  'task.deleted',
  'operation.finished',
  'operation.undone',
  'run.finished',
  'import.finished',
  'backup.taken',
] as const;

export type EventType = (typeof eventTypes)[number];

export interface NewEvent {
  type: EventType;
  customerId?: string | null;
  invoiceId?: string | null;
  reminderId?: string | null;
  payload?: Record<string, unknown>;
}

/** Who acts, for which company, and on which of the company's days. */
export interface EventScope {
  companyId: string;
  actor: string;
  practice: boolean;
  day: Day;
}

/** The salted hash that the event row keeps of its payload (SHA-256 of salt, then the payload's JSON text). */
export function payloadHash(salt: Buffer, payload: string): Buffer {
  return createHash('sha256').update(salt).update(payload).digest();
}

/** Events as the database's record_events takes them: identified, salted, hashed. */
export function eventRows(events: readonly NewEvent[]): Record<string, unknown>[] {
  const salts = randomBytes(16 * events.length);
  return events.map((event, index) => {
    const salt = salts.subarray(16 * index, 16 * index + 16);
    const payload = JSON.stringify(event.payload ?? {});
    return {
      id: newId(),
      type: event.type,
      customer_id: event.customerId ?? null,
      invoice_id: event.invoiceId ?? null,
      reminder_id: event.reminderId ?? null,
      salt: salt.toString('hex'),
      hash: payloadHash(salt, payload).toString('hex'),
      payload,
    };
  });
}

/** Writes events in the transaction of what they tell: one statement however many there are. */
export async function recordEvents(tx: Kysely<Tables>, scope: EventScope, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { companyId, actor, practice, day } = scope;
  await sql`select record_events(${companyId}, ${actor}, ${practice}, ${day}, ${JSON.stringify(eventRows(events))}::jsonb)`.execute(
    tx,
  );
}

/** How long a transaction may take to commit and its events still be seen as new. */
const slowestCommitMs = 60_000;

/**
 * A text that is another one as soon as there is an event more; null: there is none. The last identifier alone would not do: a
 * transaction that began earlier may commit later, and its events then come before the last. So the recent ones are counted.
 */
export async function readLatestNews(tx: Kysely<Tables>, companyId: string): Promise<string | null> {
  const last = await sql<{ id: string }>`
    select id from event where company_id = ${companyId} order by id desc limit 1`.execute(tx);
  const latest = last.rows[0]?.id;
  if (latest === undefined) return null;
  const recent = await sql<{ count: number }>`
    select count(*) from event where company_id = ${companyId} and id >= ${leastIdBefore(latest, slowestCommitMs)}::uuid
      and id <= ${latest}::uuid`.execute(tx);
  return `${latest}.${recent.rows[0]!.count}`;
}
