// The letterhead: its numbers checked, each fault at its field, and the foot that messages get from it.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isForeignVatNumber, isFrenchVatNumber, isSiren, isSiret } from '../../src/core/business-number.ts';
import { footerLines, type Letterhead, letterheadFields, readLetterhead } from '../../src/core/letterhead.ts';
import { renderMessage } from '../../src/core/message.ts';
import { firstOwner, type Site, startSite } from '../world/site.ts';
import { value } from '../world/world.ts';

const blank = Object.fromEntries(letterheadFields.map((field) => [field, null])) as Letterhead;
const full: Letterhead = {
  legalName: 'Atelier Morvan',
  legalForm: 'SARL',
  capital: '10 000 €',
  street: '12, quai de l’Odet\nBâtiment B',
  postcode: '29000',
  city: 'Quimper',
  country: 'FR',
  siren: '732829320',
  siret: '73282932000074',
  vatNumber: 'FR44732829320',
  registration: 'RCS Quimper 732 829 320',
  phone: '+33 2 98 00 00 00',
  website: 'www.morvan.example',
  iban: 'FR1420041010050500013M02606',
  bic: 'BNPAFRPP',
};

describe('numbers', () => {
  test.each<[string, boolean]>([
    ['732829320', true],
    ['356000000', true],
    ['732829321', false],
    ['73282932', false],
    ['7328293200', false],
    ['', false],
  ])('%s as a SIREN', (text, is) => expect(isSiren(text)).toBe(is));

  test.each<[string, string, boolean]>([
    ['73282932000074', 'by Luhn', true],
    ['73282932000075', 'one digit off', false],
    ['73282932100074', 'its SIREN does not hold', false],
    ['35600000000048', 'La Poste’s head office, by Luhn', true],
    ['35600000009075', 'La Poste, a multiple of five', true],
    ['35600000009076', 'La Poste, no multiple of five', false],
    ['7328293200007', 'too short', false],
  ])('%s as a SIRET: %s', (text, _, is) => expect(isSiret(text)).toBe(is));

  test('no other company may use La Poste’s sum', () => {
    // Adds up to 40, a multiple of five, and fails by Luhn.
    expect([...'73282932000022'].reduce((sum, digit) => sum + Number(digit), 0) % 5).toBe(0);
    expect(isSiret('73282932000022')).toBe(false);
  });

  test.each<[string, boolean]>([
    ['FR44732829320', true],
    ['FR45732829320', false],
    ['FRK7732829320', true],
    ['FRO7732829320', false],
    ['FR44732829321', false],
    ['44732829320', false],
  ])('%s as a French VAT number', (text, is) => expect(isFrenchVatNumber(text)).toBe(is));

  test.each<[string, boolean]>([
    ['DE123456789', true],
    ['ATU12345678', true],
    ['FR1', false],
    ['D123', false],
  ])('%s as a VAT number of another member state', (text, is) => expect(isForeignVatNumber(text)).toBe(is));
});

describe('what is typed', () => {
  const wrong = (typed: Partial<Letterhead>) =>
    readLetterhead({ ...blank, ...typed }).wrong.map(({ field, code }) => `${field}: ${code}`);

  test('is kept without the spaces that people write, and gives the SIREN where only the SIRET is known', () => {
    const { letterhead, wrong } = readLetterhead({
      ...blank,
      siret: ' 732 829 320 00074',
      vatNumber: 'fr 44 732 829 320',
      iban: 'fr14 2004 1010 0505 0001 3M02 606',
      bic: 'bnpafrpp',
      street: ' 12, quai de l’Odet \r\n\r\n Bâtiment B ',
      city: '  ',
    });
    expect(wrong).toEqual([]);
    const { siren, siret, vatNumber, iban, bic, street, city } = { ...full, city: null };
    expect(letterhead).toEqual({ ...blank, siren, siret, vatNumber, iban, bic, street, city });
  });

  test('is wrong field by field, each once', () => {
    expect(wrong(full)).toEqual([]);
    expect(wrong(blank)).toEqual([]);
    expect(wrong({ siren: '732829321', siret: '73282932000074' })).toEqual(['siren: siren', 'siret: other-siren']);
    expect(wrong({ siret: '73282932000075' })).toEqual(['siret: siret']);
    expect(wrong({ siren: '356000000', vatNumber: 'FR44732829320' })).toEqual(['vatNumber: other-siren']);
    expect(wrong({ vatNumber: 'FR45732829320' })).toEqual(['vatNumber: vat-number']);
    expect(wrong({ vatNumber: 'DE123456789' })).toEqual([]);
    expect(wrong({ iban: 'FR1420041010050500013M02607', bic: 'BNP' })).toEqual(['iban: iban', 'bic: bic']);
    expect(wrong({ phone: 'appelez-nous', website: 'notre site' })).toEqual(['phone: phone', 'website: website']);
    expect(wrong({ website: 'javascript:alert(1)' })).toEqual(['website: website']);
    expect(wrong({ website: 'https://morvan.example/contact' })).toEqual([]);
  });
});

