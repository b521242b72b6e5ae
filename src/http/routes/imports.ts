// Importing files: what a file would do, doing it, and what was wrong with it.

import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  type ImportRequest,
  importErrors,
  importErrorsCsv,
  importHistory,
  previewImport,
  type Recognised,
  runImport,
} from '../../app/import-file.ts';
import { companyParams, pageOf } from '../../contract/common.ts';
import * as wire from '../../contract/import.ts';
import type { ImportKind } from '../../core/import.ts';
import { importSentence, type RowError } from '../../core/words-import.ts';
import { actingOf } from '../access.ts';
import { faultSentence, languageOf, type ScreenLanguage } from '../fault-words.ts';
import { fault, orFault } from '../faults.ts';
import { attachment, fileOf } from '../files.ts';
import type { RouteOptions } from './options.ts';

const tags = ['imports'];
/** A million rows are some 100 MB; the file streams, so this guards the disk of the sender's patience, not our memory. */
const fileLimit = 2 * 1024 * 1024 * 1024;
const consumes = ['multipart/form-data'];
const takes =
  'A form with the file, and before it, optionally, the field "options": JSON of mapping, encoding, separator, headerRow, ' +
  'dateOrder, decimalMark, unknownInvoice, skipBadRows; and the field "size": the bytes of the file, for its progress.';

export const importRoutes: FastifyPluginAsyncZod<RouteOptions> = async (server, { context }) => {
  server.post(
    '/api/companies/:companyId/imports/:kind/preview',
    {
      schema: {
        tags,
        summary: 'What the file would do; nothing changes',
        description: `${takes} Where a column that is needed is not recognised, the answer is "unsettled" and says what to choose from; importing such a file is refused.`,
        params: wire.importParams,
        consumes,
        response: { 200: wire.importPreview },
      },
    },
    async (request) => {
      const { request: file } = await requestOf(request, request.params.kind);
      const preview = orFault(await previewImport(context, actingOf(request), file));
      const language = languageOf(request.headers['accept-language']);
      if (preview.state === 'unsettled') {
        const { state, missing, fault: asked } = preview;
        const code = wire.unsettledCode.parse(asked.code);
        return {
          state,
          missing,
          code,
          text: faultSentence(asked, language),
          recognised: inWords(preview.recognised, language),
        };
      }
      const { rows, recognised, errors } = preview;
      return {
        ...preview,
        recognised: inWords(recognised, language),
        errors: errors.map((error) => errorShown(error, language)),
        rows: rows.map((row) => ({
          row: row.row,
          record: row.record as Record<string, unknown> | null,
          errors: row.errors.map((error) => errorShown(error, language)),
        })),
      };
    },
  );

  server.post(
    '/api/companies/:companyId/imports/:kind',
    {
      schema: {
        tags,
        summary: 'Imports the file, whole or not at all',
        description: `${takes} With skipBadRows the good rows go in although others are faulty. The same file twice changes nothing.`,
        params: wire.importParams,
        consumes,
        response: { 200: wire.importDone },
      },
    },
    async (request) => {
      const { request: asked, skipBadRows } = await requestOf(request, request.params.kind);
      const done = orFault(await runImport(context, actingOf(request), { ...asked, skipBadRows }));
      const language = languageOf(request.headers['accept-language']);
      return {
        ...done,
        recognised: inWords(done.recognised, language),
        errors: done.errors.map((error) => errorShown(error, language)),
      };
    },
  );

  server.get(
    '/api/companies/:companyId/imports',
    {
      schema: {
        tags,
        summary: 'Imports, the latest first',
        params: companyParams,
        querystring: wire.importsQuery,
        response: { 200: pageOf(wire.importRow) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      if (cursor !== undefined && !/^[0-9a-f-]{36}$/.test(cursor)) throw fault('invalid-input', { fields: 'cursor' });
      const found = await importHistory(context, actingOf(request), { most: limit + 1, before: cursor });
      const rows = found.slice(0, limit).map((row) => ({
        id: row.id,
        kind: row.kind,
        fileName: row.file_name,
        state: row.state,
        startedAt: row.started_at.toISOString(),
        finishedAt: row.finished_at.toISOString(),
        counts: wire.importCounts.parse(row.counts),
        errors: row.errors,
      }));
      return { rows, nextCursor: found.length > limit ? rows.at(-1)!.id : null };
    },
  );

  server.get(
    '/api/companies/:companyId/imports/:importId/errors.csv',
    { schema: { tags, summary: 'Its errors by row and column', params: wire.importIdParams, produces: ['text/csv'] } },
    async (request, reply) => {
      const errors = orFault(await importErrors(context, actingOf(request), request.params.importId));
      const language = languageOf(request.headers['accept-language']);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(language === 'fr' ? 'erreurs.csv' : 'errors.csv'))
        .send(importErrorsCsv(errors, language));
    },
  );
};

/** The form: its options, checked as a body would be, and the file as a stream. */
async function requestOf(
  request: FastifyRequest,
  kind: ImportKind,
): Promise<{ request: ImportRequest; skipBadRows: boolean }> {
  const file = await fileOf(request, fileLimit);
  const { mapping, skipBadRows = false, ...options } = optionsIn(file.fields.options ?? '{}');
  const size = /^\d{1,15}$/.test(file.fields.size ?? '') ? Number(file.fields.size) : undefined;
  return { request: { kind, source: { name: file.name, size, stream: file.stream }, mapping, options }, skipBadRows };
}

function optionsIn(text: string): ReturnType<typeof wire.importOptions.parse> {
  const json = (() => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw fault('invalid-input', { fields: 'options' });
    }
  })();
  const parsed = wire.importOptions.safeParse(json);
  if (parsed.success) return parsed.data;
  throw fault('invalid-input', {
    fields: parsed.error.issues.map((issue) => `options.${issue.path.join('.')}`).join(', '),
  });
}

function inWords(recognised: Recognised, language: ScreenLanguage) {
  const notes = recognised.notes.map((note) => ({
    code: note.code,
    text: importSentence(note.code, note.with, language) ?? note.code,
  }));
  return { ...recognised, notes };
}

function errorShown({ row, column, value, code, with: parameters }: RowError, language: ScreenLanguage) {
  return { row, column, value, code, text: importSentence(code, parameters, language) ?? code };
}
