// What comes after the last step: that it came, once in a pass.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { given } from './given.ts';
import type { Tables } from './tables.ts';

export interface NewEnded {
  receivableId: string;
  pass: number;
  stepId: string;
  kind: 'task' | 'litigation';
}

/** Throws where a person was asked already after that step in this pass (the primary key): the transaction is then undone whole. */
export async function insertEnded(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  ended: readonly NewEnded[],
): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    insert into ended (company_id, receivable_id, pass, step_id, kind, ended_on)
    select ${companyId}::uuid, "receivableId", pass, "stepId", kind, ${today}::date
    from ${given(ended, { receivableId: 'uuid', pass: 'integer', stepId: 'uuid', kind: 'text' })}`.execute(tx);
}
