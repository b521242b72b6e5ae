// Payments, and what they and credit notes are given to.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browsePayments } from '../../app/browse.ts';
import { confirmPayments } from '../../app/check-bank.ts';
import { exportPayments } from '../../app/export-payments.ts';
import { allocateCredit, recordPayment, returnPayment, undoAllocations } from '../../app/record-payment.ts';
import { companyParams, pageOf } from '../../contract/common.ts';
import { paymentsConfirmed } from '../../contract/company.ts';
import * as wire from '../../contract/payment.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import { listFileSchema, sendListFile } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['payments'];
const params = companyParams;

export const paymentRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/payments',
    {
      schema: {
        tags,
        summary: 'Payments, the latest first',
        params,
        querystring: wire.paymentsQuery,
        response: { 200: pageOf(wire.paymentRow) },
      },
    },
    async (request) => browsePayments(context, actingOf(request), request.query),
  );

  server.post(
    '/api/companies/:companyId/payments/file',
    {
      schema: {
        tags,
        summary: 'The list of payments as a CSV or XLSX file',
        params,
        body: wire.paymentsFile,
        ...listFileSchema,
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const wanted = { ...request.body, language };
      return sendListFile(reply, orFault(await exportPayments(context, actingOf(request), wanted)));
    },
  );

  server.post(
    '/api/companies/:companyId/payments/confirmed',
    {
      schema: {
        tags,
        summary: 'Says that every payment up to today is entered',
        description: 'What waited because payments had not been imported for too long goes on.',
        params,
        response: { 200: paymentsConfirmed },
      },
    },
    async (request) => orFault(await confirmPayments(context, actingOf(request))),
  );

  server.post(
    '/api/companies/:companyId/payments',
    {
      schema: {
        tags,
        summary: 'Records a payment and gives it to invoices',
        description: 'The reminders of what it settles stop at once.',
        params,
        body: wire.newPayment,
        response: { 201: wire.madePayment },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await recordPayment(context, actingOf(request), request.body))),
  );

  server.post(
    '/api/companies/:companyId/payments/:paymentId/return',
    {
      schema: {
        tags,
        summary: 'The money was taken back, or a settlement is undone',
        params: wire.paymentParams,
        body: wire.returning,
        response: { 200: wire.returned },
      },
    },
    async (request) => {
      const { paymentId } = request.params;
      return orFault(await returnPayment(context, actingOf(request), { ...request.body, paymentId }));
    },
  );

  server.post(
    '/api/companies/:companyId/allocations',
    {
      schema: {
        tags,
        summary: 'Gives what is left of a payment or credit note to invoices',
        params,
        body: wire.allocation,
        response: { 201: wire.allocated },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await allocateCredit(context, actingOf(request), request.body))),
  );

  server.post(
    '/api/companies/:companyId/allocations/undo',
    {
      schema: {
        tags,
        summary: 'Takes a payment or credit note back from its invoices',
        params,
        body: wire.undoing,
        response: { 200: wire.undone },
      },
    },
    async (request) => orFault(await undoAllocations(context, actingOf(request), request.body)),
  );
};
