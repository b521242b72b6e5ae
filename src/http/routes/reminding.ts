// "Relancer" from an invoice: the message as it would leave, files added to it, and its sending.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addFile } from '../../app/add-file.ts';
import { draftReminder, sendReminder } from '../../app/remind-invoice.ts';
import { invoiceParams } from '../../contract/invoice.ts';
import * as wire from '../../contract/reminder.ts';
import { done, failed } from '../../core/fault.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import { fieldOf, fileOf, jsonOf } from '../files.ts';
import { sendFramed } from '../message-frame.ts';
import type { RouteOptions } from './options.ts';

const tags = ['reminders'];
const params = invoiceParams;
const invoice = '/api/companies/:companyId/invoices/:invoiceId';
const fileLimit = 10 * 1024 * 1024;
const draftLimit = 256 * 1024;

export const remindingRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.post(
    `${invoice}/reminder-draft`,
    {
      schema: {
        tags,
        summary: 'A reminder of this invoice as it would leave now; nothing is written',
        params,
        body: wire.toRemind,
        response: { 200: wire.reminderDraft },
      },
    },
    async (request) => {
      const { invoiceId } = request.params;
      return orFault(await draftReminder(context, actingOf(request), { ...request.body, invoiceId }));
    },
  );

  server.post(
    `${invoice}/reminder-draft.html`,
    {
      schema: {
        tags,
        summary: 'Its HTML, for a sandboxed frame (multipart, the draft as JSON in one field)',
        params,
        consumes: ['multipart/form-data'],
        produces: ['text/html'],
      },
    },
    async (request, reply) => {
      const { invoiceId } = request.params;
      const given = wire.toRemind.safeParse(jsonOf(await fieldOf(request, 'draft', draftLimit)));
      if (!given.success) return sendFramed(request, reply, failed('invalid-input', { fields: 'draft' }));
      const draft = await draftReminder(context, actingOf(request), { ...given.data, invoiceId });
      if (!draft.ok) return sendFramed(request, reply, draft);
      const { message } = draft.value;
      return sendFramed(request, reply, message === null ? failed('not-to-remind') : done(message.read));
    },
  );

  server.post(
    `${invoice}/reminder-files`,
    {
      schema: {
        tags,
        summary: 'Adds a file for a reminder of this invoice (multipart, one file, 10 MB at most)',
        params,
        consumes: ['multipart/form-data'],
        response: { 201: wire.addedFile },
      },
    },
    async (request, reply) => {
      const { invoiceId } = request.params;
      const file = await fileOf(request, fileLimit);
      const bytes = await file.toBuffer();
      const added = await addFile(context, actingOf(request), { invoiceId, name: file.name, bytes });
      return reply.code(201).send(orFault(added));
    },
  );

  server.post(
    `${invoice}/reminder`,
    {
      schema: {
        tags,
        summary: 'Sends a reminder of this invoice',
        description: 'Prepared, approved by whoever sends it, and on its way, in one act.',
        params,
        body: wire.reminding,
        response: { 201: wire.reminded },
      },
    },
    async (request, reply) => {
      const { invoiceId } = request.params;
      return reply
        .code(201)
        .send(orFault(await sendReminder(context, actingOf(request), { ...request.body, invoiceId })));
    },
  );
};
