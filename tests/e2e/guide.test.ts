// The guide in a browser: opened from each screen at its page, by keyboard too; read, walked through, printed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { guidePageNames, guidePageOf, guideTitles } from '../../web/parts/guide-pages.ts';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';
import { firstOwner, type Site, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, lookIn, openBrowser, openPage } from './browser.ts';
import { chooseLanguage, enter, patient, signIn } from './steps.ts';

/** Each screen: its route, and an address of it. */
async function screensOf(visitor: Visitor, companyId: string): Promise<[route: string, path: string, part?: string][]> {
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  const { customerId } = (await visitor.ask('POST', at('/customers'), { name: 'Menuiserie Kerbrat' })).body;
  const invoice = { customerId, number: 'FAC-1', issuedOn: '2026-11-02', dueOn: '2026-11-18', totalMinor: 43_100 };
  const { invoiceId } = (await visitor.ask('POST', at('/invoices'), invoice)).body;
  return [
    ['/', '/'],
    ['/approve', '/approve'],
    ['/due', '/due'],
    ['/invoices', '/invoices'],
    ['/invoices/$invoiceId', `/invoices/${invoiceId}`],
    ['/customers', '/customers'],
    ['/customers/$customerId', `/customers/${customerId}`],
    ['/to-complete', '/to-complete'],
    ['/payments', '/payments'],
    ['/sent', '/sent'],
    ['/sequences', '/sequences'],
    ['/imports', '/imports'],
    ['/settings', '/settings?part=mail', 'mail'],
    ['/settings', '/settings?part=live', 'live'],
    ['/settings', '/settings?part=members', 'members'],
    ['/settings', '/settings?part=keys', 'keys'],
    ['/settings', '/settings?part=letterhead', 'letterhead'],
  ];
}

describe.skipIf(chromiumPath === null)('the guide', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  for (const language of ['fr', 'en'] as const) {
    const words = language === 'fr' ? fr : en;

    async function begin(): Promise<
      { site: Site; visitor: Visitor; companyId: string } & Awaited<ReturnType<typeof openPage>>
    > {
      const site = await startSite({ staticDir });
      const { visitor, companyId } = await firstOwner(site);
      const opened = await openPage(browser, site.url, language);
      await enter(opened.page, language);
      await chooseLanguage(opened.page, companyId, language);
      return { site, visitor, companyId, ...opened };
    }

    test(`each screen opens it at its page, in ${language}`, async () => {
      const { site, visitor, companyId, page, misdeeds, context } = await begin();
      const screens = await screensOf(visitor, companyId);
      // Which page a screen opens does not hang on the language; that it is there in English, a few show.
      for (const [route, path, part] of language === 'fr' ? screens : screens.slice(-3)) {
        await page.goto(`${site.url}${path}`);
        const name = guidePageOf(route, part)!;
        const title = guideTitles[language][name];
        await page
          .getByRole('banner')
          .getByRole('link', { name: words.guide.link(title), exact: true })
          .press('Enter');
        await page.waitForURL(`${site.url}/guide/${name}`);
        await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        await page.goBack();
        await page.waitForURL(`${site.url}${path}`);
      }
      // Where there is nothing, and in the guide itself, it is the table of contents.
      for (const path of ['/nowhere', '/guide/approve']) {
        await page.goto(`${site.url}${path}`);
        await page.getByRole('link', { name: words.guide.link(words.guide.contents) }).click();
        await page.getByRole('heading', { level: 1, name: words.guide.title, exact: true }).waitFor();
      }
      expect(misdeeds).toEqual([]);
      expect(site.unexpected).toEqual([]);
      await context.close();
      await site.stop();
    });

    test(`each page reads well at every size, its pictures are there, the next follows, in ${language}`, async () => {
      const { site, page, misdeeds, context } = await begin();
      await page.goto(`${site.url}/guide`);
      await page.getByRole('link', { name: guideTitles[language]['daily-mail'] }).waitFor();
      await lookAtEverySize(page, `guide-${language}`);
      await page.getByRole('link', { name: guideTitles[language][guidePageNames[0]!], exact: true }).click();
      for (const [place, name] of guidePageNames.entries()) {
        await page.waitForURL(`${site.url}/guide/${name}`);
        await page.getByRole('heading', { level: 1, name: guideTitles[language][name], exact: true }).waitFor();
        await page.getByRole('heading', { level: 2 }).last().waitFor();
        for (const picture of await page.locator('.guide img').all()) {
          await picture.scrollIntoViewIfNeeded();
          await expect
            .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth), patient)
            .toBeGreaterThan(1000);
        }
        const lookAt = language === 'fr' ? lookAtEverySize : lookIn('en');
        await lookAt(page, `guide-${name}-${language}`);
        const next = guidePageNames[place + 1];
        if (next !== undefined) await page.getByRole('link', { name: `${guideTitles[language][next]} →` }).click();
      }
      expect(misdeeds).toEqual([]);
      expect(site.unexpected).toEqual([]);
      await context.close();
      await site.stop();
    }, 360_000);
  }

  test('on paper there is the page alone, dark on white even where the screen is dark; links stay within the guide', async () => {
    const site = await startSite({ staticDir });
    await firstOwner(site);
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/guide/approve`, 'fr');
    await signIn(page);
    await page.getByRole('heading', { name: 'Voir aussi' }).waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
    for (const hidden of ['banner', 'navigation'] as const) expect(await page.getByRole(hidden).count()).toBe(0);
    for (const name of ['Imprimer', fr.mode.setClock]) expect(await page.getByRole('button', { name }).count()).toBe(0);
    const colours = await page
      .locator('.guide > p')
      .first()
      .evaluate((p) => [getComputedStyle(p).color, getComputedStyle(document.querySelector('h1')!).color]);
    for (const colour of colours) expect(brightness(colour)).toBeLessThan(80);
    await page.emulateMedia({ media: 'screen' });
    await page
      .getByRole('article')
      .or(page.locator('.guide'))
      .getByRole('link', { name: guideTitles.fr.remind })
      .click();
    await page.getByRole('heading', { level: 1, name: guideTitles.fr.remind }).waitFor();
    expect(misdeeds).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('the first script, with all that it begins with, is below 250 kB compressed; the guide and its reader are not in it', () => {
    const assets = join(staticDir, 'assets');
    const html = readFileSync(join(staticDir, 'index.html'), 'utf8');
    // The entry, and what the browser is told to fetch with it.
    const first = [...html.matchAll(/assets\/([\w-]+\.js)/g)].map((match) => match[1]!);
    expect(first.length).toBeGreaterThan(0);
    const sizes = first.map((name) => gzipSync(readFileSync(join(assets, name))).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(250_000);
    const said = 'Importer deux fois le même fichier';
    for (const name of first) expect(readFileSync(join(assets, name)).includes(said), name).toBe(false);
    const all = readdirSync(assets).filter((name) => name.endsWith('.js'));
    expect(all.filter((name) => readFileSync(join(assets, name)).includes(said))).toHaveLength(1);
    // Nor what checks the wire, which is the server's: the page takes types from it.
    for (const name of all)
      expect(readFileSync(join(assets, name), 'utf8'), name).not.toMatch(/markdown-?it|linkify|ZodError/i);
  });
});

/** Of "rgb(r, g, b)": the mean of the three. */
function brightness(colour: string): number {
  const [red, green, blue] = colour.match(/\d+/g)!.map(Number);
  return (red! + green! + blue!) / 3;
}
