// Every screen while what it asks for can't be had, in both languages, at both widths: it says in plain words what is missing, has
// one button that tries again, and shows what comes back without being loaded anew. Never an empty list, a word of another language
// or grey lines for ever. With RELANCE_PICTURES=1 a picture of each stays in .artifacts.
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { typesetWords } from '../../src/words/typeset.ts';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';
import { startSite } from '../world/site.ts';
import { axeViolations, chromiumPath, openBrowser, openPage, overflows, picture, thorough } from './browser.ts';
import { somethingEverywhere } from './something-everywhere.ts';
import { chooseLanguage, enter, patient } from './steps.ts';

type Language = 'fr' | 'en';

const catalogues = { fr: typesetWords(fr, 'fr'), en };

interface Screen {
  path: string;
  /** Its pictures' name, where its path is none. */
  picture?: string;
  /** What is said to be missing. */
  named: Record<Language, string>;
  /** The screen itself is there, and these parts of it are not; `known`: that there is none of something is true then. */
  parts?: { fail: RegExp; named: Record<Language, string>; known?: RegExp };
  /** Part of it was asked for by another screen, and would be shown: the page is loaded anew. */
  isKnown?: true;
  /** What is there again when the server answers. */
  back: Record<Language, string> | string;
}

const screens = (one: Record<'invoice' | 'customer' | 'operation' | 'sequence' | 'template', string>): Screen[] => [
  {
    path: '',
    isKnown: true,
    picture: 'today',
    named: { fr: 'La journée', en: 'The day' },
    parts: {
      fail: /(?<!\/status)$/,
      named: { fr: 'À valider', en: 'To approve' },
      known: /Rien n’est prêt à partir|Nothing is ready to leave/,
    },
    back: 'Client 02',
  },
  {
    path: 'approve',
    named: { fr: 'À valider', en: 'To approve' },
    parts: { fail: /\/(message|explanation)$/, named: { fr: 'Message', en: 'Message' } },
    back: { fr: 'Tel qu’il partira', en: 'As it will leave' },
  },
  { path: 'due', named: { fr: 'À relancer', en: 'To remind' }, back: 'R3' },
  { path: 'invoices', named: { fr: 'Factures', en: 'Invoices' }, back: 'FAC-002' },
  { path: 'customers', named: { fr: 'Clients', en: 'Customers' }, back: 'Client 02' },
  { path: 'to-complete', named: { fr: 'À compléter', en: 'To complete' }, back: { fr: 'Rien', en: 'Nothing' } },
  { path: 'payments', named: { fr: 'Encaissements', en: 'Payments' }, back: 'VIR 4711' },
  { path: 'sent', named: { fr: 'Envois', en: 'Sent' }, back: 'Client 02' },
  { path: 'sequences', named: { fr: 'Séquences', en: 'Sequences' }, back: 'R2' },
  { path: one.sequence, picture: 'sequence-one', named: { fr: 'La séquence', en: 'The sequence' }, back: 'R2' },
  {
    path: 'templates',
    isKnown: true,
    named: { fr: 'Modèles', en: 'Templates' },
    back: { fr: 'Relance ferme', en: 'Firm reminder' },
  },
  {
    path: one.template,
    isKnown: true,
    picture: 'template-one',
    named: { fr: 'Le modèle', en: 'The template' },
    parts: { fail: /templates\/(tags|preview)/, named: { fr: 'Insérer une balise', en: 'Insert a tag' } },
    back: { fr: 'Nom du client', en: 'Customer’s name' },
  },
  { path: 'imports', named: { fr: 'Imports', en: 'Imports' }, back: 'règlements.csv' },
  { path: 'history', named: { fr: 'Historique', en: 'History' }, back: 'Claire Morvan' },
  {
    path: one.invoice,
    picture: 'invoice',
    named: { fr: 'La facture', en: 'The invoice' },
    parts: { fail: /\/explanation|[?&](invoiceId|customerId)=/, named: { fr: 'Historique', en: 'History' } },
    back: 'R2',
  },
  {
    path: one.customer,
    picture: 'customer',
    named: { fr: 'La fiche du client', en: 'The customer' },
    parts: { fail: /\/credits|[?&]customerId=/, named: { fr: 'Factures ouvertes', en: 'Open invoices' } },
    back: 'FAC-',
  },
  {
    path: one.operation,
    picture: 'operation',
    named: { fr: 'Le rapport de l’opération', en: 'The report of the operation' },
    parts: { fail: /\/parts/, named: { fr: 'Messages préparés', en: 'Messages prepared' }, known: /0/g },
    back: 'FAC-',
  },
  {
    path: 'settings?part=calendar',
    named: { fr: 'Les jours fériés des régions', en: 'The public holidays of regions' },
    back: 'Moselle',
  },
  {
    path: 'settings?part=charges',
    named: { fr: 'Taux par semestre', en: 'Rates by half-year' },
    back: { fr: 'Organismes publics', en: 'Public bodies' },
  },
  { path: 'settings?part=letterhead', named: { fr: 'Papier à en-tête', en: 'Letterhead' }, back: 'SIRET' },
  {
    path: 'settings?part=files',
    named: { fr: 'Pièces jointes', en: 'Attachments' },
    back: { fr: 'Aucun fichier', en: 'No file' },
  },
  {
    path: 'settings?part=live',
    named: { fr: 'Avant de passer en réel', en: 'Before going live' },
    back: { fr: 'Le serveur d’envoi est réglé', en: 'The mail server is set up' },
  },
  { path: 'settings?part=mail', named: { fr: 'Serveur d’envoi', en: 'Mail server' }, isKnown: true, back: 'OVH' },
  { path: 'settings?part=members', named: { fr: 'Utilisateurs', en: 'Users' }, back: 'claire@example.org' },
  {
    path: 'settings?part=absences',
    named: { fr: 'Absences', en: 'Absences' },
    back: { fr: 'Personne n’est absent', en: 'Nobody is away' },
  },
  { path: 'settings?part=keys', named: { fr: 'Clés d’API', en: 'API keys' }, back: { fr: 'Aucune', en: 'No ' } },
];

