// Ready-made sequences: which there are, and adding one.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addReadyMadeSequence, browseReadyMade } from '../../app/add-ready-made.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/ready-made.ts';
import { actingOf } from '../access.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['sequences'];

export const readyMadeRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/ready-made-sequences',
    {
      schema: {
        tags,
        summary: 'Ready-made sequences, and which of them the company has',
        description: 'In the company’s language, as they would be added.',
        params: companyParams,
        response: { 200: wire.readyMades },
      },
    },
    async (request) => {
      const { language, rows } = await browseReadyMade(context, actingOf(request));
      return {
        rows: rows.map(({ sequence, sequenceId }) => ({
          code: sequence.code,
          title: sequence.titles[language],
          forWhom: sequence.forWhom[language],
          description: sequence.descriptions[language],
          law: sequence.law,
          sequenceId,
          ending: sequence.ending,
          steps: sequence.steps.map(({ names, toDo, rolesTo, ...step }) => ({
            ...step,
            name: names[language],
            channels: [toDo === null ? ('email' as const) : ('task' as const)],
            rolesTo: [...rolesTo],
          })),
        })),
      };
    },
  );

  server.post(
    '/api/companies/:companyId/ready-made-sequences/:code',
    {
      schema: {
        tags,
        summary: 'Adds a ready-made sequence with its templates',
        description:
          'Templates that the company has already, edited or not, stay as they are. Nobody is enrolled. Refused where it was added ' +
          'before and has not been deleted since.',
        params: wire.readyMadeParams,
        response: { 201: wire.addedReadyMade },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(orFault(await addReadyMadeSequence(context, actingOf(request), { code: request.params.code }))),
  );
};
