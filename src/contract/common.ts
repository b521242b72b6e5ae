// What every part of the wire shares: identifiers, days, amounts, pages of a list, reasons, problems.
import { z } from 'zod';

export const id = z.uuid().describe('Identifier (UUID).');
/** A calendar day; the 30th of February is refused. */
export const day = z.iso.date().describe('A calendar day, YYYY-MM-DD.');
export const minor = z.int().describe('An amount in minor units of its currency (cents for EUR).');
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code.');
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe('ISO 3166-1 alpha-2 code.');
export const language = z.enum(['fr', 'en']);
/** A language of messages: more than those of the screens. */
export const messageLanguage = z.string().regex(/^[a-z]{2}$/);
export const email = z.email().max(254);
/** How a step reaches the customer: by a message, or by what a person does. */
export const channel = z.enum(['email', 'task']);
export const messageKind = z
  .enum(['reminder', 'thanks'])
  .describe('thanks: for what was paid; it has no level (0) and no step, and asks for nothing.');
export const role = z.enum(['owner', 'manager', 'agent', 'reader']);

/** How a step speaks. */
export const tone = z
  .enum(['courteous', 'firm', 'final'])
  .describe(
    'How a step speaks: a template that is made for it begins with that text. What leaves is the text of its template.',
  );

export const text = (most: number) => z.string().trim().max(most);
export const name = text(200).min(1);

export const pageQuery = z.object({
  cursor: z.string().max(400).optional().describe('From nextCursor of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), nextCursor: z.string().nullable().describe('null on the last page.') });

/** A list as a file: its columns in the order in which they are wanted. The filters of the list are added to it. */
export const listFile = <const C extends readonly string[]>(columns: C) =>
  z.object({
    format: z.enum(['csv', 'xlsx']).describe('xlsx: 100,000 rows at most.'),
    columns: z
      .array(z.enum(columns))
      .min(1)
      .max(columns.length)
      .refine((codes) => new Set(codes).size === codes.length, { error: 'each column once' }),
    ids: z
      .array(id)
      .min(1)
      .max(20_000)
      .optional()
      .describe('Only these of the rows that the filters let through; left out: all of them.'),
  });

/** Why something is as it is: a code with its parameters; the words are chosen where it is shown. */
export const reason = z.object({
  code: z.string(),
  with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const money = z.object({ currency, minor });

/** RFC 9457, with the code by which a program knows it. */
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z
    .array(
      z.object({
        field: z.string(),
        detail: z.string(),
        line: z.int().optional().describe('In a template.'),
        tag: z.string().optional().describe('In a template: the tag or block that is wrong.'),
      }),
    )
    .optional()
    .describe('Which fields are wrong, where it is about input.'),
});

export const nothing = z.object({}).describe('Done; there is nothing to add.');
export const made = z.object({ id });
export const companyParams = z.object({ companyId: id });

export type Role = z.infer<typeof role>;
export type Reason = z.infer<typeof reason>;
export type Problem = z.infer<typeof problem>;
