// A template made, written, looked at and tried; and the one of a step, edited over a sequence whose draft stays.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { startMailServer } from '../world/mail-server.ts';
import { firstOwner, owner, startSite } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, openBrowser, openPage } from './browser.ts';
import { hasFocus, signIn } from './steps.ts';

describe.skipIf(chromiumPath === null)('the editor of a template', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('a template is made, its tags placed, its message seen, tried and restored; a step’s is edited over its sequence', async () => {
    const mailServer = await startMailServer();
    const site = await startSite({ staticDir: await buildWeb() });
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await signIn(page);

    // A new one begins with a name; without any invoice its message is an invented example.
    await page.getByRole('link', { name: 'Modèles', exact: true }).click();
    await page.getByRole('button', { name: 'Nouveau modèle' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom').fill('Relance de Noël');
    await dialog.getByRole('button', { name: 'Créer le modèle' }).click();
    await page.getByRole('heading', { level: 1, name: 'Relance de Noël' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/templates/relance-de-noel');
    await page.getByText('Aucune étape ne l’envoie.').waitFor();
    await page.getByText('Exemple inventé : aucune facture n’est ouverte.').waitFor();
    const message = page.frameLocator('iframe');
    await message.getByText('EXEMPLE-001').first().waitFor();

    // Real figures as soon as there are some, and nothing of them is markup.
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), {
        name: 'Menuiserie <b>Kerbrat</b>',
        contacts: [{ role: 'main', email: 'compta@kerbrat.example' }],
      })
    ).body;
    for (const [number, dueOn] of [
      ['FAC-1', '2026-11-02'],
      ['FAC-2', '2026-11-12'],
    ])
      await visitor.ask('POST', at('/invoices'), {
        customerId,
        number,
        issuedOn: '2026-10-02',
        dueOn,
        totalMinor: 43_100,
      });
    await page.reload();
    await page.getByText('Pour Menuiserie <b>Kerbrat</b> : FAC-1.').waitFor();

    // A tag is placed where the cursor is, by pointer and by keyboard, and taken back as what is typed.
    const body = page.getByLabel('Texte du message');
    await body.fill('Bonjour ,\n\nMerci.');
    await body.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(8, 8));
    await page.getByRole('button', { name: /^Nom du client/ }).click();
    expect(await body.inputValue()).toBe('Bonjour {{ customer_name }},\n\nMerci.');
    await hasFocus(body);
    await page.keyboard.press('Control+z');
    expect(await body.inputValue()).toBe('Bonjour ,\n\nMerci.');
    await page.getByRole('button', { name: /^Nom du client/ }).press('Enter');
    expect(await body.inputValue()).toBe('Bonjour {{ customer_name }},\n\nMerci.');
    await message.getByText('Bonjour Menuiserie <b>Kerbrat</b>,').waitFor();
    await page.getByLabel('Aperçu pour').selectOption({ label: 'FAC-2 · Menuiserie <b>Kerbrat</b>' });
    await page.getByText('Pour Menuiserie <b>Kerbrat</b> : FAC-2.').waitFor();

    // What is wrong is said with its line, leads to it, and keeps it from being saved; the last good message stays.
    const save = page.getByRole('button', { name: 'Enregistrer' });
    await body.fill('Bonjour {{ customer_name }},\n\n{{ montant }}');
    await page.getByText('Ligne 3 : la balise « montant » n’existe pas.', { exact: false }).waitFor();
    await page.getByText('L’aperçu montre le dernier texte sans erreur.').waitFor();
    await expect.poll(() => save.isDisabled()).toBe(true);
    await message.getByText('Merci.').waitFor();
    await lookAtEverySize(page, 'template-editor-wrong-fr');
    await page.getByRole('button', { name: 'Aller à la ligne 3' }).click();
    expect(
      await body.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
    ).toBe('{{ montant }}');
    await page.getByRole('button', { name: /^Somme demandée, en tout/ }).click();
    await message.getByText('431,00 €').waitFor();

    // Leaving asks; saying no keeps it.
    page.once('dialog', (asked) => void asked.dismiss());
    await page.getByRole('link', { name: 'Clients' }).click();
    expect(await body.inputValue()).toContain('{{ amount_due }}');
    await save.click();
    await page.getByText('Le modèle est enregistré.').waitFor();
    await expect.poll(() => save.isDisabled()).toBe(true);

    // The other language begins as a copy.
    await page.getByRole('tab', { name: 'English' }).click();
    await page.getByText('Ce modèle n’existe pas encore en English.').waitFor();
    await page.getByRole('button', { name: 'Commencer par une copie de : Français' }).click();
    await page.getByLabel('Objet').fill('Invoice {{ invoice_number }}');
    await body.fill('Dear {{ customer_name }},\n\n{{ invoice_table }}\n\n- {{ amount_due }}');
    await message.getByText('Dear Menuiserie <b>Kerbrat</b>,').waitFor();
    await save.click();
    await expect.poll(() => save.isDisabled()).toBe(true);

    // Tried on oneself: refused in words, then sent.
    const tryIt = page.getByRole('button', { name: 'M’envoyer ce message' });
    await tryIt.click();
    await page.getByText('Aucun serveur d’envoi n’est réglé.').waitFor();
    const server = { host: 'localhost', port: mailServer.port, security: 'none', auth: 'none' };
    await visitor.ask('PUT', at('/mail-server'), server);
    await visitor.ask('PATCH', at(''), { senderName: 'Claire', senderEmail: 'compta@morvan.example' });
    await tryIt.click();
    await page.getByText(`Le message est parti à ${owner.email}, et à personne d’autre.`).waitFor();
    expect(mailServer.accepted.map((mail) => mail.to)).toEqual([[owner.email]]);
    await lookAtEverySize(page, 'template-editor-fr');
    // On a phone the message stands below the text.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('region', { name: 'Tel qu’il partira' }).scrollIntoViewIfNeeded();
    await message.getByText('Bonjour Menuiserie <b>Kerbrat</b>,').scrollIntoViewIfNeeded();
    expect(await page.getByRole('button', { name: /^Nom du client/ }).isVisible()).toBe(false);
    await page.setViewportSize({ width: 1440, height: 900 });

    // From a step, over its sequence: what was typed there is there again.
    await page.getByRole('link', { name: 'Séquences' }).click();
    await page.getByRole('link', { name: 'Modifier' }).click();
    await page.getByRole('button', { name: /^J\+15.*Relance ferme/ }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Relance très ferme');
    await page.getByLabel('Modèle de message').selectOption({ label: 'Relance de Noël' });
    await page.getByLabel('Modèle de message').selectOption({ label: 'Relance ferme' });
    const edit = page.getByRole('button', { name: 'Modifier le modèle' });
    await edit.click();
    await dialog.getByRole('heading', { name: 'Modèle : Relance ferme' }).waitFor();
    await dialog.getByLabel('Objet').fill('Niveau {{ level }}');
    // It is read for the level of its step.
    await dialog.getByText('Niveau 2', { exact: true }).waitFor();
    await lookAtEverySize(page, 'template-over-sequence-fr');
    page.once('dialog', (asked) => void asked.dismiss());
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Le modèle est enregistré.').first().waitFor();
    await dialog.getByRole('button', { name: 'Remettre le texte d’origine…' }).click();
    await page.getByRole('button', { name: 'Remettre ce texte' }).click();
    await page.getByText('Le texte d’origine est remis.').waitFor();
    await expect.poll(() => dialog.getByLabel('Objet').inputValue()).toMatch(/^Deuxième relance/);
    await dialog.getByRole('button', { name: 'Fermer' }).first().click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe('Relance très ferme');
    await page.getByLabel('Modèle de message').selectOption({ label: 'Relance de Noël' });
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('La séquence est enregistrée.').waitFor();

    // The list says who sends it; what is sent is not deleted, a copy is.
    await page.getByRole('link', { name: 'Modèles', exact: true }).click();
    const row = page.getByRole('row', { name: /Relance de Noël/ });
    await row.getByText('Séquence standard : Relance très ferme').waitFor();
    await lookAtEverySize(page, 'templates-fr');
    await row.getByRole('button', { name: 'Dupliquer' }).click();
    expect(await dialog.getByLabel('Nom').inputValue()).toBe('Relance de Noël (copie)');
    await dialog.getByRole('button', { name: 'Créer le modèle' }).click();
    await page.getByRole('heading', { level: 1, name: 'Relance de Noël (copie)' }).waitFor();
    await page.getByRole('button', { name: 'Supprimer le modèle…' }).click();
    await dialog.getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText('Le modèle est supprimé.').waitFor();
    await row.getByRole('link', { name: 'Relance de Noël' }).click();
    await page.getByRole('button', { name: 'Supprimer le modèle…' }).click();
    await dialog.getByRole('button', { name: 'Supprimer' }).click();
    await dialog.getByText('Ce modèle sert encore : Séquence standard.', { exact: false }).waitFor();
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  }, 240_000);
});
