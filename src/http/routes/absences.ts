// Who is away and who stands in: everybody says it of themselves, a manager of anybody.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseAbsences, endAbsence, setAbsence } from '../../app/keep-absences.ts';
import * as wire from '../../contract/absence.ts';
import { companyParams, nothing } from '../../contract/common.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['account'];
const own = '/api/companies/:companyId/absence';
const ofMember = '/api/companies/:companyId/members/:userId/absence';

export const absenceRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/absences',
    {
      schema: {
        tags,
        summary: 'Who is away, or will be, and who stands in',
        params: companyParams,
        response: { 200: wire.absences },
      },
    },
    async (request) => ({ rows: await browseAbsences(context, actingOf(request)) }),
  );

  server.put(
    own,
    {
      schema: {
        tags,
        summary: 'You are away: somebody stands in',
        description: 'Replaces your absence, if there is one.',
        params: companyParams,
        body: wire.absenceGiven,
        response: { 200: nothing },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      orFault(await setAbsence(context, acting, { ...request.body, userId: acting.actor }));
      return {};
    },
  );

  server.delete(
    own,
    { schema: { tags, summary: 'You are back', params: companyParams, response: { 200: nothing } } },
    async (request) => {
      const acting = actingOf(request);
      orFault(await endAbsence(context, acting, acting.actor));
      return {};
    },
  );

  server.put(
    ofMember,
    {
      schema: {
        tags,
        summary: 'A member is away: somebody stands in',
        description: 'Replaces the member’s absence, if there is one.',
        params: wire.absenceParams,
        body: wire.absenceGiven,
        response: { 200: nothing },
      },
    },
    async (request) => {
      orFault(await setAbsence(context, actingOf(request), { ...request.body, userId: request.params.userId }));
      return {};
    },
  );

  server.delete(
    ofMember,
    { schema: { tags, summary: 'A member is back', params: wire.absenceParams, response: { 200: nothing } } },
    async (request) => {
      orFault(await endAbsence(context, actingOf(request), request.params.userId));
      return {};
    },
  );
};
