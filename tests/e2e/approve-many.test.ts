// What is done for more than are shown, in one operation: approving, pausing, enrolling; its progress, its undoing, its report.
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { fr } from '../../web/words/fr.ts';
import { startSite } from '../world/site.ts';
import { axeViolations, chromiumPath, lookAtEverySize, openBrowser, openPage, picture } from './browser.ts';
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

  test('60 invoices are paused in one operation that can be left and undone, 60 customers enrolled in another; a few at once', async () => {
    const site = await startSite({ staticDir, operatesLate: true });
    const { visitor, companyId } = await manyWaiting(site, 60);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/invoices`, 'fr');
    await signIn(page);
    const corner = page.getByRole('complementary', { name: 'Opération en cours' });
    const dialog = page.getByRole('dialog');
    const toApprove = async (): Promise<number> => {
      await visitor.ask('POST', at('/runs'));
      return (await visitor.ask('GET', at('/status'))).body.toApprove;
    };
    const invoiceOf = async (number: string) =>
      (await visitor.ask('GET', at(`/invoices?search=${number}&state=open`))).body.rows[0];

    await page.getByRole('checkbox', { name: 'Choisir toutes les factures affichées' }).check();
    await page.getByRole('button', { name: 'Choisir les 60 factures de la liste' }).click();
    await page.getByText('60 factures choisies').waitFor();
    await page.getByRole('button', { name: 'Mettre en pause…' }).click();
    await dialog.getByLabel('Motif (facultatif)').fill('Grève de la poste');
    await dialog.getByRole('button', { name: 'Mettre en pause', exact: true }).click();
    await dialog.getByText('0 / 60 factures').waitFor();
    await dialog.getByText('le travail continue').waitFor();
    await picture(page, 'pause-many-running-fr');
    // Left, and the page loaded anew: its progress is in the corner. One pays while it waits for its turn.
    await page.goto(`${site.url}/customers`);
    await corner.getByText('Mise en pause', { exact: true }).waitFor();
    await corner.getByText('0 / 60 factures').waitFor();
    const paid = await invoiceOf('F-0007');
    await visitor.ask('POST', at('/payments'), {
      customerId: paid.customerId,
      receivedOn: '2026-11-16',
      amountMinor: 10_000,
      to: [{ invoiceId: paid.id }],
    });
    await site.operate();
    await corner.getByText('59 factures mises en pause. Une facture laissée de côté.').waitFor();
    expect(await toApprove()).toBe(0);
    await corner.getByRole('link', { name: 'Voir le rapport' }).click();
    await page.getByText('Jusqu’à la reprise · Grève de la poste').waitFor();
    const leftOut = page.getByRole('table', { name: 'Laissées de côté, et pourquoi' });
    await leftOut.getByRole('row').filter({ hasText: 'F-0007' }).getByText('Réglée.').waitFor();
    await page.getByRole('table', { name: 'Factures mises en pause' }).getByText('F-0060').waitFor();
    await lookAtEverySize(page, 'pause-many-report-fr');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter (CSV)' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines.filter((line) => line.includes('"mise en pause"'))).toHaveLength(59);
    await page.getByRole('main').getByRole('button', { name: fr.undo }).click();
    await page.getByRole('main').getByText('Annulation de la pause').waitFor();
    await site.operate();
    await page.getByRole('main').getByText('Annulée : les relances reprennent').waitFor();
    expect(await toApprove()).toBe(59);

    // Customers: over the pages too; one of them is in no sequence already.
    await visitor.ask('POST', at('/enrolments'), { customerIds: [paid.customerId], enrolment: 'none' });
    await page.goto(`${site.url}/customers`);
    await page.getByRole('checkbox', { name: 'Choisir tous les clients affichés' }).check();
    await page.getByRole('button', { name: 'Choisir tous les clients de la liste' }).click();
    await page.getByText('60 clients choisis').waitFor();
    await page.getByRole('button', { name: 'Changer de séquence…' }).click();
    await dialog.getByLabel('Relances').selectOption('none');
    await dialog.getByRole('button', { name: 'Changer', exact: true }).click();
    await dialog.getByText('0 / 60 clients').waitFor();
    await site.operate();
    await dialog.getByText('59 clients ont changé de séquence. Un client laissé de côté.').waitFor();
    await dialog.getByText('Le client suivait déjà ces relances.').waitFor();
    await lookAtEverySize(page, 'enrol-many-done-fr');
    await dialog.getByRole('link', { name: 'Voir le rapport complet' }).click();
    await page.getByRole('heading', { name: 'Rapport de changement de séquence' }).waitFor();
    await page.getByRole('table', { name: 'Laissés de côté, et pourquoi' }).getByText('Client 0007').waitFor();
    expect(await page.getByRole('button', { name: fr.undo }).count()).toBe(0);

    // A few are paused at once, without an operation.
    await page.goto(`${site.url}/customers`);
    for (const name of ['Client 0001', 'Client 0002'])
      await page.getByRole('checkbox', { name: `Choisir ${name}`, exact: true }).check();
    await page.getByRole('button', { name: 'Mettre en pause…' }).click();
    await dialog.getByRole('button', { name: 'Mettre en pause', exact: true }).click();
    await page.getByText('En pause : plus aucune relance ne part.').waitFor();
    const { rows } = (await visitor.ask('GET', at('/operations'))).body;
    expect(rows.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual([
      ['enrol', 'finished'],
      ['pause', 'undone'],
    ]);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  }, 120_000);

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
