// A company opened by a user, who becomes its owner.
import { done, type Result } from '../core/fault.ts';
import { addMember } from '../db/account.ts';
import type { Context } from './context.ts';
import { createCompany } from './create-company.ts';

export interface NewCompanyOfUser {
  name: string;
  country: string;
  timeZone: string;
  language: 'fr' | 'en';
  currency?: string | undefined;
}

export async function openCompany(
  context: Context,
  userId: string,
  company: NewCompanyOfUser,
): Promise<Result<{ companyId: string }>> {
  const made = await createCompany(context, { ...company, actor: userId });
  if (!made.ok) return made;
  await addMember(context.db, made.value.companyId, userId, 'owner');
  return done({ companyId: made.value.companyId });
}
