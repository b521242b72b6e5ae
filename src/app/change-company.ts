// The company's settings, its practice clock, its mail server, and going live.
import type { MailServer, Outcome, OutgoingMail } from '../channels/sender.ts';
import { regionsOf } from '../core/calendar.ts';
import { indemnityIn } from '../core/charge.ts';
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { checkTemplate } from '../core/message.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import { thanksTemplate } from '../core/template-key.ts';
import { unblockPracticeAddresses } from '../db/blocked-address.ts';
import { wakeEverything } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import {
  bringBackSequences,
  bringBackThanks,
  dropPracticeReminders,
  dropPracticeTasks,
  startedBefore,
  startLivePass,
  withdrawPracticeCharges,
} from '../db/going-live.ts';
import { unclaimEverything } from '../db/reminder.ts';
import type { Row } from '../db/tables.ts';
import { type TermsGiven, termsColumn } from './agreed-with.ts';
import { type Acting, type CompanyWork, type Context, forCompany, todayOf } from './context.ts';
import { whatIsSilent } from './keep-closures.ts';
import { withdrawPracticePromises } from './keep-promises.ts';
import { placeByCompanyLanguage } from './place-customers.ts';
import { writeTemplates } from './ready-made.ts';
import { isEmail } from './save-customer.ts';
import { lockForRules } from './save-rules.ts';
import { composeTestMessage } from './test-message.ts';

export interface CompanyChange {
  name?: string | undefined;
  region?: string | null | undefined;
  timeZone?: string | undefined;
  language?: 'fr' | 'en' | undefined;
  toleranceMinor?: number | undefined;
  lateEntryDays?: number | undefined;
  /** ISO weekdays, 1 Monday to 7 Sunday; one at least. */
  sendingWeekdays?: number[] | undefined;
  sendsOnHolidays?: boolean | undefined;
  sendingFrom?: string | undefined;
  sendingUntil?: string | undefined;
  senderName?: string | null | undefined;
  senderEmail?: string | null | undefined;
  replyTo?: string | null | undefined;
  copyToSender?: boolean | undefined;
  paymentDetails?: string | null | undefined;
  /** Whoever may approve is told each morning by e-mail what waits. */
  tellsApprovers?: boolean | undefined;
  /** What waits for approval for more sending days than this is signalled. */
  approvalWaitDays?: number | undefined;
  /** One customer gets so many messages a week at most; null: as many as there are. */
  messagesPerWeek?: number | null | undefined;
  /** So many days at least from one message to the next of one customer; null: no matter. */
  daysBetweenMessages?: number | null | undefined;
  /** One message for each invoice, or one a day for each customer. */
  grouping?: 'invoice' | 'customer' | undefined;
  /** A customer's message lists what is not due yet as well, for information. */
  listsNotDue?: boolean | undefined;
  /** A customer that has paid what it was reminded of is thanked by e-mail, on the next sending day. */
  thanksPayers?: boolean | undefined;
  /** From that level on, reminders wait while payments were last known more than so many sending days ago; null: never. */
  bankFreshDays?: number | null | undefined;
  bankFreshLevel?: number | undefined;
  /** From that level on a message shows late-payment interest and claims it; null: none does. */
  interestFromLevel?: number | null | undefined;
  /** The same for the fixed indemnity; never from a consumer. */
  indemnityFromLevel?: number | null | undefined;
  /** Agreed with customers that are businesses, in hundredths of a percent a year; null: the law's. */
  contractRate?: number | null | undefined;
  /** What money that names an invoice goes to first. */
  settlesFirst?: 'principal' | 'charges' | undefined;
  /** Of customers that have none of their own; null: none. */
  paymentTerms?: TermsGiven | null | undefined;
}

