// A company and its mail server as the wire shows them.
import { termsShown } from '../../app/agreed-with.ts';
import type { readMailServer } from '../../app/browse.ts';
import { settingsOf } from '../../app/change-company.ts';
import type { CompanyStatus } from '../../app/company-status.ts';
import type { Role } from '../../contract/common.ts';
import type { Company } from '../../contract/company.ts';

export function companyShown(company: CompanyStatus['company'], today: string, role: Role): Company {
  const settings = settingsOf(company);
  return {
    ...settings,
    paymentTerms: settings.paymentTerms && termsShown(settings.paymentTerms, company),
    id: company.id,
    country: company.country,
    currency: company.currency,
    mode: company.mode,
    sample: company.sample,
    today,
    simulatedOn: company.simulated_on,
    defaultSequenceId: company.default_sequence_id,
    wentLiveAt: company.went_live_at?.toISOString() ?? null,
    role,
  };
}

export function mailServerShown(row: Awaited<ReturnType<typeof readMailServer>>) {
  if (row === null) return null;
  return {
    host: row.host,
    port: row.port,
    security: row.security,
    auth: row.auth,
    username: row.username,
    oauthClientId: row.oauth_client_id,
    oauthTokenUrl: row.oauth_token_url,
    connections: row.connections,
    hasSecret: row.hasSecret,
    testedAt: row.tested_at?.toISOString() ?? null,
  };
}
