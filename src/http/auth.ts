// Sign-in, sessions and passwords: better-auth on our database, behind our own routes. Its own endpoints are not mounted, so
// that nobody signs up by themselves and every route is in one table of access.
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Accounts } from '../app/accounts.ts';
import { done, failed, type Result } from '../core/fault.ts';

export interface AuthOptions {
  /** Connected as the application's role. */
  // biome-ignore lint/suspicious/noExplicitAny: better-auth names its own tables, whatever ours are
  db: Kysely<any>;
  /** Signs the cookies: at least 32 random characters, the same for every process of an installation. */
  secret: string;
  /** Where people reach the application: its scheme decides whether cookies are Secure. */
  baseUrl: string;
}

export interface SignedIn {
  userId: string;
  name: string;
  email: string;
}

export interface Auth extends Accounts {
  /** Who is signed in, or null. */
  visitor(request: FastifyRequest): Promise<SignedIn | null>;
  /** Faults: 'wrong-credentials', 'too-many-attempts'. Gives the cookies to set. */
  signIn(request: FastifyRequest, input: { email: string; password: string }): Promise<Result<string[]>>;
  signOut(request: FastifyRequest): Promise<string[]>;
  /** Ends every other session of the user. Faults: 'wrong-credentials', 'too-many-attempts'. */
  changePassword(
    request: FastifyRequest,
    input: { currentPassword: string; newPassword: string },
  ): Promise<Result<string[]>>;
}

const path = '/api/session/inner';
/** Set by us alone from the connection's address; whatever a client sends under this name is overwritten. */
const addressHeader = 'x-relance-client';

export function createAuth(options: AuthOptions): Auth {
  const auth = betterAuth(settings(options));

  const call = (request: FastifyRequest, endpoint: string, body: object): Promise<Response> => {
    const headers = new Headers({ 'content-type': 'application/json', origin: new URL(options.baseUrl).origin });
    headers.set(addressHeader, request.ip);
    headers.set('cookie', request.headers.cookie ?? '');
    headers.set('user-agent', request.headers['user-agent'] ?? '');
    const url = new URL(`${path}${endpoint}`, options.baseUrl);
    return auth.handler(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  };

  return {
    visitor: async (request) => {
      const headers = new Headers({ cookie: request.headers.cookie ?? '' });
      const session = await auth.api.getSession({ headers });
      return session === null ? null : { userId: session.user.id, name: session.user.name, email: session.user.email };
    },
    signIn: async (request, { email, password }) => {
      return cookiesOf(await call(request, '/sign-in/email', { email, password, rememberMe: true }));
    },
    signOut: async (request) => (await call(request, '/sign-out', {})).headers.getSetCookie(),
    changePassword: async (request, input) => {
      return cookiesOf(await call(request, '/change-password', { ...input, revokeOtherSessions: true }));
    },
    createUser: async ({ name, email, password }) => {
      const { internalAdapter, password: hasher } = await auth.$context;
      const taken = await internalAdapter.findUserByEmail(email.toLowerCase());
      if (taken !== null) return failed('user-exists', { email });
      const hash = await hasher.hash(password);
      const user = await internalAdapter.createUser(
        { name, email: email.toLowerCase(), emailVerified: false },
        { method: 'email-password' },
      );
      await internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        password: hash,
      });
      return done({ userId: user.id });
    },
    removeUser: async (userId) => {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUser(userId);
    },
    setPassword: async (userId, password) => {
      const { internalAdapter, password: hasher } = await auth.$context;
      await internalAdapter.updatePassword(userId, await hasher.hash(password));
      await internalAdapter.deleteUserSessions(userId);
    },
  };
}

function cookiesOf(response: Response): Result<string[]> {
  if (response.ok) return done(response.headers.getSetCookie());
  if (response.status === 429) {
    return failed('too-many-attempts', { seconds: Number(response.headers.get('x-retry-after') ?? 60) });
  }
  if (response.status >= 500) throw new Error(`better-auth answered ${response.status}`);
  return failed('wrong-credentials');
}

function settings({ db, secret, baseUrl }: AuthOptions) {
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' };
  return {
    appName: 'Relance',
    baseURL: baseUrl,
    basePath: path,
    secret,
    database: { db, type: 'postgres', schemaName: 'account' },
    telemetry: { enabled: false },
    // A wrong password is no news for the log; the visitor is told.
    logger: { level: 'error' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: { modelName: 'user', fields: { ...times, emailVerified: 'email_verified' } },
    session: {
      modelName: 'session',
      expiresIn: 14 * 24 * 3600,
      updateAge: 24 * 3600,
      fields: {
        ...times,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    account: {
      modelName: 'credential',
      fields: {
        ...times,
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'verification', fields: { ...times, expiresAt: 'expires_at' } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 60,
      customRules: { '/sign-in/email': { window: 60, max: 10 }, '/change-password': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'relance',
      useSecureCookies: new URL(baseUrl).protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => crypto.randomUUID() },
    },
  } satisfies BetterAuthOptions;
}
