// What the DNS says of the sender's domain: the judgement as tables, the questions against a real DNS server.
import { describe, expect, test } from 'vitest';
import { domainNames } from '../../src/channels/dns.ts';
import { type Answer, judgeSenderDomain, type SenderDomain, selectorIn } from '../../src/core/sender-domain.ts';
import { readSpf, walkSpf } from '../../src/core/spf.ts';
import { startDnsServer } from '../world/dns-server.ts';
import { firstOwner, startSite } from '../world/site.ts';

const domain = 'morvan.example';
const none: Answer<never> = { kind: 'none' };
const found = <T>(...records: T[]): Answer<T> => ({ kind: 'found', records });

function judge(about: string, records: Partial<SenderDomain>): string[] {
  const findings = judgeSenderDomain({
    domain,
    mailHost: 'smtp.morvan.example',
    mx: none,
    txt: none,
    spfElsewhere: new Map(),
    dmarc: [{ domain, answer: none }],
    dkim: null,
    ...records,
  });
  return findings
    .filter((finding) => finding.about === about)
    .map(({ level, code, with: parameters, publish }) => {
      const said = Object.values(parameters).join(', ');
      return `${level} ${code}${said === '' ? '' : `: ${said}`}${publish === null ? '' : ` → ${publish.value}`}`;
    });
}

