// Importing files on the wire: what is recognised, what it would do, what went in.
import { z } from 'zod';
import { id, pageQuery } from './common.ts';
import { passage } from './enrolment-rule.ts';

const importKind = z.enum(['customers', 'invoices', 'payments']);
const mapping = z
  .record(z.string(), z.string().max(300))
  .describe('Field to column; an empty column leaves the field out.');

const importNote = z.object({ code: z.string(), text: z.string() });
const rowError = z.object({
  row: z.int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  text: z.string().describe('The sentence, in the language of Accept-Language.'),
});

const recognised = z.object({
  encoding: z.string(),
  separator: z.string(),
  headerRow: z.int(),
  columns: z.array(z.string()),
  dateOrder: z.string(),
  datesAmbiguous: z.boolean(),
  decimalMark: z.string(),
  mapping,
  notes: z.array(importNote),
});
/** Beside the columns, what they hold: a person chooses by it. */
const recognisedShown = recognised.extend({
  examples: z.array(z.array(z.string())).describe('Of each column, in their order, a value or two.'),
});

export const importCounts = z.object({
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  faulty: z.int(),
});

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const importRead = z.object({
  state: z.literal('read'),
  recognised: recognisedShown,
  rows: z.array(
    z.object({ row: z.int(), record: z.record(z.string(), z.unknown()).nullable(), errors: z.array(rowError) }),
  ),
  counts: importCounts,
  differences: z.array(
    z.object({
      row: z.int(),
      number: z.string(),
      changes: z.array(z.object({ field: z.string(), from: cell, to: cell })),
    }),
  ),
  passages: z
    .array(passage)
    .describe('Customers known already whom enrolment rules would move by what the file says, the most first.'),
  errors: z.array(rowError),
  errorCount: z.int(),
});

export const unsettledCode = z
  .enum(['columns-missing', 'dates-contradict'])
  .describe('With which importing the file as it is would be refused; dates-contradict: say dateOrder.');
const importUnsettled = z
  .object({
    state: z.literal('unsettled'),
    recognised: recognisedShown,
    missing: z
      .array(z.array(z.string()))
      .describe('Of each group of fields, one must have a column: say which in the mapping. Empty: see the code.'),
    code: unsettledCode,
    text: z.string().describe('The sentence, in the language of Accept-Language.'),
  })
  .describe('The file can’t be read before more is said of it; nothing was counted.');
export const importPreview = z.discriminatedUnion('state', [importRead, importUnsettled]);

export const importDone = z.object({
  importId: id,
  state: z.enum(['finished', 'refused']),
  recognised,
  counts: importCounts,
  errors: z.array(rowError),
  errorCount: z.int(),
});

export const importRow = z.object({
  id,
  kind: importKind,
  fileName: z.string(),
  state: z.enum(['finished', 'refused']),
  startedAt: z.string(),
  finishedAt: z.string(),
  counts: importCounts,
  errors: z.int(),
});

/** How a person corrects what was recognised; a JSON text in the form's field "options". */
export const importOptions = z.object({
  mapping: mapping.optional(),
  encoding: z.enum(['utf-8', 'windows-1252']).optional(),
  separator: z.enum([',', ';', '\t', '|']).optional(),
  headerRow: z.int().min(0).max(1000).optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  decimalMark: z.enum([',', '.']).optional(),
  unknownInvoice: z.enum(['refuse', 'credit']).optional(),
  skipBadRows: z.boolean().optional().describe('The good rows go in although others are faulty.'),
});

export const importParams = z.object({ companyId: id, kind: importKind });
export const importIdParams = z.object({ companyId: id, importId: id });
export const importsQuery = pageQuery;

export type ImportKind = z.infer<typeof importKind>;
export type ImportOptions = z.infer<typeof importOptions>;
export type ImportPreview = z.infer<typeof importPreview>;
export type ImportRead = z.infer<typeof importRead>;
export type ImportUnsettled = z.infer<typeof importUnsettled>;
export type ImportDone = z.infer<typeof importDone>;
export type ImportRow = z.infer<typeof importRow>;
