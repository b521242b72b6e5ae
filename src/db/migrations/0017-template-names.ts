// Templates have a name in words; until now the four ready-made ones were the only ones, and their keys were translated by the page.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table template add column name text`.execute(db);
  await sql`
    update template t set name = coalesce((select n.name from (values
      ('notice', 'fr', 'Rappel avant échéance'), ('notice', 'en', 'Notice before due date'),
      ('friendly', 'fr', 'Relance courtoise'), ('friendly', 'en', 'Friendly reminder'),
      ('firm', 'fr', 'Relance ferme'), ('firm', 'en', 'Firm reminder'),
      ('formal-notice', 'fr', 'Mise en demeure'), ('formal-notice', 'en', 'Formal notice')
    ) n (key, language, name) where n.key = t.key and n.language = t.language), t.key)`.execute(db);
  await sql`alter table template alter column name set not null, add check (name <> '')`.execute(db);
}
