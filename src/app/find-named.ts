// The customer, invoice or sequence that a person means by a number, a name, a title or an identifier. Nothing is guessed: what could
// be two is neither.
import { done, failed, type Result } from '../core/fault.ts';
import { findNamed, findNear } from '../db/named.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

type Kind = Parameters<typeof findNamed>[2];

/** Their identifiers, each once, in the order of the names. Faults: 'name-unknown', 'name-ambiguous'. */
export function findAllNamed(
  context: Context,
  acting: Acting,
  kind: Kind,
  names: readonly string[],
): Promise<Result<string[]>> {
  return forCompany(context, acting, async (work) => {
    const ids: string[] = [];
    for (const name of new Set(names)) {
      const found = await findOne(work, kind, name);
      if (!found.ok) return found;
      ids.push(found.value);
    }
    return done([...new Set(ids)]);
  });
}

async function findOne({ tx, company }: CompanyWork, kind: Kind, name: string): Promise<Result<string>> {
  const found = await findNamed(tx, company.id, kind, name);
  const first = found.filter((one) => one.first);
  const meant = first.length > 0 ? first : found;
  if (meant.length === 1) return done(meant[0]!.id);
  if (meant.length > 1)
    return failed('name-ambiguous', { what: kind, name, candidates: meant.map(({ shown }) => shown).join(', ') });
  const near = await findNear(tx, company.id, kind, name);
  return failed('name-unknown', { what: kind, name, ...(near.length === 0 ? {} : { near: near.join(', ') }) });
}