describe('the foot of a message', () => {
  test('says who writes, in the language of the message', () => {
    expect(footerLines(full, 'fr').join('\n').replaceAll('\u00a0', ' ')).toBe(`\
Atelier Morvan · SARL au capital de 10 000 €
12, quai de l’Odet · Bâtiment B · 29000 Quimper · France
SIRET 732 829 320 00074 · RCS Quimper 732 829 320 · TVA FR44732829320
IBAN FR14 2004 1010 0505 0001 3M02 606 · BIC BNPAFRPP
+33 2 98 00 00 00 · www.morvan.example`);
    const abroad = {
      ...blank,
      legalName: 'Morvan',
      legalForm: 'SAS',
      capital: '1 €',
      siren: full.siren,
      country: 'DE',
    };
    expect(footerLines(abroad, 'en').join('\n').replaceAll('\u00a0', ' ')).toBe(`\
Morvan · SAS with a capital of 1 €
Germany
SIREN 732 829 320`);
    expect(footerLines(null, 'fr')).toEqual([]);
    expect(footerLines(blank, 'fr')).toEqual([]);
  });

  const facts = {
    language: 'fr',
    today: '2026-01-31',
    customerName: 'Kerbrat',
    customerNumber: '1',
    companyName: 'Morvan',
    senderName: 'Claire',
    paymentDetails: '',
    level: 1,
    lines: [
      {
        invoiceNumber: 'F-1',
        issuedOn: '2025-12-01',
        dueOn: '2026-01-01',
        totalMinor: 1,
        askedMinor: 1,
        lateDays: 30,
        currency: 'EUR',
      },
    ],
  };
  const template = { subject: 'x', body: 'Bonjour,\n\nÀ bientôt.' };

  test('stands below it, quietly, as text and nothing else; without one the message is what it always was', () => {
    const plain = value(renderMessage(template, facts));
    expect(value(renderMessage(template, { ...facts, footer: [] }))).toEqual(plain);
    expect(plain.text).toBe('Bonjour,\n\nÀ bientôt.\n');
    const footer = ['Morvan <b>& fils</b>', 'SIREN\r\nBcc: x'];
    const { html, text } = value(renderMessage(template, { ...facts, footer }));
    expect(text).toBe('Bonjour,\n\nÀ bientôt.\n\n-- \nMorvan <b>& fils</b>\nSIREN Bcc: x\n');
    const added = html.replace(plain.html.split('</div>')[0]!, '');
    expect(added).toMatch(
      /^<div style="[^"]+">Morvan &lt;b&gt;&amp; fils&lt;\/b&gt;<br>\nSIREN Bcc: x<\/div>\n<\/div>/,
    );
  });
});

