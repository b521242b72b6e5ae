// Where a file waits while it is read: temporary tables of the transaction, gone at its end. Rows and faults come in
// batches as JSON, so the memory used does not follow the size of the file.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ImportKind, StagedRow } from '../core/import.ts';
import type { RowError } from '../core/words-import.ts';
import { notBegun } from './reminder.ts';
import type { Tables } from './tables.ts';

type Tx = Kysely<Tables>;

/** The columns of a staged row: its key in the record, its name and its type here. */
const common = [
  ['row', 'row', 'integer'],
  ['good', 'good', 'boolean'],
  ['number', 'number', 'text collate "C"'],
  ['source', 'source', 'text collate "C"'],
] as const;

const byKind: Record<ImportKind, readonly (readonly [string, string, string])[]> = {
  invoices: [
    ['instalment', 'instalment', 'integer'],
    ['customerNumber', 'customer_number', 'text collate "C"'],
    ['customerName', 'customer_name', 'text'],
    ['emails', 'emails', 'text[]'],
    ['type', 'type', 'text'],
    ['status', 'status', 'text'],
    ['issuedOn', 'issued_on', 'date'],
    ['dueOn', 'due_on', 'date'],
    ['currency', 'currency', 'text collate "C"'],
    ['totalMinor', 'total_minor', 'bigint'],
    ['openMinor', 'still_open_minor', 'bigint'],
    ['paymentMethod', 'payment_method', 'text'],
    ['directDebit', 'direct_debit', 'boolean'],
    ['orderReference', 'order_reference', 'text'],
  ],
  customers: [
    ['name', 'name', 'text'],
    ['kind', 'kind', 'text'],
    ['category', 'category', 'text'],
    ['language', 'language', 'text collate "C"'],
    ['contactName', 'contact_name', 'text'],
    ['emails', 'emails', 'text[]'],
    ['role', 'role', 'text'],
    ['phone', 'phone', 'text'],
    ['street', 'street', 'text'],
    ['postcode', 'postcode', 'text'],
    ['city', 'city', 'text'],
    ['country', 'country', 'text collate "C"'],
    ['paymentTerms', 'payment_terms', 'jsonb'],
    ['inCharge', 'in_charge', 'text'],
    ['salespersonName', 'salesperson_name', 'text'],
    ['salespersonEmail', 'salesperson_email', 'text'],
    ['forbiddenChannels', 'forbidden_channels', 'text[]'],
    ['payerNumber', 'payer_number', 'text collate "C"'],
    ['notes', 'notes', 'text'],
  ],
  payments: [
    ['digest', 'digest', 'text collate "C"'],
    ['customerNumber', 'customer_number', 'text collate "C"'],
    ['customerName', 'customer_name', 'text'],
    ['invoices', 'invoices', 'text[]'],
    ['receivedOn', 'received_on', 'date'],
    ['amountMinor', 'amount_minor', 'bigint'],
    ['currency', 'currency', 'text collate "C"'],
    ['label', 'label', 'text'],
  ],
};

const columnsOf = (kind: ImportKind) => [...common, ...byKind[kind]];

/** The staged columns that say what a row means, without where it stands: two rows alike in these say the same. */
function contentOf(kind: ImportKind, alias: string): RawBuilder<unknown> {
  const names = byKind[kind].map(([, name]) => sql.ref(`${alias}.${name}`));
  return sql`(${sql.join([sql.ref(`${alias}.source`), ...names])})`;
}

