// Customers and their contacts from the stage into the domain. An empty cell says nothing: what is known stays.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { lockCustomersOfFile } from './import-stage.ts';
import { putInChargeAs } from './in-charge.ts';
import { forgetChosenRecipients } from './payer.ts';
import type { Tables } from './tables.ts';

type Tx = Kysely<Tables>;

export interface CustomerImport {
  companyId: string;
  headings: Record<string, string>;
}

/** Of a customer's own columns those that are called and shown in a preview as they stand. */
const plain = [
  'name',
  'kind',
  'category',
  'language',
  'street',
  'postcode',
  'city',
  'country',
  'notes',
  'phone',
] as const;
const agreed = ['payment_terms', 'salesperson_name', 'salesperson_email', 'forbidden_channels'] as const;
/** What a file says of the customer itself; who is in charge changes hands with what was asked of the one before. */
const written = [...plain, ...agreed];
const own = [...written, 'in_charge_user_id'];

/** The others by their fields in the file; `value` gives the JSON of a column. */
const agreedShown = (value: (name: string) => RawBuilder<unknown>) => sql`jsonb_build_object(
    'paymentTerms', ${value('payment_terms')}, 'salespersonName', ${value('salesperson_name')},
    'salespersonEmail', ${value('salesperson_email')}, 'emailAllowed', not (${value('forbidden_channels')}) ? 'email',
    'inCharge', (select u.name from account."user" u where u.id = (${value('in_charge_user_id')}) #>> '{}'))`;
const values = (alias: string) => sql.join(own.map((name) => sql.ref(`${alias}.${name}`)));

/**
 * Several rows of one customer are several contacts of it, where they agree on the customer itself. The table `judged` has
 * one row for each customer, the table `judged_contact` one for each address or named person. Answers how many rows are left alone because
 * their customer was merged into another.
 */
export async function judgeCustomers(tx: Tx, about: CustomerImport): Promise<number> {
  const { companyId, headings } = about;
  const leftAlone = await leaveMergedAlone(tx, companyId);
  await resolveMembers(tx, companyId, headings.inCharge);
  await refuseDisagreeing(tx, headings.number ?? headings.name!);
  if (headings.payer !== undefined) await judgePayers(tx, companyId, headings.payer);
  await sql`create temporary table judged on commit drop as
    select distinct on (s.number) s.*, c.id as customer_id, c.id is null as is_new, c.id is not null and
      (${sql.join(own.map((name) => sql`coalesce(s.${sql.ref(name)}, c.${sql.ref(name)})`))})
        is distinct from (${values('c')}) as head_changed,
      to_jsonb(c) as was
    from staged s left join customer c on c.company_id = ${companyId} and c.number = s.number
    where s.good and not exists (select from staged_fault f where f.row = s.row) order by s.number, s.row`.execute(tx);
  await sql`alter table judged add column payer_was text`.execute(tx);
  if (headings.payer !== undefined) await comparePayers(tx, companyId);
  await judgeContacts(tx, companyId);
  await sql`create index on judged (number)`.execute(tx);
  await sql`analyze judged`.execute(tx);
  return leftAlone;
}

/** Who paid before; where the file says somebody else, it changes the customer. */
async function comparePayers(tx: Tx, companyId: string): Promise<void> {
  await sql`update judged j set payer_was = p.number, head_changed = not j.is_new
        and (j.head_changed or (j.payer_number is not null and coalesce(n.merged_into_id, n.id) is distinct from c.payer_id))
    from judged s left join customer c on c.company_id = ${companyId} and c.id = s.customer_id
    left join customer p on p.company_id = ${companyId} and p.id = c.payer_id
    left join customer n on n.company_id = ${companyId} and n.number = s.payer_number
    where s.number = j.number`.execute(tx);
}

/** What a file says of one that was merged says nothing of the one that it was merged into: another name, perhaps, and another address. */
async function leaveMergedAlone(tx: Tx, companyId: string): Promise<number> {
  await sql`create temporary table staged_merged on commit drop as
    select s.row, s.number, m.name as into_name from staged s
    join customer c on c.company_id = ${companyId} and c.number = s.number
    join customer m on m.company_id = c.company_id and m.id = c.merged_into_id where s.good`.execute(tx);
  const left = await sql`delete from staged s using staged_merged m where m.row = s.row`.execute(tx);
  return Number(left.numAffectedRows ?? 0);
}

