// Promises to pay: those that a plan looks at, with what came in for them; made, ended, listed.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { addDays, type Day } from '../core/day.ts';
import type { PromiseFact } from '../core/facts.ts';
import { given } from './given.ts';
import { keyOf, type ListPage, oneMoreThan, type PageRequest, page } from './paging.ts';
import type { Amount, Row, Tables } from './tables.ts';

/** How long a broken promise is still found kept, when it shows late that the money had come in time. */
const foundKeptWithinDays = 60;

interface PromiseRow {
  id: string;
  customer_id: string;
  invoice_id: string | null;
  promised_on: Day;
  amount_minor: number | null;
  currency: string | null;
  ended_how: PromiseFact['ended'];
  invoice_ids: string[];
  received_minor: number;
  unallocated_minor: number;
  late: Record<string, number>;
  instalments: PromiseFact['instalments'] | null;
  late_credits: Record<string, number>;
}

/**
 * By customer: the promises that run, those that were kept and whose day is to come, and those broken not long ago. What came in counts
 * from the day on which it was received, whenever it was entered; what was paid before a promise was made is no part of it.
 */
export async function readPromises(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  customerIds: readonly string[],
): Promise<Map<string, PromiseFact[]>> {
  // Most have none, and to plan this statement takes longer than what most others do.
  if (customerIds.length === 0) return new Map();
  const onTheDay = sql`p.promised_on`;
  const found = await sql<PromiseRow>`
    select p.id, p.customer_id, p.invoice_id, p.promised_on, p.amount_minor, p.currency, p.ended_how,
      array(select n.invoice_id from promised_invoice n join invoice i on i.company_id = n.company_id and i.id = n.invoice_id
        where n.company_id = p.company_id and n.promise_id = p.id and i.status = 'issued' order by 1) as invoice_ids,
      ${receivedBy(onTheDay)} as received_minor, ${unallocatedBy(onTheDay)} as unallocated_minor,
      (select json_agg(json_build_object('dueOn', s.due_on, 'minor', s.amount_minor,
          'receivedMinor', ${receivedBy(sql`s.due_on`)}, 'unallocatedMinor', ${unallocatedBy(sql`s.due_on`)}) order by s.due_on)
        from promise_instalment s where s.company_id = p.company_id and s.promise_id = p.id) as instalments,
      coalesce((select json_object_agg(late.invoice_id, late.minor) from (
        select r.invoice_id, sum(a.amount_minor) as minor from promised_invoice n
        join receivable r on r.company_id = n.company_id and r.invoice_id = n.invoice_id
        join allocation a on a.company_id = r.company_id and a.receivable_id = r.id
        left join payment y on y.company_id = a.company_id and y.id = a.payment_id
        left join invoice k on k.company_id = a.company_id and k.id = a.credit_note_id
        where n.company_id = p.company_id and n.promise_id = p.id and coalesce(y.received_on, k.issued_on) > p.promised_on group by 1
      ) late), '{}') as late,
      coalesce((select json_object_agg(late.currency, late.minor) from (
        select free.currency, sum(free.minor) as minor from (
          select y.currency, y.unallocated_minor as minor from payment y
            where y.company_id = p.company_id and y.customer_id = p.customer_id and y.returned_on is null
              and y.unallocated_minor > 0 and y.received_on > p.promised_on
          union all
          select k.currency, k.unallocated_minor from invoice k
            where k.company_id = p.company_id and k.customer_id = p.customer_id and k.type = 'credit_note' and k.status = 'issued'
              and k.unallocated_minor > 0 and k.issued_on > p.promised_on
        ) free group by 1
      ) late), '{}') as late_credits
    from promise p
    where p.company_id = ${companyId} and p.customer_id = any(${customerIds}::uuid[])
      and ${isLookedAt(today)}
    order by p.id`.execute(tx);
  return Map.groupBy(found.rows.map(toFact), (one) => one.customerId);
}

/** Of payment y: that it came in for promise p by that day. */
const inTimeBy = (day: RawBuilder<unknown>) => sql`y.company_id = p.company_id and y.currency = p.currency
  and y.received_on between p.made_on and ${day}`;

