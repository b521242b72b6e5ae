// The wide window and narrower ones, down to the narrowest phone: no screen is wider than its window, no table leaves its column, no number of an
// invoice is broken in two, no state stands on another line than its day. In a company with a hundred days behind it, where names, addresses and reasons have their true length.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { firstOwner, startSite, type Visitor } from '../world/site.ts';
import { chromiumPath, openBrowser, openPage, overflows, picture } from './browser.ts';
import { enter, nothingOnItsWay, showFromAddress, showWithin } from './steps.ts';

const widths = [320, 390, 768, 1024, 1100, 1280, 1440];

describe.skipIf(chromiumPath === null)('in a narrower window', () => {
  let staticDir: string;
  beforeAll(async () => {
    staticDir = await buildWeb();
  }, 180_000);

  test('no screen is wider than its window, no table leaves its column, no number is broken in two', async () => {
    const browser = await openBrowser();
    const site = await startSite({ staticDir });
    const { visitor } = await firstOwner(site);
    const { companyId } = (await visitor.ask('POST', '/api/sample-company', { language: 'fr' })).body;
    const paths = await everyList(visitor, companyId);
    const { page, misdeeds, context } = await openPage(browser, site.url, 'fr');
    await page.evaluate((chosen) => localStorage.setItem('relance.company', chosen), companyId);
    await enter(page, 'fr');
    await showFromAddress(page, `${site.url}/history`);
    const wrong: string[] = [];
    for (const path of paths) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await showWithin(page, path);
      if (path === 'due') {
        await page
          .getByRole('button', { name: /^Voir les factures de/ })
          .first()
          .click();
        await nothingOnItsWay(page);
      }
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await picture(page, `narrower-${path.replace(/[/?=]/g, '-')}-${width}`);
        if (await overflows(page)) wrong.push(`/${path} is wider than ${width}`);
        for (const one of await misplaced(page)) wrong.push(`/${path} at ${width}: ${one}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(misdeeds).toEqual([]);
    expect(site.unexpected).toEqual([]);
    await context.close();
    await browser.close();
    await site.stop();
  }, 240_000);
});

/** Tables that are wider than what they stand in, cells than their column; numbers of invoices on two lines, a day and its state too. */
const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wrong: string[] = [];
    for (const table of document.querySelectorAll('table.rows')) {
      const column = table.closest('.section, .due, .page')!.getBoundingClientRect();
      const { left, right } = table.getBoundingClientRect();
      const name = table.getAttribute('aria-label');
      if (left < column.left - 1 || right > column.right + 1) wrong.push(`“${name}” leaves its column`);
      for (const cell of table.querySelectorAll('td'))
        if (cell.scrollWidth > cell.clientWidth + 1) wrong.push(`“${name}”: “${cell.textContent}” leaves its cell`);
      // Between cards and a wide window there is no room for both.
      for (const both of innerWidth > 1024 && innerWidth < 1280 ? [] : table.querySelectorAll('.day-and-state'))
        if (both.getClientRects().length > 1) wrong.push(`“${name}”: “${both.textContent}” stands on two lines`);
      const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        // On a card a long one may.
        if (!/^FAC-\d/.test(text.textContent ?? '') || getComputedStyle(table).display === 'block') continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        if (range.getClientRects().length > 1) wrong.push(`“${name}”: ${text.textContent} is broken in two`);
      }
    }
    return wrong;
  });

/** Fills what the sample leaves empty: messages to approve, what is missing, a report, people and keys. */
async function everyList(visitor: Visitor, companyId: string): Promise<string[]> {
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  const { rows } = (await visitor.ask('GET', at('/invoices?state=overdue&order=due&limit=12'))).body;
  const invoiceIds = rows.map((row: { id: string }) => row.id);
  const { operationId } = (await visitor.ask('POST', at('/operations'), { invoiceIds })).body;
  const { id, customerId } = rows[0];
  await visitor.ask('POST', at('/tasks'), {
    customerId,
    invoiceId: id,
    text: 'Rappeler la comptable',
    dueOn: '2026-11-20',
  });
  const notDue = (await visitor.ask('GET', at('/invoices?state=not_due&limit=1'))).body.rows[0];
  const promise = {
    customerId: notDue.customerId,
    invoiceId: notDue.id,
    promisedOn: '2026-12-31',
    said: 'par téléphone',
  };
  expect((await visitor.ask('POST', at('/promises'), promise)).status).toBe(201);
  const { customerId: newId } = (await visitor.ask('POST', at('/customers'), { name: 'Hôtel de l’Odet' })).body;
  for (const number of ['FAC-2026-0901', 'FAC-2026-0902']) {
    const incomplete = {
      customerId: newId,
      number,
      issuedOn: '2026-11-20',
      totalMinor: 12_480_000,
      status: 'to_process',
    };
    expect((await visitor.ask('POST', at('/invoices'), incomplete)).status).toBe(201);
  }
  for (const [name, role] of [
    ['Paul Agent', 'agent'],
    ['Léa Responsable', 'manager'],
  ]) {
    const email = `${role}.de.la.comptabilite@atelier-morvan.example`;
    await visitor.ask('POST', at('/members'), { name, email, password: 'une phrase provisoire', role });
    await visitor.ask('POST', at('/api-keys'), { name: `Logiciel de ${name}`, role, endsOn: '2027-06-30' });
  }
  const file = new FormData();
  file.append('file', new Blob(['%PDF-1.7']), 'Conditions générales de vente et de règlement, édition 2026.pdf');
  const { id: fileId } = (await visitor.ask('POST', at('/files'), file)).body;
  const [sequence] = (await visitor.ask('GET', at('/sequences'))).body.rows;
  const steps = sequence.steps.map((step: object) => ({ ...step, fileIds: [fileId] }));
  expect((await visitor.ask('PUT', at(`/sequences/${sequence.id}`), { ...sequence, steps })).status).toBe(200);
  return [
    '',
    'approve',
    'due',
    'invoices',
    'customers',
    'to-complete',
    'payments',
    'sent',
    'sequences',
    `sequences/${sequence.id}`,
    'templates',
    'templates/firm',
    'imports',
    `operations/${operationId}`,
    `invoices/${id}`,
    `customers/${customerId}`,
    'settings?part=company',
    'settings?part=files',
    'settings?part=members',
    'settings?part=keys',
    'settings?part=live',
    'guide/today',
  ];
}
