// The rows behind the chain of proof (app/seal-events.ts).
import { type Kysely, sql } from 'kysely';
import { given } from './given.ts';
import type { Tables } from './tables.ts';

const sealing = 0x5365616c;

/** True when this transaction is the only sealer of the company. */
export async function lockSealing(tx: Kysely<Tables>, companyId: string): Promise<boolean> {
  const found = await sql<{
    mine: boolean;
  }>`select pg_try_advisory_xact_lock(${sealing}, hashtext(${companyId})) as mine`.execute(tx);
  return found.rows[0]!.mine;
}

export async function lastSeal(tx: Kysely<Tables>, companyId: string): Promise<{ number: number; seal: Buffer }> {
  const found = await sql<{ number: number; seal: Buffer }>`
    select sealed_number as number, seal from event where company_id = ${companyId} and sealed_number is not null
    order by sealed_number desc limit 1`.execute(tx);
  return found.rows[0] ?? { number: 0, seal: Buffer.alloc(32) };
}

export interface UnsealedEvent {
  id: string;
  type: string;
  actor: string;
  happenedAt: string;
  payloadHash: Buffer;
}

/** The instant as text of a fixed form, so that a seal does not depend on a setting of the session. */
const instant = sql`to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;

export async function unsealedEvents(tx: Kysely<Tables>, companyId: string, limit: number): Promise<UnsealedEvent[]> {
  const found = await sql<UnsealedEvent>`
    select e.id, e.type, e.actor, ${instant} as "happenedAt", e.payload_hash as "payloadHash"
    from event e where e.company_id = ${companyId} and e.sealed_number is null order by e.id limit ${sql.lit(limit)}`.execute(
    tx,
  );
  return found.rows;
}

export async function writeSeals(
  tx: Kysely<Tables>,
  companyId: string,
  seals: readonly { id: string; number: number; seal: Buffer }[],
): Promise<void> {
  if (seals.length === 0) return;
  await sql`
    update event e set sealed_number = given.number, seal = given.seal
    from ${given(seals, { id: 'uuid', number: 'bigint', seal: 'bytea' })}
    where e.company_id = ${companyId} and e.id = given.id and e.sealed_number is null`.execute(tx);
}

export interface SealedEvent extends UnsealedEvent {
  number: number;
  seal: Buffer;
  salt: Buffer | null;
  /** The very text that was hashed. */
  payload: string | null;
}

export async function readSealed(
  tx: Kysely<Tables>,
  companyId: string,
  after: number,
  limit: number,
): Promise<SealedEvent[]> {
  const found = await sql<SealedEvent>`
    select e.id, e.type, e.actor, ${instant} as "happenedAt", e.payload_hash as "payloadHash", e.sealed_number as number, e.seal,
      p.salt, p.payload::text as payload
    from event e left join event_payload p on p.company_id = e.company_id and p.event_id = e.id
    where e.company_id = ${companyId} and e.sealed_number > ${after} order by e.sealed_number limit ${sql.lit(limit)}`.execute(
    tx,
  );
  return found.rows;
}
