// Messages are composed in a thread of its own: the main one serves the connections of a delivery, which otherwise wait for each
// batch. The thread is started with the worker, ends with the process, and is started anew should it break.
import { Worker } from 'node:worker_threads';
import type { BatchToCompose, Composer, Composition } from '../app/compose-batch.ts';

export interface ComposerThread {
  compose: Composer;
  stop(): Promise<void>;
}

/** What the thread answers. */
export interface Answer {
  number: number;
  compositions?: Composition[];
  /** Where it failed: a broken invariant, as it would have been thrown here. */
  error?: unknown;
}

interface Waiting {
  resolve(compositions: Composition[]): void;
  reject(error: unknown): void;
}

export function startComposer(): ComposerThread {
  let asked = 0;
  const waiting = new Map<number, Waiting>();

  const failAll = (error: unknown): void => {
    thread = null;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./compose-thread.ts', import.meta.url));
    started.on('message', ({ number, compositions, error }: Answer) => {
      const one = waiting.get(number);
      waiting.delete(number);
      if (compositions === undefined) one?.reject(error);
      else one?.resolve(compositions);
    });
    started.on('error', failAll);
    started.on('exit', (code) => {
      if (thread === started) failAll(new Error(`The thread that composes messages ended with code ${code}.`));
    });
    // It keeps no process alive by itself.
    started.unref();
    return started;
  };

  let thread: Worker | null = start();
  return {
    compose: (batch) =>
      new Promise((resolve, reject) => {
        thread ??= start();
        asked += 1;
        waiting.set(asked, { resolve, reject });
        thread.postMessage({ number: asked, batch }, transferable(batch));
      }),
    stop: async () => {
      const ending = thread;
      thread = null;
      await ending?.terminate();
    },
  };
}

/** Files are handed over, not copied: nobody here reads them afterwards, and what they share memory with is of the same batch. */
function transferable(batch: BatchToCompose): ArrayBuffer[] {
  return [...new Set([...batch.files.values()].map((file) => file.buffer as ArrayBuffer))];
}
