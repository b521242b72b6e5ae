// The keys with which programs call this API.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseApiKeys, type ListedApiKey, makeApiKey, revokeApiKey } from '../../app/api-keys.ts';
import * as wire from '../../contract/api-key.ts';
import { companyParams, nothing } from '../../contract/common.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['account'];

export const apiKeyRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/api-keys',
    { schema: { tags, summary: 'The API keys of a company', params: companyParams, response: { 200: wire.apiKeys } } },
    async (request) => ({ rows: (await browseApiKeys(context, actingOf(request))).map(shown) }),
  );

  server.post(
    '/api/companies/:companyId/api-keys',
    {
      schema: {
        tags,
        summary: 'Makes an API key',
        description: 'The answer holds the key, for the only time. Send it as `Authorization: Bearer …`.',
        params: companyParams,
        body: wire.newApiKey,
        response: { 201: wire.madeApiKey },
      },
    },
    async (request, reply) => {
      const made = orFault(await makeApiKey(context, actingOf(request), request.role!, request.body));
      return reply.code(201).send(made);
    },
  );

  server.delete(
    '/api/companies/:companyId/api-keys/:keyId',
    {
      schema: {
        tags,
        summary: 'Revokes an API key',
        description: 'Whatever calls with it is refused from now on. There is no way back.',
        params: wire.apiKeyParams,
        response: { 200: nothing },
      },
    },
    async (request) => {
      orFault(await revokeApiKey(context, actingOf(request), request.params.keyId));
      return {};
    },
  );
};

const shown = (key: ListedApiKey) => ({
  id: key.id,
  name: key.name,
  role: key.role,
  prefix: key.prefix,
  state: key.state,
  makerName: key.makerName,
  madeAt: key.made_at.toISOString(),
  endsOn: key.ends_on,
  lastUsedOn: key.last_used_on,
  revokedAt: key.revoked_at?.toISOString() ?? null,
  revokerName: key.revokerName,
});
