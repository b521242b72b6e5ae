// The run, up to the reminders written, against the bare SQL that reads the same facts and inserts the same rows.
import { sql } from 'kysely';
import { Client } from 'pg';
import { runDunning } from '../../src/app/run-dunning.ts';
import { clientConfig } from '../../src/db/connection.ts';
import { type BenchWorld, benchWorld, fill } from './world.ts';

export interface RunFigures {
  open: number;
  due: number;
  /** Medians, in milliseconds. */
  oursMs: number;
  bareMs: number;
  /** Of the process, after the run, in bytes. */
  rss: number;
}

const rounds = 5;
const written = ['reminder', 'item', 'event', 'event_payload', 'run'] as const;

export async function benchRun(open: number, due: number): Promise<RunFigures> {
  const world = await benchWorld();
  try {
    await fill(world, open, due);
    await sql`create table bench_case as select * from dunning_case where look_on <= '2026-03-02'`.execute(
      world.database.owner,
    );
    const ours: number[] = [];
    const bare: number[] = [];
    let rss = 0;
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      const report = await runDunning(world.context, world.acting);
      ours.push(performance.now() - started);
      rss = Math.max(rss, process.memoryUsage.rss());
      if (report.ready !== due) throw new Error(`${report.ready} reminders written, ${due} expected`);
      if (round === 0) await keepRows(world);
      await reset(world);
      bare.push(await bareRun(world));
      await reset(world);
    }
    return { open, due, oursMs: median(ours), bareMs: median(bare), rss };
  } finally {
    await world.close();
  }
}

/** What our run wrote, kept in tables of the benchmark: the bare run inserts the same. */
async function keepRows({ database }: BenchWorld): Promise<void> {
  for (const table of written) {
    const since =
      table === 'run' || table === 'reminder' || table === 'item'
        ? sql`true`
        : sql`${sql.ref(table === 'event' ? 'id' : 'event_id')} in (select id from event where type in ('reminder.planned', 'run.finished'))`;
    await sql`create table ${sql.table(`bench_${table}`)} as select * from ${sql.table(table)} where ${since}`.execute(
      database.owner,
    );
  }
  await sql`create table bench_after as select c.* from dunning_case c join bench_case b using (company_id, receivable_id)`.execute(
    database.owner,
  );
  await sql`analyze`.execute(database.owner);
}

async function reset({ database }: BenchWorld): Promise<void> {
  const { owner } = database;
  await sql`delete from item`.execute(owner);
  await sql`delete from reminder`.execute(owner);
  await sql`delete from run`.execute(owner);
  await sql`delete from event_payload where event_id in (select event_id from bench_event_payload) or event_id in (select id from event where type in ('reminder.planned', 'run.finished'))`.execute(
    owner,
  );
  await sql`delete from event where type in ('reminder.planned', 'run.finished')`.execute(owner);
  await sql`update dunning_case c set look_on = b.look_on, state = b.state, reason = b.reason, next_on = b.next_on, next_step_id = b.next_step_id
    from bench_case b where b.company_id = c.company_id and b.receivable_id = c.receivable_id`.execute(owner);
  await sql`vacuum analyze dunning_case, item, reminder, event, event_payload`.execute(owner);
}

/** As the owner, without row-level security: the facts of the customers with something due, then the rows. */
async function bareRun({ database, acting }: BenchWorld): Promise<number> {
  const client = new Client(clientConfig(database.connection));
  await client.connect();
  try {
    const company = acting.companyId;
    const started = performance.now();
    await client.query('begin');
    const due = await client.query<{ customer_id: string }>(
      "select distinct customer_id from dunning_case where company_id = $1 and look_on <= '2026-03-02'",
      [company],
    );
    const ids = due.rows.map((row) => row.customer_id);
    await client.query(
      'select from customer where company_id = $1 and id = any($2::uuid[]) order by id for no key update',
      [company, ids],
    );
    await client.query('select * from customer where company_id = $1 and id = any($2::uuid[])', [company, ids]);
    await client.query('select * from contact where company_id = $1 and customer_id = any($2::uuid[])', [company, ids]);
    await client.query(
      `select r.*, i.number, i.status, i.issued_on, c.* from dunning_case c join receivable r on r.company_id = c.company_id and r.id = c.receivable_id
       join invoice i on i.company_id = r.company_id and i.id = r.invoice_id where c.company_id = $1 and c.customer_id = any($2::uuid[])`,
      [company, ids],
    );
    await client.query(
      'select * from payment where company_id = $1 and customer_id = any($2::uuid[]) and unallocated_minor > 0',
      [company, ids],
    );
    await client.query('select * from pause where company_id = $1 and customer_id = any($2::uuid[])', [company, ids]);
    for (const table of written) await client.query(`insert into ${table} select * from bench_${table}`);
    await client.query(
      `update dunning_case c set look_on = b.look_on, state = b.state, reason = b.reason, next_on = b.next_on, next_step_id = b.next_step_id
       from bench_after b where b.company_id = c.company_id and b.receivable_id = c.receivable_id`,
    );
    await client.query('commit');
    return performance.now() - started;
  } finally {
    await client.end();
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
