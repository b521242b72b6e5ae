// The code of a screen, which is loaded when it is first asked for, where the server does not answer at that moment.
import { Refusal } from './api.ts';

/**
 * Where its code can't be had, the router loads the whole page anew, which is right after an update: the code has another name then.
 * Where nobody answers it would leave the browser's own page of error: that is said on the screen instead, which can try again.
 */
export function loadAgain<M>(load: () => Promise<M>): () => Promise<M> {
  let failed = false;
  return async () => {
    try {
      if (failed) await styleAgain();
      const loaded = await load();
      failed = false;
      return loaded;
    } catch (error) {
      failed = true;
      await fetch('/', { method: 'HEAD' }).catch(() => {
        throw new Refusal(null);
      });
      throw error;
    }
  };
}

/** Of a sheet that could not be had, a browser has one without rules, or one whose rules nobody may read. */
function isThere({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false;
  }
}

/** Vite asks for a style sheet once, and takes one that it could not have for one that is there. */
async function styleAgain(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];
  const asked = links
    .filter((link) => !isThere(link))
    .map(
      (link) =>
        new Promise<void>((resolve, reject) => {
          const again = link.cloneNode() as HTMLLinkElement;
          again.onload = () => resolve();
          again.onerror = () => reject(new Refusal(null));
          link.replaceWith(again);
        }),
    );
  await Promise.all(asked);
}
