// What is new in a company, on the wire: the last thing that happened, and who else reads which message.
import { z } from 'zod';
import { id } from './common.ts';

export const liveQuery = z.object({
  after: z.string().max(60).optional().describe('`latest` of the answer before; empty where it was null.'),
  reading: id.optional().describe('The message that this person has open.'),
  others: z.string().max(4_000).optional().describe('The readers already known, as `readersKey` writes them.'),
});

export const live = z.object({
  latest: z.string().nullable().describe('Another text as soon as something more has happened; null: nothing yet.'),
  readers: z.array(z.object({ name: z.string(), reminderId: id })),
});

export type Live = z.infer<typeof live>;
