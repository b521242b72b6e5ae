// Asks the DNS about the domain that the company's messages come from, and has the answers judged.
import { domainToASCII } from 'node:url';
import type { DomainNames } from '../channels/domain-names.ts';
import { done, failed, type Result } from '../core/fault.ts';
import {
  type Answer,
  dkimName,
  endsDmarcSearch,
  type Finding,
  judgeSenderDomain,
  type SenderDomain,
  selectorIn,
} from '../core/sender-domain.ts';
import { readSpf, spfRecordsIn, walkSpf } from '../core/spf.ts';
import { type Acting, type Context, forCompany } from './context.ts';

export interface ExaminedDomain {
  domain: string;
  mailHost: string | null;
  findings: Finding[];
}

/** Faults: 'sender-missing', 'selector-wrong', 'dns-silent'. */
export async function examineSenderDomain(
  context: Context,
  acting: Acting,
  names: DomainNames,
  input: { selector?: string | undefined },
): Promise<Result<ExaminedDomain>> {
  const typed = input.selector?.trim() ?? '';
  const selector = typed === '' ? null : selectorIn(typed);
  if (typed !== '' && selector === null) return failed('selector-wrong', { selector: typed });
  const { email, mailHost } = await forCompany(context, acting, async ({ tx, company }) => {
    const server = await tx
      .selectFrom('mail_server')
      .select('host')
      .where('company_id', '=', company.id)
      .executeTakeFirst();
    return { email: company.sender_email, mailHost: server?.host ?? null };
  });
  if (email === null) return failed('sender-missing');
  const domain = domainToASCII(email.slice(email.lastIndexOf('@') + 1)).toLowerCase();
  const asked = await ask(names, domain, mailHost, selector);
  const findings = judgeSenderDomain(asked);
  const nobody = findings.every(({ level, code }) => level === 'no-answer' || code === 'dkim-not-asked');
  return nobody ? failed('dns-silent', { domain }) : done({ domain, mailHost, findings });
}

async function ask(
  names: DomainNames,
  domain: string,
  mailHost: string | null,
  selector: string | null,
): Promise<SenderDomain> {
  const [mx, { txt, spfElsewhere }, dmarc, dkim] = await Promise.all([
    names.mx(domain),
    askSpf(names, domain),
    askDmarc(names, domain),
    selector === null ? null : names.txt(dkimName(selector, domain)).then((answer) => ({ selector, answer })),
  ]);
  return { domain, mailHost, mx, txt, spfElsewhere, dmarc, dkim };
}

/** The domain's own record, then those that it leads to: as many as a receiver would follow (RFC 7208 §4.6.4), and no more. */
async function askSpf(names: DomainNames, domain: string): Promise<Pick<SenderDomain, 'txt' | 'spfElsewhere'>> {
  const txt = await names.txt(domain);
  const spfElsewhere = new Map<string, Answer<string>>();
  const [text] = txt.kind === 'found' ? spfRecordsIn(txt.records) : [];
  const record = text === undefined ? null : readSpf(text);
  if (record === null || 'broken' in record) return { txt, spfElsewhere };
  for (let rest = 12; rest > 0; ) {
    const next = [...new Set(walkSpf(domain, record, spfElsewhere).missing)].slice(0, rest);
    if (next.length === 0) break;
    const answers = await Promise.all(next.map((name) => names.txt(name)));
    next.forEach((name, index) => {
      spfElsewhere.set(name, answers[index]!);
    });
    rest -= next.length;
  }
  return { txt, spfElsewhere };
}

/**
 * The domain's policy, or that of the nearest domain above it that has one. A list of public suffixes would tell which domain is the
 * organisation's (RFC 7489 §3.2); going up to two labels finds the same record without one, since no suffix publishes a policy for
 * those who register below it but to protect them.
 */
async function askDmarc(names: DomainNames, domain: string): Promise<SenderDomain['dmarc'][number][]> {
  const asked: SenderDomain['dmarc'][number][] = [];
  const labels = domain.split('.');
  for (let from = 0; from === 0 || labels.length - from >= 2; from++) {
    const above = labels.slice(from).join('.');
    const answer = await names.txt(`_dmarc.${above}`);
    asked.push({ domain: above, answer });
    if (endsDmarcSearch(answer)) break;
  }
  return asked;
}
