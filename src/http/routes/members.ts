// Who may enter a company: added, given another role, let go.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addNewMember, changeRole, listMembers, removeMember, resetPassword } from '../../app/members.ts';
import * as wire from '../../contract/account.ts';
import { companyParams, nothing } from '../../contract/common.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['account'];

export const memberRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context, auth }) => {
  server.get(
    '/api/companies/:companyId/members',
    {
      schema: { tags, summary: 'The members of a company', params: companyParams, response: { 200: wire.members } },
    },
    async (request) => ({ rows: await listMembers(context, actingOf(request)) }),
  );

  server.post(
    '/api/companies/:companyId/members',
    {
      schema: {
        tags,
        summary: 'Adds a user, with a temporary password',
        description:
          'Whoever has an account in this installation already enters with it: name and password stay theirs.',
        params: companyParams,
        body: wire.newMember,
        response: { 201: wire.memberAdded },
      },
    },
    async (request, reply) => {
      return reply.code(201).send(orFault(await addNewMember(context, auth, actingOf(request), request.body)));
    },
  );

  server.patch(
    '/api/companies/:companyId/members/:userId',
    {
      schema: {
        tags,
        summary: 'Gives a member another role',
        description: 'From the next call on, also for the API keys that the member made. The last owner stays one.',
        params: wire.memberParams,
        body: wire.memberChange,
        response: { 200: nothing },
      },
    },
    async (request) => {
      orFault(await changeRole(context, actingOf(request), request.params.userId, request.body.role));
      return {};
    },
  );

  server.delete(
    '/api/companies/:companyId/members/:userId',
    {
      schema: {
        tags,
        summary: 'Lets a member go',
        description: 'The API keys that the member made are revoked. What the member did stays in history.',
        params: wire.memberParams,
        response: { 200: wire.memberRemoved },
      },
    },
    async (request) => orFault(await removeMember(context, actingOf(request), request.params.userId)),
  );

  server.put(
    '/api/companies/:companyId/members/:userId/password',
    {
      schema: {
        tags,
        summary: 'Gives a member a temporary password',
        description:
          'Ends the member’s sessions. Refused for whoever also enters companies that are not the caller’s own.',
        params: wire.memberParams,
        body: wire.memberPassword,
        response: { 200: nothing },
      },
    },
    async (request) => {
      const { userId } = request.params;
      orFault(await resetPassword(context, auth, actingOf(request), userId, request.body.password));
      return {};
    },
  );
};
