// The company's figures, as of its today.
import type { Day } from '../core/day.ts';
import { type CompanyFigures, companyFigures } from '../db/lists.ts';
import type { Row } from '../db/tables.ts';
import { type Acting, type Context, forCompany } from './context.ts';

export interface CompanyStatus extends CompanyFigures {
  today: Day;
  company: Row<'company'>;
}

export function companyStatus(context: Context, acting: Acting): Promise<CompanyStatus> {
  return forCompany(context, acting, async ({ tx, company, today }) => ({
    ...(await companyFigures(tx, company.id, today)),
    today,
    company,
  }));
}
