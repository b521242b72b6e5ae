// Réglages as people use them, beyond what office.test.ts goes through: keys for programs, what DNS says, who may enter.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { firstOwner, type Site, startSite, Visitor } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, openBrowser, openPage } from './browser.ts';
import { patient, signIn } from './steps.ts';

describe.skipIf(chromiumPath === null)('the settings', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  async function begin(): Promise<{
    site: Site;
    visitor: Visitor;
    at: (path: string) => string;
    page: Page;
    part: (name: string) => Promise<unknown>;
    end: () => Promise<void>;
  }> {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await firstOwner(site);
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.url });
    await signIn(page);
    return {
      site,
      visitor,
      at: (path) => `/api/companies/${companyId}${path}`,
      page,
      part: (name) => page.goto(`${site.url}/settings?part=${name}`),
      end: async () => {
        expect(misdeeds).toEqual([]);
        expect(site.unexpected).toEqual([]);
        await context.close();
        await site.stop();
      },
    };
  }

  const dialog = (page: Page) => page.getByRole('dialog');

  test('a key is made, copied once, used by a program, and revoked after its consequence is read', async () => {
    const { site, at, page, part, end } = await begin();
    await part('keys');
    await page.getByText('Aucune clé pour l’instant.', { exact: false }).waitFor();
    const make = async (name: string, endsOn = '') => {
      await page.getByRole('button', { name: 'Créer une clé…' }).click();
      await dialog(page).getByLabel('Nom').fill(name);
      await dialog(page).getByLabel('Rôle').selectOption({ label: 'Chargé de relance' });
      await dialog(page).getByLabel('Valable jusqu’au').fill(endsOn);
      await dialog(page).getByRole('button', { name: 'Créer la clé' }).click();
    };
    await make('ERP', '2026-11-22');
    // What is refused is said, and what was typed stays.
    await dialog(page).getByRole('alert').waitFor();
    expect(await dialog(page).getByLabel('Nom').inputValue()).toBe('ERP');
    await dialog(page).getByLabel('Valable jusqu’au').fill('2027-06-30');
    await page.keyboard.press('Enter');

    const field = dialog(page).getByRole('textbox', { name: 'Clé' });
    await field.waitFor();
    await lookAtEverySize(page, 'settings-key-made-fr');
    // Not copied: closing asks first.
    page.once('dialog', (asked) => void asked.dismiss());
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('button', { name: 'Copier' }).click();
    await dialog(page).getByText('Copié.').waitFor();
    const key = await field.inputValue();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    await dialog(page)
      .getByText(`curl -H "Authorization: Bearer ${key}" ${site.url}${at('/status')}`)
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(key);

    const row = page
      .getByRole('table', { name: 'Clés d’API', exact: true })
      .getByRole('row')
      .filter({ hasText: 'ERP' });
    await row.getByText('jamais').waitFor();
    const program = new Visitor(site, key);
    const { body } = await program.ask('POST', at('/customers'), { name: 'Menuiserie Kerbrat' });
    await page.goto(`${site.url}/customers/${body.customerId}`);
    await page.getByText('Clé d’API « ERP »').first().waitFor();
    await part('keys');
    await row.getByText('lun. 23 nov.').first().waitFor();
    await row.getByRole('button', { name: 'Révoquer la clé « ERP »' }).click();
    await dialog(page).getByText('sera refusé dès son prochain appel', { exact: false }).waitFor();
    await lookAtEverySize(page, 'settings-key-revoke-fr');
    await dialog(page).getByRole('button', { name: 'Révoquer', exact: true }).click();
    await page.getByText('Clé « ERP » révoquée.').waitFor();
    expect((await program.ask('GET', at('/status'))).status).toBe(401);
    await page.getByText('Clés qui n’ouvrent plus rien (1)').click();
    await page
      .getByRole('table', { name: 'Clés qui n’ouvrent plus rien' })
      .getByText('révoquée le lun. 23 nov. par Claire Morvan')
      .waitFor();
    await expect.poll(() => page.getByRole('table', { name: 'Clés d’API', exact: true }).count(), patient).toBe(0);
    await end();
  });
});
