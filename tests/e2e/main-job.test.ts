// The main job in a real browser: the first visit, a file of invoices, the day's run, the message on the screen, a payment,
// gone. Then how the page is made: no axe violation at both widths, in both lights, in both languages.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';
import { atelier, firstOwner, owner, startSite } from '../world/site.ts';
import { axeViolations, chromiumPath, lookIn, openBrowser, openPage, picture } from './browser.ts';
import { patient } from './steps.ts';

const file = (name: string, content: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

/** Seen on Monday 23 November: R1 of a business, one before its due date, one without an address, one long overdue. */
const invoices = file(
  'factures.csv',
  `N° facture;Client;N° client;Email;Date facture;Date échéance;Montant TTC
FAC-0117;Menuiserie Kerbrat;C-001;compta@kerbrat.example;10/10/2026;18/11/2026;4 310,00
FAC-0118;Boulangerie Le Goff;C-002;legoff@boulangerie.example;15/10/2026;18/11/2026;245,50
FAC-0119;Garage Nédélec;C-003;;20/10/2026;17/11/2026;890,00
FAC-0120;Ville de Quimper;C-004;finances@quimper.example;01/11/2026;26/11/2026;12 480,90
FAC-0121;Hôtel de l’Odet;C-005;direction@odet.example;01/05/2026;31/05/2026;1 120,00
FAC-0122;Hôtel de l’Odet;C-005;direction@odet.example;01/11/2026;32/12/2026;3 999,99
`,
);

/** As some software names its columns: nobody could know what is in them. */
const odd = file('export.csv', 'ZA1;ZA2;ZA3;ZA4\nFAC-0001;Menuiserie Kerbrat;18/11/2026;4 310,00\n');

describe.skipIf(chromiumPath === null)('in a browser', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('first visit, import, run, captured mail on the screen, payment, gone', async () => {
    const site = await startSite({ staticDir });
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await firstVisit(page);
    await importInvoices(page);

    await page.getByRole('button', { name: fr.run.button }).click();
    const mail = page.getByRole('button', { name: fr.messages.open('Menuiserie Kerbrat') });
    await mail.click();
    const panel = page.getByRole('dialog');
    await panel.getByText('compta@kerbrat.example').waitFor();
    const body = page.frameLocator(`iframe[title="${fr.messages.frameTitle}"]`).locator('body');
    await expect.poll(() => body.textContent(), patient).toContain('FAC-0117');
    await expect.poll(() => body.textContent(), patient).toMatch(/4\s310,00\s€/);
    await page.keyboard.press('Escape');
    // What has left is no longer due today.
    await page.getByText(fr.today.empty).waitFor();

    await page.getByRole('searchbox', { name: fr.search.label }).fill('FAC-0117');
    await page.getByRole('button', { name: `${fr.payment.button} FAC-0117` }).click();
    await page.getByRole('button', { name: fr.payment.submit }).click();
    await page.getByText(fr.payment.settledNow('FAC-0117')).waitFor();

    // Ten days later its firm reminder would be due: the settled one gets none, the other does.
    await page.getByRole('button', { name: fr.mode.setClock }).click();
    await page.getByLabel(fr.mode.clockDay).fill('2026-12-03');
    await page.getByRole('button', { name: fr.mode.clockSet }).click();
    const due = page.getByRole('table', { name: fr.today.title });
    await due.getByText('FAC-0118').waitFor();
    expect(await due.getByText('FAC-0117').count()).toBe(0);

    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('a formal notice waits, is read as it will leave, and leaves when it is approved', async () => {
    const site = await startSite({ staticDir });
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await firstVisit(page);
    await importInvoices(page);
    for (const day of ['2026-11-23', '2026-12-03', '2026-12-18']) await runOn(page, day);
    const waiting = page.getByRole('table', { name: fr.approve.title });
    await waiting
      .getByRole('row', { name: /Boulangerie Le Goff/ })
      .getByRole('link', { name: fr.approve.read })
      .click();
    await page.getByText(fr.messages.asItWouldLeave).waitFor();
    await picture(page, 'approve-1440');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: fr.screens.today }).click();
    await waiting
      .getByRole('row', { name: /Menuiserie Kerbrat/ })
      .getByRole('button', { name: fr.approve.refuse })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: fr.approve.refuse }).click();
    await page.getByText(fr.approve.refused).waitFor();
    await waiting
      .getByRole('row', { name: /Boulangerie Le Goff/ })
      .getByRole('button', { name: fr.approve.approve })
      .click();
    await page.getByText('Message validé.').waitFor();
    // The time to undo is over.
    await site.pass(11);
    await waiting.waitFor({ state: 'detached' });
    const messages = page.getByRole('table', { name: fr.messages.title });
    await expect.poll(() => messages.getByText(/R3 ·/).count(), patient).toBe(1);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('what was typed stays when the server refuses, and the way in is by keyboard', async () => {
    const site = await startSite({ staticDir });
    await firstOwner(site);
    const { page, misdeeds, context } = await openPage(browser, site.url, 'en', 390);
    const email = page.getByLabel(en.account.email);
    await email.fill(owner.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The e-mail address or the password is not right.').waitFor();
    expect(await email.inputValue()).toBe(owner.email);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel(en.account.password, { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: fr.run.button }).waitFor();
    expect(misdeeds).toEqual([]);
    await context.close();
    await site.stop();
  });

  for (const language of ['fr', 'en'] as const) {
    test(`no axe violation and nothing wider than the window, in ${language}`, async () => {
      const site = await startSite({ staticDir });
      const words = language === 'fr' ? fr : en;
      const { page, misdeeds, context } = await openPage(browser, site.url, language);
      await page.getByRole('heading', { name: words.firstVisit.title }).waitFor();
      await lookIn(language)(page, `first-visit-${language}`);
      await fillFirstVisit(page, words);
      await page.getByText(words.today.emptyNoInvoices).waitFor();
      await lookIn(language)(page, `empty-${language}`);

      await page.getByRole('button', { name: words.import.button, exact: true }).click();
      await page.locator('input[type=file]').setInputFiles(odd);
      await page.getByText(words.import.columnsMissing(4)).waitFor();
      await lookIn(language)(page, `import-columns-${language}`);
      await page.locator('input[type=file]').setInputFiles(invoices);
      await page.getByRole('button', { name: words.import.submitGood(5) }).waitFor();
      await lookIn(language)(page, `import-${language}`);
      await page.getByRole('button', { name: words.import.submitGood(5) }).click();
      await page.getByText(words.import.done(5, 0)).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: words.close }).last().click();

      await page.getByRole('table', { name: words.today.title }).waitFor();
      await page.getByRole('button', { name: words.run.button }).click();
      await page.getByRole('button', { name: words.messages.open('Menuiserie Kerbrat') }).waitFor();
      await page.getByRole('button', { name: words.outside.show }).click();
      await page.getByRole('table', { name: words.outside.title }).waitFor();
      await lookIn(language)(page, `page-${language}`);

      await page.getByRole('button', { name: words.messages.open('Menuiserie Kerbrat') }).click();
      await page.getByRole('dialog').getByText(words.messages.asItLeft).waitFor();
      await lookIn(language)(page, `message-${language}`);
      await page.keyboard.press('Escape');

      await page.getByRole('searchbox').fill('Kerbrat');
      await page.getByRole('button', { name: `${words.payment.button} FAC-0117` }).waitFor();
      await lookIn(language)(page, `search-${language}`);
      await page.getByRole('button', { name: `${words.payment.button} FAC-0117` }).click();
      await page.getByRole('dialog').getByLabel(words.payment.amount).waitFor();
      await lookIn(language)(page, `payment-${language}`);
      expect(misdeeds).toEqual([]);
      expect(site.unexpected).toEqual([]);
      await context.close();
      await site.stop();
    });
  }

  test('the page that describes the API reads well and loads nothing from elsewhere', async () => {
    const site = await startSite({ staticDir });
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/api/docs`, 'en');
    await page.getByText('/api/companies/{companyId}/payments', { exact: true }).first().click();
    expect(await axeViolations(page)).toEqual([]);
    expect(misdeeds.filter((one) => !one.includes(site.url))).toEqual([]);
    await picture(page, 'docs-1440');
    await context.close();
    await site.stop();
  });
});

async function firstVisit(page: Page): Promise<void> {
  await fillFirstVisit(page, fr);
  await page.getByRole('button', { name: fr.run.button }).waitFor();
}

async function fillFirstVisit(page: Page, words: typeof fr): Promise<void> {
  await page.getByLabel(words.account.name).fill(owner.name);
  await page.getByLabel(words.account.email).fill(owner.email);
  await page.getByLabel(words.account.password, { exact: false }).first().fill(owner.password);
  await page.getByLabel(words.firstVisit.companyName).fill(atelier.name);
  await page.getByRole('button', { name: words.firstVisit.submit }).click();
}

async function importInvoices(page: Page): Promise<void> {
  await page.getByRole('button', { name: fr.import.button, exact: true }).click();
  await page.locator('input[type=file]').setInputFiles(invoices);
  // The row with 32 December is told, and the five others go in.
  await page
    .getByText(/32\/12\/2026/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: fr.import.submitGood(5) }).click();
  await page.getByText(fr.import.done(5, 0)).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: fr.close }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function runOn(page: Page, day: string): Promise<void> {
  await page.getByRole('button', { name: fr.mode.setClock }).click();
  await page.getByLabel(fr.mode.clockDay).fill(day);
  await page.getByRole('button', { name: fr.mode.clockSet }).click();
  await page.getByLabel(fr.mode.clockDay).waitFor({ state: 'detached' });
  const ran = page.waitForResponse((response) => response.url().endsWith('/runs'));
  await page.getByRole('button', { name: fr.run.button }).click();
  await ran;
  // Delivery follows the answer; the next day must not begin before it.
  await page.waitForFunction(async () => {
    const session = await (await fetch('/api/session')).json();
    const status = await (await fetch(`/api/companies/${session.companies[0].companyId}/status`)).json();
    return status.ready === 0;
  });
}