/** Of promise p, where an amount was promised: what of the payments, whoever paid, by that day went to what it is about, and to what was claimed beside. */
const receivedBy = (day: RawBuilder<unknown>) => sql<number>`(case when p.amount_minor is null then 0 else
  coalesce((select sum(a.amount_minor) from promised_invoice n
    join receivable r on r.company_id = n.company_id and r.invoice_id = n.invoice_id
    join allocation a on a.company_id = r.company_id and a.receivable_id = r.id
    join payment y on y.id = a.payment_id and ${inTimeBy(day)}
    where n.company_id = p.company_id and n.promise_id = p.id and a.created_at > p.made_at), 0)
  + coalesce((select sum(a.amount_minor) from promised_invoice n
    join charge c on c.company_id = n.company_id and c.invoice_id = n.invoice_id
    join allocation a on a.company_id = c.company_id and a.charge_id = c.id
    join payment y on y.id = a.payment_id and ${inTimeBy(day)}
    where n.company_id = p.company_id and n.promise_id = p.id and a.created_at > p.made_at), 0)
  end)::bigint`;

/** And what of them is allocated to nothing. */
const unallocatedBy = (day: RawBuilder<unknown>) => sql<number>`(case when p.amount_minor is null then 0
  else coalesce((select sum(y.unallocated_minor) from payment y
    where ${inTimeBy(day)} and y.customer_id = p.customer_id and y.returned_on is null and y.unallocated_minor > 0 and y.created_at > p.made_at), 0)
  end)::bigint`;

/** Of promise p: whether it can still hold something back, or be ended. */
export const isLookedAt = (
  today: Day,
) => sql`(p.ended_how is null or (p.ended_how = 'kept' and p.promised_on >= ${today}::date)
    or (p.ended_how = 'broken' and p.promised_on >= ${addDays(today, -foundKeptWithinDays)}::date))`;

function toFact(row: PromiseRow): PromiseFact & { customerId: string } {
  const { amount_minor: minor, currency } = row;
  return {
    id: row.id,
    customerId: row.customer_id,
    invoiceId: row.invoice_id,
    invoiceIds: row.invoice_ids,
    promisedOn: row.promised_on,
    amount: minor === null || currency === null ? null : { currency, minor },
    ended: row.ended_how,
    receivedMinor: row.received_minor,
    unallocatedMinor: row.unallocated_minor,
    lateMinor: row.late,
    instalments: row.instalments ?? [],
    lateCredits: row.late_credits,
  };
}

/** What may be promised today, by invoice: issued and not settled; of one invoice, or all of the customer's. */
export async function openToPromise(
  tx: Kysely<Tables>,
  companyId: string,
  { customerId, invoiceId }: { customerId: string; invoiceId: string | null },
): Promise<{ invoiceId: string; currency: string; openMinor: number }[]> {
  const found = await sql<{ invoiceId: string; currency: string; openMinor: number }>`
    select r.invoice_id as "invoiceId", r.currency, sum(r.open_minor)::bigint as "openMinor"
    from receivable r join invoice i on i.company_id = r.company_id and i.id = r.invoice_id
    where r.company_id = ${companyId} and r.customer_id = ${customerId} and r.open_minor > 0 and i.status = 'issued'
      and (${invoiceId}::uuid is null or r.invoice_id = ${invoiceId}::uuid)
    group by 1, 2 order by 1`.execute(tx);
  return found.rows;
}

