// The company's letterhead and its logo.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { openLogo, removeLogo, saveLetterhead, saveLogo, showLetterhead } from '../../app/letterhead.ts';
import { companyParams, nothing } from '../../contract/common.ts';
import * as wire from '../../contract/letterhead.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import { fileOf } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['company'];
const params = companyParams;
const letterhead = '/api/companies/:companyId/letterhead';
/** Enough for a logo that is printed; it is not a photograph. */
const logoLimit = 512 * 1024;

export const letterheadRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    letterhead,
    {
      schema: {
        tags,
        summary: 'The letterhead, and the foot that messages get',
        params,
        response: { 200: wire.letterheadShown },
      },
    },
    async (request) => showLetterhead(context, actingOf(request)),
  );

  server.put(
    letterhead,
    {
      schema: {
        tags,
        summary: 'Replaces the letterhead',
        description: 'What is left out is empty. Numbers are checked: SIREN, SIRET, VAT number, IBAN, BIC.',
        params,
        body: wire.letterheadChange,
        response: { 200: wire.letterheadShown },
      },
    },
    async (request) => orFault(await saveLetterhead(context, actingOf(request), request.body)),
  );

  server.put(
    `${letterhead}/logo`,
    {
      schema: {
        tags,
        summary: 'Sets the logo (multipart, one file)',
        description: 'PNG or JPEG, 512 kB at most.',
        params,
        consumes: ['multipart/form-data'],
        response: { 200: wire.logoSaved },
      },
    },
    async (request) => {
      const file = await fileOf(request, logoLimit);
      return orFault(await saveLogo(context, actingOf(request), await file.toBuffer()));
    },
  );

  server.get(
    `${letterhead}/logo`,
    { schema: { tags, summary: 'The logo', params, produces: ['image/png', 'image/jpeg'] } },
    async (request, reply) => {
      const logo = orFault(await openLogo(context, actingOf(request)));
      return reply.type(logo.media_type).send(logo.bytes);
    },
  );

  server.delete(
    `${letterhead}/logo`,
    { schema: { tags, summary: 'Takes the logo away', params, response: { 200: nothing } } },
    async (request) => {
      orFault(await removeLogo(context, actingOf(request)));
      return {};
    },
  );
};
