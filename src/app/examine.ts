// The doctor's look at a company: its rows, and its chain of proof.
import { examineRows, type Finding } from '../db/examination.ts';
import { type Acting, type Context, forCompany } from './context.ts';
import { checkChain } from './seal-events.ts';

export async function examine(context: Context, acting: Acting): Promise<Finding[]> {
  const rows = await forCompany(context, acting, ({ tx, company }) => examineRows(tx, company.id));
  const chain = await checkChain(context, acting.companyId);
  const broken = chain.ok
    ? { count: 0, examples: [] }
    : { count: 1, examples: [`event ${chain.number}: ${chain.what}`] };
  return [...rows, { check: 'the chain of proof is whole', ...broken }];
}
