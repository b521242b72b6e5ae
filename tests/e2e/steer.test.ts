// A policy of one's own, from nothing to the money asked for: a sequence is drawn, its effect seen, thirty customers follow it, six weeks
// go by, and what a person decides is decided by keyboard alone.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { setClock } from '../../src/app/change-company.ts';
import { addDays } from '../../src/core/day.ts';
import { importMany } from '../world/many.ts';
import { firstOwner, startSite } from '../world/site.ts';
import { value } from '../world/world.ts';
import { chromiumPath, lookAtEverySize, openBrowser, openPage } from './browser.ts';
import { hasFocus, patient, signIn } from './steps.ts';

const first = '2026-10-12';
const customers = 30;

describe.skipIf(chromiumPath === null)('a policy of one’s own', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('drawn, seen, saved, followed by thirty customers for six weeks, and approved by keyboard alone', async () => {
    const site = await startSite({ staticDir: await buildWeb() });
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    const acting = { companyId, actor: 'test' };
    value(await setClock(site.context, acting, { on: first }));
    await importMany(site.context, acting, customers, { issuedOn: '2026-10-05', dueOn: '2026-10-15' });
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/sequences`, 'fr');
    await signIn(page);

    // From nothing: two steps, the second read by a person.
    await page.getByRole('link', { name: 'Nouvelle séquence' }).click();
    await page.getByLabel('Titre').fill('Maison');
    const effect = page.getByRole('region', { name: /Effet sur vos factures/ });
    const add = page.getByRole('button', { name: 'Ajouter une étape' });
    await add.click();
    await page.getByLabel('Nom').fill('Rappel aimable');
    await page.getByLabel('Jours', { exact: true }).fill('4');
    await effect.getByText('30 messages à 30 clients').waitFor();
    await add.click();
    await page.getByLabel('Nom').fill('Dernier mot');
    await page.getByLabel('Jours', { exact: true }).fill('25');
    await page.getByRole('switch', { name: 'À valider par une personne' }).press('Space');
    await effect.getByText(/60 messages à 30 clients.*dont 30 à valider/).waitFor();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('region', { name: 'Maison' }).getByText('0 client · 0 échéance ouverte').waitFor();

    // Thirty customers leave the standard sequence for it, from its own page; one too many is taken out again.
    await page.getByRole('region', { name: 'Maison' }).getByRole('link', { name: 'Modifier' }).click();
    const members = page.getByRole('region', { name: /Clients concernés/ });
    await members.getByText('Aucun client ne suit cette séquence.').waitFor();
    await members.getByRole('button', { name: 'Ajouter des clients…' }).press('Enter');
    const dialog = page.getByRole('dialog');
    const search = dialog.getByRole('searchbox', { name: 'Rechercher un nom ou un numéro' });
    await hasFocus(search);
    await search.fill('0030');
    await expect.poll(() => dialog.getByRole('row').count(), patient).toBe(2);
    await dialog.getByRole('checkbox', { name: /Choisir Client 0030/ }).press('Space');
    await dialog.getByText('1 client quitte « Séquence standard » pour « Maison »', { exact: false }).waitFor();
    await lookAtEverySize(page, 'sequence-add-customers-fr');
    await search.fill('');
    await dialog.getByRole('row').filter({ hasText: 'Client 0001' }).waitFor();
    await dialog.getByRole('checkbox', { name: 'Choisir tous les clients affichés' }).check();
    await dialog.getByRole('button', { name: 'Choisir tous les clients de la liste' }).click();
    await dialog.getByText('30 clients quittent « Séquence standard » pour « Maison »', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Ajouter à la séquence' }).click();
    const followers = async (): Promise<number> =>
      (await visitor.ask('GET', at('/sequences'))).body.rows.find(({ title }: { title: string }) => title === 'Maison')
        .customers;
    await expect.poll(followers, patient).toBe(customers);
    await members.getByRole('checkbox', { name: /Choisir Client 0001/ }).check();
    await page.getByRole('button', { name: 'Retirer de la séquence…' }).click();
    await dialog.getByText('1 client quitte « Maison » : aucune relance', { exact: false }).waitFor();
    await lookAtEverySize(page, 'sequence-take-out-fr');
    await dialog.getByRole('button', { name: 'Changer' }).click();
    await expect.poll(followers, patient).toBe(customers - 1);
    await members.getByRole('row').filter({ hasText: 'Client 0001' }).waitFor({ state: 'detached' });

    // Put back from the list of customers, where they are also given to whoever looks after them.
    await page.goto(`${site.url}/customers?sequence=none`);
    await page.getByRole('checkbox', { name: /Choisir Client 0001/ }).check();
    await page.getByRole('button', { name: 'Changer de séquence…' }).click();
    await dialog.getByLabel('Relances').selectOption('Maison');
    await dialog.getByRole('button', { name: 'Changer' }).click();
    await expect.poll(followers, patient).toBe(customers);
    await page.goto(`${site.url}/customers?search=0002`);
    await page.getByRole('checkbox', { name: /Choisir Client 0002/ }).check();
    await page.getByRole('button', { name: 'Changer qui les suit…' }).click();
    // Left as it was, they stay chosen.
    await dialog.getByRole('button', { name: 'Annuler' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('checkbox', { name: /Choisir Client 0002/ }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Changer qui les suit…' }).click();
    await lookAtEverySize(page, 'customers-in-charge-fr');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Suivi modifié pour 1 client.').waitFor();
    await page.getByRole('combobox', { name: 'Clients suivis par' }).selectOption('Mes clients');
    await page.getByRole('link', { name: 'Client 0002' }).click();
    const inCharge = page.getByRole('combobox', { name: 'Suivi par' });
    await expect.poll(() => inCharge.locator('option:checked').textContent(), patient).toBe('Claire Morvan');
    await lookAtEverySize(page, 'customer-in-charge-fr');
    await inCharge.selectOption('Personne');
    await page.getByText('Plus personne ne suit ce client.').first().waitFor();
    // By keyboard, what the arrows pass by is not saved.
    const saved: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') saved.push(request.url());
    });
    await inCharge.focus();
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
    expect(await inCharge.locator('option:checked').textContent()).toBe('Claire Morvan');
    expect(saved).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Suivi par Claire Morvan.').first().waitFor();
    expect(saved).toHaveLength(1);
    await hasFocus(inCharge);
    for (const key of ['ArrowUp', 'Tab']) await page.keyboard.press(key);
    await expect.poll(() => saved.length, patient).toBe(2);
    await page.goto(`${site.url}/sequences`);
    await page.getByRole('region', { name: 'Maison' }).getByText('30 clients · 30 échéances ouvertes').waitFor();

    // Forty-five days, each with its run.
    const waiting = async (): Promise<number> =>
      (await visitor.ask('GET', at('/reminders?state=to_approve&limit=100'))).body.rows.length;
    const left = async (): Promise<{ level: number }[]> =>
      (await visitor.ask('GET', at('/reminders?state=left&limit=100'))).body.rows;
    for (let day = 1; day <= 45; day++) {
      await visitor.ask('PUT', at('/clock'), { on: addDays(first, day) });
      await visitor.ask('POST', at('/runs'));
      // The day of the first step: its messages leave before the next day begins.
      if (day === 7) await expect.poll(async () => (await left()).length, patient).toBe(customers);
    }
    expect(await waiting()).toBe(customers);

    await page.goto(`${site.url}/approve`);
    const read = page.getByRole('article');
    await read.getByText('Dernier mot', { exact: false }).first().waitFor();
    for (let count = customers; count > 0; count--) {
      const label = await read.getAttribute('aria-label');
      await page.keyboard.press('v');
      await expect.poll(waiting, patient).toBe(count - 1);
      if (count > 1) await expect.poll(() => read.getAttribute('aria-label'), patient).not.toBe(label);
    }
    await site.pass(11);
    await expect.poll(async () => (await left()).length, patient).toBe(2 * customers);
    const levels = (await left()).map(({ level }) => level).sort();
    expect(levels).toEqual([...Array(customers).fill(1), ...Array(customers).fill(2)]);

    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });
});
