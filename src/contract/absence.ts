// Absences on the wire: when a member is away, and who stands in.
import { z } from 'zod';
import { companyParams, day, text } from './common.ts';

const userId = text(100).min(1);

export const absence = z.object({
  userId: z.string(),
  name: z.string(),
  standInUserId: z.string(),
  standInName: z.string(),
  fromOn: day,
  untilOn: day.describe('Included.'),
  counts: z.boolean().describe('false: the one who stands in has left, or may only read, and is told nothing.'),
});
export const absences = z.object({ rows: z.array(absence) });
export const absenceGiven = z.object({
  standInUserId: userId.describe('A member who may act.'),
  fromOn: day,
  untilOn: day.describe('Included.'),
});
export const absenceParams = companyParams.extend({ userId });

export type Absence = z.infer<typeof absence>;
export type Absences = z.infer<typeof absences>;
