// SPF records read (RFC 7208): their terms, and what those of other domains add that they lead to.
import type { Answer } from './sender-domain.ts';

export interface SpfTerm {
  /** In small letters: all, include, a, mx, ptr, ip4, ip6, exists; redirect, exp, or a modifier that nobody knows. */
  name: string;
  /** '+' where none is written (§4.6.2); '' of a modifier. */
  qualifier: string;
  /** The domain or address after it, in small letters, without its prefix length; '' where there is none. */
  value: string;
  text: string;
}

export interface SpfRecord {
  terms: SpfTerm[];
}

const mechanisms = new Set(['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists']);

/** Those of a domain's TXT records that are SPF: the version, then a space or the end (§4.5). */
export const spfRecordsIn = (records: readonly string[]): string[] =>
  records.filter((record) => /^v=spf1( |$)/i.test(record));

/** A record's terms, or the first that is none: one mistake anywhere makes the whole record one (§4.6). */
export function readSpf(text: string): SpfRecord | { broken: string } {
  const terms: SpfTerm[] = [];
  for (const word of text.trim().split(/ +/).slice(1)) {
    const term = readTerm(word);
    if (term === null) return { broken: word };
    terms.push(term);
  }
  // "redirect" and "exp" at most once (§6).
  for (const name of ['redirect', 'exp']) {
    const [, second] = terms.filter((term) => term.name === name);
    if (second !== undefined) return { broken: second.text };
  }
  return { terms };
}

function readTerm(text: string): SpfTerm | null {
  const modifier = /^([a-z][a-z0-9_.-]*)=(\S*)$/i.exec(text);
  if (modifier !== null) {
    const [, name, value] = modifier;
    return { name: name!.toLowerCase(), qualifier: '', value: value!.toLowerCase(), text };
  }
  // A macro may hold a slash (§7.1); elsewhere it begins the prefix length.
  const mechanism = /^([+?~-]?)([a-z0-9]+)(?::((?:%\{[^}]*\}|[^/])*))?((?:\/\d{1,3})?(?:\/\/\d{1,3})?)$/i.exec(text);
  if (mechanism === null) return null;
  const [, qualifier, written, value = '', prefix = ''] = mechanism;
  const name = written!.toLowerCase();
  const takesValue = name !== 'all' && (value !== '' || ['a', 'mx', 'ptr'].includes(name));
  const takesPrefix = prefix === '' || ['a', 'mx', 'ip4', 'ip6'].includes(name);
  if (!mechanisms.has(name) || !takesPrefix || (name === 'all' ? value !== '' : !takesValue)) return null;
  if (name === 'ip4' && !isIp4(value)) return null;
  return { name, qualifier: qualifier || '+', value: value.toLowerCase().replace(/\.$/, ''), text };
}

const isIp4 = (value: string): boolean => {
  const parts = value.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
};

interface SpfWalk {
  /** How many of its terms ask the DNS, those of the records that it leads to included (§4.6.4). */
  lookups: number;
  /** The domains whose record says who is allowed: included with "+", or redirected to. */
  allows: Set<string>;
  /** A domain that is included and has no record that could be read: the whole is broken by it (§5.2, §6.1). */
  broken: string | null;
  /** Those that would have to be asked to know more. */
  missing: string[];
  /** Whether everything it leads to is known. */
  complete: boolean;
}

/** Follows a record through the domains that it includes, as far as their answers are known. */
export function walkSpf(domain: string, record: SpfRecord, elsewhere: ReadonlyMap<string, Answer<string>>): SpfWalk {
  const walk: SpfWalk = { lookups: 0, allows: new Set(), broken: null, missing: [], complete: true };
  follow(record, new Set([domain]), true);
  return walk;

  function follow({ terms }: SpfRecord, above: ReadonlySet<string>, allowed: boolean): void {
    for (const term of looked(terms)) {
      if (['include', 'a', 'mx', 'ptr', 'exists', 'redirect'].includes(term.name)) walk.lookups += 1;
      if (term.name !== 'include' && term.name !== 'redirect') continue;
      const counts = allowed && (term.name === 'redirect' || term.qualifier === '+');
      if (counts) walk.allows.add(term.value);
      // A macro stands for something of the message at hand (§7): it can't be followed from here.
      if (term.value.includes('%')) walk.complete = false;
      else if (above.has(term.value) || walk.lookups > 10) walk.lookups = Math.max(walk.lookups, 11);
      else enter(term.value, above, counts);
    }
  }

  function enter(target: string, above: ReadonlySet<string>, allowed: boolean): void {
    const answer = elsewhere.get(target);
    if (answer === undefined || answer.kind === 'no-answer') {
      if (answer === undefined) walk.missing.push(target);
      walk.complete = false;
      return;
    }
    const [text, ...more] = answer.kind === 'none' ? [] : spfRecordsIn(answer.records);
    const record = text === undefined || more.length > 0 ? null : readSpf(text);
    if (record === null || 'broken' in record) walk.broken ??= target;
    else follow(record, new Set([...above, target]), allowed);
  }
}

/** What is looked at: nothing after "all", and "redirect" only where there is no "all" (§5.1, §6.1). */
function looked(terms: readonly SpfTerm[]): SpfTerm[] {
  const end = terms.findIndex(({ name }) => name === 'all');
  const until = end < 0 ? terms : terms.slice(0, end);
  return until.filter(({ name }) => end < 0 || name !== 'redirect');
}
