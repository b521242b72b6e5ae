// Who may call what: every route with the least role that may. A route that is missing here stops the server from starting;
// a test walks the table with each role.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../app/context.ts';
import { type Role, roleInCompany } from '../app/members.ts';
import type { Auth, SignedIn } from './auth.ts';
import { fault } from './faults.ts';

/** From the one who may most to the one who may least; after them, whoever is signed in, and anyone at all. */
export type Least = Role | 'signed-in' | 'anyone';

const company = '/api/companies/:companyId';

export const access: Readonly<Record<string, Least>> = {
  'GET /': 'anyone',
  'GET /assets/*': 'anyone',
  'GET /api/docs': 'anyone',
  'GET /api/docs.css': 'anyone',
  'GET /api/openapi.json': 'anyone',
  'GET /api/health': 'anyone',

  'GET /api/first-visit': 'anyone',
  'POST /api/first-visit': 'anyone',
  'POST /api/session': 'anyone',
  'GET /api/session': 'signed-in',
  'DELETE /api/session': 'signed-in',
  'PUT /api/session/password': 'signed-in',
  'POST /api/companies': 'signed-in',

  [`GET ${company}/members`]: 'manager',
  [`POST ${company}/members`]: 'owner',
};

const rank: Record<Role, number> = { reader: 1, agent: 2, manager: 3, owner: 4 };

export const mayCall = (role: Role, least: Role): boolean => rank[role] >= rank[least];

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that is not for anyone. */
    signedIn: SignedIn | null;
    /** The caller's role in the company of the route, where it names one. */
    role: Role | null;
  }
}

export function installAccess(server: FastifyInstance, context: Context, auth: Auth): void {
  server.decorateRequest('signedIn', null);
  server.decorateRequest('role', null);
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one === 'HEAD' || one === 'OPTIONS') continue;
      if (access[`${one} ${url}`] === undefined) throw new Error(`No role is given for ${one} ${url} in http/access.ts.`);
    }
  });
  // Before the body is read: whoever may not call is told so first, and nothing large is taken from strangers.
  server.addHook('onRequest', async (request) => {
    const least = leastFor(request);
    if (least === undefined || least === 'anyone') return;
    request.signedIn = await auth.visitor(request);
    if (request.signedIn === null) throw fault('not-signed-in');
    if (least === 'signed-in') return;
    request.role = await roleFor(context, request, request.signedIn.userId);
    if (!mayCall(request.role, least)) throw fault('not-allowed');
  });
}

function leastFor({ method, routeOptions }: FastifyRequest): Least | undefined {
  const known = method === 'HEAD' ? 'GET' : method;
  return routeOptions.url === undefined ? undefined : access[`${known} ${routeOptions.url}`];
}

/** A company that is none of the caller's is not there, as one that does not exist. */
async function roleFor(context: Context, request: FastifyRequest, userId: string): Promise<Role> {
  const { companyId } = request.params as { companyId: string };
  if (!isUuid(companyId)) throw fault('not-found');
  const role = await roleInCompany(context, companyId, userId);
  if (role === null) throw fault('not-found');
  return role;
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Who acts, for the use cases. Only on routes of a company. */
export function actingOf(request: { params: { companyId: string }; signedIn: SignedIn | null }) {
  return { companyId: request.params.companyId, actor: request.signedIn!.userId };
}
