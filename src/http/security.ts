// What every answer says to the browser, and which writes are refused: those that another site's page started.
import type { FastifyInstance } from 'fastify';
import { bearerOf } from './bearer.ts';
import { fault } from './faults.ts';

/** Pages get their own policy where they need one (pages.ts, docs.ts, a captured message). */
const strictPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export function installSecurity(server: FastifyInstance, baseUrl: string): void {
  const own = new URL(baseUrl);
  server.addHook('onSend', async (_request, reply) => {
    const set = (header: string, value: string) => {
      if (!reply.hasHeader(header)) reply.header(header, value);
    };
    set('content-security-policy', strictPolicy);
    set('x-content-type-options', 'nosniff');
    set('referrer-policy', 'same-origin');
    set('x-frame-options', 'DENY');
    set('cross-origin-opener-policy', 'same-origin');
    set('cache-control', 'no-store');
    if (own.protocol === 'https:') set('strict-transport-security', 'max-age=31536000');
  });
  // SameSite=Lax keeps the cookie from other sites' writes; this holds where a browser does not, or a sister site asks.
  server.addHook('onRequest', async (request) => {
    if (!writes.has(request.method)) return;
    // A key is no cookie: no browser adds it by itself, and a page of another site can't set this header without our leave (the
    // preflight of CORS, which nobody answers here).
    if (bearerOf(request) !== null) return;
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') throw fault('origin-refused');
    if (origin !== undefined && !isOwn(origin, own, request.headers.host)) throw fault('origin-refused');
  });
}

/** The configured address, or the very host that was asked: 127.0.0.1 and localhost are one server. */
function isOwn(origin: string, own: URL, host: string | undefined): boolean {
  if (origin === own.origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