describe('SPF (RFC 7208)', () => {
  const google = 'smtp.gmail.com';
  const elsewhere = (records: Record<string, string>) =>
    new Map(Object.entries(records).map(([name, text]) => [name, found(text)]));
  const ofGoogle = elsewhere({
    '_spf.google.com': 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all',
    'spf.example': 'v=spf1 include:_spf.google.com -all',
  });

  test.each<[string, string[], string, string]>([
    // the domain's TXT records, the mail server, what is said
    ['nothing is published', [], 'smtp.morvan.example', 'wrong spf-none: morvan.example'],
    [
      'nothing, and the provider says what it needs',
      [],
      google,
      'wrong spf-none: morvan.example → v=spf1 include:_spf.google.com ~all',
    ],
    ['a text that only resembles (§4.5)', ['v=spf10 a -all'], 'smtp.x.example', 'wrong spf-none: morvan.example'],
    [
      'two records (§4.5)',
      ['v=spf1 mx -all', 'V=SPF1 include:_spf.google.com ~all'],
      google,
      'wrong spf-several: 2 → v=spf1 mx include:_spf.google.com ~all',
    ],
    ['two, one of which leads elsewhere', ['v=spf1 mx', 'v=spf1 redirect=x.example'], google, 'wrong spf-several: 2'],
    ['a mistake anywhere (§4.6)', ['v=spf1 mx ipv4:192.0.2.1 -all'], google, 'wrong spf-broken: ipv4:192.0.2.1'],
    ['an address that is none', ['v=spf1 ip4:192.0.2.300 -all'], google, 'wrong spf-broken: ip4:192.0.2.300'],
    [
      '"redirect" twice (§6)',
      ['v=spf1 redirect=a.example redirect=b.example'],
      google,
      'wrong spf-broken: redirect=b.example',
    ],
    ['everyone may', ['v=spf1 mx +all'], google, 'wrong spf-everyone → v=spf1 mx ~all'],
    ['"all" without a sign is "+all" (§4.6.2)', ['v=spf1 all'], google, 'wrong spf-everyone → v=spf1 ~all'],
    [
      'the provider is included',
      ['other', 'v=spf1 include:_spf.google.com -all'],
      google,
      'fine spf-allows: smtp.gmail.com, _spf.google.com',
    ],
    [
      'by way of another domain',
      ['v=spf1 include:spf.example ~all'],
      google,
      'fine spf-allows: smtp.gmail.com, _spf.google.com',
    ],
    ['by redirect (§6.1)', ['v=spf1 redirect=spf.example'], google, 'fine spf-allows: smtp.gmail.com, _spf.google.com'],
    [
      'it is not: said where it belongs, before the end',
      ['v=spf1 mx ip4:192.0.2.7 -all'],
      google,
      'wrong spf-lacks: smtp.gmail.com, _spf.google.com → v=spf1 mx ip4:192.0.2.7 include:_spf.google.com -all',
    ],
    [
      'included so as to be refused (§5.2)',
      ['v=spf1 -include:_spf.google.com ~all'],
      google,
      'wrong spf-lacks: smtp.gmail.com, _spf.google.com → v=spf1 -include:_spf.google.com include:_spf.google.com ~all',
    ],
    [
      'after "all" nothing is looked at (§5.1)',
      ['v=spf1 mx -all include:_spf.google.com'],
      google,
      'wrong spf-lacks: smtp.gmail.com, _spf.google.com → v=spf1 mx include:_spf.google.com -all include:_spf.google.com',
    ],
    [
      'a server whose addresses nobody tells',
      ['v=spf1 ip4:192.0.2.7 -all'],
      'smtp.x.example',
      'to-check spf-unknown-host: smtp.x.example',
    ],
    [
      'named itself',
      ['v=spf1 a:smtp.x.example -all'],
      'smtp.x.example',
      'fine spf-allows: smtp.x.example, a:smtp.x.example',
    ],
    [
      'named only to be refused',
      ['v=spf1 ~a:smtp.x.example -all'],
      'smtp.x.example',
      'to-check spf-unknown-host: smtp.x.example',
    ],
    [
      'an include without a record (§5.2)',
      ['v=spf1 include:gone.example -all'],
      google,
      'wrong spf-include-broken: gone.example',
    ],
    [
      'a macro can’t be followed (§7)',
      ['v=spf1 include:%{d}.x.example -all'],
      google,
      'to-check spf-unknown-host: smtp.gmail.com',
    ],
  ])('%s', (_, txt, mailHost, said) => {
    const known = new Map([...ofGoogle, ['gone.example', none] as const]);
    const records = txt.length === 0 ? none : found(...txt);
    expect(judge('spf', { txt: records, mailHost, spfElsewhere: known })).toEqual([said]);
  });

  test('a record that does not end says nothing of the others (§4.7): an end is advised', () => {
    expect(judge('spf', { txt: found('v=spf1 a:smtp.morvan.example') })).toEqual([
      'fine spf-allows: smtp.morvan.example, a:smtp.morvan.example',
      'advised spf-no-end → v=spf1 a:smtp.morvan.example ~all',
    ]);
  });

  test('the mail exchangers may send: the mail server is one of them', () => {
    const mx = found({ exchange: 'SMTP.morvan.example', priority: 10 });
    expect(judge('spf', { txt: found('v=spf1 mx -all'), mx })).toEqual(['fine spf-allows: smtp.morvan.example, mx']);
    expect(judge('spf', { txt: found('v=spf1 mx -all') })).toEqual(['to-check spf-unknown-host: smtp.morvan.example']);
  });

  test('no mail server is set up yet: the record is there, whom it allows is seen later', () => {
    expect(judge('spf', { txt: found('v=spf1 mx -all'), mailHost: null })).toEqual(['to-check spf-no-server']);
  });

  test('more than ten questions for one message is one mistake too many (§4.6.4), included ones count', () => {
    const terms = (count: number) => Array.from({ length: count }, (_, at) => `a:h${at}.example`).join(' ');
    const spfElsewhere = elsewhere({ 'more.example': `v=spf1 ${terms(5)} -all` });
    const records = (count: number) => found(`v=spf1 include:more.example ${terms(count)} -all`);
    expect(judge('spf', { txt: records(4), spfElsewhere })).toEqual(['to-check spf-unknown-host: smtp.morvan.example']);
    expect(judge('spf', { txt: records(5), spfElsewhere })).toEqual(['wrong spf-too-many: 11']);
  });

  test('domains that include each other end, as a mistake', () => {
    const spfElsewhere = elsewhere({
      'a.example': 'v=spf1 include:b.example -all',
      'b.example': 'v=spf1 include:a.example -all',
    });
    expect(judge('spf', { txt: found('v=spf1 include:a.example -all'), spfElsewhere })).toEqual([
      'wrong spf-too-many: 11',
    ]);
  });

  test('every kind of term of the standard is read, with prefix lengths and macros', () => {
    const text =
      'v=spf1 a/24 a:x.example//64 mx/24//64 ptr ptr:x.example ip4:192.0.2.1/32 ip6:2001:db8::1/128 exists:%{ir}.%{d2/}.x.example unknown=thing ?all exp=e.x.example';
    const read = readSpf(text);
    expect('broken' in read ? read.broken : read.terms.map(({ text: term }) => term).join(' ')).toBe(text.slice(7));
  });

  test('what is not known yet is asked for, once', () => {
    const record = readSpf('v=spf1 include:a.example include:b.example redirect=c.example');
    if ('broken' in record) throw new Error(record.broken);
    expect(walkSpf(domain, record, new Map()).missing).toEqual(['a.example', 'b.example', 'c.example']);
    expect(walkSpf(domain, record, elsewhere({ 'a.example': 'v=spf1 include:d.example' })).missing).toEqual([
      'd.example',
      'b.example',
      'c.example',
    ]);
  });
});

