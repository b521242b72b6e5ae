// Who may call what: every route with the least role that may. A route that is missing here stops the server from starting;
// a test walks the table with each role.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiKey, actorOfKey, recogniseApiKey } from '../app/api-keys.ts';
import type { Context } from '../app/context.ts';
import { roleInCompany } from '../app/members.ts';
import { mayAs, type Role } from '../core/role.ts';
import type { Auth, SignedIn } from './auth.ts';
import { bearerOf, forPeopleOnly } from './bearer.ts';
import { fault } from './faults.ts';

/** From the one who may most to the one who may least; after them, whoever is signed in, and anyone at all. */
export type Least = Role | 'signed-in' | 'anyone';

const company = '/api/companies/:companyId';

export const access: Readonly<Record<string, Least>> = {
  'GET /': 'anyone',
  'GET /*': 'anyone',
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
  'POST /api/sample-company': 'signed-in',

  [`GET ${company}/members`]: 'manager',
  [`POST ${company}/members`]: 'owner',
  [`PATCH ${company}/members/:userId`]: 'owner',
  [`DELETE ${company}/members/:userId`]: 'owner',
  [`PUT ${company}/members/:userId/password`]: 'owner',
  [`PUT ${company}/members/:userId/absence`]: 'manager',
  [`DELETE ${company}/members/:userId/absence`]: 'manager',
  [`GET ${company}/absences`]: 'reader',
  [`PUT ${company}/absence`]: 'agent',
  [`DELETE ${company}/absence`]: 'agent',
  [`GET ${company}/api-keys`]: 'manager',
  [`POST ${company}/api-keys`]: 'manager',
  [`DELETE ${company}/api-keys/:keyId`]: 'manager',
  [`GET ${company}`]: 'reader',
  [`PATCH ${company}`]: 'manager',
  [`GET ${company}/closures`]: 'reader',
  [`POST ${company}/closures`]: 'manager',
  [`PATCH ${company}/closures/:closureId`]: 'manager',
  [`DELETE ${company}/closures/:closureId`]: 'manager',
  [`GET ${company}/letterhead`]: 'reader',
  [`PUT ${company}/letterhead`]: 'manager',
  [`PUT ${company}/letterhead/logo`]: 'manager',
  [`GET ${company}/letterhead/logo`]: 'reader',
  [`DELETE ${company}/letterhead/logo`]: 'manager',
  [`GET ${company}/status`]: 'reader',
  [`GET ${company}/regions`]: 'reader',
  [`DELETE ${company}/sample`]: 'owner',
  [`PUT ${company}/clock`]: 'manager',
  [`GET ${company}/mail-server`]: 'manager',
  [`PUT ${company}/mail-server`]: 'owner',
  [`POST ${company}/mail-server/test`]: 'owner',
  [`GET ${company}/sender-domain`]: 'manager',
  [`POST ${company}/go-live`]: 'owner',
  [`GET ${company}/backup`]: 'owner',

  [`GET ${company}/customers`]: 'reader',
  [`POST ${company}/customers/file`]: 'reader',
  [`POST ${company}/customers`]: 'agent',
  [`GET ${company}/customers/:customerId`]: 'reader',
  [`PATCH ${company}/customers/:customerId`]: 'agent',
  [`POST ${company}/customers/:customerId/contacts-made`]: 'agent',
  [`GET ${company}/customers/:customerId/credits`]: 'reader',
  [`POST ${company}/customers/:customerId/merge`]: 'manager',
  [`POST ${company}/customers/:customerId/merge/preview`]: 'manager',
  [`PUT ${company}/customers/in-charge`]: 'agent',
  [`GET ${company}/salespeople`]: 'reader',
  [`POST ${company}/payment-terms/understood`]: 'reader',
  [`GET ${company}/due-date`]: 'reader',
  [`POST ${company}/enrolments`]: 'agent',
  [`POST ${company}/enrolments/preview`]: 'agent',
  [`GET ${company}/enrolment-rules`]: 'reader',
  [`POST ${company}/enrolment-rules/preview`]: 'reader',
  [`PUT ${company}/enrolment-rules`]: 'manager',
  [`POST ${company}/pauses`]: 'agent',
  [`POST ${company}/pauses/resume`]: 'agent',

  [`GET ${company}/invoices`]: 'reader',
  [`POST ${company}/invoices/file`]: 'reader',
  [`GET ${company}/invoices/sum`]: 'reader',
  [`GET ${company}/due`]: 'reader',
  [`GET ${company}/due/customers`]: 'reader',
  [`POST ${company}/invoices`]: 'agent',
  [`GET ${company}/invoices/:invoiceId`]: 'reader',
  [`PATCH ${company}/invoices/:invoiceId`]: 'agent',
  [`GET ${company}/invoices/:invoiceId/explanation`]: 'reader',
  [`PUT ${company}/invoices/:invoiceId/pdf`]: 'agent',
  [`GET ${company}/invoices/:invoiceId/pdf`]: 'reader',
  [`POST ${company}/invoices/:invoiceId/dispute`]: 'agent',
  [`DELETE ${company}/invoices/:invoiceId/dispute`]: 'agent',
  [`POST ${company}/invoices/:invoiceId/reminded`]: 'agent',
  [`POST ${company}/invoices/:invoiceId/reminder-draft`]: 'agent',
  [`POST ${company}/invoices/:invoiceId/reminder-draft.html`]: 'agent',
  [`POST ${company}/invoices/:invoiceId/reminder-files`]: 'agent',
  [`POST ${company}/invoices/:invoiceId/reminder`]: 'agent',
  [`POST ${company}/invoices/level`]: 'agent',
  [`POST ${company}/invoices/include`]: 'agent',
  [`POST ${company}/invoices/start-anew`]: 'agent',
  [`POST ${company}/invoices/settle`]: 'agent',
  [`POST ${company}/invoices/pause`]: 'agent',
  [`POST ${company}/customers/pause`]: 'agent',

  [`GET ${company}/payments`]: 'reader',
  [`POST ${company}/payments/file`]: 'reader',
  [`POST ${company}/payments`]: 'agent',
  [`POST ${company}/payments/confirmed`]: 'agent',
  [`POST ${company}/payments/:paymentId/return`]: 'agent',
  [`POST ${company}/allocations`]: 'agent',
  [`POST ${company}/allocations/undo`]: 'agent',

  [`GET ${company}/files`]: 'reader',
  [`POST ${company}/files`]: 'manager',
  [`GET ${company}/files/:fileId`]: 'reader',
  [`PUT ${company}/files/:fileId`]: 'manager',
  [`DELETE ${company}/files/:fileId`]: 'manager',
  [`GET ${company}/sequences`]: 'reader',
  [`POST ${company}/sequences`]: 'manager',
  [`POST ${company}/sequences/simulation`]: 'reader',
  [`POST ${company}/sequences/replay`]: 'reader',
  [`PUT ${company}/sequences/:sequenceId`]: 'manager',
  [`DELETE ${company}/sequences/:sequenceId`]: 'manager',
  [`GET ${company}/ready-made-sequences`]: 'reader',
  [`POST ${company}/ready-made-sequences/:code`]: 'manager',
  [`GET ${company}/templates`]: 'reader',
  [`POST ${company}/templates`]: 'manager',
  [`GET ${company}/templates/tags`]: 'reader',
  [`POST ${company}/templates/preview`]: 'reader',
  [`POST ${company}/templates/preview.html`]: 'reader',
  [`DELETE ${company}/templates/:key`]: 'manager',
  [`PUT ${company}/templates/:key/:language`]: 'manager',
  [`POST ${company}/templates/:key/:language/restore`]: 'manager',
  [`POST ${company}/templates/:key/:language/test`]: 'manager',

  [`GET ${company}/reminders`]: 'reader',
  [`POST ${company}/reminders/file`]: 'reader',
  [`POST ${company}/reminders`]: 'agent',
  [`POST ${company}/reminders/approve`]: 'agent',
  [`POST ${company}/reminders/undo-approval`]: 'agent',
  [`POST ${company}/reminders/hold-back`]: 'agent',
  [`GET ${company}/reminders/:reminderId/text`]: 'reader',
  [`GET ${company}/reminders/:reminderId/message`]: 'reader',
  [`GET ${company}/reminders/:reminderId/message.html`]: 'reader',
  [`GET ${company}/reminders/:reminderId/message.eml`]: 'reader',
  [`POST ${company}/reminders/:reminderId/refuse`]: 'agent',
  [`POST ${company}/reminders/:reminderId/postpone`]: 'agent',
  [`PATCH ${company}/reminders/:reminderId`]: 'agent',
  [`DELETE ${company}/reminders/:reminderId/invoices/:invoiceId`]: 'agent',
  [`POST ${company}/reminders/:reminderId/resolve`]: 'agent',
  [`POST ${company}/reminders/:reminderId/undelivered`]: 'agent',
  [`POST ${company}/bounces`]: 'agent',
  [`POST ${company}/blocked-addresses/unblock`]: 'agent',

  [`POST ${company}/operations`]: 'agent',
  [`POST ${company}/operations/approve`]: 'agent',
  [`POST ${company}/operations/pause`]: 'agent',
  [`POST ${company}/operations/enrol`]: 'agent',
  [`POST ${company}/operations/:operationId/undo`]: 'agent',
  [`GET ${company}/operations`]: 'reader',
  [`GET ${company}/operations/:operationId`]: 'reader',
  [`GET ${company}/operations/:operationId/parts`]: 'reader',

  [`GET ${company}/invoices/:invoiceId/charges`]: 'reader',
  [`POST ${company}/charges/:chargeId/waive`]: 'manager',
  [`POST ${company}/charges/:chargeId/restore`]: 'manager',
  [`GET ${company}/interest-rates`]: 'reader',
  [`PUT ${company}/interest-rates/:kind/:half`]: 'manager',
  [`DELETE ${company}/interest-rates/:kind/:half`]: 'manager',
  [`GET ${company}/promises`]: 'reader',
  [`POST ${company}/promises`]: 'agent',
  [`POST ${company}/promises/:promiseId/withdraw`]: 'agent',
  [`GET ${company}/tasks`]: 'reader',
  [`POST ${company}/tasks`]: 'agent',
  [`PATCH ${company}/tasks/:taskId`]: 'agent',
  [`POST ${company}/tasks/:taskId/done`]: 'agent',
  [`POST ${company}/tasks/:taskId/undone`]: 'agent',
  [`DELETE ${company}/tasks/:taskId`]: 'agent',
  [`GET ${company}/colleagues`]: 'reader',

  [`POST ${company}/runs`]: 'agent',
  [`GET ${company}/preview`]: 'reader',
  [`POST ${company}/imports/:kind/preview`]: 'agent',
  [`POST ${company}/imports/:kind`]: 'agent',
  [`GET ${company}/imports`]: 'reader',
  [`GET ${company}/imports/:importId/errors.csv`]: 'reader',
  [`GET ${company}/events`]: 'reader',
  [`GET ${company}/history`]: 'manager',
  [`POST ${company}/history/file`]: 'manager',
  [`GET ${company}/history/people`]: 'manager',
  [`GET ${company}/live`]: 'reader',
};

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route that was registered, as the table writes it. */
    routesKnown: Set<string>;
  }
  interface FastifyRequest {
    /** Set on every route that is not for anyone. */
    signedIn: SignedIn | null;
    /** The key that came instead of a session. */
    apiKey: ApiKey | null;
    /** The caller's role in the company of the route, where it names one. */
    role: Role | null;
  }
}

