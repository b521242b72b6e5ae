// The web application's files: one page with a policy of its own, and assets whose names change with their content.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Replaced in index.html on each answer: the only style elements that may act carry it. */
const nonceMark = '__NONCE__';

export async function installPages(server: FastifyInstance, staticDir: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: join(staticDir, 'assets'),
    prefix: '/assets/',
    maxAge: '1y',
    immutable: true,
    // Any path below /assets/ is looked up when it is asked for, so that the page can be built after the start.
    wildcard: true,
    setHeaders: (reply) => reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    // An address of the API that does not exist is told so as the API tells things.
    if (request.url.startsWith('/api/')) return reply.callNotFound();
    const nonce = randomBytes(16).toString('base64');
    const html = await readFile(join(staticDir, 'index.html'), 'utf8').catch(() => null);
    reply.type('text/html; charset=utf-8').header('content-security-policy', policy(nonce));
    return html === null ? reply.code(503).send(notBuilt) : reply.send(html.replaceAll(nonceMark, nonce));
  };
  // Every screen has an address; the application in the page knows which it is.
  server.get('/', { schema: { hide: true } }, page);
  server.get('/*', { schema: { hide: true } }, page);
}

const notBuilt = '<!doctype html><title>Relance</title><p>The page is not built: run npm run build:web.</p>';

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
