// Keys with which programs call the API for one company. The key is told once, when it is made; kept is its SHA-256, which is
// enough for 256 random bits: there is nothing to guess that a slow hash would protect.
import { createHash, randomBytes } from 'node:crypto';
import { type Day, dayAt } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { lesser, mayAs, type Role } from '../core/role.ts';
import * as kept from '../db/api-key.ts';
import { inCompany } from '../db/connection.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { type Acting, type Context, forCompany } from './context.ts';

/**
 * A key is this word and 54 bytes in base64url: 6 by which it is recognised in the list, 32 that are the secret, 16 of its
 * company's identifier. So whoever receives it knows in which company to look, and row-level security holds from the first query.
 */
const word = 'relance_';
const form = /^relance_[A-Za-z0-9_-]{72}$/;
const recognisable = word.length + 8;

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

function newKey(companyId: string): string {
  const company = Buffer.from(companyId.replaceAll('-', ''), 'hex');
  return word + Buffer.concat([randomBytes(38), company]).toString('base64url');
}

function companyIn(key: string): string {
  const hex = Buffer.from(key.slice(word.length), 'base64url').subarray(38).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export interface ApiKey {
  id: string;
  name: string;
  companyId: string;
  /** What it may today: its own role, and never more than its maker's. */
  role: Role;
}

/** How history names a key that acted. */
export const actorOfKey = (id: string): string => `key:${id}`;

/** The key that this text is, or null: unknown, revoked, ended, or its maker has left the company. Notes the day of its use. */
export function recogniseApiKey(context: Context, text: string): Promise<ApiKey | null> {
  if (!form.test(text)) return Promise.resolve(null);
  const companyId = companyIn(text);
  return inCompany(context.db, companyId, async (tx) => {
    const key = await kept.findApiKey(tx, companyId, hashOf(text));
    if (key === null) return null;
    // The real day: a company in practice may live another one, which is nothing to a key.
    const today = dayAt(context.now(), key.timeZone);
    if (key.endsOn !== null && key.endsOn < today) return null;
    // Once a day, however many the calls.
    if (key.lastUsedOn !== today) {
      await tx
        .updateTable('api_key')
        .set({ last_used_on: today })
        .where('company_id', '=', companyId)
        .where('id', '=', key.id)
        .execute();
    }
    return { id: key.id, name: key.name, companyId, role: lesser(key.role, key.makerRole) };
  });
}

export interface ListedApiKey extends kept.ListedApiKey {
  state: 'valid' | 'ended' | 'revoked';
}

export function browseApiKeys(context: Context, acting: Acting): Promise<ListedApiKey[]> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const today = dayAt(context.now(), company.time_zone);
    return (await kept.listApiKeys(tx, company.id)).map((key) => ({ ...key, ...standing(key, today) }));
  });
}

function standing(key: kept.ListedApiKey, today: Day): Pick<ListedApiKey, 'state' | 'role'> {
  const ended = key.ends_on !== null && key.ends_on < today;
  const state = key.revoked_at !== null ? 'revoked' : ended ? 'ended' : 'valid';
  const role = key.makerRole === null ? key.role : lesser(key.role, key.makerRole);
  return { state, role: role as Exclude<Role, 'owner'> };
}

export interface NewApiKey {
  name: string;
  role: Exclude<Role, 'owner'>;
  endsOn?: Day | null | undefined;
}

/** Answers the key itself, for the only time. Faults: 'not-allowed' above the maker's role, 'day-past'. */
export function makeApiKey(
  context: Context,
  acting: Acting,
  makerRole: Role,
  { name, role, endsOn = null }: NewApiKey,
): Promise<Result<{ id: string; key: string }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    if (!mayAs(makerRole, role)) return failed('not-allowed');
    if (endsOn !== null && endsOn < dayAt(context.now(), company.time_zone))
      return failed('day-past', { field: 'endsOn', day: endsOn });
    const id = newId();
    const key = newKey(company.id);
    const prefix = key.slice(0, recognisable);
    await tx
      .insertInto('api_key')
      .values({
        company_id: company.id,
        id,
        name,
        role,
        hash: hashOf(key),
        prefix,
        made_by: acting.actor,
        made_at: new Date(context.now().epochMilliseconds),
        ends_on: endsOn,
      })
      .execute();
    await recordEvents(tx, scope, [{ type: 'api-key.created', payload: { keyId: id, name, role, prefix, endsOn } }]);
    return done({ id, key });
  });
}

/** From now on it opens nothing. Faults: 'not-found', also for one that is revoked already. */
export function revokeApiKey(context: Context, acting: Acting, id: string): Promise<Result<{ id: string }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    const at = new Date(context.now().epochMilliseconds);
    const [revoked] = await kept.revokeApiKeys(tx, company.id, { id }, acting.actor, at);
    if (revoked === undefined) return failed('not-found', { what: 'api-key', id });
    await recordEvents(tx, scope, [{ type: 'api-key.revoked', payload: { keyId: id, name: revoked.name } }]);
    return done({ id });
  });
}