const columns: Record<keyof CompanyChange, keyof Row<'company'>> = {
  name: 'name',
  region: 'region',
  timeZone: 'time_zone',
  language: 'language',
  toleranceMinor: 'tolerance_minor',
  lateEntryDays: 'late_entry_days',
  sendingWeekdays: 'sending_weekdays',
  sendsOnHolidays: 'sends_on_holidays',
  sendingFrom: 'sending_from',
  sendingUntil: 'sending_until',
  senderName: 'sender_name',
  senderEmail: 'sender_email',
  replyTo: 'reply_to',
  copyToSender: 'copy_to_sender',
  paymentDetails: 'payment_details',
  tellsApprovers: 'tells_approvers',
  approvalWaitDays: 'approval_wait_days',
  messagesPerWeek: 'messages_per_week',
  daysBetweenMessages: 'days_between_messages',
  grouping: 'grouping',
  listsNotDue: 'lists_not_due',
  thanksPayers: 'thanks_payers',
  bankFreshDays: 'bank_fresh_days',
  bankFreshLevel: 'bank_fresh_level',
  interestFromLevel: 'interest_from_level',
  indemnityFromLevel: 'indemnity_from_level',
  contractRate: 'contract_rate',
  settlesFirst: 'settles_first',
  paymentTerms: 'payment_terms',
};

/** Every setting with its value. */
export type Settings = {
  [Key in Exclude<keyof CompanyChange, 'paymentTerms'>]-?: Exclude<CompanyChange[Key], undefined>;
} & { paymentTerms: PaymentTerms | null };

export function settingsOf(company: Row<'company'>): Settings {
  const settings = Object.entries(columns).map(([field, column]) => [field, company[column]]);
  const { sending_from, sending_until } = company;
  // The database has seconds; nobody sets them.
  const hours = { sendingFrom: sending_from.slice(0, 5), sendingUntil: sending_until.slice(0, 5) };
  return { ...(Object.fromEntries(settings) as Settings), ...hours };
}

