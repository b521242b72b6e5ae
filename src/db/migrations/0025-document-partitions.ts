// Two that store the first document of a month at the same moment. The one that waited looks at names that it knows from before it
// waited (an advisory lock tells a session of no new table), and made the partition a second time: what is there by then is enough.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function ensure_document_partition(month date) returns void
      language plpgsql security definer set search_path = public as $$
    declare
      first date := date_trunc('month', month)::date;
      name text := 'document_' || to_char(first, 'YYYY_MM');
    begin
      if to_regclass(name) is not null then return; end if;
      perform pg_advisory_xact_lock(hashtext('relance.document_partition'));
      begin
        execute format('create table %I partition of document for values from (%L) to (%L)',
          name, first, (first + interval '1 month')::date);
      exception when duplicate_table then null;
      end;
    end $$`.execute(db);
}
