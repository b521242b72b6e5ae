// Questions to the DNS, by the servers that this machine asks, or others; a server that stays silent is given up soon.
import { Resolver } from 'node:dns/promises';
import type { Answer } from '../core/sender-domain.ts';
import type { DomainNames } from './domain-names.ts';

interface DnsOptions {
  /** Addresses, with a port where it is not 53; those of the system by default. */
  servers?: string[];
  /** How long one question waits for its answer, in milliseconds; it is asked twice. */
  timeout?: number;
}

/** The name exists without such a record, or does not exist. */
const nothingThere = new Set(['ENODATA', 'ENOTFOUND']);

export function domainNames({ servers, timeout = 3_000 }: DnsOptions = {}): DomainNames {
  const ask = async <T>(question: (resolver: Resolver) => Promise<T[]>): Promise<Answer<T>> => {
    const resolver = new Resolver({ timeout, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    try {
      const records = await question(resolver);
      return records.length === 0 ? { kind: 'none' } : { kind: 'found', records };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { kind: nothingThere.has(code ?? '') ? 'none' : 'no-answer' };
    }
  };
  return {
    txt: (name) => ask(async (resolver) => (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))),
    mx: (name) => ask((resolver) => resolver.resolveMx(name)),
  };
}
