// Closures: the days on which the company sends nothing, whatever the weekday.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addClosure, browseClosures, changeClosure, removeClosure } from '../../app/keep-closures.ts';
import * as wire from '../../contract/closure.ts';
import { companyParams, made } from '../../contract/common.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['company'];
const params = wire.closureParams;
const closures = '/api/companies/:companyId/closures';

export const closureRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    closures,
    {
      schema: {
        tags,
        summary: 'Closures: days on which no reminder leaves, past ones too',
        params: companyParams,
        response: { 200: wire.closures },
      },
    },
    async (request) => ({ rows: await browseClosures(context, actingOf(request)) }),
  );

  server.post(
    closures,
    {
      schema: {
        tags,
        summary: 'A new closure',
        description: 'What falls on one of its days leaves on the next sending day.',
        params: companyParams,
        body: wire.newClosure,
        response: { 201: made },
      },
    },
    async (request, reply) =>
      reply.code(201).send({ id: orFault(await addClosure(context, actingOf(request), request.body)).closureId }),
  );

  server.patch(
    `${closures}/:closureId`,
    { schema: { tags, summary: 'Changes a closure', params, body: wire.closureChange, response: { 200: made } } },
    async (request) => {
      const { closureId } = request.params;
      return { id: orFault(await changeClosure(context, actingOf(request), { ...request.body, closureId })).closureId };
    },
  );

  server.delete(
    `${closures}/:closureId`,
    { schema: { tags, summary: 'Removes a closure', params, response: { 200: made } } },
    async (request) => {
      const { closureId } = request.params;
      return { id: orFault(await removeClosure(context, actingOf(request), { closureId })).closureId };
    },
  );
};