describe.skipIf(chromiumPath === null)('every screen in error', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('says what is missing, tries again, and shows what comes back', async () => {
    const site = await startSite({ staticDir });
    const { companyId, one } = await somethingEverywhere(site);
    for (const language of ['fr', 'en'] as const) {
      const { page, misdeeds, context } = await openPage(browser, site.url, language);
      await page.clock.install();
      await notEvenOpen(page, language, '/api/first-visit');
      await notEvenOpen(page, language, '/api/session');
      await enter(page, language);
      await chooseLanguage(page, companyId, language);
      await notEvenOpen(page, language, `/api/companies/${companyId}`);
      const server = await serverOf(page);
      for (const screen of spokenOf(screens(one), language)) await inError(page, server, site.url, screen, language);
      await nextPage(page, server, language);
      await listsWithin(page, server, site.url, language);
      await codeOfAScreen(page, site.url, language);
      await guide(page, language);
      await offline(page, language);
      await backByItself(page, site.url, language);
      expect(misdeeds.filter((one) => !ofTheRequest.test(one) && !ofTheClock.test(one))).toEqual([]);
      await context.close();
    }
    expect(site.unexpected).toEqual([]);
    await site.stop();
  }, 240_000);
});

/** All of them in French; in English every fifth, as only the words differ, and all where pictures are made. */
const spokenOf = (all: readonly Screen[], language: Language): readonly Screen[] =>
  language === 'fr' || thorough || process.env.RELANCE_PICTURES === '1'
    ? all
    : all.filter((_, place) => place % 5 === 0);

/** In French: what is said in English stands in the same places, with the same colours. */
async function expectNoViolation(page: Page, where: string, language: Language): Promise<void> {
  if (language === 'fr' || thorough) expect(await axeViolations(page), where).toEqual([]);
}

/** What a browser writes of a request that failed, whatever the page does. */
const ofTheRequest =
  /^console: Failed to load resource: (the server responded with a status of 500|net::ERR_(FAILED|INTERNET_DISCONNECTED))/;

/** The clock of the test is set in each frame, and that of a message runs no script. */
const ofTheClock = /^console: Blocked script execution in '(about:blank|[^']*\/(message|preview)\.html)/;

interface Server {
  /** `broken`: 500, from something that is not Relance and speaks English. `gone`: nobody answers. */
  is: 'there' | 'broken' | 'gone';
  fails: RegExp;
}

const everything = /./;

/** What a page asks its company for goes through here; not the company itself, without which there is no screen, nor the news. */
async function serverOf(page: Page): Promise<Server> {
  const server: Server = { is: 'there', fails: everything };
  await page.route(/\/api\/companies\/[^/]+\/(?!live)/, (route: Route) => {
    const { pathname, search } = new URL(route.request().url());
    if (server.is === 'there' || !server.fails.test(pathname + search)) return route.continue();
    if (server.is === 'gone') return route.abort();
    return route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Internal Server Error</h1>' });
  });
  return server;
}

