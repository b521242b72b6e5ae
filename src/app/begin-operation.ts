// Beginning an operation over many invoices or customers: written down at once, all of it or nothing, and worked in the background.
import { done, failed, type Result } from '../core/fault.ts';
import { newId } from '../db/id.ts';
import { insertPartsOf, type Over } from '../db/operation.ts';
import type { Row } from '../db/tables.ts';
import type { CompanyWork, Context } from './context.ts';

/** What is done with each, and how it was asked for. */
type Asked = Pick<Row<'operation'>, 'kind'> &
  Partial<Pick<Row<'operation'>, 'level' | 'reason' | 'until_on' | 'enrolment' | 'sequence_id'>>;

/** Fault: 'not-found', where one of them is not there. */
export async function beginOperation(
  context: Context,
  { tx, company, scope, now }: CompanyWork,
  over: Over,
  asked: Asked,
): Promise<Result<{ operationId: string }>> {
  const operationId = newId();
  await tx
    .insertInto('operation')
    .values({
      company_id: company.id,
      id: operationId,
      started_at: new Date(now.epochMilliseconds),
      by_user: scope.actor,
      ...asked,
    })
    .execute();
  const areThere = await insertPartsOf(tx, company.id, operationId, over);
  if (!areThere) return failed('not-found', { what: 'invoiceIds' in over ? 'invoice' : 'customer' });
  await context.jobs.operate(tx, company.id, operationId);
  return done({ operationId });
}
