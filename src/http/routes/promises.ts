// Promises to pay: noted, withdrawn, listed.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browsePromises, makePromise, withdrawPromise } from '../../app/keep-promises.ts';
import { companyParams, made, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/promise.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['promises'];
const promises = '/api/companies/:companyId/promises';

export const promiseRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    promises,
    {
      schema: {
        tags,
        summary: 'Promises to pay: those of today, those overdue, or all',
        params: companyParams,
        querystring: wire.promisesQuery,
        response: { 200: pageOf(wire.promiseRow) },
      },
    },
    async (request) => browsePromises(context, actingOf(request), request.query),
  );

  server.post(
    promises,
    {
      schema: {
        tags,
        summary: 'Notes a promise to pay',
        description:
          'Nothing leaves about what is promised up to and including that day. A promise that runs about the same is replaced, and a message that waits is taken out.',
        params: companyParams,
        body: wire.newPromise,
        response: { 201: made },
      },
    },
    async (request, reply) =>
      reply.code(201).send({ id: orFault(await makePromise(context, actingOf(request), request.body)).promiseId }),
  );

  server.post(
    `${promises}/:promiseId/withdraw`,
    {
      schema: {
        tags,
        summary: 'Withdraws a promise that runs, with why: what is due leaves again',
        params: wire.promiseParams,
        body: wire.withdrawal,
        response: { 200: made },
      },
    },
    async (request) => {
      const { promiseId } = request.params;
      const withdrawn = await withdrawPromise(context, actingOf(request), { ...request.body, promiseId });
      return { id: orFault(withdrawn).promiseId };
    },
  );
};
