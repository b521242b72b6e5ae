/** Builds the page before the first browser test: two of them that found it out of date would build into the same folder at once. */
import { buildWeb } from '../../scripts/build-web.ts';

export default async function setup(): Promise<void> {
  await buildWeb();
}