/** Within the application: what the router listens to. */
const go = (page: Page, path: string): Promise<void> => page.evaluate((to) => history.pushState(null, '', to), path);

async function inError(page: Page, server: Server, url: string, screen: Screen, language: Language): Promise<void> {
  const words = catalogues[language];
  server.fails = everything;
  server.is = 'broken';
  if (screen.isKnown) await page.goto(`${url}/${screen.path}`);
  else await go(page, `/${screen.path}`);
  const { named, parts, back } = screen;
  const retry = page.getByRole('alert').getByRole('button', { name: words.retry });
  await said(page, language, { named: named[language], why: words.notOurs(500), picture: `broken-${nameOf(screen)}` });
  await expectNoViolation(page, `${screen.path}`, language);
  server.is = 'gone';
  await retry.click();
  await said(page, language, { named: named[language], why: words.unreachable, picture: `gone-${nameOf(screen)}` });
  if (parts !== undefined) {
    server.fails = parts.fail;
    server.is = 'broken';
    await retry.click();
    const picture = `parts-${nameOf(screen)}`;
    const { known } = parts;
    await said(page, language, { named: parts.named[language], why: words.notOurs(500), picture, known });
    await expectNoViolation(page, `parts of ${screen.path}`, language);
  }
  server.is = 'there';
  await retry.click();
  await expect.poll(() => page.getByRole('alert').count(), patient).toBe(0);
  await expect
    .poll(() => page.locator('main').textContent(), patient)
    .toContain(typeof back === 'string' ? back : back[language]);
}

interface Said {
  /** The part that is missing; null where it is everything. */
  named: string | null;
  why: string;
  picture: string;
  known?: RegExp | undefined;
}

/** Before any screen: who asks, and for which company, is what can't be had. */
async function notEvenOpen(page: Page, language: Language, path: string): Promise<void> {
  const words = catalogues[language];
  const isIt = (url: URL): boolean => url.pathname === path;
  let is: 'gone' | 'broken' | 'there' = 'broken';
  const answer = (route: Route) =>
    is === 'there' ? route.continue() : is === 'gone' ? route.abort() : route.fulfill({ status: 500, body: 'Error' });
  await page.route(isIt, answer);
  await page.reload();
  const name = `open${path
    .replace(/^\/api/, '')
    .replace(/\/[0-9a-f-]{36}/, '')
    .replaceAll('/', '-')}`;
  await said(page, language, { named: null, why: words.notOurs(500), picture: `broken-${name}` });
  await expectNoViolation(page, `${path}`, language);
  is = 'gone';
  const retry = page.getByRole('alert').getByRole('button', { name: words.retry });
  await retry.click();
  await said(page, language, { named: null, why: words.unreachable, picture: `gone-${name}` });
  is = 'there';
  await retry.click();
  await expect.poll(() => page.getByRole('alert').count(), patient).toBe(0);
  await page.unroute(isIt, answer);
}

/** What is shown stays, and the button below it tries again. */
async function nextPage(page: Page, server: Server, language: Language): Promise<void> {
  const words = catalogues[language];
  await go(page, '/history');
  const rows = page.getByRole('table').locator('tbody').getByRole('row');
  await rows.first().waitFor();
  const shown = await rows.count();
  server.is = 'broken';
  await page.getByRole('button', { name: words.more }).click();
  const alert = page.getByRole('alert').filter({ hasText: words.notOurs(500) });
  await alert.waitFor();
  expect(await rows.count()).toBe(shown);
  server.is = 'there';
  await alert.getByRole('button', { name: words.retry }).click();
  await expect.poll(() => rows.count(), patient).toBeGreaterThan(shown);
  expect(await alert.count()).toBe(0);
}

