// Reminders as lists show them, newest first.
import { sql } from 'kysely';
import { type Acting, type Context, forCompany } from '../../app/context.ts';
import type { Reason } from '../../core/reason.ts';
import { after, type Page, type PageQuery, pageOf } from './page.ts';

export interface ReminderRow {
  id: string;
  customerId: string;
  customerName: string;
  customerNumber: string;
  level: number;
  stepName: string | null;
  formalNotice: boolean;
  state: 'to_approve' | 'ready' | 'sending' | 'sent' | 'in_doubt' | 'failed' | 'dropped' | 'refused';
  practice: boolean;
  byHand: boolean;
  plannedOn: string;
  sendOn: string;
  leftOn: string | null;
  leftAt: string | null;
  currency: string;
  askedMinor: number | null;
  to: string[];
  invoices: { id: string; number: string; dueOn: string | null }[];
  reason: Reason | null;
}

export type ReminderGroup = 'to_approve' | 'waiting' | 'left' | 'problems' | 'all';

const groups: Record<ReminderGroup, ReturnType<typeof sql>> = {
  all: sql``,
  to_approve: sql`and m.state = 'to_approve'`,
  waiting: sql`and m.state in ('ready', 'sending')`,
  left: sql`and m.left_on is not null`,
  problems: sql`and m.state in ('in_doubt', 'failed')`,
};

interface Filter {
  state: ReminderGroup;
  customerId?: string | undefined;
  invoiceId?: string | undefined;
}

export function listReminders(context: Context, acting: Acting, query: PageQuery & Filter): Promise<Page<ReminderRow>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const ofCustomer = query.customerId === undefined ? sql`` : sql`and m.customer_id = ${query.customerId}`;
    const ofInvoice =
      query.invoiceId === undefined
        ? sql``
        : sql`and exists (select from item x join receivable r on r.company_id = x.company_id and r.id = x.receivable_id
            where x.company_id = m.company_id and x.reminder_id = m.id and r.invoice_id = ${query.invoiceId})`;
    const start = after(query.cursor, 'descending', [{ name: 'm.id', type: 'uuid' }]);
    const { rows } = await sql<ReminderRow & { leftAt: Date | null }>`
      select m.id, m.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber", m.level,
        s.name as "stepName", coalesce(s.formal_notice, false) as "formalNotice", m.state, m.practice, m.by_hand as "byHand",
        m.planned_on as "plannedOn", m.send_on as "sendOn", m.left_on as "leftOn", m.left_at as "leftAt", m.currency,
        m.asked_minor as "askedMinor", m.recipients -> 'to' as "to", m.reason,
        coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number, 'dueOn', r.due_on) order by r.due_on, i.number)
          from item x
          join receivable r on r.company_id = x.company_id and r.id = x.receivable_id
          join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
          where x.company_id = m.company_id and x.reminder_id = m.id and x.state <> 'dropped'), '[]'::jsonb) as invoices
      from reminder m
      join customer c on c.company_id = m.company_id and c.id = m.customer_id
      left join step s on s.company_id = m.company_id and s.id = m.step_id
      where m.company_id = ${company.id} ${groups[query.state]} ${ofCustomer} ${ofInvoice} ${start}
      order by m.id desc limit ${query.limit + 1}`.execute(tx);
    const shown = rows.map((row) => ({ ...row, leftAt: row.leftAt?.toISOString() ?? null }));
    return pageOf(shown, query.limit, (row) => [row.id]);
  });
}
