// Approving more messages than are shown, in one operation: its progress, its undoing, its report.
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { fr } from '../../web/words/fr.ts';
import { startSite } from '../world/site.ts';
import { axeViolations, chromiumPath, openBrowser, openPage, picture } from './browser.ts';
import { manyWaiting } from './many.ts';
import { chooseLanguage, patient, signIn } from './steps.ts';

describe.skipIf(chromiumPath === null)('many messages to approve', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('all 240 are chosen over the pages but two, approved in one operation, undone, approved again, and the report says which were not', async () => {
    const site = await startSite({ staticDir, operatesLate: true });
    const { visitor, companyId } = await manyWaiting(site, 240);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/approve`, 'fr');
    await signIn(page);
    const waiting = async (): Promise<number> => (await visitor.ask('GET', at('/status'))).body.toApprove;
    const corner = page.getByRole('complementary', { name: 'Opération en cours' });
    const list = page.getByRole('list', { name: 'Messages à valider' });
    const chooseAllButTwo = async () => {
      await page.getByRole('checkbox', { name: 'Tout choisir' }).check();
      await page.getByRole('button', { name: 'Choisir les 240 messages' }).click();
      await page.getByRole('button', { name: 'Valider la sélection (240)' }).waitFor();
      for (const name of ['Client 0239', 'Client 0238'])
        await list.getByRole('checkbox', { name: `Choisir le message à ${name}` }).uncheck();
      await page.getByText('23 800,00 €').waitFor();
    };
    await page.getByText('1 / 240').waitFor();
    await chooseAllButTwo();
    await picture(page, 'approve-many-chosen-fr');
    const sending = page.getByRole('button', { name: 'Valider la sélection (238)' });
    await sending.click();
    await corner.getByText('0 / 238 messages').waitFor();
    await corner.getByText('Rien ne part avant la fin.').waitFor();
    await picture(page, 'approve-many-running-fr');
    // It goes on whatever screen is shown, and the page is loaded anew.
    await page.goto(`${site.url}/customers`);
    await corner.getByText('0 / 238 messages').waitFor();
    await site.operate();
    await corner.getByText('238 messages validés.').waitFor();
    await corner.getByText('Rien ne part avant dix secondes.').waitFor();
    expect(await waiting()).toBe(2);
    await corner.getByRole('button', { name: fr.undo }).click();
    await corner.getByText('Annulation de la validation').waitFor();
    await site.operate();
    await corner.getByText('Validation annulée : les messages attendent de nouveau.').waitFor();
    expect(await waiting()).toBe(240);
    await site.pass(11);
    expect((await visitor.ask('GET', at('/reminders?state=left'))).body.rows).toEqual([]);

    // Z takes back what was approved last, also when it was many.
    await page.goto(`${site.url}/approve`);
    await chooseAllButTwo();
    await sending.click();
    await corner.getByText('0 / 238 messages').waitFor();
    await page.keyboard.press('z');
    await corner.getByText('Annulation de la validation').waitFor();
    await site.operate();
    await corner.getByText('Validation annulée').waitFor();

    // One is refused and one pays while it is begun: both are told.
    await chooseAllButTwo();
    await sending.click();
    await corner.getByText('0 / 238 messages').waitFor();
    const byName = async (name: string) =>
      (await visitor.ask('GET', at(`/reminders?state=to_approve&search=${encodeURIComponent(name)}`))).body.rows[0];
    const refused = await byName('Client 0007');
    await visitor.ask('POST', at(`/reminders/${refused.id}/refuse`), { reason: 'appel prévu' });
    const paid = await byName('Client 0009');
    await visitor.ask('POST', at('/payments'), {
      customerId: paid.customerId,
      receivedOn: '2026-11-16',
      amountMinor: 10_000,
      to: [{ invoiceId: paid.invoices[0].id }],
    });
    await site.operate();
    await corner.getByText('236 messages validés. 2 n’ont pas pu l’être.').waitFor();
    await corner.getByRole('link', { name: 'Voir le rapport' }).click();
    const leftOut = page.getByRole('table', { name: 'Non validés, et pourquoi' });
    await leftOut.getByRole('row').filter({ hasText: 'F-0007' }).getByText('appel prévu').waitFor();
    await leftOut.getByRole('row').filter({ hasText: 'F-0009' }).getByText('Réglée.').waitFor();
    // Once: a report at every size is among all screens.
    expect(await axeViolations(page)).toEqual([]);
    await picture(page, 'approve-many-report-fr');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter (CSV)' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8'))
      .replace(/\u202f|\u00a0/g, ' ')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(239);
    expect(lines.filter((line) => line.includes('non validé'))).toEqual([
      '"Client 0007";"F-0007";"non validé";"Une personne a choisi de ne pas l’envoyer : appel prévu."',
      '"Client 0009";"F-0009";"non validé";"Réglée."',
    ]);
    await site.pass(11);
    // Nothing is offered to be undone that cannot be.
    await expect.poll(() => page.getByRole('button', { name: fr.undo }).count(), patient).toBe(0);
    await expect.poll(async () => (await visitor.ask('GET', at('/status'))).body.ready, patient).toBe(0);
    expect(await waiting()).toBe(2);
    await chooseLanguage(page, companyId, 'en');
    await page.reload();
    await page.getByRole('table', { name: 'Not approved, and why' }).waitFor();
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  }, 240_000);

  test('what is not more than a hundred is approved at once, as one message is', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await manyWaiting(site, 30);
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/approve`, 'fr');
    await signIn(page);
    await page.getByRole('checkbox', { name: 'Tout choisir' }).check();
    await page.getByRole('button', { name: 'Valider la sélection (30)' }).click();
    await page.getByText('30 messages validés.').waitFor();
    expect((await visitor.ask('GET', `/api/companies/${companyId}/operations`)).body.rows).toEqual([]);
    expect(misdeeds).toEqual([]);
    await context.close();
    await site.stop();
  });
});
