// History: of the company, of a customer, of an invoice.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseHistory } from '../../app/browse.ts';
import { companyParams, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/event.ts';
import { actingOf } from '../access.ts';
import type { RouteOptions } from './options.ts';

export const eventRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/events',
    {
      schema: {
        tags: ['history'],
        summary: 'What happened, the latest first',
        params: companyParams,
        querystring: wire.eventsQuery,
        response: { 200: pageOf(wire.event) },
      },
    },
    async (request) => browseHistory(context, actingOf(request), request.query),
  );
};
