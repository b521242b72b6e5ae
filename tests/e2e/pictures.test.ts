// The pictures of the guide and of README: scenes in the sample company, always the same on the same Monday. `npm run pictures`
// makes them anew; the long series plays the scenes, so that none gets out of reach.
import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import type { DomainNames } from '../../src/channels/domain-names.ts';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';
import { firstOwner, type Site, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, keepPicture, openBrowser, openPage, overflows } from './browser.ts';
import { enter, patient } from './steps.ts';

type Language = 'fr' | 'en';

const files: Record<Language, string> = {
  fr: `N° facture;Client;N° client;Email;Date facture;Date échéance;Montant TTC
FAC-0117;Menuiserie Kerbrat;C-001;compta@kerbrat.example;10/10/2026;18/11/2026;4 310,00
FAC-0118;Boulangerie Le Goff;C-002;legoff@boulangerie.example;15/10/2026;18/11/2026;245,50
FAC-0119;Garage Nédélec;C-003;garage@nedelec.example;20/10/2026;17/11/2026;890,00
FAC-0120;Ville de Quimper;C-004;finances@quimper.example;01/11/2026;26/11/2026;12 480,90
FAC-0122;Hôtel de l’Odet;C-005;direction@odet.example;01/11/2026;32/12/2026;3 999,99
`,
  en: `Invoice no.,Customer,Customer no.,Email,Invoice date,Due date,Total
FAC-0117,Kerbrat Joinery,C-001,accounts@kerbrat.example,10/10/2026,18/11/2026,4310.00
FAC-0118,Le Goff Bakery,C-002,legoff@bakery.example,15/10/2026,18/11/2026,245.50
FAC-0119,Nedelec Garage,C-003,garage@nedelec.example,20/10/2026,17/11/2026,890.00
FAC-0120,Quimper Town Council,C-004,finance@quimper.example,01/11/2026,26/11/2026,12480.90
FAC-0122,Odet Hotel,C-005,office@odet.example,01/11/2026,32/12/2026,3999.99
`,
};

const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64');

/** A domain whose SPF record has forgotten the mail server, and that has a policy. */
const domainNames: DomainNames = {
  txt: async (name) => {
    const records: Record<string, string> = {
      'atelier-morvan.example': 'v=spf1 mx -all',
      'google._domainkey.atelier-morvan.example': `v=DKIM1; k=rsa; p=${rsaKey}`,
      '_dmarc.atelier-morvan.example': 'v=DMARC1; p=quarantine',
    };
    const record = records[name];
    return record === undefined ? { kind: 'none' } : { kind: 'found', records: [record] };
  },
  mx: async () => ({ kind: 'found', records: [{ exchange: 'mx1.hebergeur.example', priority: 10 }] }),
};

/** What is on one screen, said in the language of the pictures. */
interface Stage {
  site: Site;
  page: Page;
  language: Language;
  words: typeof fr;
  say: (french: string, english: string) => string;
  visitor: Visitor;
  at: (path: string) => string;
  go: (path: string) => Promise<void>;
  /** One picture of the guide, as the window has it. */
  keep: (name: string) => Promise<void>;
  /** The window's size; with nothing said, that of most pictures. */
  size: (width?: number, height?: number) => Promise<void>;
  /** Scrolls until this heading stands below the top bar. */
  top: (heading: string) => Promise<void>;
}

describe.skipIf(chromiumPath === null)('the pictures of the guide', () => {
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
  }, 180_000);

  for (const language of ['fr', 'en'] as const) {
    test(`each scene is played, in ${language}`, async () => {
      const browser = await openBrowser();
      const site = await startSite({ staticDir, domainNames });
      const { visitor, companyId } = await firstOwner(site);
      await visitor.ask('PATCH', `/api/companies/${companyId}`, { language });
      for (const play of [ownCompany, sampleCompany]) {
        const id = play === ownCompany ? companyId : await sampleOf(visitor, language);
        const { page, misdeeds, context } = await openPage(browser, site.url, language);
        await page.evaluate((chosen) => localStorage.setItem('relance.company', chosen), id);
        await enter(page, language);
        await play(stageOf(site, page, language, visitor, id));
        expect(misdeeds).toEqual([]);
        await context.close();
      }
      expect(site.unexpected).toEqual([]);
      await browser.close();
      await site.stop();
    }, 240_000);
  }
});

