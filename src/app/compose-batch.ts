// A batch of messages, rendered and composed: facts in, bytes and their hashes out, nothing else read or written. So it can be done
// in a thread of its own, while the connections of a delivery are served.

import type { Day } from '../core/day.ts';
import type { Fault } from '../core/fault.ts';
import type { ReminderToRender } from '../db/delivery.ts';
import type { Row } from '../db/tables.ts';
import { bodiesOf, sha256 } from '../formats/mail.ts';
import { type ComposedReminder, composeReminder } from './compose-reminder.ts';
import { type Owed, renderReminder, type Templates } from './render-reminder.ts';

/** Plain data: it may cross to another thread. */
export interface BatchToCompose {
  company: Row<'company'>;
  templates: Templates;
  reminders: ({ reminder: ReminderToRender } & Owed)[];
  /** The attachments, by SHA-256 in hexadecimal. They may be gone from the caller's memory afterwards. */
  files: ReadonlyMap<string, Uint8Array>;
  today: Day;
  /** The Date header. */
  date: Date;
}

/** In the order of the batch: the message, or why its template can't be rendered. */
export type Composition =
  | { ok: true; composed: ComposedReminder; rawSha256: Uint8Array; skeletonSha256: Uint8Array }
  | { ok: false; fault: Fault };

export type Composer = (batch: BatchToCompose) => Promise<Composition[]>;

export const composeBatch: Composer = async ({ company, templates, reminders, files, today, date }) => {
  const bodies = bodiesOf(new Map([...files].map(([hash, file]) => [hash, asBuffer(file)])));
  return reminders.map(({ reminder, ...owed }): Composition => {
    const rendered = renderReminder(company, templates, reminder, owed, today);
    if (!rendered.ok) return rendered;
    const composed = composeReminder(company, reminder, rendered.value, bodies, date);
    const rawSha256 = sha256(composed.raw);
    const { skeleton } = composed;
    const skeletonSha256 = skeleton.holes.length === 0 ? rawSha256 : sha256(skeleton.bytes);
    return { ok: true, composed, rawSha256, skeletonSha256 };
  });
};

/** The same memory, as what reads and writes it here. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
