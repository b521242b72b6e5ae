// The lists of the screens with 20,000 open invoices, against the plain SQL that reads what one page of each shows, as the owner
// of the tables (no row-level security) and without the application around it.
import { type RawBuilder, sql } from 'kysely';
import * as browse from '../../src/app/browse.ts';
import { companyStatus } from '../../src/app/company-status.ts';
import { deliverOutbox, makeWorker } from '../../src/app/deliver-outbox.ts';
import { browseTasks } from '../../src/app/keep-tasks.ts';
import { runDunning } from '../../src/app/run-dunning.ts';
import { median } from './run.ts';
import { type BenchWorld, benchWorld, fill, today } from './world.ts';

export interface ListFigures {
  name: string;
  oursMs: number;
  bareMs: number;
}

/** Both are asked in turns, so that what else the machine does meets both; the quick ones oftener. */
const rounds = { most: 100, least: 5, milliseconds: 3_000 };

export async function benchLists(open: number, due: number): Promise<ListFigures[]> {
  const world = await benchWorld();
  try {
    await fill(world, open, due);
    await runDunning(world.context, world.acting);
    await deliverOutbox(world.context, world.acting.companyId, makeWorker(noSender));
    await fillHistory(world);
    await fillRest(world);
    await sql`vacuum analyze`.execute(world.database.owner);
    const customer = await sql<{ id: string }>`select id from customer where number = 'C-17'`.execute(
      world.database.owner,
    );
    const figures: ListFigures[] = [];
    for (const [name, ours, bare] of listsOf(world, customer.rows[0]!.id)) {
      figures.push({ name, ...(await compare(ours, () => bare.execute(world.database.owner))) });
    }
    return figures;
  } finally {
    await world.close();
  }
}

const noSender = (): never => {
  throw new Error('in practice nothing is sent');
};

