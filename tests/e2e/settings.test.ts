// Réglages as people use them, beyond what office.test.ts goes through: keys for programs, what DNS says, who may enter.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { domainNames } from '../../src/channels/dns.ts';
import { fr } from '../../web/words/fr.ts';
import { startDnsServer } from '../world/dns-server.ts';
import { atelier, firstOwner, type Site, startSite, Visitor } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, lookIn, openBrowser, openPage } from './browser.ts';
import { hasFocus, nothingUnsaved, patient, signIn } from './steps.ts';

/** Two pixels by two, green. */
const logo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgzosCIgYIBQAV5gNNvnPlUAAAAABJRU5ErkJggg==',
  'base64',
);

describe.skipIf(chromiumPath === null)('the settings', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  async function begin(options: Parameters<typeof startSite>[0] = {}): Promise<{
    site: Site;
    visitor: Visitor;
    at: (path: string) => string;
    page: Page;
    part: (name: string) => Promise<unknown>;
    end: () => Promise<void>;
  }> {
    const site = await startSite({ staticDir, ...options });
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

  for (const language of ['fr', 'en'] as const) {
    test(`the DNS is asked: what is wrong, what to do, and the record to publish, in ${language}`, async () => {
      const { address } = await startDnsServer({
        txt: {
          'morvan.example': ['v=spf1 mx -all'],
          '_dmarc.morvan.example': ['v=DMARC1; p=quarantine'],
        },
        mx: { 'morvan.example': [{ exchange: 'mx1.hebergeur.example', priority: 10 }] },
      });
      const { visitor, at, page, part, end } = await begin({ domainNames: domainNames({ servers: [address] }) });
      await visitor.ask('PUT', at('/mail-server'), {
        host: 'smtp.gmail.com',
        port: 465,
        security: 'tls',
        auth: 'none',
      });
      await visitor.ask('PATCH', at(''), { senderEmail: 'compta@morvan.example', language });
      await part('mail');
      const french = language === 'fr';
      const ask = page.getByRole('button', { name: french ? 'Interroger le DNS' : 'Ask the DNS' });
      const selector = page.getByLabel(french ? 'Sélecteur DKIM' : 'DKIM selector');
      await selector.fill('pas un sélecteur');
      await ask.click();
      await page
        .getByRole('alert')
        .getByText(french ? 'n’est pas un sélecteur' : 'is no DKIM selector')
        .waitFor();
      expect(await selector.inputValue()).toBe('pas un sélecteur');
      await selector.fill('google');
      await page.keyboard.press('Enter');
      const results = page.getByRole('list', { name: french ? 'Réponses du DNS' : 'Answers of the DNS' });
      await results.getByText('include:_spf.google.com').waitFor();
      const record = results.getByRole('textbox', { name: 'SPF' });
      expect(await record.inputValue()).toBe('v=spf1 mx include:_spf.google.com -all');
      await results.getByText(/google\._domainkey\.morvan\.example/).waitFor();
      await results.getByText('mx1.hebergeur.example').waitFor();
      await lookIn(language)(page, `settings-dns-${language}`);
      await end();
    });
  }

  test('nobody answers: it is said, and the settings are still there', async () => {
    const { visitor, at, page, part, end } = await begin();
    await part('mail');
    await page.getByText('Indiquez d’abord l’adresse de l’expéditeur.').first().waitFor();
    await visitor.ask('PATCH', at(''), { senderEmail: 'compta@morvan.example' });
    await page.getByRole('button', { name: 'Interroger le DNS' }).click();
    await page.getByRole('alert').getByText('Le DNS n’a pas répondu pour morvan.example.', { exact: false }).waitFor();
    await end();
  });

  test('a member gets another role and a temporary password, and is let go; the last owner stays', async () => {
    const { site, visitor, at, page, part, end } = await begin();
    const paul = { name: 'Paul Agent', email: 'paul@morvan.example', password: 'provisoire-2026', role: 'manager' };
    await visitor.ask('POST', at('/members'), paul);
    const program = new Visitor(site);
    await program.ask('POST', '/api/session', { email: paul.email, password: paul.password });
    await program.ask('POST', at('/api-keys'), { name: 'ERP', role: 'agent' });
    await part('members');
    const row = (name: string) =>
      page.getByRole('table', { name: 'Utilisateurs' }).getByRole('row').filter({ hasText: name });
    const choose = async (name: string, action: string) => {
      await row(name)
        .getByRole('button', { name: `Actions pour ${name}` })
        .click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await row('Claire Morvan').getByText('(vous)').waitFor();

    await choose('Claire Morvan', 'Changer le rôle…');
    await dialog(page).getByLabel('Rôle').selectOption({ label: 'Lecture seule' });
    await dialog(page).getByText('Vous changez votre propre rôle', { exact: false }).waitFor();
    await dialog(page).getByRole('button', { name: 'Changer le rôle' }).click();
    await dialog(page).getByRole('alert').getByText('dernier propriétaire', { exact: false }).waitFor();
    expect(await dialog(page).getByLabel('Rôle').inputValue()).toBe('reader');
    await page.keyboard.press('Escape');

    await choose('Paul Agent', 'Changer le rôle…');
    await dialog(page).getByLabel('Rôle').selectOption({ label: 'Chargé de relance' });
    await dialog(page).getByText('Ses clés d’API ne permettront pas plus', { exact: false }).waitFor();
    await lookAtEverySize(page, 'settings-member-role-fr');
    await dialog(page).getByRole('button', { name: 'Changer le rôle' }).click();
    await row('Paul Agent').getByText('Chargé de relance').waitFor();

    await part('absences');
    await page.getByRole('button', { name: 'Déclarer une absence…' }).click();
    await dialog(page).getByLabel('Remplaçant').selectOption({ label: 'Paul Agent' });
    const today = (await visitor.ask('GET', at(''))).body.today;
    await dialog(page).getByLabel('Au (inclus)').fill(today);
    await lookAtEverySize(page, 'settings-absence-fr');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Absence enregistrée.').waitFor();
    await page.getByRole('table', { name: 'Absences' }).getByText('Paul Agent').waitFor();
    await page.getByRole('button', { name: 'Terminer l’absence de Claire Morvan' }).click();
    await page.getByText('Personne n’est absent', { exact: false }).waitFor();
    await part('members');

    await choose('Paul Agent', 'Donner un mot de passe provisoire…');
    await hasFocus(dialog(page).getByLabel('Mot de passe provisoire'));
    await dialog(page).getByLabel('Mot de passe provisoire').fill('court');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Au moins 10 caractères.', { exact: true }).waitFor();
    await dialog(page).getByLabel('Mot de passe provisoire').fill('encore-provisoire');
    await lookAtEverySize(page, 'settings-member-password-fr');
    await page.keyboard.press('Enter');
    await page.getByText('Paul Agent a un nouveau mot de passe.', { exact: false }).waitFor();
    expect((await program.ask('GET', '/api/session')).status).toBe(401);
    const again = { email: paul.email, password: 'encore-provisoire' };
    expect((await program.ask('POST', '/api/session', again)).status).toBe(200);

    await choose('Paul Agent', 'Retirer de l’entreprise…');
    await dialog(page).getByText('Une clé d’API créée par cette personne sera révoquée', { exact: false }).waitFor();
    await lookAtEverySize(page, 'settings-member-remove-fr');
    await dialog(page).getByRole('button', { name: 'Retirer', exact: true }).click();
    await row('Paul Agent').waitFor({ state: 'detached' });
    expect((await program.ask('GET', at(''))).status).toBe(404);

    // Back with the account that is there.
    await page.getByRole('button', { name: 'Ajouter un utilisateur' }).click();
    await dialog(page).getByLabel('Nom').fill('Paul');
    await dialog(page).getByLabel('E-mail').fill(paul.email);
    await dialog(page).getByLabel('Mot de passe provisoire').fill('sans importance');
    await dialog(page).getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.getByText('avait déjà un compte', { exact: false }).waitFor();
    await row('Paul Agent').waitFor();
    await end();
  });

  test('an owner who leaves a company is in the other one; who has none left is told so', async () => {
    const { visitor, at, page, part, end } = await begin();
    const { userId } = (
      await visitor.ask('POST', at('/members'), {
        name: 'Paul',
        email: 'paul@morvan.example',
        password: 'provisoire-2026',
        role: 'manager',
      })
    ).body;
    await visitor.ask('PATCH', at(`/members/${userId}`), { role: 'owner' });
    const { companyId } = (await visitor.ask('POST', '/api/companies', { ...atelier, name: 'Seconde' })).body;
    await part('members');
    const leave = async () => {
      await page.getByRole('button', { name: 'Actions pour Claire Morvan' }).click();
      await page.getByRole('menuitem', { name: 'Retirer de l’entreprise…' }).click();
      await dialog(page).getByText('C’est vous', { exact: false }).waitFor();
      await dialog(page).getByRole('button', { name: 'Retirer', exact: true }).click();
    };
    await leave();
    await page.getByRole('banner').getByText('Seconde').first().waitFor();
    const second = `/api/companies/${companyId}/members`;
    const paul = { name: 'Paul', email: 'paul@morvan.example', password: 'provisoire-2026', role: 'manager' };
    await visitor.ask('POST', second, paul);
    await visitor.ask('PATCH', `${second}/${userId}`, { role: 'owner' });
    await part('members');
    await leave();
    await page.getByRole('navigation', { name: fr.navigation.all }).waitFor({ state: 'detached' });
    await end();
  });

  test('interest and the 40 EUR are claimed from a level on, once the rate is confirmed; a charge is waived, and claimed again', async () => {
    const { visitor, at, page, part, end } = await begin();
    const customer = { name: 'Menuiserie Kerbrat', contacts: [{ email: 'compta@kerbrat.example' }] };
    const { customerId } = (await visitor.ask('POST', at('/customers'), customer)).body;
    const { today } = (await visitor.ask('GET', at(''))).body;
    const dueOn = Temporal.PlainDate.from(today).subtract({ days: 6 }).toString();
    const invoice = { customerId, number: 'FAC-1', issuedOn: dueOn, dueOn, totalMinor: 1_000_000 };
    const { invoiceId } = (await visitor.ask('POST', at('/invoices'), invoice)).body;
    await part('charges');
    await page.getByLabel('Pénalités de retard à partir du niveau').fill('1');
    await page.getByLabel('Indemnité forfaitaire de 40 € à partir du niveau').fill('1');
    await page.getByLabel('Taux prévu par vos conditions générales').fill('2');
    await page.getByRole('status').filter({ hasText: 'trois fois le taux légal' }).waitFor();
    await page.getByLabel('Taux prévu par vos conditions générales').fill('');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Réglages enregistrés.').first().waitFor();
    await lookAtEverySize(page, 'settings-charges-fr');
    await visitor.ask('POST', at('/runs'));
    await page.goto(new URL(`/invoices/${invoiceId}`, page.url()).href);
    await page.getByText('n’est pas confirmé', { exact: false }).first().waitFor();
    await page.goto(new URL('/', page.url()).href);
    await page.getByText('1 relance attend qu’un taux', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Voir les taux' }).click();
    await page.getByRole('button', { name: /^Entre professionnels, 2e semestre 2026/ }).click();
    expect(await dialog(page).getByLabel('Taux par an').inputValue()).toMatch(/^12,40\s%$/);
    await lookAtEverySize(page, 'settings-charges-rate-fr');
    await dialog(page).getByRole('button', { name: 'Confirmer ce taux' }).click();
    await page.getByText('Taux confirmé', { exact: false }).first().waitFor();
    await visitor.ask('POST', at('/runs'));
    await page.goto(new URL(`/invoices/${invoiceId}`, page.url()).href);
    const borne = page.getByRole('region', { name: 'Pénalités et frais' });
    // 10 000.00 × 12.40 % × 6 / 365.
    await borne
      .getByText(/^20,38\s€$/)
      .first()
      .waitFor();
    await borne.getByText('à payer').first().waitFor();
    await lookAtEverySize(page, 'invoice-charges-fr');
    await borne.getByRole('button', { name: /^Renoncer à 40,00/ }).click();
    await dialog(page).getByRole('button', { name: 'Renoncer', exact: true }).click();
    await dialog(page).getByText('Dites pourquoi, en quelques mots.').waitFor();
    await dialog(page).getByLabel('Motif').fill('geste commercial');
    await dialog(page).getByRole('button', { name: 'Renoncer', exact: true }).click();
    await borne.getByText('geste commercial').waitFor();
    await borne.getByRole('button', { name: 'Réclamer de nouveau' }).click();
    await borne.getByText('geste commercial').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enregistrer un règlement' }).click();
    await dialog(page)
      .getByText(/60,38\s€ de pénalités et frais/)
      .waitFor();
    await dialog(page).getByLabel('Montant').fill('10060,38');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await expect.poll(() => borne.getByText('payé', { exact: true }).count(), patient).toBe(2);
    await page.goto(new URL(`/customers/${customerId}`, page.url()).href);
    await page.getByRole('heading', { level: 1, name: 'Menuiserie Kerbrat' }).waitFor();
    expect(await page.getByText('À imputer').count()).toBe(0);
    await end();
  });

  test('the letterhead is filled in: what is wrong is said at its field and stays typed; messages get their foot', async () => {
    const { visitor, at, page, part, end } = await begin();
    await part('letterhead');
    await page.getByText('vos messages partent sans pied de page', { exact: false }).waitFor();
    await page.getByLabel('Raison sociale').fill('Atelier Morvan');
    await page.getByLabel('Forme juridique').fill('SARL');
    await page.getByLabel('Capital').fill('10 000 €');
    await page.getByLabel('Rue, bâtiment').fill('12, quai de l’Odet');
    await page.getByLabel('Code postal').fill('29000');
    await page.getByLabel('Ville').fill('Quimper');
    await page.getByLabel('SIRET du siège').fill('732 829 320 00075');
    await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 607');
    const save = page.getByRole('button', { name: 'Enregistrer' });
    await save.click();
    await page.getByText('Rien n’est enregistré', { exact: false }).waitFor();
    const siret = page.getByRole('textbox', { name: 'SIRET du siège' });
    expect(await siret.getAttribute('aria-invalid')).toBe('true');
    expect(await siret.inputValue()).toBe('732 829 320 00075');
    await page.getByText('Cet IBAN n’est pas valable', { exact: false }).waitFor();
    await lookAtEverySize(page, 'settings-letterhead-wrong-fr');
    await siret.fill('732 829 320 00074');
    await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 606');
    await save.click();
    await page.getByText('Réglages enregistrés.').first().waitFor();
    const preview = page.getByRole('region', { name: 'Aperçu' });
    await preview.getByText('Atelier Morvan · SARL au capital de 10 000 €').waitFor();
    // The SIREN was in the SIRET.
    await expect.poll(() => page.getByLabel('SIREN').inputValue(), patient).toBe('732829320');

    const choose = async (bytes: Buffer) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choisir un logo…' }).click();
      await (await chooser).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: bytes });
    };
    await choose(Buffer.from('<svg/>'));
    await page.getByRole('alert').getByText('ni une image PNG', { exact: false }).waitFor();
    await choose(logo);
    const image = preview.getByRole('img', { name: 'Logo, Atelier Morvan' });
    await expect.poll(() => image.evaluate((shown: HTMLImageElement) => shown.naturalWidth), patient).toBe(2);
    await lookAtEverySize(page, 'settings-letterhead-fr');

    const customer = { name: 'Menuiserie Kerbrat', contacts: [{ email: 'compta@kerbrat.example' }] };
    const { customerId } = (await visitor.ask('POST', at('/customers'), customer)).body;
    const invoice = { customerId, number: 'FAC-1', issuedOn: '2026-10-01', dueOn: '2026-11-18', totalMinor: 10_000 };
    expect(await visitor.ask('POST', at('/invoices'), invoice)).toMatchObject({ status: 201 });
    expect(await visitor.ask('POST', at('/runs'))).toMatchObject({ status: 200, body: { ready: 1 } });
    const left = async () => (await visitor.ask('GET', at('/reminders?state=left&limit=10'))).body.rows.length;
    await expect.poll(left, patient).toBe(1);
    await page.goto(new URL('/sent', page.url()).href);
    await page.getByRole('row').filter({ hasText: 'FAC-1' }).getByRole('button').first().click();
    await page.frameLocator('iframe').first().getByText('Atelier Morvan · SARL au capital de 10 000 €').waitFor();
    await end();
  });

  test('closures are added, changed and removed, and the two limits are set, one of them taken out again', async () => {
    const { visitor, at, page, part, end } = await begin();
    await part('calendar');
    const closures = page.getByRole('region', { name: 'Fermetures' });
    await closures.getByText('Aucune fermeture. Ajoutez vos congés', { exact: false }).waitFor();
    await lookAtEverySize(page, 'settings-calendar-empty-fr');
    const add = async (name: string, from: string, until: string) => {
      await closures.getByRole('button', { name: 'Ajouter une fermeture' }).click();
      await hasFocus(dialog(page).getByLabel('Nom'));
      await dialog(page).getByLabel('Nom').fill(name);
      await dialog(page).getByLabel('Du').fill(from);
      await dialog(page).getByLabel('Au, ce jour inclus').fill(until);
    };
    await add('Congés d’été', '2027-08-23', '2027-08-02');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Le dernier jour ne peut pas précéder', { exact: false }).waitFor();
    await lookAtEverySize(page, 'settings-closure-wrong-fr');
    await dialog(page).getByLabel('Du').fill('2027-08-02');
    await dialog(page).getByLabel('Au, ce jour inclus').fill('2027-08-20');
    await dialog(page).getByLabel('Chaque année').check();
    await page.keyboard.press('Enter');
    await page.getByText('Fermeture « Congés d’été » enregistrée.').waitFor();
    // What only the server can know is refused, and what was typed stays.
    await add('Toute l’année', '2026-01-01', '2026-12-31');
    await dialog(page).getByLabel('Chaque année').check();
    await page.keyboard.press('Enter');
    await dialog(page)
      .getByRole('alert')
      .getByText('rien ne partirait pendant plus d’un an', { exact: false })
      .waitFor();
    await dialog(page).getByLabel('Chaque année').uncheck();
    await dialog(page).getByLabel('Nom').fill('Inventaire');
    await dialog(page).getByLabel('Du').fill('2026-06-29');
    await dialog(page).getByLabel('Au, ce jour inclus').fill('2026-06-30');
    await page.keyboard.press('Enter');
    await closures.getByText('Fermetures passées (1)').click();
    const past = closures.getByRole('table', { name: 'Fermetures passées' });
    await past.getByText('Inventaire').waitFor();

    const ahead = closures.getByRole('table', { name: 'Fermetures', exact: true });
    await ahead.getByText('chaque année').waitFor();
    await ahead.getByRole('button', { name: 'Modifier la fermeture « Congés d’été »' }).click();
    expect(await dialog(page).getByLabel('Du').inputValue()).toBe('2027-08-02');
    await dialog(page).getByLabel('Nom').fill('Fermeture d’août');
    await page.keyboard.press('Enter');
    await ahead.getByText('Fermeture d’août').waitFor();
    await lookAtEverySize(page, 'settings-calendar-fr');
    await ahead.getByRole('button', { name: 'Supprimer la fermeture « Fermeture d’août »' }).click();
    await ahead.waitFor({ state: 'detached' });
    await page.getByText('Fermeture « Fermeture d’août » supprimée.').getByRole('button', { name: 'Annuler' }).click();
    await ahead.getByText('Fermeture d’août').waitFor();

    const perWeek = page.getByLabel('Au plus, par client et par semaine');
    const apart = page.getByLabel('Au moins, entre deux messages à un même client');
    await perWeek.fill('2');
    await apart.fill('3');
    const save = page.getByRole('button', { name: 'Enregistrer' });
    await save.click();
    await nothingUnsaved(page);
    const kept = async () => {
      const { messagesPerWeek, daysBetweenMessages } = (await visitor.ask('GET', at(''))).body;
      return { messagesPerWeek, daysBetweenMessages };
    };
    await expect.poll(kept, patient).toEqual({ messagesPerWeek: 2, daysBetweenMessages: 3 });
    await perWeek.fill('');
    await save.click();
    await expect.poll(kept, patient).toEqual({ messagesPerWeek: null, daysBetweenMessages: 3 });
    await page.goto(new URL('/history', page.url()).href);
    await page.getByText('Fermeture supprimée : Fermeture d’août, du', { exact: false }).waitFor();
    await visitor.ask('PATCH', at(''), { language: 'en' });
    await part('calendar');
    await page.getByRole('region', { name: 'Closures' }).getByText('each year').waitFor();
    await lookIn('en')(page, 'settings-calendar-en');
    await end();
  });

  test('on a phone the part that is open is in sight among the others', async () => {
    const { page, part, end } = await begin();
    await page.setViewportSize({ width: 390, height: 900 });
    await part('backup');
    const link = page.getByRole('link', { name: 'Sauvegarde', exact: true });
    await link.waitFor();
    const right = () => link.evaluate((shown) => shown.getBoundingClientRect().right);
    await expect.poll(right, patient).toBeLessThan(390);
    await end();
  });
});
