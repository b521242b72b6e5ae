// Enrolment rules in their order, what others would do, and what an enrolment by hand would leave behind.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseRules, previewEnrolment, previewRules } from '../../app/preview-rules.ts';
import { saveRules } from '../../app/save-rules.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/enrolment-rule.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['sequences'];
const rules = '/api/companies/:companyId/enrolment-rules';

export const enrolmentRuleRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    rules,
    {
      schema: {
        tags,
        summary: 'The rules that put customers in sequences, in their order',
        description:
          'What a person chose for a customer stands before every rule; the default comes after the last one.',
        params: companyParams,
        response: { 200: wire.enrolmentRules },
      },
    },
    async (request) => browseRules(context, actingOf(request)),
  );

  server.post(
    `${rules}/preview`,
    {
      schema: {
        tags,
        summary: 'Whom these rules would move, and what that would send; nothing changes',
        params: companyParams,
        body: wire.previewingRules,
        response: { 200: wire.previewedRules },
      },
    },
    async (request) => orFault(await previewRules(context, actingOf(request), request.body)),
  );

  server.put(
    rules,
    {
      schema: {
        tags,
        summary: 'Saves the rules whole, with the default, and moves whom that moves',
        description: 'Refused as a conflict where somebody saved others since the version that is named.',
        params: companyParams,
        body: wire.savingRules,
        response: { 200: wire.savedRules },
      },
    },
    async (request) => orFault(await saveRules(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/enrolments/preview',
    {
      schema: {
        tags: ['customers'],
        summary: 'What customers would leave behind in the sequences that they are in; nothing changes',
        params: companyParams,
        body: wire.previewingEnrolment,
        response: { 200: wire.previewedEnrolment },
      },
    },
    async (request) => orFault(await previewEnrolment(context, actingOf(request), request.body)),
  );
};