/** The first customers of the file that were left alone: 'C-2 → Atelier Brun'; null: none. */
export async function mergedLeftAlone(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ shown: string; more: boolean }>`
    select string_agg(number || ' → ' || into_name, ', ' order by number) filter (where place <= 5) as shown, max(place) > 5 as more
    from (select number, into_name, dense_rank() over (order by number) as place from staged_merged) m
    having count(*) > 0`.execute(tx);
  const [found] = rows;
  return found === undefined ? null : `${found.shown}${found.more ? ', …' : ''}`;
}

/** A payer is there, or comes with the file; it is another customer, and has no payer itself. */
async function judgePayers(tx: Tx, companyId: string, column: string): Promise<void> {
  const refuse = (code: string, named: 'number' | 'payer_number') => sql`insert into staged_fault
    select s.row, ${column}, left(s.payer_number, 100), ${code}, jsonb_build_object('number', left(s.${sql.ref(named)}, 100))
    from staged s left join customer c on c.company_id = ${companyId} and c.number = s.number
    left join customer y on y.company_id = ${companyId} and y.number = s.payer_number
    left join customer p on p.company_id = ${companyId} and p.id = case when y.merged_into_id is null then y.id else y.merged_into_id end
    where s.good and s.payer_number is not null and not exists (select from staged_fault f where f.row = s.row)`;
  await sql`${refuse('payer-is-itself', 'number')} and (s.payer_number = s.number or p.id = c.id)`.execute(tx);
  await sql`${refuse('payer-has-payer', 'payer_number')} and (p.payer_id is not null
    or s.payer_number in (select o.number from staged o where o.number is not null and o.payer_number is not null))`.execute(
    tx,
  );
  await sql`${refuse('pays-for-others', 'number')} and c.id in (
    select k.payer_id from customer k where k.company_id = ${companyId} and k.payer_id is not null)`.execute(tx);
  await sql`${refuse('payer-unknown', 'payer_number')} and p.id is null and not exists (
    select from staged o where o.number = s.payer_number and o.good
      and not exists (select from staged_fault f where f.row = o.row))`.execute(tx);
}

/** Who is in charge, by e-mail, else by name, among those who may act: a column beside what the file said. */
async function resolveMembers(tx: Tx, companyId: string, column: string | undefined): Promise<void> {
  await sql`alter table staged add column in_charge_user_id text`.execute(tx);
  if (column === undefined) return;
  await sql`create temporary table staged_member on commit drop as
    select n.said, min(u.id) as user_id, count(*) as how_many
    from (select distinct in_charge as said from staged where good and in_charge is not null) n
    join account.member m on m.company_id = ${companyId} and m.role <> 'reader'
    join account."user" u on u.id = m.user_id and (lower(u.email) = lower(n.said) or lower(u.name) = lower(n.said))
    group by 1`.execute(tx);
  await sql`insert into staged_fault
    select s.row, ${column}, left(s.in_charge, 100), case when k.how_many > 1 then 'member-ambiguous' else 'member-unknown' end,
      jsonb_build_object('name', left(s.in_charge, 100))
    from staged s left join staged_member k on k.said = s.in_charge
    where s.good and s.in_charge is not null and coalesce(k.how_many, 0) <> 1`.execute(tx);
  await sql`update staged s set in_charge_user_id = k.user_id from staged_member k
    where k.said = s.in_charge and k.how_many = 1`.execute(tx);
}

async function refuseDisagreeing(tx: Tx, column: string): Promise<void> {
  await sql`
    insert into staged_fault
    select s.row, ${column}, left(s.number, 100), 'duplicate-number',
      jsonb_build_object('number', left(s.number, 100), 'first', f.row)
    from (select number, min(row) as first from staged where number is not null group by 1 having count(*) > 1) t
    join staged s on s.number = t.number and s.row <> t.first and s.good join staged f on f.row = t.first
    where not f.good or (${values('s')}, s.payer_number) is distinct from (${values('f')}, f.payer_number)`.execute(tx);
}

