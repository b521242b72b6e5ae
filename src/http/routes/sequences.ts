// Sequences with their steps.
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { browseSequences } from '../../app/browse.ts';
import { replaySequence } from '../../app/replay-sequence.ts';
import { deleteSequence, saveSequence } from '../../app/save-sequence.ts';
import { sequenceShown } from '../../app/sequence-shown.ts';
import { simulateSequence } from '../../app/simulate-sequence.ts';
import { companyParams } from '../../contract/common.ts';
import * as wire from '../../contract/sequence.ts';
import type { SequenceProblem } from '../../core/sequence.ts';
import { sequenceSentence } from '../../core/sequence-words.ts';
import { actingOf } from '../access.ts';
import { languageOf } from '../fault-words.ts';
import { orFault } from '../faults.ts';
import type { RouteOptions } from './options.ts';

const tags = ['sequences'];

export const sequenceRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.get(
    '/api/companies/:companyId/sequences',
    {
      schema: { tags, summary: 'Sequences with their steps', params: companyParams, response: { 200: wire.sequences } },
    },
    async (request) => ({ rows: (await browseSequences(context, actingOf(request))).map(sequenceShown) }),
  );

  server.post(
    '/api/companies/:companyId/sequences',
    {
      schema: {
        tags,
        summary: 'A new sequence',
        params: companyParams,
        body: wire.newSequence,
        response: { 201: wire.savedSequence },
      },
    },
    async (request, reply) =>
      reply.code(201).send(orFault(await saveSequence(context, actingOf(request), request.body))),
  );

  server.post(
    '/api/companies/:companyId/sequences/simulation',
    {
      schema: {
        tags,
        summary: 'What a sequence would do to the invoices of today; nothing changes',
        description:
          'The plan itself, rolled forward: approvals the same day, messages delivered, no payment. What the sequence would do ' +
          'is counted, and compared with what the present one does.',
        params: companyParams,
        body: wire.simulation,
        response: { 200: wire.simulated },
      },
    },
    async (request) => {
      const found = orFault(await simulateSequence(context, actingOf(request), request.body));
      const language = languageOf(request.headers['accept-language']);
      const inWords = (problems: readonly SequenceProblem[]) =>
        problems.map((problem) => ({
          code: problem.code,
          step: problem.step,
          text: sequenceSentence(problem, language),
        }));
      return { ...found, problems: inWords(found.problems), warnings: inWords(found.warnings) };
    },
  );

  server.post(
    '/api/companies/:companyId/sequences/replay',
    {
      schema: {
        tags,
        summary: 'What a sequence would have done to past invoices; nothing changes',
        description:
          'Invoices and payments as they happened, day by day, by the plan itself: what would have left, and how much of it was ' +
          'needless, since all of it was paid within two days.',
        params: companyParams,
        body: wire.replay,
        response: { 200: wire.replayed },
      },
    },
    async (request) => {
      const found = orFault(await replaySequence(context, actingOf(request), request.body));
      const language = languageOf(request.headers['accept-language']);
      const problems = found.problems.map(({ code, step, ...rest }) => ({
        code,
        step,
        text: sequenceSentence({ code, step, ...rest }, language),
      }));
      return { ...found, problems };
    },
  );

  server.put(
    '/api/companies/:companyId/sequences/:sequenceId',
    {
      schema: {
        tags,
        summary: 'Saves a sequence whole',
        params: wire.sequenceParams,
        body: wire.newSequence,
        response: { 200: wire.savedSequence },
      },
    },
    async (request) => {
      return orFault(
        await saveSequence(context, actingOf(request), { ...request.body, id: request.params.sequenceId }),
      );
    },
  );

  server.delete(
    '/api/companies/:companyId/sequences/:sequenceId',
    {
      schema: {
        tags,
        summary: 'Deletes a sequence; its history stays',
        description: 'The default sequence is refused (409, sequence-is-default): first make another the default.',
        params: wire.sequenceParams,
        response: { 200: wire.deletedSequence },
      },
    },
    async (request) =>
      orFault(await deleteSequence(context, actingOf(request), { sequenceId: request.params.sequenceId })),
  );
};
