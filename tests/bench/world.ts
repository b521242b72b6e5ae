// The benchmark's company: a real embedded server, ten invoices a customer, some of them with a step due today.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { changeCompany, setClock } from '../../src/app/change-company.ts';
import { type Acting, type Context, noJobs } from '../../src/app/context.ts';
import { createCompany } from '../../src/app/create-company.ts';
import { saveSequence } from '../../src/app/save-sequence.ts';
import type { Result } from '../../src/core/fault.ts';
import { type Database, openDatabase, withClient } from '../../src/db/connection.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import { secretBox } from '../../src/db/secret-box.ts';

export const today = '2026-03-02';

export interface BenchWorld {
  database: Database;
  context: Context;
  acting: Acting;
  /** Writes to the disk what a filling has left in memory: a checkpoint begun by it would last into the measuring. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${JSON.stringify(result.fault.with)}`);
  return result.value;
}

export async function benchWorld(): Promise<BenchWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relance-bench-'));
  // Root's database server runs as another user, who must be able to reach it.
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir });
  const database = await openDatabase({ connection: server.connection });
  await migrateToLatest(database.owner);
  const context: Context = {
    db: database.app,
    now: () => Temporal.Instant.from('2026-03-02T09:30:00Z'),
    jobs: noJobs,
    secrets: secretBox(Buffer.alloc(32, 1)),
  };
  const { companyId } = must(
    await createCompany(context, {
      name: 'Bench',
      country: 'FR',
      timeZone: 'Europe/Paris',
      language: 'fr',
      actor: 'bench',
    }),
  );
  const acting = { companyId, actor: 'bench' };
  must(await changeCompany(context, acting, { sendingWeekdays: [1, 2, 3, 4, 5, 6, 7], sendsOnHolidays: true }));
  must(await setClock(context, acting, { on: '2025-12-01' }));
  must(
    await saveSequence(context, acting, {
      title: 'Bench',
      steps: [
        { level: 1, name: 'R1', offsetDays: 5 },
        { level: 2, name: 'R2', offsetDays: 20 },
      ],
      makeDefault: true,
    }),
  );
  must(await setClock(context, acting, { on: today }));
  return {
    database,
    context,
    acting,
    settle: () => withClient(server.admin, async (client) => void (await client.query('checkpoint'))),
    close: async () => {
      await database.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Fills the company: `open` invoices, ten a customer, each entered and waiting; the first of each customer has its step due
 * today until `due` of them have, then (when more are due than customers) the second, and so on.
 */
export async function fill({ database, acting, settle }: BenchWorld, open: number, due: number): Promise<void> {
  const { owner } = database;
  const id = (kind: string) => sql.raw(`md5('${kind}' || g)::uuid`);
  const company = acting.companyId;
  const customers = open / 10;
  await sql`insert into customer (company_id, id, number, name)
    select ${company}::uuid, ${id('customer')}, 'C-' || g, 'Client ' || g from generate_series(1, ${customers}::int) g`.execute(
    owner,
  );
  await sql`insert into contact (company_id, id, customer_id, role, email)
    select ${company}::uuid, ${id('contact')}, ${id('customer')}, 'main', 'client' || g || '@example.fr' from generate_series(1, ${customers}::int) g`.execute(
    owner,
  );
  // g runs over the invoices: invoice g belongs to customer (g - 1) % customers + 1, so the first `due` are one a customer.
  const customerOf = sql.raw(`md5('customer' || ((g - 1) % ${customers} + 1))::uuid`);
  const dueOn = sql`case when g <= ${due}::int then ${today}::date - 5 else ${today}::date + 20 end`;
  await sql`insert into invoice (company_id, id, customer_id, number, issued_on, arrived_on, currency, total_minor)
    select ${company}::uuid, ${id('invoice')}, ${customerOf}, 'F-' || g, ${today}::date - 35, ${today}::date - 35, 'EUR', 10000 + g % 90000
    from generate_series(1, ${open}::int) g`.execute(owner);
  await sql`insert into receivable (company_id, id, invoice_id, customer_id, due_on, currency, amount_minor)
    select ${company}::uuid, ${id('receivable')}, ${id('invoice')}, ${customerOf}, ${dueOn}, 'EUR', 10000 + g % 90000
    from generate_series(1, ${open}::int) g`.execute(owner);
  await sql`insert into dunning_case (company_id, receivable_id, customer_id, met_on, met_how, entry, state, look_on, next_on, reason, next_step_id)
    select ${company}::uuid, ${id('receivable')}, ${customerOf}, ${today}::date - 35, 'arrived', 'entered', 'waiting',
      case when g <= ${due}::int then ${today}::date else ${today}::date + 25 end,
      case when g <= ${due}::int then ${today}::date else ${today}::date + 25 end,
      jsonb_build_object('code', 'step-not-reached', 'with', jsonb_build_object('level', 1, 'dueOn',
        (case when g <= ${due}::int then ${today}::date else ${today}::date + 25 end)::text)),
      (select id from step where company_id = ${company} and level = 1 and deleted_on is null and sequence_id =
        (select default_sequence_id from company where id = ${company}))
    from generate_series(1, ${open}::int) g`.execute(owner);
  await sql`vacuum analyze`.execute(owner);
  await settle();
}