/** Of these customers, those with a promise that money could still keep. */
export async function customersWithPromises(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  customerIds: readonly string[],
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct p.customer_id as id from promise p
    where p.company_id = ${companyId} and p.customer_id = any(${customerIds}::uuid[]) and ${isLookedAt(today)} order by 1`.execute(
    tx,
  );
  return found.rows.map(({ id }) => id);
}

/** Minor units of the promise's currency. */
export interface PromisedPart {
  dueOn: Day;
  minor: number;
}

export interface NewPromise {
  id: string;
  customerId: string;
  invoiceId: string | null;
  promisedOn: Day;
  amount: Amount | null;
  /** Of a payment plan, the earliest first. */
  instalments: readonly PromisedPart[];
  said: string;
  madeOn: Day;
  madeBy: string;
  invoiceIds: readonly string[];
}

export async function insertPromise(tx: Kysely<Tables>, companyId: string, made: NewPromise): Promise<void> {
  await tx
    .insertInto('promise')
    .values({
      company_id: companyId,
      id: made.id,
      customer_id: made.customerId,
      invoice_id: made.invoiceId,
      promised_on: made.promisedOn,
      next_on: made.instalments[0]?.dueOn ?? made.promisedOn,
      amount_minor: made.amount?.minor ?? null,
      currency: made.amount?.currency ?? null,
      said: made.said,
      made_on: made.madeOn,
      made_by: made.madeBy,
    })
    .execute();
  await tx
    .insertInto('promised_invoice')
    .values(made.invoiceIds.map((invoice_id) => ({ company_id: companyId, promise_id: made.id, invoice_id })))
    .execute();
  if (made.instalments.length === 0) return;
  const ofPromise = { company_id: companyId, promise_id: made.id };
  await tx
    .insertInto('promise_instalment')
    .values(made.instalments.map(({ dueOn: due_on, minor: amount_minor }) => ({ ...ofPromise, due_on, amount_minor })))
    .execute();
}

/** Payment plans that run, also those that were ended as broken: the day after which each is judged next. Lock their customers first. */
export async function goOnWith(
  tx: Kysely<Tables>,
  companyId: string,
  plans: readonly { id: string; nextOn: Day }[],
): Promise<void> {
  if (plans.length === 0) return;
  await sql`
    update promise p set next_on = given."nextOn", ended_on = null, ended_how = null, task_id = null
    from ${given(plans, { id: 'uuid', nextOn: 'date' })}
    where p.company_id = ${companyId} and p.id = given.id
      and (p.next_on <> given."nextOn" or p.ended_how is not null)`.execute(tx);
}

/**
 * Ends what runs of the customer and a new promise takes the place of: about all of the customer, every one; about one invoice, that of
 * the invoice, which also leaves those about the whole customer. Answers which ended. Lock the customer first.
 */
export async function replacePromises(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  { customerId, invoiceId }: { customerId: string; invoiceId: string | null },
): Promise<Row<'promise'>[]> {
  if (invoiceId !== null)
    await sql`
      delete from promised_invoice n using promise p
      where n.company_id = ${companyId} and n.invoice_id = ${invoiceId} and p.company_id = n.company_id and p.id = n.promise_id
        and p.invoice_id is null and p.ended_on is null`.execute(tx);
  return tx
    .updateTable('promise as p')
    .set({ ended_on: today, ended_how: 'replaced' })
    .where('p.company_id', '=', companyId)
    .where('p.customer_id', '=', customerId)
    .where('p.ended_on', 'is', null)
    .$if(invoiceId !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb('p.invoice_id', '=', invoiceId),
          eb.not(
            eb.exists(
              eb
                .selectFrom('promised_invoice as n')
                .select('n.invoice_id')
                .whereRef('n.company_id', '=', 'p.company_id')
                .whereRef('n.promise_id', '=', 'p.id'),
            ),
          ),
        ]),
      ),
    )
    .returningAll()
    .execute();
}

export interface EndedPromise {
  id: string;
  how: 'kept' | 'broken' | 'withdrawn';
  /** With which somebody is told. */
  taskId: string | null;
}

/** Lock their customers first. */
export async function endThese(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  ended: readonly EndedPromise[],
): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    update promise p set ended_on = ${today}::date, ended_how = given.how, task_id = given."taskId"
    from ${given(ended, { id: 'uuid', how: 'text', taskId: 'uuid' })}
    where p.company_id = ${companyId} and p.id = given.id`.execute(tx);
}

/** Withdraws each promise of the company that could still have an effect; answers them. */
export async function withdrawEvery(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  reason: string,
): Promise<Row<'promise'>[]> {
  const withdrawn = await sql<Row<'promise'>>`
    update promise p set ended_on = ${today}::date, ended_how = 'withdrawn', reason = ${reason}, task_id = null
    where p.company_id = ${companyId} and ${isLookedAt(today)} returning p.*`.execute(tx);
  return withdrawn.rows;
}

/** Takes away the tasks, not done yet, that told of these broken promises; answers them. */
export async function removeTasksOf(
  tx: Kysely<Tables>,
  companyId: string,
  promiseIds: readonly string[],
): Promise<Pick<Row<'task'>, 'customer_id' | 'invoice_id' | 'text' | 'due_on'>[]> {
  if (promiseIds.length === 0) return [];
  const removed = await sql<Pick<Row<'task'>, 'customer_id' | 'invoice_id' | 'text' | 'due_on'>>`
    delete from task t using promise p
    where p.company_id = ${companyId} and p.id = any(${promiseIds}::uuid[]) and t.company_id = p.company_id and t.id = p.task_id
      and t.done_on is null
    returning t.customer_id, t.invoice_id, t.text, t.due_on`.execute(tx);
  return removed.rows;
}

export interface PromiseListRow {
  id: string;
  customerId: string;
  customerName: string;
  invoiceId: string | null;
  invoiceNumber: string | null;
  /** How many invoices it is about. */
  invoices: number;
  promisedOn: Day;
  amount: Amount | null;
  /** Of a payment plan; `paidMinor`: what of the one was covered by its day, or is so far. */
  instalments: (PromisedPart & { paidMinor: number })[];
  /** The next day on which money is expected. */
  nextOn: Day;
  /** What is open now of what it is about, each currency apart. */
  open: Amount[];
  said: string;
  madeOn: Day;
  state: 'running' | 'kept' | 'broken' | 'replaced' | 'withdrawn';
  endedOn: Day | null;
  reason: string | null;
}

