// What a person names in words: a customer by its number or name, an invoice by its number, a sequence by its title; each by its
// identifier too.
import { type Kysely, sql } from 'kysely';
import { contains } from './lists.ts';
import type { Tables } from './tables.ts';

export interface Found {
  id: string;
  /** Its number, its identifier, or its title letter by letter: before others that the name could mean. */
  first: boolean;
  /** By what it can be told from others of the same name. */
  shown: string;
}

/** More are not told apart in a sentence. */
const most = 10;
const mostNear = 3;

/** Those that have the name, whatever the case of its letters. */
export async function findNamed(
  tx: Kysely<Tables>,
  companyId: string,
  kind: 'customer' | 'invoice' | 'sequence',
  name: string,
): Promise<Found[]> {
  const byId = sql<boolean>`i.id::text = ${name.toLowerCase()}`;
  const query = {
    // One that was merged is the one that it was merged into.
    customer: sql<Found>`select c.id, bool_or(i.number = ${name} or ${byId}) as first, c.name || ' (' || c.number || ')' as shown
      from customer i join customer c on c.company_id = i.company_id and c.id = case when i.merged_into_id is null then i.id else i.merged_into_id end
      where i.company_id = ${companyId}
        and (i.number = ${name} or lower(i.name) = lower(${name}) or ${byId})
      group by c.id, c.name, c.number`,
    invoice: sql<Found>`select i.id, true as first, i.id || ' (' || c.name || ', ' || i.source || ')' as shown
      from invoice i join customer c on c.company_id = i.company_id and c.id = i.customer_id
      where i.company_id = ${companyId} and (i.number = ${name} or ${byId})`,
    sequence: sql<Found>`select i.id, i.title = ${name} or ${byId} as first, i.id || ' (' || i.title || ')' as shown
      from sequence i where i.company_id = ${companyId} and i.status = 'active' and (lower(i.title) = lower(${name}) or ${byId})`,
  }[kind];
  return (await sql<Found>`${query} order by first desc, id limit ${most}`.execute(tx)).rows;
}

/** A few whose name has this text in it. */
export async function findNear(
  tx: Kysely<Tables>,
  companyId: string,
  kind: 'customer' | 'invoice' | 'sequence',
  text: string,
): Promise<string[]> {
  const query = {
    customer: sql<{ shown: string }>`select i.name || ' (' || i.number || ')' as shown from customer i
      where i.company_id = ${companyId} and i.merged_into_id is null
        and (${contains('i.name', text)} or ${contains('i.number', text)})`,
    invoice: sql<{ shown: string }>`select i.number as shown from invoice i
      where i.company_id = ${companyId} and ${contains('i.number', text)}`,
    sequence: sql<{ shown: string }>`select i.title as shown from sequence i
      where i.company_id = ${companyId} and i.status = 'active' and ${contains('i.title', text)}`,
  }[kind];
  const { rows } = await sql<{ shown: string }>`${query} order by 1 limit ${mostNear}`.execute(tx);
  return rows.map(({ shown }) => shown);
}
