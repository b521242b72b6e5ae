// The history of the company, as a manager reads it: everything newest first, filtered, searched, opened, taken away as a file.
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { fr } from '../../web/words/fr.ts';
import { startSite } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, lookIn, openBrowser, openPage } from './browser.ts';
import { chooseLanguage, patient, signIn, tenFormalNotices } from './steps.ts';

describe.skipIf(chromiumPath === null)('the history of the company', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('it is found under the settings, filtered, searched, opened, and taken away as a file', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await tenFormalNotices(site);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    await visitor.ask('POST', at('/api-keys'), { name: 'ERP <b>maison</b>', role: 'agent' });
    const member = {
      name: 'Léa Brun',
      email: 'lea@morvan.example',
      password: 'une phrase provisoire',
      role: 'manager',
    };
    await visitor.ask('POST', at('/members'), member);
    await visitor.ask('GET', at('/backup'));
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/settings`, 'fr');
    await signIn(page);
    await page.getByRole('link', { name: 'Historique', exact: true }).click();
    const table = page.getByRole('table', { name: 'Historique' });
    const lines = table.locator('tbody').getByRole('row');
    await lines.first().getByText('Sauvegarde téléchargée : test.relance').waitFor();
    await lines.nth(1).getByText('Utilisateur ajouté : Léa Brun, responsable.').waitFor();
    // What a person typed is text.
    await lines.nth(2).getByText('Clé d’API créée : ERP <b>maison</b>').waitFor();
    expect(await lines.first().textContent()).toContain('Claire Morvan');
    await lookAtEverySize(page, 'history-full-fr');

    // By pages, until the company was created; no line stands twice.
    const more = page.getByRole('button', { name: fr.more });
    while ((await more.count()) > 0) {
      const before = await lines.count();
      await more.click();
      await expect.poll(() => lines.count(), patient).toBeGreaterThan(before);
    }
    await lines.last().getByText('Entreprise créée : Atelier Morvan').waitFor();
    const total = await lines.count();

    await page.getByLabel('Genre').selectOption({ label: 'Entreprise' });
    await page.waitForURL(/kind=company/);
    await expect.poll(() => table.getByText('préparée').count(), patient).toBe(0);
    await page.getByLabel('Qui', { exact: true }).selectOption({ label: 'Relance' });
    await expect.poll(() => lines.count(), patient).toBe(0);
    await page.getByText('Rien ne correspond.').waitFor();
    await lookAtEverySize(page, 'history-nothing-fr');
    await page.getByRole('link', { name: 'Effacer les filtres' }).click();
    await page.getByLabel('Du', { exact: true }).fill('2026-10-30');
    await page.getByLabel('Au', { exact: true }).fill('2026-10-30');
    await page.getByLabel('Rechercher', { exact: true }).fill('FAC-004');
    await page.waitForURL(/from=2026-10-30.*search=FAC-004/);
    const captured = lines.filter({ hasText: 'Relance R2 capturée' });
    await expect.poll(() => captured.count(), patient).toBe(1);
    await captured.getByRole('link', { name: 'Client 04' }).waitFor();
    // The address alone brings the same.
    await page.reload();
    await expect.poll(() => captured.count(), patient).toBe(1);
    await captured.getByRole('button', { name: 'Lire le message' }).click();
    await page.getByRole('dialog').getByText('compta4@client.example').first().waitFor();
    await page.keyboard.press('Escape');
    const save = async () => {
      await page.getByRole('button', { name: 'Exporter', exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'CSV', exact: true }).click(),
      ]);
      return (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    };
    const some = await save();
    expect(some).toHaveLength((await lines.count()) + 1);
    expect(some[0]).toBe('"Quand";"Qui";"Quoi";"À propos de"');
    expect(some.filter((line) => line.includes('capturée'))).toHaveLength(1);
    await page.goto(`${site.url}/history`);
    await lines.first().waitFor();
    // The file has all of it, also what is not shown.
    expect(await save()).toHaveLength(total + 1);
    await captured.first().getByRole('link', { name: /^FAC-/ }).click();
    await page.waitForURL(/invoices\//);

    await chooseLanguage(page, companyId, 'en');
    await page.goto(`${site.url}/history`);
    await page.getByRole('table', { name: 'History' }).getByText('Léa Brun added to the users, as manager.').waitFor();
    await lookIn('en')(page, 'history-full-en');
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  }, 240_000);
});
