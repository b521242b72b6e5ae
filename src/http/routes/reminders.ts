// Reminders: those that wait for approval, those that left, the message of each as it leaves.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseReminders } from '../../app/browse.ts';
import {
  approveReminders,
  editReminder,
  leaveInvoiceOut,
  postponeReminder,
  refuseReminder,
  resolveReminder,
  undoApproval,
} from '../../app/decide-reminders.ts';
import { exportReminders } from '../../app/export-reminders.ts';
import { holdBack } from '../../app/hold-back.ts';
import { prepareReminders } from '../../app/prepare-reminders.ts';
import { readMessage, readMessageText } from '../../app/read-message.ts';
import { companyParams, made, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/reminder.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import { attachment, listFileSchema, sendListFile } from '../files.ts';
import { headersOf } from '../mail-headers.ts';
import { sendFramed } from '../message-frame.ts';
import type { RouteOptions } from './options.ts';

const tags = ['reminders'];
const params = wire.reminderParams;
const reminder = '/api/companies/:companyId/reminders/:reminderId';

export const reminderRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/reminders',
    {
      schema: {
        tags,
        summary: 'Reminders, the latest first',
        params: companyParams,
        querystring: wire.remindersQuery,
        response: { 200: pageOf(wire.reminderRow) },
      },
    },
    async (request) => browseReminders(context, actingOf(request), request.query),
  );

  server.post(
    '/api/companies/:companyId/reminders/file',
    {
      schema: {
        tags,
        summary: 'The list of messages as a CSV or XLSX file',
        params: companyParams,
        body: wire.remindersFile,
        ...listFileSchema,
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const wanted = { ...request.body, language };
      return sendListFile(reply, orFault(await exportReminders(context, actingOf(request), wanted)));
    },
  );

  server.post(
    '/api/companies/:companyId/reminders',
    {
      schema: {
        tags,
        summary: 'Prepares messages for invoices that a person chose; they wait to be approved',
        params: companyParams,
        body: wire.preparing,
        response: { 201: wire.prepared },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await prepareReminders(context, actingOf(request), request.body))),
  );

  server.post(
    '/api/companies/:companyId/reminders/approve',
    {
      schema: {
        tags,
        summary: 'Approves reminders, one or many',
        params: companyParams,
        body: wire.approving,
        response: { 200: wire.approved },
      },
    },
    async (request) => orFault(await approveReminders(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/reminders/undo-approval',
    {
      schema: {
        tags,
        summary: 'Takes approvals back while the messages have not left',
        params: companyParams,
        body: wire.undoingApproval,
        response: { 200: wire.approvalUndone },
      },
    },
    async (request) => orFault(await undoApproval(context, actingOf(request), request.body)),
  );

  server.post(
    '/api/companies/:companyId/reminders/hold-back',
    {
      schema: {
        tags,
        summary: 'Holds back what is ready: it waits for approval again',
        params: companyParams,
        body: wire.holdingBack,
        response: { 200: wire.heldBack },
      },
    },
    async (request) => orFault(await holdBack(context, actingOf(request), request.body)),
  );

  server.get(
    `${reminder}/text`,
    {
      schema: {
        tags,
        summary: 'Its subject and text before the figures are filled in',
        params,
        response: { 200: wire.messageText },
      },
    },
    async (request) => orFault(await readMessageText(context, actingOf(request), request.params.reminderId)),
  );

  server.get(
    `${reminder}/message`,
    {
      schema: {
        tags,
        summary: 'The message: as it left, or as it would leave now',
        params,
        response: { 200: wire.message },
      },
    },
    async (request) => {
      const {
        eml,
        html: _,
        ...message
      } = orFault(await readMessage(context, actingOf(request), request.params.reminderId));
      return { ...message, headers: headersOf(eml) };
    },
  );

  server.get(
    `${reminder}/message.html`,
    { schema: { tags, summary: 'Its HTML, for a sandboxed frame', params, produces: ['text/html'] } },
    async (request, reply) => {
      return sendFramed(request, reply, await readMessage(context, actingOf(request), request.params.reminderId));
    },
  );

  server.get(
    `${reminder}/message.eml`,
    { schema: { tags, summary: 'Its bytes (RFC 5322)', params, produces: ['message/rfc822'] } },
    async (request, reply) => {
      const { eml } = orFault(await readMessage(context, actingOf(request), request.params.reminderId));
      return reply
        .type('message/rfc822')
        .header('content-disposition', attachment(`${request.params.reminderId}.eml`))
        .send(eml);
    },
  );

  server.post(
    `${reminder}/refuse`,
    {
      schema: {
        tags,
        summary: 'It will not be sent, or, a task, not be done; the sequence goes on',
        params,
        body: wire.refusing,
        response: { 200: made },
      },
    },
    async (request) => {
      const { reminderId } = request.params;
      const { reason } = request.body;
      return { id: orFault(await refuseReminder(context, actingOf(request), { reminderId, reason })).reminderId };
    },
  );

  server.post(
    `${reminder}/postpone`,
    { schema: { tags, summary: 'It waits until a day', params, body: wire.postponing, response: { 200: made } } },
    async (request) => {
      const { reminderId } = request.params;
      const { until } = request.body;
      return { id: orFault(await postponeReminder(context, actingOf(request), { reminderId, until })).reminderId };
    },
  );

  server.patch(
    reminder,
    {
      schema: {
        tags,
        summary: 'Changes its subject and text before it leaves',
        params,
        body: wire.editing,
        response: { 200: made },
      },
    },
    async (request) => {
      const { reminderId } = request.params;
      return {
        id: orFault(await editReminder(context, actingOf(request), { reminderId, ...request.body })).reminderId,
      };
    },
  );

  server.delete(
    `${reminder}/invoices/:invoiceId`,
    {
      schema: {
        tags,
        summary: 'Leaves one invoice out of it',
        params: wire.leaveOutParams,
        response: { 200: wire.leftOut },
      },
    },
    async (request) => orFault(await leaveInvoiceOut(context, actingOf(request), request.params)),
  );

  server.post(
    `${reminder}/resolve`,
    {
      schema: {
        tags,
        summary: 'Says what became of a sending in doubt',
        description: 'It did leave, or it is to be sent again.',
        params,
        body: wire.resolving,
        response: { 200: made },
      },
    },
    async (request) => {
      const { reminderId } = request.params;
      return {
        id: orFault(await resolveReminder(context, actingOf(request), { reminderId, ...request.body })).reminderId,
      };
    },
  );
};
