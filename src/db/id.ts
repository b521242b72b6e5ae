// Identifiers: UUIDv7 (RFC 9562 §5.7), made by us, so that rows sort by the moment they were made.
import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;
let lastMillisecond = 0;
let counter = 0;

/** A new identifier, greater as text than any that this process made before. */
export function newId(): string {
  if (used + 8 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    counter = pool.readUInt16BE(used) & 0x3ff;
  } else if (++counter > 0xfff) {
    lastMillisecond += 1;
    counter = 0;
  }
  const time = lastMillisecond.toString(16).padStart(12, '0');
  const random = pool.subarray(used, used + 8);
  used += 8;
  const tail = Buffer.from(random);
  tail[0] = (tail[0]! & 0x3f) | 0x80;
  const hex = tail.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** The least identifier that may have been made so many milliseconds before that one. */
export function leastIdBefore(id: string, milliseconds: number): string {
  const made = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const time = Math.max(0, made - milliseconds)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
