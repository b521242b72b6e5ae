// Many rows in one statement: columns as arrays, unnested into a table that an insert or update reads.
import { type RawBuilder, sql } from 'kysely';

export type ColumnTypes<T> = { readonly [K in keyof T & string]: string };

/**
 * `given`, a FROM item with one row for each value: `from ${given(rows, { id: 'uuid', day: 'date' })}`. Types are those of
 * PostgreSQL; objects of a jsonb column are written as JSON, buffers of a bytea column as they are.
 */
export function given<T extends object>(rows: readonly T[], types: ColumnTypes<T>): RawBuilder<unknown> {
  const names = Object.keys(types) as (keyof T & string)[];
  const arrays = names.map(
    (name) => sql`${rows.map((row) => literal(row[name], types[name]))}::${sql.raw(types[name])}[]`,
  );
  return sql`unnest(${sql.join(arrays)}) as given(${sql.join(names.map((name) => sql.ref(name)))})`;
}

function literal(value: unknown, type: string): unknown {
  if (value === undefined || value === null) return null;
  return type === 'jsonb' || type === 'json' ? JSON.stringify(value) : value;
}
