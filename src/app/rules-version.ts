// A short text that is another one when the rules or the default are: whoever saves says which ones the screen had shown.
import { createHash } from 'node:crypto';
import type { Placing } from './place-customers.ts';

export function versionOf({ rules, defaultSequenceId }: Placing): string {
  return createHash('sha256')
    .update(JSON.stringify([rules, defaultSequenceId]))
    .digest('hex')
    .slice(0, 16);
}
