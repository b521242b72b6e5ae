// Files of the company that go with the messages of steps.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  addCompanyFile,
  browseCompanyFiles,
  openCompanyFile,
  removeCompanyFile,
  replaceCompanyFile,
} from '../../app/company-files.ts';
import { companyParams, made } from '../../contract/common.ts';
import * as wire from '../../contract/company-file.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import { attachment, fileOf } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['sequences'];
const params = wire.companyFileParams;
const files = '/api/companies/:companyId/files';
const fileLimit = 10 * 1024 * 1024;
const kinds = 'PDF, PNG or JPEG by its content, 10 MB at most.';

export const companyFileRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    files,
    {
      schema: {
        tags,
        summary: 'Files of the company that steps attach, with what uses them',
        params: companyParams,
        response: { 200: wire.companyFiles },
      },
    },
    async (request) => {
      const rows = await browseCompanyFiles(context, actingOf(request));
      return { rows: rows.map(({ bytes, ...row }) => ({ ...row, size: bytes })) };
    },
  );

  server.post(
    files,
    {
      schema: {
        tags,
        summary: 'Adds a file that steps may attach (multipart, one file)',
        description: kinds,
        params: companyParams,
        consumes: ['multipart/form-data'],
        response: { 201: made },
      },
    },
    async (request, reply) => {
      const file = await fileOf(request, fileLimit);
      const given = { name: file.name, bytes: await file.toBuffer() };
      return reply.code(201).send({ id: orFault(await addCompanyFile(context, actingOf(request), given)).fileId });
    },
  );

  server.get(
    `${files}/:fileId`,
    {
      schema: { tags, summary: 'Its bytes', params, produces: ['application/pdf', 'image/png', 'image/jpeg'] },
    },
    async (request, reply) => {
      const { name, type, bytes } = orFault(await openCompanyFile(context, actingOf(request), request.params));
      return reply.type(type).header('content-disposition', attachment(name)).send(bytes);
    },
  );

  server.put(
    `${files}/:fileId`,
    {
      schema: {
        tags,
        summary: 'Replaces it (multipart, one file): what has not left goes with the new one',
        description: kinds,
        params,
        consumes: ['multipart/form-data'],
        response: { 200: made },
      },
    },
    async (request) => {
      const { fileId } = request.params;
      const file = await fileOf(request, fileLimit);
      const given = { fileId, name: file.name, bytes: await file.toBuffer() };
      return { id: orFault(await replaceCompanyFile(context, actingOf(request), given)).fileId };
    },
  );

  server.delete(
    `${files}/:fileId`,
    {
      schema: {
        tags,
        summary: 'Removes it: it goes with nothing any more; what has left keeps it',
        params,
        response: { 200: made },
      },
    },
    async (request) => {
      const { fileId } = request.params;
      return { id: orFault(await removeCompanyFile(context, actingOf(request), { fileId })).fileId };
    },
  );
};
