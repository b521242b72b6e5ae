// The API key that came with a request (RFC 6750 §2.1), and which calls are for people only.
import type { FastifyRequest } from 'fastify';

/** The text after "Bearer", or null. Another scheme is none of ours: a proxy before us may ask for a password of its own. */
export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

const company = '/api/companies/:companyId';

/**
 * What no key may, whatever its role: sessions and passwords are a person's, and a key that could make keys or let people in
 * would outlive its own revocation.
 */
export const forPeopleOnly: ReadonlySet<string> = new Set([
  'DELETE /api/session',
  'PUT /api/session/password',
  'POST /api/companies',
  'POST /api/sample-company',
  `GET ${company}/api-keys`,
  `POST ${company}/api-keys`,
  `DELETE ${company}/api-keys/:keyId`,
  // A key is never away.
  `PUT ${company}/absence`,
  `DELETE ${company}/absence`,
  // It goes to whoever is signed in; a key has no mailbox.
  `POST ${company}/templates/:key/:language/test`,
]);