/** The sample company; its customers are written to in the language of the guide. */
async function sampleOf(visitor: Visitor, language: Language): Promise<string> {
  const { companyId } = (await visitor.ask('POST', '/api/sample-company', { language })).body;
  if (language === 'fr') return companyId;
  const at = `/api/companies/${companyId}`;
  await visitor.ask('PATCH', at, {
    paymentDetails: 'By transfer: IBAN FR76 3000 4000 0300 0000 0000 143, BIC BNPAFRPP',
  });
  const { rows } = (await visitor.ask('GET', `${at}/customers?limit=100`)).body;
  for (const { id } of rows)
    expect((await visitor.ask('PATCH', `${at}/customers/${id}`, { language })).status).toBe(200);
  return companyId;
}

function stageOf(site: Site, page: Page, language: Language, visitor: Visitor, companyId: string): Stage {
  return {
    site,
    page,
    language,
    words: language === 'fr' ? fr : en,
    say: (french, english) => (language === 'fr' ? french : english),
    visitor,
    at: (path) => `/api/companies/${companyId}${path}`,
    go: async (path) => {
      await page.goto(`${site.url}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
    },
    size: (width = 1280, height = 800) => page.setViewportSize({ width, height }),
    top: (heading) =>
      page.getByRole('heading', { name: heading }).evaluate((found) => {
        found.scrollIntoView();
        scrollBy(0, -90);
      }),
    keep: async (name) => {
      await settled(page);
      await daysAsRead(page);
      expect(await overflows(page), `${name} is wider than its window`).toBe(false);
      await keepPicture(page, `web/guide/pictures/${name}-${language}.png`);
    },
  };
}

/** A field for a day is written by the browser in its own language, and this one may know English of the United States alone. */
const daysAsRead = (page: Page): Promise<void> =>
  page.locator('input[type=date]').evaluateAll((fields) => {
    for (const field of fields as HTMLInputElement[]) {
      const read = field.value.split('-').reverse().join('/');
      field.type = 'text';
      field.value = read;
    }
  });

const messageShown = (page: Page): Promise<void> => page.frameLocator('iframe').getByRole('table').first().waitFor();

const settled = (page: Page): Promise<void> =>
  expect.poll(() => page.getByRole('status', { name: /Chargement|Loading/ }).count(), patient).toBe(0);

/** The first day in one's own company: nothing yet, a file, the settings, what going live would do. */
async function ownCompany(stage: Stage): Promise<void> {
  const { page, words, language, visitor, at, go, keep, say, size } = stage;
  await size();
  // What going live would do is counted from the browser's today: it stands at that Monday.
  await page.clock.setFixedTime('2026-11-23T09:30:00Z');
  await go('');
  await page.getByText(words.today.emptyNoInvoices).waitFor();
  await keep('first-steps');

  await page.getByRole('button', { name: words.import.button, exact: true }).click();
  const name = say('factures.csv', 'invoices.csv');
  const buffer = Buffer.from(files[language]);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  const take = page.getByRole('button', { name: words.import.submitGood(4) });
  await take.waitFor();
  await size(1280, 960);
  await keep('import');
  await size();
  await take.click();
  await page.getByText(words.import.done(4, 0)).waitFor();

  await visitor.ask('PATCH', at(''), {
    senderName: 'Claire Morvan',
    senderEmail: 'compta@atelier-morvan.example',
    paymentDetails: say(
      'Règlement par virement : IBAN FR76 3000 4000 0300 0000 0000 143',
      'By transfer: IBAN FR76 3000 4000 0300 0000 0000 143',
    ),
  });
  await go('settings?part=sender');
  await keep('settings');
  await go('settings?part=live');
  await keep('going-live');
  await theOtherSettings(stage);
}

/** Filled in as they are some weeks later. */
async function theOtherSettings({ page, visitor, at, go, keep, say, size, top }: Stage): Promise<void> {
  await visitor.ask('PUT', at('/letterhead'), {
    legalName: 'Atelier Morvan',
    legalForm: 'SARL',
    capital: say('10 000 €', '€10,000'),
    street: '12, quai de l’Odet',
    postcode: '29000',
    city: 'Quimper',
    siret: '73282932000074',
    vatNumber: 'FR44732829320',
    registration: 'RCS Quimper 732 829 320',
  });
  await go('settings?part=letterhead');
  await keep('letterhead');

  await visitor.ask('PUT', at('/mail-server'), { host: 'smtp.gmail.com', port: 465, security: 'tls', auth: 'none' });
  await go('settings?part=mail');
  await page.getByLabel(say('Sélecteur DKIM', 'DKIM selector')).fill('google');
  await page.getByRole('button', { name: say('Interroger le DNS', 'Ask the DNS') }).click();
  await page.getByRole('list', { name: say('Réponses du DNS', 'Answers of the DNS') }).waitFor();
  await size(1280, 900);
  await top(say('Ce que le DNS dit de votre domaine', 'What the DNS says of your domain'));
  await keep('mail-server');

  for (const [name, role] of [
    ['Paul Le Bihan', 'agent'],
    ['Léa Kervella', 'manager'],
  ] as const) {
    const email = `${name.split(' ')[0]!.toLowerCase().replace('é', 'e')}@atelier-morvan.example`;
    await visitor.ask('POST', at('/members'), { name, email, password: 'une phrase provisoire', role });
  }
  await size(1280, 640);
  await go('settings?part=members');
  await keep('members');

  const keys = [
    { name: say('Logiciel de facturation', 'Invoicing software'), role: 'agent' },
    { name: say('Tableau de bord', 'Dashboard'), role: 'reader', endsOn: '2027-06-30' },
  ];
  for (const key of keys) await visitor.ask('POST', at('/api-keys'), key);
  await go('settings?part=keys');
  await page.getByRole('table').first().waitFor();
  await keep('api-keys');
}

/** Everything else, in a company with a hundred days behind it. */
async function sampleCompany(stage: Stage): Promise<void> {
  const { page, words, go, keep, say, size, top } = stage;
  await size();
  await go('');
  await page.getByRole('table', { name: words.today.title }).waitFor();
  await keep('today');
  const { late, customerId } = await somethingOfEach(stage);

  await size(1280, 1000);
  await go('approve');
  await page.getByRole('article').getByText(/R1/).first().waitFor();
  await messageShown(page);
  await keep('approve');
  await size();

  await go('due');
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('button', { name: say('Relancer…', 'Remind…') }).waitFor();
  await keep('due');

  await go(`invoices/${late}`);
  await page.getByText(say('Étapes', 'Steps')).first().waitFor();
  await keep('invoice');
  await size(1280, 1000);
  await page.getByRole('button', { name: say('Relancer…', 'Remind…') }).click();
  await messageShown(page);
  await keep('remind');
  await page.keyboard.press('Escape');

  await size(1440, 900);
  await go(`customers/${customerId}`);
  await keep('customer');
  await size();
  await page.getByRole('button', { name: say('Ajouter une tâche', 'Add a task') }).click();
  await page
    .getByRole('dialog')
    .getByLabel(say('À faire', 'To do'))
    .fill(say('Demander la date du virement', 'Ask for the day of the transfer'));
  await keep('tasks');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: words.payment.button }).click();
  await page.getByRole('dialog').getByLabel(say('Montant reçu', 'Amount received')).fill(say('5 000,00', '5,000.00'));
  await keep('payments');

  await size(1280, 580);
  await go('to-complete');
  await page.getByRole('table', { name: words.screens.toComplete }).waitFor();
  await keep('to-complete');
  await go('sequences');
  await keep('sequences');
  await size();

  await go('sent');
  await page
    .getByRole('button', { name: words.messages.open('Plomberie Vasseur') })
    .first()
    .click();
  await messageShown(page);
  await keep('sent');

  await size(1280, 900);
  await go('history?from=2026-11-16&until=2026-11-23');
  await page.getByText(say('Rappelle jeudi après la paie.', 'Calls back on Thursday.')).first().waitFor();
  await keep('history');

  await readme(stage, late);
  await holdingBack(stage);
  await manyAtOnce(stage);
  await inDoubt(stage);
  await size();
  await go('');
  const problems = page.getByRole('table', { name: words.problems.title });
  await problems.getByRole('button', { name: words.problems.left }).waitFor();
  await top(words.problems.title);
  await keep('problems');
}

/** Some are approved and have not left yet; afterwards they wait again. */
async function holdingBack({ page, visitor, at, go, keep, say, size, top }: Stage): Promise<void> {
  const { rows } = (await visitor.ask('GET', at('/reminders?state=to_approve&limit=10'))).body;
  const reminderIds = rows.slice(0, 2).map((row: { id: string }) => row.id);
  await visitor.ask('POST', at('/reminders/approve'), { reminderIds, undoSeconds: 60 });
  await size(1280, 640);
  await go('');
  const leaving = say('Prêts à partir', 'Ready to leave');
  await page.getByRole('table', { name: leaving }).waitFor();
  await top(leaving);
  await keep('hold-back');
  await visitor.ask('POST', at('/reminders/undo-approval'), { reminderIds });
}

/** Seven customers in one operation; one of their invoices is disputed. */
async function manyAtOnce({ page, visitor, at, go, keep, say, size }: Stage): Promise<void> {
  const { rows } = (await visitor.ask('GET', at('/invoices?state=overdue&order=due&limit=100'))).body;
  const chosen: { id: string; customerId: string; disputed: boolean }[] = [];
  for (const row of rows)
    if (!row.disputed && chosen.length < 7 && chosen.every((one) => one.customerId !== row.customerId))
      chosen.push(row);
  await visitor.ask('POST', at(`/invoices/${chosen[6]!.id}/dispute`), { reason: say('Un défaut', 'A fault') });
  const { operationId } = (
    await visitor.ask('POST', at('/operations'), { invoiceIds: chosen.map((invoice) => invoice.id) })
  ).body;
  const state = async () => (await visitor.ask('GET', at(`/operations/${operationId}`))).body.state;
  await expect.poll(state, patient).toBe('finished');
  await size(1280, 720);
  await go(`operations/${operationId}`);
  await page.getByRole('table', { name: say('Messages préparés', 'Messages prepared') }).waitFor();
  await keep('operation');
  await visitor.ask('DELETE', at(`/invoices/${chosen[6]!.id}/dispute`));
}

/** Messages that wait, a note, a pause, what is missing: what a company has on any Monday. */
async function somethingOfEach({ visitor, at, say }: Stage): Promise<{ late: string; customerId: string }> {
  await visitor.ask('POST', at('/runs'));
  await expect.poll(async () => (await visitor.ask('GET', at('/status'))).body.ready, patient).toBe(0);
  const { rows } = (await visitor.ask('GET', at('/invoices?state=overdue&order=due&limit=100'))).body;
  const active = rows.filter((row: { level: number | null }) => row.level === 1 || row.level === 2);
  const late = active.find((row: { level: number | null }) => row.level === 2)!;
  const byHand = [1, 2].flatMap((level) =>
    active.filter((row: { id: string; level: number }) => row.id !== late.id && row.level === level).slice(0, 2),
  );
  for (const { id } of byHand) await visitor.ask('POST', at('/reminders'), { invoiceIds: [id] });
  const customerId = late.customerId;
  await visitor.ask('POST', at(`/customers/${customerId}/contacts-made`), {
    how: 'call',
    note: say('Rappelle jeudi après la paie.', 'Calls back on Thursday.'),
  });
  await visitor.ask('PATCH', at(`/customers/${customerId}`), {
    notes: say('Passer par l’assistante le matin.', 'Ask for the assistant, in the morning.'),
  });
  await visitor.ask('POST', at('/tasks'), {
    customerId,
    invoiceId: late.id,
    text: say('Rappeler l’assistante', 'Call the assistant again'),
    dueOn: '2026-11-23',
  });
  const none = await visitor.ask('POST', at('/customers'), { name: say('Hôtel de l’Odet', 'Odet Hotel') });
  for (const [number, more] of [
    ['FAC-2026-0301', { dueOn: '2026-12-23' }],
    ['FAC-2026-0302', {}],
  ] as const) {
    await visitor.ask('POST', at('/invoices'), {
      customerId: none.body.customerId,
      number,
      issuedOn: '2026-11-20',
      totalMinor: 124_800,
      ...more,
    });
  }
  await visitor.ask('POST', at('/invoices'), {
    customerId,
    number: 'FAC-2026-0303',
    issuedOn: '2026-11-20',
    dueOn: '2026-12-20',
    totalMinor: 96_000,
    status: 'to_process',
  });
  return { late: late.id, customerId };
}

/** One message whose connection was cut, one that the server refused: nothing in practice does that by itself. */
async function inDoubt({ site, visitor, at }: Stage): Promise<void> {
  const { rows } = (await visitor.ask('GET', at('/reminders?state=left&limit=20'))).body;
  for (const [customerName, state] of [
    ['Plomberie Vasseur', 'in_doubt'],
    ['Boulangerie Garnier', 'failed'],
  ]) {
    const { id } = rows.find((row: { customerName: string }) => row.customerName === customerName);
    await sql`update reminder set state = ${state}, left_on = case ${state} when 'in_doubt' then left_on end
      where id = ${id}`.execute(site.database.owner);
  }
}

/** The three of README: in French, as it is. */
async function readme({ page, language, go, words, size }: Stage, late: string): Promise<void> {
  if (language !== 'fr') return;
  await size(1440, 1000);
  await go('');
  await page.getByRole('table', { name: words.messages.title }).waitFor();
  await keepPicture(page, 'docs/images/today.png');
  await go('approve');
  await page.getByRole('article').getByText(/R1/).first().waitFor();
  await messageShown(page);
  await keepPicture(page, 'docs/images/approve.png');
  await go(`invoices/${late}`);
  await settled(page);
  await keepPicture(page, 'docs/images/invoice.png');
}
