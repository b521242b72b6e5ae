// Reports of mail servers: which message, which address, what became of it; and what is none, however it is made.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { saysAddressIsBad } from '../../src/core/bounce.ts';
import { readDeliveryReport } from '../../src/formats/delivery-report.ts';
import { exchangeReport, gmailReport, postfixReport, type Reported, vacationAnswer } from '../world/reports.ts';

const about: Reported = {
  messageId: '<019ac5d8-3f00-7000-8000-000000000001@kerbrat.example>',
  address: 'a+b@client.example',
};

describe('Reports', () => {
  const shapes: [string, Buffer, string][] = [
    ['Postfix', postfixReport(about), 'a+b@client.example failed 5.1.1 bad'],
    ['Exchange', exchangeReport(about), 'a+b@client.example failed 5.1.10 bad'],
    ['Gmail', gmailReport(about), 'a+b@client.example failed 5.1.1 bad'],
    [
      'Postfix, delayed',
      postfixReport({ ...about, action: 'delayed', status: '4.4.1', said: 'connect to mx.client.example: timed out' }),
      'a+b@client.example delayed 4.4.1',
    ],
    [
      'Exchange, the mailbox is full',
      exchangeReport({ ...about, status: '5.2.2', said: '554 5.2.2 mailbox full' }),
      'a+b@client.example failed 5.2.2',
    ],
    [
      'Gmail, given up after days',
      gmailReport({ ...about, status: '4.4.1', said: '421 4.4.1 connection timed out' }),
      'a+b@client.example failed 4.4.1',
    ],
  ];
  test.each(shapes)('%s', async (_name, eml, told) => {
    const report = await readDeliveryReport(eml);
    if (report.kind !== 'report') throw new Error(report.kind);
    expect(report.messageIds[0]).toBe(about.messageId);
    expect(
      report.recipients.map(({ address, originalAddress, action, status, reason }) =>
        [originalAddress ?? address, action, status, ...(saysAddressIsBad(reason, status) ? ['bad'] : [])].join(' '),
      ),
    ).toEqual([told]);
  });

  test('what it returns left out: the message is named by what the report answers, or the last of its thread', async () => {
    const eml = gmailReport(about)
      .toString()
      .replace(/\r\nMessage-ID: <019a[^\r]*/, '');
    for (const one of [eml, eml.replace(/\r\nIn-Reply-To: [^\r]*/, '')])
      expect(await readDeliveryReport(Buffer.from(one))).toMatchObject({ messageIds: [about.messageId] });
  });

  test('an answer that is no report, though it quotes one', async () => {
    expect(await readDeliveryReport(vacationAnswer(about))).toEqual({ kind: 'auto-reply' });
    const reply = vacationAnswer(about)
      .toString()
      .replace(/Auto-Submitted.*\r\n/, '');
    expect(await readDeliveryReport(Buffer.from(reply))).toEqual({ kind: 'none' });
  });
});

describe('What a server says of an address', () => {
  test.each([
    '550 5.1.1 <a@b.fr>: Recipient address rejected: User unknown in virtual mailbox table',
    '550-5.1.1 The email account that you tried to reach does not exist.',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    '553 5.3.0 <a@b.fr>... Unknown E-Mail Address',
    '550 No such user here',
    '550 5.5.0 Requested action not taken: mailbox unavailable',
    '554 5.4.4 Host or domain name not found. Name service error',
    '511 5.1.1 Adresse inconnue',
    '550 5.2.1 The email account that you tried to reach is disabled',
    '550 <from@your.example>: unknown user',
  ])('bad: %s', (answer) => expect(saysAddressIsBad(answer)).toBe(true));

  test.each([
    '550 5.7.1 Message rejected as spam by content scanner',
    '550 5.7.1 Recipient unknown to our policy',
    '554 5.7.26 This mail has been blocked because the sender is unauthenticated',
    '552 5.2.2 Mailbox full',
    '450 4.1.1 User unknown',
    '450 User unknown in relay table, try later',
    '550 5.1.8 Sender address rejected: Domain not found',
    '550 Sender address rejected: User unknown',
    '550 refused',
    '554 rejected due to spam policy: user unknown',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered',
    '550 5.2.1 This mailbox is temporarily receiving too many messages',
    '550 The domain in your From header does not exist',
    '550 Access denied, your IP address was not found in DNS',
    '550 Invalid domain in HELO',
    '550 Reverse DNS: host address not known, blocked using RBL',
    '550 Your account has been disabled for sending',
    '554 5.0.0 Connecting account inactive: relay access denied',
    '550 Requested action not taken: mailbox unavailable (rejected: message looks like unsolicited bulk)',
    '',
  ])('not the address’s fault: %s', (answer) => expect(saysAddressIsBad(answer)).toBe(false));

  test.each([
    [null, '550 5.1.1 recipient rejected', true],
    ['5.0.0', '550 5.1.1 recipient rejected', true],
    ['5.0.0', '550 5.7.1 user unknown', false],
    ['5.1.1', '550 5.7.1 blocked', false],
    ['5.1.1', '450 4.1.1 try later', false],
  ])('a status that stands apart, %s, and the answer: %s', (status, answer, bad) =>
    expect(saysAddressIsBad(answer, status)).toBe(bad),
  );
});

