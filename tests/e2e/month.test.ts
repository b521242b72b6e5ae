// A month of dunning for some three hundred open invoices: one morning a week, by keyboard and mouse, every action counted.
// The world around (days, runs, the bank, the invoicing software) is played by the test; what the person does is counted.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { fr } from '../../web/words/fr.ts';
import { firstOwner, type Site, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, openBrowser, openPage } from './browser.ts';
import { patient, signIn } from './steps.ts';

/** What "ten minutes a month" allows: ten seconds for each. */
const allowed = 60;

const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const french = (day: string): string => day.split('-').reverse().join('/');

/** One person: whatever the hand does counts one, a click, a key, a line typed, a file chosen. */
class Person {
  actions = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async click(what: Locator): Promise<void> {
    this.actions += 1;
    await what.click();
  }

  async type(where: Locator, text: string): Promise<void> {
    this.actions += 1;
    await where.fill(text);
  }

  async press(key: string): Promise<void> {
    this.actions += 1;
    await this.page.keyboard.press(key);
  }

  async importFile(name: string, content: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await this.click(this.page.getByRole('button', { name: fr.import.button, exact: true }));
    this.actions += 1;
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await this.click(dialog.getByRole('button', { name: /^Importer/ }));
    await dialog.getByText(/^Import terminé/).waitFor();
    await this.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }

  async screen(name: string): Promise<void> {
    const navigation = this.page.getByRole('navigation', { name: fr.navigation.all });
    await this.click(navigation.getByRole('link', { name: new RegExp(`^${name}`) }));
    // The buttons of the screen before may have the same names.
    await this.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }
}

/** The invoicing software's own file: customers new and known, due dates around today, one customer without an address. */
function invoicesOf(today: string): string {
  const lines = Array.from({ length: 200 }, (_, index) => {
    const customer = `N-${String(index % 60).padStart(3, '0')}`;
    const email = index % 60 === 7 ? '' : `compta@${customer.toLowerCase()}.example`;
    const dueOn = plusDays(today, (index % 40) - 8);
    const amount = `${(index % 9) + 1}50,${String(index % 100).padStart(2, '0')}`;
    return `NF-${1000 + index};Client ${customer};${customer};${email};${french(plusDays(dueOn, -30))};${french(dueOn)};${amount}`;
  });
  return ['N° facture;Client;N° client;Email;Date facture;Date échéance;Montant TTC', ...lines].join('\n');
}

describe.skipIf(chromiumPath === null)('ten minutes a month', () => {
  let browser: Browser;
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
    browser = await openBrowser();
  }, 180_000);
  afterAll(() => browser.close());

  test('a month of dunning for three hundred open invoices takes at most sixty actions', async () => {
    const site = await startSite({ staticDir });
    const { visitor } = await firstOwner(site);
    const { companyId } = (await visitor.ask('POST', '/api/sample-company', { language: 'fr' })).body;
    const world = new World(site, visitor, companyId);
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await signIn(page);
    await page.getByRole('combobox', { name: fr.account.company }).selectOption({ label: 'Armor Fournitures' });
    const person = new Person(page);

    let today = '2026-11-23';
    await person.screen(fr.screens.invoices);
    await person.importFile('factures.csv', invoicesOf(today));
    expect((await world.open()).length).toBeGreaterThanOrEqual(300);
    await completeWhatIsMissing(person);

    for (let week = 1; week <= 4; week++) {
      // The bank's week: some pay. Then what is left is read, and approved together.
      await person.screen(fr.screens.payments);
      await person.importFile(`banque-${week}.csv`, await world.paymentsOf(today, 18));
      await world.run();
      await readAndApprove(person, site, world);
      if (week === 2) await noteCall(person);
      for (let day = 1; day <= 7; day++) {
        today = plusDays(today, 1);
        await world.live(today);
      }
    }

    const { figures, left } = await world.summary();
    console.log(
      `ten minutes a month: ${person.actions} actions, ${left} messages left, ${figures} invoices still open`,
    );
    expect(person.actions).toBeLessThanOrEqual(allowed);
    expect(left).toBeGreaterThan(100);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await site.stop();
  }, 420_000);
});