describe('DKIM (RFC 6376)', () => {
  const key = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');
  const dkim = (...records: string[]) =>
    judge('dkim', { dkim: { selector: 's1', answer: records.length ? found(...records) : none } });
  const name = 's1._domainkey.morvan.example';

  test.each<[string, string[], string]>([
    ['no record at the selector', [], `wrong dkim-none: ${name}`],
    ['a key of 2,048 bits', [`v=DKIM1; k=rsa; p=${key(294)}`], `fine dkim-found: ${name}`],
    ['the version may be left out (§3.6.1)', [`p=${key(162)}`], `fine dkim-found: ${name}`],
    ['and comes first (§3.6.1)', [`p=${key(162)}; v=DKIM1`], `wrong dkim-broken: ${name}`],
    ['an elliptic key is short', [`v=DKIM1; k=ed25519; p=${key(32)}`], `fine dkim-found: ${name}`],
    ['512 bits count for nothing (RFC 8301 §3.2)', [`v=DKIM1; p=${key(94)}`], `wrong dkim-weak: ${name}`],
    ['an empty key is a revoked one (§3.6.1)', ['v=DKIM1; p='], `wrong dkim-revoked: ${name}`],
    ['no key at all', ['v=DKIM1; k=rsa'], `wrong dkim-broken: ${name}`],
    ['a text that is something else', ['google-site-verification=abc'], `wrong dkim-broken: ${name}`],
    ['cut off by the form of the provider', ['v=DKIM1; p=MIGf"MA0'], `wrong dkim-broken: ${name}`],
    ['two records (§3.6.2.2)', [`p=${key(294)}`, `p=${key(294)}`], `wrong dkim-several: ${name}, 2`],
    ['only tried so far (§3.6.1)', [`v=DKIM1; t=s:y; p=${key(294)}`], `advised dkim-testing: ${name}`],
  ])('%s', (_, records, said) => {
    expect(dkim(...records)).toEqual([said]);
  });

  test('without a selector it can’t be told', () => {
    expect(judge('dkim', {})).toEqual(['to-check dkim-not-asked']);
  });

  test.each<[string, string | null]>([
    ['Selector1', 'selector1'],
    [' s1._domainkey.morvan.example ', 's1'],
    ['ovhmo-selector-1._domainkey', 'ovhmo-selector-1'],
    ['2024.mail', '2024.mail'],
    ['a b', null],
    ['-x', null],
    ['é', null],
    ['', null],
  ])('%s as a selector', (typed, selector) => {
    expect(selectorIn(typed)).toBe(selector);
  });
});

