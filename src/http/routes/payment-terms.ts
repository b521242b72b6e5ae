// Payment terms: how what is written is understood, and the due date that a customer's terms give.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { proposeDueDate, understandTerms } from '../../app/propose-due-date.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/payment-terms.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['customers'];

export const paymentTermsRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.post(
    '/api/companies/:companyId/payment-terms/understood',
    {
      schema: {
        tags,
        summary: 'How payment terms are understood, with an example',
        description: 'Nothing is written. What is not understood is refused (terms-unknown), never guessed.',
        params: companyParams,
        body: wire.understandingTerms,
        response: { 200: wire.understoodTerms },
      },
    },
    async (request) => orFault(await understandTerms(context, actingOf(request), request.body.terms)),
  );

  server.get(
    '/api/companies/:companyId/due-date',
    {
      schema: {
        tags,
        summary: 'The due date that a customer’s payment terms give',
        params: companyParams,
        querystring: wire.proposedDueQuery,
        response: { 200: wire.proposedDue },
      },
    },
    async (request) => ({ proposed: orFault(await proposeDueDate(context, actingOf(request), request.query)) }),
  );
};
