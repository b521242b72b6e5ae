// Keys of the API as they are kept: a hash, never the key.
import type { Kysely } from 'kysely';
import type { Day } from '../core/day.ts';
import type { Role } from '../core/role.ts';
import type { Row, Tables } from './tables.ts';

export interface ListedApiKey extends Omit<Row<'api_key'>, 'hash'> {
  makerName: string | null;
  /** The maker's role today; null where the maker has left the company. */
  makerRole: Role | null;
  revokerName: string | null;
}

/** Those that are not revoked before those that are, the latest first. */
export function listApiKeys(tx: Kysely<Tables>, companyId: string): Promise<ListedApiKey[]> {
  return tx
    .selectFrom('api_key as key')
    .leftJoin('account.user as maker', 'maker.id', 'key.made_by')
    .leftJoin('account.member as member', (join) =>
      join.onRef('member.user_id', '=', 'key.made_by').onRef('member.company_id', '=', 'key.company_id'),
    )
    .leftJoin('account.user as revoker', 'revoker.id', 'key.revoked_by')
    .select(['key.company_id', 'key.id', 'key.name', 'key.role', 'key.prefix', 'key.made_by', 'key.made_at'])
    .select(['key.ends_on', 'key.last_used_on', 'key.revoked_at', 'key.revoked_by'])
    .select(['maker.name as makerName', 'member.role as makerRole', 'revoker.name as revokerName'])
    .where('key.company_id', '=', companyId)
    .orderBy('key.revoked_at', (order) => order.desc().nullsFirst())
    .orderBy('key.id', 'desc')
    .execute();
}

export interface FoundApiKey {
  id: string;
  name: string;
  role: Role;
  makerRole: Role;
  endsOn: Day | null;
  lastUsedOn: Day | null;
  timeZone: string;
}

/** By its hash, where it is not revoked and its maker is still in the company. */
export async function findApiKey(tx: Kysely<Tables>, companyId: string, hash: Buffer): Promise<FoundApiKey | null> {
  const row = await tx
    .selectFrom('api_key as key')
    .innerJoin('account.member as member', (join) =>
      join.onRef('member.user_id', '=', 'key.made_by').onRef('member.company_id', '=', 'key.company_id'),
    )
    .innerJoin('company', 'company.id', 'key.company_id')
    .select(['key.id', 'key.name', 'key.role', 'member.role as makerRole', 'company.time_zone as timeZone'])
    .select(['key.ends_on as endsOn', 'key.last_used_on as lastUsedOn'])
    .where('key.company_id', '=', companyId)
    .where('key.hash', '=', hash)
    .where('key.revoked_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Revokes one key, or all that a member made. Answers those that were valid until now. */
export function revokeApiKeys(
  tx: Kysely<Tables>,
  companyId: string,
  which: { id: string } | { madeBy: string },
  by: string,
  at: Date,
): Promise<{ id: string; name: string }[]> {
  return tx
    .updateTable('api_key')
    .set({ revoked_at: at, revoked_by: by })
    .where('company_id', '=', companyId)
    .where((eb) => ('id' in which ? eb('id', '=', which.id) : eb('made_by', '=', which.madeBy)))
    .where('revoked_at', 'is', null)
    .returning(['id', 'name'])
    .execute();
}