/**
 * A contact is known by its address, else by its name. Where the customer has one contact of that role and the file gives one
 * address for it, the address replaces the former: a wrong address that stayed would go on receiving reminders.
 */
async function judgeContacts(tx: Tx, companyId: string): Promise<void> {
  await sql`create temporary table judged_contact on commit drop as
    with given as (
      select distinct on (s.number, e.email, case when e.email is null then s.contact_name end)
        s.row, s.number, c.id as customer_id, lower(e.email) as email, s.contact_name as name, s.role
      from staged s left join customer c on c.company_id = ${companyId} and c.number = s.number
      left join unnest(s.emails) as e (email) on true
      where s.good and (e.email is not null or s.contact_name is not null)
        and not exists (select from staged_fault f where f.row = s.row)
      order by s.number, e.email, case when e.email is null then s.contact_name end, s.row
    ), counted as (
      select *, count(*) over (partition by number, coalesce(role, 'main')) as of_role from given
    )
    select g.*, coalesce(same.id, sole.id) as contact_id
    from counted g
    left join lateral (
      select k.id from contact k where k.company_id = ${companyId} and k.customer_id = g.customer_id
        and (lower(k.email) = g.email or (g.email is null and k.name = g.name)) order by k.id limit 1
    ) same on true
    left join lateral (
      select (array_agg(k.id))[1] as id from contact k where k.company_id = ${companyId} and k.customer_id = g.customer_id
        and k.role = coalesce(g.role, 'main') and g.of_role = 1 and g.email is not null having count(*) = 1
    ) sole on same.id is null`.execute(tx);
  await sql`create index on judged_contact (number)`.execute(tx);
  await sql`analyze judged_contact`.execute(tx);
  await sql`alter table judged_contact add column changed boolean not null default false`.execute(tx);
  await sql`update judged_contact j set changed = true from contact k
    where k.company_id = ${companyId} and k.id = j.contact_id and (coalesce(j.email, k.email),
      coalesce(j.name, k.name), coalesce(j.role, k.role)) is distinct from (lower(k.email), k.name, k.role)`.execute(
    tx,
  );
  await sql`update judged_contact set changed = true where contact_id is null and customer_id is not null`.execute(tx);
}

const changedSql = sql`(j.head_changed or exists (select from judged_contact k where k.number = j.number and k.changed))`;

/** Rows of the file, not customers: a customer's further rows follow its first. */
export async function countCustomers(tx: Tx): Promise<{ created: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ created: number; changed: number; unchanged: number }>`
    with fate as (select j.number, j.is_new, not j.is_new and ${changedSql} as changed from judged j)
    select count(*) filter (where is_new)::int as created, count(*) filter (where changed)::int as changed,
      count(*) filter (where not is_new and not changed)::int as unchanged
    from staged s join fate using (number)
    where s.good and not exists (select from staged_fault f where f.row = s.row)`.execute(tx);
  return rows[0]!;
}

export async function customerDifferences(tx: Tx, most: number) {
  const becomes = (name: string) => sql`coalesce(to_jsonb(j.${sql.ref(name)}), j.was -> ${sql.lit(name)})`;
  const was = (name: string) => sql`j.was -> ${sql.lit(name)}`;
  const { rows } = await sql<{
    row: number;
    number: string;
    was: Record<string, unknown>;
    is: Record<string, unknown>;
  }>`
    select j.row, j.number,
      j.was || ${agreedShown(was)} || jsonb_build_object('email', (select string_agg(coalesce(c.email, c.name), ', ' order by c.id)
        from judged_contact k join contact c on c.id = k.contact_id where k.number = j.number and k.changed), 'payer', j.payer_was) as was,
      jsonb_build_object(${sql.join(plain.flatMap((name) => [sql.lit(name), becomes(name)]))}) || ${agreedShown(becomes)} || jsonb_build_object('payer', coalesce(j.payer_number, j.payer_was), 'email', (select string_agg(coalesce(k.email, k.name), ', ')
        from judged_contact k where k.number = j.number and k.changed)) as is
    from judged j where not j.is_new and ${changedSql} order by j.row limit ${most}`.execute(tx);
  return rows;
}

