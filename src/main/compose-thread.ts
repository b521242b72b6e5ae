// The thread that composes messages, a batch at a time.
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type BatchToCompose, type Composition, composeBatch } from '../app/compose-batch.ts';
import type { Answer } from './composer.ts';

/** What is composed lies ready for long; the connections wait for each answer of the thread that serves them. */
const afterTheConnections = 10;

// Linux alone gives a thread a priority of its own; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(afterTheConnections);

parentPort!.on('message', async ({ number, batch }: { number: number; batch: BatchToCompose }) => {
  try {
    const compositions = await composeBatch(batch);
    tell({ number, compositions: compositions.map(withOwnMemory) });
  } catch (error) {
    tell({ number, error });
  }
});

function tell(answer: Answer): void {
  const memory = (answer.compositions ?? []).flatMap((one) =>
    one.ok ? [one.composed.raw, one.composed.skeleton.bytes] : [],
  );
  parentPort!.postMessage(answer, [...new Set(memory.map((bytes) => bytes.buffer as ArrayBuffer))]);
}

/** Bytes that may be handed over: small ones lie in a piece of memory that others lie in too. */
function withOwnMemory(composition: Composition): Composition {
  if (!composition.ok) return composition;
  const { composed } = composition;
  const raw = own(composed.raw);
  const bytes = composed.skeleton.bytes === composed.raw ? raw : own(composed.skeleton.bytes);
  return {
    ...composition,
    composed: { ...composed, raw, skeleton: { ...composed.skeleton, bytes } },
    rawSha256: Uint8Array.from(composition.rawSha256),
    skeletonSha256: Uint8Array.from(composition.skeletonSha256),
  };
}

function own(bytes: Buffer): Buffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
}
