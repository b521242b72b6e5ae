// What several browser tests begin with.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { en } from '../../web/words/en.ts';
import { fr } from '../../web/words/fr.ts';
import { firstOwner, owner, type Site, type Visitor } from '../world/site.ts';

/** For what follows an answer. */
export const patient = { timeout: 10_000 };

/** A dialog gives the focus to its field a moment after it is there: a key that is pressed before goes elsewhere. */
export const hasFocus = (field: Locator): Promise<void> => field.and(field.page().locator(':focus')).waitFor();

/** The form holds nothing unsaved any more, so that another screen can be asked for: that is a moment after "saved" is said. */
export const nothingUnsaved = (page: Page): Promise<void> =>
  page.locator('button[type=submit]:disabled:not([data-loading])', { hasText: 'Enregistrer' }).waitFor();

/** Ten customers, each with an invoice forty days late, reminded of twice: their formal notices wait. */
export async function tenFormalNotices(site: Site): Promise<{ visitor: Visitor; companyId: string }> {
  const { visitor, companyId } = await firstOwner(site);
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  await visitor.ask('PUT', at('/clock'), { on: '2026-10-05' });
  for (let index = 1; index <= 10; index++) {
    const customer = await visitor.ask('POST', at('/customers'), {
      name: `Client ${String(index).padStart(2, '0')}`,
      contacts: [{ role: 'main', name: 'Compta', email: `compta${index}@client.example` }],
    });
    await visitor.ask('POST', at('/invoices'), {
      customerId: customer.body.customerId,
      number: `FAC-${String(index).padStart(3, '0')}`,
      issuedOn: '2026-09-10',
      dueOn: '2026-10-12',
      totalMinor: 100_000 + index,
    });
  }
  // What follows a delivery follows the answer: a day is run until it has brought what it brings.
  const days = [
    ['2026-10-09', 'left', 10],
    ['2026-10-19', 'left', 20],
    ['2026-10-30', 'left', 30],
    ['2026-11-16', 'to_approve', 10],
  ] as const;
  for (const [day, state, count] of days) {
    await visitor.ask('PUT', at('/clock'), { on: day });
    const broughtAbout = async (): Promise<number> => {
      await visitor.ask('POST', at('/runs'));
      return (await visitor.ask('GET', at(`/reminders?state=${state}&limit=100`))).body.rows.length;
    };
    await expect.poll(broughtAbout, { ...patient, interval: 100 }).toBe(count);
  }
  return { visitor, companyId };
}

/**
 * Another screen as a link shows it: within the application, which is not begun anew. It is there with its title, which is another
 * element than that of the screen before, or, of the settings, with the name of its part; and nothing of it is still on its way.
 */
export async function showWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    document.querySelector('h1')?.setAttribute('data-left', '');
    history.pushState(null, '', to);
  }, `/${path}`);
  const part = /^settings\?part=(\w+)$/.exec(path)?.[1];
  await page.locator(part === undefined ? 'h1:not([data-left])' : `[data-part=${part}] [aria-current=page]`).waitFor();
  await nothingOnItsWay(page);
}

/** A screen from its address, as whoever follows a mail's link has it. */
export async function showFromAddress(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await nothingOnItsWay(page);
}

export const nothingOnItsWay = (page: Page): Promise<void> =>
  expect.poll(() => page.getByRole('status', { name: /Chargement|Loading/ }).count(), patient).toBe(0);

export async function enter(page: Page, language: 'fr' | 'en'): Promise<void> {
  const { account } = language === 'fr' ? fr : en;
  await page.getByLabel(account.email).fill(owner.email);
  await page.getByLabel(account.password, { exact: true }).fill(owner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
}

/** As its manager would, in the settings: the screens are in the company's language. */
export async function chooseLanguage(page: Page, companyId: string, language: 'fr' | 'en'): Promise<void> {
  const status = await page.evaluate(
    async ([id, chosen]) =>
      (
        await fetch(`/api/companies/${id}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ language: chosen }),
        })
      ).status,
    [companyId, language] as const,
  );
  expect(status).toBe(200);
}

export async function signIn(page: Page): Promise<void> {
  await page.getByLabel(fr.account.email).fill(owner.email);
  await page.getByLabel(fr.account.password, { exact: true }).fill(owner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: fr.navigation.all }).waitFor();
}
