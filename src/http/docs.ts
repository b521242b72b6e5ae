// The API described: its OpenAPI 3.1 document, made from the very schemas that check requests, and a page to read it that
// needs neither a script nor anything from elsewhere.
import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { access } from './access.ts';
import { forPeopleOnly } from './bearer.ts';
import { docsPage, docsStyle, type OpenApi } from './docs-page.ts';

export async function installDocs(server: FastifyInstance, baseUrl: string): Promise<void> {
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Relance',
        version: '1',
        description:
          'Receivables and dunning. Amounts are integers of minor units with their currency; days are YYYY-MM-DD in the ' +
          'company’s time zone; instants are UTC. Lists are paged: give nextCursor back as cursor. Failures are problem+json ' +
          '(RFC 9457) with a stable code, in the language of Accept-Language (fr, en).',
      },
      servers: [{ url: new URL(baseUrl).origin }],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'relance.session_token',
            description: 'From POST /api/session.',
          },
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A key of one company, from the settings: Authorization: Bearer relance_… It may what its role may, in its ' +
              'company only.',
          },
        },
      },
      security: [{ session: [] }, { apiKey: [] }],
    },
    transform: (input) => {
      const { schema, url } = jsonSchemaTransform(input);
      const known = [input.route.method].flat().find((method) => method !== 'HEAD');
      return { schema: { ...schema, ...securityOf(`${known} ${input.url}`) }, url };
    },
  });
}

/** Where it is not as everywhere: calls that are for anyone, and those that no key may make. */
function securityOf(route: string): { security?: Record<string, string[]>[] } {
  if (access[route] === 'anyone') return { security: [] };
  return forPeopleOnly.has(route) ? { security: [{ session: [] }] } : {};
}

export function docsRoutes(server: FastifyInstance): void {
  server.get('/api/openapi.json', { schema: { hide: true } }, async () => server.swagger());
  server.get('/api/docs.css', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type('text/css; charset=utf-8').send(docsStyle);
  });
  server.get('/api/docs', { schema: { hide: true } }, async (_request, reply) => {
    return reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
      )
      .send(docsPage(server.swagger() as OpenApi));
  });
}
