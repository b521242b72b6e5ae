// The company's logo, at most one.
import type { Kysely } from 'kysely';
import type { Row, Tables } from './tables.ts';

export async function readLogo(tx: Kysely<Tables>, companyId: string): Promise<Row<'logo'> | null> {
  const row = await tx.selectFrom('logo').selectAll().where('company_id', '=', companyId).executeTakeFirst();
  return row ?? null;
}

/** Its hash in hexadecimal, without reading the bytes; null where there is none. */
export async function logoHash(tx: Kysely<Tables>, companyId: string): Promise<string | null> {
  const row = await tx.selectFrom('logo').select('sha256').where('company_id', '=', companyId).executeTakeFirst();
  return row?.sha256.toString('hex') ?? null;
}

export async function putLogo(tx: Kysely<Tables>, { company_id, ...logo }: Row<'logo'>): Promise<void> {
  await tx
    .insertInto('logo')
    .values({ company_id, ...logo })
    .onConflict((conflict) => conflict.column('company_id').doUpdateSet(logo))
    .execute();
}

/** Answers whether there was one. */
export async function deleteLogo(tx: Kysely<Tables>, companyId: string): Promise<boolean> {
  const deleted = await tx.deleteFrom('logo').where('company_id', '=', companyId).executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}
