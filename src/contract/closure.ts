// Closures on the wire: the company's own quiet periods.
import { z } from 'zod';
import { day, id, text } from './common.ts';

const closure = z.object({
  id,
  fromOn: day,
  untilOn: day.describe('The last day, included.'),
  label: z.string(),
  yearly: z.boolean().describe('It comes back each year on the same days of the calendar.'),
});

export const closures = z.object({ rows: z.array(closure) });
export const newClosure = z.object({
  fromOn: day,
  untilOn: day,
  label: text(100).min(1),
  yearly: z.boolean().default(false),
});
export const closureChange = z
  .object({ fromOn: day, untilOn: day, label: text(100).min(1), yearly: z.boolean() })
  .partial();
export const closureParams = z.object({ companyId: id, closureId: id });

export type Closures = z.infer<typeof closures>;
