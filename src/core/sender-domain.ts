// What the DNS says of the domain that messages come from, judged: who may send for it (SPF, RFC 7208), how its messages are signed
// (DKIM, RFC 6376), what others do with those that are neither (DMARC, RFC 7489), and where answers go (MX, RFC 5321). Pure: records
// in, findings out, as codes with parameters. What can't be told from outside is said to be so, never guessed.
import { readSpf, type SpfRecord, type SpfTerm, spfRecordsIn, walkSpf } from './spf.ts';

/** What a question to the DNS brought: records, the certainty that there are none, or nothing at all. */
export type Answer<T> = { kind: 'found'; records: T[] } | { kind: 'none' } | { kind: 'no-answer' };

export interface Mx {
  exchange: string;
  priority: number;
}

export interface SenderDomain {
  domain: string;
  /** The server that messages are handed to; null: none is set up. */
  mailHost: string | null;
  mx: Answer<Mx>;
  txt: Answer<string>;
  /** TXT records of the domains that its SPF record leads to. */
  spfElsewhere: ReadonlyMap<string, Answer<string>>;
  /** TXT records below _dmarc: of the domain, then of those above it, until one had a policy. */
  dmarc: readonly { domain: string; answer: Answer<string> }[];
  /** Only with a selector that a person gave: the DNS can't be asked which there are. */
  dkim: { selector: string; answer: Answer<string> } | null;
}

export type Topic = 'mx' | 'spf' | 'dkim' | 'dmarc';

/** 'to-check': it can't be told from here. 'advised': it works without, and better with. */
export type Level = 'fine' | 'advised' | 'to-check' | 'wrong' | 'no-answer';

export type FindingCode =
  | 'no-answer'
  | 'mx-found'
  | 'mx-none'
  | 'mx-refuses'
  | 'spf-none'
  | 'spf-several'
  | 'spf-broken'
  | 'spf-include-broken'
  | 'spf-too-many'
  | 'spf-everyone'
  | 'spf-allows'
  | 'spf-lacks'
  | 'spf-unknown-host'
  | 'spf-no-server'
  | 'spf-no-end'
  | 'dkim-not-asked'
  | 'dkim-none'
  | 'dkim-several'
  | 'dkim-broken'
  | 'dkim-revoked'
  | 'dkim-weak'
  | 'dkim-testing'
  | 'dkim-found'
  | 'dmarc-none'
  | 'dmarc-several'
  | 'dmarc-broken'
  | 'dmarc-observes'
  | 'dmarc-quarantines'
  | 'dmarc-rejects';

export interface Finding {
  about: Topic;
  level: Level;
  code: FindingCode;
  with: Record<string, string | number>;
  /** The TXT record to publish, where it can be told. */
  publish: { name: string; value: string } | null;
}

type Found = Omit<Finding, 'about'>;

const found = (
  level: Level,
  code: FindingCode,
  parameters: Finding['with'] = {},
  publish: Finding['publish'] = null,
): Found => ({ level, code, with: parameters, publish });

/** The findings, by topic: SPF, DKIM, DMARC, MX. */
export function judgeSenderDomain(asked: SenderDomain): Finding[] {
  const about = (topic: Topic, findings: Found[]): Finding[] => findings.map((one) => ({ about: topic, ...one }));
  const spf = judgeSpf(asked);
  const dkim = judgeDkim(asked);
  const dmarc = judgeDmarc(asked).map((one) => ({ ...one, level: enforced(one) ? passing(spf, dkim) : one.level }));
  return [...about('spf', spf), ...about('dkim', dkim), ...about('dmarc', dmarc), ...about('mx', judgeMx(asked))];
}

const enforced = ({ code }: Found): boolean => code === 'dmarc-quarantines' || code === 'dmarc-rejects';

/** Under a policy that acts, one of the two must be in order: messages pass by either (RFC 7489 §4.2). */
function passing(spf: readonly Found[], dkim: readonly Found[]): Level {
  const levels = [spf[0]!.level, dkim[0]!.level];
  if (levels.includes('fine')) return 'fine';
  return levels.every((level) => level === 'wrong') ? 'wrong' : 'to-check';
}

function judgeMx({ mx, domain }: SenderDomain): Found[] {
  if (mx.kind === 'no-answer') return [found('no-answer', 'no-answer', { name: domain })];
  if (mx.kind === 'none') return [found('wrong', 'mx-none', { domain })];
  // A single MX of "." says that the domain takes no mail (RFC 7505 §3).
  if (mx.records.every(({ exchange }) => exchange === '' || exchange === '.'))
    return [found('wrong', 'mx-refuses', { domain })];
  const hosts = [...mx.records].sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
  return [found('fine', 'mx-found', { hosts: hosts.join(', ') })];
}

/**
 * By which term the great providers say that their servers are allowed: support.google.com/a/answer/33786, Microsoft Learn
 * "Set up SPF to identify valid email sources", OVHcloud's guide "Configuring an SPF record". Of others it can't be told.
 */
