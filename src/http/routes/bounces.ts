// Messages that were not delivered: a server's report, what a person saw, an address that is right after all.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { reportUndelivered, unblockAddress } from '../../app/report-undelivered.ts';
import { takeReport } from '../../app/take-report.ts';
import * as wire from '../../contract/bounce.ts';
import { companyParams } from '../../contract/common.ts';
import { reminderParams } from '../../contract/reminder.ts';
import { actingOf } from '../access.ts';
import { fault, orFault } from '../faults.ts';
import { fileOf } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['bounces'];
/** A report returns the whole message, its attachments in base64 included. */
const reportLimit = 50 * 1024 * 1024;

export const bounceRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.addContentTypeParser(
    'message/rfc822',
    { parseAs: 'buffer', bodyLimit: reportLimit },
    (_request, body, parsed) => parsed(null, body),
  );

  server.post(
    '/api/companies/:companyId/bounces',
    {
      bodyLimit: reportLimit,
      schema: {
        tags,
        summary: 'Takes the report of a mail server about a message that was not delivered (RFC 3464)',
        description:
          'The raw file (.eml) as message/rfc822, or as a form with one file. An address that does not exist is blocked, its message waits ' +
          'for a person, and whoever is in charge is asked for another. What is no report, is about no message of the company, or came ' +
          'before changes nothing.',
        params: companyParams,
        consumes: ['message/rfc822', 'multipart/form-data'],
        response: { 200: wire.reportTaken },
      },
    },
    async (request) => {
      const eml = request.isMultipart() ? await (await fileOf(request, reportLimit)).toBuffer() : request.body;
      if (!Buffer.isBuffer(eml)) throw fault('invalid-input', { fields: 'file' });
      return orFault(await takeReport(context, actingOf(request), eml));
    },
  );

  server.post(
    '/api/companies/:companyId/reminders/:reminderId/undelivered',
    {
      schema: {
        tags,
        summary: 'A person saw that it came back',
        params: reminderParams,
        body: wire.reportingUndelivered,
        response: { 200: wire.undeliveredReported },
      },
    },
    async (request) => {
      const { reminderId } = request.params;
      return orFault(await reportUndelivered(context, actingOf(request), { reminderId, ...request.body }));
    },
  );

  server.post(
    '/api/companies/:companyId/blocked-addresses/unblock',
    {
      schema: {
        tags,
        summary: 'The address is right after all: it is written to again',
        params: companyParams,
        body: wire.unblocking,
        response: { 200: wire.unblocked },
      },
    },
    async (request) => orFault(await unblockAddress(context, actingOf(request), request.body)),
  );
};
