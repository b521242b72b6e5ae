// A company: its settings and figures, its mail server, its clock, going live.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readMailServer } from '../../app/browse.ts';
import { changeCompany, goLive, saveMailServer, setClock, testMailServer } from '../../app/change-company.ts';
import { companyStatus } from '../../app/company-status.ts';
import { examineSenderDomain } from '../../app/examine-sender-domain.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/company.ts';
import { regionsOf } from '../../core/calendar.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import { companyShown, mailServerShown } from './company-shown.ts';
import type { RouteOptions } from './options.ts';

const tags = ['company'];
const params = companyParams;

export const companyRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, options) => {
  const { context, tryMailServer, domainNames } = options;
  server.get(
    '/api/companies/:companyId',
    { schema: { tags, summary: 'The company and its settings', params, response: { 200: wire.company } } },
    async (request) => {
      const { company, today } = await companyStatus(context, actingOf(request));
      return companyShown(company, today, request.role!);
    },
  );

  server.patch(
    '/api/companies/:companyId',
    {
      schema: { tags, summary: 'Changes settings', params, body: wire.companyChange, response: { 200: wire.company } },
    },
    async (request) => {
      const company = orFault(await changeCompany(context, actingOf(request), request.body));
      const { today } = await companyStatus(context, actingOf(request));
      return companyShown(company, today, request.role!);
    },
  );

  server.get(
    '/api/companies/:companyId/status',
    {
      schema: {
        tags,
        summary: 'Figures: owed, late, came in, waiting',
        params,
        response: { 200: wire.companyFigures },
      },
    },
    async (request) => companyStatus(context, actingOf(request)),
  );

  server.get(
    '/api/companies/:companyId/regions',
    {
      schema: {
        tags,
        summary: 'Regions of the company’s country with public holidays of their own',
        params,
        response: { 200: wire.regions },
      },
    },
    async (request) => {
      const { company } = await companyStatus(context, actingOf(request));
      return { rows: regionsOf(company.country, company.language) };
    },
  );

  server.put(
    '/api/companies/:companyId/clock',
    {
      schema: {
        tags,
        summary: 'Sets the practice clock',
        description: 'In practice only. It does not go back once something has left.',
        params,
        body: wire.clock,
        response: { 200: wire.clockSet },
      },
    },
    async (request) => orFault(await setClock(context, actingOf(request), request.body)),
  );

  server.get(
    '/api/companies/:companyId/mail-server',
    {
      schema: { tags, summary: 'The mail server, without its secret', params, response: { 200: wire.mailServerState } },
    },
    async (request) => ({ mailServer: mailServerShown(await readMailServer(context, actingOf(request))) }),
  );

  server.put(
    '/api/companies/:companyId/mail-server',
    {
      schema: {
        tags,
        summary: 'Sets up the mail server',
        params,
        body: wire.mailServerChange,
        response: { 200: wire.mailServerSaved },
      },
    },
    async (request) => orFault(await saveMailServer(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/mail-server/test',
    {
      schema: {
        tags,
        summary: 'Tries the mail server',
        description: 'Connects and signs in; with `message`, also sends a test message to the address of whoever asks.',
        params,
        body: wire.mailTest,
        response: { 200: wire.mailTested },
      },
    },
    async (request) => {
      const to = request.body?.message === true ? { to: request.signedIn!.email } : {};
      return orFault(await testMailServer(context, actingOf(request), tryMailServer, to));
    },
  );

  server.get(
    '/api/companies/:companyId/sender-domain',
    {
      schema: {
        tags,
        summary: 'What the DNS says of the sender’s domain',
        description:
          'SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489) and MX, asked now and judged: codes with parameters, and the TXT ' +
          'record to publish where it can be told. DKIM needs the selector that the mail provider gave.',
        params,
        querystring: wire.senderDomainQuery,
        response: { 200: wire.senderDomain },
      },
    },
    async (request) => orFault(await examineSenderDomain(context, actingOf(request), domainNames, request.query)),
  );

  server.post(
    '/api/companies/:companyId/go-live',
    {
      schema: {
        tags,
        summary: 'From practice to real sending',
        description: 'One way. Needs a tested mail server; preview (GET …/preview) says what will be asked for first.',
        params,
        body: wire.goingLive,
        response: { 200: wire.goneLive },
      },
    },
    async (request) => orFault(await goLive(context, actingOf(request))),
  );
};
