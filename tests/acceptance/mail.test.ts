// A mail's bytes, against the library's own way of writing them: whatever is in it, both give the same.
import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, test } from 'vitest';
import { bodiesOf, composeMail, type MailToCompose, putTogether, sha256 } from '../../src/formats/mail.ts';

/** What trips those who write mails: long lines, blanks at their end, each kind of line end, a dot alone, accents, emoji. */
const piece = fc.constantFrom(
  'Bonjour',
  ' ',
  '\n',
  '\r\n',
  '.',
  '\n.\n',
  '=',
  '\t',
  'échéance',
  '€',
  '😀',
  'é'.repeat(90),
  'x'.repeat(1_200),
  ' \n',
  '--',
  '\u2028',
  'From ',
);
const text = fc.array(piece, { minLength: 1, maxLength: 30, size: 'max' }).map((pieces) => `${pieces.join('')}.`);
const file = fc.record({
  name: fc.constantFrom('facture.pdf', 'été n° 1.pdf', '"a";b.txt', `${'long '.repeat(30)}.pdf`),
  type: fc.constantFrom('application/pdf', 'text/plain', 'image/png'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 300, size: 'max' }).map((bytes) => Buffer.from(bytes)),
});

function mailWith(changed: Partial<MailToCompose>): MailToCompose {
  return {
    from: { name: 'Atelier Été, SARL', address: 'compta@kerbrat.example' },
    to: ['a@client.example'],
    cc: ['b@client.example'],
    replyTo: 'recouvrement@kerbrat.example',
    subject: 'Relance',
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
    messageId: '<1@kerbrat.example>',
    references: ['<0@kerbrat.example>'],
    date: new Date('2026-11-23T09:30:00Z'),
    attachments: [],
    ...changed,
  };
}

test('a mail composed here is, byte for byte, the one that the library writes', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, fc.array(file, { maxLength: 3 }), async (subject, plain, html, files) => {
      const mail = mailWith({
        subject,
        text: plain,
        html: `<p>${html}</p>`,
        attachments: files.map(({ name, type, bytes }) => ({ name, type, sha256: sha256(bytes).toString('hex') })),
      });
      const bodies = bodiesOf(new Map(files.map(({ bytes }) => [sha256(bytes).toString('hex'), bytes])));
      const ours = putTogether(composeMail(mail), (hash) => bodies.get(hash)!);
      expect(withoutBoundary(ours)).toBe(withoutBoundary(await asTheLibraryWrites(mail, files)));
    }),
    { numRuns: 200 },
  );
});

test('a line ends with CR LF and in no other way: a lone CR or LF could end the message early at some servers', () => {
  const raw = composeMail(mailWith({ text: 'un\rdeux\n.\r\rtrois\n\r\n', html: '<p>\r.\n</p>' })).bytes.toString(
    'latin1',
  );
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

function asTheLibraryWrites(mail: MailToCompose, files: { name: string; type: string; bytes: Buffer }[]) {
  return new MailComposer({
    from: mail.from,
    to: mail.to.map((address) => ({ name: '', address })),
    cc: mail.cc.map((address) => ({ name: '', address })),
    replyTo: mail.replyTo!,
    subject: mail.subject.replace(/\p{Cc}+/gu, ' ').trim(),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    inReplyTo: mail.references[0]!,
    references: [...mail.references],
    date: mail.date,
    newline: '\r\n',
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name.trim(),
      contentType: type,
      content: bytes,
      encoding: 'base64',
    })),
  })
    .compile()
    .build();
}

/** What stands between the parts is drawn by lot for each mail. */
function withoutBoundary(raw: Buffer): string {
  return raw.toString('latin1').replace(/_NmP-[0-9a-f]+/g, '_NmP');
}
