// Keys of the API on the wire. The key itself is in one answer only: that which made it.
import { z } from 'zod';
import { companyParams, day, id, name, role } from './common.ts';

const keyRole = role.exclude(['owner']);

export const apiKey = z.object({
  id,
  name: z.string(),
  role: keyRole.describe('What it may today: its own role, and never more than its maker’s.'),
  prefix: z.string().describe('How the key begins, to recognise it by.'),
  state: z.enum(['valid', 'ended', 'revoked']),
  makerName: z.string().nullable(),
  madeAt: z.string(),
  endsOn: day.nullable().describe('The last day on which it is valid.'),
  lastUsedOn: day.nullable(),
  revokedAt: z.string().nullable(),
  revokerName: z.string().nullable(),
});
export const apiKeys = z.object({ rows: z.array(apiKey) });
export const newApiKey = z.object({ name: name.max(100), role: keyRole, endsOn: day.nullable().default(null) });
export const madeApiKey = z.object({ id, key: z.string().describe('Told this once; Relance keeps only its hash.') });
export const apiKeyParams = companyParams.extend({ keyId: id });

export type ApiKeys = z.infer<typeof apiKeys>;
export type MadeApiKey = z.infer<typeof madeApiKey>;
