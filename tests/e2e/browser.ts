// A real browser for a test: the system's Chromium, watched for what a page must never do.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { inFewColours } from './small-png.ts';

const candidates = [
  // Without a window, which no test looks at: the pages are drawn by the same engine, and sooner.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a Chromium is; null where there is none. */
export const chromiumPath: string | null =
  process.env.CHROMIUM_PATH ?? candidates.find((path) => existsSync(path)) ?? null;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    // As root, Chromium's own sandbox does not start; the pages are ours.
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  });
}

export interface Watched {
  context: BrowserContext;
  page: Page;
  /** Errors of the console and of the page, requests to anyone else: a test ends by expecting none. */
  misdeeds: string[];
}

/** A page as a visitor has it. What the server refuses on purpose (a wrong password) is not an error of the page. */
export async function openPage(browser: Browser, url: string, language: 'fr' | 'en', width = 1440): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const misdeeds: string[] = [];
  const { origin } = new URL(url);
  page.on('console', (message) => {
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) misdeeds.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => misdeeds.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      misdeeds.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { context, page, misdeeds };
}

/** The rules that look at colours: they take most of the time, and find the same whatever the width. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** What axe finds against WCAG 2.2 AA and its good practices, in a line each. */
export async function axeViolations(
  page: Page,
  about: 'everything' | 'colours' | 'structure' = 'everything',
): Promise<string[]> {
  await still(page);
  // Once for each document: to read axe itself takes longer than to apply most of its rules.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const chosen =
    about === 'colours'
      ? { runOnly: { type: 'rule' as const, values: ofColours } }
      : about === 'structure'
        ? { rules: Object.fromEntries(ofColours.map((rule) => [rule, { enabled: false }])) }
        : {};
  return page.evaluate(async (options) => {
    const { run } = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, {
      // A message's frame is not ours to judge, and does not answer: it would be waited for.
      iframes: false,
      resultTypes: ['violations'],
      ...options,
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, chosen);
}

/** Until every colour and place is what it becomes: some change over an instant, and half-way their contrast is nobody's. */
const still = (page: Page): Promise<unknown> =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      // Grey lines in the place of what is on its way move without end.
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );

/** Whether the page is wider than its window: it must never be. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Every rule at every width, in every light and language: the long series. */
export const thorough = process.env.RELANCE_THOROUGH === '1';

const artifacts = join(import.meta.dirname, '../../.artifacts');

/** A picture for whoever wants to look, with RELANCE_PICTURES=1; .artifacts is not kept. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.RELANCE_PICTURES !== '1') return;
  await still(page);
  await mkdir(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true });
}

/** A picture that the repository keeps, at this path from its root: only with RELANCE_PICTURES=kept. */
export async function keepPicture(page: Page, path: string): Promise<void> {
  if (process.env.RELANCE_PICTURES !== 'kept') return;
  await writeFile(join(import.meta.dirname, '../..', path), inFewColours(await stillPicture(page)));
}

/** What is in a frame is drawn a moment later: the picture is good when the next is the same. */
async function stillPicture(page: Page): Promise<Buffer> {
  let before = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  for (;;) {
    const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (png.equals(before)) return png;
    before = png;
  }
}

/** The page at both widths, in both lights: no axe violation, nothing wider than the window; a picture of each. */
async function lookAtEveryLight(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    for (const light of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: light, reducedMotion: 'reduce' });
      await page.waitForFunction((scheme) => document.documentElement.dataset.mantineColorScheme === scheme, light);
      await picture(page, `${name}-${width}-${light}`);
      // In the dark only the colours differ, and on a phone they are those of the wide window.
      const about = thorough ? 'everything' : width === 390 ? 'structure' : light === 'dark' ? 'colours' : 'everything';
      if (about !== 'structure' || light === 'light')
        expect(await axeViolations(page, about), `${name} at ${width}, ${light}`).toEqual([]);
      await expectItFits(page, name, width);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

/** By these rules in the wide window by day; the room that it takes at both widths. */
async function lookOnce(page: Page, name: string, about: 'everything' | 'structure' = 'everything'): Promise<void> {
  expect(await axeViolations(page, about), name).toEqual([]);
  for (const width of [...widths].reverse()) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `${name}-${width}-light`);
    await expectItFits(page, name, width);
  }
}

const lookAtStructure = (page: Page, name: string): Promise<void> => lookOnce(page, name, 'structure');

/** A scene, a dialog: its parts are those of the screens, which are looked at in every light; the long series does so here too. */
export const lookAtEverySize = thorough ? lookAtEveryLight : lookOnce;

const widths = [1440, 390] as const;

/** For a screen that is looked at in both languages: whole in French, which is longer; in English for what words can break. */
export const lookIn = (language: 'fr' | 'en'): ((page: Page, name: string) => Promise<void>) =>
  language === 'fr' || thorough ? lookAtEveryLight : lookAtStructure;

async function expectItFits(page: Page, name: string, width: number): Promise<void> {
  expect(await overflows(page), `${name} at ${width} is wider than its window`).toBe(false);
}
