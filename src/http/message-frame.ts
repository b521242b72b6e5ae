// A message's HTML as the answer for a closed frame of the page.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '../core/fault.ts';
import { escapeHtml } from '../core/message.ts';
import { languageOf } from './fault-words.ts';
import { problemOf } from './faults.ts';

/** A message is looked at, nothing more: no script, nothing fetched, no form, no way out of its frame. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

export function sendFramed(request: FastifyRequest, reply: FastifyReply, read: Result<{ html: string }>): FastifyReply {
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('x-frame-options', 'SAMEORIGIN');
  if (read.ok) return reply.send(read.value.html);
  // Dropped while it was looked at: the frame says so, where an error of the API would be blocked by its own policy.
  const language = languageOf(request.headers['accept-language']);
  const { status, detail } = problemOf(read.fault, language);
  return reply
    .code(status)
    .send(`<!doctype html><html lang="${language}"><title>Relance</title><p>${escapeHtml(detail)}</p></html>`);
}