const providers: readonly { host: RegExp; include: string }[] = [
  { host: /^smtp(-relay)?\.gmail\.com$/, include: '_spf.google.com' },
  { host: /^smtp\.office365\.com$|\.mail\.protection\.outlook\.com$/, include: 'spf.protection.outlook.com' },
  { host: /^ssl0\.ovh\.net$|\.mail\.ovh\.net$/, include: 'mx.ovh.com' },
];

function judgeSpf({ domain, mailHost, txt, spfElsewhere, mx }: SenderDomain): Found[] {
  if (txt.kind === 'no-answer') return [found('no-answer', 'no-answer', { name: domain })];
  const host = mailHost?.toLowerCase().replace(/\.$/, '') ?? null;
  const include = providers.find((provider) => host !== null && provider.host.test(host))?.include ?? null;
  const to = (value: string) => ({ name: domain, value });
  const texts = txt.kind === 'none' ? [] : spfRecordsIn(txt.records);
  if (texts.length === 0) {
    const record = include === null ? null : to(`v=spf1 include:${include} ~all`);
    return [found('wrong', 'spf-none', { domain }, record)];
  }
  // More than one: "permerror", as if the record were broken (RFC 7208 §4.5).
  if (texts.length > 1) {
    const merged = mergedSpf(texts);
    return [found('wrong', 'spf-several', { count: texts.length }, merged === null ? null : to(merged))];
  }
  const record = readSpf(texts[0]!);
  if ('broken' in record) return [found('wrong', 'spf-broken', { term: record.broken })];
  const walk = walkSpf(domain, record, spfElsewhere);
  if (walk.broken !== null) return [found('wrong', 'spf-include-broken', { domain: walk.broken })];
  // Ten questions at most for one message (RFC 7208 §4.6.4).
  if (walk.lookups > 10) return [found('wrong', 'spf-too-many', { count: walk.lookups })];
  const all = record.terms.find(({ name }) => name === 'all');
  if (all?.qualifier === '+') return [found('wrong', 'spf-everyone', {}, to(written(endedSoftly(record.terms))))];
  const ending =
    all === undefined && !record.terms.some(({ name }) => name === 'redirect')
      ? [found('advised', 'spf-no-end', {}, to(written([...record.terms, softEnd])))]
      : [];
  if (host === null) return [found('to-check', 'spf-no-server', {}), ...ending];
  const allowedBy = include === null ? namedIn(record, host, domain, mx) : walk.allows.has(include) ? include : null;
  if (allowedBy !== null) return [found('fine', 'spf-allows', { host, by: allowedBy }), ...ending];
  if (include !== null && walk.complete)
    return [found('wrong', 'spf-lacks', { host, include }, to(written(withInclude(record.terms, include))))];
  return [found('to-check', 'spf-unknown-host', { host }), ...ending];
}

/** The term that names the mail server itself, or the mail exchangers that it is one of; null: it can't be told. */
function namedIn(record: SpfRecord, host: string, domain: string, mx: Answer<Mx>): string | null {
  const exchanges = mx.kind === 'found' ? mx.records.map(({ exchange }) => exchange.toLowerCase()) : [];
  const term = record.terms.find(({ name, qualifier, value }) => {
    if (qualifier !== '+') return false;
    if (name === 'a') return (value || domain) === host;
    return name === 'mx' && (value || domain) === domain && exchanges.includes(host);
  });
  return term?.text ?? null;
}

const softEnd: SpfTerm = { name: 'all', qualifier: '~', value: '', text: '~all' };

const endedSoftly = (terms: readonly SpfTerm[]): SpfTerm[] => [...terms.filter(({ name }) => name !== 'all'), softEnd];

/** Before what ends the record: nothing after "all" is looked at (RFC 7208 §5.1). */
function withInclude(terms: readonly SpfTerm[], include: string): SpfTerm[] {
  const end = terms.findIndex(({ name }) => name === 'all' || name === 'redirect');
  const place = end < 0 ? terms.length : end;
  const term: SpfTerm = { name: 'include', qualifier: '+', value: include, text: `include:${include}` };
  return [...terms.slice(0, place), term, ...terms.slice(place), ...(end < 0 ? [softEnd] : [])];
}

const written = (terms: readonly SpfTerm[]): string => ['v=spf1', ...terms.map(({ text }) => text)].join(' ');

/** Several records as the one that they should be; null where one of them is broken or leads elsewhere as a whole. */
function mergedSpf(texts: readonly string[]): string | null {
  const records = texts.map(readSpf);
  const terms: SpfTerm[] = [];
  for (const record of records) {
    if ('broken' in record || record.terms.some(({ name }) => name === 'redirect')) return null;
    for (const term of record.terms) if (!terms.some(({ text }) => text === term.text)) terms.push(term);
  }
  return written(endedSoftly(terms));
}