export function changeCompany(context: Context, acting: Acting, input: CompanyChange): Promise<Result<Row<'company'>>> {
  return forCompany(context, acting, async (begun) => {
    const { language } = input;
    const speaksAnother = language !== undefined && language !== begun.company.language;
    // Before anything else is: in the order in which saving rules does.
    const work = speaksAnother ? await lockForRules(begun) : begun;
    const { tx, company, today, scope } = work;
    await unclaimEverything(tx, company.id);
    const weekdays = input.sendingWeekdays;
    if (
      weekdays !== undefined &&
      (weekdays.length === 0 || weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    ) {
      return failed('invalid-input', { field: 'sendingWeekdays', value: weekdays.join(',') });
    }
    for (const field of ['senderEmail', 'replyTo'] as const) {
      const address = input[field];
      if (address && !isEmail(address)) return failed('invalid-input', { field, value: address });
    }
    const { region } = input;
    if (region && !regionsOf(company.country, company.language).some(({ code }) => code === region))
      return failed('invalid-input', { field: 'region', value: region });
    const { indemnityFromLevel } = input;
    if (indemnityFromLevel && indemnityIn(company.country) === null)
      return failed('indemnity-unknown', { country: company.country });
    const thanks = await thanksChanged(work, input.thanksPayers);
    if (!thanks.ok) return thanks;
    const terms = input.paymentTerms === undefined ? done(undefined) : termsColumn(input.paymentTerms);
    if (!terms.ok) return terms;
    const given = Object.entries({ ...input, paymentTerms: terms.value }).filter(([, value]) => value !== undefined);
    if (given.length > 0) {
      const set = {
        ...Object.fromEntries(given.map(([field, value]) => [columns[field as keyof CompanyChange], value])),
        ...thanks.value,
      };
      const changed = await tx
        .updateTable('company')
        .set(set)
        .where('id', '=', company.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const silent = await whatIsSilent({ tx, today }, changed);
      if (silent !== null) return silent;
      await wakeEverything(tx, company.id, today);
      await recordEvents(tx, scope, [{ type: 'company.changed', payload: { fields: given.map(([field]) => field) } }]);
      if (speaksAnother) await placeByCompanyLanguage({ ...work, company: changed });
    }
    return done(await tx.selectFrom('company').selectAll().where('id', '=', company.id).executeTakeFirstOrThrow());
  });
}

/**
 * From the day on which somebody wants it so: what was paid before is never thanked for. The company's own text stays; where it is one
 * that speaks of debts, the fault says which tag. Without any, the ready-made one is written.
 */
async function thanksChanged(
  { tx, company, today }: CompanyWork,
  wanted: boolean | undefined,
): Promise<Result<{ thanks_since?: Day | null }>> {
  if (wanted === undefined || wanted === company.thanks_payers) return done({});
  if (!wanted) return done({ thanks_since: null });
  await writeTemplates(tx, company.id, [thanksTemplate]);
  const texts = await tx
    .selectFrom('template')
    .select(['subject', 'body'])
    .where('company_id', '=', company.id)
    .where('key', '=', thanksTemplate)
    .execute();
  const wrong = texts.map((text) => checkTemplate(text, 'thanks')).find((checked) => !checked.ok);
  return wrong === undefined || wrong.ok ? done({ thanks_since: today }) : wrong;
}

/**
 * The simulated date of a practice company. It may only go back while nothing has left and nothing was decided by date; the
 * real date comes back with null.
 */
export function setClock(
  context: Context,
  acting: Acting,
  input: { on: Day | null } | { advanceDays: number },
): Promise<Result<{ today: Day }>> {
  return forCompany(context, acting, async ({ tx, company, today, scope }) => {
    if (company.mode !== 'practice') return failed('not-practice');
    const on = 'on' in input ? input.on : addTo(today, input.advanceDays);
    const target = on ?? todayOf({ simulated_on: null, time_zone: company.time_zone }, context.now());
    if (target < today) {
      if (await startedBefore(tx, company.id, target)) return failed('clock-backwards', { today, to: target });
      await bringBackSequences(tx, company.id, target);
      await bringBackThanks(tx, company.id, target);
      await tx
        .updateTable('dunning_case')
        .set({ met_on: target })
        .where('company_id', '=', company.id)
        .where('met_on', '>', target)
        .execute();
      await wakeEverything(tx, company.id, target);
    }
    await tx.updateTable('company').set({ simulated_on: on }).where('id', '=', company.id).execute();
    await recordEvents(tx, { ...scope, day: target }, [
      { type: 'company.clock-set', payload: { from: today, to: on } },
    ]);
    return done({ today: target });
  });
}

function addTo(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

export interface MailServerInput {
  host: string;
  port: number;
  security: MailServer['security'];
  auth: MailServer['auth'];
  username?: string | null | undefined;
  /** Password or refresh token; missing keeps the one that is stored. */
  secret?: string | undefined;
  oauthClientId?: string | null | undefined;
  oauthClientSecret?: string | undefined;
  oauthTokenUrl?: string | null | undefined;
  connections?: number | undefined;
}

/** Saves the mail server, its secrets sealed; it must be tested again before going live. */
export function saveMailServer(
  context: Context,
  acting: Acting,
  input: MailServerInput,
): Promise<Result<{ host: string }>> {
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    if (!/^[A-Za-z0-9.:-]+$/.test(input.host)) return failed('invalid-input', { field: 'host', value: input.host });
    if (!Number.isInteger(input.port) || input.port < 1 || input.port > 65_535)
      return failed('invalid-input', { field: 'port', value: input.port });
    const { secret, oauthClientSecret: clientSecret } = input;
    const fresh = secret !== undefined || clientSecret !== undefined;
    // What is not given stays: an OAuth2 client secret is not lost when the refresh token is renewed.
    const secrets: Secrets = {
      ...(fresh ? await storedSecrets(context, tx, company.id) : {}),
      ...(secret === undefined ? {} : { secret }),
      ...(clientSecret === undefined ? {} : { clientSecret }),
    };
    const columns = {
      host: input.host,
      port: input.port,
      security: input.security,
      auth: input.auth,
      username: input.username ?? null,
      oauth_client_id: input.oauthClientId ?? null,
      oauth_token_url: input.oauthTokenUrl ?? null,
      connections: input.connections ?? 3,
      tested_at: null,
      ...(fresh ? { secret: context.secrets.seal(JSON.stringify(secrets)) } : {}),
    };
    await tx
      .insertInto('mail_server')
      .values({ company_id: company.id, ...columns })
      .onConflict((conflict) => conflict.column('company_id').doUpdateSet(columns))
      .execute();
    await recordEvents(tx, scope, [{ type: 'mail-server.changed', payload: { host: input.host, port: input.port } }]);
    return done({ host: input.host });
  });
}

interface Secrets {
  /** Password, or OAuth2 refresh token. */
  secret?: string;
  clientSecret?: string;
}

async function storedSecrets(context: Context, tx: CompanyWork['tx'], companyId: string): Promise<Secrets> {
  const row = await tx
    .selectFrom('mail_server')
    .select('secret')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return secretsIn(context, row?.secret ?? null);
}

const secretsIn = (context: Context, sealed: Buffer | null): Secrets =>
  sealed === null ? {} : (JSON.parse(context.secrets.open(sealed)) as Secrets);

/** The stored mail server with its secrets in clear, for whoever opens a connection. */
export function openMailServer(context: Context, row: Row<'mail_server'>): MailServer {
  const secrets = secretsIn(context, row.secret);
  return {
    host: row.host,
    port: row.port,
    security: row.security,
    auth: row.auth,
    username: row.username,
    secret: secrets.secret ?? null,
    oauthClientId: row.oauth_client_id,
    oauthClientSecret: secrets.clientSecret ?? null,
    oauthTokenUrl: row.oauth_token_url,
    connections: row.connections,
  };
}

/**
 * Connects and signs in to the mail server, and with `to` hands a test message over; notes that it worked, or says what the
 * server answered.
 */
export async function testMailServer(
  context: Context,
  acting: Acting,
  test: (server: MailServer, mail?: OutgoingMail) => Promise<Outcome>,
  input: { to?: string } = {},
): Promise<Result<{ answer: string }>> {
  const { row, company, today } = await forCompany(context, acting, async (work) => ({
    ...work,
    row: await work.tx
      .selectFrom('mail_server')
      .selectAll()
      .where('company_id', '=', work.company.id)
      .executeTakeFirst(),
  }));
  if (row === undefined) return failed('mail-server-missing');
  // A message needs someone who sends it: no mail server takes one from nobody.
  if (input.to !== undefined && company.sender_email === null) return failed('sender-missing');
  const date = new Date(context.now().epochMilliseconds);
  const mail = input.to === undefined ? undefined : await composeTestMessage(company, today, input.to, date);
  // The line is open while the server thinks: no transaction waits for it.
  const outcome = await test(openMailServer(context, row), mail);
  if (outcome.kind !== 'accepted') return failed('mail-server-refused', { answer: outcome.answer });
  return forCompany(context, acting, async ({ tx, company, scope }) => {
    await tx
      .updateTable('mail_server')
      .set({ tested_at: new Date(context.now().epochMilliseconds) })
      .where('company_id', '=', company.id)
      .execute();
    await recordEvents(tx, scope, [{ type: 'mail-server.tested', payload: { host: row.host } }]);
    return done({ answer: outcome.answer });
  });
}

/**
 * Rule 14, one act of the owner with a tested mail server: the simulated date ends for good, practice reminders stay, marked,
 * and count for nothing, nor do promises; tasks that the dunning asked for are gone; each open receivable starts a new pass and enters by rule 10.
 */
export function goLive(context: Context, acting: Acting): Promise<Result<{ today: Day; receivables: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    if (company.mode === 'live') return failed('already-live');
    const server = await tx
      .selectFrom('mail_server')
      .selectAll()
      .where('company_id', '=', company.id)
      .executeTakeFirst();
    if (server === undefined) return failed('mail-server-missing');
    if (company.sender_email === null) return failed('sender-missing');
    if (server.tested_at === null) return failed('mail-server-untested');
    const today = todayOf({ simulated_on: null, time_zone: company.time_zone }, context.now());
    await dropPracticeReminders(tx, company.id);
    await withdrawPracticeCharges(tx, company.id, today);
    await withdrawPracticePromises({ ...work, today, scope: { ...scope, day: today } });
    await dropPracticeTasks(tx, company.id);
    await unblockPracticeAddresses(tx, company.id);
    await bringBackSequences(tx, company.id, today);
    await bringBackThanks(tx, company.id, today);
    await tx
      .updateTable('company')
      .set({ mode: 'live', simulated_on: null, went_live_at: new Date(context.now().epochMilliseconds) })
      .where('id', '=', company.id)
      .execute();
    const receivables = await startLivePass(tx, company.id, today);
    await recordEvents(tx, { ...scope, practice: false, day: today }, [
      { type: 'company.went-live', payload: { receivables } },
    ]);
    return done({ today, receivables });
  });
}
