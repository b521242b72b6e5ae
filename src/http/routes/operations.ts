// Operations over many customers: begun here, worked in the background.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { approveMany } from '../../app/approve-many.ts';
import { enrolMany } from '../../app/enrol-many.ts';
import { pauseMany } from '../../app/pause-many.ts';
import { remindMany } from '../../app/remind-many.ts';
import { undoOperation } from '../../app/undo-operation.ts';
import { browseOperations, browseParts, oneOperation } from '../../app/work-operations.ts';
import { companyParams, pageOf, pageQuery } from '../../contract/common.ts';
import { enrollingMany, pausingMany } from '../../contract/customer.ts';
import * as wire from '../../contract/operation.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['reminders'];
const operations = '/api/companies/:companyId/operations';

export const operationRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.post(
    operations,
    {
      schema: {
        tags,
        summary: 'Prepares messages for many invoices, one for each customer, in the background',
        params: companyParams,
        body: wire.remindingMany,
        response: { 202: wire.begun },
      },
    },
    async (request, reply) => reply.code(202).send(orFault(await remindMany(context, actingOf(request), request.body))),
  );

  server.post(
    `${operations}/approve`,
    {
      schema: {
        tags,
        summary:
          'Approves many messages in the background; they leave together, ten seconds after the last is approved',
        params: companyParams,
        body: wire.approvingMany,
        response: { 202: wire.approvalBegun },
      },
    },
    async (request, reply) =>
      reply.code(202).send(orFault(await approveMany(context, actingOf(request), request.body))),
  );

  server.post(
    `${operations}/pause`,
    {
      schema: {
        tags,
        summary: 'Pauses many invoices or customers in the background',
        params: companyParams,
        body: pausingMany,
        response: { 202: wire.begun },
      },
    },
    async (request, reply) => reply.code(202).send(orFault(await pauseMany(context, actingOf(request), request.body))),
  );

  server.post(
    `${operations}/enrol`,
    {
      schema: {
        tags,
        summary: 'Puts many customers in a sequence, or in none, in the background',
        params: companyParams,
        body: enrollingMany,
        response: { 202: wire.begun },
      },
    },
    async (request, reply) => reply.code(202).send(orFault(await enrolMany(context, actingOf(request), request.body))),
  );

  server.post(
    `${operations}/:operationId/undo`,
    {
      schema: {
        tags,
        summary: 'Stops an approval or a pause, and takes back what has not left, or what still stands',
        params: wire.operationParams,
        response: { 202: wire.begun },
      },
    },
    async (request, reply) =>
      reply.code(202).send(orFault(await undoOperation(context, actingOf(request), request.params))),
  );

  server.get(
    operations,
    {
      schema: {
        tags,
        summary: 'Operations, the latest first',
        params: companyParams,
        querystring: pageQuery,
        response: { 200: pageOf(wire.operation) },
      },
    },
    async (request) => browseOperations(context, actingOf(request), request.query),
  );

  server.get(
    `${operations}/:operationId`,
    {
      schema: { tags, summary: 'How far it is', params: wire.operationParams, response: { 200: wire.operation } },
    },
    async (request) => orFault(await oneOperation(context, actingOf(request), request.params.operationId)),
  );

  server.get(
    `${operations}/:operationId/parts`,
    {
      schema: {
        tags,
        summary: 'What came of each customer',
        params: wire.operationParams,
        querystring: wire.partsQuery,
        response: { 200: pageOf(wire.operationPart) },
      },
    },
    async (request) => browseParts(context, actingOf(request), request.params.operationId, request.query),
  );
};
