/**
 * What PostgreSQL's own catalogue says about our tables: what a backup must hold, and what a restore must take off
 * while it loads. The schema `job` is left out: background work is scheduled anew from the data.
 */
import { type ClientBase, escapeIdentifier } from 'pg';
import type { BackupHeader, SequenceState, TableName } from './backup-format.ts';

/** A condition on pg_namespace n and an object o: it is ours, and not an extension's. */
const OURS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'job')
  and o.relname not in ('kysely_migration', 'kysely_migration_lock')
  and not exists (select from pg_depend d where d.objid = o.oid and d.deptype = 'e')`;

export const quoted = ({ schema, name }: TableName): string => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

/** Tables and partitioned tables (not the partitions), by name, with the columns that can be written. */
export async function listTables(client: ClientBase): Promise<BackupHeader['tables']> {
  const { rows } = await client.query<BackupHeader['tables'][number]>(
    `select n.nspname::text as schema, o.relname::text as name,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                   order by a.attnum) as columns
       from pg_class o join pg_namespace n on n.oid = o.relnamespace
      where o.relkind in ('r', 'p') and not o.relispartition and ${OURS}
      order by 1, 2`,
  );
  return rows;
}

/** Partitions, outer ones before those within them. */
export async function listPartitions(client: ClientBase): Promise<BackupHeader['partitions']> {
  const { rows } = await client.query<TableName & { parent_schema: string; parent: string; bound: string }>(
    `select n.nspname::text as schema, o.relname::text as name, pn.nspname::text as parent_schema,
            p.relname::text as parent, pg_get_expr(o.relpartbound, o.oid) as bound
       from pg_class o
       join pg_namespace n on n.oid = o.relnamespace
       join pg_inherits i on i.inhrelid = o.oid
       join pg_class p on p.oid = i.inhparent
       join pg_namespace pn on pn.oid = p.relnamespace
      where o.relkind in ('r', 'p') and o.relispartition and ${OURS}
      order by (select count(*) from pg_partition_ancestors(o.oid)), 1, 2`,
  );
  return rows.map(({ schema, name, parent_schema, parent, bound }) => ({
    schema,
    name,
    parent: { schema: parent_schema, name: parent },
    bound,
  }));
}

export async function listSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<TableName>(
    `select n.nspname::text as schema, o.relname::text as name
       from pg_class o join pg_namespace n on n.oid = o.relnamespace
      where o.relkind = 'S' and ${OURS} order by 1, 2`,
  );
  const states: SequenceState[] = [];
  for (const row of rows) {
    const state = await client.query<{ lastValue: string; isCalled: boolean }>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted(row)}`,
    );
    states.push({ ...row, ...state.rows[0]! });
  }
  return states;
}

/** A statement that takes something off a table, and the one that puts it back. */
export interface Detachable {
  off: string;
  on: string;
}

export async function listForeignKeys(client: ClientBase): Promise<Detachable[]> {
  const { rows } = await client.query<TableName & { constraint: string; definition: string }>(
    `select n.nspname::text as schema, o.relname::text as name, c.conname::text as constraint,
            pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_class o on o.oid = c.conrelid join pg_namespace n on n.oid = o.relnamespace
      where c.contype = 'f' and c.conparentid = 0 and ${OURS}`,
  );
  return rows.map((row) => {
    const table = `alter table ${quoted(row)}`;
    const name = escapeIdentifier(row.constraint);
    return { off: `${table} drop constraint ${name}`, on: `${table} add constraint ${name} ${row.definition}` };
  });
}

/** The triggers that would fire, with the mode to put them back in. Those of partitions follow their parent's. */
export async function listTriggers(client: ClientBase): Promise<Detachable[]> {
  const { rows } = await client.query<TableName & { trigger: string; mode: string }>(
    `select n.nspname::text as schema, o.relname::text as name, t.tgname::text as trigger,
            case t.tgenabled when 'A' then 'enable always' when 'R' then 'enable replica' else 'enable' end as mode
       from pg_trigger t join pg_class o on o.oid = t.tgrelid join pg_namespace n on n.oid = o.relnamespace
      where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D' and ${OURS}`,
  );
  return rows.map((row) => {
    const table = `alter table ${quoted(row)}`;
    const name = escapeIdentifier(row.trigger);
    return { off: `${table} disable trigger ${name}`, on: `${table} ${row.mode} trigger ${name}` };
  });
}

/** The schemas that hold anything of Relance's, `job` too; `public` is among them only if it holds a table. */
export async function listSchemas(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ schema: string }>(
    `select n.nspname::text as schema from pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and (n.nspname <> 'public' or exists (select from pg_class o where o.relnamespace = n.oid))
      order by 1`,
  );
  return rows.map((row) => row.schema);
}
