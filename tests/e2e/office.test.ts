// What is done around the reminders: customers and their money, sequences in numbers, imports, the settings and going live.
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { fr } from '../../web/words/fr.ts';
import { startMailServer } from '../world/mail-server.ts';
import { firstOwner, owner, type Site, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, openBrowser, openPage } from './browser.ts';
import { hasFocus, nothingUnsaved, patient, signIn } from './steps.ts';

describe.skipIf(chromiumPath === null)('around the reminders', () => {
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
    end: () => Promise<void>;
  }> {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await firstOwner(site);
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await signIn(page);
    return {
      site,
      visitor,
      at: (path) => `/api/companies/${companyId}${path}`,
      page,
      end: async () => {
        expect(misdeeds).toEqual([]);
        expect(site.unexpected).toEqual([]);
        await context.close();
        await site.stop();
      },
    };
  }

  const go = (page: Page, screen: string) =>
    page.getByRole('navigation', { name: fr.navigation.all }).getByRole('link', { name: screen, exact: true }).click();
  const dialog = (page: Page) => page.getByRole('dialog');

  test('a customer is made by hand, a call noted, a payment spread over the oldest, the rest allocated, undone, returned', async () => {
    const { visitor, at, page, end } = await begin();
    await go(page, fr.screens.customers);
    await page.getByRole('button', { name: 'Nouveau client' }).click();
    await dialog(page).getByLabel('Nom', { exact: false }).first().fill('Menuiserie Kerbrat');
    await dialog(page).getByLabel('Nom du contact').fill('Yann Kerbrat');
    await dialog(page).getByLabel('E-mail', { exact: true }).fill('compta@kerbrat.example');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Menuiserie Kerbrat' }).waitFor();
    await page.getByText('compta@kerbrat.example').waitFor();

    const { rows } = (await visitor.ask('GET', at('/customers?limit=1'))).body;
    const customerId: string = rows[0].id;
    for (const [number, dueOn, totalMinor] of [
      ['FAC-2', '2026-11-18', 30_000],
      ['FAC-1', '2026-10-20', 20_000],
    ] as const) {
      await visitor.ask('POST', at('/invoices'), { customerId, number, issuedOn: '2026-10-01', dueOn, totalMinor });
    }
    // What somebody else did appears by itself.
    await page.getByRole('table', { name: 'Factures ouvertes' }).getByText('FAC-1').waitFor();

    await page.getByRole('button', { name: 'Noter…' }).click();
    await dialog(page).getByLabel('Ce qui a été dit').fill('Promet de payer vendredi');
    await dialog(page).getByRole('button', { name: 'Noter' }).click();
    await page.getByText('Appel : Promet de payer vendredi').waitFor();

    await page.getByRole('button', { name: 'Enregistrer un règlement' }).click();
    await dialog(page).getByLabel('Montant reçu').fill('250');
    // The oldest first: it is settled, the other gets what is left.
    await dialog(page).getByRole('listitem').filter({ hasText: 'FAC-1' }).getByText('200,00 €').last().waitFor();
    await dialog(page).getByRole('listitem').filter({ hasText: 'FAC-2' }).getByText('50,00 €').last().waitFor();
    await dialog(page).getByRole('checkbox', { name: 'FAC-2' }).uncheck();
    await dialog(page).getByText('50,00 € restent à imputer').waitFor();
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Règlement enregistré : 1 facture soldée.').waitFor();
    await expect
      .poll(() => page.getByRole('table', { name: 'Factures ouvertes' }).getByText('FAC-1').count(), patient)
      .toBe(0);

    await page.getByRole('button', { name: 'Imputer…' }).click();
    await dialog(page).getByRole('button', { name: 'Imputer' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Imputer…' }).count(), patient).toBe(0);
    await page.getByRole('table', { name: 'Factures ouvertes' }).getByText('250,00 €').waitFor();

    const more = page.getByRole('button', { name: /Autres actions sur le règlement/ });
    await more.click();
    await page.getByRole('menuitem', { name: 'Annuler l’imputation…' }).click();
    await dialog(page).getByRole('button', { name: 'Annuler l’imputation' }).click();
    await page.getByRole('table', { name: 'Factures ouvertes' }).getByText('FAC-1').waitFor();
    await dialog(page).waitFor({ state: 'detached' });
    // What was just said lies under the menu.
    await more.press('Enter');
    await page.getByRole('menuitem', { name: 'Règlement rejeté…' }).click();
    await dialog(page).getByLabel('Motif').fill('Provision insuffisante');
    await dialog(page).getByRole('button', { name: 'Enregistrer le rejet' }).click();
    await page.getByText('Rejet enregistré.').waitFor();
    // Of six words within a moment the last is there at once, and the first have left for it.
    await expect.poll(() => page.locator('.mantine-Notification-root').count(), patient).toBe(3);
    const { body } = await visitor.ask('GET', at(`/customers/${customerId}`));
    expect(body).toMatchObject({ open: [{ minor: 50_000 }], credits: [] });
    // Another one pays for it, and is written to; its page says for whom, and its money may be for them.
    await visitor.ask('POST', at('/customers'), {
      name: 'Groupe Kerbrat',
      contacts: [{ email: 'groupe@kerbrat.example' }],
    });
    await visitor.ask('POST', at('/customers'), {
      name: 'Kerbrat (doublon)',
      kind: 'consumer',
      notes: 'Appeler le matin',
    });
    const doubled = await visitor.ask('GET', at('/customers?search=doublon&limit=1'));
    const { id: doubledId } = doubled.body.rows[0];
    const late = { number: 'FAC-9', issuedOn: '2026-10-01', dueOn: '2026-11-01', totalMinor: 12_000 };
    await visitor.ask('POST', at('/invoices'), { customerId: doubledId, ...late });
    const act = async (name: string) => {
      await page.getByRole('button', { name: 'Autres actions', exact: true }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const choose = async (field: string, name: string) => {
      await dialog(page).getByRole('combobox', { name: field }).fill(name);
      await page.getByRole('option', { name: new RegExp(name) }).click();
    };
    await act('Choisir qui paie…');
    await choose('Payeur', 'Groupe Kerbrat');
    await lookAtEverySize(page, 'customer-payer-fr');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Les messages partent aux contacts du payeur, Groupe Kerbrat.').waitFor();
    await lookAtEverySize(page, 'customer-paid-by-fr');
    await page.getByRole('link', { name: 'Groupe Kerbrat' }).click();
    await page.getByRole('heading', { level: 1, name: 'Groupe Kerbrat' }).waitFor();
    await page.getByText('Paie pour').waitFor();
    await page.getByRole('button', { name: 'Enregistrer un règlement' }).click();
    await dialog(page).getByText('Menuiserie Kerbrat ·').first().waitFor();
    await dialog(page).getByRole('button', { name: 'Annuler' }).click();
    await page.getByRole('link', { name: 'Menuiserie Kerbrat' }).click();
    await page.getByRole('heading', { level: 1, name: 'Menuiserie Kerbrat' }).waitFor();

    // There twice: what it moves is read before, and both pages say where to look afterwards.
    await go(page, fr.screens.customers);
    await page.getByRole('link', { name: 'Kerbrat (doublon)' }).click();
    await act('Fusionner avec…');
    await choose('Avec quel client', 'Menuiserie Kerbrat');
    await dialog(page)
      .getByText(/1 facture, dont 1 ouverte\s: 120,00\s€/)
      .waitFor();
    await dialog(page).getByText('Une fusion ne s’annule pas.').waitFor();
    await dialog(page).getByText('Les notes internes restent sur la fiche fusionnée.').waitFor();
    await lookAtEverySize(page, 'customer-merge-fr');
    await dialog(page).getByRole('button', { name: 'Fusionner' }).click();
    await page.getByRole('heading', { level: 1, name: 'Menuiserie Kerbrat' }).waitFor();
    await page.getByText(/Fusionné avec ce client\s:/).waitFor();
    await page.getByRole('link', { name: 'Kerbrat (doublon)' }).first().click();
    await page.getByText('Appeler le matin').waitFor();
    await page.getByText('Son historique se lit ici.').waitFor();
    await lookAtEverySize(page, 'customer-merged-fr');
    await end();
  });

  test('columns are chosen, kept on this device, put back; the file has those that are shown, in CSV and XLSX, of all or of what is chosen', async () => {
    const { visitor, at, page, end } = await begin();
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), { name: 'Hôtel de l’Odet', number: '00042', city: 'Quimper' })
    ).body;
    for (let index = 1; index <= 55; index++)
      await visitor.ask('POST', at('/invoices'), {
        customerId,
        number: `0${index}`,
        issuedOn: '2026-10-01',
        dueOn: `2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
        totalMinor: 10_000 + index,
      });
    const table = page.getByRole('table', { name: 'Factures' });
    const titles = async (): Promise<string[]> =>
      (await table.getByRole('columnheader').allTextContents()).filter((title) => title !== '');
    const original = ['Facture', 'Client', 'Échéance', 'Niveau atteint', 'Relance', 'Montant TTC', 'Solde dû'];
    const choose = page.getByRole('dialog', { name: 'Colonnes', exact: true });
    const open = async () => {
      await page.getByRole('button', { name: 'Colonnes', exact: true }).click();
      await choose.getByRole('checkbox').first().waitFor();
    };
    const save = async (format: string, where = page.locator('.page-head')) => {
      await where.getByRole('button', { name: 'Exporter', exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const linesOf = ({ bytes }: { bytes: Buffer }): string[] => bytes.toString('utf8').trim().split('\r\n');

    // Something else than columns may lie there, of another version or from elsewhere.
    const company = at('').split('/').at(-1)!;
    await page.evaluate((key) => localStorage.setItem(key, '{"no": list'), `relance.columns.${company}.invoices`);
    await go(page, fr.screens.invoices);
    await table.waitFor();
    expect(await titles()).toEqual(original);
    await open();
    expect(await choose.getByRole('checkbox', { name: 'Facture', exact: true }).isDisabled()).toBe(true);
    expect(await choose.getByRole('button', { name: 'Remettre d’origine' }).isDisabled()).toBe(true);
    // With the keyboard alone.
    await choose.getByRole('checkbox', { name: 'N° de client' }).focus();
    await page.keyboard.press('Space');
    await choose.getByRole('checkbox', { name: 'Relance', exact: true }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await hasFocus(page.getByRole('button', { name: 'Colonnes', exact: true }));
    const chosen = ['Facture', 'Client', 'N° de client', ...original.slice(2).filter((title) => title !== 'Relance')];
    expect(await titles()).toEqual(chosen);
    await page.reload();
    await table.waitFor();
    expect(await titles()).toEqual(chosen);

    const csv = await save('CSV');
    expect(csv.name).toMatch(/^factures-\d{4}-\d\d-\d\d\.csv$/);
    const lines = linesOf(csv);
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(lines[0]).toBe(`${chosen.map((title) => `"${title}"`).join(';')}`);
    // All of the list, of which one page is shown.
    expect(lines).toHaveLength(56);
    const xlsx = await save('Excel');
    const read = await readSheet(xlsx.bytes);
    expect(xlsx.name).toMatch(/\.xlsx$/);
    expect(read[0]).toEqual(chosen);
    expect(read).toHaveLength(56);
    const first = await table.locator('tbody').getByRole('row').first().getByRole('link').first().textContent();
    expect(read[1]!.slice(0, 3)).toEqual([first, 'Hôtel de l’Odet', '00042']);

    // Of what is chosen: these rows; of all that is chosen, the whole list.
    await table.getByRole('checkbox', { name: 'Choisir la facture 028', exact: true }).check();
    await table.getByRole('checkbox', { name: 'Choisir la facture 01', exact: true }).check();
    const bar = page.locator('.chosen-bar');
    expect(linesOf(await save('CSV', bar)).map((line) => line.slice(0, 5))).toEqual(['"Fact', '"028"', '"01";']);
    await table.getByRole('checkbox', { name: 'Choisir toutes les factures affichées' }).check();
    await bar.getByRole('button', { name: 'Choisir les 55 factures de la liste' }).click();
    await bar.getByText('55 factures choisies').first().waitFor();
    expect(linesOf(await save('CSV', bar))).toHaveLength(56);
    await bar.getByRole('button', { name: fr.clearSelection }).click();

    // Every column that there is: the table is moved in its frame, the page never; on a phone it is cards.
    await open();
    for (const box of await choose.getByRole('checkbox').all()) if (!(await box.isChecked())) await box.check();
    await lookAtEverySize(page, 'columns-open');
    await page.keyboard.press('Escape');
    expect(await titles()).toHaveLength(13);
    await lookAtEverySize(page, 'columns-all');
    await open();
    await choose.getByRole('button', { name: 'Remettre d’origine' }).click();
    await page.keyboard.press('Escape');
    expect(await titles()).toEqual(original);

    // The other lists have columns of their own, and a file.
    await go(page, fr.screens.customers);
    await open();
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Ville' }).check();
    await page.keyboard.press('Escape');
    expect(linesOf(await save('CSV'))[1]).toMatch(
      /^"Hôtel de l’Odet";"00042";"Quimper";"Séquence standard · par défaut";55;/,
    );
    await lookAtEverySize(page, 'columns-customers');
    for (const [screen, file] of [
      [fr.screens.payments, 'encaissements'],
      [fr.screens.sent, 'envois'],
    ] as const) {
      await go(page, screen);
      await page.getByRole('heading', { level: 1, name: screen }).waitFor();
      const saved = await save('CSV');
      expect(saved.name).toMatch(new RegExp(`^${file}-.*\\.csv$`));
      if (screen === fr.screens.sent) expect(linesOf(saved)[0]).toContain('"Niveau";"Date";"État";"Reste dû"');
    }

    // What the server refuses is told, and the button is there again.
    const detail = 'Cette liste a plus de 100 000 lignes.';
    const refusal = { type: '', title: '', status: 422, code: 'too-many-rows', detail };
    await page.route('**/reminders/file', (route) => route.fulfill({ status: 422, json: refusal }));
    await page.getByRole('button', { name: 'Exporter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Excel' }).click();
    await page.getByText(detail).waitFor();
    await page.unroute('**/reminders/file');
    expect((await save('Excel')).name).toMatch(/^envois-.*\.xlsx$/);
    await end();
  });

  test('internal notes are saved when asked, a customer is paused and resumed, and its delays are its own', async () => {
    const { visitor, at, page, end } = await begin();
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), { name: 'Hôtel de l’Odet', contacts: [{ email: 'a@odet.example' }] })
    ).body;
    await visitor.ask('POST', at('/invoices'), {
      customerId,
      number: 'FAC-9',
      issuedOn: '2026-11-01',
      dueOn: '2026-11-20',
      totalMinor: 5_000,
    });
    await page.goto(new URL(`/customers/${customerId}`, page.url()).href);
    await page.getByLabel('Notes internes').last().fill('Toujours payer par chèque.');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByText('Notes enregistrées.').waitFor();
    const menu = async (name: string) => {
      await page.getByRole('button', { name: 'Autres actions', exact: true }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await menu('Mettre en pause…');
    await dialog(page).getByLabel('Motif').fill('Saison');
    await dialog(page).getByRole('button', { name: 'Mettre en pause' }).click();
    await page.getByRole('table', { name: 'Factures ouvertes' }).getByText(/pause/i).waitFor();
    await menu('Reprendre les relances');
    await page
      .getByRole('table', { name: 'Factures ouvertes' })
      .getByText(/^R1 le/)
      .waitFor();
    await menu('Modifier…');
    await dialog(page).getByLabel('Délais propres').fill('10; douze');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await dialog(page).getByText('Des nombres de jours').waitFor();
    await dialog(page).getByLabel('Délais propres').fill('10, 15');
    const terms = dialog(page).getByLabel('Conditions de règlement');
    await terms.fill('30/60');
    await dialog(page).getByText('Pas compris.', { exact: false }).waitFor();
    await terms.fill('90 jours');
    await dialog(page).getByText('art. L441-10 I', { exact: false }).waitFor();
    await terms.fill('30J FDM');
    await dialog(page).getByText('30 jours fin de mois : une facture du', { exact: false }).waitFor();
    await dialog(page).getByLabel('Commercial', { exact: true }).fill('Inès Morel');
    await dialog(page).getByLabel('Peut être relancé par e-mail').uncheck();
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Délais propres : 10, 15 jours').waitFor();
    const { body } = await visitor.ask('GET', at(`/customers/${customerId}`));
    await page.getByText('Pas de relance par e-mail').waitFor();
    expect(body).toMatchObject({
      notes: 'Toujours payer par chèque.',
      delaysDays: [10, 15],
      paused: false,
      paymentTerms: { days: 30, endOfMonth: 'after' },
      salesperson: 'Inès Morel',
      forbiddenChannels: ['email'],
    });
    await end();
  });

  test('invoices are made by hand, in two instalments and as a credit note; what is missing is completed', async () => {
    const { visitor, at, page, end } = await begin();
    const made = await visitor.ask('POST', at('/customers'), { name: 'Garage Nédélec', number: 'G-77' });
    await go(page, fr.screens.invoices);
    const add = async (type: string, number: string, amount: string) => {
      await page.getByRole('button', { name: 'Nouvelle facture' }).click();
      // By its number as well as by its name.
      await dialog(page).getByRole('combobox', { name: 'Client' }).fill('g-77');
      await page.getByRole('option', { name: /Garage Nédélec/ }).click();
      await dialog(page).getByLabel('Nature').selectOption({ label: type });
      await dialog(page).getByLabel('Numéro').fill(number);
      await dialog(page).getByLabel('Montant TTC').fill(amount);
      await dialog(page).getByLabel('Émise le').fill('2026-11-02');
    };
    const save = () => dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await add('Facture', 'FAC-1', '1 000,00');
    await dialog(page).getByRole('button', { name: 'Payable en plusieurs fois' }).click();
    const part = (place: number) => dialog(page).getByRole('group', { name: `Échéance ${place}` });
    await part(1).getByLabel('Échéance', { exact: true }).fill('2026-11-30');
    await part(1).getByLabel('Montant').fill('400');
    await part(2).getByLabel('Échéance', { exact: true }).fill('2026-12-31');
    await part(2).getByLabel('Montant').fill('500');
    await dialog(page).getByText('Les échéances diffèrent du montant de 100,00 €.').waitFor();
    await part(2).getByLabel('Montant').fill('600');
    await save();
    await page.getByRole('heading', { level: 1, name: 'FAC-1' }).waitFor();
    await page.getByRole('table', { name: 'Échéances' }).getByText('600,00 €').first().waitFor();

    await go(page, fr.screens.invoices);
    await add('Avoir', 'AV-1', '50');
    await save();
    await page.getByRole('heading', { level: 1, name: 'AV-1' }).waitFor();
    await go(page, fr.screens.invoices);
    await add('Facture', 'FAC-2', '75,50');
    await save();
    await page.getByRole('heading', { level: 1, name: 'FAC-2' }).waitFor();
    // What is agreed from now on dates what is entered from now on, and is offered where a date is missing.
    const agreed = { paymentTerms: '30 jours fin de mois' };
    await visitor.ask('PATCH', at(`/customers/${made.body.customerId}`), agreed);
    await go(page, fr.screens.invoices);
    await add('Facture', 'FAC-3', '20');
    await dialog(page).getByText('Échéance calculée : 30 jours fin de mois.').waitFor();
    expect(await dialog(page).getByLabel('Échéance').inputValue()).toBe('2026-12-31');
    await dialog(page).getByLabel('Échéance').fill('2026-12-15');
    await dialog(page).getByText('Vide : calculée d’après les conditions', { exact: false }).waitFor();
    await save();
    await page.getByRole('heading', { level: 1, name: 'FAC-3' }).waitFor();

    await go(page, fr.screens.today);
    await page.getByRole('link', { name: /^Compléter/ }).click();
    const table = page.getByRole('table', { name: fr.screens.toComplete });
    const row = table.getByRole('row').filter({ hasText: 'FAC-2' });
    await row.getByText('sans échéance').waitFor();
    await row.getByRole('button', { name: 'Donner l’échéance…' }).click();
    await dialog(page).getByText('Échéance calculée : 30 jours fin de mois.').waitFor();
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await row.getByText('sans échéance').waitFor({ state: 'detached' });
    const due = async (number: string) =>
      (await visitor.ask('GET', at(`/invoices?search=${number}`))).body.rows[0].dueOn;
    expect([await due('FAC-2'), await due('FAC-3')]).toEqual(['2026-12-31', '2026-12-15']);
    await row.getByRole('button', { name: 'Donner une adresse…' }).click();
    await dialog(page).getByRole('button', { name: 'Ajouter un contact' }).click();
    await dialog(page).getByLabel('E-mail', { exact: true }).fill('garage@nedelec.example');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Rien à compléter').waitFor();
    await end();
  });

  test('sixty invoices are chosen over pages and paused together', async () => {
    const { visitor, at, page, end } = await begin();
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), { name: 'Grand Compte', contacts: [{ email: 'g@compte.example' }] })
    ).body;
    for (let number = 1; number <= 60; number++) {
      await visitor.ask('POST', at('/invoices'), {
        customerId,
        number: `GC-${number}`,
        issuedOn: '2026-11-01',
        dueOn: '2026-12-15',
        totalMinor: 1_000,
      });
    }
    await go(page, fr.screens.invoices);
    await page.getByRole('checkbox', { name: 'Choisir toutes les factures affichées' }).check();
    await page.getByRole('button', { name: 'Choisir les 60 factures de la liste' }).click();
    const bar = page.getByRole('region', { name: '60 factures choisies' });
    await bar.getByRole('button', { name: 'Mettre en pause…' }).click();
    await dialog(page).getByLabel('Motif').fill('Accord en cours');
    await dialog(page).getByRole('button', { name: 'Mettre en pause' }).click();
    // More than fifty are an operation, which tells its end in the same window.
    await dialog(page).getByText('60 factures mises en pause.').waitFor();
    await dialog(page).getByRole('button', { name: fr.close }).last().click();
    await bar.waitFor({ state: 'detached' });
    const { body } = await visitor.ask('GET', at('/invoices/sum?state=held'));
    expect(body.invoices).toBe(60);
    await end();
  });

  test('customers are chosen in the list and taken out of the reminders together', async () => {
    const { visitor, at, page, end } = await begin();
    for (const name of ['Atelier Brun', 'Boulangerie Le Goff', 'Garage Nédélec']) {
      await visitor.ask('POST', at('/customers'), { name });
    }
    await go(page, fr.screens.customers);
    const table = page.getByRole('table', { name: fr.screens.customers });
    await table.getByRole('checkbox', { name: 'Choisir Atelier Brun' }).check();
    await table.getByRole('checkbox', { name: 'Choisir Garage Nédélec' }).check();
    await page
      .getByRole('region', { name: '2 clients choisis' })
      .getByRole('button', { name: /séquence/ })
      .click();
    await dialog(page).getByLabel('Relances').selectOption({ label: 'Aucune relance' });
    await dialog(page).getByRole('button', { name: 'Changer' }).click();
    await page.getByText('2 clients changés de séquence.').waitFor();
    await expect.poll(() => table.getByText('Aucune relance').count(), patient).toBe(2);
    await page.getByPlaceholder('Rechercher un nom').fill('goff');
    await expect.poll(() => table.getByRole('row').count(), patient).toBe(2);
    await table.getByText('Séquence standard · par défaut').waitFor();
    await end();
  });

  test('a step’s template is read in both languages; each file imported leaves its errors to be fetched', async () => {
    const { visitor, at, page, end } = await begin();
    await go(page, fr.screens.sequences);
    const steps = page.getByRole('list', { name: /Étapes de/ });
    await steps.getByRole('listitem').filter({ hasText: 'J+15' }).getByRole('button').click();
    await dialog(page).getByRole('tabpanel').getByText(/\{\{ /).first().waitFor();
    await dialog(page).getByRole('tab', { name: 'English' }).click();
    await dialog(page)
      .getByRole('tabpanel')
      .getByText(/Dear|Hello/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');

    const form = new FormData();
    form.append('options', JSON.stringify({ skipBadRows: true }));
    form.append('file', new Blob(['N° client;Nom;Email\nC-1;Brun;\nC-2;Odet;pas une adresse\n']), 'clients.csv');
    const imported = await visitor.ask('POST', at('/imports/customers'), form);
    expect(imported.body).toMatchObject({ counts: { faulty: 1 } });
    await go(page, fr.screens.imports);
    const row = page.getByRole('row').filter({ hasText: 'clients.csv' });
    const link = row.getByRole('link', { name: 'Télécharger l’erreur' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await end();
  });

  test('columns that nobody could know are chosen once, by keyboard too; what is no table is told so', async () => {
    const { page, end } = await begin();
    const words = fr.import;
    const csv = (name: string, rows: string) => ({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(`ZA1;ZA2;ZA3;ZA4\n${rows}`),
    });
    await go(page, fr.screens.imports);
    await page.getByRole('button', { name: words.button, exact: true }).click();
    const file = page.locator('input[type=file]');
    await file.setInputFiles({
      name: 'logo.png',
      mimeType: 'image/png',
      buffer: Buffer.from('89504e470d0a1a0a0000000d4948', 'hex'),
    });
    await dialog(page)
      .getByRole('alert')
      .getByText(/^Ce fichier est une image, pas un tableau/)
      .waitFor();

    await file.setInputFiles(csv('mars.csv', 'FA-1;Brun;18/11/2026;10,00\nFA-2;Odet;19/11/2026;20,00\n'));
    await dialog(page).getByText(words.columnsMissing(4)).waitFor();
    // What is in each column is seen, and how the file was read.
    await dialog(page).getByRole('cell', { name: 'FA-1 · FA-2' }).waitFor();
    expect(await dialog(page).getByLabel(words.separator).inputValue()).toBe(';');
    const group = (...fields: string[]) => dialog(page).getByRole('group', { name: fields.join(words.or) });
    const { number, customerNumber, customerName, amount, openAmount, issuedOn, dueOn } = words.fields;
    await group(number!).getByLabel(number!).selectOption('ZA1');
    await group(number!).getByText(words.chosen).waitFor();
    await group(customerNumber!, customerName!).getByLabel(customerName!).selectOption('ZA2');
    await group(issuedOn!, dueOn!).getByLabel(dueOn!).selectOption('ZA3');
    expect(await dialog(page).getByText(words.toChoose).count()).toBe(1);
    // The last of them, by its first letters: the preview comes, and who works by keyboard goes on from it.
    await group(amount!, openAmount!).getByLabel(amount!).focus();
    await page.keyboard.type('ZA4');
    await dialog(page).getByRole('heading', { name: words.preview }).waitFor();
    await dialog(page).locator(':focus').waitFor();
    // Separated otherwise the file has one column: nothing of what was chosen fits, and all of it can be put right here.
    await dialog(page).getByText(words.otherFields(13)).click();
    await dialog(page).getByLabel(words.separator).selectOption(',');
    await dialog(page).getByText(words.columnsMissing(4)).waitFor();
    await dialog(page).getByLabel(words.separator).selectOption(';');
    await dialog(page).getByRole('cell', { name: 'FA-1 · FA-2' }).waitFor();
    for (const [fields, field, column] of [
      [[number!], number!, 'ZA1'],
      [[customerNumber!, customerName!], customerName!, 'ZA2'],
      [[issuedOn!, dueOn!], dueOn!, 'ZA3'],
      [[amount!, openAmount!], amount!, 'ZA4'],
    ] as const)
      await group(...fields)
        .getByLabel(field)
        .selectOption(column);
    await dialog(page)
      .getByRole('button', { name: words.submit(2) })
      .click();
    await dialog(page).getByText(words.done(2, 0)).waitFor();

    await dialog(page).getByRole('button', { name: words.again }).click();
    await file.setInputFiles(csv('avril.csv', 'FA-3;Brun;20/11/2026;30,00\n'));
    await dialog(page).getByText('Les colonnes sont celles choisies la dernière fois pour un tel fichier.').waitFor();
    await dialog(page)
      .getByRole('button', { name: words.submit(1) })
      .waitFor();
    await end();
  });

  test('a colleague is added and enters with the provisional password, and reads what only a manager may change', async () => {
    const { site, page, end } = await begin();
    await page.goto(new URL('/settings?part=members', page.url()).href);
    await page.getByRole('button', { name: 'Ajouter un utilisateur' }).click();
    await dialog(page).getByLabel('Nom').fill('Paul Agent');
    await dialog(page).getByLabel('E-mail').fill('paul@morvan.example');
    await dialog(page).getByLabel('Mot de passe provisoire').fill('court');
    await dialog(page).getByRole('button', { name: 'Ajouter', exact: true }).click();
    await dialog(page).getByText('Au moins 10 caractères.', { exact: true }).waitFor();
    await dialog(page).getByLabel('Mot de passe provisoire').fill('provisoire-2026');
    await dialog(page).getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.getByRole('table').getByText('paul@morvan.example').waitFor();

    const other = await openPage(browser, site.url, 'fr');
    await other.page.getByLabel(fr.account.email).fill('paul@morvan.example');
    await other.page.getByLabel(fr.account.password, { exact: true }).fill('provisoire-2026');
    await other.page.keyboard.press('Enter');
    await go(other.page, fr.screens.settings);
    await other.page.getByText('Seul un responsable peut modifier ces réglages.').waitFor();
    expect(await other.page.getByLabel('Nom de l’entreprise').isDisabled()).toBe(true);
    await other.page.getByRole('link', { name: 'Mot de passe' }).click();
    await other.page.getByLabel('Mot de passe actuel').fill('provisoire-2026');
    await other.page.getByLabel('Nouveau mot de passe').fill('le mien pour toujours');
    await other.page.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await other.page.getByText('Mot de passe changé.', { exact: false }).waitFor();
    expect(other.misdeeds).toEqual([]);
    await other.context.close();
    await end();
  });

  test('a session that ends while somebody writes takes nothing away: the password is asked, what was typed is sent', async () => {
    const { site, visitor, at, page, end } = await begin();
    const { customerId } = (await visitor.ask('POST', at('/customers'), { name: 'Brasserie du Port' })).body;
    // The page waits for news already when the session ends: else it would ask for them, and hear of the end by itself.
    const listens = page.waitForRequest(/\/live\?.*after=/);
    await page.goto(new URL(`/customers/${customerId}`, page.url()).href);
    await listens;
    await page.getByRole('button', { name: 'Noter…' }).click();
    const note = page.getByRole('dialog', { name: 'Noter un échange' });
    await note.getByLabel('Ce qui a été dit').fill('Un long compte rendu.');
    await sql`delete from account.session`.execute(site.database.owner);
    await note.getByRole('button', { name: 'Noter' }).click();
    const over = page.getByRole('dialog', { name: 'Session terminée' });
    expect(await over.getByLabel(fr.account.email).inputValue()).toBe(owner.email);
    await over.getByLabel(fr.account.password, { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await over.waitFor({ state: 'detached' });
    expect(await note.getByLabel('Ce qui a été dit').inputValue()).toBe('Un long compte rendu.');
    await note.getByRole('button', { name: 'Noter' }).click();
    await page.getByText('Appel : Un long compte rendu.').waitFor();
    await end();
  });

  test('a sample company is explored from the first screen, and thrown away; one’s own is as it was', async () => {
    const { site, page, end } = await begin();
    await page.getByRole('button', { name: 'Explorer une entreprise d’exemple' }).click();
    await page.getByText(fr.mode.sample).waitFor({ timeout: 120_000 });
    await page.getByRole('table', { name: fr.today.title }).waitFor();
    await go(page, fr.screens.invoices);
    await page.getByRole('table', { name: fr.screens.invoices }).getByRole('row').nth(20).waitFor();
    const own = page.getByRole('combobox', { name: fr.account.company });
    await expect.poll(() => own.locator('option').count(), patient).toBe(2);
    await page.getByRole('button', { name: 'Supprimer l’exemple…' }).click();
    await dialog(page).getByRole('button', { name: 'Supprimer', exact: true }).click();
    await page.getByText('L’exemple est supprimé.').waitFor();
    await page.getByText(fr.today.emptyNoInvoices).waitFor();
    await expect.poll(() => own.count(), patient).toBe(0);
    const left = await sql<{ companies: number }>`select count(*)::int as companies from company`.execute(
      site.database.owner,
    );
    expect(left.rows[0]!.companies).toBe(1);
    await end();
  }, 180_000);

  test('from practice to real: sender, mail server, a test message, what would leave, and the act itself', async () => {
    const { visitor, at, page, end } = await begin();
    const server = await startMailServer();
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), {
        name: 'Menuiserie Kerbrat',
        contacts: [{ email: 'compta@kerbrat.example' }],
      })
    ).body;
    await visitor.ask('POST', at('/invoices'), {
      customerId,
      number: 'FAC-1',
      issuedOn: '2026-11-01',
      dueOn: '2026-11-20',
      totalMinor: 43_100,
    });
    await page.getByRole('link', { name: 'Passer en réel' }).first().click();
    const act = page.getByRole('button', { name: 'Passer en réel' });
    await page.getByRole('table', { name: 'Ce que Relance ferait ensuite' }).getByText('FAC-1').first().waitFor();
    expect(await act.isDisabled()).toBe(true);

    await page.getByRole('link', { name: 'L’adresse de l’expéditeur est indiquée' }).click();
    await page.getByLabel('Adresse de l’expéditeur').fill('compta@morvan.example');
    // Leaving with something unsaved asks first; staying keeps it.
    page.once('dialog', (asked) => void asked.dismiss());
    await page.getByRole('link', { name: 'Serveur d’envoi' }).click();
    expect(await page.getByLabel('Adresse de l’expéditeur').inputValue()).toBe('compta@morvan.example');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Réglages enregistrés.').first().waitFor();
    await nothingUnsaved(page);

    await page.getByRole('link', { name: 'Serveur d’envoi' }).click();
    await page.getByLabel('Serveur SMTP').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(server.port));
    await page.getByLabel('Sécurité').selectOption('none');
    await page.getByLabel('Connexion', { exact: true }).selectOption('none');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const test = page.getByRole('button', { name: 'M’envoyer un message de test' });
    await expect.poll(() => test.isEnabled(), patient).toBe(true);
    server.next('550');
    await test.click();
    await page.getByRole('alert').getByText(/550/).waitFor();
    await test.click();
    await page.getByText('Message de test accepté par le serveur').waitFor();
    expect(server.accepted.map(({ to }) => to)).toEqual([[owner.email]]);
    expect((await simpleParser(server.accepted[0]!.raw)).from!.value[0]!.address).toBe('compta@morvan.example');

    await page.getByRole('link', { name: 'Passer en réel', exact: true }).click();
    await page.getByRole('checkbox', { name: /J’ai lu ce qui partira/ }).check();
    await act.click();
    await page.getByText('Relance est en réel.', { exact: false }).waitFor();
    await expect.poll(() => page.getByText(fr.mode.practice).count(), patient).toBe(0);
    expect((await visitor.ask('GET', at(''))).body.mode).toBe('live');
    await server.stop();
    await end();
  });
});