describe('DMARC (RFC 7489)', () => {
  const at = (where: string, ...records: string[]) => ({
    domain: where,
    answer: records.length ? found(...records) : none,
  });
  const advice = 'v=DMARC1; p=none';

  test.each<[string, SenderDomain['dmarc'], string]>([
    ['nothing is published', [at(domain)], `advised dmarc-none: morvan.example → ${advice}`],
    [
      'a text without its version is none (§6.6.3)',
      [at(domain, 'p=reject')],
      `advised dmarc-none: morvan.example → ${advice}`,
    ],
    [
      'it watches',
      [at(domain, 'v=DMARC1; p=none; rua=mailto:d@x.example')],
      'fine dmarc-observes: _dmarc.morvan.example',
    ],
    ['it sets aside', [at(domain, 'v=DMARC1;p=Quarantine;pct=50')], 'fine dmarc-quarantines: _dmarc.morvan.example'],
    ['it refuses', [at(domain, 'v=DMARC1; p=reject')], 'fine dmarc-rejects: _dmarc.morvan.example'],
    [
      'two of them (§6.6.3)',
      [at(domain, 'v=DMARC1; p=none', 'v=DMARC1; p=reject')],
      'wrong dmarc-several: _dmarc.morvan.example, 2',
    ],
    [
      'no policy that is one',
      [at(domain, 'v=DMARC1; p=block')],
      `wrong dmarc-broken: _dmarc.morvan.example → ${advice}`,
    ],
    [
      'but reports (§6.6.3)',
      [at(domain, 'v=DMARC1; rua=mailto:d@x.example')],
      'fine dmarc-observes: _dmarc.morvan.example',
    ],
    [
      'the domain above speaks for it by "sp" (§6.3)',
      [at(domain), at('example', 'v=DMARC1; p=none; sp=reject')],
      'fine dmarc-rejects: _dmarc.example',
    ],
    ['or else by "p"', [at(domain), at('example', 'v=DMARC1; p=quarantine')], 'fine dmarc-quarantines: _dmarc.example'],
    [
      'its own "sp" is for those below',
      [at(domain, 'v=DMARC1; p=none; sp=reject')],
      'fine dmarc-observes: _dmarc.morvan.example',
    ],
  ])('%s', (_, dmarc, said) => {
    const txt = found('v=spf1 a:smtp.morvan.example -all');
    expect(judge('dmarc', { dmarc, txt })).toEqual([said]);
  });
});

test('a DMARC policy that acts is in order only where SPF or DKIM is (RFC 7489 §4.2)', () => {
  const dmarc = [{ domain, answer: found('v=DMARC1; p=reject') }];
  const key = { selector: 's1', answer: found(`p=${Buffer.alloc(294, 7).toString('base64')}`) };
  const level = (records: Partial<SenderDomain>) => judge('dmarc', { dmarc, ...records })[0]!.split(' ')[0];
  expect(level({ dkim: { selector: 's1', answer: none } })).toBe('wrong');
  expect(level({})).toBe('to-check');
  expect(level({ dkim: key })).toBe('fine');
  expect(level({ txt: found('v=spf1 a:smtp.morvan.example -all') })).toBe('fine');
  expect(level({ dmarc: [{ domain, answer: found('v=DMARC1; p=none') }] })).toBe('fine');
});

test('MX: where answers go, the first choice first; none (RFC 5321 §5.1); one that says there is none (RFC 7505)', () => {
  const exchanges = found({ exchange: 'mx2.x.example', priority: 20 }, { exchange: 'mx1.x.example', priority: 5 });
  expect(judge('mx', { mx: exchanges })).toEqual(['fine mx-found: mx1.x.example, mx2.x.example']);
  expect(judge('mx', {})).toEqual(['wrong mx-none: morvan.example']);
  expect(judge('mx', { mx: found({ exchange: '', priority: 0 }) })).toEqual(['wrong mx-refuses: morvan.example']);
});