async function completeWhatIsMissing(person: Person): Promise<void> {
  const { page } = person;
  await person.screen(fr.screens.toComplete);
  const row = page.getByRole('table', { name: fr.screens.toComplete }).getByRole('row').filter({ hasText: 'N-007' });
  await person.click(row.first().getByRole('button', { name: 'Donner une adresse…' }));
  const dialog = page.getByRole('dialog');
  await person.click(dialog.getByRole('button', { name: 'Ajouter un contact' }));
  await person.type(dialog.getByLabel('E-mail', { exact: true }), 'compta@n-007.example');
  await person.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => row.count(), patient).toBe(0);
}

/** Each message is looked at in the list, three are opened; then all of them are approved. */
async function readAndApprove(person: Person, site: Site, world: World): Promise<void> {
  const waiting = await world.waiting();
  const { page } = person;
  await person.screen(fr.screens.approve);
  const list = page.getByRole('list', { name: 'Messages à valider' });
  // What was there a week ago may be shown for a moment.
  await expect.poll(() => list.getByRole('listitem').count(), patient).toBe(Math.min(waiting, 200));
  if (waiting === 0) return;
  for (let read = 0; read < 3; read++) await person.press('j');
  await person.click(page.getByRole('checkbox', { name: 'Tout choisir' }).or(list.getByRole('checkbox')).first());
  await person.click(page.getByRole('button', { name: /^Valider la sélection/ }));
  // The notice of the week before may still be on the screen: what counts is that nothing waits any more.
  await expect.poll(() => world.waiting(), patient).toBe(0);
  await page.getByText(/^Rien à valider\./).waitFor();
  await site.pass(11);
}

async function noteCall(person: Person): Promise<void> {
  const { page } = person;
  await person.type(page.getByRole('searchbox'), 'Client N-003');
  await person.click(page.getByRole('region').getByRole('link', { name: 'Client N-003' }).first());
  await person.click(page.getByRole('button', { name: 'Noter…' }));
  await person.type(page.getByRole('dialog').getByLabel('Ce qui a été dit'), 'Paie la semaine prochaine.');
  await person.click(page.getByRole('dialog').getByRole('button', { name: 'Noter' }));
  await page.getByText('Appel : Paie la semaine prochaine.').waitFor();
}

/** What happens around the person. */
class World {
  readonly #site: Site;
  readonly #visitor: Visitor;
  readonly #at: (path: string) => string;
  readonly #paid = new Set<string>();

  constructor(site: Site, visitor: Visitor, companyId: string) {
    this.#site = site;
    this.#visitor = visitor;
    this.#at = (path) => `/api/companies/${companyId}${path}`;
  }

  async open(): Promise<{ number: string; customerNumber: string; openMinor: number; dueOn: string }[]> {
    const rows = [];
    let cursor = '';
    do {
      const { body } = await this.#visitor.ask('GET', this.#at(`/invoices?state=open&order=due&limit=200${cursor}`));
      rows.push(...body.rows);
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    return rows;
  }

  /** The next morning: the day comes, its run is made, what may leave leaves. */
  async live(day: string): Promise<void> {
    this.#site.setNow(`${day}T09:30:00Z`);
    await this.run();
  }

  async run(): Promise<void> {
    await this.#visitor.ask('POST', this.#at('/runs'));
    await expect.poll(async () => (await this.#visitor.ask('GET', this.#at('/status'))).body.ready, patient).toBe(0);
  }

  async waiting(): Promise<number> {
    const { body } = await this.#visitor.ask('GET', this.#at('/reminders?state=to_approve&limit=200'));
    return body.rows.length;
  }

  /** Every third of those due the longest pays, until so many have. */
  async paymentsOf(today: string, count: number): Promise<string> {
    const due = (await this.open()).filter(({ number, dueOn }) => dueOn <= today && !this.#paid.has(number));
    const paying = due.filter((_, index) => index % 3 === 0).slice(0, count);
    for (const { number } of paying) this.#paid.add(number);
    const lines = paying.map(
      ({ number, customerNumber, openMinor }) =>
        `VIR-${number};${customerNumber};${number};${french(today)};${(openMinor / 100).toFixed(2).replace('.', ',')}`,
    );
    return ['N° règlement;N° client;N° facture;Date;Montant', ...lines].join('\n');
  }

  async summary(): Promise<{ figures: number; left: number }> {
    const { body } = await this.#visitor.ask('GET', this.#at('/status'));
    let left = 0;
    let cursor = '';
    do {
      const page = (await this.#visitor.ask('GET', this.#at(`/reminders?state=left&limit=200${cursor}`))).body;
      left += page.rows.filter((row: { leftOn: string }) => row.leftOn >= '2026-11-23').length;
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    return { figures: body.openInvoices, left };
  }
}