describe('over the API', () => {
  let site: Site;
  let at: (path: string) => string;
  let visitor: Awaited<ReturnType<typeof firstOwner>>['visitor'];
  beforeAll(async () => {
    site = await startSite();
    const first = await firstOwner(site);
    visitor = first.visitor;
    at = (path) => `/api/companies/${first.companyId}${path}`;
  });
  afterAll(async () => {
    expect(site.unexpected).toEqual([]);
    await site.stop();
  });

  const run = async (number: string, dueOn: string): Promise<string> => {
    const customer = { name: `Client ${number}`, contacts: [{ email: `${number}@client.example` }] };
    const { customerId } = (await visitor.ask('POST', at('/customers'), customer)).body;
    const invoice = { customerId, number, issuedOn: '2026-10-01', dueOn, totalMinor: 10_000 };
    await visitor.ask('POST', at('/invoices'), invoice);
    await visitor.ask('POST', at('/runs'));
    const left = async () =>
      (await visitor.ask('GET', at('/reminders?state=left'))).body.rows.find(
        (row: { customerId: string }) => row.customerId === customerId,
      );
    await expect.poll(left, { timeout: 15_000 }).toBeDefined();
    return (await left()).id;
  };

  test('what is wrong is said at its field, in the user’s language, and nothing is saved', async () => {
    visitor.language = 'fr';
    const { body } = await visitor.ask('PUT', at('/letterhead'), { ...full, siren: '732829321', iban: 'FR00' });
    visitor.language = 'en';
    expect(body).toMatchObject({ status: 400, code: 'invalid-input' });
    const fields = Object.fromEntries(
      body.errors.map((one: { field: string; detail: string }) => [one.field, one.detail]),
    );
    expect(Object.keys(fields).sort()).toEqual(['iban', 'siren', 'siret', 'vatNumber']);
    expect(fields.siren).toMatch(/^Ce n’est pas un SIREN/);
    expect((await visitor.ask('GET', at('/letterhead'))).body).toEqual({
      letterhead: blank,
      logo: null,
      footer: { fr: [], en: [] },
    });
  });

  test('a message gets the foot that is there when it leaves, and keeps it; emptied, messages are as before', async () => {
    const before = await run('A-1', '2026-11-18');
    expect((await visitor.ask('GET', at(`/reminders/${before}/message`))).body.text).not.toContain('\n-- \n');
    expect((await visitor.ask('PUT', at('/letterhead'), full)).status).toBe(200);
    const after = await run('A-2', '2026-11-18');
    const { text } = (await visitor.ask('GET', at(`/reminders/${after}/message`))).body;
    expect(text).toContain('\n-- \nAtelier Morvan · SARL au capital de 10 000 €\n');
    const html = (await visitor.ask('GET', at(`/reminders/${after}/message.html`))).text;
    expect(html).toContain('>Atelier Morvan · SARL au capital de 10 000 €<br>');
    const eml = (await visitor.ask('GET', at(`/reminders/${after}/message.eml`))).text;
    expect((await visitor.ask('PUT', at('/letterhead'), {})).body.letterhead).toEqual(blank);
    expect((await visitor.ask('GET', at(`/reminders/${after}/message.eml`))).text).toBe(eml);
    const emptied = await run('A-3', '2026-11-18');
    expect((await visitor.ask('GET', at(`/reminders/${emptied}/message`))).body.text).not.toContain('\n-- \n');
    const [changed] = (await visitor.ask('GET', at('/events?limit=50'))).body.rows.filter(
      (event: { type: string }) => event.type === 'letterhead.changed',
    );
    expect(changed.payload.fields).toEqual([...letterheadFields]);
  });

  test('a logo is a PNG or a JPEG by its first bytes, whatever its name, of half a megabyte at most', async () => {
    const put = (bytes: Uint8Array<ArrayBuffer>, name: string) => {
      const form = new FormData();
      form.append('file', new Blob([bytes]), name);
      return visitor.ask('PUT', at('/letterhead/logo'), form);
    };
    const png = new Uint8Array(
      readFileSync(new URL('../../docs/images/today.png', import.meta.url)).subarray(0, 2_000),
    );
    expect((await visitor.ask('GET', at('/letterhead/logo'))).status).toBe(404);
    expect((await put(new TextEncoder().encode('<svg onload="alert(1)"/>'), 'logo.png')).body.code).toBe('logo-kind');
    expect((await put(new Uint8Array(600_000).fill(1), 'logo.png')).body).toMatchObject({ status: 413 });
    const { body } = await put(png, 'logo.gif');
    expect((await visitor.ask('GET', at('/letterhead'))).body.logo).toBe(body.logo);
    const shown = await visitor.ask('GET', at('/letterhead/logo'));
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    const jpeg = await put(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0]), 'logo.jpg');
    expect(jpeg.status).toBe(200);
    expect((await visitor.ask('GET', at('/letterhead/logo'))).headers.get('content-type')).toBe('image/jpeg');
    expect((await visitor.ask('DELETE', at('/letterhead/logo'))).status).toBe(200);
    expect((await visitor.ask('DELETE', at('/letterhead/logo'))).status).toBe(404);
  });
});
