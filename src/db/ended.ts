// What comes after the last step, written: that it came, once in a pass, and the task that asks a person.
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

export interface TaskToDo {
  id: string;
  customerId: string;
  invoiceId: string;
  text: string;
}

/** Tasks of today, each for whoever is in charge of the customer and still in the company; else for whoever sees it. */
export async function insertTasks(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  by: string,
  tasks: readonly TaskToDo[],
): Promise<void> {
  if (tasks.length === 0) return;
  await sql`
    insert into task (company_id, id, customer_id, invoice_id, text, due_on, assigned_to, created_on, created_by)
    select ${companyId}::uuid, given.id, given."customerId", given."invoiceId", given.text, ${today}::date, m.user_id, ${today}::date, ${by}
    from ${given(tasks, { id: 'uuid', customerId: 'uuid', invoiceId: 'uuid', text: 'text' })}
    join customer c on c.company_id = ${companyId} and c.id = given."customerId"
    left join account.member m on m.company_id = c.company_id and m.user_id = c.in_charge_user_id`.execute(tx);
}