describe('What is none, or is meant to break us', () => {
  const tenMegabytes = 10 * 1024 * 1024;
  const hostile: [string, () => Buffer][] = [
    ['nothing', () => Buffer.alloc(0)],
    ['ten megabytes of zeros', () => Buffer.alloc(tenMegabytes)],
    ['bytes that are no text', () => Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 7919) % 256))],
    ['no boundary', () => Buffer.from(`Content-Type: multipart/report\r\n\r\n${'x'.repeat(tenMegabytes)}`)],
    ['one header without an end', () => Buffer.from(`Subject: ${'a'.repeat(tenMegabytes)}`)],
    [
      'twenty thousand parts within one another',
      () =>
        Buffer.from(
          Array.from(
            { length: 20_000 },
            (_, index) => `Content-Type: multipart/report; boundary=b${index}\r\n\r\n--b${index}\r\n`,
          ).join(''),
        ),
    ],
    [
      'a hundred thousand parts beside one another',
      () => Buffer.from(`Content-Type: multipart/report; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`),
    ],
    ['a hundred thousand recipients', () => Buffer.from(`To: ${'a@b.fr,'.repeat(100_000)}\r\n\r\nx`)],
    [
      'brackets without an end',
      () => Buffer.from(`To: ${'('.repeat(500_000)}\r\nReferences: ${'<a'.repeat(9)}\r\n\r\nx`),
    ],
    [
      'a status without recipients',
      () => Buffer.from('Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\n'),
    ],
  ];
  test.each(hostile)('%s: no report, and no error', async (_name, make) => {
    expect(await readDeliveryReport(make())).toEqual({ kind: 'none' });
  });

  test('a report with megabytes behind it is read all the same, and so is one that breaks off', async () => {
    const whole = postfixReport(about);
    const long = Buffer.concat([whole, Buffer.alloc(tenMegabytes, 'AAAA\r\n')]);
    expect(await readDeliveryReport(long)).toMatchObject({ kind: 'report', messageIds: [about.messageId] });
    const broken = whole.subarray(0, whole.length - 60);
    expect(await readDeliveryReport(broken)).toMatchObject({ kind: 'report', messageIds: [about.messageId] });
  });
});

const corpus = resolve(process.env.RELANCE_CORPUS ?? '../shared/corpus', 'mail');
if (!existsSync(corpus)) console.warn(`Skipped: there is no corpus at ${corpus} (RELANCE_CORPUS names another place).`);

test.skipIf(!existsSync(corpus))('The corpus: real reports tell their recipients, all else is told apart', async () => {
  const read = new Map<string, string>();
  for (const file of readdirSync(corpus)) {
    const report = await readDeliveryReport(readFileSync(resolve(corpus, file)));
    const told =
      report.kind === 'report'
        ? report.recipients.map((one) => `${one.action} ${saysAddressIsBad(one.reason, one.status)}`)
        : [];
    read.set(file, [report.kind, ...told].join(' '));
  }
  expect(
    Object.fromEntries(
      [...read].filter(([file]) =>
        /postfix-01|report_422|office365|yahooinc|franceptt|exchange2007|rfc3834-01|arf-14|is-not-bounce|bad_date/.test(
          file,
        ),
      ),
    ),
  ).toEqual({
    'mail__bad_date_header.eml': 'none',
    'mail__report_422.eml': 'report delayed false',
    'set-of-emails__arf-14.eml': 'none',
    'set-of-emails__is-not-bounce-02.eml': 'none',
    'set-of-emails__lhost-exchange2007-03.eml': 'report failed false',
    'set-of-emails__lhost-office365-05.eml': 'report failed false',
    'set-of-emails__lhost-postfix-01.eml': 'report failed true',
    'set-of-emails__rfc3834-01.eml': 'auto-reply',
    'set-of-emails__rhost-franceptt-01.eml': 'report failed true',
    'set-of-emails__rhost-franceptt-10.eml': 'report failed false',
    'set-of-emails__rhost-yahooinc-02.eml': 'report failed false',
  });
});
