// History: of the company, of a customer, of an invoice.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseActors, browseCompanyHistory, browseHistory } from '../../app/browse.ts';
import { exportHistory } from '../../app/export-history.ts';
import { companyParams, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/event.ts';
import { mayAs } from '../../core/role.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import { listFileSchema, sendListFile } from '../files.ts';
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
    async (request) =>
      browseHistory(context, actingOf(request), {
        ...request.query,
        // What concerns the company itself (keys, members, the mail server) is for those who manage it.
        ofCustomersOnly: !mayAs(request.role!, 'manager'),
      }),
  );

  server.get(
    '/api/companies/:companyId/history',
    {
      schema: {
        tags: ['history'],
        summary: 'All that happened in the company, the latest first',
        params: companyParams,
        querystring: wire.historyQuery,
        response: { 200: pageOf(wire.historyEvent) },
      },
    },
    async (request) => browseCompanyHistory(context, actingOf(request), request.query),
  );

  server.post(
    '/api/companies/:companyId/history/file',
    {
      schema: {
        tags: ['history'],
        summary: 'The history of the company as a CSV or XLSX file',
        params: companyParams,
        body: wire.historyFile,
        ...listFileSchema,
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const wanted = { ...request.body, language };
      return sendListFile(reply, orFault(await exportHistory(context, actingOf(request), wanted)));
    },
  );

  server.get(
    '/api/companies/:companyId/history/people',
    {
      schema: {
        tags: ['history'],
        summary: 'Who ever did something in the company, but for Relance itself',
        params: companyParams,
        response: { 200: wire.historyPeople },
      },
    },
    async (request) => ({ rows: await browseActors(context, actingOf(request)) }),
  );
};
