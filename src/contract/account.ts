// Accounts on the wire: the first visit, the session, members of a company.
import { z } from 'zod';
import { companyParams, country, currency, email, id, language, name, role } from './common.ts';

const password = z.string().min(10).max(128).describe('At least 10 characters.');

/** An IANA time zone that the runtime knows. */
export const timeZone = z.string().refine(isTimeZone, { error: 'unknown time zone' }).describe('IANA time zone.');

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const newCompany = z.object({ name, country, timeZone, language, currency: currency.optional() });

export const firstVisitState = z.object({ needed: z.boolean() });
export const firstVisit = z.object({
  account: z.object({ name, email, password }),
  company: newCompany,
});

export const newSample = z.object({ language });
export const opened = z.object({ companyId: id });

export const signIn = z.object({ email, password: z.string().min(1).max(128) });
export const changePassword = z.object({ currentPassword: z.string().max(128), newPassword: password });

const membership = z.object({ companyId: id, role });
export const session = z.object({
  user: z
    .object({ userId: z.string(), name: z.string(), email: z.string() })
    .nullable()
    .describe('null for an API key.'),
  apiKey: z.object({ id, name: z.string() }).nullable().describe('The key that asks, instead of a person.'),
  companies: z.array(membership),
});

const member = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  validKeys: z.int().describe('How many API keys that the member made are not revoked.'),
});
export const members = z.object({ rows: z.array(member) });
export const newMember = z.object({ name, email, password, role: role.exclude(['owner']) });
export const memberAdded = z.object({
  userId: z.string(),
  hadAccount: z.boolean().describe('The account was there already; its password is as it was.'),
});
export const memberParams = companyParams.extend({ userId: z.string().min(1).max(100) });
export const memberChange = z.object({ role });
export const memberPassword = z.object({ password });
export const memberRemoved = z.object({ revokedKeys: z.int() });

export type MemberAdded = z.infer<typeof memberAdded>;
export type Members = z.infer<typeof members>;
export type FirstVisit = z.infer<typeof firstVisit>;
export type Session = z.infer<typeof session>;
