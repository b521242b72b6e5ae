// Tasks as they are listed: those to do by their day, those done by the day on which they were.
import { type Kysely, sql } from 'kysely';
import type { Day } from '../core/day.ts';
import { keyOf, type ListPage, type PageRequest, page } from './paging.ts';
import type { Tables } from './tables.ts';

export interface TaskListRow {
  id: string;
  customerId: string;
  customerName: string;
  invoiceId: string | null;
  invoiceNumber: string | null;
  text: string;
  dueOn: Day;
  assignedTo: string | null;
  assignedName: string | null;
  doneOn: Day | null;
  /** The invoices that "relancer au niveau suivant" is about: its own, or its customer's overdue ones. */
  remindInvoiceIds: string[];
}

/** `until`: due on that day or before. Of an invoice, or of a customer with those of its invoices. */
export async function listTasks(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  request: PageRequest & {
    state: 'open' | 'done';
    until?: Day | undefined;
    customerId?: string | undefined;
    invoiceId?: string | undefined;
  },
): Promise<ListPage<TaskListRow>> {
  const { state, until, customerId, invoiceId } = request;
  const after = keyOf(request.cursor, 2);
  const open = state === 'open';
  const following = open
    ? after && sql`(t.due_on, t.id) > (${after[0]}::date, ${after[1]}::uuid)`
    : after && sql`(t.done_on, t.id) < (${after[0]}::date, ${after[1]}::uuid)`;
  // From what is open, which has an index, not from all invoices of years; and less what is not issued, which has one too.
  const owed = sql`receivable v where v.company_id = t.company_id and v.open_minor > 0
      and not exists (select from invoice n where n.company_id = v.company_id and n.customer_id = v.customer_id and n.id = v.invoice_id
        and n.status <> 'issued')
      and not exists (select from dispute d where d.company_id = v.company_id and d.invoice_id = v.invoice_id and d.closed_on is null)`;
  const found = await sql<TaskListRow>`
    select t.id, t.customer_id as "customerId", c.name as "customerName", t.invoice_id as "invoiceId", i.number as "invoiceNumber",
      t.text, t.due_on as "dueOn", t.assigned_to as "assignedTo", u.name as "assignedName", t.done_on as "doneOn",
      case when t.invoice_id is null
        then array(select v.invoice_id from ${owed} and v.customer_id = t.customer_id group by 1 having min(v.due_on) < ${today}::date
          order by min(v.due_on), 1 limit 200)
        else array(select distinct v.invoice_id from ${owed} and v.invoice_id = t.invoice_id)
      end as "remindInvoiceIds"
    from task t
    join customer c on c.company_id = t.company_id and c.id = t.customer_id
    left join invoice i on i.company_id = t.company_id and i.id = t.invoice_id
    left join account."user" u on u.id = t.assigned_to
    where t.company_id = ${companyId} and t.done_on is ${open ? sql`null` : sql`not null`}
      and ${until ? sql`t.due_on <= ${until}::date` : sql`true`}
      and ${customerId ? sql`t.customer_id = ${customerId}` : sql`true`}
      and ${invoiceId ? sql`t.invoice_id = ${invoiceId}` : sql`true`}
      and ${following ?? sql`true`}
    order by ${open ? sql`t.due_on, t.id` : sql`t.done_on desc, t.id desc`} limit ${request.limit + 1}`.execute(tx);
  return page(found.rows, request.limit, (row) => [row.doneOn ?? row.dueOn, row.id]);
}
