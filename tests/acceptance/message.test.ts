// Messages: strict merge tags, and what a tag inserts is text and nothing else.
import { expect, test } from 'vitest';
import { checkTemplate, type MessageFacts, renderMessage } from '../../src/core/message.ts';
import { value } from '../world/world.ts';

const facts: MessageFacts = {
  language: 'fr',
  today: '2026-01-31',
  customerName: 'Menuiserie <b>Kerbrat</b> & *fils*',
  customerNumber: '0042',
  companyName: 'Armor',
  senderName: 'Claire',
  paymentDetails: 'IBAN FR76 1234\nBIC [X](http://evil.example)',
  level: 2,
  lines: [
    {
      invoiceNumber: 'F_1_2',
      issuedOn: '2025-12-01',
      dueOn: '2026-01-01',
      totalMinor: 123_456,
      askedMinor: 100_000,
      lateDays: 30,
      currency: 'EUR',
    },
  ],
};

test('an unknown tag, a broken tag and a broken block are refused by name on saving', () => {
  expect(checkTemplate({ subject: 'x', body: '{{ custommer_name }}' })).toEqual({
    ok: false,
    fault: { code: 'tag-unknown', with: { tag: 'custommer_name' } },
  });
  expect(checkTemplate({ subject: '{{ nope }}', body: 'x' })).toMatchObject({ fault: { code: 'tag-unknown' } });
  expect(checkTemplate({ subject: 'x', body: '{{ customer_name ' })).toMatchObject({
    fault: { code: 'template-broken' },
  });
  expect(checkTemplate({ subject: 'x', body: '{% if level %} a' })).toMatchObject({
    fault: { code: 'template-broken' },
  });
});

test('what a tag inserts brings neither HTML nor Markdown with it', () => {
  const { html, text } = value(
    renderMessage({ subject: 'x', body: 'Bonjour **{{ customer_name }}**,\n\n{{ payment_details }}' }, facts),
  );
  expect(html).toContain('<strong>Menuiserie &lt;b&gt;Kerbrat&lt;/b&gt; &amp; *fils*</strong>');
  expect(html).toContain('IBAN FR76 1234<br>\nBIC [X](http://evil.example)');
  expect(html).not.toContain('<a ');
  expect(text).toBe('Bonjour Menuiserie <b>Kerbrat</b> & *fils*,\n\nIBAN FR76 1234\nBIC [X](http://evil.example)\n');
});

test('a name with line breaks cannot break out of the subject', () => {
  const message = renderMessage(
    { subject: 'Facture pour {{ customer_name }}', body: 'x' },
    { ...facts, customerName: 'Kerbrat\r\nBcc: thief@example.com' },
  );
  expect(value(message).subject).toBe('Facture pour Kerbrat Bcc: thief@example.com');
});

test('a private-use character in a name takes nobody’s place', () => {
  const body = '{{ customer_name }} / {{ company_name }}\n\n{{ invoice_table }}';
  const { text } = value(renderMessage({ subject: 'x', body }, { ...facts, customerName: 'A\ue002\ue000B' }));
  expect(text.startsWith('AB / Armor\n\nFacture F_1_2\n')).toBe(true);
});

test('an empty tag takes its line with it', () => {
  const body = 'Cordialement,\n{{ sender_name }}\n{{ company_name }}\n\n{{ payment_details }}\n\nFin';
  const { html, text } = value(renderMessage({ subject: 'x', body }, { ...facts, senderName: '', paymentDetails: '' }));
  expect(text).toBe('Cordialement,\nArmor\n\nFin\n');
  expect(html).toContain('<p>Cordialement,<br>\nArmor</p>\n<p>Fin</p>');
});

test('amounts and days are written as people write them, in both languages', () => {
  const template = { subject: '{{ amount_due }}, {{ due_on }}, {{ late_days }}', body: 'x' };
  expect(value(renderMessage(template, facts)).subject).toBe('1\u202f000,00\u00a0€, 1er janvier 2026, 30\u00a0jours');
  expect(
    value(
      renderMessage(template, {
        ...facts,
        language: 'en',
        lines: facts.lines.map((line) => ({ ...line, currency: 'USD' })),
      }),
    ).subject,
  ).toBe('USD\u00a01,000.00, 1 January 2026, 30\u00a0days');
});
