// Closures as they are kept: the company's own quiet periods.
import type { Kysely } from 'kysely';
import type { Closure } from '../core/closure.ts';
import type { Row, Tables } from './tables.ts';

/** All of them, by the day on which they begin. */
export function readClosures(tx: Kysely<Tables>, companyId: string): Promise<Row<'closure'>[]> {
  return tx
    .selectFrom('closure')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('from_on')
    .orderBy('id')
    .execute();
}

export function toClosure({ from_on, until_on, yearly }: Row<'closure'>): Closure {
  return { fromOn: from_on, untilOn: until_on, yearly };
}
