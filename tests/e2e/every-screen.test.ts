// Every screen, full and empty, at both widths, in both languages, light and dark: no axe violation, nothing wider than the window,
// no word to anyone else. With RELANCE_PICTURES=1 a picture of each stays in .artifacts. In error: every-screen-in-error.test.ts.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { firstOwner, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, lookIn, openBrowser, openPage, thorough } from './browser.ts';
import { somethingEverywhere } from './something-everywhere.ts';
import { chooseLanguage, enter, showFromAddress, showWithin } from './steps.ts';

const lists = [
  '',
  'approve',
  'invoices',
  'customers',
  'due',
  'to-complete',
  'payments',
  'sent',
  'sequences',
  'templates',
  'imports',
  'history',
] as const;
const settings = [
  'company',
  'letterhead',
  'sender',
  'files',
  'calendar',
  'charges',
  'mail',
  'live',
  'members',
  'absences',
  'keys',
  'password',
  'backup',
] as const;

/** What the settings hold when they are filled in; answers the parts that look otherwise then. */
async function settingsFilledIn(visitor: Visitor, companyId: string): Promise<string[]> {
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  const letterhead = {
    legalName: 'Atelier Morvan',
    legalForm: 'SARL',
    capital: '10 000 €',
    street: '12, quai de l’Odet',
    postcode: '29000',
    city: 'Quimper',
    siret: '73282932000074',
    vatNumber: 'FR44732829320',
    registration: 'RCS Quimper',
    iban: 'FR1420041010050500013M02606',
    bic: 'BNPAFRPP',
    phone: '02 98 00 00 00',
    website: 'www.morvan.example',
  };
  expect((await visitor.ask('PUT', at('/letterhead'), letterhead)).status).toBe(200);
  for (const [name, role] of [
    ['Paul Agent', 'agent'],
    ['Léa Responsable', 'manager'],
  ]) {
    const member = { name, email: `${role}@morvan.example`, password: 'une phrase provisoire', role };
    expect((await visitor.ask('POST', at('/members'), member)).status).toBe(201);
  }
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7 conditions']), 'Conditions générales de vente 2026.pdf');
  const { id: fileId } = (await visitor.ask('POST', at('/files'), form)).body;
  const [sequence] = (await visitor.ask('GET', at('/sequences'))).body.rows;
  const steps = sequence.steps.map((step: object) => ({ ...step, fileIds: [fileId] }));
  expect((await visitor.ask('PUT', at(`/sequences/${sequence.id}`), { ...sequence, steps })).status).toBe(200);
  const key = { name: 'Logiciel de facturation', role: 'agent', endsOn: '2027-06-30' };
  await visitor.ask('POST', at('/api-keys'), key);
  const { id: keyId } = (await visitor.ask('POST', at('/api-keys'), { name: 'Ancien ERP', role: 'reader' })).body;
  await visitor.ask('DELETE', at(`/api-keys/${keyId}`));
  return ['letterhead', 'files', 'members', 'keys'];
}

/** By what a link does; in the long series each from its address, as the guide's and the narrower windows' tests have them too. */
const shown = (page: Page, url: string, path: string): Promise<void> =>
  thorough || isTheSameScreen(path) ? showFromAddress(page, `${url}/${path}`) : showWithin(page, path);

/** Where signing in led to already, and a list that is filtered: the title stays where it is. */
const isTheSameScreen = (path: string): boolean => path === '' || path.includes('?search=');

const nameOf = (path: string): string => (path === '' ? 'today' : path.replace(/\/.*/, '-one').replace(/[?=]/g, '-'));

describe.skipIf(chromiumPath === null)('every screen', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  for (const language of ['fr', 'en'] as const) {
    const lookAt = lookIn(language);

    test(`full, in ${language}`, async () => {
      const site = await startSite({ staticDir });
      const { companyId, one } = await somethingEverywhere(site);
      const paths = [...lists, 'guide', ...Object.values(one), 'nowhere'];
      const { page, misdeeds, context } = await openPage(browser, site.url, language);
      await enter(page, language);
      await chooseLanguage(page, companyId, language);
      for (const path of paths) {
        await shown(page, site.url, path);
        await lookAt(page, `full-${nameOf(path)}-${language}`);
      }
      expect(misdeeds).toEqual([]);
      expect(site.unexpected).toEqual([]);
      await context.close();
      await site.stop();
    }, 240_000);

    test(`empty, in ${language}`, async () => {
      const site = await startSite({ staticDir });
      const { companyId } = await firstOwner(site);
      const { page, misdeeds, context } = await openPage(browser, site.url, language);
      await enter(page, language);
      await chooseLanguage(page, companyId, language);
      // A history is never empty, but for what is looked for in it.
      for (const path of [...lists, 'history?search=nowhere']) {
        await shown(page, site.url, path);
        await lookAt(page, `empty-${nameOf(path)}-${language}`);
      }
      expect(misdeeds).toEqual([]);
      expect(site.unexpected).toEqual([]);
      await context.close();
      await site.stop();
    }, 240_000);

    test(`the settings, in ${language}`, async () => {
      const site = await startSite({ staticDir });
      const { visitor, companyId } = await firstOwner(site);
      const { page, misdeeds, context } = await openPage(browser, site.url, language);
      await enter(page, language);
      await chooseLanguage(page, companyId, language);
      await showFromAddress(page, site.url);
      const look = async (part: string, how: string) => {
        await shown(page, site.url, `settings?part=${part}`);
        await lookAt(page, `${how}-settings-part-${part}-${language}`);
      };
      for (const part of settings) await look(part, 'empty');
      for (const part of await settingsFilledIn(visitor, companyId)) await look(part, 'full');
      expect(misdeeds).toEqual([]);
      expect(site.unexpected).toEqual([]);
      await context.close();
      await site.stop();
    }, 240_000);
  }
});
