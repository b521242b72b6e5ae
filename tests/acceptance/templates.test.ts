// Templates: what is shown is what leaves, what is wrong is named with its place, and no text is lost by mistake.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { previewTemplate } from '../../src/app/preview-template.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { browseTemplates, createTemplate, saveTemplate } from '../../src/app/save-template.ts';
import { invoiceTags, mergeTags, tagsInWords } from '../../src/core/merge-tags.ts';
import { checkTemplate } from '../../src/core/message.ts';
import { tones } from '../../src/core/sequence.ts';
import { templateKey } from '../../src/core/template-key.ts';
import { startMailServer } from '../world/mail-server.ts';
import { firstOwner, owner, type Site, startSite, type Visitor } from '../world/site.ts';
import { makeWorld, value } from '../world/world.ts';

const everyTag = mergeTags.filter((tag) => tag !== 'invoice_table').map((tag) => `{{ ${tag} }}`);

describe('what is shown is what leaves', () => {
  test('subject, text and HTML of the preview are those of the message of that day, to the byte', async () => {
    const world = await makeWorld({ steps: [{ at: 5, name: 'R1', templateKey: 'friendly' }] });
    const text = {
      subject: 'Pour {{ customer_name }} : {{ amount_due }}',
      body: `Bonjour <b>{{ customer_name }}</b>,\n\n${everyTag.join(' | ')}\n\n{{ invoice_table }}\n\n{% for invoice in invoices %}\n- ${invoiceTags
        .map((tag) => `{{ invoice.${tag} }}`)
        .join(' ; ')}\n{% endfor %}\n\n{% if level > 1 %}Un autre.{% else %}Premier niveau.{% endif %}`,
    };
    value(await saveTemplate(world.context, world.acting, { key: 'friendly', language: 'fr', ...text }));
    const customerId = await world.customer('Menuiserie <script>alert(1)</script> & *fils*');
    const invoiceId = await world.invoice(customerId);
    await world.run(world.J(5));
    const [received] = await world.received();
    const left = value(await readMessage(world.context, world.acting, received!.reminderId));
    expect(left.left).toBe(true);
    const shown = value(await previewTemplate(world.context, world.acting, { ...text, language: 'fr', invoiceId }));
    expect(shown.text).toBe(left.text);
    expect(shown.html).toBe(left.html);
    expect(shown.subject).toBe(left.subject);
    expect(shown.about).toEqual({
      customerName: 'Menuiserie <script>alert(1)</script> & *fils*',
      invoiceNumbers: ['F-1'],
      invented: false,
    });
    // What a name or a template brings is text, never markup.
    expect(shown.html).toContain('&lt;b&gt;Menuiserie &lt;script&gt;alert(1)&lt;/script&gt; &amp; *fils*&lt;/b&gt;');
    expect(shown.html).not.toMatch(/<script|<b>|<em>/);
    expect(shown.text).toContain('- F-1 ; ');
    expect(shown.text).toContain('Premier niveau.');
  });

  test('without a choice it is about the invoice that is overdue for longest; without any, about invented figures', async () => {
    const world = await makeWorld();
    const ask = { subject: '{{ invoice_number }}', body: '{{ amount_due }}', language: 'fr' };
    const invented = value(await previewTemplate(world.context, world.acting, ask));
    expect(invented.about).toMatchObject({ invented: true, invoiceNumbers: ['EXEMPLE-001', 'EXEMPLE-002'] });
    expect(invented.text).toBe('2\u202f074,56\u00a0€\n');
    const customerId = await world.customer();
    await world.invoice(customerId, { dueOn: world.J(3) });
    const oldest = await world.invoice(customerId, { dueOn: world.J(-8) });
    await world.invoice(customerId, { dueOn: world.J(0) });
    expect(value(await previewTemplate(world.context, world.acting, ask)).subject).toBe('F-2');
    // What is paid in part is asked for in part, what is paid is no example any more.
    await world.pay(customerId, 4_000, oldest);
    expect(value(await previewTemplate(world.context, world.acting, ask)).text).toBe('60,00\u00a0€\n');
    await world.pay(customerId, 6_000, oldest);
    expect(value(await previewTemplate(world.context, world.acting, ask)).subject).toBe('F-3');
    expect(await previewTemplate(world.context, world.acting, { ...ask, invoiceId: oldest })).toMatchObject({
      fault: { code: 'already-settled' },
    });
  });

  test('every ready-made template previews in both languages', async () => {
    const world = await makeWorld();
    const rows = await browseTemplates(world.context, world.acting);
    expect(rows.map(({ key, language, name }) => `${key}/${language} ${name}`)).toEqual([
      'firm/en Firm reminder',
      'firm/fr Relance ferme',
      'formal-notice/en Formal notice',
      'formal-notice/fr Mise en demeure',
      'friendly/en Friendly reminder',
      'friendly/fr Relance courtoise',
      'notice/en Notice before due date',
      'notice/fr Rappel avant échéance',
    ]);
    for (const { key, language, subject, body, readyMade, original } of rows) {
      const { text, html } = value(
        await previewTemplate(world.context, world.acting, { subject, body, language, level: 2 }),
      );
      expect(`${text}${html}`, `${key}/${language}`).not.toMatch(/\{\{|\}\}|\{%|undefined/);
      expect(text, `${key}/${language}`).toContain(language === 'fr' ? 'EXEMPLE-001' : 'SAMPLE-001');
      expect([readyMade, original]).toEqual([true, true]);
    }
  });
});

describe('what is wrong is named, with its place', () => {
  test.each<[string, string, string, Record<string, unknown>]>([
    ['an unknown tag', 'x', 'a\n\nb {{ amount_owed }}', { tag: 'amount_owed', field: 'body', line: 3 }],
    ['one in the subject', '{{ nope }}', 'x', { tag: 'nope', field: 'subject', line: 1 }],
    ['one where no message comes by', 'x', '{% if level == "9" %}\n{{ nope }}\n{% endif %}', { tag: 'nope', line: 2 }],
    ['one of something known', 'x', '{{ customer_name.first }}', { tag: 'customer_name.first' }],
    ['one of an invoice', 'x', '{% for f in invoices %}\n{{ f.nope }}\n{% endfor %}', { tag: 'f.nope', line: 2 }],
    ['an invoice outside of a loop', 'x', '{{ invoice.number }}', { tag: 'invoice.number' }],
    ['the invoices themselves', 'x', 'a\n{{ invoices }}', { tag: 'invoices', line: 2 }],
    ['what every object has', 'x', '{{ constructor }}', { tag: 'constructor' }],
  ])('%s', (_, subject, body, named) => {
    expect(checkTemplate({ subject, body })).toMatchObject({ ok: false, fault: { code: 'tag-unknown', with: named } });
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a tag without its end', 'a\n{{ customer_name }', { problem: 'not-closed', tag: '{{ customer_name }', line: 2 }],
    [
      'a loop without its end',
      'a\n\n{% for invoice in invoices %}\nb',
      { problem: 'not-closed', tag: '{% for invoice in invoices %}', line: 3 },
    ],
    ['an end without its loop', 'a\n{% endfor %}', { problem: 'not-open', tag: 'endfor', line: 2 }],
    ['a filter that is not there', '{{ level | loudly }}', { problem: 'unknown-filter', tag: 'loudly', line: 1 }],
    ['a block that is not there', 'a\n{% frob %}', { problem: 'unknown-block', tag: 'frob', line: 2 }],
    ['a file of the machine', '{% include "package.json" %}', { problem: 'unknown-block', tag: 'include' }],
    ['another file of the machine', '{% render "./package.json" %}', { problem: 'unknown-block', tag: 'render' }],
    ['a loop without end', '{% for i in (1..9999999999) %}{% endfor %}', { problem: 'loop-over', line: 1 }],
    [
      'a loop in a loop',
      '{% for a in invoices %}\n{% for b in invoices %}{% endfor %}{% endfor %}',
      { problem: 'loop-in-loop', line: 2 },
    ],
    ['nothing between the braces', 'a\n\n{{ }}', { problem: 'unreadable', line: 3 }],
  ])('%s', (_, body, named) => {
    expect(checkTemplate({ subject: 'x', body })).toMatchObject({
      ok: false,
      fault: { code: 'template-broken', with: { ...named, field: 'body' } },
    });
  });

  test('a loop over thousands of invoices loses none', async () => {
    const world = await makeWorld();
    const customerId = await world.customer('Armor');
    await world.invoice(customerId);
    const { renderMessage } = await import('../../src/core/message.ts');
    const lines = Array.from({ length: 7_000 }, (_, index) => ({
      invoiceNumber: `*${index}*`,
      issuedOn: '2026-01-01',
      dueOn: '2026-02-01',
      totalMinor: 100,
      askedMinor: 100,
      lateDays: 3,
      currency: 'EUR',
    }));
    const { text, html } = value(
      renderMessage(
        { subject: 'x', body: '{% for invoice in invoices %}{{ invoice.number }} {% endfor %}' },
        {
          language: 'fr',
          today: '2026-03-01',
          customerName: 'Armor',
          customerNumber: '1',
          companyName: 'Brun',
          senderName: '',
          paymentDetails: '',
          level: 1,
          lines,
        },
      ),
    );
    expect(text.trim().split(' ')).toEqual(lines.map((line) => line.invoiceNumber));
    expect(html).toContain('*6999*');
    expect(html).not.toContain('<em>');
  });

  test('what can be written is what is told: each passes the check, in the list and in the guide', () => {
    for (const { written } of tagsInWords)
      expect(checkTemplate({ subject: 'x', body: written }), written).toMatchObject({ ok: true });
    for (const language of ['fr', 'en'] as const) {
      const guide = readFileSync(join(import.meta.dirname, `../../web/guide/${language}/templates.md`), 'utf8');
      for (const { written, name } of tagsInWords.slice(0, mergeTags.length))
        expect(guide.replaceAll('`', ''), language).toContain(`| ${written} | ${name[language].replace(/\s/g, ' ')} |`);
      for (const tag of invoiceTags) expect(guide, `invoice.${tag} in ${language}`).toContain(`invoice.${tag}`);
    }
  });

  test('a key is made of a name, and is nobody else’s', () => {
    expect(templateKey('Relance très ferme, n° 2', new Set())).toBe('relance-tres-ferme-n-2');
    expect(templateKey('Œuvre', new Set(['oeuvre', 'oeuvre-2']))).toBe('oeuvre-3');
    expect(templateKey('催告', new Set())).toBe('template');
  });
});

describe('templates over the API', () => {
  let site: Site;
  let visitor: Visitor;
  let companyId: string;
  const at = (path: string): string => `/api/companies/${companyId}${path}`;
  beforeAll(async () => {
    site = await startSite();
    ({ visitor, companyId } = await firstOwner(site));
  });
  afterAll(() => site.stop());

  const ask = (method: string, path: string, body?: object) => visitor.ask(method, at(path), body);
  const shown = async (key: string) =>
    (await ask('GET', '/templates')).body.rows.filter((row: { key: string }) => row.key === key);
  const lastEvent = async () => (await ask('GET', '/history?limit=1')).body.rows[0];

  test('one is made, named, written, copied with its languages and deleted, each told by the history', async () => {
    const made = await ask('POST', '/templates', { name: 'Relance très ferme' });
    expect(made).toMatchObject({ status: 201, body: { key: 'relance-tres-ferme' } });
    expect(await lastEvent()).toMatchObject({ type: 'template.created', payload: { name: 'Relance très ferme' } });
    const text = { subject: 'Now', body: 'Hello {{ customer_name }}' };
    expect((await ask('PUT', '/templates/relance-tres-ferme/en', text)).status).toBe(200);
    expect(await lastEvent()).toMatchObject({ type: 'template.changed', payload: { language: 'en' } });
    expect(await shown('relance-tres-ferme')).toMatchObject([
      { language: 'en', name: 'Relance très ferme', ...text, readyMade: false },
      { language: 'fr', name: 'Relance très ferme' },
    ]);
    // Renamed in one language, renamed in all.
    await ask('PUT', '/templates/relance-tres-ferme/en', { ...text, name: 'Très ferme' });
    expect((await shown('relance-tres-ferme')).map((row: { name: string }) => row.name)).toEqual([
      'Très ferme',
      'Très ferme',
    ]);
    const copy = await ask('POST', '/templates', { name: 'Relance très ferme', copyOf: 'relance-tres-ferme' });
    expect(copy.body.key).toBe('relance-tres-ferme-2');
    expect(await shown('relance-tres-ferme-2')).toMatchObject([{ language: 'en', ...text }, { language: 'fr' }]);
    expect((await ask('DELETE', '/templates/relance-tres-ferme-2')).status).toBe(200);
    expect(await lastEvent()).toMatchObject({
      type: 'template.deleted',
      payload: { key: 'relance-tres-ferme-2', name: 'Relance très ferme' },
    });
    expect(await shown('relance-tres-ferme-2')).toEqual([]);
    expect((await ask('DELETE', '/templates/relance-tres-ferme-2')).status).toBe(404);
    expect((await ask('POST', '/templates', { name: 'x', copyOf: 'nowhere' })).status).toBe(404);
    expect((await ask('PUT', '/templates/par-la-porte/fr', { ...text, name: 'Par la porte' })).body).toEqual({
      key: 'par-la-porte',
      name: 'Par la porte',
    });
  });

  test('what is wrong is answered with its field, its line and its name, in the reader’s language', async () => {
    visitor.language = 'fr';
    const wrong = { subject: 'x', body: 'a\n{{ nope }}', language: 'fr' };
    const { status, body } = await ask('POST', '/templates/preview', wrong);
    expect({ status, ...body }).toMatchObject({
      status: 422,
      code: 'tag-unknown',
      detail:
        'Ligne\u00a02\u00a0: la balise «\u00a0nope\u00a0» n’existe pas. Corrigez-la ou choisissez-la dans la liste.',
      errors: [{ field: 'body', line: 2, tag: 'nope' }],
    });
    const open = await ask('PUT', '/templates/firm/fr', { subject: '{{ x', body: 'a' });
    expect(open.body).toMatchObject({ code: 'template-broken', errors: [{ field: 'subject', tag: '{{ x' }] });
    expect(open.body.detail).toContain('Objet\u00a0: «\u00a0{{ x\u00a0» est ouvert et n’est pas fermé.');
  });

  test('one that a sequence uses is not deleted, and the sequence is named; neither is one that comes with Relance', async () => {
    const { key } = (await ask('POST', '/templates', { name: 'Employé' })).body;
    const steps = [{ level: 1, name: 'R1', offsetDays: 5, templateKey: key }];
    const { sequenceId } = (await ask('POST', '/sequences', { title: 'Grands comptes', steps })).body;
    const refused = await ask('DELETE', `/templates/${key}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'template-in-use' } });
    expect(refused.body.detail).toContain('Grands comptes');
    expect(await shown(key)).toHaveLength(1);
    await ask('PUT', `/sequences/${sequenceId}`, {
      title: 'Grands comptes',
      steps: [{ ...steps[0], templateKey: 'firm' }],
    });
    expect((await ask('DELETE', `/templates/${key}`)).status).toBe(200);
    expect((await ask('DELETE', '/templates/notice')).body).toMatchObject({ code: 'template-ready-made' });
  });

  test('one whose message still waits stays, although its step was taken out', async () => {
    await ask('PUT', '/clock', { on: '2026-11-23' });
    const { key } = (await ask('POST', '/templates', { name: 'En chemin' })).body;
    const steps = [{ level: 1, name: 'R1', offsetDays: 5, templateKey: key, requiresApproval: true }];
    const { sequenceId } = (await ask('POST', '/sequences', { title: 'En chemin', steps })).body;
    const { customerId } = (
      await ask('POST', '/customers', { name: 'Armor', contacts: [{ role: 'main', email: 'a@armor.example' }] })
    ).body;
    await ask('POST', '/enrolments', { customerIds: [customerId], enrolment: 'chosen', sequenceId });
    const invoice = { customerId, number: 'F-9', issuedOn: '2026-11-01', dueOn: '2026-11-18', totalMinor: 5_000 };
    await ask('POST', '/invoices', invoice);
    await ask('POST', '/runs');
    expect((await ask('GET', '/reminders?state=to_approve')).body.rows).toHaveLength(1);
    await ask('PUT', `/sequences/${sequenceId}`, {
      title: 'En chemin',
      steps: [{ level: 1, name: 'R1', offsetDays: 50, templateKey: 'firm' }],
    });
    expect((await ask('DELETE', `/templates/${key}`)).body).toMatchObject({ code: 'template-in-use' });
  });

  test('the original text comes back, with its name in the company kept', async () => {
    const original = (await shown('friendly')).find((row: { language: string }) => row.language === 'fr');
    await ask('PUT', '/templates/friendly/fr', { subject: 'a', body: 'b', name: 'La douce' });
    expect(await shown('friendly')).toMatchObject([
      { language: 'en', name: 'La douce', original: true },
      { language: 'fr', name: 'La douce', original: false, subject: 'a' },
    ]);
    expect((await ask('POST', '/templates/friendly/fr/restore')).status).toBe(200);
    expect(await lastEvent()).toMatchObject({
      type: 'template.restored',
      payload: { key: 'friendly', language: 'fr' },
    });
    expect((await shown('friendly'))[1]).toEqual({ ...original, name: 'La douce' });
    expect((await ask('POST', '/templates/friendly/de/restore')).body).toMatchObject({
      status: 422,
      code: 'template-not-ready-made',
    });
  });

  test('a test goes to whoever is signed in, as it is edited; without a mail server it is refused in words', async () => {
    const text = { subject: 'Pour {{ customer_name }}', body: 'Bonjour,\n\n{{ invoice_table }}' };
    const sendTest = (body: object) => ask('POST', '/templates/firm/fr/test', body);
    expect((await sendTest({ text })).body).toMatchObject({ code: 'mail-server-missing' });
    const mailServer = await startMailServer();
    await ask('PUT', '/mail-server', { host: 'localhost', port: mailServer.port, security: 'none', auth: 'none' });
    expect((await sendTest({ text })).body).toMatchObject({ code: 'sender-missing' });
    await ask('PATCH', '', { senderName: 'Claire', senderEmail: 'compta@morvan.example', copyToSender: true });
    expect((await sendTest({ text: { ...text, body: '{{ nope }}' } })).body).toMatchObject({ code: 'tag-unknown' });
    expect(mailServer.seen).toEqual([]);
    const sent = await sendTest({ text });
    expect(sent).toMatchObject({ status: 200, body: { to: owner.email } });
    const [mail] = mailServer.accepted;
    expect(mail!.to).toEqual([owner.email]);
    const read = await simpleParser(mail!.raw);
    const preview = (await ask('POST', '/templates/preview', { ...text, language: 'fr' })).body;
    expect(read.subject).toBe(`[Test] ${preview.subject}`);
    expect(read.text).toBe(preview.text);
    expect([read.to].flat()[0]?.text).toBe(owner.email);
    expect(read.attachments).toEqual([]);
    expect(await lastEvent()).toMatchObject({ type: 'template.tested', payload: { key: 'firm', language: 'fr' } });
    // As it is saved, where nothing is given.
    expect((await sendTest({})).status).toBe(200);
    expect((await simpleParser(mailServer.accepted[1]!.raw)).subject).toMatch(/^\[Test\] Deuxième relance/);
    mailServer.next('550');
    expect((await sendTest({ text })).body).toMatchObject({ code: 'mail-server-refused' });
    expect((await ask('POST', '/templates/nowhere/fr/test', { text })).status).toBe(404);
  });

  test('the HTML of a preview is answered for a closed frame, and so is what is wrong', async () => {
    const post = async (draft: string) => {
      const form = new FormData();
      form.append('draft', draft);
      return visitor.ask('POST', at('/templates/preview.html'), form);
    };
    const good = await post(JSON.stringify({ subject: 'x', body: 'Bonjour **vous**', language: 'fr' }));
    expect(good.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(good.text).toContain('Bonjour <strong>vous</strong>');
    const bad = await post(JSON.stringify({ subject: 'x', body: '{{ <b>x }}', language: 'fr' }));
    expect(bad.status).toBe(422);
    expect(bad.text).not.toContain('<b>');
    expect((await post('no JSON')).status).toBe(400);
  });
});

test('a template that is made for a step begins with the text of its tone, in both languages; no tone’s text is another’s', async () => {
  const world = await makeWorld();
  const begun: string[] = [];
  for (const tone of tones) {
    const { key } = value(await createTemplate(world.context, world.acting, { name: `Étape ${tone}`, tone }));
    const rows = (await browseTemplates(world.context, world.acting)).filter((row) => row.key === key);
    expect(rows.map(({ language }) => language)).toEqual(['en', 'fr']);
    for (const row of rows) expect(checkTemplate(row)).toMatchObject({ ok: true });
    const french = rows.find(({ language }) => language === 'fr')!.body;
    expect(french).toMatch(/sauf erreur ou omission de notre part/i);
    expect(french).toContain('Si votre règlement s’est croisé avec ce courrier, veuillez ne pas en tenir compte.');
    begun.push(...rows.map(({ subject }) => subject));
  }
  expect(new Set(begun).size).toBe(begun.length);
  expect(begun).toContainEqual(expect.stringMatching(/^Dernier avis/));
});
