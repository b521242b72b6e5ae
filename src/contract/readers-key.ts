// Apart from the schemas, because the page computes it too: with them it would carry the library that checks them.
import type { Live } from './live.ts';

/** Readers as a text that is the same as long as they are. */
export const readersKey = (readers: Live['readers']): string =>
  readers
    .map((one) => `${one.reminderId} ${one.name}`)
    .sort()
    .join('\n');