/** What is chosen from in a dialog, and what the search finds: that it could not be had is said there, and asked for again. */
async function listsWithin(page: Page, server: Server, url: string, language: Language): Promise<void> {
  const words = catalogues[language];
  const inFrench = language === 'fr';
  // Nothing of them is known yet.
  await page.goto(`${url}/customers`);
  const first = page.getByRole('table').locator('tbody').getByRole('row').first();
  await first.waitFor();
  const within = async (place: Locator, named: string[], why: string, name: string): Promise<void> => {
    const alert = place.getByRole('alert').filter({ hasText: words.cannotShow(...named) });
    const shown = async () => {
      await page.clock.fastForward(1_000);
      return alert.filter({ hasText: why }).count();
    };
    await expect.poll(shown, { ...patient, interval: 20, message: `${name} in ${language}` }).toBe(1);
    expect(await page.getByRole('alert').count()).toBe(1);
    await expectNoViolation(page, `${name}`, language);
    await picture(page, `error-${name}-${language}`);
  };
  const again = (place: Locator) => place.getByRole('alert').getByRole('button', { name: words.retry }).click();

  server.fails = /[?&]search=/;
  server.is = 'broken';
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Client 02');
  const found = page.getByRole('region', { name: words.search.label });
  await within(found, [words.search.customers, words.search.invoices], words.notOurs(500), 'search');
  expect(await found.getByText(words.search.nothing('Client 02')).count()).toBe(0);
  server.is = 'gone';
  await again(found);
  await within(found, [words.search.customers, words.search.invoices], words.unreachable, 'search-gone');
  server.is = 'there';
  await again(found);
  await found.getByRole('link', { name: 'Client 02' }).waitFor();
  await expect.poll(() => found.getByRole('alert').count(), patient).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: words.search.label }).fill('');

  const dialog = page.getByRole('dialog');
  server.fails = /\/(sequences|colleagues)$/;
  server.is = 'broken';
  // By its own address: the list of customers knows the sequences, to filter by them.
  await page.goto(`${url}${await first.getByRole('link').getAttribute('href')}`);
  await page.getByRole('button', { name: inFrench ? 'Autres actions' : 'Other actions' }).click();
  await page.getByRole('menuitem', { name: inFrench ? 'Changer de séquence…' : 'Change sequence…' }).click();
  await within(dialog, [inFrench ? 'Les séquences' : 'The sequences'], words.notOurs(500), 'enrol');
  const options = dialog.getByRole('combobox').getByRole('option');
  expect(await options.count()).toBe(2);
  server.is = 'there';
  await again(dialog);
  await expect.poll(() => options.count(), patient).toBeGreaterThan(2);
  await expect.poll(() => dialog.getByRole('alert').count(), patient).toBe(0);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const add = page.getByRole('button', { name: inFrench ? 'Ajouter une tâche' : 'Add a task' });
  await add.waitFor();
  server.is = 'gone';
  await add.click();
  await within(dialog, [inFrench ? 'Les membres de l’équipe' : 'The members of the team'], words.unreachable, 'task');
  // It is for whoever writes it, and says so.
  const forWhom = dialog.getByRole('combobox').locator('option:checked');
  expect(await forWhom.textContent()).toBe(inFrench ? 'Vous' : 'You');
  server.is = 'there';
  await again(dialog);
  await expect.poll(() => forWhom.textContent(), patient).toBe('Claire Morvan');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // Nobody can be put in charge before it is known who may be: the form would say "nobody", and mean whoever reads it.
  server.is = 'gone';
  await page.goto(`${url}/customers`);
  await first.getByRole('checkbox').check();
  await page.getByRole('button', { name: inFrench ? 'Changer qui les suit…' : 'Change who is in charge…' }).click();
  const team = dialog
    .getByRole('alert')
    .filter({ hasText: words.cannotShow(inFrench ? 'Les membres de l’équipe' : 'The members of the team') });
  const told = async () => {
    await page.clock.fastForward(1_000);
    return team.count();
  };
  await expect.poll(told, { ...patient, interval: 20 }).toBe(1);
  expect(await dialog.getByRole('combobox').count()).toBe(0);
  server.is = 'there';
  await again(dialog);
  await expect.poll(() => forWhom.textContent(), patient).toBe('Claire Morvan');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** A screen that is opened for the first time while nobody answers: the page is not left, and the others are still at hand. */
async function codeOfAScreen(page: Page, url: string, language: Language): Promise<void> {
  const words = catalogues[language];
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => document.documentElement.setAttribute('data-page', 'the same'));
  const nobody = (route: Route) => route.abort();
  await page.route('**/*', nobody);
  await go(page, '/sequences');
  const named = { named: null, why: words.unreachable, picture: 'gone-code' };
  await said(page, language, named);
  await page.getByRole('heading', { level: 1, name: words.screenNotShown }).waitFor();
  await page.getByRole('link', { name: words.screens.customers }).waitFor();
  await expectNoViolation(page, `a screen's code`, language);
  await page.getByRole('alert').getByRole('button', { name: words.retry }).click();
  await said(page, language, named);
  await page.unroute('**/*', nobody);
  await page.getByRole('alert').getByRole('button', { name: words.retry }).click();
  await page.getByRole('heading', { level: 1, name: words.screens.sequences }).waitFor();
  await expect.poll(() => page.getByRole('alert').count(), patient).toBe(0);
  expect(await page.locator('html').getAttribute('data-page')).toBe('the same');
  // Its styles are there again too.
  expect(
    await page
      .locator('.time-line')
      .first()
      .evaluate((list) => getComputedStyle(list).display),
  ).toBe('flex');
}