export async function createStage(tx: Tx, kind: ImportKind): Promise<void> {
  const columns = columnsOf(kind).map(([, name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`);
  await sql`create temporary table staged (${sql.join(columns)}) on commit drop`.execute(tx);
  await sql`create temporary table staged_fault (row integer not null, column_name text, value text, code text not null,
    parameters jsonb not null) on commit drop`.execute(tx);
}

/** Adds a batch of rows; faulty ones come with what is known of them, so that their kin can be told. */
export async function stageRows(tx: Tx, kind: ImportKind, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsOf(kind);
  const fields = columns.map(([key, , type]) => sql`${sql.ref(key)} ${sql.raw(type.replace(/ collate.*/, ''))}`);
  await sql`insert into staged select * from json_to_recordset(${JSON.stringify(rows)}::json) as
    r (${sql.join(fields)})`.execute(tx);
}

export async function stageFaults(tx: Tx, errors: readonly RowError[]): Promise<void> {
  if (errors.length === 0) return;
  await sql`insert into staged_fault select "row", "column", value, code, "with" from
    json_to_recordset(${JSON.stringify(errors)}::json) as
    f ("row" integer, "column" text, value text, code text, "with" jsonb)`.execute(tx);
}

/** From so many rows on, looking each up in turn costs more than one pass over what is there. */
const manyRows = 1000;

/**
 * Once all is staged: the planner is told how much there is. Of the domain's tables its figures may be stale (a company's first
 * import writes into tables that it takes for empty), and nested loops chosen on them would take the square of the rows; so
 * with many rows it joins by hashing, whose cost follows the rows whatever the figures say. For the same reason the plans that the
 * connection keeps are dropped: foreign keys checked while a table was small are checked by reading all of it.
 */
export async function closeStage(tx: Tx, rows: number): Promise<void> {
  await sql`set local jit = off`.execute(tx);
  if (rows > manyRows) {
    await sql`set local enable_nestloop = off`.execute(tx);
    await sql`discard plans`.execute(tx);
  }
  await sql`create unique index on staged (row)`.execute(tx);
  await sql`analyze staged, staged_fault`.execute(tx);
}

/** The last of an import: plans that triggers made while nested loops were off are none for what the connection does next. */
export async function leaveStage(tx: Tx, rows: number): Promise<void> {
  if (rows > manyRows) await sql`discard plans`.execute(tx);
}

/** The first faults in the order of the file, and how many rows have one. */
export async function stagedFaults(tx: Tx, most: number): Promise<{ first: RowError[]; rows: number; errors: number }> {
  const counted = await sql<{ errors: number; rows: number }>`
    select count(*)::int as errors, count(distinct row)::int as rows from staged_fault`.execute(tx);
  const first = await sql<RowError>`
    select row, column_name as "column", value, code, parameters as "with" from staged_fault
    order by row, column_name nulls first, code limit ${most}`.execute(tx);
  return { first: first.rows, ...counted.rows[0]! };
}

/**
 * Two rows with one key: an identical one is only said twice and leaves the stage; another is a fault on the later row,
 * which names the first. Answers how many were repeated.
 */
export async function judgeDuplicates(
  tx: Tx,
  kind: ImportKind,
  byInstalment: boolean,
  column: string,
): Promise<number> {
  const place = byInstalment ? sql`, instalment` : sql``;
  await sql`create temporary table twice on commit drop as
    select min(row) as first, source, number ${place} from staged where number is not null
    group by source, number ${place} having count(*) > 1`.execute(tx);
  await sql`analyze twice`.execute(tx);
  const samePlace = byInstalment ? sql`and s.instalment is not distinct from t.instalment` : sql``;
  const repeated = await sql`
    delete from staged s using twice t, staged f
    where s.source = t.source and s.number = t.number ${samePlace} and f.row = t.first and s.row <> t.first
      and s.good and f.good and ${contentOf(kind, 's')} is not distinct from ${contentOf(kind, 'f')}`.execute(tx);
  await sql`
    insert into staged_fault
    select s.row, ${column}, left(s.number, 100), 'duplicate-number',
      jsonb_build_object('number', left(s.number, 100), 'first', t.first)
    from staged s join twice t on s.source = t.source and s.number = t.number ${samePlace}
    where s.row <> t.first and s.good`.execute(tx);
  return Number(repeated.numAffectedRows ?? 0);
}

/**
 * Each customer that the staged rows name gets a row in staged_customer: by number, else by name; one that is unknown
 * gets the identifier that it will have. Whoever names one that was merged means the one that it was merged into. A name that several
 * customers bear is a fault.
 */
export async function resolveCustomers(tx: Tx, companyId: string, nameColumn: string): Promise<void> {
  await sql`create temporary table staged_customer on commit drop as
    with named as (
      select coalesce(customer_number, customer_name) collate "C" as key, customer_number is null as by_name,
        min(row) filter (where customer_name is not null) as row
      from staged where good and coalesce(customer_number, customer_name) is not null group by 1, 2
    ), of_name as (
      select n.key, (min(coalesce(c.merged_into_id, c.id)::text))::uuid as id, count(distinct coalesce(c.merged_into_id, c.id)) as how_many
      from named n join customer c on c.company_id = ${companyId} and c.name = n.key where n.by_name group by 1
    )
    select n.key, n.by_name, s.customer_name as name, coalesce(c.merged_into_id, c.id, o.id, uuid_v7()) as id,
      c.id is null and coalesce(o.how_many, 0) > 1 as ambiguous, c.id is null and o.id is null as is_new
    from named n left join staged s on s.row = n.row
    left join customer c on c.company_id = ${companyId} and c.number = n.key
    left join of_name o on n.by_name and o.key = n.key`.execute(tx);
  await sql`insert into staged_fault
    select s.row, ${nameColumn}, left(s.customer_name, 100), 'customer-ambiguous',
      jsonb_build_object('name', left(s.customer_name, 100))
    from staged s join staged_customer c on c.by_name and c.ambiguous
      and s.customer_number is null and s.customer_name = c.key where s.good`.execute(tx);
  await sql`analyze staged_customer`.execute(tx);
}

/** One import of a company at a time: two that bring the same new customers would otherwise collide. */
export async function oneImportAtATime(tx: Tx, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('relance.import.' || ${companyId}, 0))`.execute(tx);
}

/**
 * Customers first, in the order of their identifiers: whoever changes money or messages of one waits. What a delivery had claimed of
 * theirs and not begun is given back, in a statement of its own, which sees a claim that the lock waited for.
 */
export async function lockCustomersOfFile(tx: Tx, companyId: string, customers: RawBuilder<unknown>): Promise<void> {
  // Twice: one that was merged while its lock was waited for is another one from then on.
  for (const _ of ['those named', 'and where they went'])
    await sql`select count(*) from (select c.id from customer c where c.company_id = ${companyId}
      and c.id in (select case when m.merged_into_id is null then m.id else m.merged_into_id end from customer m where m.company_id = ${companyId} and m.id in (${customers}))
      order by c.id for update) locked`.execute(tx);
  await sql`update reminder r set state = 'ready', claimed_by = null, claim_id = null
    where r.company_id = ${companyId} and r.state = 'sending' and ${notBegun}
      and r.customer_id in (select case when m.merged_into_id is null then m.id else m.merged_into_id end from customer m where m.company_id = ${companyId} and m.id in (${customers}))`.execute(
    tx,
  );
}

/** Customers whose cases may be decided otherwise now: they are looked at today. */
export async function wakeCases(
  tx: Tx,
  companyId: string,
  today: string,
  customers: RawBuilder<unknown>,
): Promise<void> {
  await sql`update dunning_case d set look_on = ${today}::date
    where d.company_id = ${companyId} and d.customer_id in (${customers}) and d.state <> 'ended'
      and d.look_on is distinct from ${today}::date`.execute(tx);
}