export function installAccess(server: FastifyInstance, context: Context, auth: Auth): void {
  const known = new Set<string>();
  server.decorate('routesKnown', known);
  server.decorateRequest('signedIn', null);
  server.decorateRequest('apiKey', null);
  server.decorateRequest('role', null);
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one === 'HEAD' || one === 'OPTIONS') continue;
      if (access[`${one} ${url}`] === undefined)
        throw new Error(`No role is given for ${one} ${url} in http/access.ts.`);
      known.add(`${one} ${url}`);
    }
  });
  // Before the body is read: whoever may not call is told so first, and nothing large is taken from strangers.
  server.addHook('onRequest', async (request, reply) => {
    const route = routeOf(request);
    const least = access[route];
    if (least === undefined || least === 'anyone') return;
    const bearer = bearerOf(request);
    if (bearer === null) request.signedIn = await auth.visitor(request);
    else {
      // A key that is refused is not replaced by the session of a cookie: whoever sends one means it.
      request.apiKey = await recogniseApiKey(context, bearer);
      if (request.apiKey === null) {
        reply.header('www-authenticate', 'Bearer error="invalid_token"');
        throw fault('key-refused');
      }
      request.signedIn = { userId: actorOfKey(request.apiKey.id), name: request.apiKey.name, email: '' };
    }
    if (request.signedIn === null) throw fault('not-signed-in');
    if (least !== 'signed-in') request.role = await roleFor(context, request);
    if (request.apiKey !== null && forPeopleOnly.has(route)) throw fault('not-for-keys');
    if (least !== 'signed-in' && !mayAs(request.role!, least)) throw fault('not-allowed');
  });
}

/** As the table writes it; '' for an address that is no route. */
function routeOf({ method, routeOptions }: FastifyRequest): string {
  return routeOptions.url === undefined ? '' : `${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`;
}

/** A company that is none of the caller's is not there, as one that does not exist. */
async function roleFor(context: Context, { params, apiKey, signedIn }: FastifyRequest): Promise<Role> {
  const { companyId } = params as { companyId: string };
  if (!isUuid(companyId)) throw fault('not-found');
  if (apiKey !== null) {
    if (apiKey.companyId !== companyId.toLowerCase()) throw fault('not-found');
    return apiKey.role;
  }
  const role = await roleInCompany(context, companyId, signedIn!.userId);
  if (role === null) throw fault('not-found');
  return role;
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Who acts, for the use cases. Only on routes of a company. */
export function actingOf(request: { params: { companyId: string }; signedIn: SignedIn | null }) {
  return { companyId: request.params.companyId, actor: request.signedIn!.userId };
}
