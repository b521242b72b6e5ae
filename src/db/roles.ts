/**
 * The two roles of the database. The owner owns the tables and migrates them; everything else is done as the
 * application's role, which owns nothing, so that row-level security applies to it.
 */
import type { Client } from 'pg';
import { DatabaseProblem } from './problem.ts';

/** Owner of the embedded database. With DATABASE_URL the owner is whoever that URL names. */
export const OWNER_ROLE = 'relance';
export const APP_ROLE = 'relance_app';

/** Makes the application's role if it is missing, and lets the connected user act as it. */
export async function ensureAppRole(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ there: boolean; usable: boolean; me: string }>(
    `select exists (select from pg_roles where rolname = $1) as there,
            coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = $1), false) as usable,
            quote_ident(current_user) as me`,
    [APP_ROLE],
  );
  const { there, usable, me } = rows[0]!;
  if (usable) return;
  const statements = [...(there ? [] : [`create role ${APP_ROLE} nologin`]), `grant ${APP_ROLE} to ${me}`];
  try {
    for (const statement of statements) await owner.query(statement);
  } catch (cause) {
    // Another process of ours may have done the same at the same instant.
    if (await canActAsApp(owner)) return;
    throw notPermitted(statements, cause);
  }
}

/** Refuses to work with a role that row-level security does not bind. `app` is a connection made as that role. */
export async function verifyAppRole(app: Client): Promise<void> {
  const { rows } = await app.query<{ name: string; unbound: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user',
  );
  const role = rows[0]!;
  if (role.name === APP_ROLE && !role.unbound) return;
  throw new DatabaseProblem(
    'role-not-safe',
    role.name === APP_ROLE
      ? `The role ${APP_ROLE} may bypass row-level security, which keeps the companies apart. ` +
          `Run on the database server: alter role ${APP_ROLE} nosuperuser nobypassrls;`
      : `The connection works as the role "${role.name}" instead of ${APP_ROLE}: a pooler between Relance and ` +
          'PostgreSQL may drop the setting. Connect to the server directly, or make the pooler pass "options" on.',
  );
}

async function canActAsApp(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ usable: boolean }>(
    `select coalesce(bool_or(pg_has_role(oid, 'member')), false) as usable from pg_roles where rolname = $1`,
    [APP_ROLE],
  );
  return rows[0]!.usable;
}

const notPermitted = (statements: string[], cause: unknown): DatabaseProblem =>
  new DatabaseProblem(
    'role-not-safe',
    `Relance works as the role ${APP_ROLE}, and the user of DATABASE_URL may not set it up. ` +
      `Ask an administrator of the database server to run: ${statements.join('; ')};`,
    { cause },
  );
