// Templates of messages: edited, looked at as the message that they make, tried on oneself.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { previewTemplate, testTemplate } from '../../app/preview-template.ts';
import {
  browseTemplates,
  createTemplate,
  deleteTemplate,
  restoreTemplate,
  saveTemplate,
} from '../../app/save-template.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/template.ts';
import { failed } from '../../core/fault.ts';
import { tagsInWords } from '../../core/merge-tags.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import { fieldOf, jsonOf } from '../files.ts';
import { sendFramed } from '../message-frame.ts';
import type { RouteOptions } from './options.ts';

const tags = ['templates'];
const templates = '/api/companies/:companyId/templates';
const one = `${templates}/:key/:language`;
const draftLimit = 256 * 1024;

export const templateRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context, tryMailServer }) => {
  server.get(
    templates,
    {
      schema: {
        tags,
        summary: 'Templates by key and language',
        params: companyParams,
        response: { 200: wire.templates },
      },
    },
    async (request) => ({ rows: await browseTemplates(context, actingOf(request)) }),
  );

  server.post(
    templates,
    {
      schema: {
        tags,
        summary: 'A new template, empty or a copy of another',
        params: companyParams,
        body: wire.newTemplate,
        response: { 201: wire.createdTemplate },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await createTemplate(context, actingOf(request), request.body))),
  );

  server.get(
    `${templates}/tags`,
    {
      schema: {
        tags,
        summary: 'The tags and blocks that a template may use, in words',
        params: companyParams,
        response: { 200: wire.tags },
      },
    },
    async (request) => {
      const language = languageOf(request.headers['accept-language']);
      return {
        rows: tagsInWords.map(({ written, name, example, asks }) => ({
          written,
          asks,
          name: name[language],
          example: example[language],
        })),
      };
    },
  );

  server.post(
    `${templates}/preview`,
    {
      schema: {
        tags,
        summary: 'The message that a template would make, of real figures; nothing is written',
        description: 'What is wrong in the template is answered with its field, its line and the name of the tag.',
        params: companyParams,
        body: wire.toPreview,
        response: { 200: wire.preview },
      },
    },
    async (request) => orFault(await previewTemplate(context, actingOf(request), request.body)),
  );

  server.post(
    `${templates}/preview.html`,
    {
      schema: {
        tags,
        summary: 'Its HTML, for a sandboxed frame (multipart, the draft as JSON in one field)',
        params: companyParams,
        consumes: ['multipart/form-data'],
        produces: ['text/html'],
      },
    },
    async (request, reply) => {
      const given = wire.toPreview.safeParse(jsonOf(await fieldOf(request, 'draft', draftLimit)));
      if (!given.success) return sendFramed(request, reply, failed('invalid-input', { fields: 'draft' }));
      return sendFramed(request, reply, await previewTemplate(context, actingOf(request), given.data));
    },
  );

  server.delete(
    `${templates}/:key`,
    {
      schema: {
        tags,
        summary: 'Deletes a template that no step uses',
        params: wire.oneTemplate,
        response: { 200: wire.deletedTemplate },
      },
    },
    async (request) => orFault(await deleteTemplate(context, actingOf(request), { key: request.params.key })),
  );

  server.put(
    one,
    {
      schema: {
        tags,
        summary: 'Saves a template, a new one too; an unknown tag is refused',
        params: wire.templateParams,
        body: wire.templateChange,
        response: { 200: wire.savedTemplate },
      },
    },
    async (request) => {
      const { key, language } = request.params;
      return orFault(await saveTemplate(context, actingOf(request), { key, language, ...request.body }));
    },
  );

  server.post(
    `${one}/restore`,
    {
      schema: {
        tags,
        summary: 'Restores the text that came with Relance',
        params: wire.templateParams,
        response: { 200: wire.savedTemplate },
      },
    },
    async (request) => {
      const { key, language } = request.params;
      return orFault(await restoreTemplate(context, actingOf(request), { key, language }));
    },
  );

  server.post(
    `${one}/test`,
    {
      schema: {
        tags,
        summary: 'Sends its message to whoever is signed in, and to nobody else',
        params: wire.templateParams,
        body: wire.toTest,
        response: { 200: wire.tested },
      },
    },
    async (request) => {
      const { key, language } = request.params;
      const input = { ...request.body, key, language, to: request.signedIn!.email };
      return orFault(await testTemplate(context, actingOf(request), tryMailServer, input));
    },
  );
};