/** "name=value; name=value" as DKIM and DMARC write it (RFC 6376 §3.2); null where it is no such list. */
function tagsOf(record: string): Map<string, string> | null {
  const tags = new Map<string, string>();
  for (const part of record.split(';')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at < 1 || !/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || tags.has(name)) return null;
    tags.set(name, part.slice(at + 1).trim());
  }
  return tags;
}

/** Where the selector's key stands (RFC 6376 §3.6.2.1). */
export const dkimName = (selector: string, domain: string): string => `${selector}._domainkey.${domain}`;

/** The selector in what a person typed or pasted: 'mail', or the whole 'mail._domainkey.example.fr'; null where it is none. */
export function selectorIn(typed: string): string | null {
  const selector = typed
    .trim()
    .toLowerCase()
    .replace(/\._domainkey(\..*)?$/, '');
  const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
  return new RegExp(`^${label}(\\.${label})*$`).test(selector) && selector.length <= 190 ? selector : null;
}

function judgeDkim({ domain, dkim }: SenderDomain): Found[] {
  if (dkim === null) return [found('to-check', 'dkim-not-asked')];
  const name = dkimName(dkim.selector, domain);
  if (dkim.answer.kind === 'no-answer') return [found('no-answer', 'no-answer', { name })];
  if (dkim.answer.kind === 'none') return [found('wrong', 'dkim-none', { name })];
  const [record, ...more] = dkim.answer.records;
  // With several records the result is undefined (RFC 6376 §3.6.2.2).
  if (more.length > 0) return [found('wrong', 'dkim-several', { name, count: more.length + 1 })];
  const tags = tagsOf(record!);
  // "v", where it is given, comes first and is DKIM1; "p" must be there (RFC 6376 §3.6.1).
  const version = tags?.get('v');
  const key = tags?.get('p')?.replace(/\s+/g, '');
  const isFirst = version === undefined || [...tags!.keys()][0] === 'v';
  if (key === undefined || (version ?? 'DKIM1') !== 'DKIM1' || !isFirst || !/^[A-Za-z0-9+/]*={0,2}$/.test(key))
    return [found('wrong', 'dkim-broken', { name })];
  if (key === '') return [found('wrong', 'dkim-revoked', { name })];
  if ((tags!.get('k') ?? 'rsa') === 'rsa' && bytesIn(key) < bytesOf1024Bits)
    return [found('wrong', 'dkim-weak', { name })];
  // While "t=y" stands, messages are treated as if they were not signed (RFC 6376 §3.6.1).
  const isTesting = (tags!.get('t') ?? '').split(':').some((flag) => flag.trim() === 'y');
  return [isTesting ? found('advised', 'dkim-testing', { name }) : found('fine', 'dkim-found', { name })];
}

const bytesIn = (base64: string): number => Math.floor((base64.replace(/=+$/, '').length * 3) / 4);

/** The shortest form of an RSA key of 1,024 bits, below which no signature counts (RFC 8301 §3.2). */
const bytesOf1024Bits = 136;

/** Those of the TXT records that are a DMARC policy: they begin with their version (RFC 7489 §6.6.3, step 2). */
const policiesIn = (answer: Answer<string>): string[] =>
  answer.kind === 'found' ? answer.records.filter((record) => /^v\s*=\s*DMARC1\s*(;|$)/.test(record)) : [];

/** Whether the search for a policy ends here: one was found, or nobody answered. */
export const endsDmarcSearch = (answer: Answer<string>): boolean =>
  answer.kind === 'no-answer' || policiesIn(answer).length > 0;

function judgeDmarc({ domain, dmarc }: SenderDomain): Found[] {
  const last = dmarc.at(-1);
  if (last === undefined || last.answer.kind === 'no-answer')
    return [found('no-answer', 'no-answer', { name: `_dmarc.${last?.domain ?? domain}` })];
  const policies = policiesIn(last.answer);
  const name = `_dmarc.${last.domain}`;
  // A policy that only watches changes nothing for anyone, and is what the great mail providers ask of senders.
  const observing = { name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' };
  if (policies.length === 0) return [found('advised', 'dmarc-none', { domain }, observing)];
  // Several: none is applied (RFC 7489 §6.6.3, step 5).
  if (policies.length > 1) return [found('wrong', 'dmarc-several', { name, count: policies.length })];
  const tags = tagsOf(policies[0]!);
  // A domain above speaks for those below it by "sp", or else by "p" (RFC 7489 §6.3).
  const policy = (last.domain === domain ? undefined : tags?.get('sp')) ?? tags?.get('p');
  const read = policy?.toLowerCase();
  if (read === 'none') return [found('fine', 'dmarc-observes', { name })];
  if (read === 'quarantine') return [found('fine', 'dmarc-quarantines', { name })];
  if (read === 'reject') return [found('fine', 'dmarc-rejects', { name })];
  // Without a policy that is one, it counts as "none" if it says where reports go, and else for nothing (step 6).
  return tags?.has('rua')
    ? [found('fine', 'dmarc-observes', { name })]
    : [found('wrong', 'dmarc-broken', { name }, last.domain === domain ? observing : null)];
}