describe('asked of a real DNS server', () => {
  const longKey = `v=DKIM1; k=rsa; p=${Buffer.alloc(294, 7).toString('base64')}`;
  const zone = {
    txt: {
      // Longer than one piece of a TXT record, which ends in the middle of a word.
      'compta.morvan.example': [`v=spf1 ${'ip4:192.0.2.1 '.repeat(12)}include:spf.hebergeur.example -all`],
      'spf.hebergeur.example': ['v=spf1 include:_spf.google.com ~all'],
      '_spf.google.com': ['v=spf1 ip4:192.0.2.0/24 ~all'],
      '_dmarc.morvan.example': ['v=DMARC1; p=none; sp=quarantine'],
      'mail._domainkey.compta.morvan.example': [longKey],
    },
    mx: { 'compta.morvan.example': [{ exchange: 'mx1.hebergeur.example', priority: 1 }] },
  };

  async function siteThatAsks(address: string, timeout = 3_000) {
    const site = await startSite({ domainNames: domainNames({ servers: [address], timeout }) });
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string) => `/api/companies/${companyId}${path}`;
    await visitor.ask('PATCH', at(''), { senderEmail: 'relances@compta.morvan.example' });
    const server = { host: 'smtp.gmail.com', port: 465, security: 'tls', auth: 'none' };
    await visitor.ask('PUT', at('/mail-server'), server);
    const examine = (selector = '') => visitor.ask('GET', at(`/sender-domain${selector && `?selector=${selector}`}`));
    return { site, visitor, at, examine };
  }

  test('a domain that is in order is told so, records in pieces and those of others included', async () => {
    const { address, asked } = await startDnsServer(zone);
    const { site, examine } = await siteThatAsks(address);
    const { body } = await examine('mail._domainkey.compta.morvan.example');
    expect(body).toMatchObject({ domain: 'compta.morvan.example', mailHost: 'smtp.gmail.com' });
    expect(body.findings.map(({ level, code }: { level: string; code: string }) => `${level} ${code}`)).toEqual([
      'fine spf-allows',
      'fine dkim-found',
      'fine dmarc-quarantines',
      'fine mx-found',
    ]);
    // Each name once: nobody is asked twice, and nothing is asked that is not needed.
    expect(asked.toSorted()).toEqual([
      'MX compta.morvan.example',
      'TXT _dmarc.compta.morvan.example',
      'TXT _dmarc.morvan.example',
      'TXT _spf.google.com',
      'TXT compta.morvan.example',
      'TXT mail._domainkey.compta.morvan.example',
      'TXT spf.hebergeur.example',
    ]);
    await site.stop();
  });

  test('a domain of which nothing is known gets what to publish', async () => {
    const { address } = await startDnsServer({});
    const { site, examine } = await siteThatAsks(address);
    const { body } = await examine();
    expect(body.findings).toMatchObject([
      { code: 'spf-none', publish: { name: 'compta.morvan.example', value: 'v=spf1 include:_spf.google.com ~all' } },
      { code: 'dkim-not-asked' },
      { code: 'dmarc-none', publish: { name: '_dmarc.compta.morvan.example', value: 'v=DMARC1; p=none' } },
      { code: 'mx-none' },
    ]);
    await site.stop();
  });

  test('one question without an answer is no verdict, and the others have theirs', async () => {
    const { address } = await startDnsServer({ ...zone, silent: ['_spf.google.com', '_dmarc.compta.morvan.example'] });
    const { site, examine } = await siteThatAsks(address, 100);
    const { body } = await examine();
    expect(body.findings.map(({ level, code }: { level: string; code: string }) => `${level} ${code}`)).toEqual([
      'fine spf-allows',
      'to-check dkim-not-asked',
      'no-answer no-answer',
      'fine mx-found',
    ]);
    await site.stop();
  });

  test('nobody answers: said so; no sender: said first; no selector: refused by name', async () => {
    const site = await startSite();
    const { visitor, companyId } = await firstOwner(site);
    const examine = (query = '') => visitor.ask('GET', `/api/companies/${companyId}/sender-domain${query}`);
    expect((await examine()).body).toMatchObject({ status: 422, code: 'sender-missing' });
    await visitor.ask('PATCH', `/api/companies/${companyId}`, { senderEmail: 'a@compta.morvan.example' });
    expect((await examine()).body).toMatchObject({ status: 422, code: 'dns-silent' });
    expect((await examine('?selector=a%20b')).body).toMatchObject({ status: 422, code: 'selector-wrong' });
    expect(site.unexpected).toEqual([]);
    await site.stop();
  });

  test('a DNS server that is not there at all is no verdict either', async () => {
    expect(await domainNames({ servers: ['127.0.0.1:1'], timeout: 100 }).txt('x.example')).toEqual({
      kind: 'no-answer',
    });
  });
});