/** Which of them: those of today; those whose day is past, unpaid, and with which nobody has dealt yet; all. */
export type PromisesShown = 'today' | 'overdue' | 'all';

/** Of one invoice those that are about it, also among others. Those of a day and before it by their day, all the newest first. */
export async function listPromises(
  tx: Kysely<Tables>,
  companyId: string,
  today: Day,
  request: PageRequest & { which: PromisesShown; customerId?: string | undefined; invoiceId?: string | undefined },
): Promise<ListPage<PromiseListRow>> {
  const { which, customerId, invoiceId } = request;
  const after = keyOf(request.cursor, 2);
  const all = which === 'all';
  const following = all
    ? after && sql`(p.made_on, p.id) < (${after[0]}::date, ${after[1]}::uuid)`
    : after && sql`(p.next_on, p.id) > (${after[0]}::date, ${after[1]}::uuid)`;
  const promised = sql`promised_invoice n
      join receivable r on r.company_id = n.company_id and r.invoice_id = n.invoice_id
      join invoice v on v.company_id = n.company_id and v.id = n.invoice_id
      where n.company_id = p.company_id and n.promise_id = p.id and v.status = 'issued' and r.open_minor > 0`;
  const found = await sql<PromiseListRow>`
    select p.id, p.customer_id as "customerId", c.name as "customerName", p.invoice_id as "invoiceId", i.number as "invoiceNumber",
      (select count(*) from promised_invoice n where n.company_id = p.company_id and n.promise_id = p.id) as invoices,
      p.promised_on as "promisedOn",
      case when p.amount_minor is not null then json_build_object('currency', p.currency, 'minor', p.amount_minor) end as amount,
      coalesce((select json_agg(json_build_object('currency', o.currency, 'minor', o.minor) order by o.currency) from (
        select r.currency, sum(r.open_minor) as minor from ${promised} group by 1) o), '[]') as open,
      p.next_on as "nextOn",
      coalesce((select json_agg(json_build_object('dueOn', s.due_on, 'minor', s.amount_minor, 'paidMinor',
          least(s.amount_minor, greatest(0, ${receivedBy(sql`s.due_on`)} + ${unallocatedBy(sql`s.due_on`)} - s.before))) order by s.due_on)
        from (select due_on, amount_minor, sum(amount_minor) over (order by due_on) - amount_minor as before from promise_instalment t
          where t.company_id = p.company_id and t.promise_id = p.id) s), '[]') as instalments,
      p.said, p.made_on as "madeOn", coalesce(p.ended_how, 'running') as state, p.ended_on as "endedOn", p.reason
    from promise p
    join customer c on c.company_id = p.company_id and c.id = p.customer_id
    left join invoice i on i.company_id = p.company_id and i.id = p.invoice_id
    where p.company_id = ${companyId} and ${whichOf(which, today, sql`exists (select from ${promised})`)}
      and ${customerId ? sql`p.customer_id = ${customerId}` : sql`true`}
      and ${invoiceId ? sql`p.id in (select n.promise_id from promised_invoice n where n.company_id = ${companyId} and n.invoice_id = ${invoiceId})` : sql`true`}
      and ${following ?? sql`true`}
    order by ${all ? sql`p.made_on desc, p.id desc` : sql`p.next_on, p.id`} limit ${oneMoreThan(request)}`.execute(tx);
  return page(found.rows, request.limit, (row) => [all ? row.madeOn : row.nextOn, row.id]);
}

function whichOf(which: PromisesShown, today: Day, isOwed: ReturnType<typeof sql>): ReturnType<typeof sql> {
  switch (which) {
    case 'all':
      return sql`true`;
    case 'today':
      return sql`p.ended_on is null and p.next_on = ${today}::date`;
    case 'overdue':
      // Whoever does its task, or notes another promise, has dealt with it.
      return sql`(p.ended_on is null and p.next_on < ${today}::date or p.ended_how = 'broken'
          and exists (select from task t where t.company_id = p.company_id and t.id = p.task_id and t.done_on is null)
          and not exists (select from promise s where s.company_id = p.company_id and s.customer_id = p.customer_id and s.ended_on is null
            and (s.invoice_id is null or s.invoice_id = p.invoice_id)))
        and ${isOwed}`;
  }
}
