// A company and its mail server as the wire shows them.
import type { readMailServer } from '../../app/browse.ts';
import type { CompanyStatus } from '../../app/company-status.ts';
import type { Role } from '../../contract/common.ts';
import type { Company } from '../../contract/company.ts';

export function companyShown(company: CompanyStatus['company'], today: string, role: Role): Company {
  return {
    id: company.id,
    name: company.name,
    country: company.country,
    region: company.region,
    timeZone: company.time_zone,
    language: company.language,
    currency: company.currency,
    mode: company.mode,
    sample: company.sample,
    today,
    simulatedOn: company.simulated_on,
    toleranceMinor: company.tolerance_minor,
    lateEntryDays: company.late_entry_days,
    sendingWeekdays: company.sending_weekdays,
    sendsOnHolidays: company.sends_on_holidays,
    sendingFrom: company.sending_from.slice(0, 5),
    sendingUntil: company.sending_until.slice(0, 5),
    defaultSequenceId: company.default_sequence_id,
    senderName: company.sender_name,
    senderEmail: company.sender_email,
    replyTo: company.reply_to,
    copyToSender: company.copy_to_sender,
    paymentDetails: company.payment_details,
    tellsApprovers: company.tells_approvers,
    approvalWaitDays: company.approval_wait_days,
    messagesPerWeek: company.messages_per_week,
    daysBetweenMessages: company.days_between_messages,
    grouping: company.grouping,
    listsNotDue: company.lists_not_due,
    bankFreshDays: company.bank_fresh_days,
    bankFreshLevel: company.bank_fresh_level,
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
