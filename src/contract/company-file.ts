// Files of the company that go with the messages of steps, on the wire.
import { z } from 'zod';
import { day, id } from './common.ts';

const companyFile = z.object({
  id,
  name: z.string().describe('As customers receive it.'),
  type: z.string(),
  size: z.int().describe('Bytes.'),
  addedOn: day,
  usedBy: z
    .array(z.object({ sequenceId: id, sequence: z.string(), step: z.string() }))
    .describe('Steps that it goes with.'),
  waiting: z.int().describe('Messages that have not left and that it would leave with.'),
});

export const companyFiles = z.object({ rows: z.array(companyFile) });
export const companyFileParams = z.object({ companyId: id, fileId: id });

export type CompanyFile = z.infer<typeof companyFile>;
