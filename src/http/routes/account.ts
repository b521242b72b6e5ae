// The first visit, signing in and out, opening a company.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isFirstVisit, makeFirstVisit } from '../../app/first-visit.ts';
import { companiesOfUser } from '../../app/members.ts';
import { openCompany } from '../../app/open-company.ts';
import { throwAwaySample } from '../../app/sample-company.ts';
import * as wire from '../../contract/account.ts';
import { companyParams, nothing } from '../../contract/common.ts';
import { actingOf } from '../access.ts';
import { fault, orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

export const accountRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context, auth, openSample }) => {
  server.get(
    '/api/first-visit',
    {
      schema: {
        tags: ['account'],
        summary: 'Whether nobody has an account yet',
        response: { 200: wire.firstVisitState },
      },
    },
    async () => ({ needed: await isFirstVisit(context) }),
  );

  server.post(
    '/api/first-visit',
    {
      schema: {
        tags: ['account'],
        summary: 'Makes the owner’s account and the company, and signs in',
        body: wire.firstVisit,
        response: { 201: wire.opened },
      },
    },
    async (request, reply) => {
      const opened = orFault(await makeFirstVisit(context, auth, request.body));
      const cookies = orFault(await auth.signIn(request, request.body.account));
      return reply.code(201).header('set-cookie', cookies).send(opened);
    },
  );

  server.post(
    '/api/session',
    {
      schema: {
        tags: ['account'],
        summary: 'Signs in; the answer sets a cookie',
        body: wire.signIn,
        response: { 200: nothing },
      },
    },
    async (request, reply) => reply.header('set-cookie', orFault(await auth.signIn(request, request.body))).send({}),
  );

  server.get(
    '/api/session',
    {
      schema: {
        tags: ['account'],
        summary: 'Who is signed in, and into which companies',
        response: { 200: wire.session },
      },
    },
    async ({ signedIn, apiKey }) =>
      apiKey === null
        ? { user: signedIn!, apiKey: null, companies: await companiesOfUser(context, signedIn!.userId) }
        : { user: null, apiKey, companies: [apiKey] },
  );

  server.delete(
    '/api/session',
    { schema: { tags: ['account'], summary: 'Signs out', response: { 200: nothing } } },
    async (request, reply) => reply.header('set-cookie', await auth.signOut(request)).send({}),
  );

  server.put(
    '/api/session/password',
    {
      schema: {
        tags: ['account'],
        summary: 'Changes the password and ends the other sessions',
        body: wire.changePassword,
        response: { 200: nothing },
      },
    },
    async (request, reply) =>
      reply.header('set-cookie', orFault(await auth.changePassword(request, request.body))).send({}),
  );

  server.post(
    '/api/companies',
    {
      schema: {
        tags: ['company'],
        summary: 'Opens another company',
        body: wire.newCompany,
        response: { 201: wire.opened },
      },
    },
    async (request, reply) => {
      return reply.code(201).send(orFault(await openCompany(context, request.signedIn!.userId, request.body)));
    },
  );

  server.post(
    '/api/sample-company',
    {
      schema: {
        tags: ['company'],
        summary: 'Makes a company to look around in',
        description: 'Customers, invoices and a hundred days of dunning; nothing is ever sent. One for each user.',
        body: wire.newSample,
        response: { 201: wire.opened },
      },
    },
    async (request, reply) => {
      const { userId, name } = request.signedIn!;
      return reply.code(201).send(await openSample({ userId, userName: name, language: request.body.language }));
    },
  );

  server.delete(
    '/api/companies/:companyId/sample',
    {
      schema: {
        tags: ['company'],
        summary: 'Throws a sample company away',
        description: 'With everything in it; a company of one’s own is refused.',
        params: companyParams,
        response: { 200: nothing },
      },
    },
    async (request, reply) => {
      if (!(await throwAwaySample(context, actingOf(request)))) throw fault('not-sample');
      return reply.send({});
    },
  );
};
