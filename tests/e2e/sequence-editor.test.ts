// A sequence built from nothing: its effect seen before it is saved, what makes no sense said, saved, copied, deleted.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { firstOwner, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, lookAtEverySize, lookIn, openBrowser, openPage } from './browser.ts';
import { chooseLanguage, hasFocus, patient, signIn } from './steps.ts';

/** The server refuses: that is no error of the page. */
const refused = {
  status: 409,
  json: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Refusé pour voir.', code: 'conflict' },
};

describe.skipIf(chromiumPath === null)('the editor of a sequence', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('a sequence is built from nothing, its effect is seen, it is saved, copied and deleted', async () => {
    const site = await startSite({ staticDir: await buildWeb() });
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    const { customerId } = (
      await visitor.ask('POST', at('/customers'), {
        name: 'Menuiserie Kerbrat',
        contacts: [{ role: 'main', email: 'compta@kerbrat.example' }],
      })
    ).body;
    for (const [number, dueOn] of [
      ['FAC-1', '2026-11-27'],
      ['FAC-2', '2026-12-10'],
    ])
      await visitor.ask('POST', at('/invoices'), {
        customerId,
        number,
        issuedOn: '2026-11-02',
        dueOn,
        totalMinor: 43_100,
      });
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await signIn(page);
    await page.goto(`${site.url}/sequences`);
    await page.getByRole('link', { name: 'Nouvelle séquence' }).click();
    await page.getByText('Aucune étape : ajoutez la première.').waitFor();
    const save = page.getByRole('button', { name: 'Enregistrer' });

    // Each step is named, dated, and counted against the invoices of today.
    await page.getByLabel('Titre').fill('Grands comptes');
    const add = page.getByRole('button', { name: 'Ajouter une étape' });
    await add.click();
    await page.getByLabel('Nom').fill('Rappel aimable');
    const days = page.getByLabel('Jours', { exact: true });
    await days.fill('7');
    const effect = page.getByRole('region', { name: /Effet sur vos factures/ });
    await effect.getByText(/\d+ messages? à \d+ clients?/).waitFor();
    await add.click();
    await page.getByLabel('Nom').fill('Mise en demeure');
    await days.fill('7');
    await page.getByText('Deux étapes le même jour : les messages se croiseraient.').first().waitFor();
    await expect.poll(() => save.isDisabled()).toBe(true);
    await effect.getByText('L’effet s’affiche quand la séquence peut être enregistrée.').waitFor();
    await lookAtEverySize(page, 'sequence-editor-wrong-fr');
    await days.fill('30');
    // A formal notice is read by a person unless somebody says otherwise.
    await page.getByRole('switch', { name: 'Mise en demeure' }).press('Space');
    expect(await page.getByRole('switch', { name: 'À valider par une personne' }).isChecked()).toBe(true);
    await page.getByText('Une mise en demeure par e-mail seul se prouve mal', { exact: false }).first().waitFor();

    // By keyboard from step to step.
    const ladder = page.getByRole('region', { name: 'Étapes' });
    const first = ladder.getByRole('button', { name: /^J\+7.*Rappel aimable/ });
    await ladder.getByRole('button', { name: /^J\+30.*Mise en demeure/ }).press('ArrowLeft');
    await hasFocus(first);
    expect(await page.getByLabel('Nom').inputValue()).toBe('Rappel aimable');
    await page.getByText('Plus d’options').click();
    await page.getByLabel('Montant minimum (EUR)').fill('150,5');
    // A file of the company goes with it: added here, known in the settings.
    await page.locator('input[type=file]').setInputFiles({
      name: 'Conditions générales.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 conditions'),
    });
    await page.getByText('Conditions générales.pdf').first().waitFor();
    await effect.getByText('Jour par jour').click();
    await effect.getByRole('table', { name: 'Jour par jour' }).waitFor();
    await lookAtEverySize(page, 'sequence-editor-fr');
    // Replayed against what has happened.
    const replay = page.getByRole('region', { name: 'Rejouer le passé' });
    const asked = page.waitForRequest('**/sequences/replay');
    await replay.getByRole('button', { name: 'Rejouer' }).click();
    expect((await asked).postDataJSON()).toMatchObject({ ending: { kind: 'nothing' } });
    await replay.getByText('0 message à 1 client').waitFor();
    // A step taken out by mistake comes back.
    await page.getByRole('button', { name: 'Retirer l’étape' }).click();
    await first.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Annuler' }).click();
    await first.waitFor();

    await save.click();
    await page.getByText('La séquence est enregistrée.').waitFor();
    const made = page.getByRole('region', { name: 'Grands comptes' });
    await made.getByText('0 client · 0 échéance ouverte').waitFor();
    await made.getByText('à partir de 150,50 €', { exact: false }).waitFor();
    await made.getByText('1 pièce jointe', { exact: false }).waitFor();
    // What attaches a file is said before it is removed.
    await page.goto(`${site.url}/settings?part=files`);
    await page.getByRole('row', { name: /Conditions générales.pdf.*Grands comptes Rappel aimable/ }).waitFor();
    await page.getByRole('button', { name: 'Supprimer Conditions générales.pdf' }).click();
    await page.getByRole('dialog').getByText('Ces étapes ne le joindront plus :').waitFor();
    await page.getByRole('dialog').getByText('Grands comptes : Rappel aimable').waitFor();
    await lookAtEverySize(page, 'settings-file-removed-fr');
    await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText('Aucun fichier.', { exact: false }).waitFor();
    await page.goto(`${site.url}/sequences`);

    // Leaving with something unsaved asks; saying no keeps it.
    await made.getByRole('link', { name: 'Modifier' }).click();
    await page.getByText('Aucun client n’est dans cette séquence.', { exact: false }).waitFor();
    await page.getByLabel('Titre').fill('Grands comptes, prudence');
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: 'Séquences' }).first().click();
    expect(await page.getByLabel('Titre').inputValue()).toBe('Grands comptes, prudence');
    await save.click();

    // What deleting it would stop is said before it is done.
    await page.getByRole('region', { name: 'Grands comptes, prudence' }).waitFor();
    const { rows } = (await visitor.ask('GET', at('/sequences'))).body;
    const { id: sequenceId } = rows.find((row: { title: string }) => row.title === 'Grands comptes, prudence');
    await visitor.ask('POST', at('/enrolments'), { customerIds: [customerId], enrolment: 'chosen', sequenceId });
    await page
      .getByRole('region', { name: 'Grands comptes, prudence' })
      .getByText('1 client · 2 échéances ouvertes')
      .waitFor();
    await page
      .getByRole('region', { name: 'Grands comptes, prudence' })
      .getByRole('link', { name: 'Modifier' })
      .click();
    await effect.getByText(/4 messages à 1 client/).waitFor();
    await page.getByRole('button', { name: 'Supprimer la séquence…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 client et 2 échéances ouvertes ne seront plus relancés.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText('La séquence est supprimée.').waitFor();
    await page.getByRole('region', { name: 'Grands comptes, prudence' }).waitFor({ state: 'detached' });
    // All of a sequence stands still, and goes on.
    const standard = page.getByRole('region', { name: 'Séquence standard' });
    await standard.getByRole('button', { name: 'Mettre en pause…' }).click();
    await dialog.getByLabel('Jusqu’au, ce jour inclus').fill('2026-12-04');
    await dialog.getByRole('button', { name: 'Mettre en pause' }).click();
    await standard.getByText('En pause jusqu’au ven. 4 déc.').waitFor();
    await standard.getByRole('button', { name: 'Reprendre' }).press('Enter');
    await standard.getByRole('button', { name: 'Mettre en pause…' }).waitFor();
    // A ready-made one: what could not be had is told, with a way to try again.
    const offered = '**/ready-made-sequences';
    await page.route(offered, (route) => route.fulfill(refused));
    const opener = page.getByRole('button', { name: 'Séquences prêtes à l’emploi' });
    await opener.press('Enter');
    await dialog.getByText('Les séquences prêtes à l’emploi', { exact: false }).waitFor();
    const again = dialog.getByRole('button', { name: 'Réessayer' });
    await again.waitFor();
    await page.unroute(offered);
    // All of them, in their order, each with its steps; the one that the company began with is there already.
    const steps = dialog.getByRole('list', { name: 'Étapes de « Particuliers »' });
    // What was done a moment ago may have it asked for again meanwhile, and refused again: who wants it tries until it is there.
    const isThere = async () => {
      if (await again.isVisible()) await again.press('Enter', { timeout: 2_000 }).catch(() => {});
      return steps.getByText('J+45').isVisible();
    };
    await expect.poll(isThere, patient).toBe(true);
    expect(await dialog.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'Séquence standard',
      'Particuliers',
      'Administrations et collectivités',
      'Grands comptes',
      'Appels seulement',
    ]);
    await dialog.getByText('Déjà dans vos séquences').waitFor();
    await lookAtEverySize(page, 'ready-made-fr');
    // Added by keyboard, it opens with what it would do.
    await page.route(`${offered}/*`, (route) => route.fulfill(refused));
    const addIt = dialog.getByRole('button', { name: 'Ajouter « Particuliers »' });
    await addIt.press('Enter');
    await dialog.getByRole('alert').getByText('Refusé pour voir.').waitFor();
    await page.unroute(`${offered}/*`);
    await addIt.press('Enter');
    await page.getByText('« Particuliers » est ajoutée.').waitFor();
    await ladder.getByRole('button', { name: /^J\+45.*Mise en demeure/ }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Titre' }).inputValue()).toBe('Particuliers');
    // Its templates are new: their names come a moment after it.
    await expect
      .poll(() => page.getByLabel('Modèle de message').locator('option:checked').textContent(), patient)
      .toBe('Particulier, rappel avant échéance');
    await effect.getByText(/Aucun message|Rien ne partirait|\d+ messages? à \d+ clients?/).waitFor();
    await lookAtEverySize(page, 'ready-made-added-fr');
    await page.getByRole('main').getByRole('link', { name: 'Séquences', exact: true }).click();
    await page.getByRole('region', { name: 'Particuliers' }).getByText('0 client · 0 échéance ouverte').waitFor();
    await opener.click();
    await dialog.getByRole('link', { name: 'Ouvrir « Particuliers »' }).waitFor();
    expect(await addIt.count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await hasFocus(opener);
    await rulesPutCustomersThere(page, site.url, visitor, companyId);
    // A copy begins with the steps of the other.
    await page.getByRole('region', { name: 'Séquence standard' }).getByRole('link', { name: 'Dupliquer' }).click();
    await ladder.getByRole('button', { name: /^J\+15.*Relance ferme/ }).waitFor();
    expect(await page.getByLabel('Titre').inputValue()).toBe('Séquence standard (copie)');
    await page.getByText('environ', { exact: false }).waitFor({ state: 'detached' });
    // Days that count from the step before it, or to the end of a month.
    const counts = page.getByLabel('Par rapport à l’échéance');
    await ladder.getByRole('button', { name: /^J\+30.*Mise en demeure/ }).click();
    await counts.selectOption('après l’étape précédente');
    expect(await days.inputValue()).toBe('15');
    await ladder.getByRole('button', { name: /^J\+15.*Relance ferme/ }).click();
    await counts.selectOption('puis fin de mois');
    await ladder
      .getByRole('button', { name: /^fin de mois ≈ J\+30.*échéance \+ 15 j, fin de mois.*Relance ferme/ })
      .waitFor();
    await ladder.getByRole('button', { name: /^≈ J\+45.*15 jours après la précédente.*Mise en demeure/ }).waitFor();
    await page.getByText('environ 48 jours de la première étape à la dernière').waitFor();
    await page.getByText('Plus d’options').click();
    await page.getByLabel('Expéditeur').fill('Direction Morvan');
    await page.getByLabel('Répondre à').fill('direction');
    await page.getByText('Une adresse e-mail, par exemple', { exact: false }).waitFor();
    await page.getByLabel('Répondre à').fill('direction@morvan.example');
    // A template of its own, in the tone of the step.
    await page.getByLabel('Ton', { exact: true }).selectOption('Dernier avis');
    await page.getByRole('button', { name: 'Nouveau dans ce ton' }).click();
    await dialog
      .getByText('Ceci est notre dernier avis avant une mise en demeure.', { exact: false })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Modèle de message').locator('option:checked').textContent()).toBe('Relance ferme');
    expect(await page.getByLabel('Modèle de message').inputValue()).not.toBe('firm');
    await lookAtEverySize(page, 'sequence-timings-fr');
    // What comes after the last step stands at the end of the line, and is chosen like a step.
    const afterLast = ladder.getByRole('button', { name: /tâche : contentieux \?/ });
    await ladder.getByRole('button', { name: /^≈ J\+45/ }).click();
    await page.keyboard.press('ArrowRight');
    await hasFocus(afterLast);
    expect(await page.getByRole('radio', { name: 'La dernière étape, de nouveau' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: 'Une tâche' }).check();
    await page.getByLabel('Texte de la tâche').fill('Appeler la direction');
    await page.getByLabel('Jours après la dernière étape').fill('10');
    await ladder.getByRole('button', { name: /≈ J\+55.*tâche : Appeler la direction/ }).waitFor();
    await lookAtEverySize(page, 'sequence-after-last-fr');
    await save.click();
    await page.getByText('La séquence est enregistrée.').waitFor();
    const copied = page.getByRole('region', { name: 'Séquence standard (copie)' });
    await copied.getByText('tâche : Appeler la direction').waitFor();
    await copied.getByText('de Direction Morvan', { exact: false }).waitFor();
    await lookAtEverySize(page, 'sequences-timings-fr');
    await page
      .getByRole('region', { name: 'Séquence standard' })
      .first()
      .getByRole('link', { name: 'Dupliquer' })
      .click();
    await ladder.getByRole('button', { name: /^J\+15.*Relance ferme/ }).waitFor();
    // A step that a person does: chosen with what there is to do, counted apart; a formal notice can't be one.
    await ladder.getByRole('button', { name: /^J\+5.*Relance courtoise/ }).click();
    const channel = page.getByLabel('Canal');
    await channel.selectOption('tâche');
    await page.getByLabel('Ce qu’il y a à faire').fill('Appeler la comptabilité');
    await ladder.getByRole('button', { name: /^J\+5.*tâche.*2 tâches$/ }).waitFor();
    await effect.getByText(/\d+ messages? et \d+ tâches? pour \d+ clients?/).waitFor();
    await lookAtEverySize(page, 'sequence-editor-task-fr');
    await ladder.getByRole('button', { name: /^J\+30.*Mise en demeure/ }).click();
    expect(await channel.locator('option:not([disabled])').allTextContents()).toEqual(['e-mail']);
    await ladder.getByRole('button', { name: /^J\+15.*Relance ferme/ }).click();
    await channel.selectOption('e-mail, sinon tâche');
    await page.getByLabel('Titre').fill('Un appel d’abord');
    await save.click();
    const callFirst = page.getByRole('region', { name: 'Un appel d’abord' });
    await callFirst.getByText('Appeler la comptabilité').waitFor();
    await lookAtEverySize(page, 'sequences-task-fr');
    // Its day comes: who calls sees whom, about what and how much, says what came of it, can take it back, or chooses not to.
    await visitor.ask('PATCH', at(`/customers/${customerId}`), {
      contacts: [{ role: 'main', name: 'Yann Kerbrat', email: 'compta@kerbrat.example', phone: '02 98 00 00 00' }],
    });
    const all = (await visitor.ask('GET', at('/sequences'))).body.rows;
    const followed = all.find((row: { title: string }) => row.title === 'Un appel d’abord').id;
    await visitor.ask('POST', at('/enrolments'), {
      customerIds: [customerId],
      enrolment: 'chosen',
      sequenceId: followed,
    });
    await visitor.ask('PUT', at('/clock'), { on: '2026-12-02' });
    await page.goto(`${site.url}/`);
    await page.getByRole('button', { name: 'Lancer les relances du jour' }).click();
    await page.getByText('1 tâche à faire.').waitFor();
    const tasks = page.getByRole('list', { name: 'Tâches du jour' });
    await tasks.getByText('Appeler la comptabilité').waitFor();
    await tasks.getByText('431,00 €').waitFor();
    await tasks.getByRole('link', { name: /Appeler Yann Kerbrat/ }).waitFor();
    await lookAtEverySize(page, 'task-of-step-fr');
    const box = tasks.getByRole('checkbox', { name: 'Marquer comme faite : Appeler la comptabilité' });
    await box.press('Space');
    await dialog.getByLabel('Ce qui a été dit ou convenu (facultatif)').fill('Virement vendredi');
    await lookAtEverySize(page, 'task-done-fr');
    await dialog.getByRole('button', { name: 'Marquer comme faite' }).click();
    await tasks.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Annuler' }).click();
    await tasks.getByRole('button', { name: /Autres actions sur la tâche/ }).click();
    await page.getByRole('menuitem', { name: 'Ne pas faire…' }).click();
    await dialog.getByText('Cette étape est passée pour ces factures', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Annuler' }).click();
    await box.press('Space');
    await dialog.getByLabel('Ce qui a été dit ou convenu (facultatif)').fill('Virement vendredi');
    await dialog.getByRole('button', { name: 'Marquer comme faite' }).click();
    await tasks.waitFor({ state: 'detached' });
    await page.goto(`${site.url}/sent`);
    const done = page.getByRole('row').filter({ hasText: 'FAC-1' });
    await done.getByText('Appeler la comptabilité · Virement vendredi', { exact: false }).waitFor();
    await done.getByText('faite').waitFor();
    await lookAtEverySize(page, 'task-sent-fr');
    // The offer is in the company's language.
    await chooseLanguage(page, companyId, 'en');
    await page.goto(`${site.url}/sequences`);
    await page.getByRole('button', { name: 'Ready-made sequences' }).click();
    await dialog.getByRole('button', { name: 'Add “Public bodies”' }).waitFor();
    await lookIn('en')(page, 'ready-made-en');
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  });
});

/** A rule is drafted, seen with what it would do, saved, put behind another by keyboard; its customer says why it is where it is. */
async function rulesPutCustomersThere(page: Page, url: string, visitor: Visitor, companyId: string): Promise<void> {
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  const { customerId } = (
    await visitor.ask('POST', at('/customers'), {
      name: 'Odette Le Bihan',
      kind: 'consumer',
      category: 'Jardinage',
      contacts: [{ role: 'main', email: 'odette@client.example' }],
    })
  ).body;
  await visitor.ask('POST', at('/invoices'), {
    customerId,
    number: 'FAC-9',
    issuedOn: '2026-11-02',
    dueOn: '2026-12-10',
    totalMinor: 12_000,
  });
  const calls = [{ level: 1, name: 'Appel', offsetDays: 5, channels: ['task'], templateKey: 'friendly' }];
  await visitor.ask('POST', at('/sequences'), { title: 'Coups de fil', steps: calls });
  await page.goto(`${url}/sequences`);
  const part = page.getByRole('region', { name: 'Règles d’affectation' });
  await part.getByText('Aucune règle : tous les clients suivent la séquence par défaut.').waitFor();
  const dialog = page.getByRole('dialog');
  const addRule = async (fill: () => Promise<void>, follows: string) => {
    await part.getByRole('button', { name: 'Ajouter une règle' }).click();
    await dialog.getByRole('heading', { name: 'Nouvelle règle' }).waitFor();
    await fill();
    await dialog.getByLabel('Séquence à suivre').selectOption(follows);
    await dialog.getByRole('button', { name: 'Voir l’effet' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await addRule(async () => {
    await dialog.getByRole('checkbox', { name: 'Particulier' }).press('Space');
    await dialog.getByLabel('Doit au moins (EUR)').fill('100,00');
    await dialog.getByRole('checkbox', { name: 'Abonnement' }).press('Space');
    await lookAtEverySize(page, 'rule-form-fr');
  }, 'Particuliers');
  await part.getByText('1 client quitte « Séquence standard » pour « Particuliers »').waitFor();
  await part.getByText('1 facture ouverte').waitFor();
  await addRule(async () => {
    await dialog.getByRole('combobox', { name: 'Catégories' }).fill('jardinage');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Nom de la règle').fill('Jardins');
  }, 'Coups de fil');
  // Behind the other one it holds nobody; before it, the customer.
  const up = part.getByRole('button', { name: 'Monter « Jardins »' });
  await up.press('Enter');
  await part.getByText('1 client quitte « Séquence standard » pour « Coups de fil »').waitFor();
  await part.getByText('1 tâche pour ces clients').waitFor();
  await lookAtEverySize(page, 'rules-draft-fr');
  await part.getByRole('button', { name: 'Supprimer la règle « Jardins »' }).press('Enter');
  await part.getByText('1 client quitte « Séquence standard » pour « Particuliers »').waitFor();
  await part.getByRole('button', { name: 'Enregistrer les règles' }).click();
  await page.getByText('Règles enregistrées : 1 client change de séquence.').waitFor();
  const held = part.getByRole('listitem').filter({ hasText: 'Particuliers, sans abonnement' });
  await held.getByRole('link', { name: '1 client' }).click();
  await page.getByText('Particuliers · règle « Particulier · doit au moins 100,00 € »').waitFor();
  await lookAtEverySize(page, 'customers-of-a-rule-fr');
  await page.getByRole('link', { name: 'Odette Le Bihan' }).click();
  await page.getByText('par la règle « Particulier', { exact: false }).first().waitFor();
  // By hand: what that leaves is said first, then who chose it.
  await page.getByRole('button', { name: 'Autres actions' }).click();
  await page.getByRole('menuitem', { name: 'Changer de séquence…' }).click();
  await dialog.getByLabel('Relances').selectOption('Aucune relance');
  await dialog.getByText('1 client quitte « Particuliers » : aucune relance').waitFor();
  await lookAtEverySize(page, 'enrol-leaves-fr');
  await dialog.getByRole('button', { name: 'Changer' }).click();
  await page.getByText(/choisi le .*, par Claire Morvan/).waitFor();
  await page.goto(`${url}/sequences`);
}
