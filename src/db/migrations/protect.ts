import { type Kysely, sql } from 'kysely';

/** What each table's policy is called. */
export const policyName = 'of_the_sessions_companies';

/**
 * The row's company is one of the session's. As `is true` no index is searched by it: every statement names its company, and the
 * planner, who can't know how many companies a session names, took an index searched by both for ten times as dear as it is.
 */
export const ofTheSessionsCompanies = (column: string) =>
  sql`(${sql.ref(column)} = any ((select session_companies())::uuid[])) is true`;

/** A table of the domain, for migrations after this one: who works in the application reads and writes rows of its company alone. */
export async function protect(db: Kysely<unknown>, table: string, column = 'company_id'): Promise<void> {
  const name = sql.table(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`create policy ${sql.ref(policyName)} on ${name} using (${ofTheSessionsCompanies(column)})
    with check (${sql.ref(column)} = (select session_company()))`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to relance_app`.execute(db);
}
