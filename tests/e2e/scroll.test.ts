// Five hundred messages that wait are scrolled through without a dropped row: at each frame every row in sight is drawn, and each of
// the five hundred comes once, in its order. How long the frames took is printed, not judged.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { type Site, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, openBrowser, openPage } from './browser.ts';
import { manyWaiting } from './many.ts';
import { patient, signIn } from './steps.ts';

interface Watch {
  /** Customers in the order in which their rows were first in sight. */
  order: string[];
  /** What was wrong at a frame. */
  faults: string[];
  /** Milliseconds between two frames. */
  frames: number[];
  running: boolean;
}
declare global {
  interface Window {
    watch: Watch;
    settled: Promise<void>;
  }
}

/** From now on, at each frame, looks at what is under the list's window. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const seen: Watch = { order: [], faults: [], frames: [], running: true };
    window.watch = seen;
    const list = document.querySelector('.waiting')!;
    const known = new Set<string>();
    let before = performance.now();
    const look = (now: number) => {
      if (!seen.running) return;
      seen.frames.push(now - before);
      before = now;
      const { top, bottom, left, width } = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll('li:not(.waiting-end)')];
      const names = rows.map((row) => row.querySelector('strong')?.textContent ?? '');
      if (new Set(names).size !== names.length) seen.faults.push('a customer stands in two rows');
      let reached = top;
      for (const [index, row] of rows.entries()) {
        const box = row.getBoundingClientRect();
        if (box.bottom <= top || box.top >= bottom) continue;
        if (Math.abs(box.top - reached) > 2 && box.top > top) seen.faults.push(`a gap above ${names[index]}`);
        reached = box.bottom;
        const drawn = row.checkVisibility({
          contentVisibilityAuto: true,
          opacityProperty: true,
          visibilityProperty: true,
        });
        const text = row.querySelector('button')!;
        if (
          !drawn ||
          !text.checkVisibility({ contentVisibilityAuto: true }) ||
          text.getBoundingClientRect().height < 20
        )
          seen.faults.push(`${names[index]} is blank`);
        if (!known.has(names[index]!)) {
          known.add(names[index]!);
          seen.order.push(names[index]!);
        }
      }
      if (reached < bottom - 2) seen.faults.push(`nothing below ${reached - top} of ${bottom - top}`);
      // And what a person would hit in the middle of the window is a row.
      const hit = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
      if (hit?.closest('.waiting li') == null) seen.faults.push('no row in the middle');
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

const watched = (page: Page): Promise<Watch> =>
  page.evaluate(() => {
    window.watch.running = false;
    return window.watch;
  });

const aFrame = (page: Page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));

/** One key of the list's own scrolling, to its end: keys that come before it would be taken together. */
async function scrollBy(page: Page, key: string): Promise<void> {
  await page.waitForFunction(() => {
    const list = document.querySelector('.waiting')!;
    return list.scrollTop + list.clientHeight < list.scrollHeight - 1;
  });
  await page.evaluate(() => {
    const list = document.querySelector('.waiting')!;
    window.settled = new Promise((resolve) =>
      list.addEventListener('scrollend', () => requestAnimationFrame(() => resolve()), { once: true }),
    );
  });
  await page.keyboard.press(key);
  await page.evaluate(() => window.settled);
}

/** Whether the last row of all is in sight. */
const isAtEnd = (page: Page, count: number): Promise<boolean> =>
  page.evaluate((all) => {
    const list = document.querySelector('.waiting')!;
    const rows = list.querySelectorAll('li:not(.waiting-end)').length;
    return rows === all && list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
  }, count);

function print(how: string, { frames }: Watch): void {
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  console.log(`${how}: ${sorted.length} frames, median ${at(0.5)} ms, 95 of 100 ${at(0.95)} ms, longest ${at(1)} ms`);
}

describe.skipIf(chromiumPath === null)('five hundred messages', () => {
  const count = 500;
  let browser: Browser;
  let site: Site;
  let visitor: Visitor;
  let expected: string[];
  beforeAll(async () => {
    const staticDir = await buildWeb();
    browser = await openBrowser();
    site = await startSite({ staticDir });
    const made = await manyWaiting(site, count);
    visitor = made.visitor;
    expected = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/api/companies/${made.companyId}/reminders?state=to_approve&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { rows, nextCursor } = (await visitor.ask('GET', path)).body;
      expected.push(...rows.map((row: { customerName: string }) => row.customerName));
      cursor = nextCursor;
    }
    expect(new Set(expected).size).toBe(count);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  async function open(width: number) {
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/approve`, 'fr', width);
    await signIn(page);
    await page.getByText(`1 / ${count}`).waitFor();
    const list = page.getByRole('list', { name: 'Messages à valider' });
    await list.scrollIntoViewIfNeeded();
    return { page, list, misdeeds, context };
  }

  for (const width of [1440, 390]) {
    test(`by wheel, ${width} pixels wide`, async () => {
      const { page, list, misdeeds, context } = await open(width);
      await list.hover();
      await watch(page);
      while (!(await isAtEnd(page, count))) {
        await page.mouse.wheel(0, 250);
        await aFrame(page);
      }
      const seen = await watched(page);
      print(`by wheel at ${width}`, seen);
      expect(seen.faults).toEqual([]);
      expect(seen.order).toEqual(expected);
      expect(misdeeds).toEqual([]);
      await context.close();
    }, 180_000);
  }

  test('by keyboard, page by page, and back to the top', async () => {
    const { page, list, misdeeds, context } = await open(1440);
    await list.getByRole('button').first().focus();
    await watch(page);
    while (!(await isAtEnd(page, count))) {
      await scrollBy(page, 'PageDown');
    }
    await page.keyboard.press('Home');
    await expect.poll(() => list.evaluate((one) => one.scrollTop), patient).toBe(0);
    const seen = await watched(page);
    print('by keyboard', seen);
    expect(seen.faults).toEqual([]);
    expect(seen.order).toEqual(expected);
    expect(misdeeds).toEqual([]);
    await context.close();
  }, 180_000);

  test('message by message with J, past the end of the first page that was loaded', async () => {
    const from = 185;
    const walked = expected.slice(from, 215);
    const { page, list, misdeeds, context } = await open(1440);
    await list.getByRole('button').nth(from).click();
    await page.getByText(`${from + 1} / ${count}`).waitFor();
    await watch(page);
    const opened: string[] = [];
    for (const name of walked) {
      if (opened.length > 0) await page.keyboard.press('j');
      // The open row is drawn and in sight.
      await page.waitForFunction((one) => {
        const row = document.querySelector('.waiting li[data-open]');
        const list = document.querySelector('.waiting')!.getBoundingClientRect();
        if (row?.querySelector('strong')?.textContent !== one) return false;
        const box = row.getBoundingClientRect();
        return (
          box.top >= list.top - 1 &&
          box.bottom <= list.bottom + 1 &&
          row.checkVisibility({ contentVisibilityAuto: true })
        );
      }, name);
      opened.push(name);
    }
    const seen = await watched(page);
    print('with J', seen);
    await page.getByText(`${from + walked.length} / ${count}`).waitFor();
    expect(seen.faults).toEqual([]);
    // Those around the first and below the last one are in sight too.
    const first = expected.indexOf(seen.order[0]!);
    expect(seen.order).toEqual(expected.slice(first, first + seen.order.length));
    expect(seen.order).toEqual(expect.arrayContaining(walked));
    expect(misdeeds).toEqual([]);
    await context.close();
  }, 300_000);
});