/** The middle of the rounds of both, in milliseconds, after one that is not counted. */
async function compare(ours: () => Promise<unknown>, bare: () => Promise<unknown>) {
  const times: [number, number][] = [];
  await ours();
  await bare();
  const started = performance.now();
  const enough = () => times.length >= rounds.least && performance.now() - started > rounds.milliseconds;
  while (times.length < rounds.most && !enough()) times.push([await timed(ours), await timed(bare)]);
  return { oursMs: median(times.map(([time]) => time)), bareMs: median(times.map(([, time]) => time)) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function listsOf(world: BenchWorld, customerId: string): [string, () => Promise<unknown>, RawBuilder<unknown>][] {
  const { context, acting } = world;
  const company = acting.companyId;
  const openInvoices = sql`invoice i join customer c on c.company_id = i.company_id and c.id = i.customer_id
    join (select invoice_id, min(due_on) as due_on, sum(open_minor) as open from receivable
      where company_id = ${company} and open_minor > 0 group by 1) o on o.invoice_id = i.id where i.company_id = ${company}`;
  // How far its first open instalment is, and the highest level that was sent.
  const standing = sql`left join lateral (select d.state, d.reason, d.next_on, n.level as next_level, n.name as next_step
      from receivable r join dunning_case d on d.company_id = r.company_id and d.receivable_id = r.id
      left join step n on n.company_id = d.company_id and n.id = d.next_step_id
      where r.company_id = i.company_id and r.invoice_id = i.id and r.open_minor > 0 order by r.due_on limit 1) s on true
    left join lateral (select max(p.level) as level from receivable r
      join item t on t.company_id = r.company_id and t.receivable_id = r.id and t.state = 'taken'
      join step p on p.company_id = t.company_id and p.id = t.step_id
      where r.company_id = i.company_id and r.invoice_id = i.id) l on true`;
  return [
    [
      'Factures, open, longest due first',
      () => browse.browseInvoices(context, acting, { state: 'open', order: 'due', limit: 50 }),
      sql`select i.*, c.name, o.* from ${openInvoices} order by o.due_on, i.id limit 50`,
    ],
    [
      'Factures, the newest first',
      () => browse.browseInvoices(context, acting, { limit: 50 }),
      sql`select i.*, c.name, o.*, s.*, l.level from (select * from invoice where company_id = ${company} order by id desc limit 50) i
        join customer c on c.company_id = i.company_id and c.id = i.customer_id
        left join lateral (select min(r.due_on) filter (where r.open_minor > 0), sum(r.open_minor) from receivable r
          where r.company_id = i.company_id and r.invoice_id = i.id) o on true ${standing} order by i.id desc`,
    ],
    [
      'Factures, overdue, the newest first',
      () => browse.browseInvoices(context, acting, { state: 'overdue', limit: 50 }),
      sql`select i.*, c.name, o.*, s.*, l.level from invoice i join customer c on c.company_id = i.company_id and c.id = i.customer_id
        join lateral (select min(r.due_on) as due_on, sum(r.open_minor) as open from receivable r
          where r.company_id = i.company_id and r.invoice_id = i.id and r.open_minor > 0) o on o.due_on < ${today}::date
        ${standing} where i.company_id = ${company} order by i.id desc limit 50`,
    ],
    [
      'Factures, their sum',
      () => browse.sumInvoices(context, acting, { state: 'open' }),
      sql`select i.currency, count(*), sum(o.open) from ${openInvoices} group by 1`,
    ],
    [
      'Factures, searched',
      () => browse.browseInvoices(context, acting, { state: 'open', order: 'due', search: 'client 17', limit: 50 }),
      sql`select i.*, c.name, o.* from ${openInvoices} and (lower(i.number) like '%client 17%' or lower(c.name) like '%client 17%')
        order by o.due_on, i.id limit 50`,
    ],
    [
      'Clients',
      () => browse.browseCustomers(context, acting, { limit: 50 }),
      sql`select c.*, o.* from (select * from customer where company_id = ${company} order by name, id limit 50) c
        left join lateral (select sum(r.open_minor), sum(r.open_minor) filter (where r.due_on < ${today}::date), count(*)
          from receivable r where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0) o on true
        order by c.name, c.id`,
    ],
    [
      'Clients, searched',
      () => browse.browseCustomers(context, acting, { search: 'client 17', limit: 50 }),
      sql`select c.*, o.* from (select * from customer where company_id = ${company}
            and (lower(name) like '%client 17%' or lower(number) like '%client 17%') order by name, id limit 50) c
        left join lateral (select sum(r.open_minor), sum(r.open_minor) filter (where r.due_on < ${today}::date), count(*)
          from receivable r where r.company_id = c.company_id and r.customer_id = c.id and r.open_minor > 0) o on true
        order by c.name, c.id`,
    ],
    [
      'À relancer, levels',
      () => browse.browseLevelsDue(context, acting),
      sql`select s.level, r.currency, count(distinct d.customer_id), count(distinct r.invoice_id), sum(r.open_minor)
        from dunning_case d join receivable r on r.company_id = d.company_id and r.id = d.receivable_id and r.open_minor > 0
        join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued'
        join step s on s.company_id = d.company_id and s.id = d.next_step_id
        where d.company_id = ${company} and d.state in ('waiting', 'active', 'held') group by 1, 2`,
    ],
    [
      'À relancer, customers',
      () => browse.browseCustomersDue(context, acting, { level: 1, limit: 50 }),
      sql`select c.id, c.name, json_agg(json_build_object('number', i.number, 'open', r.open_minor, 'due', r.due_on))
        from dunning_case d join receivable r on r.company_id = d.company_id and r.id = d.receivable_id and r.open_minor > 0
        join invoice i on i.company_id = r.company_id and i.id = r.invoice_id and i.status = 'issued'
        join step s on s.company_id = d.company_id and s.id = d.next_step_id and s.level = 1
        join customer c on c.company_id = d.company_id and c.id = d.customer_id
        where d.company_id = ${company} and d.state in ('waiting', 'active', 'held') group by 1, 2 order by 2, 1 limit 50`,
    ],
    [
      'À valider',
      () => browse.browseReminders(context, acting, { state: 'to_approve', limit: 50 }),
      reminders(company, sql`r.state = 'to_approve' and r.send_on <= ${today}::date`),
    ],
    [
      'Envois',
      () => browse.browseReminders(context, acting, { state: 'left', limit: 50 }),
      reminders(company, sql`r.state in ('sent', 'in_doubt')`),
    ],
    [
      'Paiements',
      () => browse.browsePayments(context, acting, { limit: 50 }),
      sql`select p.*, c.name from payment p join customer c on c.company_id = p.company_id and c.id = p.customer_id
        where p.company_id = ${company} order by p.id desc limit 50`,
    ],
    [
      'Tâches, to do',
      () => browseTasks(context, acting, { state: 'open', limit: 50 }),
      sql`select t.*, c.name, i.number, u.name, array(select r.invoice_id from receivable r
            join invoice n on n.company_id = r.company_id and n.id = r.invoice_id and n.status = 'issued'
            where r.company_id = t.company_id and r.customer_id = t.customer_id and r.open_minor > 0 and r.due_on < ${today}::date)
        from task t join customer c on c.company_id = t.company_id and c.id = t.customer_id
        left join invoice i on i.company_id = t.company_id and i.id = t.invoice_id
        left join account."user" u on u.id = t.assigned_to
        where t.company_id = ${company} and t.done_on is null order by t.due_on, t.id limit 50`,
    ],
    ...history(world, customerId),
    [
      'Aujourd’hui, figures',
      () => companyStatus(context, acting),
      sql`select currency, sum(open_minor), sum(open_minor) filter (where due_on < ${today}::date), count(distinct invoice_id),
          count(distinct customer_id) from receivable where company_id = ${company} and open_minor > 0 group by 1`,
    ],
  ];
}

function reminders(company: string, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select r.*, c.name, (select json_agg(n.number) from item t
      join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
      join invoice n on n.company_id = v.company_id and n.id = v.invoice_id
      where t.company_id = r.company_id and t.reminder_id = r.id)
    from reminder r join customer c on c.company_id = r.company_id and c.id = r.customer_id
    where r.company_id = ${company} and ${which} order by r.id desc limit 50`;
}

/** Half of the messages wait for approval; one payment for each open invoice, long allocated, and a task for each customer. */
async function fillRest({ database, acting }: BenchWorld): Promise<void> {
  const company = acting.companyId;
  const { owner } = database;
  await sql`update reminder set state = 'to_approve', left_on = null, left_at = null where get_byte(uuid_send(id), 15) % 2 = 0`.execute(
    owner,
  );
  await sql`insert into payment (company_id, id, customer_id, number, received_on, currency, amount_minor)
    select company_id, uuid_v7(), customer_id, 'P-' || number, ${today}::date - 700, currency, total_minor from invoice`.execute(
    owner,
  );
  await sql`update payment set unallocated_minor = 0`.execute(owner);
  await sql`insert into task (company_id, id, customer_id, text, due_on, created_on, created_by)
    select ${company}::uuid, uuid_v7(), id, 'Rappeler', ${today}::date, ${today}::date, 'bench' from customer`.execute(
    owner,
  );
}

/** Two hundred thousand events over two years, one in fifty a person's, one in a hundred of no customer. */
async function fillHistory({ database, acting }: BenchWorld): Promise<void> {
  const company = acting.companyId;
  const { owner } = database;
  await sql`create temp table told on commit preserve rows as
    select g, ('018' || lpad(to_hex(g), 9, '0') || '70008000' || lpad(to_hex(g), 12, '0'))::uuid as id,
      (select max(id::text)::uuid from customer where company_id = ${company} and number = 'C-' || (g % 2000 + 1)) as customer_id
    from generate_series(1, 200000) g`.execute(owner);
  await sql`insert into event (company_id, id, type, customer_id, actor, practice, happened_on, payload_hash)
    select ${company}::uuid, id, case when g % 100 = 0 then 'api-key.created' when g % 7 = 0 then 'payment.recorded' else 'reminder.planned' end,
      case when g % 100 <> 0 then customer_id end, case when g % 50 = 0 then 'person ' || g % 3 else 'system' end, true,
      ${today}::date - 730 + (g / 274), '\\x00' from told`.execute(owner);
  await sql`insert into event_payload (company_id, event_id, salt, payload)
    select ${company}::uuid, id, '\\x00', jsonb_build_object('amountMinor', g, 'name', 'Clé ' || g) from told`.execute(
    owner,
  );
}

function history(
  { context, acting }: BenchWorld,
  customerId: string,
): [string, () => Promise<unknown>, RawBuilder<unknown>][] {
  const company = acting.companyId;
  const bare = (where: RawBuilder<unknown>) => sql`
    select e.*, p.payload, c.name, u.name, k.name, (select json_agg(i.number) from item t
        join receivable v on v.company_id = t.company_id and v.id = t.receivable_id
        join invoice i on i.company_id = v.company_id and i.id = v.invoice_id
        where t.company_id = e.company_id and t.reminder_id = e.reminder_id)
    from event e left join event_payload p on p.company_id = e.company_id and p.event_id = e.id
    left join customer c on c.company_id = e.company_id and c.id = e.customer_id
    left join account."user" u on u.id = e.actor left join api_key k on k.company_id = e.company_id and 'key:' || k.id = e.actor
    where e.company_id = ${company} and ${where} order by e.id desc limit 50`;
  const ours = (filter: Parameters<typeof browse.browseCompanyHistory>[2]) => () =>
    browse.browseCompanyHistory(context, acting, filter);
  return [
    ['Historique', ours({ limit: 50 }), bare(sql`true`)],
    [
      'Historique, of one customer',
      () => browse.browseHistory(context, acting, { customerId, limit: 50 }),
      bare(sql`e.customer_id = ${customerId}`),
    ],
    [
      'Historique, a month of last year',
      ours({ from: '2025-03-01', until: '2025-03-31', limit: 50 }),
      bare(sql`e.happened_on between '2025-03-01' and '2025-03-31'`),
    ],
    ['Historique, of the company', ours({ kind: 'company', limit: 50 }), bare(sql`e.type = 'api-key.created'`)],
    ['Historique, money', ours({ kind: 'money', limit: 50 }), bare(sql`e.type = 'payment.recorded'`)],
    ['Historique, one person', ours({ actor: 'person 1', limit: 50 }), bare(sql`e.actor = 'person 1'`)],
    ['Historique, nobody’s', ours({ actor: 'person 9', limit: 50 }), bare(sql`e.actor = 'person 9'`)],
    [
      'Historique, searched',
      ours({ search: 'client 1777', limit: 50 }),
      bare(sql`(lower(c.name) like '%client 1777%' or lower(c.number) like '%client 1777%'
        or exists (select from invoice i where i.company_id = e.company_id and i.id = e.invoice_id and lower(i.number) like '%client 1777%')
        or (e.customer_id is null and lower(p.payload::text) like '%client 1777%'))`),
    ],
    [
      'Historique, its people',
      () => browse.browseActors(context, acting),
      sql`select distinct actor from event where company_id = ${company}`,
    ],
  ];
}
