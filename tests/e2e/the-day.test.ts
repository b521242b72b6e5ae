// "Aujourd'hui" and what follows from it, as a person does it: holding back, sending one reminder by hand, tasks, problems.
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';
import { exchangeReport, vacationAnswer } from '../world/reports.ts';
import { firstOwner, owner, type Site, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, lookIn, openBrowser, openPage } from './browser.ts';
import { patient, signIn, tenFormalNotices } from './steps.ts';

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}`);

describe.skipIf(chromiumPath === null)('the day', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  async function begin(path = ''): Promise<{
    site: Site;
    visitor: Visitor;
    at: (path: string) => string;
    page: Page;
    end: () => Promise<void>;
  }> {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await tenFormalNotices(site);
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/${path}`, 'fr');
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
  const dialog = (page: Page) => page.getByRole('dialog');
  const states = async (visitor: Visitor, at: (path: string) => string, state: string): Promise<number> =>
    (await visitor.ask('GET', at(`/reminders?state=${state}&limit=100`))).body.rows.length;

  test('what is approved can be held back while it is about to leave, and let go again; each figure leads to its rows', async () => {
    const { site, visitor, at, page, end } = await begin();
    const day = page.getByRole('region', { name: 'La journée' });
    await day.getByText('dont 10 mises en demeure').waitFor();
    const waiting = page.getByRole('table', { name: fr.approve.title });
    for (const customer of ['Client 01', 'Client 02', 'Client 03'])
      await waiting
        .getByRole('row', { name: new RegExp(customer) })
        .getByRole('button', { name: fr.approve.approve })
        .click();
    const leaving = page.getByRole('table', { name: 'Prêts à partir' });
    await expect.poll(() => leaving.getByRole('row').count(), patient).toBe(4);
    await lookAtEverySize(page, 'the-day-leaving-fr');
    await leaving.getByRole('button', { name: 'Retenir le message à Client 02' }).click();
    await page.getByText('Message retenu : il attend votre accord.').waitFor();
    await expect.poll(() => states(visitor, at, 'to_approve'), patient).toBe(8);
    await day.getByRole('button', { name: 'Tout retenir (2)' }).click();
    const told = page.getByText('2 messages retenus : ils attendent votre accord.');
    await told.waitFor();
    expect(await states(visitor, at, 'to_approve')).toBe(10);
    await page.getByRole('alert').filter({ has: told }).getByRole('button', { name: fr.undo }).click();
    await page.getByText('Le message va partir.').waitFor();
    await site.pass(11);
    expect(await states(visitor, at, 'to_approve')).toBe(8);
    expect(
      (await visitor.ask('GET', at('/reminders?state=left&limit=100'))).body.rows
        .filter((row: { level: number }) => row.level === 3)
        .map((row: { customerName: string }) => row.customerName)
        .sort(),
    ).toEqual(['Client 01', 'Client 03']);
    await page.getByRole('region', { name: fr.figures.title }).getByRole('link', { name: fr.figures.overdue }).click();
    await page.waitForURL(/invoices\?state=overdue/);
    await end();
  });

  test('payments that are known for too long only are said, with what waits for them, until they are confirmed', async () => {
    const { visitor, at, page, end } = await begin();
    expect((await visitor.ask('PATCH', at(''), { bankFreshDays: 1, bankFreshLevel: 2 })).status).toBe(200);
    await page.reload();
    const stale = page.getByRole('alert').filter({ hasText: 'Aucun règlement n’a encore été importé.' });
    await stale.getByText('À partir de R2, rien ne part tant qu’ils ne sont pas à jour').waitFor();
    await lookAtEverySize(page, 'bank-stale-fr');
    await stale.getByRole('button', { name: 'Ils sont à jour' }).click();
    await page.getByText('Les règlements sont à jour.').waitFor();
    await page.getByText('Règlements connus jusqu’au lun. 16 nov.').waitFor();
    expect(await stale.count()).toBe(0);
    await end();
  });

  test('what has waited too long is marked, until the company says that it may wait for longer; who pays is thanked, if it wants', async () => {
    const { visitor, at, page, end } = await begin();
    await visitor.ask('PUT', at('/clock'), { on: '2026-11-20' });
    await page.reload();
    await page.getByText('10 attendent depuis plus de 3 jours d’envoi').waitFor();
    await page.getByRole('link', { name: 'À valider', exact: true }).first().click();
    const list = page.getByRole('list', { name: 'Messages à valider' });
    await expect.poll(() => list.getByText('attend depuis 4 jours d’envoi').count(), patient).toBe(10);
    await lookAtEverySize(page, 'approve-too-long-fr');
    await page.goto(new URL('/settings?part=company', page.url()).href);
    await page.getByLabel('Signaler ce qui attend une validation depuis plus de').fill('10');
    await page.getByLabel('Remercier un client qui a réglé une facture relancée').check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Réglages enregistrés.').waitFor();
    await page.goto(new URL('/', page.url()).href);
    await page.getByText('dont 10 mises en demeure').waitFor();
    expect(await page.getByText(/depuis plus de/).count()).toBe(0);
    const { rows } = (await visitor.ask('GET', at('/invoices?search=FAC-00&limit=9'))).body;
    const [first, second] = ['FAC-001', 'FAC-002'].map((number) =>
      rows.find((row: { number: string }) => row.number === number),
    );
    await visitor.ask('PATCH', at(`/customers/${second.customerId}`), { keyAccount: true });
    for (const { id: invoiceId, customerId, openMinor: amountMinor } of [first, second]) {
      const payment = { customerId, receivedOn: '2026-11-20', amountMinor, to: [{ invoiceId }] };
      expect((await visitor.ask('POST', at('/payments'), payment)).status).toBe(201);
    }
    await visitor.ask('PUT', at('/clock'), { on: '2026-11-23' });
    await page.reload();
    const planned = page.getByRole('table', { name: fr.today.title }).getByRole('row', { name: /FAC-001/ });
    await planned.getByText('Remerciement', { exact: true }).waitFor();
    await planned.getByText('Facture relancée, réglée le ven. 20 nov.').waitFor();
    await lookAtEverySize(page, 'thanks-today-fr');
    await page.getByRole('button', { name: fr.run.button }).click();
    await page.getByText('1 message composé, 1 message à valider.').waitFor();
    await page.goto(new URL('/sent', page.url()).href);
    const sent = page.getByRole('table', { name: fr.screens.sent }).getByRole('row', { name: /FAC-001 Remerciement/ });
    await sent.getByText('Remerciement', { exact: true }).waitFor();
    await lookAtEverySize(page, 'thanks-sent-fr');
    await sent.getByRole('button', { name: /Client 01/ }).click();
    await page.frameLocator('iframe').getByText('Nous avons bien reçu votre règlement').waitFor();
    await lookAtEverySize(page, 'thanks-message-fr');
    await page.goto(new URL('/approve', page.url()).href);
    await list.getByRole('button', { name: /Client 02.*Remerciement/ }).click();
    await page.getByText('FAC-002 réglée').waitFor();
    await lookAtEverySize(page, 'thanks-approve-fr');
    await page.goto(new URL('/templates/thank-you', page.url()).href);
    await page.getByText('Exemple inventé.').waitFor();
    await lookAtEverySize(page, 'thanks-template-fr');
    await end();
  });

  test('one invoice is reminded of from its page: read, changed, sent, followed up, and it stands on top of the history', async () => {
    const { site, visitor, at, page, end } = await begin('invoices');
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), { name: 'Hôtel de l’Odet', contacts: [{ email: 'a@odet.example' }] })
    ).body;
    const { invoiceId } = (
      await visitor.ask('POST', at('/invoices'), {
        customerId,
        number: 'FAC-900',
        issuedOn: '2026-10-10',
        dueOn: '2026-11-10',
        totalMinor: 150_000,
      })
    ).body;
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(pdf('FAC-900'))]), 'FAC-900.pdf');
    await visitor.ask('PUT', at(`/invoices/${invoiceId}/pdf`), form);
    await page.goto(new URL(`/invoices/${invoiceId}`, page.url()).href);
    await page.getByRole('button', { name: 'Relancer…' }).click();
    await dialog(page)
      .getByLabel('Niveau')
      .locator('option:checked', { hasText: '(proposé)' })
      .waitFor({ state: 'attached' });
    const frame = page.frameLocator(`iframe[title="${fr.messages.frameTitle}"]`).locator('body');
    await expect.poll(() => frame.textContent(), patient).toContain('FAC-900');
    await lookAtEverySize(page, 'remind-one-fr');

    // What is no address is named beside its field, and nothing leaves.
    await dialog(page).getByLabel('Copie').fill('direction@odet.example, la compta');
    await dialog(page).getByRole('button', { name: 'Envoyer' }).click();
    await dialog(page).getByText('« la compta » n’est pas une adresse e-mail.').waitFor();
    await dialog(page).getByLabel('Copie').fill('direction@odet.example');
    await dialog(page).getByRole('tab', { name: 'Modifier le texte' }).click();
    await dialog(page).getByLabel('Message').fill('Bonjour, merci de régler {{ amount_due }} et {{ rien }}.');
    await dialog(page).getByRole('button', { name: 'Envoyer' }).click();
    // An unknown tag is named, and everything typed stays.
    await dialog(page).getByRole('alert').getByText(/rien/).waitFor();
    expect(await dialog(page).getByLabel('Copie').inputValue()).toBe('direction@odet.example');
    await dialog(page).getByLabel('Message').fill('Bonjour, merci de régler {{ amount_due }} avant vendredi.');
    await dialog(page).getByLabel('Objet').fill('Votre facture {{ invoice_number }}');
    await dialog(page).getByLabel('FAC-900.pdf').uncheck();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog(page).getByRole('button', { name: 'Ajouter un fichier…' }).click(),
    ]);
    await chooser.setFiles({ name: 'bon de livraison.pdf', mimeType: 'text/html', buffer: pdf('bon') });
    await dialog(page).getByText('bon de livraison.pdf').waitFor();
    await dialog(page).getByRole('tab', { name: 'Tel qu’il partira' }).click();
    await expect.poll(() => frame.textContent(), patient).toMatch(/1\s500,00\s€ avant vendredi/);
    await dialog(page).getByText('Votre facture FAC-900').waitFor();
    await dialog(page).getByRole('button', { name: 'Envoyer' }).click();

    await dialog(page).getByText('Et ensuite ?').waitFor();
    expect(await dialog(page).getByLabel('À faire').inputValue()).toBe('Rappeler Hôtel de l’Odet au sujet de FAC-900');
    expect(await dialog(page).getByLabel(/^Le/).inputValue()).toBe('2026-11-23');
    await lookAtEverySize(page, 'follow-up-fr');
    await dialog(page).getByRole('button', { name: 'Créer la tâche' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Tâches' }).getByText('Rappeler Hôtel de l’Odet').waitFor();
    await site.pass(11);
    const history = page.locator('.history li');
    await expect
      .poll(() => history.first().textContent(), patient)
      .toMatch(/Relance R\d capturée, pour a@odet.example/);
    const [row] = (await visitor.ask('GET', at(`/reminders?invoiceId=${invoiceId}&limit=5`))).body.rows;
    const { body } = await visitor.ask('GET', at(`/reminders/${row.id}/message`));
    expect(body).toMatchObject({
      subject: 'Votre facture FAC-900',
      cc: ['direction@odet.example'],
      attachments: [{ name: 'bon de livraison.pdf' }],
      left: true,
    });
    await end();
  });

  test('what happens while the screen is being loaded is on it all the same', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string) => `/api/companies/${companyId}${path}`;
    const { customerId } = (await visitor.ask('POST', at('/customers'), { name: 'Menuiserie Kerbrat' })).body;
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    // Something happens before the page hears for the first time how far the company is.
    const lists: string[] = [];
    page.on('request', (request) => {
      if (/\/(tasks|reminders|preview)\b/.test(request.url())) lists.push(request.url());
    });
    const askedBefore = Promise.withResolvers<string[]>();
    await page.route(
      /\/live/,
      async (route) => {
        await visitor.ask('POST', at('/tasks'), { customerId, text: 'Rappeler', dueOn: '2026-11-23' });
        askedBefore.resolve([...lists]);
        await route.continue();
      },
      { times: 1 },
    );
    await signIn(page);
    await page.getByRole('list', { name: 'Tâches du jour' }).getByText('Rappeler').waitFor();
    // A list that was asked for earlier could be without it, and nothing would say so.
    expect(await askedBefore.promise).toEqual([]);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('what happens while a list is on its way for the first time is on it too', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string) => `/api/companies/${companyId}${path}`;
    const { customerId } = (await visitor.ask('POST', at('/customers'), { name: 'Menuiserie Kerbrat' })).body;
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    // The answer, from before, is held until the page has heard that something happened.
    await page.route(
      /\/tasks\b/,
      async (route) => {
        const before = await route.fetch();
        await page.waitForResponse(/\/live\?/);
        const news = page.waitForResponse(/\/live\?.*after=/);
        await visitor.ask('POST', at('/tasks'), { customerId, text: 'Rappeler', dueOn: '2026-11-23' });
        await news;
        await route.fulfill({ response: before });
      },
      { times: 1 },
    );
    await signIn(page);
    await page.getByRole('list', { name: 'Tâches du jour' }).getByText('Rappeler').waitFor();
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('a task comes up on its day: done, taken back, and from it the next reminder', async () => {
    const { visitor, at, page, end } = await begin();
    const { rows } = (await visitor.ask('GET', at('/invoices?search=FAC-004&limit=1'))).body;
    const { id: invoiceId, customerId } = rows[0];
    await visitor.ask('POST', at('/tasks'), {
      customerId,
      invoiceId,
      text: 'Rappeler M. Le Goff',
      dueOn: '2026-11-16',
    });
    await visitor.ask('POST', at('/tasks'), { customerId, text: 'Vérifier l’adresse', dueOn: '2026-11-10' });
    await visitor.ask('POST', at('/tasks'), { customerId, text: 'Plus tard', dueOn: '2026-11-30' });
    const tasks = page.getByRole('list', { name: 'Tâches du jour' });
    await expect.poll(() => tasks.getByRole('listitem').count(), patient).toBe(2);
    await tasks.getByText('prévue mar. 10 nov.').waitFor();
    await lookAtEverySize(page, 'tasks-fr');
    await tasks.getByRole('checkbox', { name: 'Marquer comme faite : Vérifier l’adresse' }).click();
    await expect.poll(() => tasks.getByRole('listitem').count(), patient).toBe(1);
    await page.getByRole('alert').filter({ hasText: 'Fait' }).getByRole('button', { name: fr.undo }).click();
    await expect.poll(() => tasks.getByRole('listitem').count(), patient).toBe(2);
    await tasks
      .getByRole('listitem')
      .filter({ hasText: 'Le Goff' })
      .getByRole('button', { name: 'Relancer au niveau suivant' })
      .click();
    await dialog(page).getByLabel('Niveau').locator('option:checked', { hasText: 'R3' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await tasks.getByRole('link', { name: 'Client 04' }).first().click();
    await page.getByRole('list', { name: 'Tâches' }).getByText('Plus tard').waitFor();
    await page.getByRole('button', { name: 'Ajouter une tâche' }).click();
    await dialog(page).getByLabel('À faire').fill('Envoyer le duplicata');
    await dialog(page).getByLabel('Pour').selectOption({ label: 'Claire Morvan' });
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page
      .getByRole('list', { name: 'Tâches' })
      .getByRole('listitem')
      .filter({ hasText: 'duplicata' })
      .getByText('Claire Morvan')
      .waitFor();
    await page.getByText(/^Tâche pour le .*\s: Envoyer le duplicata/).waitFor();

    // A call of a sequence can be written instead; the call that repeats it cannot: its level has been left.
    const calls = {
      title: 'Appels',
      steps: [{ level: 1, name: 'Appel', offsetDays: 1, channels: ['task'], taskText: 'Appeler' }],
    };
    const { sequenceId } = (
      await visitor.ask('POST', at('/sequences'), { ...calls, ending: { kind: 'repeat', days: 7, times: 1 } })
    ).body;
    const called = (await visitor.ask('POST', at('/customers'), { name: 'Odile Le Bihan' })).body.customerId;
    await visitor.ask('POST', at('/enrolments'), { customerIds: [called], enrolment: 'chosen', sequenceId });
    const invoice = {
      customerId: called,
      number: 'APPEL',
      issuedOn: '2026-11-01',
      dueOn: '2026-11-16',
      totalMinor: 5_000,
    };
    await visitor.ask('POST', at('/invoices'), invoice);
    const instead = page.getByRole('menuitem', { name: 'Écrire un e-mail à la place…' });
    for (const [day, offered] of [
      ['2026-11-17', 1],
      ['2026-11-24', 0],
    ] as const) {
      await visitor.ask('PUT', at('/clock'), { on: day });
      await visitor.ask('POST', at('/runs'));
      await page.goto(new URL(`/customers/${called}`, page.url()).href);
      await page.getByRole('button', { name: 'Autres actions sur la tâche : Appeler' }).click();
      await page.getByRole('menuitem', { name: 'Ne pas faire…' }).waitFor();
      expect(await instead.count()).toBe(offered);
      const open = (await visitor.ask('GET', at(`/tasks?customerId=${called}`))).body.rows;
      expect((await visitor.ask('POST', at(`/tasks/${open[0].id}/done`))).status).toBe(200);
    }
    await page.goto(new URL('/sent', page.url()).href);
    await page
      .getByText(/Appeler\s·\sClaire Morvan$/)
      .first()
      .waitFor();
    await end();
  });

  test('a promise to pay is noted, replaced, withdrawn; broken, it is on the day’s screen until somebody has dealt with it', async () => {
    const { visitor, at, page, end } = await begin();
    const { rows } = (await visitor.ask('GET', at('/invoices?search=FAC-004&limit=1'))).body;
    const { id: invoiceId, customerId } = rows[0];
    await page.goto(new URL(`/invoices/${invoiceId}`, page.url()).href);
    const note = async (day: string, how: string): Promise<void> => {
      await dialog(page).getByLabel('Promis pour le').fill(day);
      await dialog(page)
        .getByLabel(/Comment, et par qui/)
        .fill(how);
      await dialog(page).getByRole('button', { name: 'Noter la promesse' }).click();
      await dialog(page).waitFor({ state: 'detached' });
    };
    const add = page.getByRole('button', { name: 'Noter une promesse' });
    await add.click();
    expect(await dialog(page).getByLabel('Montant promis').inputValue()).toBe('1000,04');
    // What is missing is said in the language of the screen, whatever the browser speaks.
    await dialog(page).getByRole('button', { name: 'Noter la promesse' }).click();
    await dialog(page).getByText('Le jour promis, aujourd’hui ou plus tard.').waitFor();
    await note('2026-11-18', 'au téléphone, Mme Le Goff');
    // The formal notice that waited is taken out, and the page says what it waits for.
    await page
      .getByText(/^Règlement promis pour le mer\. 18 nov\./)
      .first()
      .waitFor();
    await page.getByText(/^Message retiré/).waitFor();
    await add.click();
    await dialog(page).getByText('La promesse en cours, pour le mer. 18 nov., sera remplacée.').waitFor();
    await lookAtEverySize(page, 'promise-dialog-fr');
    await note('2026-11-20', 'par e-mail');
    const list = page.getByRole('list', { name: 'Promesses de règlement' });
    await list.getByText('Remplacée').waitFor();
    await list.getByText('En cours').waitFor();
    await lookAtEverySize(page, 'promise-invoice-fr');
    await list.getByRole('button', { name: 'Retirer la promesse pour le ven. 20 nov.' }).click();
    await dialog(page).getByLabel('Motif').fill('erreur');
    await dialog(page).getByRole('button', { name: 'Retirer la promesse' }).click();
    await list.getByText('Retirée').waitFor();
    // In several instalments: laid out by themselves, each to be changed.
    await add.click();
    await dialog(page).getByText('En plusieurs mensualités').click();
    await dialog(page).getByLabel('Première le').fill('2020-12-31');
    await dialog(page).getByRole('button', { name: 'Noter l’échéancier' }).click();
    await dialog(page).getByText('Chaque mensualité a un jour', { exact: false }).waitFor();
    await dialog(page).getByLabel('Première le').fill('2026-12-31');
    const first = dialog(page).getByLabel('Montant de la mensualité 1');
    expect(await first.inputValue()).toBe('333,34');
    expect(await dialog(page).getByLabel('Mensualité 3 : le').inputValue()).toBe('2027-02-28');
    await first.fill('900');
    await dialog(page).getByText('C’est plus que ce qui est dû', { exact: false }).waitFor();
    await first.fill('333,34');
    await lookAtEverySize(page, 'plan-dialog-fr');
    await dialog(page).getByRole('button', { name: 'Noter l’échéancier' }).click();
    await list.getByText('échéancier en 3 mensualités').waitFor();
    await page
      .getByText(/^Échéancier en cours\s: 333,34\s€ attendus/)
      .first()
      .waitFor();
    await lookAtEverySize(page, 'plan-invoice-fr');

    await visitor.ask('POST', at('/promises'), { customerId, invoiceId, promisedOn: '2026-11-17' });
    await visitor.ask('PUT', at('/clock'), { on: '2026-11-18' });
    await visitor.ask('POST', at('/runs'));
    const others = (await visitor.ask('GET', at('/invoices?search=FAC-005&limit=1'))).body.rows;
    await visitor.ask('POST', at('/promises'), { customerId: others[0].customerId, promisedOn: '2026-11-18' });
    await page.getByRole('link', { name: fr.screens.today }).first().click();
    await page.getByRole('list', { name: 'Promesses du jour' }).getByText('Client 05').waitFor();
    const overdue = page.getByRole('list', { name: 'Promesses échues' });
    await overdue.getByText('était pour le mar. 17 nov.').waitFor();
    await page
      .getByRole('list', { name: 'Tâches du jour' })
      .getByText(/Promesse non tenue/)
      .waitFor();
    await lookAtEverySize(page, 'promises-today-fr');
    await overdue.getByRole('button', { name: 'Noter une autre promesse' }).click();
    await note('2026-11-25', 'au téléphone');
    await overdue.waitFor({ state: 'detached' });

    // Owed since then, it is no part of what the dialog proposes of an old promise about the whole customer, nor of what it notes.
    const { customerId: other, openMinor } = others[0];
    const since = {
      customerId: other,
      number: 'DEPUIS',
      issuedOn: '2026-11-18',
      dueOn: '2026-12-18',
      totalMinor: 5_000,
    };
    await visitor.ask('POST', at('/invoices'), since);
    await visitor.ask('PUT', at('/clock'), { on: '2026-11-19' });
    await visitor.ask('POST', at('/runs'));
    await page.reload();
    await overdue.getByRole('button', { name: 'Noter une autre promesse' }).click();
    await note('2026-11-26', 'au téléphone');
    await overdue.waitFor({ state: 'detached' });
    const [noted] = (await visitor.ask('GET', at(`/promises?customerId=${other}&limit=1`))).body.rows;
    expect(noted).toMatchObject({ promisedOn: '2026-11-26', amount: { currency: 'EUR', minor: openMinor } });
    await end();
  });

  test('ten customers are reminded of in one operation, which is left, found again after reloading, and told at its end', async () => {
    const site = await startSite({ staticDir, operatesLate: true });
    const { visitor, companyId } = await tenFormalNotices(site);
    const at = (path: string) => `/api/companies/${companyId}${path}`;
    const { page, misdeeds, context } = await openPage(browser, `${site.url}/due`, 'fr');
    await signIn(page);
    await page.getByRole('checkbox', { name: 'Choisir tous les clients affichés' }).check();
    await page.getByRole('region', { name: '10 clients choisis' }).getByRole('button', { name: 'Relancer…' }).click();
    // One of them pays in the meantime.
    const { rows } = (await visitor.ask('GET', at('/invoices?search=FAC-005&limit=1'))).body;
    await visitor.ask('POST', at('/payments'), {
      customerId: rows[0].customerId,
      receivedOn: '2026-11-16',
      amountMinor: rows[0].openMinor,
      to: [{ invoiceId: rows[0].id }],
    });
    await dialog(page).getByRole('button', { name: 'Préparer' }).click();
    await dialog(page).getByText('0 / 10 clients').waitFor();
    await lookAtEverySize(page, 'operation-running-fr');
    await dialog(page).getByRole('button', { name: fr.close }).last().click();
    const corner = page.getByRole('complementary', { name: 'Opération en cours' });
    await corner.getByText('0 / 10 clients').waitFor();
    await page.reload();
    await corner.getByText('0 / 10 clients').waitFor();
    await page
      .getByRole('navigation', { name: fr.navigation.all })
      .getByRole('link', { name: fr.screens.customers })
      .click();
    await corner.getByText('0 / 10 clients').waitFor();
    await lookAtEverySize(page, 'operation-corner-fr');
    await site.operate();
    await corner.getByText('9 messages préparés. Une facture non relancée.').waitFor();
    await corner.getByRole('link', { name: 'Voir le rapport' }).click();
    const leftOut = page.getByRole('table', { name: 'Non relancées, et pourquoi' });
    await leftOut.getByRole('row').filter({ hasText: 'FAC-005' }).getByText('Réglée.').waitFor();
    await expect
      .poll(() => page.getByRole('table', { name: 'Messages préparés' }).getByRole('row').count(), patient)
      .toBe(10);
    await corner.waitFor({ state: 'detached' });
    await lookAtEverySize(page, 'operation-report-fr');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter (CSV)' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(11);
    expect(lines.filter((line) => line.includes('non relancée'))).toEqual([
      '"Client 05";"FAC-005";"non relancée";"Réglée."',
    ]);
    await page.getByRole('button', { name: 'Lire le message à Client 03' }).click();
    await dialog(page).getByText('compta3@client.example').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Lire et valider' }).click();
    await expect
      .poll(() => page.getByRole('list', { name: 'Messages à valider' }).getByRole('listitem').count(), patient)
      .toBe(9);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });

  test('a failed message says why in plain words, is sent again or not at all; one in doubt has its two buttons; what came back is reported, corrected, sent again', async () => {
    const { site, visitor, at, page, end } = await begin();
    // What the mail server said, as a delivery writes it down.
    const fail = async (customer: string, state: 'failed' | 'in_doubt', answer: string) => {
      const { rows } = (
        await visitor.ask('GET', at(`/reminders?state=to_approve&search=${encodeURIComponent(customer)}`))
      ).body;
      await sql`update reminder set state = ${state}, reason = ${JSON.stringify({ code: 'failed-before', with: { answer } })}::jsonb,
        left_on = case when ${state} = 'in_doubt' then send_on end, left_at = case when ${state} = 'in_doubt' then now() end
        where id = ${rows[0].id}::uuid`.execute(site.database.owner);
    };
    await fail('Client 01', 'failed', '550 5.1.1 <compta1@client.example>: User unknown in virtual mailbox table');
    await fail('Client 02', 'failed', '552 5.2.2 Mailbox full');
    await fail('Client 03', 'in_doubt', '');
    await page.reload();
    const tile = page.getByRole('region', { name: 'La journée' });
    await tile.getByRole('link', { name: '2 envois impossibles' }).waitFor();
    await tile.getByRole('link', { name: '1 envoi à vérifier' }).click();
    await page.waitForURL(/#problems$/);
    const table = page.getByRole('table', { name: fr.problems.title });
    const row = (customer: string) => table.getByRole('row').filter({ hasText: customer });
    await row('Client 01').getByText('L’adresse n’existe pas chez le destinataire.').waitFor();
    await row('Client 02').getByText('La boîte du destinataire est pleine.').waitFor();
    await row('Client 01')
      .getByText(/User unknown in virtual mailbox/)
      .waitFor();
    await lookAtEverySize(page, 'problems-fr');
    await row('Client 03').getByRole('button', { name: fr.problems.left }).click();
    await expect.poll(() => row('Client 03').count(), patient).toBe(0);
    await row('Client 01').getByRole('button', { name: fr.approve.refuse }).click();
    await dialog(page).getByRole('button', { name: fr.approve.refuse }).click();
    await expect.poll(() => row('Client 01').count(), patient).toBe(0);
    await row('Client 02').getByRole('button', { name: fr.problems.sendAgain }).click();
    await expect.poll(() => table.count(), patient).toBe(0);
    // It leaves once its answer is given.
    const noticesLeft = async (): Promise<string[]> => {
      const { rows } = (await visitor.ask('GET', at('/reminders?state=left&limit=100'))).body;
      return rows
        .filter((one: { level: number }) => one.level === 3)
        .map((one: { customerName: string }) => one.customerName)
        .sort();
    };
    await expect.poll(noticesLeft, patient).toEqual(['Client 02', 'Client 03']);

    // One of them comes back: a person saw it in the mailbox.
    const go = (screen: string) =>
      page
        .getByRole('navigation', { name: fr.navigation.all })
        .getByRole('link', { name: screen, exact: true })
        .click();
    await go(fr.screens.sent);
    const sent = page.getByRole('table', { name: fr.screens.sent });
    await sent.getByRole('button', { name: 'Ouvrir le message à Client 02' }).first().click();
    await page.getByRole('button', { name: 'Signaler comme non remis…' }).click();
    const report = page.getByRole('dialog', { name: 'Message non remis' });
    await report.getByText('compta2@client.example').waitFor();
    await report.getByRole('button', { name: 'Signaler', exact: true }).click();
    await page.getByText('Refusé par compta2@client.example : L’adresse n’existe pas').waitFor();
    await lookAtEverySize(page, 'undelivered-message-fr');
    await page.keyboard.press('Escape');
    await sent
      .getByRole('row', { name: /Client 02/ })
      .first()
      .getByText('non remis')
      .waitFor();

    // Another by a report, handed in beside an e-mail that is none.
    const [other] = (await visitor.ask('GET', at('/reminders?state=left&search=Client%2004&limit=1'))).body.rows;
    const { headers } = (await visitor.ask('GET', at(`/reminders/${other.id}/message`))).body;
    const messageId = headers.find(({ name }: { name: string }) => name === 'Message-ID').value;
    const about = { messageId, address: 'compta4@client.example' };
    await page.getByRole('button', { name: 'Avis de non-remise…' }).click();
    await dialog(page)
      .locator('input[type=file]')
      .setInputFiles([
        { name: 'avis.eml', mimeType: 'message/rfc822', buffer: exchangeReport(about) },
        { name: 'absence.eml', mimeType: 'message/rfc822', buffer: vacationAnswer(about) },
      ]);
    await dialog(page).getByText('Client 04 : non remis à compta4@client.example.').waitFor();
    await dialog(page)
      .getByText(/réponse automatique/)
      .waitFor();
    await lookAtEverySize(page, 'reports-handed-in-fr');
    await page.keyboard.press('Escape');

    // The address is corrected from what it keeps from being reminded of; then the message is sent again.
    await go(fr.screens.toComplete);
    const incomplete = page.getByRole('row').filter({ hasText: 'Client 02' });
    await incomplete.first().getByText('adresse refusée').waitFor();
    await incomplete.first().getByRole('link', { name: 'Client 02' }).click();
    await page.getByText(/Rien ne lui est plus envoyé/).waitFor();
    await page.getByText('Adresse refusée : compta2@client.example').first().waitFor();
    await lookAtEverySize(page, 'refused-address-fr');
    await page.getByRole('button', { name: 'Corriger…' }).click();
    await dialog(page).getByLabel('E-mail').first().fill('nouvelle@client.example');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await expect.poll(() => page.getByText(/Rien ne lui est plus envoyé/).count(), patient).toBe(0);
    await go(fr.screens.today);
    await page.getByRole('link', { name: '2 messages non remis' }).waitFor();
    await row('Client 02').getByRole('button', { name: fr.problems.sendAgain }).click();
    await expect.poll(() => row('Client 02').count(), patient).toBe(0);
    await row('Client 04').getByRole('button', { name: fr.problems.sendAgain }).click();
    await page.getByText(/Il ne reste aucune adresse/).waitFor();
    const toClient = async (): Promise<string[]> => {
      const { rows } = (await visitor.ask('GET', at('/reminders?state=left&search=Client%2002&limit=2'))).body;
      return rows.map((one: { state: string; to: string[] }) => `${one.state} ${one.to}`);
    };
    await expect
      .poll(toClient, patient)
      .toEqual(['sent nouvelle@client.example', 'undelivered compta2@client.example']);
    await end();
  });

  test('in English, the day, a reminder by hand, its follow-up and a report, at every size', async () => {
    const site = await startSite({ staticDir });
    const { visitor, companyId } = await tenFormalNotices(site);
    const at = (path: string) => `/api/companies/${companyId}${path}`;
    await visitor.ask('PATCH', at(''), { language: 'en' });
    await visitor.ask('PUT', at('/clock'), { on: '2026-11-20' });
    const [first] = (await visitor.ask('GET', at('/reminders?state=to_approve&limit=1'))).body.rows;
    const { id: invoiceId } = first.invoices[0];
    await visitor.ask('POST', at('/tasks'), {
      customerId: first.customerId,
      invoiceId,
      text: 'Call',
      dueOn: '2026-11-19',
    });
    await visitor.ask('POST', at('/reminders/approve'), { reminderIds: [first.id], undoSeconds: 60 });
    const { rows } = (await visitor.ask('GET', at('/invoices?limit=3'))).body;
    const invoiceIds = rows.map((row: { id: string }) => row.id).filter((id: string) => id !== invoiceId);
    const { operationId } = (await visitor.ask('POST', at('/operations'), { invoiceIds, level: 1 })).body;
    const { page, misdeeds, context } = await openPage(browser, site.url, 'en');
    await page.getByLabel(en.account.email).fill(owner.email);
    await page.getByLabel(en.account.password, { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Ready to leave' }).waitFor();
    await page.getByRole('list', { name: 'Today’s tasks' }).getByText('Call').waitFor();
    await lookIn('en')(page, 'the-day-en');
    await page.goto(`${site.url}/operations/${operationId}`);
    const leftOut = page.getByRole('table', { name: 'Left out, and why' });
    await expect
      .poll(() => leftOut.getByText('No step of').or(leftOut.getByText('left to take')).count(), patient)
      .toBeGreaterThan(0);
    await lookIn('en')(page, 'operation-report-en');
    await page.goto(`${site.url}/invoices/${invoiceIds[0]}`);
    await page.getByRole('button', { name: 'Remind…' }).click();
    const frame = page.frameLocator(`iframe[title="${en.messages.frameTitle}"]`).locator('body');
    await expect.poll(() => frame.textContent(), patient).toContain('FAC-');
    await lookIn('en')(page, 'remind-one-en');
    await dialog(page).getByRole('button', { name: 'Send' }).click();
    await dialog(page).getByText('What next?').waitFor();
    await lookIn('en')(page, 'follow-up-en');
    await dialog(page).getByRole('button', { name: 'No follow-up' }).click();
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });
});