/** Its texts are files of the server like any code. */
async function guide(page: Page, language: Language): Promise<void> {
  const words = catalogues[language];
  const nobody = (route: Route) => route.abort();
  await page.route('**/texts-*', nobody);
  await go(page, '/guide');
  await said(page, language, { named: words.guide.title, why: words.unreachable, picture: 'gone-guide' });
  await expectNoViolation(page, `the guide`, language);
  await page.unroute('**/texts-*', nobody);
  await page.getByRole('alert').getByRole('button', { name: words.retry }).click();
  await page.getByRole('link', { name: words.screens.imports }).first().waitFor();
  await expect.poll(() => page.getByRole('alert').count(), patient).toBe(0);
}

/** The browser itself knows that there is no network: that is said too; and when it is back, so is the screen. */
async function offline(page: Page, language: Language): Promise<void> {
  const words = catalogues[language];
  await go(page, '/payments');
  await page.getByRole('table').waitFor();
  await page.context().setOffline(true);
  await go(page, '/payments?since=2026-11-01');
  await said(page, language, { named: words.screens.payments, why: words.unreachable, picture: 'offline' });
  await page.context().setOffline(false);
  await page.getByRole('table').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
}

/** Nobody answers, not even with news: once somebody does, the screen is there without anybody asking. */
async function backByItself(page: Page, url: string, language: Language): Promise<void> {
  const words = catalogues[language];
  const ofCompany = /\/api\/companies\/[^/]+\//;
  const nobody = (route: Route) => route.abort();
  await page.route(ofCompany, nobody);
  await page.goto(`${url}/payments`);
  await said(page, language, { named: words.screens.payments, why: words.unreachable, picture: 'gone-with-news' });
  await page.unroute(ofCompany, nobody);
  const shown = async () => {
    // News is asked for again after five seconds.
    await page.clock.fastForward(5_000);
    return page.getByRole('table').count();
  };
  await expect.poll(shown, patient).toBe(1);
  expect(await page.getByRole('alert').count()).toBe(0);
}

/** One alert and nothing on its way any more: what is missing, why, and no word that misleads. */
async function said(page: Page, language: Language, { named, why, picture: name, known }: Said): Promise<void> {
  const alert = page.getByRole('alert');
  const quoted = named === null ? '' : language === 'fr' ? `«\u00a0${named}\u00a0»` : `“${named}”`;
  const shown = async () => {
    // What could not be reached is asked for twice more by itself, after a second and after two.
    await page.clock.fastForward(1_000);
    return {
      said: await alert.filter({ hasText: why }).filter({ hasText: quoted }).count(),
      alerts: await alert.count(),
      waiting: await page.getByRole('status', { name: catalogues[language].loading }).count(),
    };
  };
  const where = `${name} in ${language}`;
  await expect.poll(shown, { ...patient, interval: 20, message: where }).toEqual({ said: 1, alerts: 1, waiting: 0 });
  const whole = await page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true) as HTMLElement;
    // What the screen is for, and that no e-mail is sent, is said as ever.
    for (const about of copy.querySelectorAll('.banner, .page-detail, style')) about.remove();
    return copy.textContent;
  });
  const text = known === undefined ? whole : whole.replace(known, '');
  expect(text, where).not.toMatch(/undefined|null|NaN|\[object/);
  expect(text, where).not.toMatch(
    language === 'fr' ? /\b(Aucune?|Rien)\b|(?<![\d,])0(?![\d,])/ : /\b(No|None|Nothing)\b|(?<![\d.])0(?![\d.])/,
  );
  if (language === 'fr') expect(text, where).not.toMatch(english);
  expect(await page.locator('.empty').count(), where).toBe(0);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflows(page), `${where} at ${width} is wider than its window`).toBe(false);
    await picture(page, `error-${name}-${language}-${width}`);
  }
}

/** An accent is no end of a word. */
const english =
  /(?<!\p{L})(the|could|not|loaded|answers?|errors?|servers?|failed|unexpected|again|try|internal|HTTP)(?!\p{L})/iu;

const nameOf = ({ path, picture: name }: Screen): string => name ?? path.replace(/[?=/]/g, '-');
