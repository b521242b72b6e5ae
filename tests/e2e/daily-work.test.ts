// The daily work at the screen, as an accountant does it: approving by keyboard, going through invoices, reminding of them.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { fr } from '../../web/words/fr.ts';
import { startSite, type Visitor } from '../world/site.ts';
import { axeViolations, chromiumPath, lookAtEverySize, openBrowser, openPage, picture } from './browser.ts';
import { hasFocus, patient, signIn, tenFormalNotices } from './steps.ts';

const waitingCount = async (visitor: Visitor, companyId: string): Promise<number> =>
  (await visitor.ask('GET', `/api/companies/${companyId}/reminders?state=to_approve&limit=50`)).body.rows.length;

/** Whose message is open once it is another's and no dialog stands before it: until then the keys are not for it. */
async function nextAfter(page: Page, customer: string): Promise<string> {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator(`article:not([aria-label="${customer}"])`).waitFor();
  return (await page.getByRole('article').getAttribute('aria-label'))!;
}

describe.skipIf(chromiumPath === null)('the daily work', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('ten formal notices are gone through by keyboard alone: approved, undone, postponed, refused, edited', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await tenFormalNotices(site);
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/approve`, 'fr');
    await signIn(page);
    const list = page.getByRole('list', { name: 'Messages à valider' });
    await list.getByText('Client 10').waitFor();
    const open = page.getByRole('article');
    await open.getByText(/R1 le/).first().waitFor();
    await picture(page, 'approve-ten-1440');
    expect(await axeViolations(page)).toEqual([]);

    await page.keyboard.press('v');
    await page.getByText('Message validé.').waitFor();
    await expect.poll(() => waitingCount(visitor, companyId), patient).toBe(9);
    await page.keyboard.press('z');
    await page.getByText('Validation annulée : le message attend de nouveau.').waitFor();
    await expect.poll(() => waitingCount(visitor, companyId), patient).toBe(10);

    let read = (await open.getAttribute('aria-label'))!;
    await page.keyboard.press('r');
    await hasFocus(page.getByLabel('Jusqu’au'));
    await page.keyboard.press('Enter');
    await page.getByText(/^Reporté au/).waitFor();
    read = await nextAfter(page, read);

    await page.keyboard.press('x');
    const reason = page.getByRole('dialog').getByLabel(/Motif/);
    await hasFocus(reason);
    await reason.fill('accord par téléphone');
    await page.keyboard.press('Enter');
    await page.getByText(fr.approve.refused).waitFor();
    read = await nextAfter(page, read);
    // What is postponed waits elsewhere until its day.
    await expect.poll(() => list.getByRole('listitem').count(), patient).toBe(8);

    await page.keyboard.press('e');
    const body = page.getByRole('dialog').getByRole('textbox', { name: 'Message' });
    await body.fill('Bonjour, merci de régler {{ amount_due }} et {{ rien }}.');
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    // The unknown tag is named, and what was typed stays.
    await page.getByRole('alert').getByText(/rien/).waitFor();
    expect(await body.inputValue()).toContain('{{ rien }}');
    await body.fill('Bonjour, merci de régler {{ amount_due }} avant vendredi.');
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Texte modifié pour ce message.').waitFor();
    const frame = page.frameLocator(`iframe[title="${fr.messages.frameTitle}"]`).locator('body');
    await expect.poll(() => frame.textContent(), patient).toContain('avant vendredi');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const before = await waitingCount(visitor, companyId);
    await page.keyboard.press('j');
    await nextAfter(page, read);
    await page.keyboard.press('v');
    await page.getByText('Message validé.').waitFor();
    expect(await waitingCount(visitor, companyId)).toBe(before - 1);
    // After ten seconds it has left, and nothing is undone any more.
    await site.pass(11);
    await page.keyboard.press('z');
    await page.getByText('Trop tard : le message est déjà parti.').waitFor();

    await page.getByRole('link', { name: '1 message reporté' }).click();
    await page.getByRole('heading', { name: 'Messages reportés' }).waitFor();
    await list.getByText(/^le /).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    await lookAtEverySize(page, 'postponed-fr');
    await page.getByRole('link', { name: 'Messages à valider', exact: true }).click();
    await expect.poll(() => list.getByRole('listitem').count(), patient).toBe(7);

    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('two people approve the same message at once: it leaves once, and both see the truth', async () => {
    const site = await startSite({ staticDir });
    await tenFormalNotices(site);
    const [one, two] = await Promise.all([
      openPage(browser, `${site.url}/approve`, 'fr'),
      openPage(browser, `${site.url}/approve`, 'fr'),
    ]);
    for (const { page } of [one, two]) {
      // Neither page hears of the other in time.
      await page.route(/\/live\?/, () => {});
      await signIn(page);
      await page.getByRole('article').waitFor();
    }
    const first = await one.page.getByRole('article').getAttribute('aria-label');
    expect(await two.page.getByRole('article').getAttribute('aria-label')).toBe(first);
    await one.page.keyboard.press('v');
    await one.page.getByText('Message validé.').waitFor();
    await two.page.keyboard.press('v');
    await two.page.getByText(/1 déjà traité par quelqu’un d’autre/).waitFor();
    await site.pass(11);
    const sent = await one.page.evaluate(async (name) => {
      const { companies } = await (await fetch('/api/session')).json();
      const at = `/api/companies/${companies[0].companyId}`;
      const { rows } = await (
        await fetch(`${at}/reminders?state=left&search=${encodeURIComponent(name)}&limit=50`)
      ).json();
      return rows.filter((row: { level: number }) => row.level === 3).length;
    }, first!);
    expect(sent).toBe(1);
    for (const { context, misdeeds } of [one, two]) {
      expect(misdeeds).toEqual([]);
      await context.close();
    }
    await site.stop();
  });

  test('a message that somebody else deals with while it is read says so, and no key hits the one in its place', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await tenFormalNotices(site);
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/approve`, 'fr');
    await signIn(page);
    const read = await page.getByRole('article').getAttribute('aria-label');
    const { rows } = (await visitor.ask('GET', `/api/companies/${companyId}/reminders?state=to_approve&limit=50`)).body;
    const { id } = rows.find((row: { customerName: string }) => row.customerName === read);
    await visitor.ask('POST', `/api/companies/${companyId}/reminders/${id}/refuse`, { reason: 'un geste' });
    await page.getByText('Ce message n’attend plus', { exact: false }).waitFor();
    await page.keyboard.press('v');
    await page.keyboard.press('x');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('j');
    await page.getByRole('article').waitFor();
    expect(await page.getByRole('article').getAttribute('aria-label')).not.toBe(read);
    expect(await waitingCount(visitor, companyId)).toBe(9);
    await page.keyboard.press('v');
    await expect.poll(() => waitingCount(visitor, companyId), patient).toBe(8);
    // A link to a message that is gone, as the morning's mail may hold one.
    await page.goto(`${site.url}/approve?reminder=${id}`);
    await page.getByText('Ce message n’attend plus', { exact: false }).waitFor();
    expect(misdeeds).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('two people see each other on a message, and what one does appears to the other without reloading', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await tenFormalNotices(site);
    const paul = { name: 'Paul Le Bris', email: 'paul@example.org', password: 'encore une phrase', role: 'agent' };
    await visitor.ask('POST', `/api/companies/${companyId}/members`, paul);
    const [claire, other] = [
      await openPage(browser, `${site.url}/approve`, 'fr'),
      await openPage(browser, `${site.url}/approve`, 'fr'),
    ];
    await signIn(claire.page);
    await other.page.getByLabel(fr.account.email).fill(paul.email);
    await other.page.getByLabel(fr.account.password, { exact: true }).fill(paul.password);
    await other.page.keyboard.press('Enter');
    await claire.page.getByText('Ouvert aussi par Paul Le Bris.').waitFor();
    await other.page.getByText('Ouvert aussi par Claire Morvan.').waitFor();
    await claire.page.keyboard.press('j');
    await other.page.getByText('Ouvert aussi par Claire Morvan.').waitFor({ state: 'detached' });
    // Paul refuses the one that he has open: it goes from Claire's list.
    const list = claire.page.getByRole('list', { name: 'Messages à valider' });
    await other.page.keyboard.press('x');
    await other.page.getByRole('dialog').getByRole('button', { name: fr.approve.refuse }).click();
    await expect.poll(() => list.getByRole('listitem').count(), patient).toBe(9);
    for (const { context, misdeeds } of [claire, other]) {
      expect(misdeeds).toEqual([]);
      await context.close();
    }
    await site.stop();
  });

  test('invoices are filtered, opened, explained, and three of them reminded of from the list', async () => {
    const site = await startSite({ staticDir });
    await tenFormalNotices(site);
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/invoices`, 'fr');
    await signIn(page);
    const table = page.getByRole('table', { name: fr.screens.invoices });
    await table.getByText('FAC-010').waitFor();
    await page.getByText('10 factures').waitFor();
    await page.getByLabel('Rechercher un numéro ou un client').fill('client 0');
    await page.getByText('9 factures').waitFor();
    // The filter lives in the address.
    await page.waitForURL(/search=client/);
    await page.reload();
    await page.getByText('9 factures').waitFor();
    await table.getByText('FAC-001').waitFor();
    for (const number of ['FAC-001', 'FAC-002']) await page.getByLabel(`Choisir la facture ${number}`).check();
    await page.getByRole('button', { name: 'Relancer…' }).click();
    await page.getByRole('dialog').getByLabel('Niveau').selectOption('1');
    await page.getByRole('button', { name: 'Préparer' }).click();
    // R1 has been taken: said by name, and nothing is prepared.
    // In the dialog: the corner may say it too for a moment.
    await page.getByRole('dialog').getByText('Aucun message préparé.').waitFor();
    const refused = page.getByRole('dialog').getByText('Plus aucune étape à prendre.');
    await expect.poll(() => refused.count(), patient).toBe(2);
    await page.getByRole('dialog').getByRole('button', { name: fr.close }).last().click();

    await table.getByRole('link', { name: 'FAC-001' }).click();
    await page.getByRole('heading', { name: 'FAC-001', level: 1 }).waitFor();
    await page.getByText('Un message attend votre validation.').first().waitFor();
    await picture(page, 'invoice-1440');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Ouvrir un litige…' }).click();
    await page.getByLabel('Ce que dit le client').fill('Livraison incomplète');
    await page.getByRole('button', { name: 'Ouvrir le litige' }).click();
    await page.getByText('Litige ouvert : la facture n’est plus relancée.').waitFor();
    await page.getByText('En litige.').first().waitFor();
    // Its message does not wait any more.
    await page.getByRole('link', { name: /À valider/ }).click();
    await page.getByRole('list', { name: 'Messages à valider' }).getByText('Client 10').waitFor();
    expect(await page.getByRole('list', { name: 'Messages à valider' }).getByText('Client 01').count()).toBe(0);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });
});
