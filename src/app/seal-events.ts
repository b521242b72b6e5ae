// The chain of proof: committed events are numbered and each seal takes in the one before, so that a row changed, added or
// taken out later shows. One sealer for each company at a time.
import { createHash } from 'node:crypto';
import { payloadHash } from '../db/event.ts';
import { lastSeal, lockSealing, readSealed, unsealedEvents, writeSeals } from '../db/seal.ts';
import { type Context, forCompany } from './context.ts';

const batchSize = 5_000;

/** Seals what has been committed since the last time. Answers how many events were sealed. */
export async function sealEvents(context: Context, companyId: string): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await forCompany(context, { companyId, actor: 'system' }, async ({ tx }) => {
      if (!(await lockSealing(tx, companyId))) return 0;
      let { number, seal } = await lastSeal(tx, companyId);
      const seals = (await unsealedEvents(tx, companyId, batchSize)).map((event) => {
        number += 1;
        seal = sealOf(seal, number, event);
        return { id: event.id, number, seal };
      });
      await writeSeals(tx, companyId, seals);
      return seals.length;
    });
    sealed += count;
    if (count < batchSize) return sealed;
  }
}

interface SealedContent {
  id: string;
  type: string;
  actor: string;
  happenedAt: string;
  payloadHash: Buffer;
}

/** SHA-256 over the seal before, the number, and what the row says. */
function sealOf(before: Buffer, number: number, event: SealedContent): Buffer {
  const content = JSON.stringify([number, event.id, event.type, event.actor, event.happenedAt]);
  return createHash('sha256').update(before).update(content).update(event.payloadHash).digest();
}

export type ChainCheck =
  | { ok: true; events: number }
  | { ok: false; number: number; what: 'missing' | 'changed' | 'payload-changed' };

/** Goes through the whole chain: the first event that was changed, taken out or given another payload is named. */
export async function checkChain(context: Context, companyId: string): Promise<ChainCheck> {
  return forCompany(context, { companyId, actor: 'system' }, async ({ tx }) => {
    let before: Buffer = Buffer.alloc(32);
    let number = 0;
    for (;;) {
      const page = await readSealed(tx, companyId, number, batchSize);
      for (const event of page) {
        number += 1;
        if (event.number !== number) return { ok: false, number, what: 'missing' } as const;
        const seal = sealOf(before, number, event);
        if (!seal.equals(event.seal)) return { ok: false, number, what: 'changed' } as const;
        const erased = event.payload === null || event.salt === null;
        if (!erased && !payloadHash(event.salt!, event.payload!).equals(event.payloadHash))
          return { ok: false, number, what: 'payload-changed' } as const;
        before = event.seal;
      }
      if (page.length < batchSize) return { ok: true, events: number } as const;
    }
  });
}