export function lockJudgedCustomers(tx: Tx, companyId: string): Promise<void> {
  return lockCustomersOfFile(
    tx,
    companyId,
    // Those that they pay for too: they are written to at the addresses that the file may change. And their payers.
    sql`with named as (
        select k.id from staged s join customer k on k.company_id = ${companyId} and k.number = s.number
        union select k.id from staged s join customer k on k.company_id = ${companyId} and k.number = s.payer_number
      ) select id from named union select d.id from customer d join named n on d.company_id = ${companyId} and d.payer_id = n.id`,
  );
}

/** Of the customers of the file those of whom something else is said, and all for whom they pay. */
const concerned = (companyId: string) => sql`(
    select j.customer_id as id from judged j where not j.is_new and ${changedSql}
    union select d.id from judged j join customer d on d.company_id = ${companyId} and d.payer_id = j.customer_id
      where not j.is_new and ${changedSql})`;

export async function writeCustomers(tx: Tx, companyId: string, today: string): Promise<void> {
  await sql`insert into customer (company_id, id, number, name, kind, category, language, street, postcode, city, country,
      notes, phone, payment_terms, salesperson_name, salesperson_email, forbidden_channels, in_charge_user_id)
    select ${companyId}, uuid_v7(), number, coalesce(name, number), coalesce(kind, 'business'), category, language, street,
      postcode, city, country, coalesce(notes, ''), phone, payment_terms, salesperson_name, salesperson_email,
      coalesce(forbidden_channels, '{}'), in_charge_user_id from judged where is_new order by row`.execute(tx);
  const set = sql.join(written.map((name) => sql`${sql.ref(name)} = coalesce(j.${sql.ref(name)}, c.${sql.ref(name)})`));
  await sql`update customer c set ${set} from judged j
    where j.head_changed and c.company_id = ${companyId} and c.id = j.customer_id`.execute(tx);
  await putInChargeAs(
    tx,
    companyId,
    sql`select customer_id as id, in_charge_user_id as user_id from judged where not is_new and in_charge_user_id is not null`,
  );
  await writePayers(tx, companyId);
  await sql`update contact k set email = coalesce(j.email, k.email), name = coalesce(j.name, k.name),
      role = coalesce(j.role, k.role)
    from judged_contact j where j.changed and k.company_id = ${companyId} and k.id = j.contact_id`.execute(tx);
  await sql`insert into contact (company_id, id, customer_id, role, name, email)
    select ${companyId}, uuid_v7(), c.id, coalesce(j.role, 'main'), coalesce(j.name, ''), j.email
    from judged_contact j join customer c on c.company_id = ${companyId} and c.number = j.number
    where j.contact_id is null order by j.row`.execute(tx);
  await sql`update dunning_case d set look_on = ${today}::date
    where d.company_id = ${companyId} and d.state <> 'ended' and d.look_on is distinct from ${today}::date
      and d.customer_id in ${concerned(companyId)}`.execute(tx);
}

async function writePayers(tx: Tx, companyId: string): Promise<void> {
  const changed = await sql<{ id: string }>`
    update customer c set payer_id = coalesce(p.merged_into_id, p.id)
    from judged j join customer p on p.company_id = ${companyId} and p.number = j.payer_number
    where c.company_id = ${companyId} and c.number = j.number and c.payer_id is distinct from coalesce(p.merged_into_id, p.id)
    returning c.id`.execute(tx);
  await forgetChosenRecipients(
    tx,
    companyId,
    changed.rows.map(({ id }) => id),
  );
}

/** After writing: those whose messages may go to other people now, and that have one that waits. */
export async function customersToReaddress(tx: Tx, companyId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct r.customer_id as id from reminder r
    where r.company_id = ${companyId} and r.state in ('to_approve', 'ready') and r.customer_id in ${concerned(companyId)}
    order by 1`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Those that were made, and those of whom something else was said, by identifier after one. */
export async function customersWritten(
  tx: Tx,
  companyId: string,
  after: string | null,
  limit: number,
): Promise<{ id: string; isNew: boolean }[]> {
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    select c.id, j.is_new as "isNew" from judged j join customer c on c.company_id = ${companyId} and c.number = j.number
    where (j.is_new or j.head_changed) and (${after}::uuid is null or c.id > ${after}::uuid)
    order by c.id limit ${limit}`.execute(tx);
  return rows;
}
